#include "content/shape.h"

#include "content/addresses.h"
#include "content/dates.h"
#include "data/yaml.h"

enum { KEYS_MOST = 64 }; /* of one shape; the front matter has 30 */

static Span span_of(Str path, uint32_t origin, size_t len) {
  if (origin == 0) return (Span){path, STR_NONE, 0};
  return (Span){path, origin - 1, len ? len : 1};
}

Span shape_span(Str path, Value value) {
  return span_of(path, value.origin, value_text(value).len);
}

Span shape_key_span(Str path, const ValueEntry *entry) {
  return span_of(path, entry->key_origin, entry->key.len);
}

static const ShapeKey *find_key(const Shape *shape, Str name) {
  for (size_t i = 0; i < shape->count; i++)
    if (str_equal(name, str_from_c(shape->keys[i].name))) return &shape->keys[i];
  return NULL;
}

/* A key in capitals, as some generators take it. */
static Str same_letters(Str key, const Str *names, size_t count) {
  for (size_t i = 0; i < count; i++)
    if (str_equal_nocase(key, names[i])) return names[i];
  return (Str){"", 0};
}

static const char *instead_of(const Shape *shape, Str name) {
  for (const ShapeForeign *key = shape->foreign; key && key->name; key++)
    if (str_equal_nocase(name, str_from_c(key->name))) return key->instead;
  return NULL;
}

/* False: the page can't be published with it. */
static bool report_unknown(const ShapeFile *file, const ValueEntry *entry, const Shape *shape) {
  Str names[KEYS_MOST];
  size_t count = shape->count < KEYS_MOST ? shape->count : KEYS_MOST;
  for (size_t i = 0; i < count; i++) names[i] = str_from_c(shape->keys[i].name);
  Span span = shape_key_span(file->path, entry);
  const char *instead = instead_of(shape, entry->key);
  Str nearest = instead ? (Str){"", 0} : str_nearest(entry->key, names, count);
  if (!instead && !nearest.len) nearest = same_letters(entry->key, names, count);
  bool vital = shape->vital && str_equal(nearest, str_from_c(shape->vital));
  if (vital)
    DIAG(file->diags, KEY_DRAFT, span, entry->key);
  else if (instead)
    DIAG(file->diags, KEY_FOREIGN, span, entry->key, str_from_c(instead));
  else
    DIAG(file->diags, KEY_UNKNOWN, span, entry->key, nearest);
  return !vital;
}

static bool is_plain_scalar(Value value) {
  return value.type == VALUE_INT || value.type == VALUE_FLOAT || value.type == VALUE_BOOL;
}

static Value as_text(const ShapeFile *file, Value value) {
  if (!is_plain_scalar(value) || value.origin == 0) return value;
  Value text = value_str(str_copy(file->arena, yaml_as_written(file->text, value)));
  text.origin = value.origin;
  return text;
}

static bool wrong(const ShapeFile *file, const ValueEntry *entry, Str wanted) {
  Span span = entry->value.origin ? shape_span(file->path, entry->value) : shape_key_span(file->path, entry);
  DIAG(file->diags, KEY_TYPE, span, entry->key, wanted, value_type_name(entry->value));
  return false;
}

static bool check_texts(const ShapeFile *file, ValueEntry *entry) {
  Value texts = value_list(file->arena, 1);
  texts.origin = entry->value.origin;
  if (entry->value.type != VALUE_LIST) value_push(texts, entry->value);
  for (size_t i = 0; i < value_count(entry->value); i++) value_push(texts, value_at(entry->value, i));
  for (size_t i = 0; i < texts.list->count; i++) {
    texts.list->items[i] = as_text(file, texts.list->items[i]);
    if (texts.list->items[i].type != VALUE_STR) return wrong(file, entry, STR("a list of text"));
  }
  entry->value = texts;
  return true;
}

