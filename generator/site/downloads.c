#include "site/downloads.h"

#include "os/os.h"
#include "site/sets.h"

#include <string.h>

typedef struct Check {
  Site *site;
  const Sheet **sheets; /* that have PDFs */
  SheetText *texts;     /* what they say now; hash 0 when they could not be rendered */
} Check;

static Str sheet_key(Arena *arena, SheetKind kind, Str id, Str lang) {
  return str_format(arena, "%d|%.*s|%.*s", (int)kind, STR_ARG(lang), STR_ARG(id));
}

static void check_sheet(void *context, Worker *worker, size_t item) {
  Check *check = context;
  DiagList own = diag_list_new(worker->scratch); /* mistakes of the template are reported where pages are rendered */
  SheetText text;
  if (!sheet_render(check->site, check->sheets[item], worker->scratch, &own, &text)) return;
  check->texts[item].text_hash[0] = text.text_hash[0];
  check->texts[item].text_hash[1] = text.text_hash[1];
}

static void lost_sheet(void *context, size_t item, WorkerLoss loss, Str signal) {
  const Check *check = context;
  Str path = check->sheets[item]->page ? check->sheets[item]->page->path : check->site->settings.path;
  site_report_loss(check->site->diags, (Span){path, STR_NONE, 0}, loss, signal);
}

static bool is_on_disk(const Site *site, const Handout *handout) {
  OsStat there = os_stat(STR_CONCAT(site->arena, site->options->out, STR("/"), handout->pdf));
  return there.kind == OS_FILE && there.size == handout->bytes;
}

/* Keeps the PDFs whose sheet says today what it said when they were made. */
static void keep_present(Site *site, Handouts *printed, const Map *sheets, const Check *check) {
  size_t kept = 0;
  for (size_t i = 0; i < printed->count; i++) {
    const Handout *handout = &printed->items[i];
    size_t at = map_find(sheets, sheet_key(site->arena, handout->kind, handout->id, handout->lang));
    if (at == STR_NONE || !is_on_disk(site, handout)) continue;
    const uint64_t *now = check->texts[at].text_hash;
    if (now[0] == handout->text_hash[0] && now[1] == handout->text_hash[1]) printed->items[kept++] = *handout;
  }
  printed->count = kept;
}

static void find_present(Site *site, Handouts *printed) {
  size_t count;
  Sheet *all = sheets_list(site, site->arena, (SheetOptions){PAPER_A4, false}, &count);
  Map wanted = map_new(site->arena, printed->count);
  for (size_t i = 0; i < printed->count; i++) {
    const Handout *handout = &printed->items[i];
    *map_place(&wanted, sheet_key(site->arena, handout->kind, handout->id, handout->lang), NULL) = i;
  }
  Check check = {.site = site,
                 .sheets = ARENA_ARRAY(site->arena, const Sheet *, count + 1),
                 .texts = ARENA_ARRAY(site->arena, SheetText, count + 1)};
  Map sheets = map_new(site->arena, count);
  size_t found = 0;
  for (size_t i = 0; i < count; i++) {
    Str key = sheet_key(site->arena, all[i].kind, all[i].id, all[i].lang);
    if (map_find(&wanted, key) == STR_NONE) continue;
    *map_place(&sheets, key, NULL) = found;
    check.sheets[found++] = &all[i];
  }
  WorkersRun run = {
      .count = found, .work = check_sheet, .lost = lost_sheet, .context = &check, .seconds_an_item = SECONDS_A_PAGE};
  if (found && !workers_run(site->workers, &run, site->diags))
    DIAG(site->diags, WORKERS_FAILED, ((Span){STR(""), STR_NONE, 0}));
  keep_present(site, printed, &sheets, &check);
}

/* --- the page that lists them --- */

static Page *make_page(Site *site, size_t language) {
  const SiteSettings *settings = &site->settings;
  Str lang = settings->languages[language];
  Str folder = language ? STR_CONCAT(site->arena, lang, STR("/handouts/")) : STR("handouts/");
  Str url = STR_CONCAT(site->arena, settings->base_path, url_encode(site->arena, folder));
  if (files_find_url(&site->files, url)) return NULL;
  ContentFile *file = ARENA_NEW(site->arena, ContentFile);
  *file = (ContentFile){.path = STR("handouts.md"),
                        .name = STR("handouts"),
                        .url = url,
                        .output = STR_CONCAT(site->arena, folder, STR("index.html")),
                        .lang = lang,
                        .language = language,
                        .role = FILE_PAGE,
                        .page = STR_NONE};
  Page *page = ARENA_NEW(site->arena, Page);
  *page = (Page){.file = file,
                 .meta = value_map(site->arena, 0),
                 .title = value_text(value_get(theme_words(site->theme, lang), STR("handouts_title"))),
                 .kind = STR("handouts"),
                 .parent = site->homes[language],
                 .generated = true};
  return page;
}

static void add_pages(Site *site, Downloads *downloads) {
  if (!theme_template(site->theme, STR("handouts.html"))) return;
  size_t languages = site->settings.language_count;
  Output *outputs = ARENA_ARRAY(site->arena, Output, site->output_count + languages);
  for (size_t i = 0; i < site->output_count; i++) outputs[i] = site->outputs[i];
  site->outputs = outputs;
  for (size_t i = 0; i < languages; i++) {
    if (!site->homes[i]) continue;
    Page *page = make_page(site, i);
    downloads->pages[i] = page;
    if (!page) continue;
    Span origin = {site->settings.path, STR_NONE, 0};
    outputs[site->output_count++] =
        (Output){.path = page->file->output, .kind = OUTPUT_PAGE, .page = page, .origin = origin};
  }
}

