#include "data/json.h"

#include "base/scan.h"

#include <jansson.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "data/number.h"

/* --- reading --- */

/* jansson parses at most JSON_PARSER_MAX_DEPTH (2048) levels, so that this cannot go deeper. */
static Value value_of(Arena *arena, json_t *json) {
  switch (json_typeof(json)) {
    case JSON_NULL: return value_null();
    case JSON_TRUE: return value_bool(true);
    case JSON_FALSE: return value_bool(false);
    case JSON_INTEGER: return value_int(json_integer_value(json));
    case JSON_REAL: return value_float(json_real_value(json));
    case JSON_STRING: return value_str(str_copy(arena, str_from(json_string_value(json), json_string_length(json))));
    case JSON_ARRAY: {
      Value list = value_list(arena, json_array_size(json));
      for (size_t i = 0; i < json_array_size(json); i++) value_push(list, value_of(arena, json_array_get(json, i)));
      return list;
    }
    case JSON_OBJECT: {
      Value map = value_map(arena, json_object_size(json));
      for (void *at = json_object_iter(json); at; at = json_object_iter_next(json, at)) {
        Str key = str_from(json_object_iter_key(at), json_object_iter_key_len(at));
        value_set(map, str_copy(arena, key), value_of(arena, json_object_iter_value(at)));
      }
      return map;
    }
  }
  return value_null();
}

/* jansson's texts end in " near '…'", which the caret shows better. */
static Str plain_message(Str message) {
  return str_slice(message, 0, str_find(message, STR(" near ")));
}

bool json_read(Arena *arena, Str path, Str text, DiagList *diags, Value *result) {
  json_error_t error;
  *result = (Value){0};
  json_t *json = json_loadb(text.s ? text.s : "", text.len, JSON_REJECT_DUPLICATES | JSON_DECODE_ANY, &error);
  if (!json) {
    /* The position is the number of bytes read, the unexpected one included. */
    size_t offset = error.position > 0 ? (size_t)error.position - 1 : 0;
    if (offset > text.len) offset = text.len;
    DIAG(diags, JSON_SYNTAX, ((Span){path, offset, 1}), plain_message(str_from_c(error.text)));
    return false;
  }
  *result = value_of(arena, json);
  json_decref(json);
  return true;
}

/* --- writing ---
 *
 * Values are walked here; jansson escapes the text that needs it. Its own dump of a whole tree took 75 µs for the graph
 * of a page (a hash table against cycles, two allocations a value, a look at each code point), this takes 12. Nor can
 * it be told to write numbers as Python does: 0.1 becomes 0.10000000000000001. */

/* More than readers of JSON take by default (Python 1000). Deeper values are null. */
enum { DEPTH_MOST = 512 };

typedef struct Writer {
  Buf *out;
  JsonFlags flags;
  int indent;
} Writer;

/* What a text holds, so that most text is looked at once and copied. */
enum { HOLDS_ESCAPED = 1, HOLDS_MARKUP = 2, HOLDS_DELETE = 4, HOLDS_HIGH = 8 };

SCAN_FUNCTION(find_noted,
              (c < 0x20) | (c >= 0x7F) | (c == '"') | (c == '\\') | (c == '<') | (c == '>') | (c == '&') | (c == '\''))

static unsigned look_at(Str str) {
  unsigned found = 0;
  for (size_t i = find_noted(str, 0); i < str.len; i = find_noted(str, i + 1)) {
    unsigned char c = (unsigned char)str.s[i];
    if (c < 0x20 || c == '"' || c == '\\') found |= HOLDS_ESCAPED;
    if (c == '<' || c == '>' || c == '&' || c == '\'') found |= HOLDS_MARKUP;
    if (c == 0x7F) found |= HOLDS_DELETE;
    if (c > 0x7F) found |= HOLDS_HIGH;
  }
  return found;
}

static int collect(const char *text, size_t len, void *context) {
  buf_add((Buf *)context, str_from(text, len));
  return 0;
}

/* The text as jansson writes it, without the quotes. */
static Str escape_by_jansson(const Writer *writer, Str str) {
  size_t how = JSON_ENCODE_ANY | (writer->flags & JSON_OUT_UTF8 ? 0 : JSON_ENSURE_ASCII);
  json_t *json = json_stringn_nocheck(str.s, str.len);
  Buf escaped = buf_new(writer->out->arena, writer->out->max);
  json_dump_callback(json, collect, &escaped, how);
  json_decref(json);
  if (escaped.over || escaped.len < 2) {
    writer->out->over = true;
    return (Str){"", 0};
  }
  return str_slice(buf_str(&escaped), 1, escaped.len - 1);
}

static bool is_line_separator(Str rest) { /* U+2028, U+2029: they end a line in older JavaScript */
  return rest.len > 2 && rest.s[0] == '\xE2' && rest.s[1] == '\x80' && (rest.s[2] == '\xA8' || rest.s[2] == '\xA9');
}

/* One byte that JSON allows as it is but that is written otherwise here. Returns how many bytes it stands for, 0 if
 * none. */
