/* YAML into values: types, positions in the whole file, what is refused and how it is said. */
#include "report.h"

#include <stdio.h>
#include <string.h>

#include "data/json.h"
#include "data/number.h"
#include "data/yaml.h"

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

static Value read_right(const char *text) {
  DiagList diags = diag_list_new(&arena);
  Value value;
  Str all = str_from_c(text);
  bool right = yaml_read(&arena, &(YamlText){STR("f.yaml"), all, 0, all.len}, &diags, &value);
  if (!right) print_error("%s\n", str_to_c(&arena, report_print(&arena, &diags, all)));
  assert_true(right);
  assert_int_equal(diags.count, 0);
  return value;
}

/* What is printed for a text that must be refused. */
static const char *refusal(Str text) {
  DiagList diags = diag_list_new(&arena);
  Value value;
  assert_false(yaml_read(&arena, &(YamlText){STR("f.yaml"), text, 0, text.len}, &diags, &value));
  assert_false(value_is_defined(value));
  assert_true(diag_has_errors(&diags, false));
  return str_to_c(&arena, report_print(&arena, &diags, text));
}

#define assert_refused(text, ...) assert_string_equal(refusal(str_from_c(text)), "" __VA_ARGS__)

/* The value as compact JSON: shows types. */
static const char *as_json(const char *text) {
  Buf out = buf_new(&arena, REPORT_MOST);
  json_write(&out, read_right(text), JSON_OUT_COMPACT, 0);
  return str_to_c(&arena, buf_str(&out));
}

static void plain_scalars_have_the_types_of_the_core_schema(void **state) {
  (void)state;
  assert_string_equal(as_json("[~, null, Null, NULL, nULL]"), "[null,null,null,null,\"nULL\"]");
  assert_string_equal(as_json("[true, True, TRUE, false, yes, no, on, y]"),
                      "[true,true,true,false,\"yes\",\"no\",\"on\",\"y\"]");
  assert_string_equal(as_json("[0, -3, +4, 007, 0x1F, 0o17, 0b1, 1_000]"), "[0,-3,4,7,31,15,\"0b1\",\"1_000\"]");
  assert_string_equal(as_json("[1.5, .5, 5., 1e3, -1.5E-7, 1., ., +, e3, 1e, 0x]"),
                      "[1.5,0.5,5.0,1000.0,-1.5e-07,1.0,\".\",\"+\",\"e3\",\"1e\",\"0x\"]");
  assert_string_equal(as_json("[2026-03-04, 10:30, 1.2.3, 555-0142]"),
                      "[\"2026-03-04\",\"10:30\",\"1.2.3\",\"555-0142\"]");
  assert_string_equal(as_json("a:\nb: ''\nc: \"\"\n"), "{\"a\":null,\"b\":\"\",\"c\":\"\"}");
}

static void quoted_and_block_scalars_are_text(void **state) {
  (void)state;
  assert_string_equal(as_json("['1', \"true\", 'it''s', \"a\\tb \\u00e9\"]"),
                      "[\"1\",\"true\",\"it's\",\"a\\tb \\u00e9\"]");
  assert_string_equal(as_json("a: |\n  1\n  two\nb: >-\n  one\n  two\n\n  three\n"),
                      "{\"a\":\"1\\ntwo\\n\",\"b\":\"one two\\nthree\"}");
  /* libfyaml 0.7.12 gets these wrong or leaks. */
  assert_string_equal(as_json("a: 'x''''y'\nb: ''''''''''''\n"), "{\"a\":\"x''y\",\"b\":\"'''''\"}");
  assert_string_equal(as_json("a: 'one\n  it''s\t\n\n\n  two '\n"), "{\"a\":\"one it's\\n\\ntwo \"}");
  assert_string_equal(as_json("a: 'one\r\n\r\n  two'\r\n"), "{\"a\":\"one\\ntwo\"}");
  assert_string_equal(as_json("a: !!str 12\nb: ! 13\nc: !!int 14\n"), "{\"a\":\"12\",\"b\":\"13\",\"c\":14}");
}

