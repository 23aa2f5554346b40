#include "site/view.h"

#include "schema/schema.h"
#include "site/feeds.h"
#include "theme/language.h"

/* A page as seen while another is rendered (links need no context, `current` does). */
typedef struct PageView {
  View *view;
  const Page *page;
} PageView;

static Value page_member(void *data, Str name, Arena *arena);
static Value site_member(void *data, Str name, Arena *arena);

/* All members there may be; page_member() and site_member() know them. */
static const Str page_names[] = {{"title", 5},
                                 {"url", 3},
                                 {"description", 11},
                                 {"kind", 4},
                                 {"clinical", 8},
                                 {"permalink", 9},
                                 {"content", 7},
                                 {"outline", 7},
                                 {"faq", 3},
                                 {"breadcrumb", 10},
                                 {"prev", 4},
                                 {"next", 4},
                                 {"section", 7},
                                 {"pages", 5},
                                 {"tags", 4},
                                 {"sources", 7},
                                 {"overdue", 7},
                                 {"draft", 5},
                                 {"source", 6},
                                 {"words", 5},
                                 {"reading_minutes", 15},
                                 {"translations", 12},
                                 {"lang", 4},
                                 {"json_ld", 7},
                                 {"about", 5},
                                 {"audience", 8},
                                 {"reviewed", 8},
                                 {"review_due", 10},
                                 {"date", 4},
                                 {"updated", 7},
                                 {"owner", 5},
                                 {"version", 7},
                                 {"reference", 9},
                                 {"author", 6},
                                 {"reviewer", 8},
                                 {"interests", 9},
                                 {"patient_reviewer", 16}};
static const Str site_names[] = {{"title", 5}, {"description", 11}, {"base_url", 8}, {"home", 4},
                                 {"menu", 4},  {"languages", 9},    {"feed", 4},     {"disclaimer", 10}};
static const ValueClass page_class = {{"a page", 6}, page_member, page_names, sizeof page_names / sizeof *page_names};
static const ValueClass site_class = {{"the site", 8}, site_member, site_names, sizeof site_names / sizeof *site_names};

static Value page_value(View *view, const Page *page) {
  PageView *seen = ARENA_NEW(view->arena, PageView);
  *seen = (PageView){view, page};
  return (Value){.type = VALUE_OBJECT, .object = {&page_class, seen}};
}

static Value page_or_nothing(View *view, const Page *page) {
  return page ? page_value(view, page) : (Value){0};
}

static Value text_or_nothing(Str text) {
  return text.len ? value_str(text) : (Value){0};
}

/* --- page --- */

static Value page_kind(const PageView *seen) {
  const Page *page = seen->page;
  if (page == seen->view->site->not_found) return value_c("404");
  if (page->file->role != FILE_SECTION) return value_str(page->kind);
  return value_c(page->parent ? "section" : "home");
}

static Value page_clinical(const PageView *seen) {
  return value_bool(site_page_is_clinical(seen->page));
}

static Value page_title(const PageView *seen) {
  return value_str(seen->page->title);
}

static Value page_description(const PageView *seen) {
  return value_str(seen->page->description);
}

static Value page_url(const PageView *seen) {
  return value_str(seen->page->file->url);
}

static Value page_permalink(const PageView *seen) {
  return value_str(feeds_absolute(seen->view->site, seen->view->arena, seen->page->file->url));
}

static Value page_content(const PageView *seen) {
  return value_markup(seen->page->doc.html);
}

/* The flat outline as a tree of levels 2 and 3; deeper headings are no entries of an on-this-page list. */
static Value page_outline(const PageView *seen) {
  Arena *arena = seen->view->arena;
  Value flat = seen->page->doc.outline;
  Value tree = value_list(arena, value_count(flat));
  Value children = {0};
  for (size_t i = 0; i < value_count(flat); i++) {
    Value heading = value_at(flat, i);
    int64_t level = value_to_int(value_get(heading, STR("level")), 2);
    if (level > 3) continue;
    Value entry = value_map(arena, 4);
    value_put(entry, "id", value_get(heading, STR("id")));
    value_put(entry, "title", value_get(heading, STR("title")));
    value_put(entry, "level", value_int(level));
    Value below = value_list(arena, 0);
    value_put(entry, "children", below);
    bool top = level <= 2 || children.type != VALUE_LIST;
    value_push(top ? tree : children, entry);
    if (top) children = below;
  }
  return tree;
}

