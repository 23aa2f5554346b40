/* What looks like Markdown and is text: reported once, at its place; what only resembles it is left alone. */
#include "markdown_page.h"

static void test_headings(void **state) {
  expect_reports(state,
                 "##\xC2\xA0"
                 "Fever\n",
                 "1:1 heading-space <##>");
  expect_reports(state, "a\n##Fever\n", "2:1 heading-space <##>");
  expect_reports(state,
                 "> #\xE2\x80\xAF"
                 "Fever\n",
                 "1:3 heading-space <#>");
  expect_reports(state, "#1 of 3, #hope\n\n\\##Fever\n\n`##Fever`\n\n####### a\n", "");
}

static void test_lists(void **state) {
  expect_reports(state, "Bring:\n\xE2\x80\xA2 a\n\xE2\x80\xA2 b\n", "2:1 list-mark <\xE2\x80\xA2>");
  expect_reports(state, "\xC2\xB7\ta\n\xC2\xB7\tb\n\n-a\n-b\n", "1:1 list-mark <\xC2\xB7>\n4:1 list-mark <->");
  expect_reports(state, "1)Take one\n2)Take two\n", "1:1 list-mark <1)>");
  expect_reports(state,
                 "-\xC2\xA0"
                 "a\n\n1.\xC2\xA0"
                 "b\n",
                 "1:1 list-mark <->\n3:1 list-mark <1.>");
  expect_reports(state, "- a\n- \xE2\x80\xA2 b\n", "2:3 list-mark <\xE2\x80\xA2>");
  expect_reports(state, "\xE2\x80\x93 a\n\xE2\x80\x93 b\n", "1:1 list-mark <\xE2\x80\x93>");
  expect_reports(state,
                 "-5 \xC2\xB0"
                 "C\n\n2.5 mg\n\n*Only with food.\n\n1.5 a\n\na \xE2\x80\xA2 b\n\n\xE2\x80\x93""5\n\n\\-a\n",
                 "");
}

static void test_cards(void **state) {
  expect_reports(state, "> **[!WARNING]** a\n> b\n", "1:5 card-mark <[!WARNING]>");
  expect_reports(state, "> a\n> [!NOTE] b\n", "2:3 card-mark <[!NOTE]>");
  expect_reports(state, "[!NOTE] b\n", "1:1 card-mark <[!NOTE]>");
  expect_reports(state, "\\[!NOTE] b\n\n`[!NOTE]`\n\n[! a]\n", "");
}

static void test_struck_out(void **state) {
  expect_html(state, "~5 to ~10 mg, 5~10 mg\n", "<p>~5 to ~10 mg, 5~10 mg</p>\n");
  expect_plain(state, "Take ~~8 `a` tablets~~ 4.\n", "Take  4.");
  expect_reports(state, "~~x `1`~~ 555-0101\n", "1:11 phone-unknown <555-0101>");
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test_setup_teardown(test_headings, setup, teardown),
      cmocka_unit_test_setup_teardown(test_lists, setup, teardown),
      cmocka_unit_test_setup_teardown(test_cards, setup, teardown),
      cmocka_unit_test_setup_teardown(test_struck_out, setup, teardown),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
