#include "report.h"

#include "base/buf.h"
#include "base/utf8.h"
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

/* /Wide has A, B, the ligature fi and a space; /Narrow no map at all. */
static const Glyphs *find_font(void *context, Str font) {
  static Glyphs wide;
  static Glyphs narrow;
  (void)context;
  wide = glyphs_read(&arena,
                     STR("1 beginbfrange <0041> <0042> <0041> endbfrange "
                         "2 beginbfchar <0003> <0020> <0100> <00660069> endbfchar"),
                     true);
  narrow = glyphs_read(&arena, (Str){"", 0}, false);
  return str_equal(font, STR("/Wide")) ? &wide : str_equal(font, STR("/Narrow")) ? &narrow : NULL;
}

static Str mend(const char *text) {
  Content content = content_read(&arena, str_from_c(text), find_font, NULL);
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
             "/Span <</ActualText (ff)>> BDC " MARGIN "<00> Tj\nEMC EMC");
}

static void test_dropped_marks_become_artifacts(void **state) {
  (void)state;
  Content content =
      content_read(&arena, STR("/P <</MCID 1>> BDC 0 0 1 1 re f EMC /P <</MCID 0>> BDC <00> Tj EMC"), find_font, NULL);
  assert_int_equal(content.use_count, 2);
  assert_int_equal(content.uses[0], CONTENT_SEEN | CONTENT_TEXT);
  assert_int_equal(content.uses[1], CONTENT_SEEN | CONTENT_PATH);
  content.uses[1] |= CONTENT_DROP;
  assert_str(&arena, content_mend(&arena, &content),
             "/Artifact <</Type /Layout>> BDC 0 0 1 1 re f EMC /P <</MCID 0>> BDC <00> Tj EMC");
}

static void test_erased_text_is_not_painted(void **state) {
  (void)state;
  Content content = content_read(&arena, STR("/P <</MCID 0>> BDC BT /Wide 9 Tf <0041> Tj ET EMC"), find_font, NULL);
  content.uses[0] |= CONTENT_DROP | CONTENT_ERASE;
  assert_str(&arena, content_mend(&arena, &content), "/Artifact <</Type /Layout>> BDC BT /Wide 9 Tf  ET EMC");
}

static void test_a_missing_letter_is_noticed(void **state) {
  (void)state;
  assert_true(content_read(&arena, STR("/Wide 12 Tf <00410000> Tj"), find_font, NULL).lacks_glyph);
  assert_true(content_read(&arena, STR("/Wide 12 Tf [<0041> -20 <0000>] TJ"), find_font, NULL).lacks_glyph);
  assert_false(content_read(&arena, STR("/Wide 12 Tf <41000042> Tj"), find_font, NULL).lacks_glyph);
  assert_false(content_read(&arena, STR("/Narrow 12 Tf <0000> Tj"), find_font, NULL).lacks_glyph);
}

/* The letters that marks hold, as text. */
static Str letters(const char *text) {
  Content content = content_read(&arena, str_from_c(text), find_font, NULL);
  Buf out = buf_new(&arena, 1000);
  for (size_t i = 0; i < content.letter_count; i++) utf8_add(&out, content.letters[i].c);
  return buf_str(&out);
}

static void test_letters_are_what_glyphs_stand_for(void **state) {
  (void)state;
  assert_str(&arena, letters("/P <</MCID 0>> BDC /Wide 9 Tf <00410042> Tj [<0100> 12 <0003>] TJ EMC"), "ABfi ");
  assert_str(&arena, letters("/Wide 9 Tf <0041> Tj /P <</MCID 0>> BDC <0042> Tj EMC"), "B");
  assert_str(&arena, letters("/P <</MCID 0>> BDC /Narrow 9 Tf <41> Tj /None 9 Tf <41> Tj EMC"), "");
  assert_str(
      &arena,
      letters("/P <</MCID 0>> BDC /Wide 9 Tf /Span <</ActualText <FEFF06440627>>> BDC <0041> Tj <0042> Tj EMC EMC"),
      "لا");
  assert_str(&arena, letters("/P <</MCID 0>> BDC /Span <</ActualText (A)>> BDC EMC EMC"), ""); /* it shows nothing */
}

