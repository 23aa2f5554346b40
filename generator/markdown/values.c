/* Clinic data and facts in the text: `{{ clinic.phones.nurse_line }}`.
 *
 * Before cmark reads the page, each `{{ … }}` is replaced by a mark of the same number of bytes, so that positions stay
 * true, smart punctuation and emphasis cannot reach into it, and spaces in link targets do no harm. A mark is one code
 * point that says how long it is modulo three, then code points of the private use area that hold its number in
 * `inserts`, 12 bits each. While the tree is written, marks become values: as text, never as Markdown. */
#include "markdown/work.h"

#include "data/number.h"

#include <string.h>

enum { LEADS = 3, DIGIT_BYTES = 3, NAMES_MOST = 256 };

/* U+FDD0, U+1FFFE: not for interchange; U+0080: a control. By length modulo 3. */
static const Str leads[LEADS] = {{"\xEF\xB7\x90", 3}, {"\xF0\x9F\xBF\xBE", 4}, {"\xC2\x80", 2}};

static size_t digit_value(size_t number, size_t place) {
  return place < 2 ? number >> (12 * place) & 0xFFF : 0;
}

static void put_digit(char *at, size_t digit) {
  at[0] = (char)0xEE;
  at[1] = (char)(0x80 | (digit >> 6 & 0x3F));
  at[2] = (char)(0x80 | (digit & 0x3F));
}

static size_t read_digit(Str text, size_t at) {
  const unsigned char *s = (const unsigned char *)text.s + at;
  if (text.len - at < DIGIT_BYTES || s[0] != 0xEE) return STR_NONE;
  return (size_t)(s[1] & 0x3F) << 6 | (s[2] & 0x3F);
}

/* False when the number does not fit into so short a mark: thousands of `{{a}}`, and no name is that short. */
static bool put_mark(char *at, size_t len, size_t number) {
  Str lead = leads[len % LEADS];
  if (len < lead.len + DIGIT_BYTES) return false;
  size_t digits = (len - lead.len) / DIGIT_BYTES;
  if (digits == 1 && number > 0xFFF) return false;
  memcpy(at, lead.s, lead.len);
  for (size_t i = 0; i < digits; i++) put_digit(at + lead.len + i * DIGIT_BYTES, digit_value(number, i));
  return true;
}

/* Is this the mark of that insert, to its last byte? What the author wrote himself may look like the beginning of one.
 */
static bool is_mark(const Work *work, Str text, size_t lead, size_t number) {
  if (number >= work->insert_count) return false;
  size_t len = work->inserts[number].len;
  if (len % LEADS != lead || len > text.len) return false;
  size_t at = leads[lead].len;
  for (size_t place = 0; at < len; place++, at += DIGIT_BYTES)
    if (read_digit(text, at) != digit_value(number, place)) return false;
  return true;
}

/* The insert whose mark stands at the beginning of `text`, or NULL. */
static Insert *read_mark(const Work *work, Str text) {
  for (size_t i = 0; i < LEADS; i++) {
    if (!str_starts(text, leads[i])) continue;
    size_t low = read_digit(text, leads[i].len);
    if (low == STR_NONE) return NULL;
    size_t high = text.len > leads[i].len + DIGIT_BYTES ? read_digit(text, leads[i].len + DIGIT_BYTES) : STR_NONE;
    /* A mark of one digit may be followed by another mark's digits. */
    if (high != STR_NONE && is_mark(work, text, i, low | high << 12)) return &work->inserts[low | high << 12];
    return is_mark(work, text, i, low) ? &work->inserts[low] : NULL;
  }
  return NULL;
}

static bool is_escaped(Str source, size_t at) {
  size_t slashes = 0;
  while (slashes < at && source.s[at - 1 - slashes] == '\\') slashes++;
  return slashes % 2 == 1;
}

/* The end of what `{{` at `at` opens, after its `}}`, or STR_NONE. It stands on one line. */
static size_t insert_end(Str source, size_t at) {
  for (size_t i = at + 2; i + 1 < source.len; i++) {
    char c = source.s[i];
    if (c == '\n' || c == '\r' || (c == '{' && source.s[i + 1] == '{')) return STR_NONE;
    if (c == '}' && source.s[i + 1] == '}') return i + 2;
  }
  return STR_NONE;
}

