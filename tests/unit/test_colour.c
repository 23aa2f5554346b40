#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <math.h>
#include <cmocka.h>

#include "theme/colour.h"

static Arena arena;

static int set_up(void **state) {
  (void)state;
  arena = arena_reserve(1 << 20);
  return 0;
}

static int tear_down(void **state) {
  (void)state;
  arena_release(&arena);
  return 0;
}

static const char *hex(const char *css) {
  Colour colour;
  Buf out = buf_new(&arena, 64);
  if (!colour_parse(str_from_c(css), &colour)) return "no colour";
  colour_write(&out, colour);
  return str_to_c(&arena, buf_str(&out));
}

/* Most are CSS Color 4's own examples: sections 5.1, 7.1, 8.1, 9.2 and 9.4. */
static void test_every_syntax_gives_its_colour(void **state) {
  static const char *const cases[][2] = {
      {"#abc", "#aabbcc"},
      {"#ABCD", "#aabbccdd"},
      {"#0b5563", "#0b5563"},
      {"#0b556380", "#0b556380"},
      {"  #fff  ", "#ffffff"},
      {"black", "#000000"},
      {"White", "#ffffff"},
      {"RebeccaPurple", "#663399"},
      {"lightgoldenrodyellow", "#fafad2"},
      {"transparent", "#00000000"},
      {"rgb(255, 0, 51)", "#ff0033"},
      {"rgb(100%, 0%, 20%)", "#ff0033"},
      {"rgb(255 0 51)", "#ff0033"},
      {"rgb(255 0 51 / 50%)", "#ff003380"},
      {"rgba(255,0,51,.5)", "#ff003380"},
      {"rgb(300 -5 51)", "#ff0033"},
      {"rgb(none 0 51)", "#000033"},
      {"rgb(100% 0 51)", "#ff0033"},
      {"hsl(120, 100%, 25%)", "#008000"},
      {"hsl(120deg 100% 25%)", "#008000"},
      {"hsl(120 100 25)", "#008000"},
      {"hsla(-240, 100%, 50%, 0.4)", "#00ff0066"},
      {"hsl(0.5turn 100% 50%)", "#00ffff"},
      {"hsl(200grad 100% 50%)", "#00ffff"},
      {"hsl(3.14159265rad 100% 50%)", "#00ffff"},
      {"hsl(0 0% 50%)", "#808080"},
      {"hwb(240 20% 20%)", "#3333cc"},
      {"hwb(0 60% 60%)", "#808080"},
      {"oklch(0.628 0.2577 29.23)", "#ff0000"},
      {"oklch(100% 0 0)", "#ffffff"},
      {"oklch(0% 0 none)", "#000000"},
      {"oklch(51.975% 0.17686 142.495)", "#008000"},
      {"oklab(62.7955% 0.22486 0.12585)", "#ff0000"},
      {"oklab(0.5198 -0.1403 0.1077 / 0.5)", "#00800080"},
  };
  (void)state;
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) assert_string_equal(hex(cases[i][0]), cases[i][1]);
}

static void test_what_is_no_colour_is_refused(void **state) {
  static const char *const cases[] = {
      "",
      "#",
      "#12",
      "#12345",
      "#ggg",
      "bluish",
      "rgb(1,2)",
      "rgb()",
      "rgb(1 2 3",
      "rgb(1, 2 3)",
      "rgb(1,2,3,4,5)",
      "rgb(1px 2 3)",
      "rgb(1%, 2, 3)",
      "rgb(none, 1, 2)",
      "hsl(1,2,3)",
      "hsl(10% 20% 30%)",
      "oklch(1,2,3)",
      "oklch(0.5 0.1 20%)",
      "red;}",
      "#fff;} body{",
      "url(x)",
      "var(--x)",
      "rgb(1 2 3 / 4deg)",
      "rgb(1 2 3) x",
      "rgb(1e5 2 3)",
      "rgb(99999999999999999999999999999999999 2 3)",
      "currentcolor",
      "rgb(123)",
      "rgb(1/2/3)",
  };
  (void)state;
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) assert_string_equal(hex(cases[i]), "no colour");
}

static Colour colour(const char *css) {
  Colour parsed = {0};
  assert_true(colour_parse(str_from_c(css), &parsed));
  return parsed;
}

