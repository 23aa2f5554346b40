#include "check/quantities.h"

#include "base/utf8.h"

#include <math.h>

/* --- numbers --- */

static const struct {
  Str lang;
  Str word;
  int value;
} number_words[] = {
    {{"en", 2}, {"one", 3}, 1},   {{"en", 2}, {"two", 3}, 2},     {{"en", 2}, {"three", 5}, 3},
    {{"en", 2}, {"four", 4}, 4},  {{"en", 2}, {"five", 4}, 5},    {{"en", 2}, {"six", 3}, 6},
    {{"en", 2}, {"seven", 5}, 7}, {{"en", 2}, {"eight", 5}, 8},   {{"en", 2}, {"nine", 4}, 9},
    {{"en", 2}, {"ten", 3}, 10},  {{"en", 2}, {"eleven", 6}, 11}, {{"en", 2}, {"twelve", 6}, 12},
    {{"es", 2}, {"un", 2}, 1},    {{"es", 2}, {"una", 3}, 1},     {{"es", 2}, {"dos", 3}, 2},
    {{"es", 2}, {"tres", 4}, 3},  {{"es", 2}, {"cuatro", 6}, 4},  {{"es", 2}, {"cinco", 5}, 5},
    {{"es", 2}, {"seis", 4}, 6},  {{"es", 2}, {"siete", 5}, 7},   {{"es", 2}, {"ocho", 4}, 8},
    {{"es", 2}, {"nueve", 5}, 9}, {{"es", 2}, {"diez", 4}, 10},   {{"es", 2}, {"once", 4}, 11},
    {{"es", 2}, {"doce", 4}, 12},
};

/* The digit at `at` and where it ends, or -1. */
static int digit_at(Str text, size_t at, size_t *end) {
  if (at >= text.len) return -1;
  unsigned char c = (unsigned char)text.s[at];
  *end = at + 1;
  if (c < 0x80) return c >= '0' && c <= '9' ? c - '0' : -1;
  unsigned char second = at + 1 < text.len ? (unsigned char)text.s[at + 1] : 0;
  bool arabic_letter = c == 0xD9 && (second < 0xA0 || second > 0xA9); /* U+0660 to U+0669 are digits */
  if (c < 0xD9 || arabic_letter) { /* no digits between ASCII and those: Latin, Greek, Cyrillic, Hebrew */
    *end = at + (c >= 0xC0 && second ? 2 : 1);
    return -1;
  }
  *end = at;
  return utf8_digit_value(utf8_next(text, end));
}

static size_t digits_from(Str text, size_t at, double *value) {
  size_t count = 0;
  size_t end = at;
  for (int digit = digit_at(text, at, &end); digit >= 0; digit = digit_at(text, at, &end)) {
    *value = *value * 10 + digit;
    at = end;
    count++;
  }
  return count;
}

/* '.', ',' or the Arabic decimal separator U+066B, with its length; 0 for none. */
static size_t mark_at(Str text, size_t at) {
  if (at >= text.len) return 0;
  if (text.s[at] == '.' || text.s[at] == ',') return 1;
  return str_starts(str_skip(text, at), STR("\xD9\xAB")) || str_starts(str_skip(text, at), STR("\xD9\xAC")) ? 2 : 0;
}

static size_t end_of_digits(Str text, size_t at) {
  size_t end = at;
  while (digit_at(text, at, &end) >= 0) at = end;
  return at;
}

/* Three digits after a mark are a group ("1,500"), else they are decimals. */
static void read_digits(Str text, size_t at, Quantity *quantity) {
  quantity->begin = at;
  quantity->value = 0;
  digits_from(text, at, &quantity->value);
  at = end_of_digits(text, at);
  for (;;) {
    size_t mark = mark_at(text, at);
    double part = 0;
    size_t count = mark ? digits_from(text, at + mark, &part) : 0;
    if (!count) break;
    if (count == 3)
      quantity->value = quantity->value * 1000 + part;
    else
      quantity->value += part / pow(10, (double)count);
    at = end_of_digits(text, at + mark);
    if (count != 3) break;
  }
  quantity->end = at;
}

