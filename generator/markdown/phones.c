/* Phone numbers in running text: what looks like one is told from dates, years, doses, codes and other numbers by the
 * shape of its groups of digits and by the words around it. In doubt, a number of seven digits or more is a phone
 * number: a wrong one harms, and a known one is never reported. */
#include "markdown/work.h"

#include "base/scan.h"

#include <string.h>

enum { GROUPS_MOST = 12, DIGITS_LEAST = 7, DIGITS_MOST = 15 }; /* ITU-T E.164: at most 15 */

typedef struct Group {
  size_t begin;
  size_t end;
  char before;  /* what separates it from the one before: '-', '.', ' ', or 0 for the first */
  bool bracket; /* it stands in ( ) */
  bool plus;
  unsigned len; /* digits */
  unsigned long value;
} Group;

typedef struct Run {
  Group groups[GROUPS_MOST];
  size_t count;
  size_t end; /* in the text, where looking goes on */
} Run;

/* 0 to 9, or -1. Western, Arabic, Persian, Devanagari and full-width digits. */
int phones_digit(uint32_t c) {
  if (c < 0x80) return c >= '0' && c <= '9' ? (int)(c - '0') : -1;
  static const uint32_t zeros[] = {0x660, 0x6F0, 0x966, 0xFF10};
  for (size_t i = 0; i < sizeof zeros / sizeof *zeros; i++)
    if (c >= zeros[i] && c <= zeros[i] + 9) return (int)(c - zeros[i]);
  return -1;
}

static uint32_t peek(Str text, size_t at) {
  return at < text.len ? utf8_next(text, &at) : 0;
}

static uint32_t before(Str text, size_t at) {
  if (at == 0) return 0;
  do at--;
  while (at > 0 && ((unsigned char)text.s[at] & 0xC0) == 0x80);
  return peek(text, at);
}

static bool is_gap(uint32_t c) {
  return c == ' ' || c == 0xA0 || c == 0x2009 || c == 0x202F;
}

static bool is_hyphen(uint32_t c) {
  return c == '-' || (c >= 0x2010 && c <= 0x2015) || c == 0x2212;
}

/* Soft hyphens, zero-width spaces and marks of direction, which pasted numbers bring along. */
static bool is_invisible(uint32_t c) {
  return c == 0xAD || (c >= 0x200B && c <= 0x200F) || (c >= 0x202A && c <= 0x202E) || (c >= 0x2060 && c <= 0x2069) ||
         c == 0xFEFF;
}

static size_t skip_invisible(Str text, size_t at) {
  for (size_t next = at; is_invisible(peek(text, at)); at = next) utf8_next(text, &next);
  return at;
}

/* The separator at *at, when another digit or bracket follows it: moves *at there. */
static char read_separator(Str text, size_t *at) {
  size_t i = *at;
  char kind = 0;
  bool closed = false;
  for (int steps = 0; steps < 3 && i < text.len; steps++) {
    i = skip_invisible(text, i);
    uint32_t c = peek(text, i);
    if (phones_digit(c) >= 0 || (c == '(' && kind)) {
      *at = i;
      return kind;
    }
    if (c == ')' && !closed && !kind)
      closed = true;
    else if (is_gap(c) && !kind)
      kind = ' ';
    else if (is_hyphen(c) && !kind)
      kind = '-';
    else if ((c == '.' || c == '/') && !kind)
      kind = (char)c;
    else
      return 0;
    if (closed && !kind) kind = 0;
    utf8_next(text, &i);
    if (closed && phones_digit(peek(text, i)) >= 0 && !kind) kind = ' ';
  }
  return 0;
}

static bool read_group(Str text, size_t *at, Group *group) {
  size_t i = *at;
  *group = (Group){.begin = *at};
  if (peek(text, i) == '(') {
    group->bracket = true;
    i++;
  }
  if (peek(text, i) == '+') {
    group->plus = true;
    i++;
  }
  while (i < text.len) {
    int digit = phones_digit(peek(text, i));
    if (digit < 0) break;
    if (group->len < 18) group->value = group->value * 10 + (unsigned long)digit;
    group->len++;
    utf8_next(text, &i);
    group->end = i;
    size_t next = skip_invisible(text, i);
    if (phones_digit(peek(text, next)) >= 0) i = next;
  }
  if (!group->len) group->end = i;
  if (group->len) *at = i;
  return group->len > 0;
}

