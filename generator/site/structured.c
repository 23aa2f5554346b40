#include "site/structured.h"

#include "content/shape.h"
#include "schema/schema.h"
#include "site/feeds.h"

/* --- questions --- */

static void mark_questions(Site *site, Map *asked, Page *page) {
  const MarkdownDoc *doc = &page->doc;
  bool *before = NULL;
  for (size_t i = 0; i < doc->faq_count; i++) {
    bool added;
    map_place(asked, STR_CONCAT(site->arena, page->file->lang, STR(":"), doc->faq[i].question), &added);
    if (added) continue;
    if (!before) before = ARENA_ARRAY(site->arena, bool, doc->faq_count);
    before[i] = true;
  }
  page->asked_before = before;
}

void structured_find_questions(Site *site) {
  Map asked = map_new(site->arena, 64);
  for (int pass = 0; pass < 2; pass++)
    for (size_t i = 0; i < site->page_count; i++) {
      Page *page = &site->pages[i];
      bool faq = str_equal(page->kind, STR("faq"));
      if (site_has_page(site, page) && page->doc.faq_count && faq == (pass == 0)) mark_questions(site, &asked, page);
    }
}

/* --- services --- */

static const Page *find_page(Site *site, Str path, Value from) {
  const ContentFile *file = files_find(&site->files, str_trim(value_text(from)));
  if (file && file->role != FILE_ASSET) return &site->pages[file->page];
  DIAG(site->diags, SERVICE_PAGE, shape_span(path, from), value_text(from), site_nearest_page(site, value_text(from)));
  return NULL;
}

static Value service_value(Site *site, Value service, const Page *page, size_t language) {
  Value map = value_map(site->arena, 4);
  Str name = value_text(value_get(service, STR("name")));
  const Page *shown = page ? site_page_in(page, language) : NULL;
  value_put(map, "name", value_str(name.len || !shown ? name : shown->title));
  value_put(map, "type", value_str(value_text(value_get(service, STR("type")))));
  if (shown) value_put(map, "url", value_str(shown->file->url));
  return map;
}

void structured_find_services(Site *site) {
  size_t languages = site->settings.language_count;
  Str path = STR_CONCAT(site->arena, site->files.root, STR("/clinic.yaml"));
  site->services = ARENA_ARRAY(site->arena, Value, languages);
  for (size_t language = 0; language < languages; language++) {
    Value services = value_get(site->data[language].clinic, STR("services"));
    site->services[language] = value_list(site->arena, value_count(services));
    for (size_t i = 0; services.type == VALUE_LIST && i < value_count(services); i++) {
      Value given = value_get(value_at(services, i), STR("page"));
      const Page *page = value_is_text(given) ? find_page(site, path, given) : NULL;
      if (page && !site_has_page(site, page)) continue;
      value_push(site->services[language], service_value(site, value_at(services, i), page, language));
    }
  }
}

/* --- what all pages have in common --- */

/* The clinic in the words of a language; its specialty by the name in the site's own, which schema/ may know. */
static Value clinic_for_schema(const Site *site, size_t language) {
  Value own = site->data[language].clinic;
  Value clinic = value_map(site->arena, value_count(own) + 1);
  for (size_t i = 0; i < value_count(own); i++) value_set(clinic, own.map->entries[i].key, own.map->entries[i].value);
  if (!value_is_defined(value_get(clinic, STR("specialty"))))
    value_put(clinic, "specialty", value_get(site->clinic, STR("department")));
  return clinic;
}

void structured_share(Site *site) {
  size_t count = site->settings.language_count;
  site->schema_shared = ARENA_ARRAY(site->arena, Str, count + 1);
  site->schema_home = ARENA_ARRAY(site->arena, Str, count + 1);
  site->specialty = schema_specialty(site->arena, clinic_for_schema(site, 0));
  for (size_t i = 0; i < count; i++) {
    const Page *page = site->homes[i] ? site->homes[i] : site->homes[0];
    if (!page) continue;
    View *view = view_new(site, page, site->arena);
    SchemaSite shared = {
        .site = view->site_value, .clinic = clinic_for_schema(site, i), .lang = site->settings.languages[i]};
    site->schema_shared[i] = schema_shared(site->arena, &shared);
    shared.services = site->services[i];
    site->schema_home[i] = schema_shared(site->arena, &shared);
  }
}

/* --- a page --- */

/* The text that this one was translated from. */
static const Page *source_of(const Page *page) {
  if (page->file->language == 0 || page->translation_count == 0) return NULL;
  const Page *first = page->translations[0];
  return first->file->language == 0 && !first->original && !first->generated ? first : NULL;
}

Str structured_page(View *view, const Page *page) {
  const Site *site = view->site;
  if (page->original) page = page->original;
  const Page *source = source_of(page);
  size_t language = page->file->language;
  bool home = page->file->role == FILE_SECTION && !page->parent;
  SchemaInput input = {.page = view_page(view, page),
                       .about = page->about,
                       .faq = markdown_faq_value(view->arena, &page->doc, page->asked_before),
                       .lang = page->file->lang,
                       .base_url = site->settings.base_url,
                       .home = value_text(value_get(theme_words(site->theme, page->file->lang), STR("home"))),
                       .specialty = site->specialty,
                       .shared = home ? site->schema_home[language] : site->schema_shared[language]};
  if (source) {
    input.original = feeds_absolute(site, view->arena, source->file->url);
    input.original_lang = source->file->lang;
  }
  Buf out = buf_new(view->arena, PAGE_OUTPUT_MOST);
  schema_write(view->arena, &input, &out);
  return buf_str(&out);
}
