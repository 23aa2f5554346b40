/* Step 2: what a page has to do with the others: sections, order, translations, link targets. The only step that sees
 * all pages; none of it costs more than a sort. */
#include "site/site.h"
#include "site/sets.h"
#include "site/structured.h"
#include "site/terms.h"

#include "check/governance.h"
#include "check/parity.h"

#include <stdlib.h>
#include <string.h>

bool site_may_compare(Site *site, size_t names) {
  enum { MOST = 200000 }; /* long names that are nearly the same take 6 µs each */
  if (site->compared >= MOST) return false;
  site->compared += names;
  return true;
}

Str site_nearest_page(Site *site, Str path) {
  if (!site_may_compare(site, site->page_count)) return (Str){"", 0};
  Str *paths = ARENA_ARRAY(site->arena, Str, site->page_count + 1);
  for (size_t i = 0; i < site->page_count; i++) paths[i] = site->page_files[i]->path;
  return str_nearest(path, paths, site->page_count);
}

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

size_t site_shown_count(const Site *site) {
  return site->page_count + site->fallback_count + site->generated_count;
}

Page *site_shown_page(const Site *site, size_t index) {
  if (index < site->page_count) return &site->pages[index];
  index -= site->page_count;
  return index < site->fallback_count ? &site->fallbacks[index] : &site->generated[index - site->fallback_count];
}

const Page *site_page_in(const Page *page, size_t language) {
  for (size_t i = 0; i < page->translation_count; i++)
    if (page->translations[i]->file->language == language) return page->translations[i];
  return page;
}

bool site_is_translated(const Page *page) {
  size_t texts = 0;
  for (size_t i = 0; i < page->translation_count; i++) texts += page->translations[i]->original == NULL;
  return texts > 1;
}

/* The page in site.yaml's first language whose text stands in for this one, which is a draft. */
static const Page *stand_in(const Site *site, const ContentFile *file) {
  if (!site->settings.fallback || file->language == 0 || !file->versions || !file->versions[0]) return NULL;
  const Page *original = &site->pages[file->versions[0]->page];
  return site_has_page(site, original) ? original : NULL;
}

static void add_fallback(Site *site, const ContentFile *file, const Page *original) {
  Page *page = &site->fallbacks[site->fallback_count++];
  *page = *original;
  page->file = file;
  page->original = original;
}

/* A fallback is its original at another address: text and data are shared, only its place among the pages is its own.
 * A translation that is still a draft gets one too. */
static void make_fallbacks(Site *site) {
  if (!site->settings.fallback || site->settings.language_count < 2) return;
  site->fallbacks = ARENA_ARRAY(site->arena, Page, site->files.fallback_count + site->page_count);
  for (size_t i = 0; i < site->files.fallback_count; i++) {
    const ContentFile *file = &site->files.fallbacks[i];
    const Page *original = &site->pages[file->page];
    if (site_has_page(site, original)) add_fallback(site, file, original);
  }
  for (size_t i = 0; i < site->page_count; i++) {
    const Page *page = &site->pages[i];
    const Page *original = page->draft && !site_has_page(site, page) ? stand_in(site, page->file) : NULL;
    if (original) add_fallback(site, page->file, original);
  }
}

/* "car-t/after" -> "car-t"; "car-t/_index" -> "" (the section's own parent); "" and "_index" have none. */
static bool parent_folder(Str *folder) {
  size_t slash = str_find_last_byte(*folder, '/');
  if (slash == STR_NONE) return false;
  *folder = str_slice(*folder, 0, slash);
  return true;
}

/* The nearest section above, in the page's language. */
static Page *find_parent(const Site *site, const Map *sections, const Page *page) {
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
      if (found != STR_NONE) return site_shown_page(site, found);
    }
    if (top) return NULL;
  }
}

static Map collect_sections(Site *site) {
  Map sections = map_new(site->arena, 64);
  for (size_t i = 0; i < site_shown_count(site); i++) {
    Page *page = site_shown_page(site, i);
    if (page->file->role != FILE_SECTION || !site_has_page(site, page)) continue;
    Str folder = page->file->name;
    if (!parent_folder(&folder)) folder = (Str){"", 0};
    *map_place(&sections, STR_CONCAT(site->arena, page->file->lang, STR(":"), folder), NULL) = i;
    if (folder.len == 0) site->homes[page->file->language] = page;
  }
  return sections;
}

static bool is_below(const Page *page, Str folder) {
  Str name = page->file->name;
  return name.len > folder.len && str_starts(name, folder) && name.s[folder.len] == '/';
}

/* The first page in the folder of a section that is published; files are in order of their paths. */
static const Page *find_published(const Site *site, size_t section, Str folder) {
  size_t i = section;
  while (i > 0 && is_below(&site->pages[i - 1], folder)) i--;
  for (; i < site->page_count && is_below(&site->pages[i], folder); i++) {
    bool same = site->pages[i].file->language == site->pages[section].file->language;
    if (same && site_has_page(site, &site->pages[i])) return &site->pages[i];
  }
  return NULL;
}

