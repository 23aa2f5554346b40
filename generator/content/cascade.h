/* Defaults for the front matter of many pages: `cascade:` in the `_index.md` of their section.
 *
 * A page takes from a cascade what its own front matter does not say: first from its own folder's `_index.md`, then
 * from the folders above; on each level from the file in its own language, then from the one in the site's. An
 * `_index.md` takes from its own cascade too.
 *
 * cascades_read() looks into the front matter of every `_index.md` before pages are loaded, because a page has to know
 * all of its front matter when its Markdown is read. Mistakes are reported when the `_index.md` itself is loaded, by
 * front_matter_check(); what is wrong is left out here.
 * Owner: the arena given. Failure: none. */
#ifndef PAMPHLET_CONTENT_CASCADE_H
#define PAMPHLET_CONTENT_CASCADE_H

#include "content/page.h"

Cascades *cascades_read(Arena *arena, const PageLoader *loader);
/* Adds to page->meta what is not there, and to page->inherited where it came from. */
void cascades_apply(const Cascades *cascades, Arena *arena, Page *page);

/* All of them as bytes: the same when no page takes anything else from them. False: they cannot be kept. */
bool cascades_pack(const Cascades *cascades, Buf *out);

#endif
