/* The maker: the process that knows the site (serve/link.h).
 *
 * It answers one thing after the other, and between them reads again what has changed and checks all pages in the
 * background. Each page is read and rendered in a worker, so that none of them can end it; if it ends all the same, the
 * server starts another.
 * Failure: it ends when the server does. */
#ifndef PAMPHLET_SERVE_MAKER_H
#define PAMPHLET_SERVE_MAKER_H

#include "serve/serve.h"

typedef struct MakerStart {
  const ServeOptions *options;
  int link;
} MakerStart;

/* The main function of the child, for os_fork(); `context` is a MakerStart. */
int maker_run(void *context);

#endif
