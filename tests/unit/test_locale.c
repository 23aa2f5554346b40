#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

#include "theme/locale.h"

static Arena arena;
static Locale *locale;

static int set_up(void **state) {
  (void)state;
  arena = arena_reserve(1 << 20);
  locale = locale_new();
  return 0;
}

static int tear_down(void **state) {
  (void)state;
  locale_release(locale);
  arena_release(&arena);
  return 0;
}

static const char *date(const char *lang, const char *style, const char *iso) {
  return str_to_c(&arena, locale_date(locale, &arena, str_from_c(lang), str_from_c(style), str_from_c(iso)));
}

static const char *plural(const char *lang, double number) {
  return str_to_c(&arena, locale_plural(locale, &arena, str_from_c(lang), number));
}

static void test_dates_are_in_the_language_of_the_page(void **state) {
  (void)state;
  assert_string_equal(date("en", "long", "2026-03-03"), "March 3, 2026");
  assert_string_equal(date("en-GB", "long", "2026-03-03"), "3 March 2026");
  assert_string_equal(date("es", "long", "2026-03-03"), "3 de marzo de 2026");
  assert_string_equal(date("de", "long", "2026-03-03"), "3. März 2026");
  assert_string_equal(date("ar", "long", "2026-03-03"), "٣ مارس ٢٠٢٦");
  assert_string_equal(date("fa", "year", "2026-03-03"), "۲۰۲۶"); /* not 1404 */
  assert_string_equal(date("th", "year", "2026-03-03"), "2026"); /* not 2569 */
}

static void test_every_style_has_its_form(void **state) {
  (void)state;
  assert_string_equal(date("en", "full", "2026-03-03"), "Tuesday, March 3, 2026");
  assert_string_equal(date("en", "short", "2026-03-03"), "Mar 3, 2026");
  assert_string_equal(date("en", "month", "2026-03-03"), "March 2026");
  assert_string_equal(date("en", "day", "2026-03-03"), "March 3");
  assert_string_equal(date("en", "iso", "2026-03-03T10:00Z"), "2026-03-03");
  assert_string_equal(date("en", "year", "2026-03-03"), "2026");
  assert_string_equal(date("en", "weekly", "2026-03-03"), "");
}

static void test_days_are_counted_right_far_away(void **state) {
  (void)state;
  assert_string_equal(date("en", "full", "1970-01-01"), "Thursday, January 1, 1970");
  assert_string_equal(date("en", "full", "1969-12-31"), "Wednesday, December 31, 1969");
  assert_string_equal(date("en", "full", "2000-02-29"), "Tuesday, February 29, 2000");
  assert_string_equal(date("en", "full", "1900-03-01"), "Thursday, March 1, 1900");
  assert_string_equal(date("en", "full", "2400-02-29"), "Tuesday, February 29, 2400");
}

static void test_only_dates_that_exist_are_dates(void **state) {
  static const char *const good[] = {"2026-01-31", "2024-02-29", "2000-02-29", "2026-03-01T09:30",
                                     "2026-03-01T09:30:00Z"};
  static const char *const bad[] = {"",           "2026",       "2026-3-1",    "2026-02-29",
                                    "2100-02-29", "2026-13-01", "2026-00-01",  "2026-01-00",
                                    "2026-04-31", "01/02/2026", "2026-01-0a",  "2026-01-01 ",
                                    "soon",       "0000-01-01", "2026-01-011", "2026-01-01T"};
  (void)state;
  for (size_t i = 0; i < sizeof good / sizeof *good; i++) assert_true(locale_is_date(str_from_c(good[i])));
  for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) assert_false(locale_is_date(str_from_c(bad[i])));
}

static void test_plural_forms_follow_the_language(void **state) {
  (void)state;
  assert_string_equal(plural("en", 1), "one");
  assert_string_equal(plural("en", 0), "other");
  assert_string_equal(plural("en", 2), "other");
  assert_string_equal(plural("ar", 0), "zero");
  assert_string_equal(plural("ar", 2), "two");
  assert_string_equal(plural("ar", 3), "few");
  assert_string_equal(plural("ar", 11), "many");
  assert_string_equal(plural("ar", 100), "other");
  assert_string_equal(plural("pl", 22), "few");
  assert_string_equal(plural("fr", 0), "one");
  assert_true(locale_has_plural(locale, STR("ar"), STR("zero")));
  assert_false(locale_has_plural(locale, STR("en"), STR("few")));
}

static void test_numbers_have_the_digits_of_the_language(void **state) {
  (void)state;
  assert_string_equal(str_to_c(&arena, locale_number(locale, &arena, STR("en"), 12345)), "12,345");
  assert_string_equal(str_to_c(&arena, locale_number(locale, &arena, STR("es"), 12345.5)), "12.345,5");
  assert_string_equal(str_to_c(&arena, locale_number(locale, &arena, STR("ar"), 12)), "١٢");
}

/* More languages than are kept: the oldest formatters go, and nothing is wrong afterwards. */
static void test_more_formatters_than_are_kept(void **state) {
  (void)state;
  for (int i = 0; i < 300; i++) {
    Str tag = str_format(&arena, "en-x-a%d", i);
    assert_string_equal(str_to_c(&arena, locale_date(locale, &arena, tag, STR("long"), STR("2026-03-03"))),
                        "March 3, 2026");
  }
  assert_string_equal(date("es", "long", "2026-03-03"), "3 de marzo de 2026");
}

static void test_a_strange_language_is_no_trouble(void **state) {
  (void)state;
  assert_string_equal(date("", "iso", "2026-03-03"), "2026-03-03");
  assert_true(locale_date(locale, &arena, STR("zz"), STR("long"), STR("2026-03-03")).len > 0);
  assert_true(locale_date(locale, &arena, STR("not a language at all, and far too long for one, which is cut"),
                          STR("long"), STR("2026-03-03"))
                  .len > 0);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_dates_are_in_the_language_of_the_page),
      cmocka_unit_test(test_every_style_has_its_form),
      cmocka_unit_test(test_days_are_counted_right_far_away),
      cmocka_unit_test(test_only_dates_that_exist_are_dates),
      cmocka_unit_test(test_plural_forms_follow_the_language),
      cmocka_unit_test(test_numbers_have_the_digits_of_the_language),
      cmocka_unit_test(test_more_formatters_than_are_kept),
      cmocka_unit_test(test_a_strange_language_is_no_trouble),
  };
  return cmocka_run_group_tests(tests, set_up, tear_down);
}
