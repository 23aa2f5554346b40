/* The pipeline as one reads it: load, connect, render, publish. */
#include "os/os.h"
#include "site/downloads.h"
#include "site/handouts.h"
#include "site/part.h"
#include "site/reading.h"
#include "site/rebuild.h"

void site_report_loss(DiagList *diags, Span span, WorkerLoss loss, Str signal) {
  switch (loss) {
    case LOSS_TIME: DIAG(diags, WORKER_TIME, span, str_format(diags->arena, "%g", SECONDS_A_PAGE)); break;
    case LOSS_MEMORY: DIAG(diags, WORKER_MEMORY, span); break;
    case LOSS_CRASH: DIAG(diags, WORKER_CRASH, span, signal); break;
  }
}

static void count_files(const Site *site, BuildResult *result) {
  result->files = site->output_count;
  for (size_t i = 0; i < site->output_count; i++) result->pages += site->outputs[i].kind == OUTPUT_PAGE;
}

/* Whether anything went wrong for which nobody's text is to blame. */
static bool system_failed(const DiagList *diags) {
  for (const Diag *diag = diags->first; diag; diag = diag->next)
    if (diag->id == DIAG_WORKER_CRASH || diag->id == DIAG_WORKERS_FAILED || diag->id == DIAG_PUBLISH_WRITE ||
        diag->id == DIAG_PUBLISH_LOCK)
      return true;
  return false;
}

/* Nothing on disk has been touched before this. */
static void render_and_publish(Site *site, BuildResult *result) {
  Publication publication;
  if (diag_has_errors(site->diags, site->options->strict)) {
    rebuild_complete(site);
    site_render(site, NULL);
    return;
  }
  if (!publish_open(site->arena, site->options, site->diags, &publication)) return;
  rebuild_render(site, &publication);
  if (rebuild_is_stale(site) || diag_has_errors(site->diags, site->options->strict)) {
    publish_abandon(&publication);
    return;
  }
  result->published = publish_commit(&publication, site, result);
  if (result->published) rebuild_write(site, publication.state);
  publish_close(&publication);
}

/* Sheets whose PDFs are there are rendered, to see whether they say the same today. */
static void find_downloads(Site *site) {
  if (os_stat(handouts_path(site->arena, site->options->out)).kind != OS_NOTHING) rebuild_complete(site);
  site_find_downloads(site);
}

/* False: a file was changed while it was read, and the build has to begin again. */
static bool build_once(const BuildOptions *options, Workers *workers, DiagList *diags, BuildResult *result) {
  *result = (BuildResult){0};
  Site *site = ARENA_NEW(workers_arena(workers), Site);
  site->options = options;
  site->workers = workers;
  site->arena = workers_arena(workers);
  site->diags = diags;
  site->begun = os_file_clock();
  if (site_load(site)) {
    site_connect(site);
    site_prepare(site);
    find_downloads(site);
    site_keep_part(site);
    count_files(site, result);
    render_and_publish(site, result);
  }
  if (options->stats) result->reading = site_reading_value(site);
  site_reading_close(site);
  return !rebuild_is_stale(site);
}

BuildResult site_build(const BuildOptions *options, Workers *workers, DiagList *diags) {
  BuildResult result;
  if (!build_once(options, workers, diags, &result)) {
    BuildOptions whole = *options;
    whole.rebuild = false;
    *diags = diag_list_new(diags->arena);
    build_once(&whole, workers, diags, &result);
  }
  diag_sort(diags);
  result.system_failed = system_failed(diags);
  return result;
}
