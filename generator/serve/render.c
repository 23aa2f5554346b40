#include "serve/render.h"

struct Renderer {
  Workers *workers;
  RenderWork *work;
  void *context;
  Str *result; /* in the workers' memory */
  bool *made;
};

Renderer *renderer_open(Arena *arena) {
  Renderer *renderer = ARENA_NEW(arena, Renderer);
  renderer->workers = workers_open(1);
  return renderer->workers ? renderer : NULL;
}

void renderer_close(Renderer *renderer) {
  workers_close(renderer->workers);
}

static void work(void *context, Worker *worker, size_t item) {
  (void)item;
  Renderer *renderer = context;
  Str bytes = {"", 0};
  if (!renderer->work(renderer->context, worker, &bytes)) return;
  *renderer->result = str_copy(worker->shared, bytes);
  *renderer->made = true;
}

/* The page that was lost is reported when all of them are checked. */
static void lost(void *context, size_t item, WorkerLoss loss, Str signal) {
  (void)context;
  (void)item;
  (void)loss;
  (void)signal;
}

bool renderer_run(Renderer *renderer, RenderWork *what, void *context, Str *bytes) {
  workers_reset(renderer->workers);
  Arena *arena = workers_arena(renderer->workers);
  renderer->work = what;
  renderer->context = context;
  renderer->result = ARENA_NEW(arena, Str);
  renderer->made = ARENA_NEW(arena, bool);
  DiagList unheard = diag_list_new(arena);
  WorkersRun run = {.count = 1, .work = work, .lost = lost, .context = renderer, .seconds_an_item = SECONDS_A_PAGE};
  if (!workers_run(renderer->workers, &run, &unheard) || !*renderer->made) return false;
  *bytes = *renderer->result;
  return true;
}

typedef struct Wanted {
  const Site *site;
  const Output *output;
} Wanted;

static bool make(void *context, Worker *worker, Str *bytes) {
  const Wanted *wanted = context;
  return site_make_output(wanted->site, wanted->output, worker, bytes, NULL);
}

bool renderer_output(Renderer *renderer, const Site *site, const Output *output, Str *bytes) {
  if (output->kind == OUTPUT_BYTES) {
    *bytes = output->source;
    return true;
  }
  Wanted wanted = {site, output};
  return renderer_run(renderer, make, &wanted, bytes);
}
