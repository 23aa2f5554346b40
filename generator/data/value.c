#include "data/value.h"

#include <string.h>

enum { LINEAR_MOST = 8 }; /* entries a map looks through one by one; with more a hash index is faster */

Value value_null(void) {
  return (Value){.type = VALUE_NULL};
}

Value value_bool(bool b) {
  return (Value){.type = VALUE_BOOL, .b = b};
}

Value value_int(int64_t i) {
  return (Value){.type = VALUE_INT, .i = i};
}

Value value_float(double f) {
  return (Value){.type = VALUE_FLOAT, .f = f};
}

Value value_str(Str str) {
  return (Value){.type = VALUE_STR, .str = str};
}

Value value_markup(Str html) {
  return (Value){.type = VALUE_MARKUP, .str = html};
}

Value value_c(const char *c) {
  return value_str(str_from_c(c));
}

Value value_list(Arena *arena, size_t capacity) {
  ValueList *list = ARENA_NEW(arena, ValueList);
  list->arena = arena;
  list->capacity = capacity;
  if (capacity) list->items = ARENA_ARRAY(arena, Value, capacity);
  return (Value){.type = VALUE_LIST, .list = list};
}

Value value_map(Arena *arena, size_t capacity) {
  ValueMap *map = ARENA_NEW(arena, ValueMap);
  map->arena = arena;
  map->capacity = capacity;
  if (capacity) map->entries = ARENA_ARRAY(arena, ValueEntry, capacity);
  return (Value){.type = VALUE_MAP, .map = map};
}

static size_t grown(size_t capacity) {
  return capacity < 4 ? 4 : capacity * 2;
}

void value_push(Value value, Value item) {
  ValueList *list = value.list;
  if (list->count == list->capacity) {
    list->capacity = grown(list->capacity);
    Value *items = ARENA_ARRAY(list->arena, Value, list->capacity);
    if (list->count) memcpy(items, list->items, list->count * sizeof *items);
    list->items = items;
  }
  list->items[list->count++] = item;
}

static void index_add(ValueMap *map, size_t entry) {
  size_t mask = map->index_size - 1;
  size_t slot = str_hash(map->entries[entry].key) & mask;
  while (map->index[slot]) slot = (slot + 1) & mask;
  map->index[slot] = (uint32_t)entry + 1;
}

static void index_build(ValueMap *map) {
  map->index_size = 4 * LINEAR_MOST;
  while (map->index_size < map->capacity * 2) map->index_size *= 2;
  map->index = ARENA_ARRAY(map->arena, uint32_t, map->index_size);
  for (size_t i = 0; i < map->count; i++) index_add(map, i);
}

static ValueEntry *find(const ValueMap *map, Str key) {
  if (!map->index) {
    for (size_t i = 0; i < map->count; i++)
      if (str_equal(map->entries[i].key, key)) return &map->entries[i];
    return NULL;
  }
  size_t mask = map->index_size - 1;
  for (size_t slot = str_hash(key) & mask; map->index[slot]; slot = (slot + 1) & mask) {
    ValueEntry *entry = &map->entries[map->index[slot] - 1];
    if (str_equal(entry->key, key)) return entry;
  }
  return NULL;
}

void value_set(Value into, Str key, Value value) {
  ValueMap *map = into.map;
  ValueEntry *entry = find(map, key);
  if (entry) {
    entry->value = value;
    return;
  }
  if (map->count == map->capacity) {
    map->capacity = grown(map->capacity);
    ValueEntry *entries = ARENA_ARRAY(map->arena, ValueEntry, map->capacity);
    if (map->count) memcpy(entries, map->entries, map->count * sizeof *entries);
    map->entries = entries;
  }
  map->entries[map->count++] = (ValueEntry){.key = key, .value = value};
  if (map->count <= LINEAR_MOST) return;
  if (!map->index || map->count * 2 > map->index_size)
    index_build(map);
  else
    index_add(map, map->count - 1);
}

const ValueEntry *value_entry(Value map, Str key) {
  return map.type == VALUE_MAP ? find(map.map, key) : NULL;
}

Value value_get(Value from, Str key) {
  if (from.type == VALUE_OBJECT && from.object.class->member)
    return from.object.class->member(from.object.data, key, NULL);
  const ValueEntry *entry = value_entry(from, key);
  return entry ? entry->value : (Value){0};
}

Value value_at(Value list, size_t index) {
  return list.type == VALUE_LIST && index < list.list->count ? list.list->items[index] : (Value){0};
}

Value value_path(Value from, Str dotted, Arena *arena) {
  while (dotted.len) {
    Str name;
    str_cut(dotted, '.', &name, &dotted);
    bool object = from.type == VALUE_OBJECT && from.object.class->member;
    from = object ? from.object.class->member(from.object.data, name, arena) : value_get(from, name);
  }
  return from;
}

