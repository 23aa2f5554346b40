/* Step 1: everything that is read. Settings, theme and the table of files by the parent, pages by the workers. */
#include "site/site.h"

#include "check/literals.h"
#include "check/made_up.h"
#include "check/parity.h"
#include "content/clinic.h"
#include "content/cascade.h"
#include "content/data_texts.h"
#include "content/dates.h"
#include "content/snippets.h"
#include "os/os.h"
#include "os/process.h"
#include "schema/about.h"
#include "schema/hours.h"
#include "site/reading.h"
#include "site/rebuild.h"
#include "theme/language.h"

#include <string.h>

static Value words_of(void *context, Str lang) {
  const Theme *theme = context;
  return theme ? theme_words(theme, lang) : (Value){0};
}

typedef struct Load {
  Site *site;
  PageLoader loader;
  const size_t *which; /* NULL: all pages */
  size_t count;
} Load;

static void start(void *context, Worker *worker) {
  (void)context;
  (void)worker;
  markdown_start();
}

/* The page of an item of the run. */
static size_t page_of(const Load *load, size_t item) {
  return load->which ? load->which[item] : item;
}

static void load_page(void *context, Worker *worker, size_t item) {
  Load *load = context;
  size_t page = page_of(load, item);
  DiagList *diags = &load->site->page_diags[page];
  *diags = diag_list_new(worker->shared);
  diag_begin_item(diags);
  PageMemory memory = {worker->shared, worker->scratch, diags};
  page_load(&load->loader, load->site->page_files[page], &memory, &load->site->pages[page]);
  if (load->site->rebuild) rebuild_keep_page(load->site, &memory, &load->site->pages[page], diags);
}

/* What needs a page's text, while it is at hand. */
static void look_at_page(void *context, const PageMemory *memory, const MarkdownText *text, Page *page) {
  Site *site = context;
  page->about = about_read(memory, page);
  const Literals *literals = site->literals[page->file->language];
  literals_check_value(literals, text, value_get(page->meta, STR("title")), memory->diags);
  literals_check_value(literals, text, value_get(page->meta, STR("description")), memory->diags);
  literals_check(literals, text, &page->doc, memory->diags);
  site_reading_page(site, memory, text, page);
}

static bool share_literals(Site *site) {
  bool any = false;
  site->literals = ARENA_ARRAY(site->arena, const Literals *, site->settings.language_count);
  for (size_t i = 0; i < site->settings.language_count; i++) {
    site->literals[i] = literals_new(site->arena, site->data[i].facts, site->settings.languages[i]);
    any = any || site->literals[i];
  }
  return any;
}

static void lost_page(void *context, size_t item, WorkerLoss loss, Str signal) {
  Load *load = context;
  Site *site = load->site;
  size_t index = page_of(load, item);
  Page *page = &site->pages[index];
  *page = (Page){.file = site->page_files[index], .broken = true, .kind = STR("page")};
  page->path = files_shown(site->arena, &site->files, page->file->path);
  page->meta = value_map(site->arena, 0);
  site->page_diags[index] = diag_list_new(site->arena);
  site_report_loss(&site->page_diags[index], (Span){page->path, STR_NONE, 0}, loss, signal);
}

static void progress(void *context, size_t done) {
  const Load *load = context;
  const BuildOptions *options = load->site->options;
  if (options->progress) options->progress(options->progress_context, STR("reading"), done, load->count);
}

static PageLoader page_loader(Site *site) {
  return (PageLoader){
      .files = &site->files,
      .settings = &site->settings,
      .data = site->data,
      .keys = site->keys,
      .cascades = site->cascades,
      .glossary = &site->glossary,
      .snippets = site->snippets,
      .phones = site->phones,
      .icons = site->theme ? theme_icons(site->theme) : (Value){0},
      .words = words_of,
      .words_context = site->theme,
      .inspect = site->settings.language_count > 1 ? parity_read : NULL,
      .blocks = site->literals_wanted || site_reading_wanted(site),
      .look = look_at_page,
      .look_context = site,
  };
}

static bool run_load(Load *load, void (*work)(void *context, Worker *worker, size_t item)) {
  WorkersRun run = {.count = load->count,
                    .start = start,
                    .work = work,
                    .lost = lost_page,
                    .progress = load->site->options->progress ? progress : NULL,
                    .context = load,
                    .seconds_an_item = SECONDS_A_PAGE};
  return workers_run(load->site->workers, &run, load->site->diags);
}