static inline bool is_letter(char c) {
  return (unsigned char)((c | 0x20) - 'a') < 26;
}

static inline bool is_word_byte(char c) {
  return is_letter(c) || c & 0x80;
}

/* Which lengths the number words have that begin with a letter, a bit each: nearly all words of a page end here. */
static const uint8_t lengths[26] = {
    ['c' - 'a'] = 1 << 5 | 1 << 6,          ['d' - 'a'] = 1 << 3 | 1 << 4,
    ['e' - 'a'] = 1 << 5 | 1 << 6,          ['f' - 'a'] = 1 << 4,
    ['n' - 'a'] = 1 << 4 | 1 << 5,          ['o' - 'a'] = 1 << 3 | 1 << 4,
    ['s' - 'a'] = 1 << 3 | 1 << 4 | 1 << 5, ['t' - 'a'] = 1 << 3 | 1 << 4 | 1 << 5 | 1 << 6,
    ['u' - 'a'] = 1 << 2 | 1 << 3};

static bool read_word(Str word, Str lang, size_t at, Quantity *quantity) {
  enum { LONGEST = 6 };
  if (word.len > LONGEST || !is_letter(word.s[0]) || !(lengths[(word.s[0] | 0x20) - 'a'] & 1 << word.len)) return false;
  for (size_t i = 0; i < sizeof number_words / sizeof *number_words; i++) {
    Str known = number_words[i].word;
    if (known.len != word.len || known.s[0] != (word.s[0] | 0x20)) continue;
    if (!str_starts(lang, number_words[i].lang) || !str_equal_nocase(word, known)) continue;
    *quantity = (Quantity){at, at + word.len, number_words[i].value};
    return true;
  }
  return false;
}

/* Past the letters and whatever else is not ASCII, up to a digit of any script. */
static size_t end_of_word(Str text, size_t at) {
  while (at < text.len && is_word_byte(text.s[at])) {
    size_t next = at + 1;
    if (text.s[at] & 0x80 && digit_at(text, at, &next) >= 0) break;
    at = next;
  }
  return at;
}

bool quantities_next(Str text, size_t *at, Str lang, Quantity *quantity) {
  while (*at < text.len) {
    size_t begin = *at;
    size_t end = begin;
    if (digit_at(text, begin, &end) >= 0) {
      read_digits(text, begin, quantity);
      *at = quantity->end;
      return true;
    }
    if (!is_word_byte(text.s[begin])) {
      *at = end;
      continue;
    }
    *at = end = end_of_word(text, begin);
    if (read_word(str_slice(text, begin, end), lang, begin, quantity)) return true;
    /* "T4", "B12": a name, not a number. */
    if (is_letter(text.s[end - 1])) *at = end_of_digits(text, end);
  }
  return false;
}

bool quantities_equal(double a, double b) {
  return fabs(a - b) <= 1e-9 * fmax(fabs(a), fabs(b));
}

bool quantities_are_range(Str between) {
  static const Str words[] = {{"to", 2}, {"or", 2}, {"-", 1}, {"–", 3},  {"—", 3},
                              {"‑", 3},  {"a", 1},  {"o", 1}, {"إلى", 6}};
  between = str_trim(between);
  for (size_t i = 0; i < sizeof words / sizeof *words; i++)
    if (str_equal_nocase(between, words[i])) return true;
  return false;
}

/* --- units --- */

enum { FAMILY_MOST = 8 };

