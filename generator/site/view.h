/* What a template sees (docs/template-data.md): `page`, `site` and the rest as Values, made as they are asked for.
 *
 * A View is for the rendering of one page; it and all that it gives live in its arena. Failure: none; what a page does
 * not have is undefined. */
#ifndef PAMPHLET_SITE_VIEW_H
#define PAMPHLET_SITE_VIEW_H

#include "site/links.h"

typedef struct View {
  const Site *site;
  const Page *page; /* the one that is rendered */
  Arena *arena;
  Str lang;
  size_t language;      /* its index in site.yaml */
  Value menu;           /* made when first asked for, as is the next */
  Value outline;        /* of `page` */
  PrintedLinks printed; /* its content; html.s is NULL before */
  OutputSight sight;    /* what was asked of other pages' texts so far */
  Value site_value;     /* objects over this View */
  Value page_value;
} View;

/* A page as a template sees it while view->page is rendered. */
Value view_page(View *view, const Page *page);
/* For the element that shows text in a language, or a page's title: ` lang="en" dir="ltr"` unless the whole page says
 * so. */
Value view_language_attributes(const View *view, size_t language);
Value view_text_attributes(const View *view, const Page *page);

View *view_new(const Site *site, const Page *page, Arena *arena);
/* All variables of a page's template; a map. */
Value view_variables(View *view);

/* For template_run(), by language: everything but `page` and `site` is the same on all pages of one. */
TemplateMemo *view_memo(const Site *site);

#endif
