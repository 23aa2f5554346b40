#include "check/numbers.h"

#include "base/utf8.h"
#include "check/measures.h"

#include <string.h>

/* A place in the Markdown that is read. */
typedef struct Scan {
  Numbers *numbers;
  Str file;
  size_t at;
  size_t end;
  Value data;
  bool block_has_number;
} Scan;

/* --- the numbers --- */

/* The decimal digit there, or -1; *next is behind what stands there. Arabic letters have the same lead bytes as Arabic
 * digits, so those two scripts are told without asking ICU. */
static int digit_at(Str text, size_t at, size_t *next) {
  if (at >= text.len) return -1;
  unsigned char lead = (unsigned char)text.s[at];
  *next = at + 1;
  if (lead < 0x80) return ascii_is_digit(text.s[at]) ? text.s[at] - '0' : -1;
  if ((lead == 0xD9 || lead == 0xDB) && at + 1 < text.len) {
    unsigned zero = lead == 0xD9 ? 0xA0 : 0xB0; /* U+0660, U+06F0 */
    unsigned value = (unsigned char)text.s[at + 1] - zero;
    *next = at + 2;
    return value <= 9 ? (int)value : -1;
  }
  if ((lead < 0xE0 && lead != 0xDF) || lead == 0xE2)
    return -1; /* no decimal digits there: Unicode 15, DerivedNumericType.txt */
  *next = at;
  return utf8_digit_value(utf8_next(text, next));
}

static void add(Scan *scan, Number number, size_t begin, size_t end) {
  Numbers *numbers = scan->numbers;
  if (numbers->count >= NUMBERS_MOST) return;
  if (numbers->count == numbers->capacity) {
    numbers->capacity = numbers->capacity ? numbers->capacity * 2 : 16;
    Number *items = ARENA_ARRAY(numbers->arena, Number, numbers->capacity);
    if (numbers->count) memcpy(items, numbers->items, numbers->count * sizeof *items);
    numbers->items = items;
  }
  if (!scan->block_has_number) numbers->blocks++;
  scan->block_has_number = true;
  number.block = (uint32_t)numbers->blocks - 1;
  number.offset = (uint32_t)begin;
  number.len = (uint32_t)(end - begin);
  numbers->items[numbers->count++] = number;
}

/* What may stand between the digits of one number, as Number.text has it; 0: nothing. */
static char separator_at(Str text, size_t at, size_t *next) {
  static const struct {
    Str mark;
    char as;
  } marks[] = {{{".", 1}, '.'},
               {{",", 1}, ','},
               {{"\xD9\xAB", 2}, 'd'},
               {{"\xD9\xAC", 2}, 'g'},
               {{"\xC2\xA0", 2}, 'g'},
               {{"\xE2\x80\xAF", 3}, 'g'},
               {{"\xE2\x80\x89", 3}, 'g'},
               {{"\xE2\x80\x99", 3}, 'g'},
               {{"'", 1}, 'g'},
               {{"-", 1}, '-'},
               {{"\xE2\x80\x91", 3}, '-'},
               {{":", 1}, ':'},
               {{"/", 1}, '/'}};
  if (at >= text.len) return 0;
  for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
    if (marks[i].mark.s[0] != text.s[at] || !str_starts(str_skip(text, at), marks[i].mark)) continue;
    *next = at + marks[i].mark.len;
    return marks[i].as;
  }
  return 0;
}

enum { GROUPS_MOST = 8, DIGITS_MOST = 40 };

/* Digits and separators in a row. */
typedef struct Run {
  char text[GROUPS_MOST * (DIGITS_MOST + 1)];
  size_t begin[GROUPS_MOST]; /* of each group of digits, in text */
  size_t size[GROUPS_MOST];
  char before[GROUPS_MOST]; /* the separator in front of it */
  size_t from[GROUPS_MOST]; /* in the file */
  size_t to[GROUPS_MOST];
  size_t len;
  size_t groups;
} Run;

static size_t read_group(Str text, size_t at, char separator, Run *run) {
  size_t group = run->groups++;
  run->size[group] = 0;
  run->before[group] = separator;
  if (separator) run->text[run->len++] = separator;
  run->begin[group] = run->len;
  run->from[group] = at;
  size_t next;
  for (int digit; (digit = digit_at(text, at, &next)) >= 0; at = next)
    if (run->size[group] < DIGITS_MOST - 1) {
      run->text[run->len++] = (char)('0' + digit);
      run->size[group]++;
    }
  run->to[group] = at;
  return at;
}

