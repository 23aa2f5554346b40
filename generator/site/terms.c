#include "site/terms.h"

#include "base/utf8.h"
#include "content/shape.h"

#include <stdlib.h>
#include <string.h>

/* A page and a term of it. */
typedef struct Use {
  size_t page; /* of site_shown_page() */
  Term *term;
} Use;

typedef struct Terms {
  Site *site;
  Map known;                   /* by URL: the pages that lists need, as numbers into `places` */
  Map by_slug;                 /* "2/leukemia": list, slug; the index in `all` */
  Map declared[TAXONOMY_MOST]; /* by slug: the entry in `terms` of site.yaml */
  Term **all;
  size_t count;
  size_t capacity;
  Use *uses;
  size_t use_count;
} Terms;

static Str words_text(const Site *site, size_t language, Str key) {
  if (!site->theme) return (Str){"", 0};
  return value_text(value_get(theme_words(site->theme, site->settings.languages[language]), key));
}

static Str in_language(const Site *site, Value text, size_t language) {
  return value_text(settings_in_language(site->arena, &site->settings, text, language));
}

/* "tags" to "Tags", when nobody has said more. */
static Str capitalised(Arena *arena, Str name) {
  char *text = str_to_c(arena, name);
  if (text[0] >= 'a' && text[0] <= 'z') text[0] = (char)(text[0] - 'a' + 'A');
  for (size_t i = 0; i < name.len; i++)
    if (text[i] == '_') text[i] = ' ';
  return str_from(text, name.len);
}

/* `pattern` with the name of the term for {term}. */
static Str with_term(Arena *arena, Str pattern, Str term) {
  size_t at = str_find(pattern, STR("{term}"));
  if (at == STR_NONE) return pattern;
  return STR_CONCAT(arena, str_slice(pattern, 0, at), term, str_skip(pattern, at + STR("{term}").len));
}

static void open_lists(Site *site) {
  const Taxonomies *taxonomies = &site->settings.taxonomies;
  size_t languages = site->settings.language_count;
  site->term_lists = ARENA_ARRAY(site->arena, TermList, taxonomies->count * languages + 1);
  for (size_t i = 0; i < taxonomies->count * languages; i++) {
    const Taxonomy *taxonomy = &taxonomies->items[i / languages];
    TermList *list = &site->term_lists[i];
    *list = (TermList){.taxonomy = taxonomy, .language = i % languages};
    list->title = in_language(site, taxonomy->title, list->language);
    if (!list->title.len)
      list->title = words_text(site, list->language, STR_CONCAT(site->arena, STR("taxonomy_"), taxonomy->name));
    if (!list->title.len) list->title = capitalised(site->arena, taxonomy->name);
    list->description = in_language(site, taxonomy->description, list->language);
    if (!list->description.len)
      list->description = with_term(site->arena, words_text(site, list->language, STR("taxonomy_text")), list->title);
  }
}

const TermList *site_term_list(const Site *site, size_t taxonomy, size_t language) {
  return &site->term_lists[taxonomy * site->settings.language_count + language];
}

/* --- which page has which term --- */

static Str nearest_term(Site *site, Value terms, Str written) {
  size_t count = value_count(terms);
  if (!site_may_compare(site, count)) return (Str){"", 0};
  Str *keys = ARENA_ARRAY(site->arena, Str, count + 1);
  for (size_t i = 0; i < count; i++) keys[i] = terms.map->entries[i].key;
  return str_nearest(written, keys, count);
}

static void report_unknown(Site *site, const Taxonomy *taxonomy, const Page *page, Value written) {
  DIAG(site->diags, TERM_UNKNOWN, page_span(page, taxonomy->name, written), written.str, taxonomy->name,
       nearest_term(site, taxonomy->terms, written.str));
  page_note_origin(page, taxonomy->name, written, site->diags);
}

/* The entry of site.yaml for a slug, or NULL. */
static const ValueEntry *find_declared(const Terms *terms, const TermList *list, Str slug) {
  size_t taxonomy = (size_t)(list->taxonomy - terms->site->settings.taxonomies.items);
  size_t found = map_find(&terms->declared[taxonomy], slug);
  return found == STR_NONE ? NULL : &list->taxonomy->terms.map->entries[found];
}

