#include "serve/model.h"

#include "os/os.h"
#include "site/downloads.h"
#include "site/reading.h"
#include "site/sheet.h"

#include <string.h>

/* Address space for connecting and for what all pages share: 2 KB a page, and pages are at most some 100,000. */
#define SHOWN_BYTES ((size_t)4 << 30)
/* A model grows by what is read again. Small sites get so much before they are read anew, large ones their own size. */
#define GROWTH_LEAST ((size_t)256 << 20)

static void read_all(Model *model) {
  Site *site = &model->read;
  site->diags = &model->data_diags;
  model->data_failed = !site_is_there(site);
  if (model->data_failed) return;
  site_read_data(site);
  model->data_failed = diag_has_errors(&model->data_diags, false);
  site->diags = &model->theme_diags;
  site_load_theme(site);
  site->diags = &model->data_diags;
  if (!site_scan(site)) return;
  model->right = ARENA_ARRAY(model->arena, Page, site->page_count);
  model->has_right = ARENA_ARRAY(model->arena, bool, site->page_count);
  if (!site_load_pages(site, NULL, site->page_count)) {
    DIAG(&model->data_diags, WORKERS_FAILED, ((Span){STR(""), STR_NONE, 0}));
    return;
  }
  model->usable = site->theme != NULL;
}

/* So far; workers keep what they read in their own arenas, which grow alike. */
static size_t used(const Model *model) {
  return workers_used(model->workers);
}

Model *model_open(const BuildOptions *options) {
  Workers *workers = workers_open(options->jobs);
  if (!workers) return NULL;
  Model *model = ARENA_NEW(workers_arena(workers), Model);
  model->options = *options;
  model->workers = workers;
  model->arena = workers_arena(workers);
  model->data_diags = diag_list_new(model->arena);
  model->theme_diags = diag_list_new(model->arena);
  model->read = (Site){.options = &model->options, .workers = workers, .arena = model->arena};
  model->shown_arena = arena_reserve(SHOWN_BYTES);
  model->shown_diags = diag_list_new(&model->shown_arena);
  read_all(model);
  if (model->usable) model_show(model);
  model->first_use = used(model);
  return model;
}

void model_close(Model *model) {
  if (!model) return;
  Workers *workers = model->workers;
  site_reading_close(&model->read);
  theme_release(model->read.theme);
  arena_release(&model->shown_arena);
  workers_close(workers);
}

bool model_is_full(const Model *model) {
  size_t more = used(model) - model->first_use;
  return more > GROWTH_LEAST && more > model->first_use;
}

/* --- reading again --- */

static bool takes_part_in_others(const Model *model, const Page *page, Str path) {
  if (page->file->role != FILE_SECTION) return false;
  if (value_is_defined(value_get(page->meta, STR("cascade")))) return true;
  /* It may be new in the file: then the word stands there. */
  Arena scratch = arena_reserve(PAGE_FILE_MOST + 4096);
  Str text;
  Str shown = files_shown(&scratch, &model->read.files, path);
  bool found = os_read_file(&scratch, shown, PAGE_FILE_MOST, &text) || str_find(text, STR("cascade")) != STR_NONE;
  arena_release(&scratch);
  return found;
}

bool model_find_page(const Model *model, Str path, size_t *page) {
  const Site *site = &model->read;
  const ContentFile *file = files_find(&site->files, path);
  if (!file || file->role == FILE_ASSET) return false;
  char shown[OS_PATH_MOST];
  if (site->files.root.len + path.len + 2 > sizeof shown) return false;
  memcpy(shown, site->files.root.s, site->files.root.len);
  shown[site->files.root.len] = '/';
  memcpy(shown + site->files.root.len + 1, path.s, path.len);
  if (os_stat(str_from(shown, site->files.root.len + 1 + path.len)).kind != OS_FILE) return false;
  *page = file->page;
  return !takes_part_in_others(model, &site->pages[file->page], path);
}

bool model_read_pages(Model *model, const size_t *pages, size_t count) {
  model->read.diags = &model->data_diags;
  return site_load_pages(&model->read, pages, count);
}

void model_read_theme(Model *model) {
  Site *site = &model->read;
  Theme *before = site->theme;
  model->theme_diags = diag_list_new(model->arena);
  site->diags = &model->theme_diags;
  site_load_theme(site);
  /* Mistakes in templates are found when they are parsed. */
  if (site->theme) theme_template(site->theme, STR("page.html"));
  if (site->theme && !diag_has_errors(&model->theme_diags, false)) {
    theme_release(before);
    return;
  }
  theme_release(site->theme);
  site->theme = before;
}

/* --- showing --- */

