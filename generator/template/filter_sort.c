/* Filters that order and compare items. */
#include "template/filters.h"

#include <math.h>
#include <string.h>

#include "base/utf8.h"

typedef struct Keyed {
  Value key;
  Value item;
} Keyed;

typedef struct Sorter {
  TemplateCall *call;
  bool reverse;
} Sorter;

static bool comes_after(const Sorter *s, const Keyed *left, const Keyed *right) {
  int order = order_values(call_frame(s->call), call_node(s->call), right->key, left->key);
  return s->reverse ? order > 0 : order < 0;
}

/* Merge sort: stable, and the comparison may leave by a jump. */
static void merge_sort(const Sorter *s, Keyed *items, Keyed *spare, size_t count) {
  if (count < 2) return;
  size_t half = count / 2;
  merge_sort(s, items, spare, half);
  merge_sort(s, items + half, spare, count - half);
  memcpy(spare, items, half * sizeof *spare);
  size_t left = 0;
  size_t right = half;
  size_t at = 0;
  while (left < half && right < count)
    items[at++] = comes_after(s, &spare[left], &items[right]) ? items[right++] : spare[left++];
  while (left < half) items[at++] = spare[left++];
}

static Keyed *sorted(TemplateCall *call, Keyed *items, size_t count, bool reverse) {
  Sorter s = {call, reverse};
  charge(call_frame(call), call_node(call), count);
  merge_sort(&s, items, ARENA_ARRAY(call->arena, Keyed, count), count);
  return items;
}

static Value items_of(TemplateCall *call, const Keyed *items, size_t count) {
  Value list = value_list(call->arena, count);
  for (size_t i = 0; i < count; i++) value_push(list, items[i].item);
  return list;
}

static Keyed *keyed(TemplateCall *call, Value list, const Path *path) {
  Keyed *items = ARENA_ARRAY(call->arena, Keyed, list.list->count);
  for (size_t i = 0; i < list.list->count; i++)
    items[i] = (Keyed){path_get(call, path, list.list->items[i]), list.list->items[i]};
  return items;
}

/* The key of `sort`: one value for each of the attributes "a,b.c". */
static Value sort_key(TemplateCall *call, const Path *whole, Value item) {
  if (!value_is_text(whole->key) || str_find_byte(whole->key.str, ',') == STR_NONE) return path_get(call, whole, item);
  Value keys = value_list(call->arena, 2);
  Str rest = whole->key.str;
  bool more = true;
  while (more) {
    Str one;
    more = str_cut(rest, ',', &one, &rest);
    Path path = {.key = value_str(one), .lower = whole->lower};
    value_push(keys, path_get(call, &path, item));
  }
  return keys;
}

Value filter_sort(TemplateCall *call) {
  bool reverse = filter_flag(call, 0, "reverse");
  Path path = {.key = ARG(call, 2, "attribute"), .lower = !filter_flag(call, 1, "case_sensitive")};
  Value list = filter_input_list(call);
  size_t count = list.list->count;
  Keyed *items = ARENA_ARRAY(call->arena, Keyed, count);
  for (size_t i = 0; i < count; i++)
    items[i] = (Keyed){sort_key(call, &path, list.list->items[i]), list.list->items[i]};
  return items_of(call, sorted(call, items, count, reverse), count);
}

Value filter_dictsort(TemplateCall *call) {
  Value map = call->input;
  if (map.type != VALUE_MAP) return refuse(call, "`dictsort` wants a map, not %.*s", STR_ARG(value_type_name(map)));
  Path path = {.lower = !filter_flag(call, 0, "case_sensitive")};
  Value by = filter_or(call, 1, "by", value_c("key"));
  bool by_value = value_is_text(by) && str_equal(by.str, STR("value"));
  if (!by_value && !(value_is_text(by) && str_equal(by.str, STR("key"))))
    return refuse(call, "`dictsort` sorts by \"key\" or by \"value\"");
  size_t count = map.map->count;
  Keyed *items = ARENA_ARRAY(call->arena, Keyed, count);
  for (size_t i = 0; i < count; i++) {
    Value pair = value_tuple(call->arena, 2);
    value_push(pair, value_str(map.map->entries[i].key));
    value_push(pair, map.map->entries[i].value);
    items[i] = (Keyed){path_get(call, &path, pair.list->items[by_value ? 1 : 0]), pair};
  }
  return items_of(call, sorted(call, items, count, filter_flag(call, 2, "reverse")), count);
}

