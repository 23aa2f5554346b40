/* Terms of the glossary: what counts as a use of one, and what a page does with it. */
#include "markdown_page.h"

static const char glossary_yaml[] = "- {term: CAR, plain: A part <of> a cell.}\n"
                                    "- {term: CAR T-cell therapy, plain: A treatment.}\n"
                                    "- {term: cytokine release syndrome, plain: A strong reaction., forms: [CRS]}\n"
                                    "- {term: fatigue, plain: Being very tired., forms: [fatigued]}\n"
                                    "- {term: T-cells, plain: White blood cells., forms: [T-cell]}\n"
                                    "- {term: \"الإعياء\", plain: \"تعب\"}\n"
                                    "- {term: Überempfindlichkeit, plain: Allergie.}\n"
                                    "- {term: patient's line, plain: A tube.}\n";

static Value read_glossary(Page *page) {
  Value entries;
  YamlText yaml = {.path = STR("glossary.yaml"), .text = {glossary_yaml, sizeof glossary_yaml - 1}};
  yaml.end = yaml.text.len;
  assert_true(yaml_read(&page->arena, &yaml, &page->diags, &entries));
  return entries;
}

/* All uses as "begin-end:entry ", each of them a first one. */
static const char *uses(Page *page, const char *text, const char *lang) {
  reset(page);
  Terms *terms = terms_new(&page->arena, read_glossary(page), str_from_c(lang));
  bool used[16] = {false};
  Buf out = buf_new(&page->arena, 4096);
  TermFound found;
  for (size_t at = 0; terms_next(terms, str_from_c(text), used, &at, &found);) {
    buf_add(&out, str_slice(str_from_c(text), found.begin, found.end));
    buf_add_format(&out, "=%zu;", found.entry);
    used[found.entry] = true;
  }
  buf_add_byte(&out, '\0');
  return out.s;
}

static void test_words(void **state) {
  Page *page = *state;
  assert_string_equal(uses(page, "Fatigue, and fatigue again.", "en"), "Fatigue=3;");
  assert_string_equal(uses(page, "fatigues afatigue fatigue", "en"), "fatigue=3;");
  assert_string_equal(uses(page, "post-fatigue fatigue-free (fatigue)", "en"), "fatigue=3;");
  assert_string_equal(uses(page, "You are fatigued by fatigue.", "en"), "fatigued=3;");
  assert_string_equal(uses(page, "a car, a CAR, Car", "en"), "CAR=0;");
  assert_string_equal(uses(page, "CAR T-cell therapy uses T-cells and a CAR", "en"),
                      "CAR T-cell therapy=1;T-cells=4;CAR=0;");
  assert_string_equal(uses(page, "CAR T-cell  therapies", "en"), "CAR=0;T-cell=4;");
  assert_string_equal(uses(page, "cytokine\nrelease   Syndrome, CRS, crs", "en"), "cytokine\nrelease   Syndrome=2;");
  assert_string_equal(uses(page, "cytokine release. Syndrome", "en"), "");
  assert_string_equal(uses(page, "T‑cells and the patient’s line", "en"), "T‑cells=4;patient’s line=7;");
  assert_string_equal(uses(page, "ÜBEREMPFINDLICHKEIT", "de"), "ÜBEREMPFINDLICHKEIT=6;");
  assert_string_equal(uses(page, "قد تشعر الإعياء، والإعياء", "ar"), "الإعياء=5;");
  assert_string_equal(uses(page, "FATIGUE", "tr"), "");
  assert_string_equal(uses(page, "FATİGUE", "tr"), "FATİGUE=3;");
  assert_string_equal(uses(page, "", "en"), "");
  assert_null(terms_new(&page->arena, value_list(&page->arena, 0), STR("en")));
}

static void test_keys(void **state) {
  Page *page = *state;
  Arena *arena = &page->arena;
  reset(page);
  assert_true(str_equal(terms_key(arena, STR("T‑Cells "), STR("en")), terms_key(arena, STR("t-cells"), STR("de"))));
  assert_false(str_equal(terms_key(arena, STR("CAR"), STR("en")), terms_key(arena, STR("car"), STR("en"))));
}

static void render_terms(Page *page, const char *source, bool rtl) {
  reset(page);
  page->terms = terms_new(&page->arena, read_glossary(page), rtl ? STR("ar") : STR("en"));
  page->rtl = rtl;
  render_at(page, str_from_c(source), 0);
  page->terms = NULL;
  page->rtl = false;
}

