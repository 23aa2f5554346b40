/* Structured data: what of the site goes into the JSON-LD of a page (schema/schema.h makes it).
 *
 * Owner: the site's arena, or the View's. Failure: reported. */
#ifndef PAMPHLET_SITE_STRUCTURED_H
#define PAMPHLET_SITE_STRUCTURED_H

#include "site/view.h"

/* When the site is connected: marks questions that another page asks too, so that machines are told of each once in a
 * language: on the page of the kind `faq` that comes first, else on the first page. */
void structured_find_questions(Site *site);
/* The services of clinic.yaml with the addresses of their pages; reports pages that are not there. */
void structured_find_services(Site *site);
/* Before pages are rendered: what all of a language have in common. */
void structured_share(Site *site);

/* The graph of a page; of a fallback, that of the page which it repeats. */
Str structured_page(View *view, const Page *page);

#endif