/* memmem() takes several times as long for two bytes as memchr() for one. */
static size_t find_braces(Str source, size_t from) {
  for (;;) {
    size_t found = str_find_byte(str_skip(source, from), '{');
    if (found == STR_NONE) return STR_NONE;
    from += found + 1;
    if (from < source.len && source.s[from] == '{') return from - 1;
  }
}

void values_scan(Work *work) {
  Str source = work->source;
  size_t at = find_braces(source, 0);
  char *copy = str_to_c(work->scratch, source);
  while (at != STR_NONE) {
    size_t next = at + 2;
    size_t end = insert_end(source, at);
    if (is_escaped(source, at)) {
      /* `\{{` is how to write braces that mean themselves. */
    } else if (work->insert_count == LIMIT_VALUES) {
      Span span = {work->text->path, work->text->begin + at, 2};
      DIAG(work->options->diags, MARKDOWN_LIMIT, span, STR("more `{{ … }}` than"),
           str_format(work->scratch, "%d", LIMIT_VALUES));
      break;
    } else if (end == STR_NONE || !put_mark(copy + at, end - at, work->insert_count)) {
      work->open_braces = work_grown(work, work->open_braces, work->open_brace_count, sizeof *work->open_braces);
      work->open_braces[work->open_brace_count++] = at;
    } else {
      work->inserts = work_grown(work, work->inserts, work->insert_count, sizeof *work->inserts);
      work->inserts[work->insert_count++] = (Insert){.offset = at, .len = end - at};
      next = end;
    }
    at = find_braces(source, next);
  }
  work->source = str_from(copy, source.len);
}

static bool is_name(Str name) {
  if (name.len == 0) return false;
  for (size_t i = 0; i < name.len; i++) {
    char c = name.s[i];
    bool inner = ascii_is_digit(c) || c == '-' || (c == '.' && i > 0 && name.s[i - 1] != '.');
    if (!ascii_is_alpha(c) && c != '_' && !(c & 0x80) && !(inner && i > 0)) return false;
  }
  return name.s[name.len - 1] != '.';
}

static Str nearest_key(Value map, Str key) {
  Str names[NAMES_MOST];
  size_t count = 0;
  if (map.type != VALUE_MAP) return (Str){"", 0};
  while (count < map.map->count && count < NAMES_MOST) {
    names[count] = map.map->entries[count].key;
    count++;
  }
  return str_nearest(key, names, count);
}

static size_t list_index(Str name) {
  size_t index = 0;
  for (size_t i = 0; i < name.len; i++) {
    if (!ascii_is_digit(name.s[i]) || i > 6) return STR_NONE;
    index = index * 10 + (size_t)(name.s[i] - '0');
  }
  return name.len ? index : STR_NONE;
}

static Value member(Work *work, Value from, Str name) {
  if (from.type == VALUE_OBJECT && from.object.class->member)
    return from.object.class->member(from.object.data, name, work->scratch);
  if (from.type == VALUE_LIST) return value_at(from, list_index(name));
  return value_get(from, name);
}

/* What a map means as text (docs/template-data.md). */
static Value as_text(Work *work, Value value) {
  static const Str keys[] = {{"text", 4}, {"number", 6}, {"value", 5}, {"name", 4}};
  if (value.type != VALUE_MAP && value.type != VALUE_OBJECT) return value;
  for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
    Value found = member(work, value, keys[i]);
    if (value_is_defined(found)) return found;
  }
  return value;
}

static Str number_text(Work *work, double number) {
  enum { MOST = 400 }; /* bytes of the longest double */
  Buf text = buf_new(work->scratch, MOST);
  number_add_plain(&text, number);
  return buf_str(&text);
}