static Term *new_term(Terms *terms, TermList *list, const Page *page, Value written) {
  Site *site = terms->site;
  const Page *text = page->original ? page->original : page;
  Term *term = ARENA_NEW(site->arena, Term);
  *term = (Term){.list = list, .title = written.str, .text_language = text->file->language};
  term->span = page_span(page, list->taxonomy->name, written);
  return term;
}

/* What site.yaml says of a term, in the language of its list. */
static void declare(const Site *site, Term *term, const ValueEntry *declared) {
  size_t language = term->list->language;
  Str title = in_language(site, value_get(declared->value, STR("title")), language);
  term->title = title.len ? title : declared->key;
  term->text_language = language;
  term->declared = true;
  term->description = in_language(site, value_get(declared->value, STR("description")), language);
}

static void check_spelling(Terms *terms, const Term *term, const Page *page, Value written) {
  if (term->declared || page->original || str_equal(term->title, written.str)) return;
  Str name = term->list->taxonomy->name;
  DIAG(terms->site->diags, TERM_SPELLING, page_span(page, name, written), written.str, term->title, name);
  page_note_origin(page, name, written, terms->site->diags);
}

static Term *find_term(Terms *terms, TermList *list, const Page *page, Value written) {
  Site *site = terms->site;
  const Taxonomy *taxonomy = list->taxonomy;
  Str slug = utf8_slug(site->arena, written.str);
  const ValueEntry *declared = find_declared(terms, list, slug);
  if (!declared && value_is_defined(taxonomy->terms)) {
    if (!page->original) report_unknown(site, taxonomy, page, written);
    return NULL;
  }
  if (!slug.len) {
    DIAG(site->diags, TERM_NAME, page_span(page, taxonomy->name, written), written.str, taxonomy->name);
    return NULL;
  }
  bool added;
  Str number = str_format(site->arena, "%zu/", (size_t)(list - site->term_lists));
  size_t *place = map_place(&terms->by_slug, STR_CONCAT(site->arena, number, slug), &added);
  if (!added) {
    check_spelling(terms, terms->all[*place], page, written);
    return terms->all[*place];
  }
  *place = terms->count;
  Term *term = new_term(terms, list, page, written);
  term->slug = slug;
  if (declared) declare(site, term, declared);
  return terms->all[terms->count++] = term;
}

static bool uses_term(const Terms *terms, size_t first, const Term *term) {
  for (size_t i = first; i < terms->use_count; i++)
    if (terms->uses[i].term == term) return true;
  return false;
}

static void collect_page(Terms *terms, size_t index) {
  Site *site = terms->site;
  Page *page = site_shown_page(site, index);
  if (!site_has_page(site, page)) return;
  size_t first = terms->use_count;
  for (size_t t = 0; t < site->settings.taxonomies.count; t++) {
    TermList *list = &site->term_lists[t * site->settings.language_count + page->file->language];
    Value written = value_get(page->meta, list->taxonomy->name);
    for (size_t i = 0; i < value_count(written); i++) {
      if (!value_is_text(value_at(written, i))) continue;
      Term *term = find_term(terms, list, page, value_at(written, i));
      if (term && !uses_term(terms, first, term)) terms->uses[terms->use_count++] = (Use){index, term};
    }
  }
}

static size_t most_uses(const Site *site) {
  size_t most = 0;
  for (size_t i = 0; i < site->page_count + site->fallback_count; i++)
    for (size_t t = 0; t < site->settings.taxonomies.count; t++)
      most += value_count(value_get(site_shown_page(site, i)->meta, site->settings.taxonomies.items[t].name));
  return most;
}

static int compare_pages(const void *left, const void *right) {
  const Page *a = *(Page *const *)left;
  const Page *b = *(Page *const *)right;
  if (a->weight != b->weight) return a->weight < b->weight ? -1 : 1;
  int order = str_compare(a->title, b->title);
  return order ? order : str_compare(a->file->path, b->file->path);
}

