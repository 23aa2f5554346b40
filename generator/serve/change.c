#include "serve/change.h"

#include "os/os.h"

typedef enum Change { CHANGE_NOTHING, CHANGE_PAGE, CHANGE_THEME, CHANGE_ALL } Change;

/* "content/a.md" below "content" is "a.md"; false: it is somewhere else. */
static bool is_below(Str path, Str folder, Str *rest) {
  if (!str_starts(path, folder) || path.len <= folder.len + 1 || path.s[folder.len] != '/') return false;
  *rest = str_skip(path, folder.len + 1);
  return true;
}

/* Files of editors and of content/files.c's list that no site is made of. */
static bool is_left_out(Str path) {
  while (path.len) {
    Str part;
    str_cut(path, '/', &part, &path);
    if (str_starts(part, STR(".")) || str_starts(part, STR("#"))) return true;
    if (str_ends(part, STR("~")) || str_ends(part, STR(".swp")) || str_ends(part, STR(".swx"))) return true;
  }
  return false;
}

/* Something was said about it, so it matters that it has gone: a link, a name that is no text. */
static bool is_reported(const DiagList *diags, Str path) {
  for (const Diag *diag = diags->first; diag; diag = diag->next)
    if (str_equal(diag->span.path, path)) return true;
  return false;
}

/* Editors make files for a moment and rename or remove them: who comes later than that finds nothing. Data files are
 * not in the table of files. */
static bool was_passing(const Model *model, Str path, Str below) {
  static const char *const data[] = {".yaml", ".yml", ".json", ".csv", NULL};
  for (size_t i = 0; data[i]; i++)
    if (str_ends(below, str_from_c(data[i]))) return false;
  if (files_find(&model->read.files, below) || os_stat(path).kind != OS_NOTHING) return false;
  return !is_reported(&model->data_diags, path);
}

/* Texts that other pages include. */
static bool is_shared(Str below) {
  while (below.len) {
    Str part;
    bool folder = str_cut(below, '/', &part, &below);
    if (str_starts(part, STR("_")) && (folder || !str_starts(part, STR("_index.")))) return true;
  }
  return false;
}

static Change content_change(const Model *model, Str path, Str below, size_t *page) {
  if (is_left_out(below)) return CHANGE_NOTHING;
  if (is_shared(below)) return CHANGE_ALL;
  if (model_find_page(model, below, page)) return CHANGE_PAGE;
  return was_passing(model, path, below) ? CHANGE_NOTHING : CHANGE_ALL;
}

/* "clinic/templates/page.html". What pages are made with, words and icons, is in the other folders. */
static Change theme_change(Str below) {
  Str name;
  Str rest;
  if (is_left_out(below)) return CHANGE_NOTHING;
  str_cut(below, '/', &name, &rest);
  bool late = str_starts(rest, STR("templates/")) || str_starts(rest, STR("assets/"));
  return late ? CHANGE_THEME : CHANGE_ALL;
}

static Change change_of(const Model *model, Str path, size_t *page) {
  Str below;
  if (is_below(path, model->read.files.root, &below)) return content_change(model, path, below, page);
  for (size_t i = 0; i < model->options.theme_root_count; i++)
    if (is_below(path, model->options.theme_roots[i], &below)) return theme_change(below);
  if (is_below(path, model->options.out, &below)) return CHANGE_ALL; /* PDFs that pages link */
  return CHANGE_NOTHING;
}

static void add_page(ChangePlan *plan, size_t page) {
  for (size_t i = 0; i < plan->page_count; i++)
    if (plan->pages[i] == page) return;
  plan->pages[plan->page_count++] = page;
}

ChangePlan change_plan(Arena *arena, const Model *model, Str paths) {
  ChangePlan plan = {.pages = ARENA_ARRAY(arena, size_t, model->read.page_count + 1)};
  while (paths.len && !plan.all) {
    Str path;
    size_t page = 0;
    str_cut(paths, '\0', &path, &paths);
    switch (change_of(model, path, &page)) {
      case CHANGE_NOTHING: break;
      case CHANGE_PAGE: add_page(&plan, page); break;
      case CHANGE_THEME: plan.theme = true; break;
      case CHANGE_ALL: plan.all = true; break;
    }
  }
  return plan;
}