static size_t read_run(Str text, size_t at, Run *run) {
  run->len = run->groups = 0; /* the rest is set with each group: clearing it all would take longer than the reading */
  at = read_group(text, at, 0, run);
  while (run->groups < GROUPS_MOST) {
    size_t next;
    size_t after;
    char separator = separator_at(text, at, &next);
    if (!separator || digit_at(text, next, &after) < 0) break;
    size_t ahead = next;
    size_t digits = 0;
    for (size_t step; digit_at(text, ahead, &step) >= 0; ahead = step) digits++;
    /* A space or an apostrophe is part of a number only in front of three digits. */
    if (separator == 'g' && digits != 3) break;
    at = read_group(text, next, separator, run);
  }
  return at;
}

static bool all_before(const Run *run, const char *separators) {
  for (size_t i = 1; i < run->groups; i++)
    if (!strchr(separators, run->before[i])) return false;
  return true;
}

static size_t digits_of(const Run *run) {
  size_t digits = 0;
  for (size_t i = 0; i < run->groups; i++) digits += run->size[i];
  return digits;
}

/* 1,500.25: groups of three with one separator, then perhaps another one and decimals. */
static bool is_number(const Run *run) {
  if (run->groups == 1) return true;
  if (!all_before(run, ".,dg")) return false;
  if (run->groups == 2) return true;
  size_t last = run->groups - 1;
  bool decimals = run->before[last] != run->before[1];
  for (size_t i = 1; i < run->groups; i++) {
    if (i == last && decimals) continue;
    if (run->size[i] != 3 || run->before[i] != run->before[1]) return false;
  }
  return run->size[0] <= 3;
}

/* 2026-03-01, 3/1/2026. */
static bool is_date(const Run *run) {
  if (run->groups != 3 || run->before[1] != run->before[2] || !strchr("-/.", run->before[1])) return false;
  return (run->size[0] == 4 && run->size[1] == 2 && run->size[2] == 2) ||
         (run->size[0] <= 2 && run->size[1] <= 2 && run->size[2] == 4);
}

static int small_value(const Run *run, size_t group) {
  int value = 0;
  for (size_t i = 0; i < run->size[group] && i < 4; i++) value = value * 10 + (run->text[run->begin[group] + i] - '0');
  return value;
}

static bool letter_at(Str text, size_t at) {
  return at < text.len && utf8_is_letter(utf8_next(text, &at));
}

/* "am", "p. m." after a time: the letter, or 0. */
static char half_of_day(Str text, size_t at) {
  size_t i = measures_skip_space(text, at);
  char c = i < text.len ? ascii_lower(text.s[i]) : 0;
  if (c != 'a' && c != 'p') return 0;
  i++;
  bool point = i < text.len && text.s[i] == '.';
  if (point) i = measures_skip_space(text, i + 1);
  if (i >= text.len || ascii_lower(text.s[i]) != 'm' || letter_at(text, i + 1)) return 0;
  return c;
}

static Number clock(int hour, int minute, char half) {
  Number number = {.kind = NUMBER_CLOCK, .minute = (int8_t)minute, .half = half != 0 || hour > 12};
  if (half == 'p' && hour < 12) hour += 12;
  if (half == 'a' && hour == 12) hour = 0;
  number.hour = (int8_t)(hour % 24);
  return number;
}

static void measure(const Scan *scan, size_t begin, size_t end, Number *number) {
  Measure around = measures_around(str_slice(scan->file, 0, scan->end), begin, end);
  number->unit = around.unit;
  number->per = around.per;
  number->month = around.month;
}

static void add_group(Scan *scan, const Run *run, size_t group, bool optional) {
  Arena *arena = scan->numbers->arena;
  Number number = {.text = str_copy(arena, str_from(run->text + run->begin[group], run->size[group]))};
  number.optional = optional;
  if (group + 1 == run->groups) measure(scan, run->from[group], run->to[group], &number);
  add(scan, number, run->from[group], run->to[group]);
}

static void add_plain(Scan *scan, const Run *run, size_t end) {
  Number number = {.text = str_copy(scan->numbers->arena, str_from(run->text, run->len))};
  measure(scan, run->from[0], end, &number);
  add(scan, number, run->from[0], end);
}

