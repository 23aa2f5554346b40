/* The order of words in a language, and the letters that an index of them has; by ICU and its CLDR data.
 *
 * Spanish has Ñ after N, Arabic its own letters from right to left; where a language is written in other letters than
 * Latin ones, those stand behind, for names that are. What does not begin with any letter of the language has the
 * letter `#`. Signs before the first letter or digit, as in "¿Qué …?", do not count.
 *
 * Units: languages are BCP 47 tags, text is UTF-8. Owner: collation_close() gives ICU's objects back; results are in
 * the arena given to collation_open(). Failure: without data for the language, the order is that of all languages. */
#ifndef PAMPHLET_THEME_COLLATION_H
#define PAMPHLET_THEME_COLLATION_H

#include "base/str.h"

typedef struct Collation Collation;

Collation *collation_open(Arena *arena, Str lang);
void collation_close(Collation *collation);

/* Bytes that compare as the texts do, by str_compare(). */
Str collation_key(Collation *collation, Str text);
/* The letter that the text stands under in an index. */
Str collation_letter(Collation *collation, Str text);

#endif
