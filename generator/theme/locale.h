/* Dates, numbers and plural forms in the reader's language, by ICU.
 *
 * ICU's formatters take 0.4 ms to make and 0.1 µs to use, so they are kept. A Locale made before fork() may
 * be used in every process afterwards: each has its own copy of the memory.
 *
 * Units: languages are BCP 47 tags ("en", "pt-BR"); dates ISO 8601 text, always Gregorian.
 * Owner: locale_release() gives ICU's objects back; results are in the arena given.
 * Failure: false or the empty Str; nothing is reported. */
#ifndef PAMPHLET_THEME_LOCALE_H
#define PAMPHLET_THEME_LOCALE_H

#include "base/str.h"

typedef struct Locale Locale;

Locale *locale_new(void);
void locale_release(Locale *locale); /* NULL is fine */

/* "2026-03-01", or the same with a time after a T, which is left aside. False: not a date that exists. */
bool locale_is_date(Str iso);

/* The styles: "long" (March 1, 2026), "full" (with the day of the week), "short" (Mar 1, 2026: the month in letters,
 * since 3/1 is read in two ways), "month" (March 2026), "day" (March 1), "iso", "year". NULL-ended. */
const char *const *locale_date_styles(void);
/* `iso` must be a date, `style` one of the styles. */
Str locale_date(Locale *locale, Arena *arena, Str lang, Str style, Str iso);

/* Whether 2.5 is written 2,5 in the language. */
bool locale_has_decimal_comma(Str lang);
Str locale_number(Locale *locale, Arena *arena, Str lang, double number);
/* The plural form that a number takes: "zero", "one", "two", "few", "many" or "other". */
Str locale_plural(Locale *locale, Arena *arena, Str lang, double number);
/* Whether the language has that form at all. */
bool locale_has_plural(Locale *locale, Str lang, Str form);

#endif