static Run read_run(Str text, size_t at) {
  Run run;
  run.count = 0;
  run.end = at;
  char separator = 0;
  while (run.count < GROUPS_MOST) {
    Group *group = &run.groups[run.count];
    if (!read_group(text, &at, group)) break;
    group->before = separator;
    run.count++;
    run.end = at;
    separator = read_separator(text, &at);
    if (!separator) break;
  }
  return run;
}

static bool lengths_are(const Group *groups, size_t count, const char *lengths) {
  if (strlen(lengths) != count) return false;
  for (size_t i = 0; i < count; i++)
    if (groups[i].len != (unsigned)(lengths[i] - '0')) return false;
  return true;
}

static bool starts_with_zero(Str text, const Group *group) {
  return phones_digit(peek(text, group->begin + (group->bracket ? 1 : 0) + (group->plus ? 1 : 0))) == 0;
}

static bool is_year(const Group *group) {
  return group->len == 4 && group->value >= 1800 && group->value <= 2199;
}

static bool is_day_and_month(const Group *a, const Group *b) {
  bool small = a->len <= 2 && b->len <= 2 && a->value >= 1 && b->value >= 1;
  return small && ((a->value <= 31 && b->value <= 12) || (a->value <= 12 && b->value <= 31));
}

static bool is_date(const Group *groups, size_t count) {
  if (count == 1 && groups[0].len == 8) {
    unsigned long year = groups[0].value / 10000;
    unsigned long month = groups[0].value / 100 % 100;
    unsigned long day = groups[0].value % 100;
    return year >= 1900 && year <= 2099 && month >= 1 && month <= 12 && day >= 1 && day <= 31;
  }
  if (count != 3) return false;
  return (is_year(&groups[0]) && is_day_and_month(&groups[1], &groups[2])) ||
         (is_year(&groups[2]) && is_day_and_month(&groups[0], &groups[1]));
}

static bool separators_are(const Group *groups, size_t count, char separator) {
  for (size_t i = 1; i < count; i++)
    if (groups[i].before != separator) return false;
  return true;
}

/* 1 234 567 and 1.234.567. Nine digits in threes with spaces, from 6 on, are a Spanish phone number. */
static bool is_grouped_number(const Group *groups, size_t count) {
  bool dots = separators_are(groups, count, '.');
  bool gaps = separators_are(groups, count, ' ');
  if (count < 2 || groups[0].len > 3 || groups[0].bracket || (!dots && !gaps)) return false;
  for (size_t i = 1; i < count; i++)
    if (groups[i].len != 3) return false;
  bool spanish = gaps && count == 3 && groups[0].len == 3 && groups[0].value >= 600 && groups[2].value != 0;
  return !spanish;
}

static bool is_other_number(const Group *groups, size_t count) {
  const Group *last = &groups[count - 1];
  if (is_date(groups, count) || is_grouped_number(groups, count)) return true;
  if (count > 3 && is_date(groups, 3)) return true;                                       /* and its time */
  if (count == 1) return last->value % 10000 == 0;                                        /* a round number */
  if (lengths_are(groups, count, "54") || lengths_are(groups, count, "324")) return true; /* ZIP+4, social security */
  if (groups[0].len == 3 && (groups[0].value == 978 || groups[0].value == 979) && count >= 4) return true; /* ISBN */
  if (is_year(&groups[0]) && (count == 2 ? is_year(last) || groups[1].before == ' ' : groups[1].before == ' '))
    return true;
  if (count == 2 && groups[1].before == '.') return !lengths_are(groups, count, "34"); /* a decimal */
  bool address = count == 4 && separators_are(groups, count, '.');
  for (size_t i = 0; address && i < count; i++) address = groups[i].value <= 255;
  return address;
}

