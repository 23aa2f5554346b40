#include "site/view.h"

#include "site/downloads.h"
#include "site/feeds.h"
#include "site/fallback.h"
#include "site/lists.h"
#include "site/sheet.h"
#include "site/structured.h"

/* A page as seen while another is rendered (links need no context, `current` does). */
typedef struct PageView {
  View *view;
  const Page *page;
} PageView;

static Value page_member(void *data, Str name, Arena *arena);
static Value site_member(void *data, Str name, Arena *arena);

/* All members there may be; site_member() knows them. */
static const Str site_names[] = {{"title", 5},       {"description", 11}, {"base_url", 8},      {"home", 4},
                                 {"menu", 4},        {"languages", 9},    {"feed", 4},          {"disclaimer", 10},
                                 {"taxonomies", 10}, {"handouts", 8},     {"handouts_url", 12}, {"services", 8}};
static const ValueClass page_class; /* below, with its table */
static const ValueClass site_class = {{"the site", 8}, site_member, site_names, sizeof site_names / sizeof *site_names};

Value view_page(View *view, const Page *page) {
  PageView *seen = ARENA_NEW(view->arena, PageView);
  *seen = (PageView){view, page};
  return (Value){.type = VALUE_OBJECT, .object = {&page_class, seen}};
}

static Value page_or_nothing(View *view, const Page *page) {
  return page ? view_page(view, page) : (Value){0};
}

static Value text_or_nothing(Str text) {
  return text.len ? value_str(text) : (Value){0};
}

/* --- page --- */

static Value page_kind(const PageView *seen) {
  const Page *page = seen->page;
  if (page == seen->view->site->not_found) return value_c("404");
  if (page->generated) return value_str(page->kind);
  if (page->file->role != FILE_SECTION) return value_str(page->kind);
  return value_c(page->parent ? "section" : "home");
}

static Value page_clinical(const PageView *seen) {
  return value_bool(page_kind_is_clinical(seen->page->kind));
}

static Value page_title(const PageView *seen) {
  return value_str(seen->page->title);
}

static Value page_description(const PageView *seen) {
  return value_str(seen->page->description);
}

/* Without a description of its own, a page would say its first paragraph twice. */
static Value page_lead(const PageView *seen) {
  const Page *page = seen->page;
  bool own = page->generated || value_text(value_get(page->meta, STR("description"))).len > 0;
  return value_str(own ? page->description : (Str){"", 0});
}

static Value page_url(const PageView *seen) {
  return value_str(seen->page->file->url);
}

static Value page_permalink(const PageView *seen) {
  const Page *written = seen->page->original ? seen->page->original : seen->page;
  return value_str(feeds_absolute(seen->view->site, seen->view->arena, written->file->url));
}

static Str text_of(const PageView *seen) {
  const View *view = seen->view;
  return seen->page->original ? fallback_html(view->site, view->arena, seen->page) : seen->page->doc.html;
}

/* With numbered links; made when first asked for. */
static PrintedLinks printed(const PageView *seen) {
  View *view = seen->view;
  if (seen->page != view->page) return links_number(view->site, view->arena, text_of(seen));
  if (!view->printed.html.s) view->printed = links_number(view->site, view->arena, text_of(seen));
  return view->printed;
}

static Value page_content(const PageView *seen) {
  return value_markup(printed(seen).html);
}

static Value page_links(const PageView *seen) {
  Value links = printed(seen).links;
  return value_is_defined(links) ? links : value_list(seen->view->arena, 0);
}

static Value page_edition(const PageView *seen) {
  const Page *page = seen->page->original ? seen->page->original : seen->page;
  return value_str(sheet_edition(seen->view->arena, page));
}

static Value page_pdfs(const PageView *seen) {
  return downloads_of_page(seen->view, seen->page);
}

static Value page_handout(const PageView *seen) {
  return value_bool(page_is_handout(seen->page->kind, seen->page->meta));
}

static Value page_outline(const PageView *seen) {
  View *view = seen->view;
  if (seen->page != view->page) return markdown_outline_value(view->arena, &seen->page->doc);
  if (!value_is_defined(view->outline)) view->outline = markdown_outline_value(view->arena, &seen->page->doc);
  return view->outline;
}