/* Gives each term its pages and each page its terms. */
static void join(Terms *terms) {
  Site *site = terms->site;
  for (size_t i = 0; i < terms->use_count; i++) terms->uses[i].term->page_count++;
  for (size_t i = 0; i < terms->count; i++) {
    Term *term = terms->all[i];
    term->pages = ARENA_ARRAY(site->arena, Page *, term->page_count);
    term->page_count = 0;
  }
  TermUse *all = ARENA_ARRAY(site->arena, TermUse, terms->use_count);
  for (size_t i = 0; i < terms->use_count; i++) {
    Term *term = terms->uses[i].term;
    Page *page = site_shown_page(site, terms->uses[i].page);
    if (!page->terms) page->terms = &all[i];
    all[i].term = term;
    page->term_count++;
    term->pages[term->page_count++] = page;
  }
  for (size_t i = 0; i < terms->count; i++) {
    Term *term = terms->all[i];
    qsort(term->pages, term->page_count, sizeof *term->pages, compare_pages);
    for (size_t k = 0; k < term->page_count; k++)
      for (size_t u = 0; u < term->pages[k]->term_count; u++)
        if (term->pages[k]->terms[u].term == term) ((TermUse *)term->pages[k]->terms)[u].place = k;
  }
}

/* --- the pages that list them --- */

/* What a page made here has in place of a file: the name that a file of the author's would have. */
static ContentFile *make_file(Site *site, const TermList *list, Str slug, FileRole role) {
  Arena *arena = site->arena;
  const SiteSettings *settings = &site->settings;
  ContentFile *file = ARENA_NEW(arena, ContentFile);
  Str lang = settings->languages[list->language];
  Str folder = {"", 0};
  if (list->language) folder = STR_CONCAT(arena, lang, STR("/"));
  folder = STR_CONCAT(arena, folder, list->taxonomy->slug, STR("/"));
  if (slug.len) folder = STR_CONCAT(arena, folder, slug, STR("/"));
  Str name = STR_CONCAT(arena, list->taxonomy->slug, STR("/"), slug.len ? slug : STR("_index"));
  Str ending = list->language ? STR_CONCAT(arena, STR("."), lang, STR(".md")) : STR(".md");
  *file = (ContentFile){.path = STR_CONCAT(arena, name, ending),
                        .name = name,
                        .url = STR_CONCAT(arena, settings->base_path, url_encode(arena, folder)),
                        .output = STR_CONCAT(arena, folder, STR("index.html")),
                        .lang = lang,
                        .language = list->language,
                        .role = role,
                        .page = STR_NONE};
  return file;
}

static Page *make_page(Site *site, const ContentFile *file, Str title, Str description, const char *kind) {
  Page *page = &site->generated[site->generated_count++];
  *page = (Page){.file = file,
                 .meta = value_map(site->arena, 0),
                 .title = title,
                 .description = description,
                 .kind = str_from_c(kind),
                 .weight = INT64_MAX,
                 .generated = true};
  return page;
}

/* The author's own page at that address, if it is where such a page belongs. */
static Page *own_page(const Terms *terms, const ContentFile *file) {
  size_t found = map_find(&terms->known, file->url);
  if (found == STR_NONE) return NULL;
  Page *page = site_shown_page(terms->site, found);
  bool folder = str_find_byte(page->file->name, '/') != STR_NONE;
  bool fits = file->role == FILE_SECTION ? page->file->role == FILE_SECTION : folder;
  return fits ? page : NULL;
}

static void list_taxonomy(Terms *terms, TermList *list) {
  Site *site = terms->site;
  const ContentFile *file = make_file(site, list, (Str){"", 0}, FILE_SECTION);
  list->page = own_page(terms, file);
  if (!list->page) list->page = make_page(site, file, list->title, list->description, "taxonomy");
  list->page->taxonomy = list;
  list->title = list->page->title;
}

