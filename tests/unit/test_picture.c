#include "report.h"

#include "content/picture.h"

static Arena arena;

static int set_up(void **state) {
  (void)state;
  arena = arena_reserve((size_t)1 << 20);
  return 0;
}

static int tear_down(void **state) {
  (void)state;
  arena_release(&arena);
  return 0;
}

static Str size_of(Str head) {
  PictureSize size;
  return picture_size(head, &size) ? str_format(&arena, "%u x %u", size.width, size.height) : STR("none");
}

static void test_sizes(void **state) {
  (void)state;
  assert_str(&arena, size_of(STR("\x89PNG\r\n\x1A\n\0\0\0\rIHDR\0\0\x02\x58\0\0\x01\x90")), "600 x 400");
  assert_str(&arena, size_of(STR("GIF89a\xBC\x02\x64\0")), "700 x 100");
  assert_str(&arena, size_of(STR("RIFF\0\0\0\0WEBPVP8X\0\0\0\0\0\0\0\0\x1F\x03\0\x57\x02\0")), "800 x 600");
  assert_str(&arena, size_of(STR("RIFF\0\0\0\0WEBPVP8 \0\0\0\0\0\0\0\x9D\x01\x2A\x20\x03\x58\x02")), "800 x 600");
  assert_str(&arena, size_of(STR("RIFF\0\0\0\0WEBPVP8L\0\0\0\0\x2F\x1F\xC3\x95\0\0\0\0\0\0")), "800 x 600");
}

/* A comment, filling, a table of codes (which is no frame), then the frame. */
static void test_jpeg_has_its_size_behind_other_segments(void **state) {
  (void)state;
  Str head = STR("\xFF\xD8\xFF\xFE\0\x04hi\xFF\xFF\xC4\0\x03x\xFF\xC2\0\x11\x08\x02\x58\x03\x20\x03");
  assert_str(&arena, size_of(head), "800 x 600");
  for (size_t len = 0; len < 18; len++) assert_str(&arena, size_of(str_slice(head, 0, len)), "none");
}

static void test_what_is_no_picture_has_none(void **state) {
  (void)state;
  assert_str(&arena, size_of(STR("")), "none");
  assert_str(&arena, size_of(STR("<svg width=\"10\" height=\"10\"/>")), "none");
  assert_str(&arena, size_of(STR("\x89PNG\r\n\x1A\n")), "none");
  assert_str(&arena, size_of(STR("GIF89a\0\0\x64\0")), "none");
}

static void test_dots_on_paper(void **state) {
  (void)state;
  assert_int_equal(picture_dots((PictureSize){1052, 100}), 150);
  assert_int_equal(picture_dots((PictureSize){1051, 100}), 149);
  assert_int_equal(picture_dots((PictureSize){100, 1182}), 150);
  assert_int_equal(picture_dots((PictureSize){100, 100}), 96); /* as wide as on a screen */
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test_setup_teardown(test_sizes, set_up, tear_down),
      cmocka_unit_test_setup_teardown(test_jpeg_has_its_size_behind_other_segments, set_up, tear_down),
      cmocka_unit_test_setup_teardown(test_what_is_no_picture_has_none, set_up, tear_down),
      cmocka_unit_test_setup_teardown(test_dots_on_paper, set_up, tear_down),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
