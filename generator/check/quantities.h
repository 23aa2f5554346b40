/* Numbers and units in running text: "8 weeks", "two-week", "38,0 °C".
 *
 * Units: offsets are bytes in the text given. Numbers are digits of any script with decimals and groups, and the words
 * for one to twelve in English and Spanish, by the language of the page. Failure: none. */
#ifndef PAMPHLET_CHECK_QUANTITIES_H
#define PAMPHLET_CHECK_QUANTITIES_H

#include "base/str.h"

typedef struct Quantity {
  size_t begin;
  size_t end;
  double value;
} Quantity;

/* The next number from *at on, which moves past it. */
bool quantities_next(Str text, size_t *at, Str lang, Quantity *quantity);
bool quantities_equal(double a, double b);
/* Is this all that stands between the two numbers of a range: "to", a dash? */
bool quantities_are_range(Str between);

/* The forms that a unit has: "weeks" is "week", "weeks", "wk", "wks". */
size_t quantities_unit_forms(Arena *arena, Str unit, const Str **forms);
/* Where the unit after a number that ends at `at` ends, or 0: " weeks", "-week", "°F". */
size_t quantities_unit_at(Str text, size_t at, const Str *forms, size_t count);

#endif