/* The page of a report, or STR_NONE. */
static size_t page_of(const Model *model, const Diag *diag) {
  const ContentFiles *files = &model->read.files;
  size_t skipped = files->root.len + 1;
  if (!str_starts(diag->span.path, files->root) || diag->span.path.len < skipped) return STR_NONE;
  const ContentFile *file = files_find(files, str_skip(diag->span.path, skipped));
  return file && file->role != FILE_ASSET ? file->page : STR_NONE;
}

static bool is_wrong_by_itself(const Model *model, size_t page) {
  return diag_has_errors(&model->read.page_diags[page], false);
}

/* Connects a copy of what was read. `held`: pages shown as they were when they were last right; NULL: none. */
static void connect(Model *model, const bool *held) {
  const Site *read = &model->read;
  Site *shown = &model->shown;
  *shown = *read;
  shown->arena = &model->shown_arena;
  shown->diags = &model->shown_diags;
  shown->pages = ARENA_ARRAY(shown->arena, Page, shown->page_count);
  for (size_t i = 0; i < shown->page_count; i++) {
    bool hold = held && held[i] && model->has_right[i];
    shown->pages[i] = hold ? model->right[i] : read->pages[i];
  }
  site_connect(shown);
}

/* Pages that are wrong by themselves, and those that turned out so among the others: links to places that are not
 * there. True: any of them was right before and is another text now. */
static bool find_wrong(const Model *model, bool *wrong) {
  bool any = false;
  for (size_t i = 0; i < model->read.page_count; i++)
    wrong[i] = model->read.pages[i].broken || is_wrong_by_itself(model, i);
  for (const Diag *diag = model->shown_diags.first; diag; diag = diag->next) {
    size_t page = diag_message(diag->id)->severity == SEVERITY_ERROR ? page_of(model, diag) : STR_NONE;
    if (page != STR_NONE) wrong[page] = true;
  }
  for (size_t i = 0; i < model->read.page_count && !any; i++)
    any = wrong[i] && model->has_right[i] && model->right[i].doc.html.s != model->read.pages[i].doc.html.s;
  return any;
}

static void remember_right(Model *model, const bool *wrong) {
  for (size_t i = 0; i < model->read.page_count; i++) {
    if (wrong[i]) continue;
    model->right[i] = model->read.pages[i];
    model->has_right[i] = true;
  }
}

/* The workers write what they find, so it has to be where they can. */
static void find_downloads(Model *model) {
  model->shown.arena = model->arena;
  site_find_downloads(&model->shown);
  model->shown.arena = &model->shown_arena;
}

void model_show(Model *model) {
  arena_rewind(&model->shown_arena, (ArenaMark){model->shown_arena.begin});
  model->shown_diags = diag_list_new(&model->shown_arena);
  connect(model, NULL);
  bool *wrong = ARENA_ARRAY(&model->shown_arena, bool, model->read.page_count);
  model->holds = find_wrong(model, wrong);
  remember_right(model, wrong);
  if (model->holds) {
    /* The messages are of the latest texts, what is shown is not. */
    DiagList said = model->shown_diags;
    model->shown_diags = diag_list_new(&model->shown_arena);
    connect(model, wrong);
    model->shown_diags = said;
  }
  site_prepare(&model->shown);
  sheets_prepare(&model->shown);
  find_downloads(model);
  model->outputs = map_new(&model->shown_arena, model->shown.output_count);
  for (size_t i = 0; i < model->shown.output_count; i++)
    *map_place(&model->outputs, model->shown.outputs[i].path, NULL) = i;
}

static bool pdfs_hold(Model *model, size_t page) {
  model->shown.arena = model->arena;
  bool hold = site_downloads_hold(&model->shown, &model->shown.pages[page]);
  model->shown.arena = &model->shown_arena;
  return hold;
}

bool model_show_text(Model *model, size_t page) {
  const Page *fresh = &model->read.pages[page];
  if (!model->usable || model->holds || !model->has_right[page] || is_wrong_by_itself(model, page)) return false;
  if (!site_take_text(&model->shown, page, fresh) || !pdfs_hold(model, page)) return false;
  model->right[page] = *fresh;
  return true;
}

void model_add_messages(const Model *model, DiagList *diags) {
  diag_copy(diags, &model->data_diags);
  diag_copy(diags, &model->theme_diags);
  for (size_t i = 0; i < model->read.page_count; i++) diag_copy(diags, &model->read.page_diags[i]);
  diag_copy(diags, &model->shown_diags);
}

const Output *model_find_output(const Model *model, Str path) {
  if (!model->usable) return NULL;
  size_t found = map_find(&model->outputs, path);
  return found == STR_NONE ? NULL : &model->shown.outputs[found];
}
