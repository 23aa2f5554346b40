/* Rendering every page in the background, only for what it says: the mistakes that a build would report, and whether
 * the PDFs that pages link are still those of their text.
 *
 * The check is a process of its own, with its own workers, over the site as it was when the check began; it gives way
 * to everything else. The site must stay as it is until check_take() or check_stop(). Failure: a check that could not
 * be made finds nothing. */
#ifndef PAMPHLET_SERVE_CHECK_H
#define PAMPHLET_SERVE_CHECK_H

#include "site/site.h"

typedef struct CheckRun CheckRun;

typedef struct Check {
  CheckRun *run;  /* NULL: none is running */
  int descriptor; /* for os_poll(): ready at its end; -1 */
} Check;

void check_start(Check *check, const Site *site, int jobs);
/* When its descriptor is ready: copies what it found into `diags`. False: other PDFs should be linked than are
 * (site/downloads.h). */
bool check_take(Check *check, DiagList *diags);
/* Ends it; what it found is lost. Fine when none is running. */
void check_stop(Check *check);

#endif