/* Where nothing that is listed has been translated, the list is that of the site's own language, shown among these. */
static void stand_in(Terms *terms, Term *term) {
  for (size_t i = 0; i < term->page_count; i++)
    if (!term->pages[i]->original) return;
  if (term->declared || term->text_language == term->list->language) return;
  size_t first = (size_t)(term->list - terms->site->term_lists) - term->list->language;
  TermList *list = &terms->site->term_lists[first];
  for (size_t i = 0; i < list->count; i++)
    if (str_equal(list->terms[i]->slug, term->slug)) term->page->original = list->terms[i]->page;
}

static void list_term(Terms *terms, Term *term) {
  Site *site = terms->site;
  const ContentFile *file = make_file(site, term->list, term->slug, FILE_PAGE);
  if (!term->description.len)
    term->description = with_term(site->arena, words_text(site, term->list->language, STR("term_text")), term->title);
  term->page = own_page(terms, file);
  if (!term->page) {
    static const char *const types[][2] = {{"conditions", "MedicalCondition"}, {"treatments", "MedicalTherapy"}};
    term->page = make_page(site, file, term->title, term->description, "term");
    term->page->about = value_map(site->arena, 2);
    value_put(term->page->about, "type", value_c("Thing"));
    value_put(term->page->about, "name", value_str(term->title));
    for (size_t i = 0; i < sizeof types / sizeof *types; i++)
      if (str_equal(term->list->taxonomy->name, str_from_c(types[i][0])))
        value_put(term->page->about, "type", value_c(types[i][1]));
    stand_in(terms, term);
  }
  term->page->term = term;
}

static void find_own_pages(Terms *terms) {
  Site *site = terms->site;
  terms->known = map_new(site->arena, site->page_count + site->fallback_count);
  for (size_t i = 0; i < site->page_count + site->fallback_count; i++) {
    const Page *page = site_shown_page(site, i);
    if (site_has_page(site, page)) *map_place(&terms->known, page->file->url, NULL) = i;
  }
}

void site_make_terms(Site *site) {
  static const char *const templates[] = {"taxonomy.html", "term.html"};
  site->generated_count = 0;
  open_lists(site);
  /* A theme that stands on its own may have no lists. A site that asks for them is told so later. */
  bool asked = value_is_defined(value_get(site->settings.raw, STR("taxonomies")));
  for (size_t i = 0; site->theme && !asked && i < sizeof templates / sizeof *templates; i++)
    if (!theme_template(site->theme, str_from_c(templates[i]))) return;
  Terms terms = {.site = site};
  terms.capacity = most_uses(site);
  if (terms.capacity == 0) return;
  terms.uses = ARENA_ARRAY(site->arena, Use, terms.capacity);
  terms.all = ARENA_ARRAY(site->arena, Term *, terms.capacity);
  terms.by_slug = map_new(site->arena, 64);
  for (size_t t = 0; t < site->settings.taxonomies.count; t++) {
    Value declared = site->settings.taxonomies.items[t].terms;
    terms.declared[t] = map_new(site->arena, value_count(declared));
    for (size_t i = 0; i < value_count(declared); i++)
      *map_place(&terms.declared[t], utf8_slug(site->arena, declared.map->entries[i].key), NULL) = i;
  }
  for (size_t i = 0; i < site->page_count + site->fallback_count; i++) collect_page(&terms, i);
  join(&terms);
  find_own_pages(&terms);
  size_t lists = site->settings.taxonomies.count * site->settings.language_count;
  site->generated = ARENA_ARRAY(site->arena, Page, terms.count + lists);
  for (size_t i = 0; i < terms.count; i++) ((TermList *)terms.all[i]->list)->count++;
  for (size_t i = 0; i < lists; i++) {
    TermList *list = &site->term_lists[i];
    list->terms = ARENA_ARRAY(site->arena, Term *, list->count + 1);
    if (list->count) list_taxonomy(&terms, list);
    list->count = 0;
  }
  for (size_t i = 0; i < terms.count; i++) {
    TermList *list = (TermList *)terms.all[i]->list;
    list->terms[list->count++] = terms.all[i];
  }
  for (size_t language = 0; language < site->settings.language_count; language++)
    for (size_t i = 0; i < terms.count; i++)
      if (terms.all[i]->list->language == language) list_term(&terms, terms.all[i]);
}