void site_find_downloads(Site *site) {
  if (!site->theme || !site->output_count || !site->options->out.len) return;
  Downloads *downloads = ARENA_NEW(site->arena, Downloads);
  *downloads = (Downloads){.pages = ARENA_ARRAY(site->arena, Page *, site->settings.language_count + 1)};
  handouts_read(site->arena, site->options->out, site->diags, &downloads->printed);
  if (!downloads->printed.count) return;
  find_present(site, &downloads->printed);
  if (!downloads->printed.count) return;
  site->downloads = downloads;
  add_pages(site, downloads);
}

/* --- after an edit --- */

static bool is_about(const Sheet *sheet, const Page *page) {
  if (sheet->page == page) return true;
  for (size_t i = 0; sheet->set && i < sheet->set->part_count; i++)
    if (sheet->set->parts[i] == page) return true;
  return false;
}

static void keep_about(const Site *site, const Page *page, Handouts *printed) {
  size_t count;
  Sheet *all = sheets_list(site, site->arena, (SheetOptions){PAPER_A4, false}, &count);
  Map wanted = map_new(site->arena, 16);
  for (size_t i = 0; i < count; i++)
    if (is_about(&all[i], page)) map_place(&wanted, sheet_key(site->arena, all[i].kind, all[i].id, all[i].lang), NULL);
  size_t kept = 0;
  for (size_t i = 0; i < printed->count; i++) {
    const Handout *handout = &printed->items[i];
    Str key = sheet_key(site->arena, handout->kind, handout->id, handout->lang);
    if (map_find(&wanted, key) != STR_NONE) printed->items[kept++] = *handout;
  }
  printed->count = kept;
}

bool site_downloads_hold(Site *site, const Page *page) {
  Handouts printed = {0};
  DiagList unheard = diag_list_new(site->arena); /* they were reported when the site was connected */
  if (!site->theme || !site->output_count || !site->options->out.len) return true;
  handouts_read(site->arena, site->options->out, &unheard, &printed);
  if (page && printed.count) keep_about(site, page, &printed);
  if (!printed.count) return page || !site->downloads;
  size_t count = printed.count;
  Handout *about = ARENA_ARRAY(site->arena, Handout, count);
  memcpy(about, printed.items, count * sizeof *about);
  find_present(site, &printed);
  for (size_t i = 0; i < count; i++) {
    bool linked = site->downloads && handouts_find(&site->downloads->printed, about[i].pdf);
    if (linked != (handouts_find(&printed, about[i].pdf) != NULL)) return false;
  }
  return true;
}

/* --- what templates see --- */

static Value file_value(const View *view, const Handout *handout) {
  const Site *site = view->site;
  Value file = value_map(view->arena, 8);
  Str url = STR_CONCAT(view->arena, site->settings.base_path, url_encode(view->arena, handout->pdf));
  size_t language = settings_language_index(&site->settings, handout->lang);
  value_put(file, "url", value_str(url));
  value_put(file, "title", value_str(handout->title));
  value_put(file, "lang", value_str(handout->lang));
  value_put(file, "language", value_str(site->data[language].name));
  value_put(file, "dir", value_str(site->data[language].dir));
  value_put(file, "paper", value_c(handout->options.paper == PAPER_LETTER ? "Letter" : "A4"));
  value_put(file, "large_print", value_bool(handout->options.large_print));
  value_put(file, "kind", value_c(handouts_kind_name(handout->kind)));
  value_put(file, "pages", value_int((int64_t)handout->pages));
  value_put(file, "kilobytes", value_int((int64_t)(handout->bytes + 999) / 1000));
  return file;
}

Value downloads_of_page(View *view, const Page *page) {
  Value list = value_list(view->arena, 4);
  const Downloads *downloads = view->site->downloads;
  if (!downloads || page->generated || page == view->site->not_found) return list;
  const Page *text = page->original ? page->original : page;
  Sheet sheet = sheet_of_page(view->arena, text, (SheetOptions){PAPER_A4, false});
  for (size_t i = 0; i < 4; i++) {
    Sheet other = sheet_of_page(view->arena, text, (SheetOptions){i & 1 ? PAPER_LETTER : PAPER_A4, i >= 2});
    const Handout *handout = handouts_find(&downloads->printed, other.pdf);
    if (handout && handout->kind == SHEET_PAGE && str_equal(handout->id, sheet.id))
      value_push(list, file_value(view, handout));
  }
  return list;
}

/* By language, the View's own first. */
Value downloads_all(View *view) {
  const Site *site = view->site;
  Value all = value_list(view->arena, site->settings.language_count);
  if (!site->downloads) return all;
  for (size_t i = 0; i < site->settings.language_count; i++) {
    size_t language = i == 0 ? view->language : i <= view->language ? i - 1 : i;
    const Handouts *printed = &site->downloads->printed;
    Value files = value_list(view->arena, printed->count);
    for (size_t k = 0; k < printed->count; k++)
      if (str_equal(printed->items[k].lang, site->settings.languages[language]))
        value_push(files, file_value(view, &printed->items[k]));
    if (!value_count(files)) continue;
    Value group = value_map(view->arena, 4);
    value_put(group, "lang", value_str(site->settings.languages[language]));
    value_put(group, "dir", value_str(site->data[language].dir));
    value_put(group, "language", value_str(site->data[language].name));
    value_put(group, "files", files);
    value_push(all, group);
  }
  return all;
}

Value downloads_url(const View *view) {
  const Downloads *downloads = view->site->downloads;
  const Page *page = downloads ? downloads->pages[view->language] : NULL;
  return page ? value_str(page->file->url) : (Value){0};
}
