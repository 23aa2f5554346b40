/* JSON in and out. What is written is compared with what Python's json.dumps writes (the expected texts are its own).
 */
#include "report.h"

#include <math.h>
#include <string.h>

#include "data/json.h"

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

static Value read_right(Str text) {
  DiagList diags = diag_list_new(&arena);
  Value value;
  bool right = json_read(&arena, STR("f.json"), text, &diags, &value);
  if (!right) print_error("%s\n", str_to_c(&arena, report_print(&arena, &diags, text)));
  assert_true(right);
  return value;
}

static const char *written(Value value, int flags, int indent) {
  Buf out = buf_new(&arena, REPORT_MOST);
  json_write(&out, value, (JsonFlags)flags, indent);
  assert_false(out.over);
  return str_to_c(&arena, buf_str(&out));
}

static const char *refusal(Str text) {
  DiagList diags = diag_list_new(&arena);
  Value value;
  assert_false(json_read(&arena, STR("f.json"), text, &diags, &value));
  assert_false(value_is_defined(value));
  return str_to_c(&arena, report_print(&arena, &diags, text));
}

static void reads_every_type_in_order(void **state) {
  (void)state;
  Str text =
      STR("{\"b\": [null, true, false, -9223372036854775808, 9223372036854775807, 1.5, 1e3], \"a\": {\"k\": \"v\"}}");
  assert_string_equal(written(read_right(text), JSON_OUT_PLAIN, 0),
                      "{\"b\": [null, true, false, -9223372036854775808, 9223372036854775807, 1.5, 1000.0], "
                      "\"a\": {\"k\": \"v\"}}");
  assert_int_equal(read_right(STR("12")).i, 12);
  assert_str(&arena, value_text(read_right(STR("\"\\u00e9\\ud834\\udd1e\""))), "\xC3\xA9\xF0\x9D\x84\x9E");
  assert_int_equal(read_right(STR("{}")).origin, 0);
}

static void nothing_points_into_the_file_afterwards(void **state) {
  (void)state;
  char text[] = "{\"key\": \"value\"}";
  Value value = read_right(str_from_c(text));
  memset(text, 'X', sizeof text - 1);
  assert_str(&arena, value_text(value_get(value, STR("key"))), "value");
}

static void errors_have_their_place(void **state) {
  (void)state;
  assert_string_equal(refusal(STR("{\"a\": 1,\n \"b\" 2}")),
                      "f.json:2:6: error: this is not valid JSON: ':' expected [json-syntax]\n"
                      "      2 |  \"b\" 2}\n"
                      "        |      ^\n");
  assert_non_null(
      strstr(refusal(STR("{\"a\": 1, \"a\": 2}")), "f.json:1:12: error: this is not valid JSON: duplicate object key"));
  static const char *const broken[] = {"",
                                       " ",
                                       "{",
                                       "[1,]",
                                       "nul",
                                       "01",
                                       "\"\\x\"",
                                       "[1] 2",
                                       "{a: 1}",
                                       "\"\x01\"",
                                       "\"\xFF\"",
                                       "\"\\u0000\"",
                                       "'a'",
                                       "\"open",
                                       "1e9999",
                                       "[1",
                                       "{\"a\":1,}",
                                       "\"\\ud800\"",
                                       "99999999999999999999"};
  for (size_t i = 0; i < sizeof broken / sizeof *broken; i++)
    assert_non_null(strstr(refusal(str_from_c(broken[i])), "[json-syntax]"));
  Buf deep = buf_new(&arena, REPORT_MOST);
  for (int i = 0; i < 100000; i++) buf_add_byte(&deep, '[');
  assert_non_null(strstr(refusal(buf_str(&deep)), "maximum parsing depth"));
}

static Value sample(void) {
  Value map = value_map(&arena, 4);
  Value list = value_list(&arena, 2);
  value_push(list, value_int(1));
  value_push(list, value_c("two"));
  value_put(map, "z", list);
  value_put(map, "a", value_map(&arena, 0));
  value_put(map, "B", value_list(&arena, 0));
  value_put(map, "\xC3\xA9", value_bool(true));
  return map;
}

static void layout_is_pythons(void **state) {
  (void)state;
  assert_string_equal(written(sample(), JSON_OUT_PLAIN, 0),
                      "{\"z\": [1, \"two\"], \"a\": {}, \"B\": [], \"\\u00e9\": true}");
  assert_string_equal(written(sample(), JSON_OUT_SORTED, 0),
                      "{\"B\": [], \"a\": {}, \"z\": [1, \"two\"], \"\\u00e9\": true}");
  assert_string_equal(written(sample(), JSON_OUT_SORTED | JSON_OUT_COMPACT | JSON_OUT_UTF8, 0),
                      "{\"B\":[],\"a\":{},\"z\":[1,\"two\"],\"\xC3\xA9\":true}");
  assert_string_equal(written(sample(), JSON_OUT_PLAIN, 2),
                      "{\n  \"z\": [\n    1,\n    \"two\"\n  ],\n  \"a\": {},\n  \"B\": [],\n  \"\\u00e9\": true\n}");
}