/* Who makes a draft of a section may think that all of it is one. */
static void check_draft_sections(Site *site) {
  for (size_t i = 0; i < site->page_count; i++) {
    const Page *section = &site->pages[i];
    bool draft = section->draft && !section->broken && !site_has_page(site, section);
    Str folder = section->file->name;
    if (!draft || section->file->role != FILE_SECTION || !parent_folder(&folder)) continue;
    const Page *page = find_published(site, i, folder);
    Span span = page_span(section, STR("draft"), value_get(section->meta, STR("draft")));
    if (page) DIAG(site->diags, DRAFT_SECTION, span, page->path);
  }
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
  size_t most = site->page_count + site->fallback_count;
  Page **all = ARENA_ARRAY(site->arena, Page *, most);
  size_t count = 0;
  for (size_t i = 0; i < most; i++) {
    Page *page = site_shown_page(site, i);
    if (site_has_page(site, page) && page->parent) all[count++] = page;
  }
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
static void order_by_language(Page **pages, size_t count) {
  for (size_t i = 1; i < count; i++) {
    Page *page = pages[i];
    size_t rank = page->file->language;
    size_t at = i;
    for (; at > 0 && pages[at - 1]->file->language > rank; at--) pages[at] = pages[at - 1];
    pages[at] = page;
  }
}

static void find_translations(Site *site) {
  if (site->settings.language_count < 2) return;
  size_t most = site_shown_count(site);
  Page **all = ARENA_ARRAY(site->arena, Page *, most);
  size_t count = 0;
  for (size_t i = 0; i < most; i++)
    if (site_has_page(site, site_shown_page(site, i))) all[count++] = site_shown_page(site, i);
  qsort(all, count, sizeof *all, compare_translations);
  for (size_t begin = 0, end; begin < count; begin = end) {
    for (end = begin + 1; end < count && str_equal(all[end]->file->name, all[begin]->file->name);) end++;
    if (end - begin < 2) continue;
    order_by_language(&all[begin], end - begin);
    for (size_t i = begin; i < end; i++) {
      all[i]->translations = &all[begin];
      all[i]->translation_count = end - begin;
    }
  }
}

static Str nearest_anchor(Site *site, const Page *page, Str id) {
  if (!site_may_compare(site, page->doc.anchor_count)) return (Str){"", 0};
  return str_nearest(id, page->doc.anchors, page->doc.anchor_count);
}

static void check_links(Site *site, const Page *page) {
  for (size_t i = 0; i < page->link_count; i++) {
    const PageLink *link = &page->links[i];
    const Page *target = &site->pages[link->page];
    if (target->broken) continue; /* reported where it is broken */
    bool left_out = target->draft && !site->options->drafts && !page->draft;
    if (left_out && stand_in(site, target->file)) continue; /* that address shows another text */
    if (!left_out && (!link->fragment.len || markdown_has_anchor(&target->doc, link->fragment))) continue;
    if (left_out)
      DIAG(site->diags, LINK_DRAFT, link->span, target->path);
    else
      DIAG(site->diags, LINK_ANCHOR, link->span, target->path, link->fragment,
           nearest_anchor(site, target, link->fragment));
    pieces_note(link->use, site->diags);
  }
}

static void check_translations(Site *site, const Page *pages, size_t count) {
  size_t languages = site->settings.language_count;
  if (languages < 2) return;
  NumberCustom *customs = ARENA_ARRAY(site->arena, NumberCustom, languages);
  for (size_t i = 0; i < languages; i++) customs[i] = parity_custom(site->settings.languages[i]);
  Arena scratch = arena_reserve(PARITY_SCRATCH);
  ParityCheck check = {.scratch = &scratch, .diags = site->diags, .customs = customs};
  for (size_t i = 0; i < count; i++)
    if (site_has_page(site, &pages[i])) parity_check(&check, &pages[i]);
  arena_release(&scratch);
}

/* A text that was withdrawn lives on in its translations, where its numbers are compared with nothing. */
static void check_original(Site *site, const Page *page) {
  const ContentFile *file = page->file;
  if (file->language == 0 || !file->versions || !file->versions[0] || page->draft) return;
  const Page *original = &site->pages[file->versions[0]->page];
  if (original->draft && !original->broken && !site_has_page(site, original))
    DIAG(site->diags, DRAFT_ORIGINAL, ((Span){page->path, STR_NONE, 0}), original->path);
}

static void check_alone(Site *site, const Page *page) {
  check_original(site, page);
  check_links(site, page);
  governance_check(page, &site->settings, site->today, site->diags);
}

void site_check_page(Site *site, const Page *page) {
  check_alone(site, page);
  check_translations(site, page, 1);
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
  site->not_found = page;
}

static bool has_errors(const Site *site) {
  bool any = diag_has_errors(site->diags, false);
  for (size_t i = 0; i < site->page_count && !any; i++) any = diag_has_errors(&site->page_diags[i], false);
  return any;
}

void site_connect(Site *site) {
  site->compared = 0;
  make_not_found(site);
  site->homes = ARENA_ARRAY(site->arena, Page *, site->settings.language_count + 1);
  make_fallbacks(site);
  site_make_terms(site);
  Map sections = collect_sections(site);
  for (size_t i = 0; i < site_shown_count(site); i++) {
    Page *page = site_shown_page(site, i);
    if (!site_has_page(site, page)) continue;
    page->parent = find_parent(site, &sections, page);
    if (page->original || page->generated) continue; /* there is no text, or it is checked where it is written */
    check_alone(site, page);
  }
  check_draft_sections(site);
  if (!site->homes[0] && !has_errors(site)) DIAG(site->diags, HOME_MISSING, ((Span){site->files.root, STR_NONE, 0}));
  order_pages(site);
  find_translations(site);
  check_translations(site, site->pages, site->page_count);
  structured_find_questions(site);
  structured_find_services(site);
  site_make_menu(site);
  site_make_sets(site);
  site_list_outputs(site);
}