/* The forms of the units that facts have most, in the languages of the themes that ship. */
static const Str families[][FAMILY_MOST] = {
    {{"week", 4}, {"weeks", 5}, {"wk", 2}, {"wks", 3}, {"semana", 6}, {"semanas", 7}, {"أسبوع", 10}, {"أسابيع", 12}},
    {{"day", 3}, {"days", 4}, {"día", 4}, {"días", 5}, {"يوم", 6}, {"أيام", 8}},
    {{"hour", 4}, {"hours", 5}, {"hr", 2}, {"hrs", 3}, {"hora", 4}, {"horas", 5}, {"ساعة", 8}, {"ساعات", 10}},
    {{"minute", 6},
     {"minutes", 7},
     {"min", 3},
     {"mins", 4},
     {"minuto", 6},
     {"minutos", 7},
     {"دقيقة", 10},
     {"دقائق", 10}},
    {{"month", 5}, {"months", 6}, {"mes", 3}, {"meses", 5}, {"شهر", 6}, {"أشهر", 8}},
    {{"year", 4}, {"years", 5}, {"año", 4}, {"años", 5}, {"سنة", 6}, {"سنوات", 10}},
    {{"%", 1}, {"percent", 7}, {"per cent", 8}, {"por ciento", 10}, {"بالمئة", 12}, {"بالمائة", 14}},
    {{"°F", 3}, {"ºF", 3}, {"F", 1}, {"degrees Fahrenheit", 18}, {"degrees F", 9}, {"grados Fahrenheit", 17}},
    {{"°C", 3}, {"ºC", 3}, {"C", 1}, {"degrees Celsius", 15}, {"degrees C", 9}, {"grados Celsius", 14}},
    {{"ml", 2}, {"milliliter", 10}, {"milliliters", 11}, {"millilitre", 10}, {"millilitres", 11}, {"mililitros", 10}},
    {{"mg", 2}, {"milligram", 9}, {"milligrams", 10}, {"miligramos", 10}},
};
#define FAMILY_COUNT (sizeof families / sizeof *families)

static bool family_has(const Str *family, Str unit) {
  for (size_t i = 0; i < FAMILY_MOST; i++)
    if (family[i].len && str_equal_nocase(family[i], unit)) return true;
  return false;
}

size_t quantities_unit_forms(Arena *arena, Str unit, const Str **forms) {
  Str *all = ARENA_ARRAY(arena, Str, FAMILY_MOST + 3);
  size_t count = 0;
  *forms = all;
  for (size_t i = 0; i < FAMILY_COUNT; i++) {
    if (!family_has(families[i], unit)) continue;
    for (size_t k = 0; k < FAMILY_MOST; k++)
      if (families[i][k].len) all[count++] = families[i][k];
    return count;
  }
  all[count++] = unit;
  if (!ascii_is_alpha(unit.s[unit.len - 1])) return count;
  if (str_ends(unit, STR("s"))) all[count++] = str_slice(unit, 0, unit.len - 1);
  if (!str_ends(unit, STR("s"))) all[count++] = STR_CONCAT(arena, unit, STR("s"));
  return count;
}

/* Past what may stand between a number and its unit. */
static size_t skip_gap(Str text, size_t at) {
  static const Str gaps[] = {{" ", 1}, {"-", 1}, {"\xC2\xA0", 2}, {"\xE2\x80\xAF", 3}, {"\xE2\x80\x91", 3}};
  for (size_t i = 0; i < sizeof gaps / sizeof *gaps; i++)
    if (str_starts(str_skip(text, at), gaps[i])) return at + gaps[i].len;
  return at;
}

size_t quantities_unit_at(Str text, size_t at, const Str *forms, size_t count) {
  size_t begin = skip_gap(text, at);
  size_t longest = 0;
  for (size_t i = 0; i < count; i++) {
    Str form = forms[i];
    size_t end = begin + form.len;
    if (end <= longest || begin >= text.len || ascii_lower(text.s[begin]) != ascii_lower(form.s[0])) continue;
    if (!str_equal_nocase(str_slice(text, begin, end), form)) continue;
    bool letter_follows = end < text.len && is_word_byte(text.s[end]);
    /* A no-break space is a letter's byte too. */
    if (letter_follows && text.s[end] & 0x80) {
      size_t next = end;
      letter_follows = utf8_is_letter(utf8_next(text, &next));
    }
    if (!letter_follows) longest = end;
  }
  return longest;
}
