#include "report.h"

#include "theme/collation.h"

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

/* Each text comes before the next in that language. */
static void assert_order(const char *lang, const char *const *texts) {
  Collation *collation = collation_open(&arena, str_from_c(lang));
  for (; texts[1]; texts++) {
    Str first = collation_key(collation, str_from_c(texts[0]));
    Str second = collation_key(collation, str_from_c(texts[1]));
    if (str_compare(first, second) >= 0) fail_msg("%s: %s does not come before %s", lang, texts[0], texts[1]);
  }
  collation_close(collation);
}

static void assert_letter(const char *lang, const char *text, const char *letter) {
  Collation *collation = collation_open(&arena, str_from_c(lang));
  Str found = collation_letter(collation, str_from_c(text));
  if (!str_equal(found, str_from_c(letter)))
    fail_msg("%s: %s stands under %.*s, not %s", lang, text, STR_ARG(found), letter);
  collation_close(collation);
}

static void words_are_in_the_order_of_their_language(void **state) {
  (void)state;
  assert_order("es", (const char *const[]){"nube", "nz", "ñame", "oído", "Once", NULL});
  assert_order("en", (const char *const[]){"apple", "Apple", "(Banana", "banana split", "Cherry", NULL});
  assert_order("en", (const char *const[]){"resume", "résumé", "resumes", NULL});
  assert_order("sv", (const char *const[]){"zon", "ål", "ärr", "öra", NULL});
  assert_order("de", (const char *const[]){"Arm", "Ärzte", "Auge", NULL});
  assert_order("ar", (const char *const[]){"ألم", "باب", "علاج", "يد", NULL});
}

/* 10 after 2 is what people want of numbers in names; CLDR's order is by digits, as in a dictionary. */
static void numbers_stand_before_letters(void **state) {
  (void)state;
  assert_order("en", (const char *const[]){"10 questions", "2 weeks", "Abdomen", NULL});
  assert_letter("en", "10 questions", "#");
  assert_letter("ar", "٣ أيام", "#");
}

static void words_stand_under_their_letter(void **state) {
  (void)state;
  assert_letter("es", "ñame", "Ñ");
  assert_letter("es", "nube", "N");
  assert_letter("en", "ñame", "N");
  assert_letter("es", "árbol", "A");
  assert_letter("es", "¿Qué es?", "Q");
  assert_letter("en", "éclair", "E");
  assert_letter("sv", "ål", "Å");
}

/* The article is part of an Arabic word: an index without it would have to know the language. */
static void arabic_has_its_own_letters_and_then_latin_ones(void **state) {
  (void)state;
  assert_letter("ar", "علاج", "ع");
  assert_letter("ar", "العلاج", "ا");
  assert_letter("ar", "ألم", "ا");
  assert_letter("ar", "CAR-T", "C");
}

static void what_has_no_letter_of_the_language_stands_apart(void **state) {
  (void)state;
  assert_letter("es", "علاج", "#");
  assert_letter("en", "", "#");
  assert_letter("en", "?!", "#");
}

static void an_unknown_language_has_the_order_of_all(void **state) {
  (void)state;
  assert_order("qqq", (const char *const[]){"apple", "Banana", "cherry", NULL});
  assert_letter("qqq", "banana", "B");
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(words_are_in_the_order_of_their_language),
      cmocka_unit_test(numbers_stand_before_letters),
      cmocka_unit_test(words_stand_under_their_letter),
      cmocka_unit_test(arabic_has_its_own_letters_and_then_latin_ones),
      cmocka_unit_test(what_has_no_letter_of_the_language_stands_apart),
      cmocka_unit_test(an_unknown_language_has_the_order_of_all),
  };
  return cmocka_run_group_tests_name("collation", tests, set_up, tear_down);
}