static void special_floats_are_floats(void **state) {
  (void)state;
  Value list = read_right("[.inf, -.Inf, +.INF, .nan, 99999999999999999999]");
  for (size_t i = 0; i < value_count(list); i++) assert_int_equal(value_at(list, i).type, VALUE_FLOAT);
  assert_true(value_at(list, 0).f > 1e308);
  assert_true(value_at(list, 1).f < -1e308);
  assert_true(value_at(list, 3).f != value_at(list, 3).f);
  assert_true(value_at(list, 4).f == 1e20);
  assert_int_equal(value_at(read_right("[-9223372036854775808]"), 0).i, INT64_MIN);
}

static void keys_are_text_in_their_order(void **state) {
  (void)state;
  assert_string_equal(as_json("b: 1\n1: 2\n~: 3\ntrue: 4\n2026-01-02: 5\n'q': 6\n"),
                      "{\"b\":1,\"1\":2,\"~\":3,\"true\":4,\"2026-01-02\":5,\"q\":6}");
}

static void nothing_is_an_empty_map(void **state) {
  (void)state;
  const char *empty[] = {"", "\n\n", "# only a comment\n", "---\n", "~\n", "  \n"};
  for (size_t i = 0; i < sizeof empty / sizeof *empty; i++) {
    Value value = read_right(empty[i]);
    assert_int_equal(value.type, VALUE_MAP);
    assert_int_equal(value_count(value), 0);
  }
}

static void positions_count_from_the_start_of_the_file(void **state) {
  (void)state;
  Str text = STR("---\r\n\xC3\xA9: x\r\ntitle: \"T\"\r\nlist:\r\n  - 12\r\n  - 'b'\r\n---\r\nBody\r\n");
  size_t end = str_find(text, STR("---\r\nBody"));
  DiagList diags = diag_list_new(&arena);
  Value value;
  assert_true(yaml_read(&arena, &(YamlText){STR("p.md"), text, 5, end}, &diags, &value));
  const ValueEntry *title = value_entry(value, STR("title"));
  assert_int_equal(title->key_origin, str_find(text, STR("title")) + 1);
  assert_int_equal(title->value.origin, str_find(text, STR("\"T\"")) + 1);
  const ValueEntry *list = value_entry(value, STR("list"));
  assert_int_equal(value_at(list->value, 0).origin, str_find(text, STR("12")) + 1);
  assert_int_equal(value_at(list->value, 1).origin, str_find(text, STR("'b'")) + 1);
  assert_int_equal(value_entry(value, STR("\xC3\xA9"))->value.origin, str_find(text, STR("x\r")) + 1);
  assert_str(&arena, value_text(value_get(value, STR("\xC3\xA9"))), "x");
}

static void nothing_points_into_the_file_afterwards(void **state) {
  (void)state;
  char text[] = "key: value\nlist: [one]\n";
  Value value = read_right(text);
  memset(text, 'X', sizeof text - 1);
  assert_str(&arena, value_text(value_get(value, STR("key"))), "value");
  assert_str(&arena, value_text(value_at(value_get(value, STR("list")), 0)), "one");
}

static void all_duplicate_keys_are_reported(void **state) {
  (void)state;
  assert_refused("a: 1\nb: 2\na: 3\nc: {x: 1, x: 2}\nb: [1]\n",
                 "f.yaml:3:1: error: `a` is given twice [yaml-duplicate-key]\n"
                 "      3 | a: 3\n"
                 "        | ^\n"
                 "  f.yaml:1:1: it is given here first\n"
                 "hint: keep one of them\n"
                 "f.yaml:4:11: error: `x` is given twice [yaml-duplicate-key]\n"
                 "      4 | c: {x: 1, x: 2}\n"
                 "        |           ^\n"
                 "  f.yaml:4:5: it is given here first\n"
                 "hint: keep one of them\n"
                 "f.yaml:5:1: error: `b` is given twice [yaml-duplicate-key]\n"
                 "      5 | b: [1]\n"
                 "        | ^\n"
                 "  f.yaml:2:1: it is given here first\n"
                 "hint: keep one of them\n");
}

