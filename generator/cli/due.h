/* Pages whose review is overdue or comes up, and the forms in which they are listed.
 *
 * Units: days count from today, negative when overdue. Owner: the arena of the site's workers. */
#ifndef PAMPHLET_CLI_DUE_H
#define PAMPHLET_CLI_DUE_H

#include "cli/site_view.h"

typedef struct DuePage {
  const Page *page;
  Str owner; /* may be empty */
  Str due;   /* empty: the page is clinical and says no date */
  int64_t days;
} DuePage;

typedef struct DueList {
  const Site *site;
  DuePage *pages; /* by owner, then date, then path; those without owner and those without a date last */
  size_t count;
} DueList;

typedef enum DueState { DUE_UPCOMING, DUE_OVERDUE, DUE_UNDATED } DueState;
DueState due_state(const DuePage *page);
Str due_state_name(DueState state); /* "overdue" */

/* One row of RFC 4180. */
void due_add_row(Buf *out, const Str *cells, size_t count);
void due_write_csv(const DueList *list, Buf *out); /* RFC 4180 */
void due_write_json(const DueList *list, Buf *out);
void due_write_calendar(const DueList *list, Buf *out); /* RFC 5545; pages without a date are not in it */

/* Translations whose original has changed since, as `text`, `csv` or `json`. Connects the site. */
void due_write_translations(Site *site, Str format, Buf *out);

#endif
