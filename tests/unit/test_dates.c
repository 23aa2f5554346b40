#include "report.h"

#include "content/dates.h"

static void months_are_added(void **state) {
  (void)state;
  static const struct {
    const char *from;
    int months;
    const char *to;
  } cases[] = {
      {"2026-01-01", 6, "2026-07-01"},  {"2026-11-26", 6, "2027-05-26"}, {"2026-12-31", 12, "2027-12-31"},
      {"2026-08-31", 6, "2027-02-28"},  {"2027-08-31", 6, "2028-02-29"}, {"2028-02-29", 12, "2029-02-28"},
      {"2026-06-30", 18, "2027-12-30"}, {"2099-12-31", 2, "2100-02-28"},
  };
  Arena arena = arena_reserve(1 << 20);
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    Str to = date_add_months(&arena, str_from_c(cases[i].from), cases[i].months);
    assert_string_equal(str_to_c(&arena, to), cases[i].to);
    assert_true(date_is_iso(to));
  }
  arena_release(&arena);
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(months_are_added)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}
