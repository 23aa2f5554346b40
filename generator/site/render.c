/* Step 3: page and theme become HTML, and every other output its bytes; by the workers. */
#include "os/os.h"
#include "site/feeds.h"
#include "site/headers.h"
#include "site/publish.h"
#include "site/structured.h"
#include "site/view.h"

#include <errno.h>

typedef struct Render {
  Site *site;
  Publication *publication; /* NULL: only check */
  const size_t *which;      /* NULL: all outputs */
  size_t count;
} Render;

static Str template_name(const Output *output) {
  if (output->kind == OUTPUT_404) return STR("404.html");
  if (output->kind == OUTPUT_REDIRECT) return STR("redirect.html");
  if (str_equal(output->page->kind, STR("handouts")) && output->page->generated) return STR("handouts.html");
  if (output->page->taxonomy) return STR("taxonomy.html");
  if (output->page->term) return STR("term.html");
  if (output->page->file->role != FILE_SECTION) return STR("page.html");
  return output->page->parent ? STR("section.html") : STR("home.html");
}

static bool render_page(const Site *site, const Output *output, Worker *worker, Str *bytes, OutputSight *sight) {
  Str name = template_name(output);
  const Template *template = theme_template(site->theme, name);
  if (!template) return false; /* reported once, before the workers started */
  View *view = view_new(site, output->page, worker->scratch);
  Buf html = buf_new(worker->scratch, PAGE_OUTPUT_MOST);
  TemplateRun run = {.variables = view_variables(view),
                     .scratch = worker->scratch,
                     .diags = worker->diags,
                     .memo = worker->own,
                     .edition = view->language};
  bool good = template_run(template, &run, &html);
  if (sight) *sight = view->sight;
  if (!good) return false;
  if (html.over) {
    DIAG(worker->diags, PAGE_TOO_LARGE, ((Span){output->page->path, STR_NONE, 0}),
         str_format(worker->scratch, "%d", PAGE_OUTPUT_MOST));
    return false;
  }
  *bytes = buf_str(&html);
  return true;
}

static bool copy_file(const Output *output, Worker *worker, Str *bytes) {
  int error = os_read_file(worker->scratch, output->source, ASSET_MOST, bytes);
  Span whole = {output->source, STR_NONE, 0};
  if (error == EFBIG) {
    Str size = str_format(worker->scratch, "%llu", (unsigned long long)os_stat(output->source).size);
    DIAG(worker->diags, FILE_TOO_LARGE, whole, size, str_format(worker->scratch, "%d", ASSET_MOST));
  } else if (error) {
    DIAG(worker->diags, FILE_READ, whole, os_error_text(error));
  }
  return error == 0;
}

/* An author may have put files of their own into content/assets/. */
static Str make_headers(const Site *site, Arena *arena) {
  bool foreign = false;
  for (size_t i = 0; i < site->files.count; i++)
    foreign = foreign || str_starts(site->files.items[i].output, STR("assets/"));
  return headers_file(arena, site->settings.base_path, !foreign);
}

bool site_make_output(const Site *site, const Output *output, Worker *worker, Str *bytes, OutputSight *sight) {
  switch (output->kind) {
    case OUTPUT_PAGE:
    case OUTPUT_404:
    case OUTPUT_REDIRECT: return render_page(site, output, worker, bytes, sight);
    case OUTPUT_COPY: return copy_file(output, worker, bytes);
    case OUTPUT_BYTES: *bytes = output->source; return true;
    case OUTPUT_SITEMAP: *bytes = feeds_sitemap(site, worker->scratch, output->number); break;
    case OUTPUT_FEED: *bytes = feeds_atom(site, worker->scratch, (size_t)output->number); break;
    case OUTPUT_ROBOTS: *bytes = feeds_robots(site, worker->scratch); break;
    case OUTPUT_HEADERS: *bytes = make_headers(site, worker->scratch); break;
  }
  return bytes->len > 0;
}

static void start(void *context, Worker *worker) {
  const Render *render = context;
  worker->own = view_memo(render->site);
}

static size_t output_of(const Render *render, size_t item) {
  return render->which ? render->which[item] : item;
}

static void work(void *context, Worker *worker, size_t item) {
  Render *render = context;
  Output *output = &render->site->outputs[output_of(render, item)];
  Str bytes = {"", 0};
  /* Kept apart until it is sure that the output had all that it asked for. */
  DiagList said = diag_list_new(worker->scratch);
  diag_begin_item(&said);
  Worker own = *worker;
  own.diags = &said;
  output->state = OUTPUT_FAILED;
  output->rendered = output->kind != OUTPUT_COPY && output->kind != OUTPUT_BYTES;
  bool made = site_make_output(render->site, output, &own, &bytes, &output->sight);
  if (output->sight.slim) return;
  diag_copy(worker->diags, &said);
  output->reported = said.count || said.dropped;
  if (made && render->publication) publish_output(render->publication, output, bytes, worker);
}

static Span place_of(const Output *output) {
  return output->page && output->page->path.len ? (Span){output->page->path, STR_NONE, 0} : output->origin;
}

static void lost(void *context, size_t item, WorkerLoss loss, Str signal) {
  Render *render = context;
  site_report_loss(render->site->diags, place_of(&render->site->outputs[output_of(render, item)]), loss, signal);
}

static void progress(void *context, size_t done) {
  const Render *render = context;
  const BuildOptions *options = render->site->options;
  options->progress(options->progress_context, STR("writing"), done, render->count);
}

static bool needs_template(const Site *site, Str name) {
  bool always = str_equal(name, STR("home.html")) || str_equal(name, STR("section.html")) ||
                str_equal(name, STR("page.html")) || str_equal(name, STR("404.html"));
  for (size_t i = 0; !always && i < site->output_count; i++) {
    OutputKind kind = site->outputs[i].kind;
    if ((kind == OUTPUT_PAGE || kind == OUTPUT_REDIRECT) && str_equal(template_name(&site->outputs[i]), name))
      return true;
  }
  return always;
}

/* The templates that this site needs and the theme lacks. */
static void check_templates(Site *site) {
  static const char *const names[] = {"home.html",     "section.html",  "page.html", "404.html",
                                      "redirect.html", "taxonomy.html", "term.html"};
  for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
    Str name = str_from_c(names[i]);
    bool missing = !theme_template(site->theme, name) && needs_template(site, name);
    if (missing && !diag_has_errors(site->diags, false))
      DIAG(site->diags, TEMPLATE_MISSING, ((Span){STR(""), STR_NONE, 0}), theme_name(site->theme), name);
  }
}

void site_prepare(Site *site) {
  if (!site->theme || !site->output_count) return;
  check_templates(site);
  structured_share(site);
}

void site_render_some(Site *site, Publication *publication, const size_t *which, size_t count) {
  if (!site->theme || !count) return;
  Render render = {site, publication, which, count};
  WorkersRun run = {.count = count,
                    .start = start,
                    .work = work,
                    .lost = lost,
                    .progress = site->options->progress ? progress : NULL,
                    .context = &render,
                    .seconds_an_item = SECONDS_A_PAGE};
  if (workers_run(site->workers, &run, site->diags)) return;
  DIAG(site->diags, WORKERS_FAILED, ((Span){STR(""), STR_NONE, 0}));
}

void site_render(Site *site, Publication *publication) {
  site_render_some(site, publication, NULL, site->output_count);
}
