/* How many syllables a word has, from its spelling.
 *
 * English: groups of vowels, less those that are silent, plus those that are two; measured against the CMU Pronouncing
 * Dictionary, 97 of 100 words of the sample site are right (docs/writing.md). Hyphenation dictionaries are no help:
 * they give places where a word may be broken, so that nothing is left of "about" or "any", and count a tenth too few.
 * Spanish: one for each nucleus, by the rules of the Ortografía (2010) for diphthong and hiatus.
 * Failure: 0 for a language that has no rules here. A number and a lone letter count as one. */
#ifndef PAMPHLET_CHECK_SYLLABLES_H
#define PAMPHLET_CHECK_SYLLABLES_H

#include "base/str.h"

/* `lang` is a language tag: "en", "es-MX". */
bool syllables_known(Str lang);
size_t syllables_count(Str word, Str lang);

#endif