/* As North America writes them; also behind one another: "555-0101/555-0102". */
static bool is_common(const Group *groups, size_t count) {
  return lengths_are(groups, count, "34") || lengths_are(groups, count, "334") || lengths_are(groups, count, "1334");
}

static bool has_shape(Str text, const Group *groups, size_t count, unsigned digits) {
  if (count == 1) return true;
  if (is_common(groups, count) || (count > 1 && groups[1].before == '/')) return true;
  if (lengths_are(groups, count, "37")) return groups[1].value % 10000 != 0; /* 100-2000000 is a range */
  bool zero = starts_with_zero(text, &groups[0]);
  if (zero && digits >= 9) return true; /* an area code: nothing else of that length is written so */
  if (lengths_are(groups, count, "44")) return groups[0].value >= groups[1].value || starts_with_zero(text, &groups[1]);
  bool even = true;
  bool pairs = true;
  for (size_t i = 0; i < count; i++) {
    even = even && groups[i].len >= 2 && groups[i].len <= 4;
    pairs = pairs && groups[i].len == 2;
  }
  /* 22 12 34 56; a series grows */
  bool four = count == 4 && pairs && separators_are(groups, count, ' ') && groups[0].value > groups[1].value;
  return four || (count >= 3 && digits >= 9 && even && !pairs);
}

#define WORD(text)                                                                                                     \
  { "" text, sizeof text - 1 }
static const Str units[] = {
    WORD("mg"),       WORD("g"),        WORD("kg"),      WORD("mcg"),      WORD("µg"),        WORD("ug"),
    WORD("ng"),       WORD("ml"),       WORD("l"),       WORD("dl"),       WORD("cm"),        WORD("mm"),
    WORD("km"),       WORD("m"),        WORD("iu"),      WORD("units"),    WORD("unit"),      WORD("kcal"),
    WORD("calories"), WORD("hours"),    WORD("days"),    WORD("weeks"),    WORD("months"),    WORD("years"),
    WORD("people"),   WORD("patients"), WORD("adults"),  WORD("children"), WORD("cells"),     WORD("times"),
    WORD("steps"),    WORD("percent"),  WORD("million"), WORD("billion"),  WORD("thousand"),  WORD("dollars"),
    WORD("euros"),    WORD("usd"),      WORD("eur"),     WORD("unidades"), WORD("horas"),     WORD("días"),
    WORD("semanas"),  WORD("meses"),    WORD("años"),    WORD("personas"), WORD("pacientes"), WORD("células"),
    WORD("millones"), WORD("ملغ"),      WORD("مل"),      WORD("يوم"),      WORD("خلية"),      WORD("مريض"),
};
static const Str codes[] = {
    WORD("ref"),   WORD("reference"),  WORD("version"), WORD("order"),   WORD("case"), WORD("trial"),
    WORD("isbn"),  WORD("issn"),       WORD("doi"),     WORD("pmid"),    WORD("code"), WORD("lot"),
    WORD("batch"), WORD("id"),         WORD("licence"), WORD("license"), WORD("zip"),  WORD("npi"),
    WORD("mrn"),   WORD("referencia"), WORD("código"),  WORD("versión"), WORD("lote"), WORD("مرجع"),
};

static bool is_among(Str word, const Str *words, size_t count) {
  for (size_t i = 0; i < count; i++)
    if (str_equal_nocase(words[i], word)) return true;
  return false;
}

static bool is_word_part(uint32_t c) {
  return c && utf8_is_letter_or_digit(c);
}

static bool has_unit(Str text, size_t at) {
  uint32_t c = peek(text, at);
  if (c == '%' || c == 0xB0) return true;
  if (is_gap(c)) utf8_next(text, &at);
  c = peek(text, at);
  if (c == '%' || c == 0xB0 || c == 0x20AC || c == '$') return true;
  size_t end = at;
  while (end < text.len && is_word_part(peek(text, end))) utf8_next(text, &end);
  return is_among(str_slice(text, at, end), units, sizeof units / sizeof *units);
}

bool phones_goes_on(Str text, size_t at) {
  uint32_t c = peek(text, at);
  bool joined = c == '.' || c == ',' || c == ':' || c == '/' || is_hyphen(c);
  size_t next = at;
  if (c) utf8_next(text, &next);
  return has_unit(text, at) || (joined && phones_digit(peek(text, next)) >= 0);
}

