/* What stands beside a number and says what it counts: units of medicine and of time, and the months of a date, in
 * the languages that are known. The same for mg and ملغ, for hours and horas, for March and marzo.
 *
 * Units: offsets are bytes in the text. Failure: a word that is not known is 0. Owner: nobody, nothing is made. */
#ifndef PAMPHLET_CHECK_MEASURES_H
#define PAMPHLET_CHECK_MEASURES_H

#include "base/str.h"

typedef struct Measure {
  uint8_t unit;  /* 0: none that is known */
  uint8_t per;   /* the unit after `/`, as in mg/kg */
  uint8_t month; /* 1 to 12 */
} Measure;

/* Of the number text[begin, end). */
Measure measures_around(Str text, size_t begin, size_t end);
/* "mg", for Measure.unit and Measure.per; empty for 0. */
Str measures_unit(uint8_t unit);
bool measures_is_hour(uint8_t unit);
/* Past one space, hard or not, or `&nbsp;`. */
size_t measures_skip_space(Str text, size_t at);

#endif
