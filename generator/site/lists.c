#include "site/lists.h"

#include "base/utf8.h"
#include "site/feeds.h"
#include "site/terms.h"
#include "theme/collation.h"

#include <stdlib.h>

/* --- terms --- */

static Value term_value(View *view, const Term *term) {
  Value map = value_map(view->arena, 8);
  value_put(map, "title", value_str(term->title));
  value_put(map, "url", value_str(term->page->file->url));
  value_put(map, "description", value_str(term->page->description));
  value_put(map, "count", value_int((int64_t)term->page_count));
  value_put(map, "text_attributes", view_language_attributes(view, term->text_language));
  value_put(map, "current", value_bool(view->page->term == term));
  return map;
}

static Value taxonomy_value(View *view, const TermList *list) {
  Value map = value_map(view->arena, 5);
  value_put(map, "name", value_str(list->taxonomy->name));
  value_put(map, "title", value_str(list->title));
  value_put(map, "url", value_str(list->page->file->url));
  value_put(map, "text_attributes", view_text_attributes(view, list->page));
  return map;
}

Value lists_page_taxonomies(View *view, const Page *page) {
  Value taxonomies = value_list(view->arena, 3);
  const TermList *list = NULL;
  Value terms = {0};
  for (size_t i = 0; i < page->term_count; i++) {
    const Term *term = page->terms[i].term;
    if (term->list != list) {
      list = term->list;
      terms = value_list(view->arena, 4);
      Value taxonomy = taxonomy_value(view, list);
      value_put(taxonomy, "terms", terms);
      value_push(taxonomies, taxonomy);
    }
    value_push(terms, term_value(view, term));
  }
  return taxonomies;
}

Value lists_site_taxonomies(View *view) {
  const Site *site = view->site;
  Value taxonomies = value_list(view->arena, 3);
  for (size_t i = 0; i < site->settings.taxonomies.count; i++) {
    const TermList *list = site_term_list(site, i, view->language);
    if (list->page) value_push(taxonomies, taxonomy_value(view, list));
  }
  return taxonomies;
}

/* Something to be put in the order of the language. */
typedef struct Sorted {
  const void *item;
  Str key;
  Str path; /* where titles are the same */
  Str title;
} Sorted;

static int compare_sorted(const void *left, const void *right) {
  const Sorted *a = left;
  const Sorted *b = right;
  int order = str_compare(a->key, b->key);
  return order ? order : str_compare(a->path, b->path);
}

Value lists_terms(View *view, const Page *page) {
  const TermList *list = page->taxonomy;
  size_t count = list ? list->count : 0;
  Value terms = value_list(view->arena, count);
  if (count == 0) return terms;
  Sorted *sorted = ARENA_ARRAY(view->arena, Sorted, count);
  Collation *collation = collation_open(view->arena, view->lang);
  for (size_t i = 0; i < count; i++) {
    const Term *term = list->terms[i];
    sorted[i] = (Sorted){term, collation_key(collation, term->title), term->slug, term->title};
  }
  collation_close(collation);
  qsort(sorted, count, sizeof *sorted, compare_sorted);
  for (size_t i = 0; i < count; i++) value_push(terms, term_value(view, sorted[i].item));
  return terms;
}

Value lists_term(View *view, const Page *page) {
  const Term *term = page->term;
  if (!term) return (Value){0};
  Value map = term_value(view, term);
  Value pages = value_list(view->arena, term->page_count);
  for (size_t i = 0; i < term->page_count; i++)
    if (term->pages[i] != page) value_push(pages, view_page(view, term->pages[i]));
  value_put(map, "taxonomy", taxonomy_value(view, term->list));
  value_put(map, "pages", pages);
  return map;
}

Value lists_related(View *view, const Page *page) {
  const Page *related[RELATED_MOST];
  size_t count = site_related(view->arena, page, related);
  Value pages = value_list(view->arena, count);
  for (size_t i = 0; i < count; i++) value_push(pages, view_page(view, related[i]));
  return pages;
}

/* --- from A to Z --- */

static bool has_list(const Page *page, Str name) {
  return str_equal(value_text(value_get(page->meta, STR("list"))), name);
}

/* Pages of the language that somebody may look for: not the home page, not lists. */
static size_t collect_titles(View *view, Collation *collation, Sorted *sorted) {
  const Site *site = view->site;
  size_t count = 0;
  for (size_t i = 0; i < site->page_count + site->fallback_count; i++) {
    const Page *page = site_shown_page(site, i);
    bool listed = site_has_page(site, page) && page->file->language == view->language && page->parent;
    if (!listed || value_is_defined(value_get(page->meta, STR("list"))) || page->taxonomy) continue;
    Str title = value_text(value_get(page->meta, STR("sort_as")));
    if (!title.len) title = page->title;
    sorted[count++] = (Sorted){page, collation_key(collation, title), page->file->path, title};
  }
  qsort(sorted, count, sizeof *sorted, compare_sorted);
  return count;
}

static Value new_letter(View *view, Str letter) {
  Value pages = value_list(view->arena, 4);
  Value map = value_map(view->arena, 3);
  Str slug = utf8_slug(view->arena, letter);
  value_put(map, "letter", value_str(letter));
  value_put(map, "id", value_str(STR_CONCAT(view->arena, STR("letter-"), slug.len ? slug : STR("0"))));
  value_put(map, "pages", pages);
  return map;
}

/* What stands under one letter stands together, also where digits come before it and other scripts behind. */
static Value place_of_letter(View *view, Value letters, Str letter) {
  for (size_t i = value_count(letters); i > 0; i--)
    if (str_equal(value_text(value_get(value_at(letters, i - 1), STR("letter"))), letter))
      return value_at(letters, i - 1);
  Value added = new_letter(view, letter);
  value_push(letters, added);
  return added;
}

Value lists_index(View *view, const Page *page) {
  Value letters = value_list(view->arena, 32);
  if (!has_list(page, STR("a-z"))) return letters;
  const Site *site = view->site;
  Sorted *sorted = ARENA_ARRAY(view->arena, Sorted, site->page_count + site->fallback_count);
  Collation *collation = collation_open(view->arena, view->lang);
  size_t count = collect_titles(view, collation, sorted);
  for (size_t i = 0; i < count; i++) {
    Value letter = place_of_letter(view, letters, collation_letter(collation, sorted[i].title));
    value_push(value_get(letter, STR("pages")), view_page(view, sorted[i].item));
  }
  collation_close(collation);
  return letters;
}

/* --- what is new --- */

/* Why it stands there: the date that site_page_changed() goes by. */
static Value what_changed(const Page *page) {
  if (value_is_defined(value_get(page->meta, STR("updated")))) return value_c("updated");
  return value_is_defined(value_get(page->meta, STR("reviewed"))) ? value_c("reviewed") : value_c("new");
}

/* The home page and lists change with what they list. */
static bool is_news(const Page *page) {
  return page->parent && !value_is_defined(value_get(page->meta, STR("list")));
}

Value lists_changes(View *view, const Page *page) {
  Value changes = value_list(view->arena, 16);
  if (!has_list(page, STR("new"))) return changes;
  const Page *pages[FEED_MOST];
  size_t count = feeds_newest(view->site, view->language, is_news, pages);
  for (size_t i = 0; i < count; i++) {
    Value change = value_map(view->arena, 3);
    value_put(change, "page", view_page(view, pages[i]));
    value_put(change, "date", value_str(site_page_changed(pages[i])));
    value_put(change, "what", what_changed(pages[i]));
    value_push(changes, change);
  }
  return changes;
}