bool site_load_pages(Site *site, const size_t *which, size_t count) {
  Load load = {.site = site, .loader = page_loader(site), .which = which, .count = count};
  if (site->rebuild) load.loader.known = rebuild_know_page;
  load.loader.known_context = site;
  return run_load(&load, load_page);
}

/* What is wrong in the page was said when it was loaded, and that was nothing. */
static void load_text(void *context, Worker *worker, size_t item) {
  Load *load = context;
  size_t index = page_of(load, item);
  DiagList unheard = diag_list_new(worker->scratch);
  PageMemory memory = {worker->shared, worker->scratch, &unheard};
  Page page;
  page_load(&load->loader, load->site->page_files[index], &memory, &page);
  load->site->pages[index].doc = page.doc;
  load->site->pages[index].slim = false;
}

bool site_load_texts(Site *site, const size_t *which, size_t count) {
  Load load = {.site = site, .loader = page_loader(site), .which = which, .count = count};
  load.loader.known = rebuild_see_page;
  load.loader.known_context = site;
  return run_load(&load, load_text);
}

typedef struct Measure {
  Reading *reading;
  ReadingFigures *figures;
} Measure;

static void measure(void *context, const PageMemory *memory, const MarkdownText *text, Page *page) {
  const Measure *wanted = context;
  (void)text;
  *wanted->figures = reading_page(wanted->reading, memory->arena, &page->doc, page->file->lang).figures;
}

void site_measure_page(Site *site, size_t index, Reading *reading, Worker *worker, ReadingFigures *figures) {
  Measure wanted = {reading, figures};
  DiagList unheard = diag_list_new(worker->shared);
  PageMemory memory = {worker->shared, worker->scratch, &unheard};
  PageLoader loader = page_loader(site);
  loader.inspect = NULL;
  loader.blocks = true;
  loader.look = measure;
  loader.look_context = &wanted;
  *figures = (ReadingFigures){0};
  Page page;
  page_load(&loader, site->page_files[index], &memory, &page);
}

static void load_theme(Site *site) {
  ThemeOptions options = {
      .name = site->settings.theme,
      .roots = site->options->theme_roots,
      .root_count = site->options->theme_root_count,
      .settings = site->settings.theme_settings,
      .settings_span = {site->settings.path, STR_NONE, 0},
      .base_path = site->settings.base_path,
      .minify = site->settings.theme_minify,
  };
  site->theme = theme_load(site->arena, &options, site->diags);
  if (site->theme) {
    theme_check_languages(site->theme, value_get(site->settings.raw, STR("languages")), site->settings.path);
    theme_check_site(site->theme, options.roots[0]);
  }
  if (site->reading) site_reading_add_filters(site);
}

static Value raw_site(Site *site, const SiteWords *words) {
  Value raw = value_map(site->arena, 4);
  value_put(raw, "title", value_str(words->title));
  value_put(raw, "description", value_str(words->description));
  value_put(raw, "base_url", value_str(site->settings.base_url));
  return raw;
}

static void share_glossary(Site *site) {
  const SiteSettings *settings = &site->settings;
  for (size_t i = 0; i < settings->language_count; i++) {
    PageData *data = &site->data[i];
    Value names = value_map(site->arena, 3);
    value_put(names, "clinic", data->clinic);
    value_put(names, "facts", data->facts);
    value_put(names, "site", data->site);
    MarkdownFill fill = {.arena = site->arena,
                         .scratch = site->arena,
                         .diags = site->diags,
                         .data = names,
                         .path = site->glossary.path,
                         .file = site->glossary.text};
    data->glossary = glossary_in_language(site->arena, &site->glossary, settings, i, site->diags);
    data->terms = terms_new(site->arena, glossary_fill(&fill, data->glossary), settings->languages[i]);
  }
}

/* Once a language, so that no page pays for it. */
static void share_data(Site *site) {
  const SiteSettings *settings = &site->settings;
  site->data = ARENA_ARRAY(site->arena, PageData, settings->language_count);
  for (size_t i = 0; i < settings->language_count; i++)
    site->data[i] = (PageData){
        .clinic = settings_in_language(site->arena, settings, site->clinic, i),
        .facts = settings_in_language(site->arena, settings, site->facts, i),
        .site = raw_site(site, &settings->words[i]),
        .name = language_name(site->arena, settings->languages[i]),
        .dir = language_dir(settings->languages[i]),
        .rtl = str_equal(language_dir(settings->languages[i]), STR("rtl")),
    };
  share_glossary(site);
  site->clinic = site->data[0].clinic;
  site->facts = site->data[0].facts;
}

