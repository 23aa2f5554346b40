/* Another program as a filter. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>
#include <errno.h>
#include <string.h>

#include "os/filter.h"

static Arena arena;

static int set_up(void **state) {
  (void)state;
  arena = arena_reserve((size_t)64 << 20);
  return 0;
}

static int tear_down(void **state) {
  (void)state;
  arena_release(&arena);
  return 0;
}

static OsFilter shell(const char *script, Str input, int expected) {
  const char *argv[] = {"sh", "-c", script, NULL};
  OsFilter filter = {.argv = argv, .input = input, .most = 4 << 20, .seconds = 20};
  assert_int_equal(os_filter(&arena, &filter), expected);
  filter.argv = NULL;
  return filter;
}

static void test_text_goes_through(void **state) {
  (void)state;
  OsFilter filter = shell("tr a-z A-Z; echo why >&2; exit 3", STR("abc"), 0);
  assert_true(str_equal(filter.output, STR("ABC")));
  assert_true(str_equal(filter.messages, STR("why\n")));
  assert_int_equal(filter.status, 3);
}

/* More than a pipe holds, both ways. */
static void test_much_text_goes_through(void **state) {
  (void)state;
  Str much = str_from(memset(arena_alloc(&arena, 2 << 20, 1), 'x', 2 << 20), 2 << 20);
  OsFilter filter = shell("cat", much, 0);
  assert_true(str_equal(filter.output, much));
}

static void test_a_program_need_not_read(void **state) {
  (void)state;
  Str much = str_from(memset(arena_alloc(&arena, 1 << 20, 1), 'x', 1 << 20), 1 << 20);
  assert_true(str_equal(shell("exec 0<&-; echo done", much, 0).output, STR("done\n")));
}

static void test_what_goes_wrong_is_told(void **state) {
  (void)state;
  const char *argv[] = {"/nonexistent/program", NULL};
  OsFilter missing = {.argv = argv, .most = 100, .seconds = 5};
  assert_int_equal(os_filter(&arena, &missing), ENOENT);
  assert_int_equal(shell("kill -9 $$", STR(""), 0).status, 128 + 9);
  const char *slow[] = {"sleep", "60", NULL};
  OsFilter late = {.argv = slow, .most = 100, .seconds = 0.2};
  assert_int_equal(os_filter(&arena, &late), ETIMEDOUT);
  const char *loud[] = {"yes", NULL};
  OsFilter over = {.argv = loud, .most = 100000, .seconds = 20};
  assert_int_equal(os_filter(&arena, &over), EFBIG);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test_setup_teardown(test_text_goes_through, set_up, tear_down),
      cmocka_unit_test_setup_teardown(test_much_text_goes_through, set_up, tear_down),
      cmocka_unit_test_setup_teardown(test_a_program_need_not_read, set_up, tear_down),
      cmocka_unit_test_setup_teardown(test_what_goes_wrong_is_told, set_up, tear_down),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
