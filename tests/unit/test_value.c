/* Values: order and lookup of maps, equality as Python has it, paths through objects. */
#include "report.h"

#include "data/value.h"

static Arena arena;

static int set_up(void **state) {
  (void)state;
  arena = arena_reserve((size_t)1 << 28);
  return 0;
}

static int tear_down(void **state) {
  (void)state;
  arena_release(&arena);
  return 0;
}

/* Past the linear look, over several growths of table and index. */
static void maps_keep_order_and_find_every_key(void **state) {
  (void)state;
  enum { KEYS = 5000 };
  Value map = value_map(&arena, 0);
  for (int i = 0; i < KEYS; i++) {
    value_set(map, str_format(&arena, "key %d", (i * 7919) % KEYS), value_int(i));
    if (i < 40 || i % 500 == 0)
      for (int k = 0; k <= i; k++)
        assert_int_equal(value_get(map, str_format(&arena, "key %d", (k * 7919) % KEYS)).i, k);
  }
  assert_int_equal(value_count(map), KEYS);
  for (int i = 0; i < KEYS; i++) assert_int_equal(map.map->entries[i].value.i, i);
  assert_false(value_is_defined(value_get(map, STR("key 5000"))));
  assert_null(value_entry(map, STR("")));
}

static void setting_again_replaces_in_place(void **state) {
  (void)state;
  for (int keys = 2; keys < 30; keys += 9) {
    Value map = value_map(&arena, 1);
    for (int i = 0; i < keys; i++) value_set(map, str_format(&arena, "%d", i), value_int(i));
    value_put(map, "1", value_c("new"));
    assert_int_equal(value_count(map), keys);
    assert_str(&arena, value_text(map.map->entries[1].value), "new");
  }
}

static void lists_grow(void **state) {
  (void)state;
  Value list = value_list(&arena, 0);
  for (int i = 0; i < 1000; i++) value_push(list, value_int(i));
  assert_int_equal(value_count(list), 1000);
  for (size_t i = 0; i < 1000; i++) assert_int_equal(value_at(list, i).i, i);
  assert_false(value_is_defined(value_at(list, 1000)));
  assert_false(value_is_defined(value_at(value_int(3), 0)));
}

static void what_is_not_there_is_undefined(void **state) {
  (void)state;
  assert_false(value_is_defined(value_get(value_int(1), STR("x"))));
  assert_false(value_is_defined(value_get((Value){0}, STR("x"))));
  assert_int_equal(value_count(value_c("text")), 0);
  assert_int_equal(value_text(value_int(1)).len, 0);
  assert_int_equal(value_to_int(value_c("5"), 7), 7);
  assert_true(value_to_bool(value_int(1), true));
  assert_false(value_to_bool(value_int(1), false));
}

static Value member_of_thing(void *data, Str name, Arena *into) {
  if (str_equal(name, STR("made"))) return value_str(str_format(into, "%s!", (const char *)data));
  return (Value){0};
}

static void paths_go_through_maps_and_objects(void **state) {
  (void)state;
  static const ValueClass class = {.name = {"thing", 5}, .member = member_of_thing};
  static const ValueClass blank = {.name = {"blank", 5}};
  char data[] = "x";
  Value map = value_map(&arena, 2);
  Value inner = value_map(&arena, 1);
  value_put(inner, "thing", ((Value){.type = VALUE_OBJECT, .object = {&class, data}}));
  value_put(map, "inner", inner);
  value_put(map, "blank", ((Value){.type = VALUE_OBJECT, .object = {&blank, NULL}}));
  assert_str(&arena, value_text(value_path(map, STR("inner.thing.made"), &arena)), "x!");
  assert_false(value_is_defined(value_path(map, STR("inner.thing.other"), &arena)));
  assert_false(value_is_defined(value_path(map, STR("inner.no.made"), &arena)));
  assert_false(value_is_defined(value_path(map, STR("blank.made"), &arena)));
  assert_int_equal(value_path(map, STR(""), &arena).type, VALUE_MAP);
}