#define TERM(id, word, term, plain)                                                                                    \
  "<button type=\"button\" class=\"term\" popovertarget=\"" id "\">" word "</button><span class=\"meaning\" id=\"" id  \
  "\" popover> <strong>" term ":</strong> " plain " </span>"

static void expect_terms(void **state, const char *source, const char *want) {
  Page *page = *state;
  render_terms(page, source, false);
  expect_text("HTML", source, page->doc.html, want);
  expect_text("reports", source, str_from_c(reports(page)), "");
}

static void test_first_use(void **state) {
  Page *page = *state;
  expect_terms(state, "Fatigue & the CAR. Fatigue.\n\nA CAR.\n",
               "<p>" TERM("term_1", "Fatigue", "fatigue", "Being very tired.") " &amp; the <span class=\"kept\">" TERM(
                   "term_2", "CAR", "CAR", "A part &lt;of&gt; a cell.") ".</span> Fatigue.</p>\n<p>A CAR.</p>\n");
  expect_text("text", "", page->doc.text, "Fatigue & the CAR. Fatigue.\nA CAR.");
  assert_int_equal(value_count(page->doc.glossary), 2);
  expect_text("first", "", value_text(value_get(value_at(page->doc.glossary, 0), STR("term"))), "CAR");
  expect_terms(
      state, "- a **fatigue**\n",
      "<ul>\n<li>a <strong>" TERM("term_1", "fatigue", "fatigue", "Being very tired.") "</strong></li>\n</ul>\n");
  expect_terms(
      state, "cytokine\nrelease syndrome.\n",
      "<p>" TERM("term_1", "cytokine\nrelease syndrome", "cytokine release syndrome", "A strong reaction.") ".</p>\n");
  expect_terms(
      state, "| CAR |\n|--|\n| CAR {{ clinic.beds }} |\n",
      "<div class=\"table\" role=\"region\" aria-label=\"Table\" tabindex=\"0\">\n<table>\n<thead>\n<tr>\n<th "
      "scope=\"col\">CAR</th>\n</tr>\n</thead>\n<tbody>\n<tr>\n<td>" TERM(
          "term_1", "CAR", "CAR", "A part &lt;of&gt; a cell.") " 12</td>\n</tr>\n</tbody>\n</table>\n</div>\n");
}

static void test_places_without(void **state) {
  static const char *const sources[] = {"## Fatigue\n",
                                        "[fatigue](a.md)\n",
                                        "`fatigue`\n",
                                        "    fatigue\n",
                                        "> [!EMERGENCY] CAR\n> fatigue\n",
                                        "> [!TIP] CAR\n",
                                        "fatigue\n: CAR\n",
                                        "![fatigue](a.jpg \"CAR\")\n",
                                        "cytokine *release* syndrome\n",
                                        "cytokine [release](a.md) syndrome\n",
                                        "Table: CAR\n\n| a |\n|--|\n"};
  for (size_t i = 0; i < sizeof sources / sizeof *sources; i++) {
    Page *page = *state;
    render_terms(page, sources[i], false);
    if (str_find(page->doc.html, STR("popover")) != STR_NONE) print_error("a term in: %s\n", sources[i]);
    assert_true(str_find(page->doc.html, STR("popover")) == STR_NONE);
    assert_int_equal(value_count(page->doc.glossary), 0);
  }
}

static void test_right_to_left(void **state) {
  Page *page = *state;
  render_terms(page, "38.0 °C الإعياء {{ clinic.phones.nurse_line }}\n", true);
  expect_text(
      "HTML", "", page->doc.html,
      "<p><bdi dir=\"ltr\">38.0 °C</bdi> " TERM("term_1", "الإعياء", "الإعياء",
                                                "تعب") " <bdi dir=\"ltr\" class=\"phone\">(555) 555-0100</bdi></p>\n");
}

/* Twice the text takes about twice the time: no step of the search looks back. */
static void test_long_text(void **state) {
  Page *page = *state;
  reset(page);
  Terms *terms = terms_new(&page->arena, read_glossary(page), STR("en"));
  Buf text = buf_new(&page->scratch, 16 << 20);
  for (int i = 0; i < 200000; i++) buf_add_lit(&text, "cytokine release CAR T-cell ");
  bool used[16] = {true, true, true, true, true, true, true, true};
  size_t at = 0;
  TermFound found;
  assert_false(terms_next(terms, buf_str(&text), used, &at, &found));
  assert_int_equal(at, text.len);
}

int main(void) {
#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
  const struct CMUnitTest tests[] = {
      TEST(test_words),          TEST(test_keys),          TEST(test_first_use),
      TEST(test_places_without), TEST(test_right_to_left), TEST(test_long_text),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