static Value group(TemplateCall *call, Value key, Value members) {
  Value pair = value_of_kind(value_list(call->arena, 2), LIST_GROUP);
  value_push(pair, key);
  value_push(pair, members);
  return pair;
}

Value filter_groupby(TemplateCall *call) {
  bool exact = filter_flag(call, 2, "case_sensitive");
  Path path = {
      .key = ARG(call, 0, "attribute"), .otherwise = filter_or(call, 1, "default", (Value){0}), .lower = !exact};
  Path shown = {.key = path.key, .otherwise = path.otherwise};
  Value list = filter_input_list(call);
  size_t count = list.list->count;
  Keyed *items = sorted(call, keyed(call, list, &path), count, false);
  Value groups = value_list(call->arena, 0);
  for (size_t i = 0; i < count;) {
    Value members = value_list(call->arena, 0);
    size_t first = i;
    for (; i < count && equal_values(call_frame(call), call_node(call), items[i].key, items[first].key); i++)
      value_push(members, items[i].item);
    value_push(groups, group(call, path_get(call, &shown, items[first].item), members));
  }
  return groups;
}

/* Equal values have equal texts, whatever their type: 1, 1.0 and true are one. */
static bool identity(TemplateCall *call, Value key, Str *text) {
  int64_t whole;
  if (value_is_text(key)) {
    *text = STR_CONCAT(call->arena, STR("t"), key.str);
  } else if (value_whole(key, &whole) || (key.type == VALUE_FLOAT && floor(key.f) == key.f && fabs(key.f) < 9e18)) {
    if (key.type == VALUE_FLOAT) whole = (int64_t)key.f;
    *text = str_format(call->arena, "n%lld", (long long)whole);
  } else if (key.type == VALUE_FLOAT || key.type == VALUE_NULL || value_is_tuple(key)) {
    *text = STR_CONCAT(call->arena, STR("v"), repr_of(call_frame(call), call_node(call), key));
  } else {
    refuse(call, "`unique` cannot compare %.*s", STR_ARG(value_type_name(key)));
    return false;
  }
  return true;
}

Value filter_unique(TemplateCall *call) {
  Path path = {.key = ARG(call, 1, "attribute"), .lower = !filter_flag(call, 0, "case_sensitive")};
  Value list = filter_input_list(call);
  Value seen = value_map(call->arena, 0);
  Value kept = value_list(call->arena, 0);
  for (size_t i = 0; i < list.list->count; i++) {
    Value key = must_be_defined(call_frame(call), call_node(call), path_get(call, &path, list.list->items[i]));
    Str text;
    if (!identity(call, key, &text)) return value_null();
    if (value_entry(seen, text)) continue;
    value_set(seen, text, value_bool(true));
    value_push(kept, list.list->items[i]);
  }
  return kept;
}

static Value extreme(TemplateCall *call, int sign) {
  Path path = {.key = ARG(call, 1, "attribute"), .lower = !filter_flag(call, 0, "case_sensitive")};
  Value list = filter_input_list(call);
  Frame *f = call_frame(call);
  if (list.list->count == 0)
    return missing_because(f, call_node(call), STR("the list is empty"), STR("guard it with `| default(…)`"));
  Keyed *items = keyed(call, list, &path);
  size_t best = 0;
  for (size_t i = 1; i < list.list->count; i++)
    if (order_values(f, call_node(call), items[i].key, items[best].key) * sign > 0) best = i;
  return items[best].item;
}

Value filter_min(TemplateCall *call) {
  return extreme(call, -1);
}

Value filter_max(TemplateCall *call) {
  return extreme(call, 1);
}