bool phones_is_emergency(Str digits) {
  static const Str numbers[] = {WORD("911"), WORD("112"), WORD("999"), WORD("000"), WORD("995"), WORD("997"),
                                WORD("998"), WORD("108"), WORD("110"), WORD("111"), WORD("113"), WORD("115"),
                                WORD("117"), WORD("118"), WORD("119"), WORD("122"), WORD("123"), WORD("144"),
                                WORD("061"), WORD("066"), WORD("190"), WORD("192"), WORD("193")};
  return is_among(digits, numbers, sizeof numbers / sizeof *numbers);
}

#undef WORD

/* The word in front: "Reference", "No.", "ISBN:". */
static bool has_code_word(Str text, size_t begin) {
  size_t end = begin;
  while (end > 0 &&
         (text.s[end - 1] == ' ' || text.s[end - 1] == ':' || text.s[end - 1] == '.' || text.s[end - 1] == '#'))
    end--;
  size_t start = end;
  while (start > 0 && (ascii_is_alpha(text.s[start - 1]) || text.s[start - 1] & 0x80)) start--;
  return is_among(str_slice(text, start, end), codes, sizeof codes / sizeof *codes);
}

static bool stands_alone(Str text, const Group *groups, size_t count) {
  size_t begin = groups[0].begin;
  size_t end = groups[count - 1].end;
  uint32_t left = before(text, begin);
  uint32_t right = peek(text, end);
  uint32_t further = begin > 0 ? before(text, begin - 1) : 0;
  if (left == '.' && utf8_is_letter(further)) left = 0; /* "Tel.555-0101" */
  if (left == '/' && is_common(groups, count) && phones_digit(further) >= 0) left = 0;
  if (right == '/' && is_common(groups, count)) right = 0;
  if (left && (utf8_is_letter_or_digit(left) || (left < 0x80 && strchr("-./_@#$=%,\\", (int)left)))) return false;
  if (left == 0x20AC || left == 0xA3) return false;
  if (right == ',' || right == '/' || right == '.') { /* 12345678,5 and 1234567/24 go on; a sentence ends */
    size_t next = end + 1;
    return phones_digit(peek(text, next)) < 0;
  }
  return !(right && (utf8_is_letter(right) && right != 'x' && right != 'X')) && right != '@' && right != '_';
}

/* A slash stands behind an area code and nowhere else: 030/901820. */
static bool slashes_are_right(Str text, const Group *groups, size_t count, unsigned digits) {
  enum { AREA_LEAST = 3, DIGITS_WITH_AREA = 8 };
  for (size_t i = 1; i < count; i++) {
    if (groups[i].before != '/') continue;
    if (i > 1 || groups[0].len < AREA_LEAST || digits < DIGITS_WITH_AREA || !starts_with_zero(text, &groups[0]))
      return false;
  }
  return true;
}

static bool is_phone(Str text, const Group *groups, size_t count) {
  unsigned digits = 0;
  for (size_t i = 0; i < count; i++) digits += groups[i].len;
  if (digits < DIGITS_LEAST || digits > DIGITS_MOST) return false;
  if (!stands_alone(text, groups, count) || !slashes_are_right(text, groups, count, digits)) return false;
  /* No area code there begins with 0 or 1. */
  bool north_america = groups[0].plus ? groups[0].value == 1 : groups[0].len == 3 && groups[0].value >= 200;
  if (groups[0].plus) return !north_america || digits == 11;
  if (groups[0].bracket && count > 1) return !north_america || digits == 10;
  if (is_other_number(groups, count) || !has_shape(text, groups, count, digits)) return false;
  return !has_unit(text, groups[count - 1].end) && !has_code_word(text, groups[0].begin);
}

Str phones_digits(Arena *arena, Str text) {
  char *digits = arena_alloc(arena, text.len + 1, 1);
  size_t len = 0;
  for (size_t at = 0; at < text.len;) {
    int digit = phones_digit(utf8_next(text, &at));
    if (digit >= 0) digits[len++] = (char)('0' + digit);
  }
  return str_from(digits, len);
}

