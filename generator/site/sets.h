/* content/handouts.yaml: handouts that are more than one page.
 *
 *     booklets:
 *       - name: car-t-guide
 *         title: {en: Your CAR T-cell therapy, es: Su terapia}
 *         pages: [car-t/before.md, car-t/after.md]
 *     bilingual:
 *       - page: side-effects.md
 *         languages: [en, es]
 *     wallet_cards:
 *       - name: car-t-card
 *         therapy: {en: CAR T-cell therapy}
 *         text: {en: I have had CAR T-cell therapy.}
 *
 * site_make_sets() reads it and makes of each entry a page that no file stands for, in each language that has all of
 * its texts. set_compose() gives such a page its text.
 *
 * Owner: the site's arena, or the one given. Failure: reported; what cannot be used is left out. */
#ifndef PAMPHLET_SITE_SETS_H
#define PAMPHLET_SITE_SETS_H

#include "site/sheet.h"

typedef struct SheetSet {
  SheetKind kind;
  Str id;
  Page *page;         /* title, front matter, address; no text */
  const Page **parts; /* of a booklet its chapters, of a bilingual one its two languages */
  size_t part_count;
} SheetSet;

/* When pages are connected. */
void site_make_sets(Site *site);
/* The page with its text, headings, words and sources put together, as the View of a sheet sees it. */
Page *set_compose(const Site *site, const SheetSet *set, Arena *arena);

#endif
