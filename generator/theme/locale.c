#include "theme/locale.h"

#include <math.h>
#include <string.h>

#include <unicode/udat.h>
#include <unicode/udatpg.h>
#include <unicode/uloc.h>
#include <unicode/unum.h>
#include <unicode/upluralrules.h>
#include <unicode/ustring.h>

enum {
  KEPT_MOST = 256, /* formatters: 30 languages with 7 styles and 2 more each; then all are made anew */
  TAG_MOST = 64,   /* BCP 47 tags in use are under 20 bytes */
  TEXT_MOST = 256, /* UTF-16 units of a formatted date; the longest known is under 60 */
};

typedef enum Kind { KIND_DATE, KIND_NUMBER, KIND_PLURAL } Kind;

typedef struct Kept {
  Kind kind;
  char tag[TAG_MOST];
  const char *style; /* of locale_date_styles(); compared by address */
  void *object;
} Kept;

/* A date that was written before: a site's pages share few dates, and ICU takes 6 µs for one. */
typedef struct Written {
  char lang[16]; /* longer tags are not kept */
  size_t lang_len;
  const char *style;
  char iso[10];
  char text[96];
  size_t text_len; /* 0: this slot is empty */
} Written;

/* A power of two; three years of days in three styles, with room between them; 1.2 MB when full. */
enum { WRITTEN_MOST = 8192 };

struct Locale {
  Arena arena; /* private memory even when themes live in shared memory: ICU's objects are in each process's own heap */
  Kept kept[KEPT_MOST];
  size_t count;
  Written written[WRITTEN_MOST];
};

static const char *const styles[] = {"long", "full", "short", "month", "day", "iso", "year", NULL};
/* Patterns are ICU skeletons; the empty ones are made from the style. ICU's own medium style is all figures in Arabic.
 */
static const char *const skeletons[] = {"", "", "yMMMd", "yMMMM", "MMMMd", "", "y", NULL};
static const UDateFormatStyle icu_styles[] = {UDAT_LONG, UDAT_FULL};

const char *const *locale_date_styles(void) {
  return styles;
}

Locale *locale_new(void) {
  Arena arena = arena_reserve(sizeof(Locale) + 64);
  Locale *locale = ARENA_NEW(&arena, Locale);
  locale->arena = arena;
  return locale;
}

static void close_kept(Locale *locale) {
  for (size_t i = 0; i < locale->count; i++) {
    switch (locale->kept[i].kind) {
      case KIND_DATE: udat_close(locale->kept[i].object); break;
      case KIND_NUMBER: unum_close(locale->kept[i].object); break;
      case KIND_PLURAL: uplrules_close(locale->kept[i].object); break;
    }
  }
  locale->count = 0;
}

void locale_release(Locale *locale) {
  if (!locale) return;
  close_kept(locale);
  Arena arena = locale->arena;
  arena_release(&arena);
}

/* ICU's locale id for a language tag. Gregorian is forced: fa and th would count other years. */
static void locale_id(const char *tag, bool dates, char id[ULOC_FULLNAME_CAPACITY]) {
  UErrorCode error = U_ZERO_ERROR;
  uloc_forLanguageTag(tag, id, ULOC_FULLNAME_CAPACITY, NULL, &error);
  if (U_FAILURE(error)) id[0] = '\0';
  error = U_ZERO_ERROR;
  if (dates) uloc_setKeywordValue("calendar", "gregorian", id, ULOC_FULLNAME_CAPACITY, &error);
}

static size_t style_number(const char *style) {
  size_t number = 0;
  while (styles[number] != style) number++;
  return number;
}

static int32_t best_pattern(const char *id, const char *skeleton, UChar pattern[TEXT_MOST]) {
  UErrorCode error = U_ZERO_ERROR;
  UChar wide[16];
  u_uastrcpy(wide, skeleton);
  UDateTimePatternGenerator *generator = udatpg_open(id, &error);
  int32_t len = udatpg_getBestPattern(generator, wide, -1, pattern, TEXT_MOST, &error);
  udatpg_close(generator);
  return U_FAILURE(error) ? 0 : len;
}

