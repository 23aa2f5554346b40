/* Numbers of the data files as their author wrote them: to YAML `0301234567` is a number without its zero,
 * `+4930901820` one without its plus, `01234` no postcode, `1.50` is 1.5, and a phone number is no number at all.
 *
 * Owner: the arena. Failure: none; what does not stand in the text, as behind an alias, is written anew. */
#ifndef PAMPHLET_CONTENT_WRITTEN_H
#define PAMPHLET_CONTENT_WRITTEN_H

#include "data/value.h"

/* Makes text of each number in `map`, which was read from the YAML file `text`, at any depth, that would lose something
 * or that is meant as one: a phone number, a postcode. What places on the map need stays a number. */
void written_keep(Arena *arena, Str text, Value map);

#endif
