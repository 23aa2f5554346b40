/* Values by language: `text: {en: 2 weeks, es: 2 semanas}` in clinic.yaml, facts.yaml, site.yaml. */
#include "content/settings.h"
#include "content/shape.h"

size_t settings_language_index(const SiteSettings *settings, Str lang) {
  for (size_t i = 0; i < settings->language_count; i++)
    if (str_equal(settings->languages[i], lang)) return i;
  return 0;
}

/* "es", "pt-BR": a language that the site does not have (yet) may stand beside those that it has. */
static bool is_tag(Str key) {
  Str primary;
  Str rest;
  str_cut(key, '-', &primary, &rest);
  if (primary.len < 2 || primary.len > 3) return false;
  for (size_t i = 0; i < primary.len; i++)
    if (primary.s[i] < 'a' || primary.s[i] > 'z') return false;
  return true;
}

static bool is_by_language(const SiteSettings *settings, Value value) {
  if (value.type != VALUE_MAP) return false;
  for (size_t i = 0; i < value.map->count; i++)
    if (!is_tag(value.map->entries[i].key)) return false;
  for (size_t i = 0; i < settings->language_count; i++)
    if (value_entry(value, settings->languages[i])) return true;
  return false;
}

static bool holds_languages(const SiteSettings *settings, Value value) {
  if (is_by_language(settings, value)) return true;
  for (size_t i = 0; i < value_count(value); i++)
    if (holds_languages(settings, value.type == VALUE_MAP ? value.map->entries[i].value : value.list->items[i]))
      return true;
  return false;
}

static Value choose(const SiteSettings *settings, Value by_language, size_t language) {
  Value own = value_get(by_language, settings->languages[language]);
  for (size_t i = 0; i < settings->language_count && !value_is_defined(own); i++)
    own = value_get(by_language, settings->languages[i]);
  return own;
}

Value settings_in_language(Arena *arena, const SiteSettings *settings, Value value, size_t language) {
  if (!holds_languages(settings, value)) return value;
  if (is_by_language(settings, value)) return choose(settings, value, language);
  if (value.type == VALUE_LIST) {
    Value list = value_list(arena, value.list->count);
    for (size_t i = 0; i < value.list->count; i++)
      value_push(list, settings_in_language(arena, settings, value.list->items[i], language));
    list.origin = value.origin;
    return list;
  }
  Value map = value_map(arena, value.map->count);
  for (size_t i = 0; i < value.map->count; i++) {
    const ValueEntry *entry = &value.map->entries[i];
    value_set(map, entry->key, settings_in_language(arena, settings, entry->value, language));
    map.map->entries[i].key_origin = entry->key_origin;
  }
  map.origin = value.origin;
  return map;
}

static void check_entry(const SettingsFiles *files, const SiteSettings *settings, Str path, const ValueEntry *entry) {
  for (size_t i = 0; i < settings->language_count; i++) {
    if (value_is_defined(value_get(entry->value, settings->languages[i]))) continue;
    DIAG(files->diags, LANGUAGE_MISSING, shape_key_span(path, entry), entry->key, settings->languages[i]);
  }
}

static void check_value(const SettingsFiles *files, const SiteSettings *settings, Str path, Value value) {
  for (size_t i = 0; value.type == VALUE_LIST && i < value.list->count; i++)
    check_value(files, settings, path, value.list->items[i]);
  for (size_t i = 0; value.type == VALUE_MAP && i < value.map->count; i++) {
    const ValueEntry *entry = &value.map->entries[i];
    if (is_by_language(settings, entry->value) && entry->key_origin)
      check_entry(files, settings, path, entry);
    else
      check_value(files, settings, path, entry->value);
  }
}

void settings_check_languages(const SettingsFiles *files, const SiteSettings *settings, Str name, Value value) {
  if (settings->language_count < 2 || !holds_languages(settings, value)) return;
  check_value(files, settings, STR_CONCAT(files->arena, files->content, STR("/"), name), value);
}