static Value page_faq(const PageView *seen) {
  return markdown_faq_value(seen->view->arena, &seen->page->doc, NULL);
}

/* The terms that the page uses, { term, plain }, A to Z. */
static Value page_glossary(const PageView *seen) {
  Value glossary = seen->page->doc.glossary;
  return glossary.type == VALUE_LIST ? glossary : value_list(seen->view->arena, 0);
}

static Value page_breadcrumb(const PageView *seen) {
  const Page *above[64]; /* folders deeper than a path may be long do not exist */
  size_t depth = 0;
  for (const Page *page = seen->page->parent; page && depth < 64; page = page->parent) above[depth++] = page;
  Value list = value_list(seen->view->arena, depth);
  while (depth > 0) value_push(list, view_page(seen->view, above[--depth]));
  return list;
}

static Value page_prev(const PageView *seen) {
  return page_or_nothing(seen->view, seen->page->prev);
}

static Value page_next(const PageView *seen) {
  return page_or_nothing(seen->view, seen->page->next);
}

static Value page_section(const PageView *seen) {
  return page_or_nothing(seen->view, seen->page->parent);
}

static Value page_pages(const PageView *seen) {
  Value list = value_list(seen->view->arena, seen->page->child_count);
  for (size_t i = 0; i < seen->page->child_count; i++) value_push(list, view_page(seen->view, seen->page->children[i]));
  return list;
}

static Value page_list(const PageView *seen, Str key) {
  Value list = value_get(seen->page->meta, key);
  return list.type == VALUE_LIST ? list : value_list(seen->view->arena, 0);
}

static Value page_tags(const PageView *seen) {
  return page_list(seen, STR("tags"));
}

static Value page_sources(const PageView *seen) {
  return page_list(seen, STR("sources"));
}

static Value page_overdue(const PageView *seen) {
  Str due = value_text(value_get(seen->page->meta, STR("review_due")));
  return value_bool(due.len && str_compare(due, seen->view->site->today) < 0);
}

static Value page_draft(const PageView *seen) {
  return value_bool(seen->page->draft);
}

static Value page_source(const PageView *seen) {
  return value_str(seen->page->file->path);
}

static Value page_words(const PageView *seen) {
  return value_int((int64_t)seen->page->doc.words);
}

static Value page_reading_minutes(const PageView *seen) {
  /* 200 words a minute: adults read plain text at 238 (Brysbaert 2019), those in bad health slower. */
  return value_int((int64_t)(seen->page->doc.words + 199) / 200);
}

static Value language_map(const View *view, const ContentFile *file) {
  const PageData *data = &view->site->data[file->language];
  Value map = value_map(view->arena, 8);
  value_put(map, "lang", value_str(file->lang));
  value_put(map, "name", value_str(data->name));
  value_put(map, "dir", value_str(data->dir));
  value_put(map, "url", value_str(file->url));
  return map;
}

static Value page_translations(const PageView *seen) {
  Arena *arena = seen->view->arena;
  Value list = value_list(arena, seen->page->translation_count);
  for (size_t i = 0; i < seen->page->translation_count; i++) {
    const Page *other = seen->page->translations[i];
    Value map = language_map(seen->view, other->file);
    value_put(map, "permalink", value_str(feeds_absolute(seen->view->site, arena, other->file->url)));
    value_put(map, "current", value_bool(other == seen->page));
    value_put(map, "translated", value_bool(other->original == NULL));
    value_push(list, map);
  }
  return list;
}

static void add_alternate(const PageView *seen, Value list, Str lang, const Page *page) {
  Value map = value_map(seen->view->arena, 2);
  value_put(map, "lang", value_str(lang));
  value_put(map, "url", value_str(feeds_absolute(seen->view->site, seen->view->arena, page->file->url)));
  value_push(list, map);
}

