/* check/numbers: what is a number in Markdown, and when two of different languages are one. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "check/numbers.h"

static const NumberCustom english = {.point = true};
static const NumberCustom german = {.comma = true};
static const NumberCustom spanish = {.point = true, .comma = true};

static int setup(void **state) {
  static Arena arena;
  arena = arena_reserve((size_t)64 << 20);
  *state = &arena;
  return 0;
}

static int teardown(void **state) {
  arena_release(*state);
  return 0;
}

static Numbers read(void **state, const char *text) {
  Numbers numbers = {.arena = *state};
  Str file = str_from_c(text);
  numbers_read(&numbers, file, 0, file.len, (Value){0});
  return numbers;
}

/* Whether the first number of each text is the same one. */
static bool same(void **state, const char *a, NumberCustom a_custom, const char *b, NumberCustom b_custom) {
  Numbers left = read(state, a);
  Numbers right = read(state, b);
  assert_int_equal(left.count, 1);
  assert_int_equal(right.count, 1);
  return numbers_match(&left.items[0], a_custom, &right.items[0], b_custom);
}

static void test_values(void **state) {
  assert_true(same(state, "38.0", english, "38,0", german));
  assert_true(same(state, "38.0", english, "٣٨٫٠", spanish));
  assert_true(same(state, "38.0", english, "۳۸", spanish));
  assert_true(same(state, "1,500", english, "1.500", german));
  assert_true(same(state, "1,500", english, "1\u202F500", german));
  assert_true(same(state, "1,500", english, "١٬٥٠٠", spanish));
  assert_true(same(state, "1,500.25", english, "1.500,25", german));
  assert_true(same(state, "0.5", english, "0,5", german));
  assert_true(same(state, "1.5", english, "1.500", spanish)); /* may be meant so */
  assert_false(same(state, "1,500", english, "1,5", spanish));
  assert_false(same(state, "1.500", english, "1500", german));
  assert_false(same(state, "1,500", english, "1,500", german));
  assert_false(same(state, "10", english, "1", english));
  assert_false(same(state, "0.125", english, "125", spanish));
}

static void test_units(void **state) {
  assert_true(same(state, "5 mg", english, "٥ ملغ", spanish));
  assert_true(same(state, "5 mcg", english, "5 µg", spanish));
  assert_true(same(state, "5 mg", english, "5 miligramos", spanish)); /* not known: not compared */
  assert_false(same(state, "5 mg", english, "5 mcg", spanish));
  assert_false(same(state, "5 mg", english, "5 ml", spanish));
  assert_false(same(state, "38 °C", english, "38 °F", spanish));
  assert_true(same(state, "5 mg/kg", english, "5 mg/kg", spanish));
  assert_false(same(state, "5 mg/kg", english, "5 mg/m²", spanish));
  assert_false(same(state, "5 mg/day", english, "5 mg/semana", spanish));
  assert_false(same(state, "**5** mg", english, "5&nbsp;**ml**", spanish));
}

static void test_times_and_dates(void **state) {
  assert_true(same(state, "8 hours", english, "8 horas", spanish));
  assert_true(same(state, "8 hours", english, "٨ ساعات", spanish));
  assert_true(same(state, "24-hour line", english, "24 horas", spanish));
  assert_false(same(state, "8 hours", english, "8 días", spanish));
  assert_false(same(state, "2 weeks", english, "2 meses", spanish));
  assert_true(same(state, "8 pm", english, "20 horas", spanish));
  assert_true(same(state, "March 4", english, "4 de marzo", spanish));
  assert_true(same(state, "4 March", english, "٤ مارس", spanish));
  assert_false(same(state, "March 4", english, "4 de mayo", spanish));
  assert_false(same(state, "May 2026", english, "marzo de 2026", spanish));
  assert_true(same(state, "2 may come", english, "2 de marzo", spanish)); /* no month: not compared */
  Numbers date = read(state, "26 de junio de 2025");
  assert_int_equal(date.items[0].month, 6);
  assert_int_equal(date.items[1].month, 0);
}