static void a_placeholder_without_quotes_is_named(void **state) {
  (void)state;
  assert_refused(
      "a: {{ clinic.x }}\nb: {{ y }} and\n",
      "f.yaml:1:4: error: `{{` cannot begin a value without quotes: YAML reads it as a map [yaml-placeholder]\n"
      "      1 | a: {{ clinic.x }}\n"
      "        |    ^^^^^^^^^^^^^^\n"
      "hint: write it in quotes: \"{{ clinic.x }}\"\n"
      "f.yaml:2:4: error: `{{` cannot begin a value without quotes: YAML reads it as a map [yaml-placeholder]\n"
      "      2 | b: {{ y }} and\n"
      "        |    ^^^^^^^\n"
      "hint: write it in quotes: \"{{ y }}\"\n");
  assert_non_null(strstr(refusal(STR("- {{ t(\"x\") }}\n")), "hint: write it in quotes: '{{ t(\"x\") }}'\n"));
  assert_non_null(strstr(refusal(STR("a: {{ x.y }}: {{ z }}\n")), "[yaml-placeholder]"));
  assert_non_null(strstr(refusal(STR("a: {{ x\n")), "hint: write it in quotes: \"{{ name }}\"\n"));
  assert_string_equal(as_json("a: \"{{ x }}\"\nb: Call {{ x }} now\n"),
                      "{\"a\":\"{{ x }}\",\"b\":\"Call {{ x }} now\"}");
}

/* What people write most often that is not YAML, and the words that they read. */
static void syntax_errors_are_said_plainly(void **state) {
  (void)state;
  static const struct {
    const char *text, *place, *says;
  } cases[] = {
      {"title: CAR T: what it is\n", "f.yaml:1:13: ", "there is a second `: ` on this line"},
      {"a: 1\nkey with no colon\nb: 2\n", "f.yaml:2:1: ", "no `key: value`"},
      {"a:b\nc: 1\n", "f.yaml:1:1: ", "no `key: value`"},
      {"a:\n\t- b\n", "f.yaml:2:1: ", "a tab is used as indentation"},
      {"\ta: 1\n", "f.yaml:1:1: ", "a tab is used as indentation"},
      {"a: \"open\nb: 1\n", "f.yaml:1:4: ", "no closing quote"},
      {"a: 'open\n", "f.yaml:1:5: ", "no closing quote"},
      {"a: 'it's'\n", "f.yaml:1:8: ", "this follows the closing quote"},
      {"a: \"x\" y\n", "f.yaml:1:8: ", "this follows the closing quote"},
      {"a: @home\n", "f.yaml:1:4: ", "text cannot begin with this character"},
      {"a: `x`\n", "f.yaml:1:4: ", "text cannot begin with this character"},
      {"a: %x\n", "f.yaml:1:4: ", "text cannot begin with this character"},
      {"a: *\n", "f.yaml:1:5: ", "text cannot begin with `*`"},
      {"a: &\n", "f.yaml:1:5: ", "text cannot begin with `&`"},
      {"a: ,b\n", "f.yaml:1:4: ", "text cannot begin with this character"},
      {"a: [1, 2\nb: 3\n", "f.yaml:3:1: ", "a `[` has no `]`"},
      {"a: [x}\n", "f.yaml:1:6: ", "this bracket does not close"},
      {"a: 1\n}\n", "f.yaml:2:1: ", "this `}` closes nothing"},
      {"a: ]\n", "f.yaml:1:4: ", "this `]` closes nothing"},
      {"a: {x: 1 {y\n", "f.yaml:1:10: ", "a comma or the closing bracket is missing"},
      {"a:\n  b: 1\n c: 2\n", "f.yaml:3:2: ", "indentation fits no line above"},
      {"- a\nb: 1\n", "f.yaml:2:1: ", "this is no item of the list above"},
      {"a: - b\n", "f.yaml:1:4: ", "a list cannot begin on the line of its key"},
      {"a: \"\\q\"\n", "f.yaml:1:5: ", "this is no escape that YAML knows"},
      {"a: > x\n", "f.yaml:1:6: ", "nothing may follow `>`"},
      {"a: &b 1\nc: *b c\n", "f.yaml:2:7: ", "this follows a value that has already ended"},
      {"\xC3\xA9: '\xC3\xA9' \xC3\xA9\n", "f.yaml:1:8: ", "this follows the closing quote"},
  };
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    const char *said = refusal(str_from_c(cases[i].text));
    bool right = strncmp(said, cases[i].place, strlen(cases[i].place)) == 0 && strstr(said, cases[i].says) &&
                 strstr(said, "[yaml-syntax]");
    if (!right) fail_msg("%s\nsays\n%s", cases[i].text, said);
  }
}