/* For search engines: the versions that are in their own language. Who is sent to no language gets the site's own. */
static Value page_alternates(const PageView *seen) {
  const Page *page = seen->page;
  Value list = value_list(seen->view->arena, page->translation_count + 1);
  if (page->original || !site_is_translated(page)) return list;
  for (size_t i = 0; i < page->translation_count; i++)
    if (!page->translations[i]->original)
      add_alternate(seen, list, page->translations[i]->file->lang, page->translations[i]);
  if (page->translations[0]->file->language == 0) add_alternate(seen, list, STR("x-default"), page->translations[0]);
  return list;
}

static const ContentFile *text_file(const Page *page) {
  return page->original ? page->original->file : page->file;
}

static Value page_fallback(const PageView *seen) {
  return value_bool(seen->page->original != NULL);
}

static Value page_original(const PageView *seen) {
  return seen->page->original ? language_map(seen->view, seen->page->original->file) : (Value){0};
}

static Value page_text_lang(const PageView *seen) {
  return value_str(text_file(seen->page)->lang);
}

Value view_language_attributes(const View *view, size_t language) {
  if (language == view->language) return value_markup((Str){"", 0});
  Str lang = view->site->settings.languages[language];
  Str dir = view->site->data[language].dir;
  return value_markup(STR_CONCAT(view->arena, STR(" lang=\""), lang, STR("\" dir=\""), dir, STR("\"")));
}

Value view_text_attributes(const View *view, const Page *page) {
  return view_language_attributes(view, text_file(page)->language);
}

static Value page_text_attributes(const PageView *seen) {
  return view_text_attributes(seen->view, seen->page);
}

static Value page_taxonomies(const PageView *seen) {
  return lists_page_taxonomies(seen->view, seen->page);
}

static Value page_terms(const PageView *seen) {
  return lists_terms(seen->view, seen->page);
}

static Value page_term(const PageView *seen) {
  return lists_term(seen->view, seen->page);
}

static Value page_related(const PageView *seen) {
  return lists_related(seen->view, seen->page);
}

static Value page_index(const PageView *seen) {
  return lists_index(seen->view, seen->page);
}

static Value page_changes(const PageView *seen) {
  return lists_changes(seen->view, seen->page);
}

static Value page_lang(const PageView *seen) {
  return value_str(seen->page->file->lang);
}

static Value page_json_ld(const PageView *seen) {
  return value_str(structured_page(seen->view, seen->page));
}

/* Its name; machines are told more (schema/about.h). */
static Value page_about(const PageView *seen) {
  return value_get(value_get(seen->page->meta, STR("about")), STR("name"));
}

static Value page_codes(const PageView *seen) {
  Value codes = value_get(seen->page->about, STR("codes"));
  return codes.type == VALUE_LIST ? codes : value_list(seen->view->arena, 0);
}

/* A member without a function is taken from the front matter as it is. */
typedef struct PageMember {
  Str name;
  Value (*get)(const PageView *seen);
  bool of_text; /* it follows from the page's text, not from its front matter and its place alone */
} PageMember;