/* Known ratios: WebAIM's contrast checker. */
static void test_contrast_is_that_of_wcag(void **state) {
  (void)state;
  assert_true(fabs(colour_contrast(colour("#000"), colour("#fff")) - 21) < 1e-9);
  assert_true(fabs(colour_contrast(colour("#fff"), colour("#000")) - 21) < 1e-9);
  assert_true(fabs(colour_contrast(colour("#777"), colour("#fff")) - 4.478) < 0.001);
  assert_true(fabs(colour_contrast(colour("#767676"), colour("#fff")) - 4.542) < 0.001);
  assert_true(fabs(colour_contrast(colour("#f00"), colour("#fff")) - 3.998) < 0.001);
  assert_true(fabs(colour_contrast(colour("#00f"), colour("#fff")) - 8.592) < 0.001);
  assert_true(fabs(colour_contrast(colour("#123456"), colour("#123456")) - 1) < 1e-9);
}

static void test_what_shines_through_counts(void **state) {
  (void)state;
  double half = colour_contrast(colour("rgb(0 0 0 / 50%)"), colour("#fff"));
  assert_true(fabs(half - colour_contrast(colour("rgb(50% 50% 50%)"), colour("#fff"))) < 0.05);
  assert_true(fabs(colour_contrast(colour("transparent"), colour("#fff")) - 1) < 1e-9);
}

typedef struct Aim {
  Colour on;
  double minimum;
} Aim;

static bool reaches(const void *context, Colour candidate) {
  const Aim *aim = context;
  return colour_contrast(candidate, aim->on) >= aim->minimum;
}

static void test_the_nearest_colour_passes_and_is_near(void **state) {
  static const char *const colours[] = {"#777777", "#ff8800", "#00aaff", "#e83e8c", "#ffff00", "#123456"};
  static const char *const grounds[] = {"#ffffff", "#000000", "#fcfaf4", "#191814", "#808080"};
  (void)state;
  for (size_t i = 0; i < sizeof colours / sizeof *colours; i++) {
    for (size_t j = 0; j < sizeof grounds / sizeof *grounds; j++) {
      Aim aim = {colour(grounds[j]), 4.5};
      Colour nearest;
      assert_true(colour_nearest(colour(colours[i]), reaches, &aim, &nearest));
      assert_true(colour_contrast(nearest, aim.on) >= 4.5);
      Buf out = buf_new(&arena, 16);
      colour_write(&out, nearest);
      assert_true(colour_contrast(colour(str_to_c(&arena, buf_str(&out))), aim.on) >= 4.5);
    }
  }
  Aim white = {colour("#fff"), 4.5};
  Colour nearest;
  assert_true(colour_nearest(colour("#777777"), reaches, &white, &nearest));
  assert_string_equal(hex("#767676"), "#767676");
  Buf out = buf_new(&arena, 16);
  colour_write(&out, nearest);
  assert_string_equal(str_to_c(&arena, buf_str(&out)), "#767676");
}

static void test_a_colour_that_passes_is_its_own_nearest(void **state) {
  (void)state;
  Aim aim = {colour("#fff"), 4.5};
  Colour nearest;
  assert_true(colour_nearest(colour("#0b5563"), reaches, &aim, &nearest));
  Buf out = buf_new(&arena, 16);
  colour_write(&out, nearest);
  assert_string_equal(str_to_c(&arena, buf_str(&out)), "#0b5563");
}

static void test_no_lightness_may_pass(void **state) {
  (void)state;
  Aim aim = {colour("#777"), 7};
  Colour nearest;
  assert_false(colour_nearest(colour("#888"), reaches, &aim, &nearest));
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_every_syntax_gives_its_colour),
      cmocka_unit_test(test_what_is_no_colour_is_refused),
      cmocka_unit_test(test_contrast_is_that_of_wcag),
      cmocka_unit_test(test_what_shines_through_counts),
      cmocka_unit_test(test_the_nearest_colour_passes_and_is_near),
      cmocka_unit_test(test_a_colour_that_passes_is_its_own_nearest),
      cmocka_unit_test(test_no_lightness_may_pass),
  };
  return cmocka_run_group_tests(tests, set_up, tear_down);
}