static void positions_of_syntax_errors_count_front_matter(void **state) {
  (void)state;
  Str text = STR("---\ntitle: a: b\n---\nBody\n");
  DiagList diags = diag_list_new(&arena);
  Value value;
  assert_false(yaml_read(&arena, &(YamlText){STR("p.md"), text, 4, 16}, &diags, &value));
  assert_str(&arena, report_print(&arena, &diags, text),
             "p.md:2:9: error: this is not valid YAML: there is a second `: ` on this line [yaml-syntax]\n"
             "      2 | title: a: b\n"
             "        |         ^\n"
             "hint: put the text in quotes when it holds `: `\n");
}

static void what_has_no_meaning_here_is_refused(void **state) {
  (void)state;
  assert_non_null(strstr(refusal(STR("? [a]\n: b\n")), "f.yaml:1:3: error: a map or list cannot be a key [yaml-key]"));
  assert_non_null(strstr(refusal(STR("a: *b\n")), "f.yaml:1:4: error: `*b` stands for nothing"));
  assert_non_null(strstr(refusal(STR("a: &b [*b]\n")), "`*b` stands for nothing"));
  assert_non_null(strstr(refusal(STR("a: !x 1\n")), "error: the tag `!x` has no meaning here [yaml-tag]"));
  assert_non_null(strstr(refusal(STR("a: 1\n---\nb: 2\n")), "f.yaml:2:1: error: a second YAML document begins here"));
  assert_non_null(strstr(refusal(STR("a: 1\n...\nb: 2\n")), "[yaml-documents]"));
  assert_non_null(
      strstr(refusal(STR("<<: 1\n")), "f.yaml:1:5: error: `<<` takes a map or a list of maps [yaml-merge]"));
}

static void an_alias_is_a_copy_of_its_own(void **state) {
  (void)state;
  Value value = read_right("a: &x {k: [1, 2]}\nb: *x\nc: &y text\n*y : 3\n");
  Value a = value_get(value, STR("a"));
  Value b = value_get(value, STR("b"));
  assert_true(value_equal(a, b));
  value_put(a, "k", value_int(9));
  assert_false(value_equal(a, b));
  assert_int_equal(b.origin, str_find(STR("a: &x {k: [1, 2]}\nb: *x\n"), STR("*x")) + 1);
  assert_int_equal(value_get(value, STR("text")).i, 3);
  assert_string_equal(as_json("- &a 1\n- &a 2\n- *a\n"), "[1,2,2]");
}

static void merge_keys_fill_in_what_is_not_given(void **state) {
  (void)state;
  assert_string_equal(as_json("d: &d {x: 1, y: 2}\ne: &e {y: 3, z: 4}\na:\n  <<: *d\n  y: 9\nb:\n  <<: [*d, *e]\n"),
                      "{\"d\":{\"x\":1,\"y\":2},\"e\":{\"y\":3,\"z\":4},\"a\":{\"y\":9,\"x\":1},"
                      "\"b\":{\"x\":1,\"y\":2,\"z\":4}}");
  assert_non_null(strstr(refusal(STR("d: &d {x: 1}\na:\n  <<: *d\n  <<: *d\n")), "`<<` is given twice"));
}

static void aliases_that_multiply_are_stopped(void **state) {
  (void)state;
  Buf bomb = buf_new(&arena, REPORT_MOST);
  buf_add_lit(&bomb, "a: &a [x,x,x,x,x,x,x,x,x,x]\n");
  for (char c = 'b'; c <= 'j'; c++) {
    buf_add_format(&bomb, "%c: &%c [", c, c);
    for (int i = 0; i < 10; i++) buf_add_format(&bomb, "%s*%c", i ? "," : "", c - 1);
    buf_add_lit(&bomb, "]\n");
  }
  size_t before = arena_used(&arena);
  assert_non_null(strstr(refusal(buf_str(&bomb)), "error: this YAML grows past 200000 values [yaml-too-large]"));
  assert_true(arena_used(&arena) - before < (size_t)64 << 20);
}

