/* What the preview adds to a page: a script that follows the site's changes.
 *
 * It is a file of its own, so that the page's Content Security Policy is the one that the site will have. On its
 * element the page says of which generation it is, a number for all of its bytes, and one for all but the links to
 * style sheets: when only the first has changed, style sheets are swapped and the page stays. Owner: as said. Failure:
 * none. */
#ifndef PAMPHLET_SERVE_PREVIEW_H
#define PAMPHLET_SERVE_PREVIEW_H

#include "base/buf.h"

/* The files /__preview.js and /__preview.css; static. */
Str preview_script(void);
Str preview_styles(void);
/* The page with the script; in the arena. */
Str preview_page(Arena *arena, Str html, uint64_t generation);

#endif
