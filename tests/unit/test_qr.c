/* QR codes: that they can be read is tested with zbarimg (tests/print); here, that the mask does what it is for. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdlib.h>
#include <string.h>

#include "theme/qr.h"

enum { CODES = 200, BAR_MOST = 12, SIDE_MOST = 64 };

static Arena arena;

static int set_up(void **state) {
  (void)state;
  arena = arena_reserve((size_t)1 << 26);
  return 0;
}

static int tear_down(void **state) {
  (void)state;
  arena_release(&arena);
  return 0;
}

/* The modules of a picture, a byte each; gives how many there are in a row. */
static int draw(const char *svg, char dark[SIDE_MOST][SIDE_MOST]) {
  memset(dark, 0, SIDE_MOST * SIDE_MOST);
  int side = atoi(strstr(strstr(svg, "viewBox=\""), ".5 ") + 3) - 8;
  const char *at = strstr(svg, " d=\"") + 4;
  assert_in_range(side, 21, SIDE_MOST);
  for (int x = 0, y = 0; *at != '"';) {
    char *next;
    char word = *at;
    long first = strtol(at + 1, &next, 10);
    if (word == 'h') {
      for (int i = 0; i < first; i++) dark[y][x++] = 1;
    } else {
      long second = strtol(next, &next, 10);
      x = word == 'M' ? (int)first : x + (int)first;
      y = word == 'M' ? (int)second : y + (int)second;
    }
    at = next;
  }
  return side;
}

static int longest_bar(char dark[SIDE_MOST][SIDE_MOST], int side) {
  int longest = 0;
  for (int i = 0; i < side; i++)
    for (int j = 0, across = 0, down = 0; j < side; j++) {
      across = j && dark[i][j] == dark[i][j - 1] ? across + 1 : 1;
      down = j && dark[j][i] == dark[j - 1][i] ? down + 1 : 1;
      if (across > longest) longest = across;
      if (down > longest) longest = down;
    }
  return longest;
}

/* Of the first mask, one address in eight has a bar. */
static void test_no_code_has_a_long_bar(void **state) {
  (void)state;
  static char dark[SIDE_MOST][SIDE_MOST];
  for (int i = 0; i < CODES; i++) {
    Str address = str_format(&arena, "https://clinic.example.org/section-%03d/page-%05d/", i % 7, i);
    int side = draw(str_to_c(&arena, qr_svg(&arena, address, STR("This page"))), dark);
    int count = 0;
    for (int k = 0; k < side * side; k++) count += dark[k / side][k % side];
    assert_in_range(longest_bar(dark, side), 7, BAR_MOST);
    assert_in_range(count * 100 / (side * side), 40, 60);
  }
}

static void test_too_long_a_text_has_no_code(void **state) {
  (void)state;
  static char text[2400];
  memset(text, 'a', sizeof text);
  assert_int_equal(qr_svg(&arena, str_from(text, sizeof text), STR("x")).len, 0);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test_setup_teardown(test_no_code_has_a_long_bar, set_up, tear_down),
      cmocka_unit_test_setup_teardown(test_too_long_a_text_has_no_code, set_up, tear_down),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
