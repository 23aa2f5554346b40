/* All pages with what their authors watch: review and reading level. As an HTML page, PAGES_A_SHEET at a time.
 *
 * In a worker: measuring takes some milliseconds a page. Owner: worker->scratch. Failure: none. */
#ifndef PAMPHLET_SERVE_PAGES_H
#define PAMPHLET_SERVE_PAGES_H

#include "serve/model.h"

enum { PAGES_A_SHEET = 100 }; /* measured in about a quarter of a second */

Str pages_list(Site *site, Worker *worker, size_t from);

#endif