static void text_is_escaped_as_python_does(void **state) {
  (void)state;
  Value text =
      value_str(STR("\"\\/\b\f\n\r\t\x01\x1F\x7F<>&' \xC3\xA9 \xE2\x80\xA8\xE2\x80\xA9\xE2\x80\xA7 \xF0\x9D\x84\x9E"));
  assert_string_equal(
      written(text, JSON_OUT_PLAIN, 0),
      "\"\\\"\\\\/\\b\\f\\n\\r\\t\\u0001\\u001f\\u007f<>&' \\u00e9 \\u2028\\u2029\\u2027 \\ud834\\udd1e\"");
  assert_string_equal(
      written(text, JSON_OUT_UTF8, 0),
      "\"\\\"\\\\/\\b\\f\\n\\r\\t\\u0001\\u001f\x7F<>&' \xC3\xA9 \\u2028\\u2029\xE2\x80\xA7 \xF0\x9D\x84\x9E\"");
  assert_string_equal(written(value_c("\\u00E9 \\\\"), JSON_OUT_PLAIN, 0), "\"\\\\u00E9 \\\\\\\\\"");
}

static void script_output_cannot_end_a_script(void **state) {
  (void)state;
  Value map = value_map(&arena, 1);
  value_put(map, "</script>", value_c("<!--<script> & 'x'"));
  assert_string_equal(written(map, JSON_OUT_SCRIPT | JSON_OUT_UTF8, 0),
                      "{\"\\u003c/script\\u003e\": \"\\u003c!--\\u003cscript\\u003e \\u0026 \\u0027x\\u0027\"}");
  assert_string_equal(written(map, JSON_OUT_SCRIPT, 0),
                      "{\"\\u003c/script\\u003e\": \"\\u003c!--\\u003cscript\\u003e \\u0026 \\u0027x\\u0027\"}");
}

static void what_json_has_not_is_null(void **state) {
  (void)state;
  static const ValueClass class = {.name = {"thing", 5}};
  Value list = value_list(&arena, 8);
  value_push(list, (Value){0});
  value_push(list, value_null());
  value_push(list, value_float((double)NAN));
  value_push(list, value_float((double)-INFINITY));
  value_push(list, (Value){.type = VALUE_OBJECT, .object = {&class, NULL}});
  value_push(list, value_markup(STR("<b>")));
  assert_string_equal(written(list, JSON_OUT_PLAIN, 0), "[null, null, null, null, null, \"<b>\"]");
  Value deep = value_int(1);
  for (int i = 0; i < 2000; i++) {
    Value outer = value_list(&arena, 1);
    value_push(outer, deep);
    deep = outer;
  }
  assert_non_null(strstr(written(deep, JSON_OUT_PLAIN, 0), "[null]"));
}

static void numbers_are_exact(void **state) {
  (void)state;
  assert_string_equal(
      written(read_right(STR("[0.1, 1e22, 1.5e-7, 100.0, -0.0, 5e-324, 1.7976931348623157e308]")), JSON_OUT_PLAIN, 0),
      "[0.1, 1e+22, 1.5e-07, 100.0, -0.0, 5e-324, 1.7976931348623157e+308]");
}

static void bad_utf8_is_mended_not_refused(void **state) {
  (void)state;
  assert_string_equal(written(value_str(STR("a\xFF\xE2\x80")), JSON_OUT_PLAIN, 0), "\"a\\ufffd\\ufffd\\ufffd\"");
  assert_string_equal(written(value_str(STR("a\xFF")), JSON_OUT_UTF8, 0), "\"a\xEF\xBF\xBD\"");
  assert_string_equal(written(value_str((Str){NULL, 0}), JSON_OUT_PLAIN, 0), "\"\"");
}

static void the_maximum_is_kept(void **state) {
  (void)state;
  for (size_t max = 0; max < 40; max++) {
    Buf out = buf_new(&arena, max);
    json_write(&out, sample(), JSON_OUT_PLAIN, 0);
    assert_true(out.over);
    assert_true(out.len <= max);
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(reads_every_type_in_order),      cmocka_unit_test(nothing_points_into_the_file_afterwards),
      cmocka_unit_test(errors_have_their_place),        cmocka_unit_test(layout_is_pythons),
      cmocka_unit_test(text_is_escaped_as_python_does), cmocka_unit_test(script_output_cannot_end_a_script),
      cmocka_unit_test(what_json_has_not_is_null),      cmocka_unit_test(numbers_are_exact),
      cmocka_unit_test(bad_utf8_is_mended_not_refused), cmocka_unit_test(the_maximum_is_kept),
  };
  return cmocka_run_group_tests_name("json", tests, set_up, tear_down);
}