static const PageMember page_members[] = {
    {{"title", 5}, page_title, false},
    {{"url", 3}, page_url, false},
    {{"text_attributes", 15}, page_text_attributes, false},
    {{"kind", 4}, page_kind, false},
    {{"description", 11}, page_description, false},
    {{"draft", 5}, page_draft, false},
    {{"overdue", 7}, page_overdue, false},
    {{"clinical", 8}, page_clinical, false},
    {{"fallback", 8}, page_fallback, false},
    {{"permalink", 9}, page_permalink, false},
    {{"lead", 4}, page_lead, false},
    {{"content", 7}, page_content, true},
    {{"links", 5}, page_links, true},
    {{"edition", 7}, page_edition, true},
    {{"handout", 7}, page_handout, false},
    {{"pdfs", 4}, page_pdfs, false},
    {{"outline", 7}, page_outline, true},
    {{"faq", 3}, page_faq, true},
    {{"glossary", 8}, page_glossary, true},
    {{"breadcrumb", 10}, page_breadcrumb, false},
    {{"prev", 4}, page_prev, false},
    {{"next", 4}, page_next, false},
    {{"section", 7}, page_section, false},
    {{"pages", 5}, page_pages, false},
    {{"tags", 4}, page_tags, false},
    {{"sources", 7}, page_sources, false},
    {{"source", 6}, page_source, false},
    {{"words", 5}, page_words, true},
    {{"reading_minutes", 15}, page_reading_minutes, true},
    {{"translations", 12}, page_translations, false},
    {{"alternates", 10}, page_alternates, false},
    {{"original", 8}, page_original, false},
    {{"text_lang", 9}, page_text_lang, false},
    {{"lang", 4}, page_lang, false},
    {{"taxonomies", 10}, page_taxonomies, false},
    {{"terms", 5}, page_terms, false},
    {{"term", 4}, page_term, false},
    {{"related", 7}, page_related, false},
    {{"index", 5}, page_index, false},
    {{"changes", 7}, page_changes, false},
    {{"json_ld", 7}, page_json_ld, true},
    {{"about", 5}, page_about, false},
    {{"codes", 5}, page_codes, false},
    {{"person", 6}, NULL, false},
    {{"audience", 8}, NULL, false},
    {{"reviewed", 8}, NULL, false},
    {{"review_due", 10}, NULL, false},
    {{"date", 4}, NULL, false},
    {{"updated", 7}, NULL, false},
    {{"owner", 5}, NULL, false},
    {{"version", 7}, NULL, false},
    {{"reference", 9}, NULL, false},
    {{"author", 6}, NULL, false},
    {{"reviewer", 8}, NULL, false},
    {{"interests", 9}, NULL, false},
    {{"patient_reviewer", 16}, NULL, false},
    {{"list", 4}, NULL, false},
};
enum { PAGE_MEMBERS = sizeof page_members / sizeof *page_members, MEMBER_SLOTS = 256 };
static Str page_names[PAGE_MEMBERS]; /* filled with the slots, before a member can be missed */
static const ValueClass page_class = {{"a page", 6}, page_member, page_names, PAGE_MEMBERS};

static size_t member_slot(Str name) {
  return (name.len * 7 + (size_t)(unsigned char)name.s[0] * 31 + (unsigned char)name.s[name.len - 1]) % MEMBER_SLOTS;
}

/* 1 + the place in page_members, by slot; filled once a process. A page is asked for a hundred members. */
static const uint8_t *member_slots(void) {
  static uint8_t slots[MEMBER_SLOTS];
  static bool filled;
  for (size_t i = 0; i < PAGE_MEMBERS && !filled; i++) {
    size_t slot = member_slot(page_members[i].name);
    while (slots[slot]) slot = (slot + 1) % MEMBER_SLOTS;
    slots[slot] = (uint8_t)(i + 1);
    page_names[i] = page_members[i].name;
  }
  filled = true;
  return slots;
}

static const PageMember *find_member(Str name) {
  const uint8_t *slots = member_slots();
  if (!name.len) return NULL;
  for (size_t slot = member_slot(name); slots[slot]; slot = (slot + 1) % MEMBER_SLOTS)
    if (str_equal(page_members[slots[slot] - 1].name, name)) return &page_members[slots[slot] - 1];
  return NULL;
}

/* For who renders only what has changed (site/rebuild.h). */
static void note_text(const PageView *seen) {
  View *view = seen->view;
  if (seen->page != view->page && seen->page != view->page->original) view->sight.wide = true;
  if (seen->page->slim) view->sight.slim = true;
}

static Value page_member(void *data, Str name, Arena *arena) {
  (void)arena;
  const PageView *seen = data;
  const PageMember *member = find_member(name);
  if (!member) return (Value){0};
  if (member->of_text) note_text(seen);
  return member->get ? member->get(seen) : value_get(seen->page->meta, name);
}

/* --- site --- */

static bool is_inside(const Page *page, const Page *section) {
  for (; page; page = page->parent)
    if (page == section) return true;
  return false;
}

