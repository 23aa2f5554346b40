/* check/: syllables, sentences and formulas; quantities; places; numbers that contradict a fact. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <math.h>

#include "check/literals.h"
#include "check/place.h"
#include "check/quantities.h"
#include "check/reading.h"
#include "check/syllables.h"

static int setup(void **state) {
  static Arena arena;
  arena = arena_reserve((size_t)64 << 20);
  *state = &arena;
  return 0;
}

static int teardown(void **state) {
  arena_release(*state);
  return 0;
}

typedef struct Word {
  const char *text;
  size_t syllables;
} Word;

static void check_words(const Word *words, size_t count, Str lang) {
  for (size_t i = 0; i < count; i++) {
    size_t got = syllables_count(str_from_c(words[i].text), lang);
    if (got != words[i].syllables) fail_msg("%s: %zu, not %zu", words[i].text, got, words[i].syllables);
  }
}

static void test_english_syllables(void **state) {
  (void)state;
  static const Word words[] = {
      {"the", 1},
      {"about", 2},
      {"any", 2},
      {"leukemia", 4},
      {"hematology", 5},
      {"infusion", 3},
      {"patient", 2},
      {"science", 2},
      {"called", 1},
      {"needed", 2},
      {"handled", 2},
      {"table", 2},
      {"places", 2},
      {"clothes", 1},
      {"stayed", 1},
      {"player", 2},
      {"yes", 1},
      {"trying", 2},
      {"playing", 2},
      {"being", 2},
      {"safely", 2},
      {"treatment", 2},
      {"agreement", 3},
      {"various", 3},
      {"ambitious", 3},
      {"radio", 3},
      {"idea", 3},
      {"react", 2},
      {"ready", 2},
      {"rhythm", 2},
      {"didn't", 2},
      {"don't", 1},
      {"CRS", 3},
      {"T", 1},
      {"I", 1},
      {"temperature", 3},
      {"every", 2},
      {"business", 2},
      {"12", 1},
      {"HOSPITAL", 3},
      {"didn\xE2\x80\x99t", 2},
  };
  check_words(words, sizeof words / sizeof *words, STR("en"));
  assert_int_equal(syllables_count(STR("about"), STR("en-GB")), 2);
}

static void test_spanish_syllables(void **state) {
  (void)state;
  static const Word words[] = {
      {"amor", 2},
      {"día", 2},
      {"aéreo", 4},
      {"oído", 3},
      {"agua", 2},
      {"médico", 3},
      {"paciente", 3},
      {"idea", 3},
      {"enfermería", 5},
      {"ruido", 2},
      {"anemia", 3},
      {"muy", 1},
      {"contraindicación", 5},
      {"ayuda", 3},
      {"hay", 1},
      {"cigüeña", 3},
      {"guerra", 2},
      {"PAÍS", 2},
      {"ÁREA", 3},
      {"y", 1},
      {"queso", 2},
  };
  check_words(words, sizeof words / sizeof *words, STR("es"));
  assert_int_equal(syllables_count(STR("médico"), STR("es-MX")), 3);
}

static void test_other_languages_have_no_syllables(void **state) {
  (void)state;
  assert_false(syllables_known(STR("ar")));
  assert_false(syllables_known(STR("enm"))); /* Middle English is not English */
  assert_int_equal(syllables_count(STR("طبيب"), STR("ar")), 0);
}

static void test_very_long_word(void **state) {
  (void)state;
  char word[5000];
  for (size_t i = 0; i < sizeof word; i++) word[i] = i % 2 ? 'a' : 'b';
  assert_in_range(syllables_count(str_from(word, sizeof word), STR("en")), 1, 64);
  assert_int_equal(syllables_count(str_from(word, sizeof word), STR("es")), sizeof word / 2);
}

/* Counted by hand: 39 words, 4 sentences, 45 syllables, 1 long word (laboratory). */
static const char prose[] =
    "We take cells out of your blood. The laboratory adds a new part to them, and it grows many more.\n"
    "Two weeks later, you get the cells back\n"
    "Dr. Smith will call you at home on the next day";