static Str keep_text(Arena *arena, const Arena *scratch, Str text) {
  return arena_holds(scratch, text.s) ? str_copy(arena, text) : text;
}

static ValueList *keep_list(Arena *arena, const Arena *scratch, const ValueList *list) {
  ValueList *kept = value_list(arena, list->count).list;
  kept->count = list->count;
  for (size_t i = 0; i < list->count; i++) kept->items[i] = value_keep(arena, scratch, list->items[i]);
  return kept;
}

static ValueMap *keep_map(Arena *arena, const Arena *scratch, const ValueMap *map) {
  ValueMap *kept = value_map(arena, map->count).map;
  kept->count = map->count;
  for (size_t i = 0; i < map->count; i++) {
    const ValueEntry *entry = &map->entries[i];
    kept->entries[i] = (ValueEntry){.key = keep_text(arena, scratch, entry->key),
                                    .key_origin = entry->key_origin,
                                    .value = value_keep(arena, scratch, entry->value)};
  }
  if (kept->count > LINEAR_MOST) index_build(kept);
  return kept;
}

Value value_keep(Arena *arena, const Arena *scratch, Value value) {
  if (value_is_text(value))
    value.str = keep_text(arena, scratch, value.str);
  else if (value.type == VALUE_LIST && arena_holds(scratch, value.list))
    value.list = keep_list(arena, scratch, value.list);
  else if (value.type == VALUE_MAP && arena_holds(scratch, value.map))
    value.map = keep_map(arena, scratch, value.map);
  return value;
}

bool value_is_defined(Value value) {
  return value.type != VALUE_UNDEFINED;
}

bool value_is_text(Value value) {
  return value.type == VALUE_STR || value.type == VALUE_MARKUP;
}

size_t value_count(Value value) {
  if (value.type == VALUE_LIST) return value.list->count;
  return value.type == VALUE_MAP ? value.map->count : 0;
}

Str value_text(Value value) {
  return value_is_text(value) ? value.str : (Str){"", 0};
}

int64_t value_to_int(Value value, int64_t otherwise) {
  return value.type == VALUE_INT ? value.i : otherwise;
}

bool value_to_bool(Value value, bool otherwise) {
  return value.type == VALUE_BOOL ? value.b : otherwise;
}

Str value_type_name(Value value) {
  switch ((ValueType)value.type) {
    case VALUE_UNDEFINED: return STR("nothing");
    case VALUE_NULL: return STR("null");
    case VALUE_BOOL: return STR("true or false");
    case VALUE_INT:
    case VALUE_FLOAT: return STR("a number");
    case VALUE_STR: return STR("text");
    case VALUE_MARKUP: return STR("markup");
    case VALUE_LIST: return STR("a list");
    case VALUE_MAP: return STR("a map");
    case VALUE_OBJECT: return value.object.class->name;
  }
  return STR("nothing");
}

static bool is_number(Value value) {
  return value.type == VALUE_INT || value.type == VALUE_FLOAT || value.type == VALUE_BOOL;
}

static double number(Value value) {
  if (value.type == VALUE_FLOAT) return value.f;
  return value.type == VALUE_BOOL ? (double)value.b : (double)value.i;
}

static int64_t whole(Value value) {
  return value.type == VALUE_BOOL ? value.b : value.i;
}

static bool numbers_equal(Value a, Value b) {
  if (a.type == VALUE_FLOAT || b.type == VALUE_FLOAT) return number(a) == number(b);
  return whole(a) == whole(b);
}

static bool lists_equal(const ValueList *a, const ValueList *b) {
  if (a->count != b->count) return false;
  for (size_t i = 0; i < a->count; i++)
    if (!value_equal(a->items[i], b->items[i])) return false;
  return true;
}

static bool maps_equal(const ValueMap *a, const ValueMap *b) {
  if (a->count != b->count) return false;
  for (size_t i = 0; i < a->count; i++) {
    const ValueEntry *other = find(b, a->entries[i].key);
    if (!other || !value_equal(a->entries[i].value, other->value)) return false;
  }
  return true;
}

bool value_equal(Value a, Value b) {
  if (is_number(a) && is_number(b)) return numbers_equal(a, b);
  if (value_is_text(a) && value_is_text(b)) return str_equal(a.str, b.str);
  if (a.type != b.type) return false;
  switch ((ValueType)a.type) {
    case VALUE_LIST: return lists_equal(a.list, b.list);
    case VALUE_MAP: return maps_equal(a.map, b.map);
    case VALUE_OBJECT: return a.object.data == b.object.data;
    default: return true;
  }
}
