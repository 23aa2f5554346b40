#include "content/written.h"

#include "data/number.h"
#include "data/yaml.h"

static bool is_number(Value value) {
  return value.type == VALUE_INT || value.type == VALUE_FLOAT;
}

static Str made_anew(Arena *arena, Value number) {
  enum { MOST = 400 }; /* bytes of the longest double */
  Buf out = buf_new(arena, MOST);
  if (number.type == VALUE_INT)
    number_add_int(&out, number.i);
  else
    number_add_float(&out, number.f);
  return buf_str(&out);
}

static Str as_written(Arena *arena, Str text, Value number) {
  Str written = yaml_as_written(text, number);
  return written.len ? str_copy(arena, written) : made_anew(arena, number);
}

static bool is_among(Str key, const char *const *keys) {
  for (; *keys; keys++)
    if (str_equal(key, str_from_c(*keys))) return true;
  return false;
}

/* `text_only`: in a list or map of such numbers. */
static void keep(Arena *arena, Str text, Value value, bool text_only) {
  static const char *const texts[] = {"phones", "emergency", "number", "phone", "telephone", "fax", "postcode", NULL};
  static const char *const numbers[] = {"latitude", "longitude", NULL};
  for (size_t i = 0; i < value_count(value); i++) {
    ValueEntry *entry = value.type == VALUE_MAP ? &value.map->entries[i] : NULL;
    Value *item = entry ? &entry->value : &value.list->items[i];
    bool as_text = text_only || (entry && is_among(entry->key, texts));
    if (item->type == VALUE_MAP || item->type == VALUE_LIST) keep(arena, text, *item, as_text);
    if (!is_number(*item) || (entry && is_among(entry->key, numbers))) continue;
    Str written = as_written(arena, text, *item);
    if (!as_text && str_equal(written, made_anew(arena, *item))) continue;
    uint32_t origin = item->origin;
    *item = value_str(written);
    item->origin = origin;
  }
}

void written_keep(Arena *arena, Str text, Value map) {
  if (map.type == VALUE_MAP) keep(arena, text, map, false);
}