static Value page_faq(const PageView *seen) {
  Value faq = seen->page->doc.faq;
  return faq.type == VALUE_LIST ? faq : value_list(seen->view->arena, 0);
}

static Value page_breadcrumb(const PageView *seen) {
  const Page *above[64]; /* folders deeper than a path may be long do not exist */
  size_t depth = 0;
  for (const Page *page = seen->page->parent; page && depth < 64; page = page->parent) above[depth++] = page;
  Value list = value_list(seen->view->arena, depth);
  while (depth > 0) value_push(list, page_value(seen->view, above[--depth]));
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
  for (size_t i = 0; i < seen->page->child_count; i++)
    value_push(list, page_value(seen->view, seen->page->children[i]));
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

static Value language_map(Arena *arena, Str lang, Str url) {
  Value map = value_map(arena, 5);
  value_put(map, "lang", value_str(lang));
  value_put(map, "name", value_str(language_name(arena, lang)));
  value_put(map, "dir", value_str(language_dir(lang)));
  value_put(map, "url", value_str(url));
  return map;
}

static Value page_translations(const PageView *seen) {
  Arena *arena = seen->view->arena;
  Value list = value_list(arena, seen->page->translation_count);
  for (size_t i = 0; i < seen->page->translation_count; i++) {
    const Page *other = seen->page->translations[i];
    Value map = language_map(arena, other->file->lang, other->file->url);
    value_put(map, "permalink", value_str(feeds_absolute(seen->view->site, arena, other->file->url)));
    value_put(map, "current", value_bool(other == seen->page));
    value_push(list, map);
  }
  return list;
}

static Value page_lang(const PageView *seen) {
  return value_str(seen->page->file->lang);
}

static Value page_json_ld(const PageView *seen) {
  View *view = seen->view;
  SchemaInput input = {.site = view->site_value,
                       .clinic = view->site->clinic,
                       .page = page_value(view, seen->page),
                       .lang = seen->page->file->lang,
                       .shared = view->site->schema_shared[site_language_index(view->site, seen->page->file->lang)]};
  Buf out = buf_new(view->arena, OUTPUT_MOST);
  schema_write(view->arena, &input, &out);
  return value_str(buf_str(&out));
}

/* Taken from the front matter as they are. */
static const Str meta_members[] = {
    {"about", 5},    {"audience", 8},  {"reviewed", 8},         {"review_due", 10}, {"date", 4},
    {"updated", 7},  {"owner", 5},     {"version", 7},          {"reference", 9},   {"author", 6},
    {"reviewer", 8}, {"interests", 9}, {"patient_reviewer", 16}};

static Value page_member(void *data, Str name, Arena *arena) {
  (void)arena;
  static const struct {
    Str name;
    Value (*get)(const PageView *seen);
  } members[] = {
      {{"title", 5}, page_title},
      {{"url", 3}, page_url},
      {{"description", 11}, page_description},
      {{"kind", 4}, page_kind},
      {{"clinical", 8}, page_clinical},
      {{"permalink", 9}, page_permalink},
      {{"content", 7}, page_content},
      {{"outline", 7}, page_outline},
      {{"faq", 3}, page_faq},
      {{"breadcrumb", 10}, page_breadcrumb},
      {{"prev", 4}, page_prev},
      {{"next", 4}, page_next},
      {{"section", 7}, page_section},
      {{"pages", 5}, page_pages},
      {{"tags", 4}, page_tags},
      {{"sources", 7}, page_sources},
      {{"overdue", 7}, page_overdue},
      {{"draft", 5}, page_draft},
      {{"source", 6}, page_source},
      {{"words", 5}, page_words},
      {{"reading_minutes", 15}, page_reading_minutes},
      {{"translations", 12}, page_translations},
      {{"lang", 4}, page_lang},
      {{"json_ld", 7}, page_json_ld},
  };
  const PageView *seen = data;
  for (size_t i = 0; i < sizeof members / sizeof *members; i++)
    if (str_equal(members[i].name, name)) return members[i].get(seen);
  for (size_t i = 0; i < sizeof meta_members / sizeof *meta_members; i++)
    if (str_equal(meta_members[i], name)) return value_get(seen->page->meta, name);
  return (Value){0};
}

/* --- site --- */

static bool is_inside(const Page *page, const Page *section) {
  for (; page; page = page->parent)
    if (page == section) return true;
  return false;
}

/* The page in the language of the one that is rendered, when there is one. */
static const Page *in_language(const View *view, const Page *page) {
  for (size_t i = 0; i < page->translation_count; i++)
    if (str_equal(page->translations[i]->file->lang, view->lang)) return page->translations[i];
  return page;
}

static Value menu_value(View *view, const MenuEntry *entries, size_t count) {
  Value list = value_list(view->arena, count);
  for (size_t i = 0; i < count; i++) {
    const Page *page = in_language(view, entries[i].page);
    Value entry = value_map(view->arena, 6);
    value_put(entry, "title", value_str(page == entries[i].page ? entries[i].title : page->title));
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
    if (site->homes[i])
      value_push(list, language_map(view->arena, site->settings.languages[i], site->homes[i]->file->url));
  return list;
}

static const Page *home_of(const View *view) {
  const Page *home = view->site->homes[site_language_index(view->site, view->lang)];
  return home ? home : view->site->homes[0];
}

static Value site_member(void *data, Str name, Arena *arena) {
  (void)arena;
  View *view = data;
  const Site *site = view->site;
  if (str_equal(name, STR("title"))) return value_str(site->settings.title);
  if (str_equal(name, STR("description"))) return value_str(site->settings.description);
  if (str_equal(name, STR("base_url"))) return value_str(site->settings.base_url);
  if (str_equal(name, STR("disclaimer"))) return text_or_nothing(site->settings.disclaimer);
  if (str_equal(name, STR("menu"))) return menu_value(view, site->menu, site->menu_count);
  if (str_equal(name, STR("languages"))) return languages_value(view);
  if (str_equal(name, STR("home")))
    return value_str(home_of(view) ? home_of(view)->file->url : site->settings.base_path);
  if (str_equal(name, STR("feed"))) {
    size_t language = site_language_index(site, view->lang);
    if (!site->homes[language]) language = 0;
    return value_str(STR_CONCAT(view->arena, site->settings.base_path, feeds_path(site, view->arena, language)));
  }
  return (Value){0};
}

/* --- all of it --- */

View *view_new(const Site *site, const Page *page, Arena *arena) {
  View *view = ARENA_NEW(arena, View);
  *view = (View){.site = site, .page = page, .arena = arena, .lang = page->file->lang};
  view->site_value = (Value){.type = VALUE_OBJECT, .object = {&site_class, view}};
  view->page_value = page_value(view, page);
  return view;
}

Value view_variables(View *view) {
  const Site *site = view->site;
  Value build = value_map(view->arena, 3);
  value_put(build, "date", value_str(site->today));
  value_put(build, "year", value_str(str_slice(site->today, 0, 4)));
  value_put(build, "version", value_c(PAMPHLET_VERSION));
  Value variables = value_map(view->arena, 8);
  value_put(variables, "lang", value_str(view->lang));
  value_put(variables, "dir", value_str(language_dir(view->lang)));
  value_put(variables, "page", view->page_value);
  value_put(variables, "site", view->site_value);
  value_put(variables, "clinic", site->clinic);
  value_put(variables, "facts", site->facts);
  value_put(variables, "theme", theme_view(site->theme));
  value_put(variables, "build", build);
  return variables;
}