/* The month may be a word in the other language; which of the two in 3/1/2026 it is, cannot be told. */
static void add_date(Scan *scan, const Run *run) {
  bool year_first = run->size[0] == 4;
  size_t a = year_first ? 1 : 0;
  size_t b = a + 1;
  bool a_is_day = small_value(run, a) > 12;
  bool b_is_day = small_value(run, b) > 12;
  for (size_t i = 0; i < 3; i++)
    add_group(scan, run, i, (i == a && (year_first || b_is_day)) || (i == b && !year_first && a_is_day));
}

static void add_digits(Scan *scan, const Run *run) {
  Buf digits = buf_new(scan->numbers->arena, sizeof run->text);
  for (size_t i = 0; i < run->groups; i++) buf_add(&digits, str_from(run->text + run->begin[i], run->size[i]));
  Number number = {.kind = NUMBER_DIGITS, .text = buf_str(&digits)};
  add(scan, number, run->from[0], run->to[run->groups - 1]);
}

static void read_number(Scan *scan) {
  enum { PHONE_DIGITS = 7 }; /* ITU-T E.164 has no minimum; 100-120 is a range, 555-0142 is none */
  Str text = str_slice(scan->file, 0, scan->end);
  Run run;
  scan->at = read_run(text, scan->at, &run);
  size_t end = scan->at;
  int hour = small_value(&run, 0);
  char half = half_of_day(text, end);
  bool minutes = run.groups == 2 && run.before[1] == ':' && run.size[0] <= 2 && run.size[1] == 2;
  if ((minutes || (run.groups == 1 && half && hour <= 12)) && hour < 24)
    add(scan, clock(hour, minutes ? small_value(&run, 1) : 0, half), run.from[0], end);
  else if (is_date(&run))
    add_date(scan, &run);
  else if (run.groups > 1 && all_before(&run, "-") && digits_of(&run) >= PHONE_DIGITS)
    add_digits(scan, &run);
  else if (is_number(&run))
    add_plain(scan, &run, end);
  else
    for (size_t i = 0; i < run.groups; i++) add_group(scan, &run, i, false);
}

/* --- what stands around them --- */

static Str rest(const Scan *scan) {
  return str_slice(scan->file, scan->at, scan->end);
}

/* Past the first `mark` from here on, or to the end of the line (of the text, when `lines`). */
static void skip_past(Scan *scan, Str mark, bool lines) {
  Str ahead = rest(scan);
  size_t line = lines ? STR_NONE : str_find_byte(ahead, '\n');
  if (line != STR_NONE) ahead = str_slice(ahead, 0, line);
  size_t found = str_find(ahead, mark);
  scan->at += found == STR_NONE ? ahead.len : found + mark.len;
}

/* What a map means as text (docs/template-data.md). */
static Value as_text(Value value) {
  static const Str keys[] = {{"text", 4}, {"number", 6}, {"value", 5}};
  for (size_t i = 0; value.type == VALUE_MAP && i < sizeof keys / sizeof *keys; i++)
    if (value_is_defined(value_get(value, keys[i]))) return value_get(value, keys[i]);
  return value;
}

static void read_insert(Scan *scan) {
  size_t begin = scan->at;
  skip_past(scan, STR("}}"), false);
  Str name = str_trim(str_slice(scan->file, begin + 2, scan->at - 2));
  static const Str prefixes[] = {{"facts.", 6}, {"clinic.phones.", 14}, {"clinic.emergency", 16}};
  bool counts = false;
  for (size_t i = 0; i < sizeof prefixes / sizeof *prefixes; i++) counts = counts || str_starts(name, prefixes[i]);
  if (!counts) return;
  Arena *arena = scan->numbers->arena;
  Number number = {.kind = NUMBER_INSERT, .name = str_copy(arena, name)};
  Str value = value_text(as_text(value_path(scan->data, name, arena)));
  Numbers held = {.arena = arena};
  Scan inner = {.numbers = &held, .file = value, .end = value.len};
  while (inner.at < inner.end) {
    size_t next;
    if (digit_at(value, inner.at, &next) >= 0)
      read_number(&inner);
    else
      inner.at = next;
  }
  if (held.count == 1) {
    number.text = held.items[0].text;
    number.unit = held.items[0].unit;
    number.per = held.items[0].per;
  }
  add(scan, number, begin, scan->at);
}

static bool starts(const Scan *scan, const char *mark) {
  return str_starts(rest(scan), str_from_c(mark));
}

