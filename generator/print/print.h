/* Handouts to PDF: which ones, what is current already, and where they go.
 *
 * print_handouts() prints a connected site's sheets (site/sheet.h) into its published folder and keeps the list of them
 * (site/handouts.h). A PDF that was made from the very same HTML is not made again. A PDF stands under its name whole
 * or not at all.
 *
 * Owner: the site's arena. Failure: reported to the list given; one handout's failure costs no other. */
#ifndef PAMPHLET_PRINT_PRINT_H
#define PAMPHLET_PRINT_PRINT_H

#include "site/handouts.h"

/* Raise it when mending changes, so that what was printed before counts as out of date. */
enum { PRINT_REVISION = 2 };

typedef enum PrintWhich {
  PRINT_NAMED, /* those of `words` */
  PRINT_ALL,
  PRINT_CHANGED /* those that were printed before and are out of date */
} PrintWhich;

typedef struct PrintOptions {
  PrintWhich which;
  const Str *words; /* pages by file, address or name, and other handouts by name */
  size_t word_count;
  SheetOptions sheet;
  Str lang; /* empty: all */
  Str out;
  Str archive; /* a folder; empty: none */
  int tabs;
  double seconds; /* that one handout may take */
  /* Called after each handout; may be NULL. */
  void (*progress)(void *context, size_t done, size_t total);
  void *progress_context;
} PrintOptions;

typedef enum PrintState { PRINT_FAILED, PRINT_CURRENT, PRINT_PRINTED } PrintState;

typedef struct PrintItem {
  Sheet sheet;
  PrintState state;
  uint64_t hash[2]; /* SheetText.hash */
  uint64_t text_hash[2];
  uint64_t bytes;
  uint64_t pages;
  Value findings; /* Handout.findings */
} PrintItem;

typedef struct PrintResult {
  PrintItem *items; /* in order of their PDFs' names */
  size_t count;
  size_t printed;
  size_t current;
  size_t failed;
  bool usage;         /* a word names nothing */
  bool system_failed; /* no browser, a full disk …: not the content's fault */
} PrintResult;

void print_handouts(Site *site, const PrintOptions *options, DiagList *diags, PrintResult *result);

/* What the options name, as items; false: a word names nothing, reported. */
bool print_select(Site *site, const PrintOptions *options, DiagList *diags, PrintResult *result);

/* A page's file, address or name as its name: "./content/car-t/after.md", "/car-t/after/" → "car-t/after". */
Str print_plain_name(Str word);

#endif
