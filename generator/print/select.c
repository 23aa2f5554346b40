/* Which handouts the command line means. */
#include "print/print.h"

#include <stdlib.h>

static void add(PrintResult *result, Sheet sheet) {
  for (size_t i = 0; i < result->count; i++)
    if (str_equal(result->items[i].sheet.pdf, sheet.pdf)) return; /* named twice */
  result->items[result->count++] = (PrintItem){.sheet = sheet};
}

static bool has_language(const PrintOptions *options, const Sheet *sheet) {
  return !options->lang.len || str_equal(options->lang, sheet->lang);
}

Str print_plain_name(Str word) {
  if (str_starts(word, STR("./"))) word = str_skip(word, 2);
  if (str_starts(word, STR("content/"))) word = str_skip(word, 8);
  while (str_starts(word, STR("/"))) word = str_skip(word, 1);
  while (str_ends(word, STR("/"))) word.len--;
  if (str_ends(word, STR(".md"))) word.len -= 3;
  if (str_ends(word, STR("/_index"))) word.len -= 7;
  return word.len && !str_equal(word, STR("_index")) ? word : STR("home");
}

/* By its name in all languages, by its file or its address in one. */
static bool is_named(const Sheet *sheet, Str name) {
  if (str_equal(sheet->id, name)) return true;
  if (sheet->kind != SHEET_PAGE) return false;
  return str_equal(print_plain_name(sheet->page->file->path), name) ||
         str_equal(print_plain_name(sheet->page->file->url), name);
}

typedef struct Nameable {
  Sheet *sheets;
  size_t count;
} Nameable;

typedef enum Found { FOUND_NOTHING, FOUND_OTHER_LANGUAGE, FOUND } Found;

static Found add_named(const PrintOptions *options, const Nameable *all, Str name, PrintResult *result) {
  Found found = FOUND_NOTHING;
  for (size_t i = 0; i < all->count; i++) {
    const Sheet *sheet = &all->sheets[i];
    if (!is_named(sheet, name)) continue;
    if (found == FOUND_NOTHING) found = FOUND_OTHER_LANGUAGE;
    if (!has_language(options, sheet)) continue;
    add(result, *sheet);
    found = FOUND;
  }
  return found;
}

/* The handouts, and every page that is none. */
static Nameable nameable(Site *site, const PrintOptions *options) {
  size_t handouts;
  Sheet *listed = sheets_list(site, site->arena, options->sheet, &handouts);
  Nameable all = {ARENA_ARRAY(site->arena, Sheet, handouts + site->page_count + 1), handouts};
  memcpy(all.sheets, listed, handouts * sizeof *listed);
  for (size_t i = 0; i < site->page_count; i++) {
    const Page *page = &site->pages[i];
    if (site_has_page(site, page) && !page_is_handout(page->kind, page->meta))
      all.sheets[all.count++] = sheet_of_page(site->arena, page, options->sheet);
  }
  return all;
}

static Str nearest_name(Arena *arena, const Nameable *all, Str name) {
  Str *names = ARENA_ARRAY(arena, Str, all->count + 1);
  for (size_t i = 0; i < all->count; i++) names[i] = all->sheets[i].id;
  return str_nearest(name, names, all->count);
}

static bool select_named(Site *site, const PrintOptions *options, DiagList *diags, PrintResult *result) {
  bool good = true;
  Nameable all = nameable(site, options);
  result->items = ARENA_ARRAY(site->arena, PrintItem, all.count + 1);
  for (size_t i = 0; i < options->word_count; i++) {
    Span word = {options->words[i], STR_NONE, 0};
    Str name = print_plain_name(word.path);
    Found found = add_named(options, &all, name, result);
    if (found == FOUND_NOTHING) DIAG(diags, PRINT_PAGE, word, nearest_name(site->arena, &all, name));
    if (found == FOUND_OTHER_LANGUAGE) DIAG(diags, PRINT_LANGUAGE, word, options->lang);
    good = good && found == FOUND;
  }
  return good;
}

static int compare(const void *left, const void *right) {
  return str_compare(((const PrintItem *)left)->sheet.pdf, ((const PrintItem *)right)->sheet.pdf);
}

bool print_select(Site *site, const PrintOptions *options, DiagList *diags, PrintResult *result) {
  bool good = true;
  if (options->which == PRINT_NAMED) {
    good = select_named(site, options, diags, result);
  } else {
    size_t count;
    Sheet *sheets = sheets_list(site, site->arena, options->sheet, &count);
    result->items = ARENA_ARRAY(site->arena, PrintItem, count + 1);
    for (size_t i = 0; i < count; i++)
      if (has_language(options, &sheets[i])) add(result, sheets[i]);
  }
  qsort(result->items, result->count, sizeof *result->items, compare);
  return good;
}
