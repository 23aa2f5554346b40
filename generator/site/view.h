/* What a template sees (docs/template-data.md): `page`, `site` and the rest as Values, made as they are asked for.
 *
 * A View is for the rendering of one page; it and all that it gives live in its arena. Failure: none; what a page does
 * not have is undefined. */
#ifndef PAMPHLET_SITE_VIEW_H
#define PAMPHLET_SITE_VIEW_H

#include "site/site.h"

typedef struct View {
  const Site *site;
  const Page *page; /* the one that is rendered */
  Arena *arena;
  Str lang;
  size_t language; /* its index in site.yaml */
  Value menu;    /* made when first asked for, as is the next */
  Value outline; /* of `page` */
  Value site_value; /* objects over this View */
  Value page_value;
} View;

View *view_new(const Site *site, const Page *page, Arena *arena);
/* All variables of a page's template; a map. */
Value view_variables(View *view);

#endif
