/* The pipeline as one reads it: load, connect, render, publish. */
#include "os/os.h"
#include "site/publish.h"

void site_report_loss(Site *site, Span span, WorkerLoss loss, Str signal) {
  switch (loss) {
    case LOSS_TIME: DIAG(site->diags, WORKER_TIME, span, str_format(site->arena, "%g", SECONDS_A_PAGE)); break;
    case LOSS_MEMORY: DIAG(site->diags, WORKER_MEMORY, span); break;
    case LOSS_CRASH:
      DIAG(site->diags, WORKER_CRASH, span, signal);
      site->crashed = true;
      break;
  }
}

/* 404.html shows a page that no file stands for. */
static void make_not_found(Site *site) {
  if (!site->theme) return;
  ContentFile *file = ARENA_NEW(site->arena, ContentFile);
  *file = (ContentFile){.path = STR("404.html"),
                        .name = STR("404"),
                        .output = STR("404.html"),
                        .lang = site->settings.lang,
                        .role = FILE_PAGE,
                        .page = STR_NONE};
  file->url = STR_CONCAT(site->arena, site->settings.base_path, STR("404.html"));
  Page *page = ARENA_NEW(site->arena, Page);
  page->file = file;
  page->meta = value_map(site->arena, 0);
  page->title = value_text(value_get(theme_words(site->theme, file->lang), STR("not_found_title")));
  if (!page->title.len) page->title = STR("Page not found");
  page->kind = STR("page");
  page->doc.outline = value_list(site->arena, 0);
  site->not_found = page;
}

static void count_files(const Site *site, BuildResult *result) {
  result->files = site->output_count;
  for (size_t i = 0; i < site->output_count; i++) result->pages += site->outputs[i].kind == OUTPUT_PAGE;
}

/* Nothing on disk has been touched before this. */
static void render_and_publish(Site *site, BuildResult *result) {
  Publication publication;
  bool clean = !diag_has_errors(site->diags, site->options->strict) && !site->crashed;
  if (!clean) {
    site_render(site, NULL);
    return;
  }
  if (!publish_open(site->arena, site->options->out, site->diags, &publication)) {
    result->system_failed = true;
    return;
  }
  site_render(site, &publication);
  if (diag_has_errors(site->diags, site->options->strict) || site->crashed) {
    publish_abandon(&publication);
    return;
  }
  result->published = publish_commit(&publication, site, result);
  result->system_failed = !result->published;
}

BuildResult site_build(const BuildOptions *options, Workers *workers, DiagList *diags) {
  BuildResult result = {0};
  Site *site = ARENA_NEW(workers_arena(workers), Site);
  site->options = options;
  site->workers = workers;
  site->arena = workers_arena(workers);
  site->diags = diags;
  if (site_load(site)) {
    make_not_found(site);
    site_connect(site);
    count_files(site, &result);
    render_and_publish(site, &result);
  }
  diag_sort(diags);
  if (site->crashed) result.system_failed = true;
  return result;
}