static bool check_words(const ShapeFile *file, ValueEntry *entry) {
  static const Str wanted = {"text, or text by language", 25};
  if (entry->value.type != VALUE_MAP) {
    entry->value = as_text(file, entry->value);
    return entry->value.type == VALUE_STR || wrong(file, entry, wanted);
  }
  for (size_t i = 0; i < entry->value.map->count; i++) {
    Value *word = &entry->value.map->entries[i].value;
    *word = as_text(file, *word);
    if (word->type != VALUE_STR) return wrong(file, &entry->value.map->entries[i], STR("text"));
  }
  return true;
}

static bool check_person(const ShapeFile *file, ValueEntry *entry) {
  if (entry->value.type == VALUE_STR) {
    Value person = value_map(file->arena, 1);
    person.origin = entry->value.origin;
    value_put(person, "role", entry->value);
    entry->value = person;
  }
  if (value_is_text(value_get(entry->value, STR("role")))) return true;
  return wrong(file, entry, STR("a map with a `role`"));
}

/* What a page is about, for machines: schema/about.h. */
static const char *const about_types[] = {"condition", "therapy", "procedure", NULL};
static const ShapeKey about_keys[] = {
    {"name", SHAPE_TEXT, NULL},
    {"type", SHAPE_CHOICE, about_types},
    {"codes", SHAPE_MAP, NULL},
    {"preparation", SHAPE_TEXT, NULL},
    {"how_performed", SHAPE_TEXT, NULL},
    {"followup", SHAPE_TEXT, NULL},
    {"adverse_outcomes", SHAPE_TEXTS, NULL},
    {"serious_adverse_outcomes", SHAPE_TEXTS, NULL},
    {"possible_treatments", SHAPE_TEXTS, NULL},
};
static const Shape about_shape = {.keys = about_keys, .count = sizeof about_keys / sizeof *about_keys};

static bool check_about(const ShapeFile *file, ValueEntry *entry) {
  Value about = as_text(file, entry->value);
  if (about.type == VALUE_STR) {
    entry->value = value_map(file->arena, 1);
    entry->value.origin = about.origin;
    value_put(entry->value, "name", about);
  }
  if (entry->value.type != VALUE_MAP) return wrong(file, entry, STR("text, or a map with a `name`"));
  bool good = shape_check(file, entry->value, &about_shape);
  if (!value_is_text(value_get(entry->value, STR("name")))) {
    DIAG(file->diags, KEY_MISSING, shape_key_span(file->path, entry), STR("name"));
    return false;
  }
  Value codes = value_get(entry->value, STR("codes"));
  for (size_t i = 0; codes.type == VALUE_MAP && i < value_count(codes); i++) {
    Value *code = &codes.map->entries[i].value;
    *code = as_text(file, *code);
    if (code->type != VALUE_STR) return wrong(file, &codes.map->entries[i], STR("text"));
  }
  return good;
}

/* "2026-10-05T09:30:00+02:00" is told the day in it. */
static bool report_date(const ShapeFile *file, const ValueEntry *entry) {
  enum { DAY = sizeof "2026-10-05" - 1 };
  Span span = shape_span(file->path, entry->value);
  Str text = value_text(entry->value);
  Str day = str_slice(text, 0, DAY);
  bool timed = text.len > DAY && (text.s[DAY] == 'T' || text.s[DAY] == ' ') && date_is_iso(day);
  if (timed)
    DIAG(file->diags, DATE_TIME, span, entry->key, day);
  else
    DIAG(file->diags, DATE_ISO, span, entry->key, text);
  return false;
}

static bool check_source_dates(const ShapeFile *file, Value source) {
  const ValueEntry *date = value_entry(source, STR("date"));
  if (!date || (date->value.type == VALUE_STR && date_is_iso(date->value.str))) return true;
  return report_date(file, date);
}

bool shape_check_url(Str path, DiagList *diags, Value map) {
  const ValueEntry *url = value_entry(map, STR("url"));
  if (!url || address_is_web(value_text(url->value))) return true;
  DIAG(diags, KEY_URL, shape_span(path, url->value), url->key, value_text(url->value));
  return false;
}