/* Do the words of the link that ends here say a number themselves? */
static bool words_have_number(const Scan *scan) {
  enum { WORDS_MOST = 200 }; /* bytes that are looked at */
  for (size_t at = scan->at; at > 0 && scan->at - at < WORDS_MOST; at--) {
    char c = scan->file.s[at - 1];
    size_t next;
    if (c == '[' || c == '\n') return false;
    if (c == '{' || digit_at(scan->file, at - 1, &next) >= 0) return true;
  }
  return true;
}

/* Past `](address`: its title is read, as the caption that it may be, and so is whom "[call us](tel:…)" calls. */
static void skip_target(Scan *scan) {
  if (starts(scan, "](tel:") && !words_have_number(scan)) {
    scan->at += 6;
    return;
  }
  bool angle = starts(scan, "](<");
  scan->at += 2;
  while (scan->at < scan->end) {
    char c = scan->file.s[scan->at];
    if (c == '\n' || (angle ? c == '>' : c == ')' || c == ' ')) return;
    scan->at++;
  }
}

/* Moves past what holds no number of the text. False: here is none of these. */
static bool skip_markup(Scan *scan) {
  switch (scan->file.s[scan->at]) {
    case '{':
      if (starts(scan, "{{"))
        read_insert(scan);
      else if (starts(scan, "{#") || starts(scan, "{."))
        skip_past(scan, STR("}"), false);
      else
        return false;
      return true;
    case ']':
      if (!starts(scan, "](")) return false;
      skip_target(scan);
      return true;
    case '<':
      if (starts(scan, "<!--"))
        skip_past(scan, STR("-->"), true);
      else if (starts(scan, "<http") || starts(scan, "<mailto:") || starts(scan, "<tel:"))
        skip_past(scan, STR(">"), false);
      else
        return false;
      return true;
    case '[':
      if (!starts(scan, "[^")) return false;
      skip_past(scan, STR("]"), false);
      return true;
    case '&':
      if (!starts(scan, "&#")) return false;
      skip_past(scan, STR(";"), false);
      return true;
    case 'h':
      if (scan->at + 1 < scan->end && scan->file.s[scan->at + 1] != 't') return false;
      if (!starts(scan, "http://") && !starts(scan, "https://")) return false;
      while (scan->at < scan->end && !ascii_is_space(scan->file.s[scan->at]) && scan->file.s[scan->at] != ')')
        scan->at++;
      return true;
    default: return false;
  }
}

static bool starts_at(const Scan *scan, size_t at, const char *mark) {
  return str_starts(str_slice(scan->file, at, scan->end), str_from_c(mark));
}

/* Past the marks at a line's beginning; says whether a new block begins with it. */
static bool read_line_start(Scan *scan) {
  Str file = scan->file;
  size_t at = scan->at;
  while (at < scan->end && (file.s[at] == ' ' || file.s[at] == '\t' || file.s[at] == '>')) at++;
  scan->at = at;
  if (at >= scan->end || file.s[at] == '\n' || file.s[at] == '\r') return true;
  if (str_find_byte(STR("#|-*+"), file.s[at]) != STR_NONE || starts(scan, "[!")) return true;
  size_t digits = at;
  while (digits < scan->end && ascii_is_digit(file.s[digits])) digits++;
  bool item = digits > at && digits - at <= 9 && digits + 1 < scan->end && /* CommonMark 0.29, 5.2 */
              (file.s[digits] == '.' || file.s[digits] == ')') && file.s[digits + 1] == ' ';
  if (item) scan->at = digits + 1;
  /* [name]: where the links with that name go */
  if (file.s[at] == '[' && !starts_at(scan, at, "[^")) {
    size_t close = str_find(rest(scan), STR("]:"));
    size_t line = str_find_byte(rest(scan), '\n');
    if (close != STR_NONE && close < line) scan->at += line == STR_NONE ? scan->end - scan->at : line;
  }
  return item;
}

