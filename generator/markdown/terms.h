/* Terms of the glossary in running text: the first use of each on a page gets its plain meaning.
 *
 * A word of the text is looked up by its hash, and what begins with it is compared, longest first: one pass over the
 * text, whatever the number of terms. Words are what Unicode calls letters, marks and digits, and a word that hangs on
 * another by a hyphen is no word of its own. Small and capital letters are the same, as the language has it, except for
 * abbreviations (CAR), which are matched as they stand.
 *
 * Owner: the arena; read-only afterwards, so that workers share it. Failure: none. */
#ifndef PAMPHLET_MARKDOWN_TERMS_H
#define PAMPHLET_MARKDOWN_TERMS_H

#include "data/value.h"

typedef struct Terms Terms;

/* `entries` is a list of maps: `term`, `plain` (text), `forms` (a list of text, may be missing). NULL when it is empty.
 */
Terms *terms_new(Arena *arena, Value entries, Str lang);
Value terms_entry(const Terms *terms, size_t entry);
size_t terms_count(const Terms *terms); /* of entries */

typedef struct TermFound {
  size_t begin;
  size_t end;
  size_t entry;
} TermFound;

/* The next use of a term that is not `used` yet (by entry) from *at on, which moves behind it; false at the end. */
bool terms_next(const Terms *terms, Str text, const bool *used, size_t *at, TermFound *found);

/* The form in which a language looks terms up, for finding two that are the same. */
Str terms_key(Arena *arena, Str term, Str lang);

#endif