static Str evaluate(Work *work, Str name, Span span, bool *good) {
  Value value = work->options->data;
  Str rest = name;
  while (rest.len) {
    Str part;
    str_cut(rest, '.', &part, &rest);
    Value next = member(work, value, part);
    if (!value_is_defined(next)) {
      Str before = str_slice(name, 0, (size_t)(part.s - name.s));
      Str near = nearest_key(value, part);
      if (near.len) near = STR_CONCAT(work->scratch, before, near);
      DIAG(work->options->diags, VALUE_UNKNOWN, span, name, near);
      return name;
    }
    value = next;
  }
  value = as_text(work, value);
  *good = true;
  switch (value.type) {
    case VALUE_STR:
    case VALUE_MARKUP: return value.str;
    case VALUE_INT: return str_format(work->scratch, "%lld", (long long)value.i);
    case VALUE_FLOAT: return number_text(work, value.f);
    default:
      *good = false;
      DIAG(work->options->diags, VALUE_NOT_TEXT, span, name, value_type_name(value));
      return name;
  }
}

Str values_text(Work *work, Str name, Span span, bool *good) {
  *good = false;
  if (is_name(name)) return evaluate(work, name, span, good);
  if (str_starts(name, STR("snippet")) && str_find_byte(name, '(') != STR_NONE)
    DIAG(work->options->diags, SNIPPET_FORM, span);
  else if (!shortcode_report(work, name, span))
    DIAG(work->options->diags, VALUE_NOT_NAME, span, name);
  return name;
}

static Str insert_text(Work *work, Insert *insert) {
  if (insert->done) return insert->text;
  Str file = str_skip(work->text->file, work->text->begin);
  Str name = str_trim(str_slice(file, insert->offset + 2, insert->offset + insert->len - 2));
  bool good = false;
  insert->done = true;
  insert->text = values_text(work, name, positions_span(work, insert->offset, insert->offset + insert->len), &good);
  if (good) insert->name = name;
  return insert->text;
}

Str values_of(Work *work, Insert *insert) {
  return insert_text(work, insert);
}

Insert *values_next(Work *work, Str text, size_t *at, Str *before) {
  size_t from = *at;
  for (; *at < text.len; ++*at) {
    if (!(text.s[*at] & 0x80)) continue;
    Insert *insert = read_mark(work, str_skip(text, *at));
    if (!insert) continue;
    *before = str_slice(text, from, *at);
    *at += insert->len;
    return insert;
  }
  *before = str_skip(text, from);
  return NULL;
}

bool values_are_good(Work *work, Str text) {
  Str before;
  size_t at = 0;
  if (work->insert_count == 0) return true;
  for (Insert *insert = values_next(work, text, &at, &before); insert; insert = values_next(work, text, &at, &before)) {
    insert_text(work, insert);
    if (!insert->name.len) return false;
  }
  return true;
}

Str values_fill(Work *work, Str text, bool as_source) {
  enum { IN_EVERY_MARK = 0xEE };
  if (work->insert_count == 0 || text.len == 0 || !memchr(text.s, IN_EVERY_MARK, text.len)) return text;
  Str file = str_skip(work->text->file, work->text->begin);
  Str before;
  size_t at = 0;
  Insert *insert = values_next(work, text, &at, &before);
  if (!insert) return text;
  Buf filled = buf_new(work->scratch, LIMIT_HTML);
  for (; insert; insert = values_next(work, text, &at, &before)) {
    buf_add(&filled, before);
    buf_add(&filled,
            as_source ? str_slice(file, insert->offset, insert->offset + insert->len) : insert_text(work, insert));
  }
  buf_add(&filled, before);
  return buf_str(&filled);
}

void values_check_text(Work *work, Str literal, int line) {
  if (work->open_brace_count == 0 || str_find(literal, STR("{{")) == STR_NONE) return;
  size_t begin = line >= 1 && (size_t)line <= work->line_count ? work->lines[line - 1] : work->block_begin;
  if (work->cursor > begin) begin = work->cursor;
  size_t low = 0;
  for (size_t high = work->open_brace_count; low < high;) {
    size_t middle = low + (high - low) / 2;
    if (work->open_braces[middle] < begin)
      low = middle + 1;
    else
      high = middle;
  }
  if (low == work->open_brace_count || work->open_braces[low] >= work->block_end) return;
  size_t at = work->open_braces[low];
  DIAG(work->options->diags, VALUE_OPEN, positions_span(work, at, at + 2));
  work->cursor = at + 2;
}
