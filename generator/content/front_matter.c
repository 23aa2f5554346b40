#include "content/page.h"

/* schema.org's words where it has them; `page` is everything else. */
static const char *const kinds[] = {"page",   "treatment", "condition", "procedure", "faq",
                                    "person", "news",      "glossary",  NULL};

/* What a page lists below its own text. */
static const char *const lists[] = {"a-z", "new", NULL};

static const ShapeKey keys[] = {
    {"title", SHAPE_TEXT, NULL},      {"description", SHAPE_TEXT, NULL},
    {"kind", SHAPE_CHOICE, kinds},    {"weight", SHAPE_NUMBER, NULL},
    {"tags", SHAPE_TEXTS, NULL},      {"aliases", SHAPE_TEXTS, NULL},
    {"draft", SHAPE_BOOL, NULL},      {"date", SHAPE_DATE, NULL},
    {"updated", SHAPE_DATE, NULL},    {"lang", SHAPE_TEXT, NULL},
    {"about", SHAPE_ABOUT, NULL},     {"audience", SHAPE_TEXT, NULL},
    {"version", SHAPE_TEXT, NULL},    {"reference", SHAPE_TEXT, NULL},
    {"owner", SHAPE_TEXT, NULL},      {"reviewed", SHAPE_DATE, NULL},
    {"review_due", SHAPE_DATE, NULL}, {"reviewer", SHAPE_PERSON, NULL},
    {"author", SHAPE_PERSON, NULL},   {"patient_reviewer", SHAPE_PERSON, NULL},
    {"sources", SHAPE_SOURCES, NULL}, {"interests", SHAPE_TEXT, NULL},
    {"handout", SHAPE_BOOL, NULL},    {"source_hash", SHAPE_TEXT, NULL},
    {"list", SHAPE_CHOICE, lists},    {"sort_as", SHAPE_TEXT, NULL},
    {"person", SHAPE_PERSON, NULL},   {"numbers_differ", SHAPE_TEXTS, NULL},
    {"cascade", SHAPE_MAP, NULL},
};
enum { KEYS = sizeof keys / sizeof *keys };

/* Keys of Hugo and of what WordPress is exported to. */
#define ADDRESS "the address follows from the file's name; give the old one under `aliases`"
#define BY_DATE "nothing comes or goes by its date here: a page is left out as long as it says `draft: true`"
#define IN_TEXT "put the picture into the text: `![what it shows](picture.jpg)`"
#define KIND "the `kind` of a page says how it looks"
static const ShapeForeign foreign[] = {
    {"lastmod", "write `updated`"},
    {"modified", "write `updated`"},
    {"slug", ADDRESS},
    {"url", ADDRESS},
    {"permalink", ADDRESS},
    {"summary", "write `description`"},
    {"excerpt", "write `description`"},
    {"categories", "write `tags`, or name it under `taxonomies` in content/site.yaml"},
    {"keywords", "write `tags`"},
    {"publishDate", BY_DATE},
    {"expiryDate", BY_DATE},
    {"published", "write `draft: true` for a page that is not to be published"},
    {"status", "write `draft: true` for a page that is not to be published"},
    {"menu", "the menu stands in content/site.yaml"},
    {"layout", KIND},
    {"template", KIND},
    {"type", KIND},
    {"images", IN_TEXT},
    {"coverImage", IN_TEXT},
    {"featured_image", IN_TEXT},
    {"thumbnail", IN_TEXT},
    {"resources", "files beside the page are published as they stand; take it out"},
    {"params", "take it out; what many pages say stands in clinic.yaml or facts.yaml"},
    {NULL, NULL},
};
#undef ADDRESS
#undef BY_DATE
#undef IN_TEXT
#undef KIND

/* What is said of one page alone. */
static const char *const own_keys[] = {"title",     "description", "aliases",        "lang",
                                       "reference", "source_hash", "numbers_differ", "cascade"};

static bool is_own(const char *name) {
  for (size_t i = 0; i < sizeof own_keys / sizeof *own_keys; i++)
    if (strcmp(own_keys[i], name) == 0) return true;
  return false;
}

bool front_matter_has(Str name) {
  for (size_t i = 0; i < KEYS; i++)
    if (str_equal(name, str_from_c(keys[i].name))) return true;
  return false;
}

FrontMatterKeys *front_matter_keys(Arena *arena, const SiteSettings *settings) {
  const Taxonomies *taxonomies = &settings->taxonomies;
  ShapeKey *page = ARENA_ARRAY(arena, ShapeKey, KEYS + taxonomies->count);
  ShapeKey *cascade = ARENA_ARRAY(arena, ShapeKey, KEYS + taxonomies->count);
  size_t shared = 0;
  for (size_t i = 0; i < KEYS; i++) {
    page[i] = keys[i];
    if (!is_own(keys[i].name)) cascade[shared++] = keys[i];
  }
  size_t count = KEYS;
  for (size_t i = 0; i < taxonomies->count; i++)
    if (!front_matter_has(taxonomies->items[i].name))
      page[count++] = cascade[shared++] = (ShapeKey){taxonomies->items[i].key, SHAPE_TEXTS, NULL};
  FrontMatterKeys *all = ARENA_NEW(arena, FrontMatterKeys);
  *all = (FrontMatterKeys){.page = {page, count, foreign, "draft"}, .cascade = {cascade, shared, foreign, "draft"}};
  return all;
}