static void *open_date(const char *id, const char *style) {
  UErrorCode error = U_ZERO_ERROR;
  static const UChar utc[] = {'U', 'T', 'C', 0};
  size_t number = style_number(style);
  UChar pattern[TEXT_MOST];
  UDateFormatStyle date = UDAT_PATTERN;
  int32_t len = 0;
  if (skeletons[number][0])
    len = best_pattern(id, skeletons[number], pattern);
  else
    date = icu_styles[number];
  UDateFormat *format =
      udat_open(date == UDAT_PATTERN ? UDAT_PATTERN : UDAT_NONE, date, id, utc, 3, pattern, len, &error);
  return U_FAILURE(error) ? NULL : format;
}

static void *open_object(Kind kind, const char *tag, const char *style) {
  UErrorCode error = U_ZERO_ERROR;
  char id[ULOC_FULLNAME_CAPACITY];
  locale_id(tag, kind == KIND_DATE, id);
  switch (kind) {
    case KIND_DATE: return open_date(id, style);
    case KIND_NUMBER: return unum_open(UNUM_DECIMAL, NULL, 0, id, NULL, &error);
    case KIND_PLURAL: return uplrules_open(id, &error);
  }
  return NULL;
}

static void *kept(Locale *locale, Kind kind, Str lang, const char *style) {
  char tag[TAG_MOST];
  if (lang.len >= sizeof tag) lang = STR("en");
  if (lang.len) memcpy(tag, lang.s, lang.len);
  tag[lang.len] = '\0';
  for (size_t i = 0; i < locale->count; i++) {
    const Kept *entry = &locale->kept[i];
    if (entry->kind == kind && entry->style == style && strcmp(entry->tag, tag) == 0) return entry->object;
  }
  void *object = open_object(kind, tag, style);
  if (!object) return NULL;
  if (locale->count == KEPT_MOST) close_kept(locale);
  Kept *entry = &locale->kept[locale->count++];
  *entry = (Kept){.kind = kind, .style = style, .object = object};
  memcpy(entry->tag, tag, lang.len + 1);
  return object;
}

static Str from_utf16(Arena *arena, const UChar *wide, int32_t len) {
  UErrorCode error = U_ZERO_ERROR;
  int32_t capacity = len * 3 + 1; /* a UTF-16 unit is at most 3 bytes of UTF-8 */
  char *text = arena_alloc(arena, (size_t)capacity, 1);
  int32_t bytes = 0;
  u_strToUTF8(text, capacity, &bytes, wide, len, &error);
  return U_FAILURE(error) ? (Str){"", 0} : str_from(text, (size_t)bytes);
}

static bool digits(Str iso, size_t at, size_t count, int *number) {
  *number = 0;
  for (size_t i = at; i < at + count; i++) {
    if (!ascii_is_digit(iso.s[i])) return false;
    *number = *number * 10 + (iso.s[i] - '0');
  }
  return true;
}

static int days_in_month(int year, int month) {
  static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
  return days[month - 1] + (month == 2 && leap);
}

static bool parse_date(Str iso, int *year, int *month, int *day) {
  if (iso.len < 10 || iso.s[4] != '-' || iso.s[7] != '-') return false;
  if (iso.len > 10 && (iso.s[10] != 'T' || iso.len < 16)) return false;
  if (!digits(iso, 0, 4, year) || !digits(iso, 5, 2, month) || !digits(iso, 8, 2, day)) return false;
  return *year > 0 && *month >= 1 && *month <= 12 && *day >= 1 && *day <= days_in_month(*year, *month);
}

bool locale_is_date(Str iso) {
  int year, month, day;
  return parse_date(iso, &year, &month, &day);
}

/* Days since 1970-01-01: http://howardhinnant.github.io/date_algorithms.html, days_from_civil. */
static int64_t day_number(int year, int month, int day) {
  int64_t y = year - (month <= 2);
  int64_t era = y / 400;
  int64_t of_era = y - era * 400;
  int64_t of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
  return era * 146097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719468;
}

static const char *find_style(Str style) {
  for (size_t i = 0; styles[i]; i++)
    if (str_equal(style, str_from_c(styles[i]))) return styles[i];
  return NULL;
}

static Written *written_slot(Locale *locale, Str lang, const char *style, Str iso) {
  uint64_t hash = str_hash(str_slice(iso, 0, 10)) ^ str_hash(lang) * 31 ^ (uintptr_t)style * 1099511628211u;
  return &locale->written[(hash ^ hash >> 29) & (WRITTEN_MOST - 1)];
}

