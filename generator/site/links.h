/* The links of a page as paper has them: a number in the text, and the addresses once, as a list.
 *
 * Numbered are links that lead away from the page and do not show their address: not telephone and mail links, and not
 * those to a place on the page itself. The same address has the same number. Works on Markdown's HTML
 * (docs/html-classes.md), where text has no `<`.
 * Owner: the arena given; `html` is the given one when there is nothing to number. Failure: none. */
#ifndef PAMPHLET_SITE_LINKS_H
#define PAMPHLET_SITE_LINKS_H

#include "site/site.h"

typedef struct PrintedLinks {
  Str html;    /* the same with `data-n="2"` in the tags of links */
  Value links; /* a list of maps: `url`, absolute, and `shown`, as one types it; both markup */
} PrintedLinks;

PrintedLinks links_number(const Site *site, Arena *arena, Str html);

#endif
