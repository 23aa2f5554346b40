/* Handouts as sheets: one HTML document each that a browser prints without asking anyone for anything.
 *
 * sheets_list() says which handouts a connected site has: pages that their front matter calls a handout, or that people
 * act on; what content/handouts.yaml makes of them. sheet_render() gives one of them as HTML: the theme's handout.html
 * with style sheets, fonts and pictures inside, and every link absolute.
 *
 * The same text on another paper is the same text: `text_hash` does not depend on the options, on the theme's style
 * sheets, nor on anything that changes from day to day. `hash` is of every byte of `html`: what has it need not be
 * printed again.
 *
 * Owner: the arena given. Failure: false or NULL, reported to `diags`. Limits: PAGE_OUTPUT_MOST bytes of HTML. */
#ifndef PAMPHLET_SITE_SHEET_H
#define PAMPHLET_SITE_SHEET_H

#include "site/site.h"

typedef enum SheetKind { SHEET_PAGE, SHEET_BOOKLET, SHEET_BILINGUAL, SHEET_WALLET } SheetKind;
typedef enum SheetPaper { PAPER_A4, PAPER_LETTER } SheetPaper;

typedef struct SheetOptions {
  SheetPaper paper;
  bool large_print;
} SheetOptions;

typedef struct Sheet {
  SheetKind kind;
  Str id; /* "car-t/after": the same in every language and on every paper */
  Str lang;
  size_t language; /* its index in site.yaml */
  Str title;
  Str pdf;                    /* below out/: "handouts/car-t/after.es.letter.large.pdf" */
  const Page *page;           /* its title and front matter; of SHEET_PAGE its text too */
  const struct SheetSet *set; /* of the others: site/sets.h */
  SheetOptions options;
} Sheet;

typedef struct SheetHeading {
  int level; /* 1 to 6 */
  Str id;    /* in `html`; may be empty */
  Str title; /* plain text */
} SheetHeading;

typedef struct SheetText {
  Str html;
  Str title;
  Str lang;
  Str body;               /* from its <body> on; plain_text() (theme/plain.h) gives what it says */
  SheetHeading *headings; /* all that are printed, in order: the outline */
  size_t heading_count;
  uint64_t hash[2];      /* XXH3, 128 bits, of `html` */
  uint64_t text_hash[2]; /* of what it says */
} SheetText;

/* Once, when the site is connected and before workers are forked that render sheets. */
bool sheets_prepare(Site *site);

/* In order of their PDFs' names. */
Sheet *sheets_list(const Site *site, Arena *arena, SheetOptions options, size_t *count);
/* Any page as a sheet, whether it is a handout or not. */
Sheet sheet_of_page(Arena *arena, const Page *page, SheetOptions options);
/* Stands on every sheet of paper: 8 hex digits, others when the page's text, title, version or review changes. */
Str sheet_edition(Arena *arena, const Page *page);

/* A booklet's contents have `<span data-page-of="ID">` for the page number of the heading ID: print/ fills it in. */
bool sheet_render(const Site *site, const Sheet *sheet, Arena *arena, DiagList *diags, SheetText *text);

#endif
