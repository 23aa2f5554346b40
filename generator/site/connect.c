/* Step 2: what a page has to do with the others: sections, order, translations, link targets. The only step that sees
 * all pages; none of it costs more than a sort. */
#include "site/site.h"

#include "content/shape.h"

#include <stdlib.h>
#include <string.h>

bool site_has_page(const Site *site, const Page *page) {
  return !page->broken && (!page->draft || site->options->drafts);
}

Str site_page_changed(const Page *page) {
  static const char *const keys[] = {"updated", "reviewed", "date"};
  for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
    Str date = value_text(value_get(page->meta, str_from_c(keys[i])));
    if (date.len) return date;
  }
  return (Str){"", 0};
}

bool site_page_is_clinical(const Page *page) {
  static const char *const kinds[] = {"treatment", "condition", "procedure", "faq"};
  for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
    if (str_equal(page->kind, str_from_c(kinds[i]))) return true;
  return false;
}

size_t site_language_index(const Site *site, Str lang) {
  for (size_t i = 0; i < site->settings.language_count; i++)
    if (str_equal(site->settings.languages[i], lang)) return i;
  return 0;
}

/* "car-t/after" -> "car-t"; "car-t/_index" -> "" (the section's own parent); "" and "_index" have none. */
static bool parent_folder(Str *folder) {
  size_t slash = str_find_last_byte(*folder, '/');
  if (slash == STR_NONE) return false;
  *folder = str_slice(*folder, 0, slash);
  return true;
}

/* The nearest section above, in the page's language. */
static Page *find_parent(Site *site, const Map *sections, const Page *page) {
  Str name = page->file->name;
  char key[4096 + 64];
  bool own_section = page->file->role == FILE_SECTION;
  for (;;) {
    bool top = !parent_folder(&name);
    if (own_section) { /* "car-t/_index" stands for its folder: its parent is one up */
      own_section = false;
      if (top) return NULL;
      continue;
    }
    Str folder = top ? (Str){"", 0} : name;
    if (folder.len + page->file->lang.len + 1 < sizeof key) {
      memcpy(key, page->file->lang.s, page->file->lang.len);
      key[page->file->lang.len] = ':';
      if (folder.len) memcpy(key + page->file->lang.len + 1, folder.s, folder.len);
      size_t found = map_find(sections, str_from(key, page->file->lang.len + 1 + folder.len));
      if (found != STR_NONE) return &site->pages[found];
    }
    if (top) return NULL;
  }
}

static Map collect_sections(Site *site) {
  Map sections = map_new(site->arena, 64);
  for (size_t i = 0; i < site->page_count; i++) {
    Page *page = &site->pages[i];
    if (page->file->role != FILE_SECTION || !site_has_page(site, page)) continue;
    Str folder = page->file->name;
    if (!parent_folder(&folder)) folder = (Str){"", 0};
    *map_place(&sections, STR_CONCAT(site->arena, page->file->lang, STR(":"), folder), NULL) = i;
    if (folder.len == 0) site->homes[site_language_index(site, page->file->lang)] = page;
  }
  return sections;
}

static int compare_siblings(const void *left, const void *right) {
  const Page *a = *(Page *const *)left;
  const Page *b = *(Page *const *)right;
  if (a->parent != b->parent) return a->parent < b->parent ? -1 : 1;
  if (a->weight != b->weight) return a->weight < b->weight ? -1 : 1;
  int order = str_compare(a->title, b->title);
  return order ? order : str_compare(a->file->path, b->file->path);
}

/* Children of a section are a run of the pages sorted by parent. */
static void order_pages(Site *site) {
  Page **all = ARENA_ARRAY(site->arena, Page *, site->page_count);
  size_t count = 0;
  for (size_t i = 0; i < site->page_count; i++)
    if (site_has_page(site, &site->pages[i]) && site->pages[i].parent) all[count++] = &site->pages[i];
  qsort(all, count, sizeof *all, compare_siblings);
  for (size_t i = 0; i < count; i++) {
    Page *page = all[i];
    Page *parent = page->parent;
    bool first = i == 0 || all[i - 1]->parent != parent;
    bool last = i + 1 == count || all[i + 1]->parent != parent;
    if (first) parent->children = &all[i];
    parent->child_count++;
    /* Reading order: a section, then what is in it. The home page is no chapter before the others. */
    if (!first)
      page->prev = all[i - 1];
    else if (parent->parent)
      page->prev = parent;
    if (!last) page->next = all[i + 1];
    if (first && parent->parent) parent->next = page;
  }
}

