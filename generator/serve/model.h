/* The site as the maker holds it: what was read, and what is shown.
 *
 * What was read stays as it is; showing connects a copy of it, so that after an edit one page is read again, everything
 * is connected anew, and no page is rendered before somebody asks for it. A page with a mistake is shown as it was when
 * it was last right, beside the others as they are now; so is the theme. The messages are those of the latest texts.
 *
 * Owner: a Model owns all of its memory until model_close(). Failure: model_open() gives NULL when the system grants no
 * memory; what is wrong with the site is in the messages, and model->usable says whether there is anything to show. */
#ifndef PAMPHLET_SERVE_MODEL_H
#define PAMPHLET_SERVE_MODEL_H

#include "site/site.h"

typedef struct Model {
  BuildOptions options;
  Workers *workers; /* hold what was read */
  Arena *arena;     /* theirs */
  Site read;
  DiagList data_diags;  /* settings, clinic, facts, the table of files */
  DiagList theme_diags; /* of the latest theme, also when an older one is shown */
  Page *right;          /* by page: when it was last right */
  bool *has_right;

  Arena shown_arena; /* emptied each time the site is connected */
  Site shown;
  DiagList shown_diags;
  Map outputs; /* by path: index into shown.outputs */

  bool usable;
  bool holds;       /* a page is shown as it was, not as it is */
  bool data_failed; /* settings or data are wrong: pages may be wrong for no fault of their own */
  size_t first_use; /* bytes that the site took when it was first read */
} Model;

/* Reads everything. */
Model *model_open(const BuildOptions *options);
void model_close(Model *model); /* NULL is fine */

/* Whether the page at this path (below content/) can be read again by itself: its file is there as it was before, and
 * no other page takes anything from it. */
bool model_find_page(const Model *model, Str path, size_t *page);
/* Reads these pages again. False: the workers failed. */
bool model_read_pages(Model *model, const size_t *pages, size_t count);
/* Loads the theme again; the old one stays when the new one is wrong. */
void model_read_theme(Model *model);
/* Connects everything; after each of the two above, */
void model_show(Model *model);
/* or instead of it, after a page was read again: shows that page's new text when nothing else follows from it. False:
 * it takes model_show(). */
bool model_show_text(Model *model, size_t page);
/* So much was read again that it should be closed and opened anew. */
bool model_is_full(const Model *model);

/* All messages but those of rendering, as copies, into `diags`. */
void model_add_messages(const Model *model, DiagList *diags);
/* NULL: the site has no such file. */
const Output *model_find_output(const Model *model, Str path);

#endif