static size_t add_special(const Writer *writer, Str rest) {
  char c = rest.s[0];
  if (c == '\\' && rest.len > 1) {
    /* jansson writes \u00E9, Python \u00e9. */
    size_t len = rest.s[1] == 'u' && rest.len > 5 ? 6 : 2;
    for (size_t i = 0; i < len; i++) buf_add_byte(writer->out, i < 2 ? rest.s[i] : ascii_lower(rest.s[i]));
    return len;
  }
  bool in_script = (writer->flags & JSON_OUT_SCRIPT) && (c == '<' || c == '>' || c == '&' || c == '\'');
  if (in_script || (c == 0x7F && !(writer->flags & JSON_OUT_UTF8))) {
    static const char hex[] = "0123456789abcdef";
    const char escape[] = {'\\', 'u', '0', '0', hex[c >> 4], hex[c & 15]}; /* all of them are below 0x80 */
    buf_add(writer->out, str_from(escape, sizeof escape));
    return 1;
  }
  if (!is_line_separator(rest)) return 0;
  buf_add(writer->out, rest.s[2] == '\xA8' ? STR("\\u2028") : STR("\\u2029"));
  return 3;
}

static void write_with_specials(const Writer *writer, Str str) {
  size_t from = 0;
  for (size_t at = 0; at < str.len;) {
    char c = str.s[at];
    size_t taken = 0;
    if (c == '\\' || c == '<' || c == '>' || c == '&' || c == '\'' || c == 0x7F || c == '\xE2') {
      buf_add(writer->out, str_slice(str, from, at));
      from = at;
      taken = add_special(writer, str_skip(str, at));
      from += taken;
    }
    at += taken ? taken : 1;
  }
  buf_add(writer->out, str_skip(str, from));
}

static void write_text(const Writer *writer, Str str) {
  unsigned found = look_at(str);
  bool ascii = !(writer->flags & JSON_OUT_UTF8);
  /* jansson refuses text that is not UTF-8; nothing here should hold any, but writing must not fail. */
  if (found & HOLDS_HIGH) str = utf8_mend(writer->out->arena, str);
  if ((found & HOLDS_ESCAPED) || (ascii && (found & HOLDS_HIGH))) str = escape_by_jansson(writer, str);
  if (found & (writer->flags & JSON_OUT_SCRIPT ? ~0u : ~(unsigned)HOLDS_MARKUP)) {
    buf_add_byte(writer->out, '"');
    write_with_specials(writer, str);
    buf_add_byte(writer->out, '"');
    return;
  }
  char *room = buf_room(writer->out, str.len + 2);
  if (!room) return;
  room[0] = '"';
  if (str.len) memcpy(room + 1, str.s, str.len);
  room[str.len + 1] = '"';
  writer->out->len += str.len + 2;
}

static void write_value(const Writer *writer, Value value, int depth);

/* What stands before an item: a comma unless it is the first, and the end of the line when lines are indented. */
static void write_separator(const Writer *writer, bool first, int depth) {
  if (!first) buf_add_byte(writer->out, ',');
  if (writer->indent > 0)
    buf_add_format(writer->out, "\n%*s", writer->indent * depth, "");
  else if (!first && !(writer->flags & JSON_OUT_COMPACT))
    buf_add_byte(writer->out, ' ');
}

static int compare_keys(const void *left, const void *right) {
  const ValueEntry *a = *(const ValueEntry *const *)left;
  const ValueEntry *b = *(const ValueEntry *const *)right;
  return str_compare(a->key, b->key);
}

static void write_entry(const Writer *writer, const ValueEntry *entry, int depth) {
  write_text(writer, entry->key);
  buf_add(writer->out, writer->flags & JSON_OUT_COMPACT ? STR(":") : STR(": "));
  write_value(writer, entry->value, depth);
}

static void write_map(const Writer *writer, const ValueMap *map, int depth) {
  const ValueEntry **sorted = NULL;
  if ((writer->flags & JSON_OUT_SORTED) && map->count > 1) {
    sorted = ARENA_ARRAY(writer->out->arena, const ValueEntry *, map->count);
    for (size_t i = 0; i < map->count; i++) sorted[i] = &map->entries[i];
    qsort(sorted, map->count, sizeof *sorted, compare_keys);
  }
  buf_add_byte(writer->out, '{');
  for (size_t i = 0; i < map->count; i++) {
    write_separator(writer, i == 0, depth + 1);
    write_entry(writer, sorted ? sorted[i] : &map->entries[i], depth + 1);
  }
  if (map->count) write_separator(writer, true, depth);
  buf_add_byte(writer->out, '}');
}

static void write_list(const Writer *writer, const ValueList *list, int depth) {
  buf_add_byte(writer->out, '[');
  for (size_t i = 0; i < list->count; i++) {
    write_separator(writer, i == 0, depth + 1);
    write_value(writer, list->items[i], depth + 1);
  }
  if (list->count) write_separator(writer, true, depth);
  buf_add_byte(writer->out, ']');
}

static void write_value(const Writer *writer, Value value, int depth) {
  bool null = depth > DEPTH_MOST || (value.type == VALUE_FLOAT && !isfinite(value.f));
  switch (null ? VALUE_NULL : (ValueType)value.type) {
    case VALUE_BOOL: buf_add(writer->out, value.b ? STR("true") : STR("false")); break;
    case VALUE_INT: number_add_int(writer->out, value.i); break;
    case VALUE_FLOAT: number_add_float(writer->out, value.f); break;
    case VALUE_STR:
    case VALUE_MARKUP: write_text(writer, value.str); break;
    case VALUE_LIST: write_list(writer, value.list, depth); break;
    case VALUE_MAP: write_map(writer, value.map, depth); break;
    case VALUE_UNDEFINED:
    case VALUE_NULL:
    case VALUE_OBJECT: buf_add_lit(writer->out, "null"); break;
  }
}

void json_write(Buf *out, Value value, JsonFlags flags, int indent) {
  write_value(&(Writer){out, flags, indent}, value, 0);
}