static int compare_translations(const void *left, const void *right) {
  const Page *a = *(Page *const *)left;
  const Page *b = *(Page *const *)right;
  int order = str_compare(a->file->name, b->file->name);
  return order ? order : str_compare(a->file->path, b->file->path);
}

/* A page has few translations: sorted by insertion. */
static void order_by_language(const Site *site, Page **pages, size_t count) {
  for (size_t i = 1; i < count; i++) {
    Page *page = pages[i];
    size_t rank = site_language_index(site, page->file->lang);
    size_t at = i;
    for (; at > 0 && site_language_index(site, pages[at - 1]->file->lang) > rank; at--) pages[at] = pages[at - 1];
    pages[at] = page;
  }
}

static void find_translations(Site *site) {
  if (site->settings.language_count < 2) return;
  Page **all = ARENA_ARRAY(site->arena, Page *, site->page_count);
  size_t count = 0;
  for (size_t i = 0; i < site->page_count; i++)
    if (site_has_page(site, &site->pages[i])) all[count++] = &site->pages[i];
  qsort(all, count, sizeof *all, compare_translations);
  for (size_t begin = 0, end; begin < count; begin = end) {
    for (end = begin + 1; end < count && str_equal(all[end]->file->name, all[begin]->file->name);) end++;
    if (end - begin < 2) continue;
    order_by_language(site, &all[begin], end - begin);
    for (size_t i = begin; i < end; i++) {
      all[i]->translations = &all[begin];
      all[i]->translation_count = end - begin;
    }
  }
}

static bool has_anchor(const Page *page, Str id) {
  for (size_t i = 0; i < value_count(page->doc.anchors); i++)
    if (str_equal(value_text(value_at(page->doc.anchors, i)), id)) return true;
  return false;
}

static Str nearest_anchor(Site *site, const Page *page, Str id) {
  size_t count = value_count(page->doc.anchors);
  Str *ids = ARENA_ARRAY(site->arena, Str, count + 1);
  for (size_t i = 0; i < count; i++) ids[i] = value_text(value_at(page->doc.anchors, i));
  return str_nearest(id, ids, count);
}

static void check_links(Site *site, const Page *page) {
  for (size_t i = 0; i < page->link_count; i++) {
    const PageLink *link = &page->links[i];
    const Page *target = &site->pages[link->page];
    if (target->broken) continue; /* reported where it is broken */
    bool left_out = target->draft && !site->options->drafts && !page->draft;
    if (left_out)
      DIAG(site->diags, LINK_DRAFT, link->span, target->path);
    else if (link->fragment.len && !has_anchor(target, link->fragment))
      DIAG(site->diags, LINK_ANCHOR, link->span, target->path, link->fragment,
           nearest_anchor(site, target, link->fragment));
  }
}

static void check_reviews(Site *site, const Page *page) {
  Value due = value_get(page->meta, STR("review_due"));
  if (value_is_text(due) && str_compare(due.str, site->today) < 0)
    DIAG(site->diags, REVIEW_OVERDUE, shape_span(page->path, due), due.str);
}

void site_connect(Site *site) {
  site->homes = ARENA_ARRAY(site->arena, Page *, site->settings.language_count + 1);
  Map sections = collect_sections(site);
  for (size_t i = 0; i < site->page_count; i++) {
    Page *page = &site->pages[i];
    if (!site_has_page(site, page)) continue;
    page->parent = find_parent(site, &sections, page);
    check_links(site, page);
    check_reviews(site, page);
  }
  if (!site->homes[0] && !diag_has_errors(site->diags, false))
    DIAG(site->diags, HOME_MISSING, ((Span){site->files.root, STR_NONE, 0}));
  order_pages(site);
  find_translations(site);
  site_make_menu(site);
  site_list_outputs(site);
}
