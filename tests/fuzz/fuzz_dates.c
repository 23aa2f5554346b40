/* Any text as a date: what is taken is a day that exists, counts on, and can be written in each style and language.
 * The input is lines: date, language, style. */
#include <stdlib.h>

#include "base/utf8.h"
#include "content/dates.h"
#include "theme/locale.h"

enum { INPUT_MOST = 1 << 10, DAY = 24 * 60 * 60 };

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void require(bool holds) {
  if (!holds) abort();
}

static void check_date(Arena *arena, Str date) {
  Str back = date_from_seconds(arena, date_days(date) * DAY + DAY - 1);
  require(str_equal(back, date));
  for (int months = 0; months <= 24; months++) {
    Str later = date_add_months(arena, date, months);
    if (later.len > date.len) return; /* after the year 9999 */
    require(date_is_iso(later) && date_days(later) - date_days(date) >= months * 30 - 3 &&
            date_days(later) - date_days(date) <= months * 31);
  }
}

static void check_words(Arena *arena, Str date, Str lang, Str style) {
  Locale *locale = locale_new();
  for (const char *const *known = locale_date_styles(); *known; known++) {
    if (style.len && !str_equal(style, str_from_c(*known))) continue;
    Str text = locale_date(locale, arena, lang, str_from_c(*known), date);
    require(text.len > 0 && utf8_find_invalid(text) == STR_NONE);
  }
  locale_release(locale);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  if (size > INPUT_MOST) return 0;
  Arena arena = arena_reserve((size_t)16 << 20);
  Str date;
  Str lang;
  Str style;
  str_cut(str_copy(&arena, str_from(data, size)), '\n', &date, &lang);
  str_cut(lang, '\n', &lang, &style);
  if (date_is_iso(date)) check_date(&arena, date);
  if (locale_is_date(date)) check_words(&arena, date, lang, style);
  arena_release(&arena);
  return 0;
}