static bool is_written(const Written *slot, Str lang, const char *style, Str iso) {
  return slot->text_len && slot->style == style && str_equal(str_from(slot->lang, slot->lang_len), lang) &&
         str_equal(str_from(slot->iso, sizeof slot->iso), str_slice(iso, 0, 10));
}

static void keep_written(Written *slot, Str lang, const char *style, Str iso, Str text) {
  if (lang.len > sizeof slot->lang || text.len > sizeof slot->text) return;
  *slot = (Written){.lang_len = lang.len, .style = style, .text_len = text.len};
  memcpy(slot->lang, lang.s, lang.len);
  memcpy(slot->iso, iso.s, sizeof slot->iso);
  memcpy(slot->text, text.s, text.len);
}

Str locale_date(Locale *locale, Arena *arena, Str lang, Str style, Str iso) {
  int year, month, day;
  const char *known = find_style(style);
  if (!known || !parse_date(iso, &year, &month, &day)) return (Str){"", 0};
  if (str_equal(style, STR("iso"))) return str_copy(arena, str_slice(iso, 0, 10));
  Written *slot = written_slot(locale, lang, known, iso);
  if (is_written(slot, lang, known, iso)) return str_copy(arena, str_from(slot->text, slot->text_len));
  UDateFormat *format = kept(locale, KIND_DATE, lang, known);
  if (!format) return str_copy(arena, str_slice(iso, 0, 10));
  UErrorCode error = U_ZERO_ERROR;
  UChar wide[TEXT_MOST];
  int32_t len = udat_format(format, (double)day_number(year, month, day) * 86400000.0, wide, TEXT_MOST, NULL, &error);
  if (U_FAILURE(error)) return str_copy(arena, str_slice(iso, 0, 10));
  Str text = from_utf16(arena, wide, len);
  keep_written(slot, lang, known, iso, text);
  return text;
}

Str locale_number(Locale *locale, Arena *arena, Str lang, double number) {
  UNumberFormat *format = kept(locale, KIND_NUMBER, lang, NULL);
  UErrorCode error = U_ZERO_ERROR;
  UChar wide[TEXT_MOST];
  int32_t len = format ? unum_formatDouble(format, number, wide, TEXT_MOST, NULL, &error) : 0;
  if (!format || U_FAILURE(error)) return str_format(arena, "%g", number);
  return from_utf16(arena, wide, len);
}

Str locale_plural(Locale *locale, Arena *arena, Str lang, double number) {
  UPluralRules *rules = kept(locale, KIND_PLURAL, lang, NULL);
  UErrorCode error = U_ZERO_ERROR;
  UChar wide[TEXT_MOST];
  int32_t len = rules ? uplrules_select(rules, number, wide, TEXT_MOST, &error) : 0;
  return !rules || U_FAILURE(error) ? STR("other") : from_utf16(arena, wide, len);
}

bool locale_has_plural(Locale *locale, Str lang, Str form) {
  UPluralRules *rules = kept(locale, KIND_PLURAL, lang, NULL);
  UErrorCode error = U_ZERO_ERROR;
  UEnumeration *forms = rules ? uplrules_getKeywords(rules, &error) : NULL;
  bool has = false;
  const char *known;
  while (forms && U_SUCCESS(error) && (known = uenum_next(forms, NULL, &error)) != NULL)
    has = has || str_equal(form, str_from_c(known));
  uenum_close(forms);
  return has;
}

bool locale_has_decimal_comma(Str lang) {
  char id[ULOC_FULLNAME_CAPACITY];
  UChar mark[8];
  UErrorCode error = U_ZERO_ERROR;
  if (lang.len >= sizeof id) return false;
  memcpy(id, lang.s, lang.len);
  id[lang.len] = '\0';
  UNumberFormat *format = unum_open(UNUM_DECIMAL, NULL, 0, id, NULL, &error);
  if (U_FAILURE(error)) return false;
  int32_t len = unum_getSymbol(format, UNUM_DECIMAL_SEPARATOR_SYMBOL, mark, 8, &error);
  unum_close(format);
  return U_SUCCESS(error) && len == 1 && mark[0] == ',';
}
