/* The PDFs that pages link: of those that `pamphlet print` has left (site/handouts.h), the ones made from the present
 * text.
 *
 * site_find_downloads() compares, by the workers, so each handout that has a PDF is rendered once more. With none
 * nothing is done and nothing shown. Owner: the site's arena. Failure: reported. */
#ifndef PAMPHLET_SITE_DOWNLOADS_H
#define PAMPHLET_SITE_DOWNLOADS_H

#include "site/handouts.h"
#include "site/view.h"

/* What site->downloads points to. */
typedef struct Downloads {
  Handouts printed; /* only those that may be linked */
  Page **pages;     /* by language: the page that lists them all, or NULL */
} Downloads;

/* After site_prepare(). Adds the pages that list the PDFs to the outputs, unless the author has written `handouts.md`.
 */
void site_find_downloads(Site *site);

/* Whether those PDFs are linked that should be, of this page and the sets that it is in, or (NULL) of all; the site is
 * connected and may have another text of the page since. */
bool site_downloads_hold(Site *site, const Page *page);

/* For templates; maps as docs/template-data.md has them. */
Value downloads_of_page(View *view, const Page *page);
Value downloads_all(View *view);
/* The URL of the list in the View's language; undefined when there is none. */
Value downloads_url(const View *view);

#endif