/* Half a tablet is a dose: ½ is 1 and 2, as 1/2 is. */
static size_t read_fraction(Scan *scan) {
  static const struct {
    Str mark;
    Str parts[2];
  } fractions[] = {{{"\xC2\xBD", 2}, {{"1", 1}, {"2", 1}}},
                   {{"\xC2\xBC", 2}, {{"1", 1}, {"4", 1}}},
                   {{"\xC2\xBE", 2}, {{"3", 1}, {"4", 1}}},
                   {{"\xE2\x85\x93", 3}, {{"1", 1}, {"3", 1}}},
                   {{"\xE2\x85\x94", 3}, {{"2", 1}, {"3", 1}}}};
  for (size_t i = 0; i < sizeof fractions / sizeof *fractions; i++) {
    if (!str_starts(rest(scan), fractions[i].mark)) continue;
    size_t end = scan->at + fractions[i].mark.len;
    for (size_t k = 0; k < 2; k++) add(scan, (Number){.text = fractions[i].parts[k]}, scan->at, end);
    return end;
  }
  return STR_NONE;
}

/* The exponent of 10\u2076, as that of 10^6. */
static size_t read_power(Scan *scan) {
  static const Str powers[] = {{"\u2070", 3}, {"\u00B9", 2}, {"\u00B2", 2}, {"\u00B3", 2}, {"\u2074", 3},
                               {"\u2075", 3}, {"\u2076", 3}, {"\u2077", 3}, {"\u2078", 3}, {"\u2079", 3}};
  enum { POWERS = sizeof powers / sizeof *powers, MOST = 4 };
  if (scan->at == 0 || !ascii_is_digit(scan->file.s[scan->at - 1])) return STR_NONE;
  char digits[MOST];
  size_t count = 0;
  size_t end = scan->at;
  for (size_t i = 0; i < POWERS && count < MOST; i++) {
    if (!str_starts(str_slice(scan->file, end, scan->end), powers[i])) continue;
    digits[count++] = (char)('0' + i);
    end += powers[i].len;
    i = (size_t)-1; /* the next digit */
  }
  if (!count) return STR_NONE;
  add(scan, (Number){.text = str_copy(scan->numbers->arena, str_from(digits, count))}, scan->at, end);
  return end;
}

/* Bytes at which the scan has to look: everything else is text. */
static const bool looked_at[256] = {
    ['\n'] = true, ['{'] = true,  [']'] = true,  ['<'] = true,  ['['] = true,  ['&'] = true,  ['h'] = true,
    ['0'] = true,  ['1'] = true,  ['2'] = true,  ['3'] = true,  ['4'] = true,  ['5'] = true,  ['6'] = true,
    ['7'] = true,  ['8'] = true,  ['9'] = true,  [0xC2] = true, [0xD9] = true, [0xDB] = true, [0xDF] = true,
    [0xEA] = true, [0xF0] = true, [0xE0] = true, [0xE1] = true, [0xE2] = true, [0xEF] = true,
};

void numbers_read(Numbers *numbers, Str file, size_t begin, size_t end, Value data) {
  Scan scan = {.numbers = numbers, .file = file, .at = begin, .end = end, .data = data};
  read_line_start(&scan);
  while (scan.at < scan.end) {
    unsigned char c = (unsigned char)file.s[scan.at];
    if (!looked_at[c]) {
      scan.at++;
      continue;
    }
    if (c == '\n') {
      scan.at++;
      if (read_line_start(&scan)) scan.block_has_number = false;
      continue;
    }
    size_t next = scan.at + 1;
    size_t fraction = c == 0xC2 || c == 0xE2 ? read_fraction(&scan) : STR_NONE;
    if (fraction == STR_NONE && (c == 0xC2 || c == 0xE2)) fraction = read_power(&scan);
    if (fraction != STR_NONE)
      scan.at = fraction;
    else if (digit_at(str_slice(file, 0, end), scan.at, &next) >= 0)
      read_number(&scan);
    else if (c >= 0x80 || !skip_markup(&scan))
      scan.at = next;
  }
}

/* --- what they say --- */

/* A number as digits, a point, digits: no zeros that say nothing. */
static Str canonical(Str text, char decimal, char *out) {
  size_t len = 0;
  size_t point = STR_NONE;
  for (size_t i = 0; i < text.len; i++) {
    char c = text.s[i];
    if (ascii_is_digit(c)) {
      if (len > 0 || c != '0') out[len++] = c;
    } else if (c == decimal || c == 'd') {
      if (len == 0) out[len++] = '0';
      point = len;
      out[len++] = '.';
    }
  }
  if (point != STR_NONE)
    while (len > point && (out[len - 1] == '0' || out[len - 1] == '.')) len--;
  if (len == 0) out[len++] = '0';
  return str_from(out, len);
}

