#include "report.h"

#include "print/syntax.h"

static Arena arena;

static int set_up(void **state) {
  (void)state;
  arena = arena_reserve((size_t)1 << 24);
  return 0;
}

static int tear_down(void **state) {
  (void)state;
  arena_release(&arena);
  return 0;
}

static void test_values_are_slices(void **state) {
  (void)state;
  PdfLexer lexer = {STR("12 /Name 12 0 R (a (b) \\) c) <FE ff> [1 [2] 3] << /K << >> >> true % no\n-.5"), 0};
  const char *expected[] = {"12",        "/Name",          "12 0 R", "(a (b) \\) c)", "<FE ff>",
                            "[1 [2] 3]", "<< /K << >> >>", "true",   "-.5",           ""};
  for (size_t i = 0; i < sizeof expected / sizeof *expected; i++) assert_str(&arena, pdf_value(&lexer), expected[i]);
}

static void test_what_ends_early_ends(void **state) {
  (void)state;
  const char *broken[] = {"(never closed \\", "<12", "[1 2", "<< /K [", ">>", "", "<"};
  for (size_t i = 0; i < sizeof broken / sizeof *broken; i++) {
    PdfLexer lexer = {str_from_c(broken[i]), 0};
    while (pdf_value(&lexer).len) {
    }
    assert_true(lexer.at <= lexer.text.len);
  }
}

static void test_dictionaries_are_read_and_changed(void **state) {
  (void)state;
  Str dictionary = STR("<< /S /P /K [1 2] /P 7 0 R >>");
  assert_str(&arena, pdf_get(dictionary, STR("/K")), "[1 2]");
  assert_int_equal(pdf_reference(pdf_get(dictionary, STR("/P"))), 7);
  assert_int_equal(pdf_get(dictionary, STR("/X")).len, 0);
  assert_str(&arena, pdf_with(&arena, dictionary, STR("/S"), STR("/H1")), "<< /K [1 2] /P 7 0 R /S /H1 >>");
  assert_str(&arena, pdf_with(&arena, dictionary, STR("/K"), STR("")), "<< /S /P /P 7 0 R >>");
  assert_int_equal(pdf_get(STR("[/S /P]"), STR("/S")).len, 0);
}

static void test_numbers(void **state) {
  (void)state;
  assert_int_equal(pdf_int(STR("12"), -1), 12);
  assert_int_equal(pdf_int(STR("-1"), -7), -7);
  assert_int_equal(pdf_int(STR("99999999999"), -1), -1);
  assert_int_equal(pdf_reference(STR("12")), 0);
  assert_int_equal(pdf_reference(STR("<< /K 1 0 R >>")), 0);
}

static void test_strings(void **state) {
  (void)state;
  assert_str(&arena, pdf_text_string(&arena, STR("a (b) \\")), "(a \\(b\\) \\\\)");
  assert_str(&arena, pdf_text_string(&arena, STR("é😀")), "<FEFF00E9D83DDE00>");
  assert_str(&arena, pdf_bytes(&arena, STR("(a \\(b\\) \\101\\n\\\nc)")), "a (b) A\nc");
  assert_str(&arena, pdf_bytes(&arena, STR("<41 4>")), "A@");
  assert_str(&arena, pdf_bytes(&arena, STR("/A#42C#")), "ABC#");
}

static void test_inline_images_are_passed_over(void **state) {
  (void)state;
  PdfLexer lexer = {STR(" \x01 EIx EI Q"), 0};
  pdf_skip_inline_image(&lexer);
  assert_str(&arena, pdf_value(&lexer), "Q");
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test_setup_teardown(test_values_are_slices, set_up, tear_down),
      cmocka_unit_test_setup_teardown(test_what_ends_early_ends, set_up, tear_down),
      cmocka_unit_test_setup_teardown(test_dictionaries_are_read_and_changed, set_up, tear_down),
      cmocka_unit_test_setup_teardown(test_numbers, set_up, tear_down),
      cmocka_unit_test_setup_teardown(test_strings, set_up, tear_down),
      cmocka_unit_test_setup_teardown(test_inline_images_are_passed_over, set_up, tear_down),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