/* A line that is "---" and nothing else but white space. Gives where the next line begins. */
static bool is_fence(Str text, size_t at, size_t *next) {
  Str line = str_skip(text, at);
  size_t end = str_find_byte(line, '\n');
  *next = end == STR_NONE ? text.len : at + end + 1;
  line = str_slice(line, 0, end);
  return str_starts(line, STR("---")) && str_trim(str_skip(line, 3)).len == 0;
}

bool front_matter_find(Str text, size_t *yaml_begin, size_t *yaml_end, size_t *body) {
  size_t at = str_starts(text, STR("\xEF\xBB\xBF")) ? 3 : 0; /* a byte order mark, as some editors write it */
  *body = at;
  if (!is_fence(text, at, yaml_begin)) return false;
  for (at = *yaml_begin; at < text.len; at = *body) {
    *yaml_end = at;
    if (is_fence(text, at, body)) return true;
  }
  *body = *yaml_end = text.len;
  return false;
}

static bool check_cascade(const PageLoader *loader, const ShapeFile *file, const FrontMatter *front) {
  const ValueEntry *cascade = value_entry(front->meta, STR("cascade"));
  if (!cascade || cascade->value.type != VALUE_MAP) return true;
  if (front->file->role != FILE_SECTION) DIAG(file->diags, CASCADE_PLACE, shape_key_span(file->path, cascade));
  Value own = value_map(file->arena, 4);
  Value shared = value_map(file->arena, value_count(cascade->value));
  for (size_t i = 0; i < cascade->value.map->count; i++) {
    const ValueEntry *entry = &cascade->value.map->entries[i];
    Value into = is_own(str_to_c(file->arena, entry->key)) ? own : shared;
    value_set(into, entry->key, entry->value);
    into.map->entries[into.map->count - 1].key_origin = entry->key_origin;
  }
  for (size_t i = 0; i < value_count(own); i++)
    DIAG(file->diags, CASCADE_KEY, shape_key_span(file->path, &own.map->entries[i]), own.map->entries[i].key);
  bool good = shape_check(file, shared, &loader->keys->cascade);
  *cascade->value.map = *shared.map;
  return good && value_count(own) == 0;
}

/* How other programs say that a page is not to be read: it would be published with a mere warning. */
static bool is_withheld(const ValueEntry *entry) {
  static const Str hiding[] = {STR("private"), STR("hidden"), STR("unlisted")};
  static const Str states[] = {STR("draft"), STR("pending"), STR("private"), STR("future"), STR("trash")};
  Str key = entry->key;
  Value value = entry->value;
  for (size_t i = 0; i < sizeof hiding / sizeof *hiding; i++)
    if (str_equal_nocase(key, hiding[i])) return value_to_bool(value, value_is_text(value));
  if (str_equal_nocase(key, STR("published")))
    return !value_to_bool(value, !str_equal_nocase(value_text(value), STR("no")));
  bool state = str_equal_nocase(key, STR("status")) || str_equal_nocase(key, STR("post_status"));
  for (size_t i = 0; state && i < sizeof states / sizeof *states; i++)
    if (str_equal_nocase(value_text(value), states[i])) return true;
  return false;
}

static bool check_withheld(const ShapeFile *file, const Shape *known, Value meta) {
  bool good = true;
  for (size_t i = 0; i < value_count(meta); i++) {
    const ValueEntry *entry = &meta.map->entries[i];
    bool is_known = false;
    for (size_t k = 0; k < known->count; k++)
      is_known = is_known || str_equal(entry->key, str_from_c(known->keys[k].name));
    if (is_known || !is_withheld(entry)) continue;
    DIAG(file->diags, KEY_WITHHELD, shape_key_span(file->path, entry), entry->key);
    good = false;
  }
  return good;
}

bool front_matter_check(const PageLoader *loader, const PageMemory *memory, const FrontMatter *front) {
  ShapeFile file = {front->path, front->text, memory->arena, memory->diags};
  bool good = check_withheld(&file, &loader->keys->page, front->meta);
  good = shape_check(&file, front->meta, &loader->keys->page) && good;
  return check_cascade(loader, &file, front) && good;
}

bool front_matter_check_dates(const PageMemory *memory, const Page *page) {
  Value reviewed = value_get(page->meta, STR("reviewed"));
  Value due = value_get(page->meta, STR("review_due"));
  if (!value_is_text(reviewed) || !value_is_text(due) || str_compare(due.str, reviewed.str) >= 0) return true;
  DIAG(memory->diags, REVIEW_ORDER, page_span(page, STR("review_due"), due), due.str, reviewed.str);
  page_note_origin(page, STR("review_due"), due, memory->diags);
  return false;
}
