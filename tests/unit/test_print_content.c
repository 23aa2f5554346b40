#include "report.h"

#include "print/content.h"

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

static bool is_wide(void *context, Str font) {
  (void)context;
  return str_equal(font, STR("/Wide"));
}

static Str mend(const char *text) {
  Content content = content_read(&arena, str_from_c(text), is_wide, NULL);
  return content_mend(&arena, &content);
}

#define MARGIN "/Artifact <</Type /Pagination>> BDC\n"
#define AREA "/Artifact <</Type /Layout>> BDC\n"

static void test_what_no_mark_holds_is_an_artifact(void **state) {
  (void)state;
  assert_str(&arena, mend("BT <00> Tj ET"), "BT " MARGIN "<00> Tj\nEMC ET");
  assert_str(&arena, mend("0 0 1 1 re W n 0 0 m 1 1 l S"), "0 0 1 1 re W n " AREA "0 0 m 1 1 l S\nEMC");
  assert_str(&arena, mend("/Im Do"), MARGIN "/Im Do\nEMC");
}

static void test_neighbours_share_one(void **state) {
  (void)state;
  assert_str(&arena, mend("0 0 1 1 re f 1 0 0 rg 1 1 1 1 re f Q"), MARGIN "0 0 1 1 re f 1 0 0 rg 1 1 1 1 re f\nEMC Q");
  assert_str(&arena, mend("q 0 0 1 1 re f Q q 0 0 1 1 re f Q"),
             "q " MARGIN "0 0 1 1 re f\nEMC Q q " MARGIN "0 0 1 1 re f\nEMC Q");
}

static void test_what_is_marked_stays(void **state) {
  (void)state;
  const char *good[] = {"/P <</MCID 0>> BDC BT <00> Tj ET EMC", "/Artifact BMC 0 0 1 1 re f EMC",
                        "/P <</MCID 0>> BDC /Span <</ActualText (ff)>> BDC <00> Tj EMC <01> Tj EMC",
                        "1 0 0 rg /G3 gs q Q"};
  for (size_t i = 0; i < sizeof good / sizeof *good; i++) assert_str(&arena, mend(good[i]), good[i]);
}

static void test_other_marks_hold_nothing(void **state) {
  (void)state;
  assert_str(&arena, mend("/Span <</ActualText (ff)>> BDC <00> Tj EMC"),
             "/Span <</ActualText (ff)>> BDC " AREA "<00> Tj\nEMC EMC");
}

static void test_dropped_marks_become_artifacts(void **state) {
  (void)state;
  Content content =
      content_read(&arena, STR("/P <</MCID 1>> BDC 0 0 1 1 re f EMC /P <</MCID 0>> BDC <00> Tj EMC"), is_wide, NULL);
  assert_int_equal(content.use_count, 2);
  assert_int_equal(content.uses[0], CONTENT_SEEN | CONTENT_TEXT);
  assert_int_equal(content.uses[1], CONTENT_SEEN | CONTENT_PATH);
  content.uses[1] |= CONTENT_DROP;
  assert_str(&arena, content_mend(&arena, &content),
             "/Artifact <</Type /Layout>> BDC 0 0 1 1 re f EMC /P <</MCID 0>> BDC <00> Tj EMC");
}

static void test_a_missing_letter_is_noticed(void **state) {
  (void)state;
  assert_true(content_read(&arena, STR("/Wide 12 Tf <00410000> Tj"), is_wide, NULL).lacks_glyph);
  assert_true(content_read(&arena, STR("/Wide 12 Tf [<0041> -20 <0000>] TJ"), is_wide, NULL).lacks_glyph);
  assert_false(content_read(&arena, STR("/Wide 12 Tf <41000042> Tj"), is_wide, NULL).lacks_glyph);
  assert_false(content_read(&arena, STR("/Narrow 12 Tf <0000> Tj"), is_wide, NULL).lacks_glyph);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test_setup_teardown(test_what_no_mark_holds_is_an_artifact, set_up, tear_down),
      cmocka_unit_test_setup_teardown(test_neighbours_share_one, set_up, tear_down),
      cmocka_unit_test_setup_teardown(test_what_is_marked_stays, set_up, tear_down),
      cmocka_unit_test_setup_teardown(test_other_marks_hold_nothing, set_up, tear_down),
      cmocka_unit_test_setup_teardown(test_dropped_marks_become_artifacts, set_up, tear_down),
      cmocka_unit_test_setup_teardown(test_a_missing_letter_is_noticed, set_up, tear_down),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