static void depth_is_bounded(void **state) {
  (void)state;
  Buf deep = buf_new(&arena, REPORT_MOST);
  for (int i = 0; i < 100000; i++) buf_add_byte(&deep, '[');
  assert_non_null(strstr(refusal(buf_str(&deep)), "f.yaml:1:65: error: this YAML is nested more than 64 levels deep"));

  Buf chain = buf_new(&arena, REPORT_MOST);
  buf_add_lit(&chain, "a0: &a0 [x]\n");
  for (int i = 1; i < 100; i++) buf_add_format(&chain, "a%d: &a%d [*a%d]\n", i, i, i - 1);
  assert_non_null(strstr(refusal(buf_str(&chain)), "[yaml-depth]"));

  Buf right = buf_new(&arena, REPORT_MOST);
  for (int i = 0; i < YAML_DEPTH_MOST; i++) buf_add_byte(&right, '[');
  for (int i = 0; i < YAML_DEPTH_MOST; i++) buf_add_byte(&right, ']');
  read_right(str_to_c(&arena, buf_str(&right)));
}

static void numbers_can_be_had_as_written(void **state) {
  (void)state;
  Str text = STR("version: 1.10\npostcode: 02134\nlist: [1e3, -2]\n");
  DiagList diags = diag_list_new(&arena);
  Value value;
  assert_true(yaml_read(&arena, &(YamlText){STR("f"), text, 0, text.len}, &diags, &value));
  assert_str(&arena, yaml_as_written(text, value_get(value, STR("version"))), "1.10");
  assert_str(&arena, yaml_as_written(text, value_get(value, STR("postcode"))), "02134");
  assert_str(&arena, yaml_as_written(text, value_at(value_get(value, STR("list")), 0)), "1e3");
  assert_str(&arena, yaml_as_written(text, value_at(value_get(value, STR("list")), 1)), "-2");
  assert_str(&arena, yaml_as_written(text, value_int(3)), "");
}

static void floats_are_written_as_python_writes_them(void **state) {
  (void)state;
  static const struct {
    double number;
    const char *text;
  } cases[] = {
      {0.1, "0.1"},
      {1, "1.0"},
      {-0.0, "-0.0"},
      {1e15, "1000000000000000.0"},
      {1e16, "1e+16"},
      {1e-4, "0.0001"},
      {1e-5, "1e-05"},
      {123456.789, "123456.789"},
      {1.5e300, "1.5e+300"},
      {5e-324, "5e-324"},
      {0.1 + 0.2, "0.30000000000000004"},
      {2.5, "2.5"},
      {100, "100.0"},
      {-12.25, "-12.25"},
      {9007199254740993.0, "9007199254740992.0"},
  };
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    Buf out = buf_new(&arena, 64);
    number_add_float(&out, cases[i].number);
    assert_str(&arena, buf_str(&out), cases[i].text);
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(plain_scalars_have_the_types_of_the_core_schema),
      cmocka_unit_test(quoted_and_block_scalars_are_text),
      cmocka_unit_test(special_floats_are_floats),
      cmocka_unit_test(keys_are_text_in_their_order),
      cmocka_unit_test(nothing_is_an_empty_map),
      cmocka_unit_test(positions_count_from_the_start_of_the_file),
      cmocka_unit_test(nothing_points_into_the_file_afterwards),
      cmocka_unit_test(all_duplicate_keys_are_reported),
      cmocka_unit_test(a_placeholder_without_quotes_is_named),
      cmocka_unit_test(syntax_errors_are_said_plainly),
      cmocka_unit_test(positions_of_syntax_errors_count_front_matter),
      cmocka_unit_test(what_has_no_meaning_here_is_refused),
      cmocka_unit_test(an_alias_is_a_copy_of_its_own),
      cmocka_unit_test(merge_keys_fill_in_what_is_not_given),
      cmocka_unit_test(aliases_that_multiply_are_stopped),
      cmocka_unit_test(depth_is_bounded),
      cmocka_unit_test(numbers_can_be_had_as_written),
      cmocka_unit_test(floats_are_written_as_python_writes_them),
  };
  return cmocka_run_group_tests_name("yaml", tests, set_up, tear_down);
}