static bool check_sources(const ShapeFile *file, ValueEntry *entry) {
  if (entry->value.type != VALUE_LIST) return wrong(file, entry, STR("a list of sources, each with a `title`"));
  bool good = true;
  for (size_t i = 0; i < entry->value.list->count; i++) {
    Value *source = &entry->value.list->items[i];
    if (source->type == VALUE_STR) {
      Value map = value_map(file->arena, 1);
      map.origin = source->origin;
      value_put(map, "title", *source);
      *source = map;
    }
    if (!value_is_text(value_get(*source, STR("title"))))
      return wrong(file, entry, STR("a list of sources, each with a `title`"));
    good = check_source_dates(file, *source) && good;
    good = shape_check_url(file->path, file->diags, *source) && good;
  }
  return good;
}

static bool check_choice(const ShapeFile *file, const ValueEntry *entry, const ShapeKey *key) {
  Str names[KEYS_MOST];
  size_t count = 0;
  for (; count < KEYS_MOST && key->choices[count]; count++) names[count] = str_from_c(key->choices[count]);
  Str chosen = value_text(entry->value);
  for (size_t i = 0; i < count; i++)
    if (str_equal(chosen, names[i])) return true;
  Buf all = buf_new(file->arena, 4096);
  for (size_t i = 0; i < count; i++) {
    if (i) buf_add_lit(&all, ", ");
    buf_add(&all, names[i]);
  }
  DIAG(file->diags, KEY_CHOICE, shape_span(file->path, entry->value), entry->key, chosen, buf_str(&all),
       str_nearest(chosen, names, count));
  return false;
}

static bool check_date(const ShapeFile *file, ValueEntry *entry) {
  entry->value = as_text(file, entry->value);
  if (entry->value.type == VALUE_STR && date_is_iso(entry->value.str)) return true;
  return report_date(file, entry);
}

static bool check_entry(const ShapeFile *file, ValueEntry *entry, const ShapeKey *key) {
  switch (key->type) {
    case SHAPE_ANY: return true;
    case SHAPE_TEXT:
      entry->value = as_text(file, entry->value);
      return entry->value.type == VALUE_STR || wrong(file, entry, STR("text"));
    case SHAPE_WORDS: return check_words(file, entry);
    case SHAPE_NUMBER: return entry->value.type == VALUE_INT || wrong(file, entry, STR("a whole number"));
    case SHAPE_BOOL: return entry->value.type == VALUE_BOOL || wrong(file, entry, STR("true or false"));
    case SHAPE_DATE: return check_date(file, entry);
    case SHAPE_TEXTS: return check_texts(file, entry);
    case SHAPE_PERSON: return check_person(file, entry);
    case SHAPE_ABOUT: return check_about(file, entry);
    case SHAPE_SOURCES: return check_sources(file, entry);
    case SHAPE_CHOICE: return check_choice(file, entry, key);
    case SHAPE_MAP: return entry->value.type == VALUE_MAP || wrong(file, entry, STR("a map"));
    case SHAPE_LIST: return entry->value.type == VALUE_LIST || wrong(file, entry, STR("a list"));
  }
  return true;
}

/* A key with nothing after it is as good as absent. */
static void drop_empty(Value map) {
  size_t kept = 0;
  for (size_t i = 0; i < map.map->count; i++)
    if (map.map->entries[i].value.type != VALUE_NULL) map.map->entries[kept++] = map.map->entries[i];
  if (kept == map.map->count) return;
  Value copy = value_map(map.map->arena, kept);
  for (size_t i = 0; i < kept; i++) {
    value_set(copy, map.map->entries[i].key, map.map->entries[i].value);
    copy.map->entries[i].key_origin = map.map->entries[i].key_origin;
  }
  *map.map = *copy.map;
}

bool shape_check(const ShapeFile *file, Value map, const Shape *shape) {
  bool good = true;
  drop_empty(map);
  for (size_t i = 0; i < map.map->count; i++) {
    ValueEntry *entry = &map.map->entries[i];
    const ShapeKey *key = find_key(shape, entry->key);
    if (!key) {
      good = report_unknown(file, entry, shape) && good;
      continue;
    }
    entry->key.s = key->name; /* of which there is one, not one a page */
    good = check_entry(file, entry, key) && good;
  }
  return good;
}