static void make_room_for_pages(Site *site) {
  const ContentFiles *files = &site->files;
  site->page_count = files->page_count;
  site->pages = ARENA_ARRAY(site->arena, Page, site->page_count);
  site->page_diags = ARENA_ARRAY(site->arena, DiagList, site->page_count);
  site->page_files = ARENA_ARRAY(site->arena, const ContentFile *, site->page_count);
  for (size_t i = 0; i < files->count; i++)
    if (files->items[i].role != FILE_ASSET) site->page_files[files->items[i].page] = &files->items[i];
}

static Str content_folder(const Site *site) {
  if (str_equal(site->options->source, STR("."))) return STR("content");
  return STR_CONCAT(site->arena, site->options->source, STR("/content"));
}

static void read_data(Site *site) {
  SettingsFiles files = {.arena = site->arena,
                         .content = content_folder(site),
                         .base_url = site->options->base_url,
                         .theme = site->options->theme,
                         .diags = site->diags};
  site->today = date_from_seconds(site->arena, site->options->now);
  settings_read(&files, &site->settings); /* what is wrong is reported; the pages are checked all the same */
  if (!site->settings.lang.len) site->settings.lang = STR("en");
  bool clinic_is_known = clinic_read(&files, &site->clinic);
  facts_read(&files, &site->facts);
  made_up_check(site->clinic, &site->settings, STR_CONCAT(site->arena, files.content, STR("/clinic.yaml")),
                site->diags);
  glossary_read(&files, &site->settings, &site->glossary);
  settings_check_languages(&files, &site->settings, STR("clinic.yaml"), site->clinic);
  settings_check_languages(&files, &site->settings, STR("facts.yaml"), site->facts);
  Str clinic = STR_CONCAT(site->arena, files.content, STR("/clinic.yaml"));
  hours_read(&(HoursFile){site->arena, clinic, site->today, site->diags}, site->clinic);
  /* Themes say on every page whose it is. */
  Value title = value_get(site->settings.raw, STR("title"));
  if (!value_is_defined(value_get(site->clinic, STR("name"))))
    value_put(site->clinic, "name", value_is_defined(title) ? title : value_str(site->settings.title));
  if (clinic_is_known) site->phones = clinic_phones(site->arena, site->clinic); /* else all would be unknown */
  data_texts_check_phones(&(DataTexts){site->settings.path, site->arena, site->diags}, site->phones,
                          value_get(site->settings.raw, STR("disclaimer")));
  data_texts_check_phones(&(DataTexts){site->glossary.path, site->arena, site->diags}, site->phones,
                          site->glossary.entries);
  share_data(site);
}

enum { STATUS_SYSTEM = 3 }; /* cli/cli.h */

/* A worker that takes too long is ended by this process; this one can only end itself. */
static void in_time(Site *site, const char *what, void (*read)(Site *site)) {
  Str words = str_format(
      site->arena,
      "error: reading %s of %.*s took more than %d seconds\nhint: look for very long or deeply nested text\n", what,
      STR_ARG(site->options->source), MILLISECONDS_OF_DATA / 1000);
  os_end_after_cpu(MILLISECONDS_OF_DATA / 1000.0, words, STATUS_SYSTEM);
  read(site);
  os_end_after_cpu(0, words, 0);
}

void site_read_data(Site *site) {
  in_time(site, "content/*.yaml", read_data);
}

void site_load_theme(Site *site) {
  in_time(site, "the theme", load_theme);
}

bool site_scan(Site *site) {
  if (!files_scan(site->arena, content_folder(site), &site->settings, site->diags, &site->files)) return false;
  make_room_for_pages(site);
  site->snippets = snippets_read(site->arena, &site->files, &site->settings, site->diags);
  site->keys = front_matter_keys(site->arena, &site->settings);
  PageLoader loader = page_loader(site);
  site->cascades = cascades_read(site->arena, &loader);
  site->literals_wanted = share_literals(site);
  site_reading_open(site);
  return true;
}

bool site_is_there(Site *site) {
  if (os_stat(content_folder(site)).kind != OS_NOTHING) return true;
  DIAG(site->diags, NO_SITE, ((Span){content_folder(site), STR_NONE, 0}));
  return false;
}

bool site_load(Site *site) {
  if (!site_is_there(site)) return false;
  site_read_data(site);
  site_load_theme(site);
  if (!site_scan(site)) return false;
  rebuild_open(site);
  bool good = site_load_pages(site, NULL, site->page_count);
  for (size_t i = 0; i < site->page_count; i++) diag_merge(site->diags, &site->page_diags[i]);
  if (good) return true;
  DIAG(site->diags, WORKERS_FAILED, ((Span){STR(""), STR_NONE, 0}));
  return false;
}
