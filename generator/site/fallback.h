/* The text of a page that has no translation, as the pages of another language show it.
 *
 * Its links go to that language's versions, so that a reader of Spanish stays among Spanish pages. Everything else is as
 * it was written. Owner: the arena given. Failure: none. */
#ifndef PAMPHLET_SITE_FALLBACK_H
#define PAMPHLET_SITE_FALLBACK_H

#include "site/site.h"

Str fallback_html(const Site *site, Arena *arena, const Page *page);

#endif