static Value menu_value(View *view, const MenuEntry *entries, size_t count) {
  Value list = value_list(view->arena, count);
  for (size_t i = 0; i < count; i++) {
    const Page *page = site_page_in(entries[i].page, view->language);
    Value entry = value_map(view->arena, 8);
    /* A title in site.yaml that has this language, else the page's own. */
    Str title = entries[i].titles[view->language];
    Value attributes = view_text_attributes(view, page);
    value_put(entry, "title", value_str(title.len ? title : page->title));
    value_put(entry, "text_attributes", title.len ? value_markup((Str){"", 0}) : attributes);
    value_put(entry, "description_attributes", attributes);
    value_put(entry, "url", value_str(page->file->url));
    value_put(entry, "description", value_str(page->description));
    value_put(entry, "current", value_bool(page == view->page));
    /* The home page holds everything; being inside it says nothing. */
    value_put(entry, "inside", value_bool(page->parent ? is_inside(view->page, page) : page == view->page));
    value_put(entry, "children", menu_value(view, entries[i].children, entries[i].child_count));
    value_push(list, entry);
  }
  return list;
}

static Value languages_value(View *view) {
  const Site *site = view->site;
  Value list = value_list(view->arena, site->settings.language_count);
  for (size_t i = 0; i < site->settings.language_count; i++)
    if (site->homes[i]) value_push(list, language_map(view, site->homes[i]->file));
  return list;
}

static const Page *home_of(const View *view) {
  const Page *home = view->site->homes[view->language];
  return home ? home : view->site->homes[0];
}

static Value site_member(void *data, Str name, Arena *arena) {
  (void)arena;
  View *view = data;
  const Site *site = view->site;
  const SiteWords *words = &site->settings.words[view->language];
  if (str_equal(name, STR("title"))) return value_str(words->title);
  if (str_equal(name, STR("description"))) return value_str(words->description);
  if (str_equal(name, STR("base_url"))) return value_str(site->settings.base_url);
  if (str_equal(name, STR("disclaimer"))) return text_or_nothing(words->disclaimer);
  if (str_equal(name, STR("menu"))) {
    if (!value_is_defined(view->menu)) view->menu = menu_value(view, site->menu, site->menu_count);
    return view->menu;
  }
  if (str_equal(name, STR("services"))) return site->services[view->language];
  if (str_equal(name, STR("taxonomies"))) return lists_site_taxonomies(view);
  if (str_equal(name, STR("languages"))) return languages_value(view);
  if (str_equal(name, STR("handouts"))) return downloads_all(view);
  if (str_equal(name, STR("handouts_url"))) return downloads_url(view);
  if (str_equal(name, STR("home")))
    return value_str(home_of(view) ? home_of(view)->file->url : site->settings.base_path);
  if (str_equal(name, STR("feed"))) {
    size_t language = site->homes[view->language] ? view->language : 0;
    return value_str(STR_CONCAT(view->arena, site->settings.base_path, feeds_path(site, view->arena, language)));
  }
  return (Value){0};
}

/* --- all of it --- */

View *view_new(const Site *site, const Page *page, Arena *arena) {
  View *view = ARENA_NEW(arena, View);
  *view =
      (View){.site = site, .page = page, .arena = arena, .lang = page->file->lang, .language = page->file->language};
  view->site_value = (Value){.type = VALUE_OBJECT, .object = {&site_class, view}};
  view->page_value = view_page(view, page);
  return view;
}

Value view_variables(View *view) {
  const Site *site = view->site;
  Value build = value_map(view->arena, 3);
  value_put(build, "date", value_str(site->today));
  value_put(build, "year", value_str(str_slice(site->today, 0, 4)));
  value_put(build, "version", value_c(PAMPHLET_VERSION));
  Value variables = value_map(view->arena, 8);
  value_put(variables, "page", view->page_value);
  value_put(variables, "site", view->site_value);
  value_put(variables, "lang", value_str(view->lang));
  value_put(variables, "dir", value_str(site->data[view->language].dir));
  value_put(variables, "clinic", site->data[view->language].clinic);
  value_put(variables, "facts", site->data[view->language].facts);
  value_put(variables, "theme", theme_view(site->theme));
  value_put(variables, "build", build);
  return variables;
}

TemplateMemo *view_memo(const Site *site) {
  static const Str steady[] = {{"lang", 4}, {"dir", 3}, {"clinic", 6}, {"facts", 5}, {"theme", 5}, {"build", 5}};
  return template_memo_new(theme_engine(site->theme), steady, sizeof steady / sizeof *steady,
                           site->settings.language_count);
}