/* The content with a space after (or before) its first letter; "" where there is no place for one. */
static Str with_space(const char *text, bool after) {
  Content content = content_read(&arena, str_from_c(text), find_font, NULL);
  return content_add_space(&arena, &content, 0, after) ? content_mend(&arena, &content) : (Str){"", 0};
}

static void test_spaces_are_painted_where_nothing_moves(void **state) {
  (void)state;
  assert_str(&arena, with_space("/P <</MCID 0>> BDC BT /Wide 9 Tf <0041> Tj 0 9 Td <0042> Tj ET EMC", true),
             "/P <</MCID 0>> BDC BT /Wide 9 Tf <0041> Tj <0003> Tj 0 9 Td <0042> Tj ET EMC");
  assert_str(&arena, with_space("/P <</MCID 0>> BDC BT /Wide 9 Tf <0041> Tj ET EMC", false),
             "/P <</MCID 0>> BDC BT /Wide 9 Tf <0003> Tj 0 0 Td <0041> Tj ET EMC");
  assert_str(&arena,
             with_space("/P <</MCID 0>> BDC BT /Wide 9 Tf /Span <</ActualText (A)>> BDC <0041> Tj EMC ET EMC", true),
             "/P <</MCID 0>> BDC BT /Wide 9 Tf /Span <</ActualText (A)>> BDC <0041> Tj EMC <0003> Tj ET EMC");
  /* What follows would move; the font has no space; there is no text object to put one into. */
  assert_str(&arena, with_space("/P <</MCID 0>> BDC BT /Wide 9 Tf <0041> Tj <0042> Tj ET EMC", true), "");
  assert_str(&arena,
             with_space("/P <</MCID 0>> BDC /Span <</ActualText (A)>> BDC BT /Narrow 9 Tf <41> Tj ET EMC EMC", true),
             "");
  assert_str(&arena,
             with_space("/P <</MCID 0>> BDC /Span <</ActualText (A)>> BDC BT /Wide 9 Tf <0041> Tj ET EMC EMC", true),
             "");
}

static void test_a_font_s_map_says_what_codes_stand_for(void **state) {
  (void)state;
  Glyphs glyphs = glyphs_read(&arena,
                              STR("2 beginbfrange <10> <12> <0061> <20> <21> [<0078> <0079007A>] endbfrange\n"
                                  "1 beginbfchar <30> <D83DDE00> endbfchar"),
                              false);
  assert_str(&arena, glyphs_text(&glyphs, 0x12), "c");
  assert_str(&arena, glyphs_text(&glyphs, 0x21), "yz");
  assert_str(&arena, glyphs_text(&glyphs, 0x30), "\U0001F600");
  assert_str(&arena, glyphs_text(&glyphs, 0x31), "");
  assert_int_equal(glyphs.space, -1);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test_setup_teardown(test_what_no_mark_holds_is_an_artifact, set_up, tear_down),
      cmocka_unit_test_setup_teardown(test_neighbours_share_one, set_up, tear_down),
      cmocka_unit_test_setup_teardown(test_what_is_marked_stays, set_up, tear_down),
      cmocka_unit_test_setup_teardown(test_other_marks_hold_nothing, set_up, tear_down),
      cmocka_unit_test_setup_teardown(test_dropped_marks_become_artifacts, set_up, tear_down),
      cmocka_unit_test_setup_teardown(test_erased_text_is_not_painted, set_up, tear_down),
      cmocka_unit_test_setup_teardown(test_a_missing_letter_is_noticed, set_up, tear_down),
      cmocka_unit_test_setup_teardown(test_letters_are_what_glyphs_stand_for, set_up, tear_down),
      cmocka_unit_test_setup_teardown(test_spaces_are_painted_where_nothing_moves, set_up, tear_down),
      cmocka_unit_test_setup_teardown(test_a_font_s_map_says_what_codes_stand_for, set_up, tear_down),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
