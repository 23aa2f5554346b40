/* content/clinic.yaml: what is true of the clinic on every page. Keys of one's own are taken as they stand; those that
 * the themes show have a shape (docs/settings.md).
 *
 * Owner: the arena of `files`. Failure: false when anything was an error; all of them are reported, and what is not as
 * it must be is left out of the result, so that nothing that follows from it is reported. */
#ifndef PAMPHLET_CONTENT_CLINIC_H
#define PAMPHLET_CONTENT_CLINIC_H

#include "content/settings.h"

/* `emergency`, `phones` … as templates and Markdown see them. */
bool clinic_read(const SettingsFiles *files, Value *clinic);
/* Every phone number in the clinic's data, digits only; a list of text. */
Value clinic_phones(Arena *arena, Value clinic);

#endif
