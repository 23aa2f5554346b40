#include "content/taxonomy.h"

#include "base/utf8.h"
#include "content/page.h"

static const ShapeKey taxonomy_keys[] = {
    {"title", SHAPE_WORDS, NULL}, {"description", SHAPE_WORDS, NULL}, {"terms", SHAPE_ANY, NULL}};
static const Shape taxonomy_shape = {.keys = taxonomy_keys, .count = sizeof taxonomy_keys / sizeof *taxonomy_keys};

static const ShapeKey term_keys[] = {{"title", SHAPE_WORDS, NULL}, {"description", SHAPE_WORDS, NULL}};
static const Shape term_shape = {.keys = term_keys, .count = sizeof term_keys / sizeof *term_keys};

/* A key that is not one that the front matter has already, but for `tags`, and that can stand in a URL. */
static bool is_name(Arena *arena, Str name) {
  if (!str_equal(name, STR("tags")) && front_matter_has(name)) return false;
  for (size_t i = 0; i < name.len; i++)
    if ((name.s[i] < 'a' || name.s[i] > 'z') && !ascii_is_digit(name.s[i]) && name.s[i] != '_') return false;
  return utf8_slug(arena, name).len > 0;
}

static Taxonomy named(Arena *arena, Str name, Span span) {
  return (Taxonomy){.name = name, .key = str_to_c(arena, name), .slug = utf8_slug(arena, name), .span = span};
}

static void add_term(Value terms, const ShapeFile *file, Str key, uint32_t origin, Value details) {
  Value term = value_map(file->arena, 2);
  if (value_is_text(details)) value_put(term, "title", details);
  if (details.type == VALUE_MAP) term = details;
  term.origin = origin;
  value_set(terms, key, term);
  if (terms.map) terms.map->entries[terms.map->count - 1].key_origin = origin;
}

/* A list of keys, or a map from keys to titles or to maps. */
static bool read_terms(const ShapeFile *file, Value given, Value *terms) {
  *terms = value_map(file->arena, value_count(given));
  bool good = true;
  for (size_t i = 0; given.type == VALUE_LIST && i < value_count(given); i++) {
    Value key = value_at(given, i);
    good = good && value_is_text(key);
    if (value_is_text(key)) add_term(*terms, file, key.str, key.origin, (Value){0});
  }
  for (size_t i = 0; given.type == VALUE_MAP && i < value_count(given); i++) {
    const ValueEntry *entry = &given.map->entries[i];
    if (entry->value.type == VALUE_MAP) good = shape_check(file, entry->value, &term_shape) && good;
    add_term(*terms, file, entry->key, entry->key_origin, entry->value);
  }
  if (given.type == VALUE_LIST || given.type == VALUE_MAP) {
    if (!good && given.type == VALUE_LIST)
      DIAG(file->diags, KEY_TYPE, shape_span(file->path, given), STR("terms"), STR("a list of text"),
           STR("a list of other things"));
    return good;
  }
  DIAG(file->diags, KEY_TYPE, shape_span(file->path, given), STR("terms"), STR("a list or a map"),
       value_type_name(given));
  return false;
}

static bool add(const ShapeFile *file, Taxonomies *taxonomies, Taxonomy taxonomy, Value details) {
  bool good = true;
  if (taxonomies->count == TAXONOMY_MOST || !is_name(file->arena, taxonomy.name)) {
    DIAG(file->diags, TAXONOMY_NAME, taxonomy.span, taxonomy.name);
    return false;
  }
  if (details.type == VALUE_MAP) {
    good = shape_check(file, details, &taxonomy_shape);
    taxonomy.title = value_get(details, STR("title"));
    taxonomy.description = value_get(details, STR("description"));
    Value terms = value_get(details, STR("terms"));
    if (value_is_defined(terms)) good = read_terms(file, terms, &taxonomy.terms) && good;
  } else if (details.type != VALUE_UNDEFINED && details.type != VALUE_NULL) {
    DIAG(file->diags, KEY_TYPE, shape_span(file->path, details), taxonomy.name,
         STR("a map with `title`, `description` or `terms`"), value_type_name(details));
    good = false;
  }
  ((Taxonomy *)taxonomies->items)[taxonomies->count++] = taxonomy;
  return good;
}

bool taxonomies_read(const ShapeFile *file, Value value, Taxonomies *taxonomies) {
  *taxonomies = (Taxonomies){.items = ARENA_ARRAY(file->arena, Taxonomy, TAXONOMY_MOST)};
  Span whole = {file->path, STR_NONE, 0};
  bool good = true;
  if (value.type == VALUE_UNDEFINED) {
    static const char *const usual[] = {"tags", "conditions", "treatments"};
    for (size_t i = 0; i < sizeof usual / sizeof *usual; i++)
      add(file, taxonomies, named(file->arena, str_from_c(usual[i]), whole), (Value){0});
    return true;
  }
  if (value.type != VALUE_LIST && value.type != VALUE_MAP) {
    DIAG(file->diags, KEY_TYPE, shape_span(file->path, value), STR("taxonomies"), STR("a list or a map"),
         value_type_name(value));
    return false;
  }
  for (size_t i = 0; value.type == VALUE_LIST && i < value_count(value); i++) {
    Value name = value_at(value, i);
    Span span = shape_span(file->path, name);
    good = add(file, taxonomies, named(file->arena, value_text(name), span), (Value){0}) && good;
  }
  for (size_t i = 0; value.type == VALUE_MAP && i < value_count(value); i++) {
    const ValueEntry *entry = &value.map->entries[i];
    Taxonomy taxonomy = named(file->arena, entry->key, shape_key_span(file->path, entry));
    good = add(file, taxonomies, taxonomy, entry->value) && good;
  }
  return good;
}
