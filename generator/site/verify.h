/* Whether the published files are those that the last build published: `pamphlet build --verify`.
 *
 * Reads out/.pamphlet/manifest and every file that it lists. Reports what is missing, what differs, what no build put
 * there, and a build that was stopped. Changes nothing. Owner: the arena given. Failure: reported. */
#ifndef PAMPHLET_SITE_VERIFY_H
#define PAMPHLET_SITE_VERIFY_H

#include "site/manifest.h"

/* *checked: files that are as they were published. */
void site_verify(Arena *arena, Str out, DiagList *diags, size_t *checked);

#endif
