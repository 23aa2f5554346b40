/* The table of content files, where a site on disk would be too large or could not be made. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

#include "base/limits.h"
#include "content/files.h"

static DiagId only_report(DiagList *diags) {
  assert_int_equal(diags->count, 1);
  return diags->first->id;
}

static void too_many_files_are_refused(void **state) {
  (void)state;
  Arena arena = arena_reserve((size_t)16 << 20);
  DiagList diags = diag_list_new(&arena);
  ContentFiles files = {.root = STR("content")};
  OsEntries entries = {NULL, (size_t)CONTENT_FILES_MOST + 1};
  assert_false(files_place(&arena, &entries, &(SiteSettings){.lang = STR("en")}, &diags, &files));
  assert_int_equal(only_report(&diags), DIAG_FILES_MANY);
  arena_release(&arena);
}

static void check_name(Str path, OsKind kind, DiagId id) {
  Arena arena = arena_reserve((size_t)16 << 20);
  DiagList diags = diag_list_new(&arena);
  ContentFiles files = {.root = STR("content")};
  OsEntry entry = {.path = path, .stat = {kind, 0, 0}};
  assert_true(files_place(&arena, &(OsEntries){&entry, 1}, &(SiteSettings){.lang = STR("en")}, &diags, &files));
  assert_int_equal(files.count, 0);
  assert_int_equal(only_report(&diags), id);
  arena_release(&arena);
}

static void names_that_are_no_text_are_refused(void **state) {
  (void)state;
  check_name(STR("a\nb.md"), OS_FILE, DIAG_FILE_NAME);
  check_name(STR("a\033[2J.md"), OS_FILE, DIAG_FILE_NAME);
  check_name(STR("a\177.md"), OS_FILE, DIAG_FILE_NAME);
  check_name(STR("a\xFF.md"), OS_FILE, DIAG_FILE_NAME);
  check_name(STR("a\xC0\xAF.md"), OS_FILE, DIAG_FILE_NAME);
}

static void devices_are_refused(void **state) {
  (void)state;
  check_name(STR("pipe.md"), OS_OTHER, DIAG_FILE_SPECIAL);
  check_name(STR("no-such-link.md"), OS_LINK, DIAG_FILE_LINK);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(too_many_files_are_refused),
      cmocka_unit_test(names_that_are_no_text_are_refused),
      cmocka_unit_test(devices_are_refused),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