static void test_figures(void **state) {
  (void)state;
  Reading *reading = reading_open();
  ReadingFigures figures = reading_text(reading, str_from_c(prose), STR("en"));
  assert_int_equal(figures.sentences, 4); /* "Dr." ends none, a line does */
  assert_int_equal(figures.words, 39);
  assert_int_equal(figures.syllables, 45);
  assert_int_equal(figures.long_words, 1);
  assert_true(figures.has_grade);
  assert_false(figures.has_smog); /* too few sentences */
  assert_false(figures.has_ease);
  double grade = 0.39 * 39 / 4 + 11.8 * 45 / 39 - 15.59;
  assert_true(fabs(figures.grade - grade) < 1e-9);
  reading_close(reading);
}

static void test_smog_needs_thirty_sentences(void **state) {
  Reading *reading = reading_open();
  Buf text = buf_new(*state, 1 << 16);
  for (int i = 0; i < 29; i++) buf_add_lit(&text, "The laboratory works. ");
  assert_false(reading_text(reading, buf_str(&text), STR("en")).has_smog);
  buf_add_lit(&text, "The laboratory works.");
  ReadingFigures figures = reading_text(reading, buf_str(&text), STR("en"));
  assert_int_equal(figures.long_words, 30);
  assert_true(figures.has_smog);
  assert_true(fabs(figures.smog - (1.0430 * sqrt(30.0) + 3.1291)) < 1e-9);
  reading_close(reading);
}

static void test_inflesz(void **state) {
  Reading *reading = reading_open();
  Buf text = buf_new(*state, 1 << 16);
  for (int i = 0; i < 10; i++) buf_add_lit(&text, "Llame a la clínica. "); /* 4 words, 7 syllables */
  ReadingFigures figures = reading_text(reading, buf_str(&text), STR("es"));
  assert_int_equal(figures.words, 40);
  assert_int_equal(figures.syllables, 70);
  assert_true(figures.has_ease && !figures.has_grade);
  assert_true(fabs(figures.ease - (206.835 - 62.3 * 70 / 40 - 4.0)) < 1e-9);
  ReadingFigures arabic = reading_text(reading, STR("اتصل بنا. نحن هنا."), STR("ar"));
  assert_int_equal(arabic.words, 4);
  assert_int_equal(arabic.sentences, 2);
  assert_true(!arabic.has_grade && !arabic.has_ease);
  reading_close(reading);
}

static void test_words(void **state) {
  (void)state;
  Reading *reading = reading_open();
  assert_int_equal(reading_text(reading, STR("T-cells don't follow-up 38.5 \xE2\x80\x93 e-mail"), STR("en")).words, 5);
  assert_int_equal(reading_text(reading, STR("-a- b - c-"), STR("en")).words, 3);
  assert_int_equal(reading_text(reading, STR(""), STR("en")).sentences, 0);
  assert_int_equal(reading_text(reading, STR("... !!! \n\n ---"), STR("en")).sentences, 0);
  assert_int_equal(reading_text(reading, STR("x\n"), STR("not a language at all, and far too long to be one")).words,
                   1);
  assert_false(reading_text(reading, STR("Welcome."), STR("en")).has_grade);
  reading_close(reading);
  reading_close(NULL);
}

static double first(const char *text, const char *lang) {
  Quantity quantity = {0};
  size_t at = 0;
  return quantities_next(str_from_c(text), &at, str_from_c(lang), &quantity) ? quantity.value : -1;
}

static void test_numbers(void **state) {
  (void)state;
  assert_true(quantities_equal(first("8 weeks", "en"), 8));
  assert_true(quantities_equal(first("a fever of 100.4", "en"), 100.4));
  assert_true(quantities_equal(first("38,5", "es"), 38.5));
  assert_true(quantities_equal(first("1,500 mg", "en"), 1500));
  assert_true(quantities_equal(first("٣٨٫٥", "ar"), 38.5));
  assert_true(quantities_equal(first("Eight weeks", "en"), 8));
  assert_true(quantities_equal(first("once semanas", "es"), 11));
  assert_true(first("once a week", "en") < 0); /* 11 in Spanish only */
  assert_true(first("B12 and CO2", "en") < 0);
  assert_true(first("nobody, someone, tent", "en") < 0);
  assert_true(first("", "en") < 0);
}