static Value pair(const char *a, Value first, const char *b, Value second) {
  Value map = value_map(&arena, 2);
  value_set(map, str_from_c(a), first);
  value_set(map, str_from_c(b), second);
  return map;
}

static void equality_is_pythons(void **state) {
  (void)state;
  assert_true(value_equal(value_int(1), value_float(1.0)));
  assert_true(value_equal(value_bool(true), value_int(1)));
  assert_true(value_equal(value_bool(false), value_float(0)));
  assert_false(value_equal(value_int(1), value_c("1")));
  assert_false(value_equal(value_null(), value_bool(false)));
  assert_true(value_equal(value_null(), value_null()));
  assert_true(value_equal(value_markup(STR("<b>")), value_c("<b>")));
  assert_true(value_equal(pair("a", value_int(1), "b", value_int(2)), pair("b", value_int(2), "a", value_float(1))));
  assert_false(value_equal(pair("a", value_int(1), "b", value_int(2)), pair("a", value_int(1), "c", value_int(2))));
  Value one = value_list(&arena, 1);
  Value two = value_list(&arena, 1);
  assert_true(value_equal(one, two));
  value_push(one, value_int(1));
  assert_false(value_equal(one, two));
  value_push(two, value_int(2));
  assert_false(value_equal(one, two));
}

/* What lies in scratch is copied, the rest is not; nothing has spare room. */
static void what_is_kept_leaves_scratch(void **state) {
  (void)state;
  Arena scratch = arena_reserve((size_t)1 << 20);
  Value shared = value_list(&arena, 1);
  value_push(shared, value_c("shared"));
  Value map = value_map(&scratch, 0);
  map.origin = 5;
  Value list = value_list(&scratch, 16);
  for (int i = 0; i < 3; i++) value_push(list, value_str(str_format(&scratch, "item %d", i)));
  value_put(map, "list", list);
  value_put(map, "shared", shared);
  for (int i = 0; i < 20; i++) value_set(map, str_format(&scratch, "key %d", i), value_int(i));
  map.map->entries[0].key_origin = 7;
  Value kept = value_keep(&arena, &scratch, map);
  memset(scratch.begin, 'x', arena_used(&scratch));
  arena_release(&scratch);
  assert_int_equal(kept.origin, 5);
  assert_int_equal(value_count(kept), 22);
  assert_int_equal(kept.map->capacity, 22);
  assert_int_equal(kept.map->entries[0].key_origin, 7);
  assert_int_equal(value_to_int(value_get(kept, STR("key 19")), -1), 19);
  assert_ptr_equal(value_get(kept, STR("shared")).list, shared.list);
  Value items = value_get(kept, STR("list"));
  assert_int_equal(items.list->capacity, 3);
  assert_str(&arena, value_text(value_at(items, 2)), "item 2");
  value_put(kept, "more", value_int(1)); /* it can still grow */
  assert_int_equal(value_to_int(value_get(kept, STR("more")), 0), 1);
}

static void types_have_names_for_people(void **state) {
  (void)state;
  assert_str(&arena, value_type_name(value_c("")), "text");
  assert_str(&arena, value_type_name(value_int(1)), "a number");
  assert_str(&arena, value_type_name(value_float(1)), "a number");
  assert_str(&arena, value_type_name(value_list(&arena, 0)), "a list");
  assert_str(&arena, value_type_name(value_map(&arena, 0)), "a map");
  assert_str(&arena, value_type_name(value_bool(true)), "true or false");
  assert_str(&arena, value_type_name(value_null()), "null");
  assert_str(&arena, value_type_name((Value){0}), "nothing");
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(maps_keep_order_and_find_every_key),
      cmocka_unit_test(setting_again_replaces_in_place),
      cmocka_unit_test(lists_grow),
      cmocka_unit_test(what_is_not_there_is_undefined),
      cmocka_unit_test(paths_go_through_maps_and_objects),
      cmocka_unit_test(equality_is_pythons),
      cmocka_unit_test(what_is_kept_leaves_scratch),
      cmocka_unit_test(types_have_names_for_people),
  };
  return cmocka_run_group_tests_name("value", tests, set_up, tear_down);
}