/* Where '.' or ',' in the text can only stand before decimals, or can only part groups, the language does not matter.
 */
static bool may_be_decimal(Str text, char mark, NumberCustom custom) {
  size_t last = str_find_last_byte(text, mark);
  if (last == STR_NONE) return false;
  if (str_find_byte(text, mark) != last) return false; /* twice: groups */
  size_t after = text.len - last - 1;
  for (size_t i = last + 1; i < text.len; i++)
    if (!ascii_is_digit(text.s[i])) return false; /* 1,500.25 */
  for (size_t i = 0; i < last; i++)
    if (!ascii_is_digit(text.s[i])) return true; /* 1.500,25 */
  if (after != 3 || last > 3 || text.s[0] == '0') return true;
  return mark == '.' ? custom.point : custom.comma;
}

static bool may_be_group(Str text, char mark, NumberCustom custom) {
  size_t last = str_find_last_byte(text, mark);
  if (last == STR_NONE || text.len - last - 1 != 3 || text.s[0] == '0') return !may_be_decimal(text, mark, custom);
  for (size_t i = 0; i < text.len; i++)
    if (!ascii_is_digit(text.s[i]) && text.s[i] != mark) return !may_be_decimal(text, mark, custom);
  if (last > 3) return str_find_byte(text, mark) != last;
  return str_find_byte(text, mark) != last || (mark == '.' ? custom.comma : custom.point);
}

typedef struct Readings {
  char bytes[2][GROUPS_MOST * (DIGITS_MOST + 1) + 1];
  Str texts[2];
  size_t count;
} Readings;

static void read_text(Str text, NumberCustom custom, Readings *readings) {
  char mark = 0;
  for (size_t i = 0; i < text.len; i++)
    if (text.s[i] == '.' || text.s[i] == ',') mark = text.s[i];
  readings->count = 0;
  if (!mark || may_be_decimal(text, mark, custom)) {
    readings->texts[0] = canonical(text, mark, readings->bytes[0]);
    readings->count = 1;
  }
  if (mark && may_be_group(text, mark, custom)) {
    readings->texts[readings->count] = canonical(text, 0, readings->bytes[readings->count]);
    readings->count++;
  }
}

static bool same_value(Str a, NumberCustom a_custom, Str b, NumberCustom b_custom) {
  bool plain = str_find_byte(a, '.') == STR_NONE && str_find_byte(a, ',') == STR_NONE;
  if (plain && str_equal(a, b)) return true;
  Readings left;
  Readings right;
  read_text(a, a_custom, &left);
  read_text(b, b_custom, &right);
  for (size_t i = 0; i < left.count; i++)
    for (size_t k = 0; k < right.count; k++)
      if (str_equal(left.texts[i], right.texts[k])) return true;
  return false;
}

static bool same_time(Number a, Number b) {
  if (a.minute != b.minute) return false;
  return a.half && b.half ? a.hour == b.hour : a.hour % 12 == b.hour % 12;
}

static bool as_clock(const Number *number, Number *time) {
  *time = *number;
  if (number->kind == NUMBER_CLOCK) return true;
  bool hours = !number->unit || measures_is_hour(number->unit); /* "a las 20 horas" */
  if (number->kind != NUMBER_PLAIN || number->text.len > 2 || !hours) return false;
  int hour = 0;
  for (size_t i = 0; i < number->text.len; i++) hour = hour * 10 + (number->text.s[i] - '0');
  if (hour > 24) return false;
  *time = clock(hour, 0, 0);
  return true;
}

bool numbers_match(const Number *a, NumberCustom a_custom, const Number *b, NumberCustom b_custom) {
  if (a->kind == NUMBER_INSERT && b->kind == NUMBER_INSERT) return str_equal(a->name, b->name);
  if (a->unit && b->unit && a->unit != b->unit) return false;
  if (a->per && b->per && a->per != b->per) return false;
  if (a->month && b->month && a->month != b->month) return false;
  if (a->kind == NUMBER_CLOCK || b->kind == NUMBER_CLOCK) {
    Number left;
    Number right;
    return as_clock(a, &left) && as_clock(b, &right) && same_time(left, right);
  }
  if (a->text.len == 0 || b->text.len == 0) return false;
  if (a->kind == NUMBER_DIGITS || b->kind == NUMBER_DIGITS) return str_equal(a->text, b->text);
  return same_value(a->text, a_custom, b->text, b_custom);
}