static bool parts(const Group *group) {
  return group->before == ' ' || group->before == '/';
}

/* The longest phone number that begins with a group of the run; groups after a hyphen or point are never first or cut
 * off. */
static bool find_in_run(Str text, const Run *run, size_t *first, size_t *count) {
  for (size_t from = 0; from < run->count; from++) {
    if (from > 0 && !parts(&run->groups[from])) continue;
    for (size_t to = run->count; to > from; to--) {
      if (to < run->count && !parts(&run->groups[to])) continue;
      if (!is_phone(text, &run->groups[from], to - from)) continue;
      *first = from;
      *count = to - from;
      return true;
    }
  }
  return false;
}

/* Where a number may begin: a digit, `+` or `(`, or a code point that is not ASCII and may be a digit: of the other
 * digits' first bytes 0xD9 is the least. */
SCAN_FUNCTION(find_starter, ((ScanBytes)(c - '0') <= 9) | (c == '+') | (c == '(') | (c >= 0xD9))

static bool may_begin(Str text, size_t at) {
  char c = text.s[at];
  if (c == '+' || c == '(')
    return at + 1 < text.len && (phones_digit(peek(text, at + 1)) >= 0 || text.s[at + 1] == '+');
  return phones_digit(peek(text, at)) >= 0;
}

bool phones_next(Arena *arena, Str text, size_t *at, Phone *phone) {
  for (size_t i = *at; i < text.len; i++) {
    i = find_starter(text, i);
    if (i == text.len || !may_begin(text, i)) continue;
    Run run = read_run(text, i);
    size_t first = 0;
    size_t count = 0;
    if (run.count == 0) continue;
    if (find_in_run(text, &run, &first, &count)) {
      phone->begin = run.groups[first].begin;
      phone->end = run.groups[first + count - 1].end;
      phone->digits = phones_digits(arena, str_slice(text, phone->begin, phone->end));
      *at = phone->end;
      return true;
    }
    i = run.end - 1;
  }
  *at = text.len;
  return false;
}

bool phones_known(Value phones, Str digits) {
  for (size_t i = 0; i < value_count(phones); i++) {
    Str known = value_text(value_at(phones, i));
    if (str_equal(known, digits)) return true;
    /* Short numbers (911) are the end of many others. */
    if (known.len >= DIGITS_LEAST && str_ends(digits, known)) return true;
    if (digits.len >= DIGITS_LEAST && str_ends(known, digits)) return true;
  }
  return false;
}

/* RFC 3966: digits, a leading +, `;ext=`. A number given as "555-0100 ext. 5" keeps its extension apart. */
Str phones_dial(Arena *arena, Str number) {
  Buf dial = buf_new(arena, number.len * 2 + 8);
  bool extension = false;
  for (size_t at = 0; at < number.len;) {
    if (number.s[at] == ';') {
      buf_add(&dial, str_skip(number, at));
      break;
    }
    uint32_t c = utf8_next(number, &at);
    int digit = phones_digit(c);
    if (digit >= 0)
      buf_add_byte(&dial, (char)('0' + digit));
    else if (c == '+' && dial.len == 0)
      buf_add_byte(&dial, '+');
    else if ((c == 'x' || c == 'X' || c == 'e' || c == 'E') && dial.len && !extension) {
      buf_add_lit(&dial, ";ext=");
      extension = true;
    }
  }
  Str result = buf_str(&dial);
  return str_ends(result, STR(";ext=")) ? str_slice(result, 0, result.len - 5) : result;
}

void phones_text(Work *work, Str text) {
  size_t at = 0;
  size_t written = 0;
  Phone phone;
  while (phones_next(work->scratch, text, &at, &phone)) {
    html_text(work, str_slice(text, written, phone.begin));
    buf_add_lit(&work->html, "<span class=\"phone\">");
    html_text(work, str_slice(text, phone.begin, phone.end));
    buf_add_lit(&work->html, "</span>");
    written = phone.end;
  }
  html_text(work, str_skip(text, written));
}
