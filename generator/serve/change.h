/* What has to be done anew when files change. Anything that is not known to be small reads the whole site again.
 *
 * Owner: lists are in the arena given. Failure: none. */
#ifndef PAMPHLET_SERVE_CHANGE_H
#define PAMPHLET_SERVE_CHANGE_H

#include "serve/model.h"

typedef struct ChangePlan {
  bool all;
  bool theme;    /* its templates or assets */
  size_t *pages; /* each once */
  size_t page_count;
} ChangePlan;

/* `paths`: as os/watch.h gives them, with NUL after each. */
ChangePlan change_plan(Arena *arena, const Model *model, Str paths);

#endif
