/* The texts of data files as readers will see them: names are not filled in there, and their phone numbers are held
 * against the clinic's as those of pages are.
 *
 * Owner: nobody, nothing is kept. Failure: reported, at the value. */
#ifndef PAMPHLET_CONTENT_DATA_TEXTS_H
#define PAMPHLET_CONTENT_DATA_TEXTS_H

#include "data/value.h"
#include "diag/diag.h"

typedef struct DataTexts {
  Str path; /* of the file that the values are of */
  Arena *scratch;
  DiagList *diags;
} DataTexts;

/* `{{ … }}` in a text of `value`, at any depth. */
void data_texts_check_names(const DataTexts *check, Value value);
/* Phone numbers in them that are not in the list `phones` (content/settings.h). */
void data_texts_check_phones(const DataTexts *check, Value phones, Value value);

#endif