static void test_notes_and_links(void **state) {
  assert_int_equal(read(state, "[^1]: 5 mg\n\n[name]: https://example.org/5\n").count, 1);
  assert_int_equal(read(state, "![x](a5.png \"6 mg\")\n[b](<c 7.pdf>)\n").count, 1);
  assert_false(same(state, "[call](tel:555-0142)", english, "[llame](tel:555-0199)", spanish));
  assert_int_equal(read(state, "[555-0142](tel:555-0142)").count, 1);
  assert_int_equal(read(state, "10⁶ cells, 5 m²").count, 3);
  assert_true(str_equal(read(state, "10¹² x").items[1].text, STR("12")));
}

static void test_times(void **state) {
  assert_true(same(state, "5 pm", english, "17:00", spanish));
  assert_true(same(state, "5 p.m.", english, "5:00 p. m.", spanish));
  assert_true(same(state, "12 am", english, "00:00", spanish));
  assert_true(same(state, "5 pm", english, "٥ مساء", spanish));
  assert_false(same(state, "5 am", english, "17:00", spanish));
  assert_false(same(state, "5 am", english, "5 pm", spanish));
  assert_false(same(state, "5:30 pm", english, "17:00", spanish));
}

static void test_phones_and_names(void **state) {
  assert_true(same(state, "555-0142", english, "٥٥٥-٠١٤٢", spanish));
  assert_false(same(state, "555-0142", english, "555-0143", spanish));
  assert_true(same(state, "{{ facts.fever }}", english, "{{facts.fever}}", spanish));
  assert_false(same(state, "{{ facts.fever }}", english, "{{ facts.weeks }}", spanish));
}

static void test_insert_value(void **state) {
  Value facts = value_map(*state, 1);
  Value weeks = value_map(*state, 1);
  value_put(weeks, "text", value_c("2 weeks"));
  value_put(facts, "weeks", weeks);
  Value data = value_map(*state, 1);
  value_put(data, "facts", facts);
  Numbers named = {.arena = *state};
  numbers_read(&named, STR("{{ facts.weeks }}"), 0, 17, data);
  Numbers two = read(state, "2");
  Numbers three = read(state, "3");
  assert_true(numbers_match(&named.items[0], english, &two.items[0], spanish));
  assert_false(numbers_match(&named.items[0], english, &three.items[0], spanish));
}

static void expect_count(void **state, size_t want, const char *text) {
  Numbers numbers = read(state, text);
  if (numbers.count != want) fail_msg("%s: %zu numbers, not %zu", text, numbers.count, want);
}

static void test_what_counts(void **state) {
  expect_count(state, 0, "1. one\n2) two\n> 3. three\n");
  expect_count(state, 0, "[a](b9.md) https://x.org/8 <https://x.org/7> [^6] {#id5} <!-- 4\n3 --> &#160;\n[x]: /2\n");
  expect_count(state, 0, "{{ clinic.name }} {{ page.title }}");
  expect_count(state, 3, "2026-03-01");
  expect_count(state, 3, "26.06.2025");
  expect_count(state, 2, "100-120");
  expect_count(state, 2, "½");
  expect_count(state, 3, "1,2,3");
  expect_count(state, 1, "CD19");
  expect_count(state, 0, "{{ never closed 12");
}

static void test_places(void **state) {
  Numbers numbers = read(state, "Title 1\n\nTake 22 and\n٣٣ now.\n\n- 4\n- 5\n");
  assert_int_equal(numbers.count, 5);
  assert_int_equal(numbers.blocks, 4);
  assert_int_equal(numbers.items[1].offset, 14);
  assert_int_equal(numbers.items[1].len, 2);
  assert_int_equal(numbers.items[2].block, numbers.items[1].block);
  assert_int_equal(numbers.items[2].len, 4);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_values),          cmocka_unit_test(test_units),
      cmocka_unit_test(test_times_and_dates), cmocka_unit_test(test_notes_and_links),
      cmocka_unit_test(test_times),           cmocka_unit_test(test_phones_and_names),
      cmocka_unit_test(test_insert_value),    cmocka_unit_test(test_what_counts),
      cmocka_unit_test(test_places),
  };
  return cmocka_run_group_tests_name("numbers", tests, setup, teardown);
}
