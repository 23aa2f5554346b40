/* Making what is asked for: single outputs of a site, in a process that can fall over alone.
 *
 * Owner: a Renderer keeps one result, valid until the next call. Failure: false; `diags` says why when it is the
 * content's or the theme's fault. */
#ifndef PAMPHLET_SERVE_RENDER_H
#define PAMPHLET_SERVE_RENDER_H

#include "site/site.h"

typedef struct Renderer Renderer;

Renderer *renderer_open(Arena *arena); /* NULL: the system grants no memory */
void renderer_close(Renderer *renderer);
bool renderer_output(Renderer *renderer, const Site *site, const Output *output, Str *bytes);

/* As renderer_output() for anything that a worker can make. */
typedef bool RenderWork(void *context, Worker *worker, Str *bytes);
bool renderer_run(Renderer *renderer, RenderWork *work, void *context, Str *bytes);

#endif