static size_t unit_end(Arena *arena, const char *text, size_t at, const char *unit) {
  const Str *forms;
  size_t count = quantities_unit_forms(arena, str_from_c(unit), &forms);
  return quantities_unit_at(str_from_c(text), at, forms, count);
}

static void test_units(void **state) {
  Arena *arena = *state;
  assert_int_equal(unit_end(arena, "8 weeks", 1, "weeks"), 7);
  assert_int_equal(unit_end(arena, "8-week rest", 1, "weeks"), 6);
  assert_int_equal(unit_end(arena, "8 semanas", 1, "weeks"), 9);
  assert_int_equal(unit_end(arena, "8\xC2\xA0weeks", 1, "week"), 8);
  assert_int_equal(unit_end(arena, "8 weekdays", 1, "weeks"), 0);
  assert_int_equal(unit_end(arena, "8 glass", 1, "glass"), 7);
  assert_int_equal(unit_end(arena, "8 doses", 1, "dose"), 7);
  assert_int_equal(unit_end(arena, "38°C", 2, "°C"), 5);
  assert_int_equal(unit_end(arena, "8", 1, "weeks"), 0);
  assert_true(quantities_are_range(STR(" to ")));
  assert_true(quantities_are_range(STR("\xE2\x80\x93")));
  assert_false(quantities_are_range(STR(" and then ")));
}

static void check_place(const char *source, const char *text, const char *found) {
  Str file = str_from_c(source);
  MarkdownBlock block = {.source = 0, .source_end = (uint32_t)file.len};
  size_t at = 0;
  Span span = {STR("a.md"), 0, 0};
  bool good = place_find(file, &block, str_from_c(text), &at, &span);
  if (!found) {
    assert_false(good);
    return;
  }
  assert_true(good);
  Str piece = str_slice(file, span.offset, span.offset + span.len);
  if (!str_equal(piece, str_from_c(found))) fail_msg("found `%.*s`, not `%s`", STR_ARG(piece), found);
}

static void test_places(void **state) {
  (void)state;
  check_place("Wait **8\n> weeks** now.", "8 weeks", "8\n> weeks");
  check_place("See [the page](a.md) for more.", "the page for", "the page](a.md) for");
  check_place("It's \"here\" -- so.", "It\xE2\x80\x99s \xE2\x80\x9Chere\xE2\x80\x9D \xE2\x80\x93 so.",
              "It's \"here\" -- so.");
  check_place("Wait {{ facts.a.text }}.", "2 weeks", NULL);
  check_place("Wait 18 weeks.", "8 weeks", NULL);
  check_place("", "8 weeks", NULL);
}

static void test_facts_that_cannot_be_watched(void **state) {
  Arena *arena = *state;
  Value facts = value_map(arena, 2);
  assert_null(literals_new(arena, facts, STR("en")));
  assert_null(literals_new(arena, (Value){0}, STR("en")));
  Value fact = value_map(arena, 2);
  value_put(fact, "value", value_c("as often as you like"));
  value_put(fact, "unit", value_c("times"));
  value_put(facts, "often", fact);
  assert_null(literals_new(arena, facts, STR("en"))); /* no number */
  value_put(fact, "value", value_int(3));
  assert_non_null(literals_new(arena, facts, STR("en")));
  value_put(fact, "unit", value_null());
  assert_null(literals_new(arena, facts, STR("en")));
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_english_syllables),
      cmocka_unit_test(test_spanish_syllables),
      cmocka_unit_test(test_other_languages_have_no_syllables),
      cmocka_unit_test(test_very_long_word),
      cmocka_unit_test(test_figures),
      cmocka_unit_test_setup_teardown(test_smog_needs_thirty_sentences, setup, teardown),
      cmocka_unit_test_setup_teardown(test_inflesz, setup, teardown),
      cmocka_unit_test(test_words),
      cmocka_unit_test(test_numbers),
      cmocka_unit_test_setup_teardown(test_units, setup, teardown),
      cmocka_unit_test(test_places),
      cmocka_unit_test_setup_teardown(test_facts_that_cannot_be_watched, setup, teardown),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
