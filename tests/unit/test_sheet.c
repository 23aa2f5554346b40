/* Handouts as sheets: which there are, that they need nothing from outside, when their text is the same; and the list
 * of printed ones. */
#define _GNU_SOURCE
#include "report.h"

#include <stdlib.h>
#include <unistd.h>

#include "os/os.h"
#include "site/handouts.h"
#include "theme/plain.h"

static Workers *workers;
static Arena *arena;
static DiagList diags;
static BuildOptions options;
static char folder[64];
static Site *site;

static Str in_folder(const char *path) {
  return STR_CONCAT(arena, str_from_c(folder), STR("/"), str_from_c(path));
}

static void put(const char *path, Str text) {
  Str full = in_folder(path);
  assert_int_equal(os_make_folders(str_slice(full, 0, str_find_last_byte(full, '/'))), 0);
  assert_int_equal(os_write_file(full, text, NULL), 0);
}

static int set_up(void **state) {
  (void)state;
  workers = workers_open(1);
  arena = workers_arena(workers);
  diags = diag_list_new(arena);
  strcpy(folder, "/tmp/pamphlet-sheet-XXXXXX");
  if (!mkdtemp(folder)) return -1;
  put("content/site.yaml", STR("title: Example Clinic\nbase_url: https://clinic.example.org/in/\nlanguages: [en, es]\n"
                               "theme: {name: base}\n"));
  put("content/clinic.yaml", STR("name: Example Clinic\nemergency: {number: \"911\", text: Call 911.}\n"));
  put("content/_index.md", STR("---\ntitle: Example Clinic\n---\nWelcome.\n"));
  put("content/care/fever.md",
      STR("---\ntitle: Fever\nkind: treatment\nowner: Nurse lead\nreviewed: 2026-10-01\nreview_due: 2027-10-01\n---\n"
          "Take your temperature. See [home](../_index.md).\n\n## When to *call* & whom {#call}\n\nCall early.\n\n"
          "![A thermometer](thermometer.svg)\n"));
  put("content/care/fever.es.md", STR("---\ntitle: Fiebre\nkind: treatment\nowner: Jefa\nreviewed: 2026-10-01\n"
                                      "review_due: 2027-10-01\n---\nMida su temperatura.\n"));
  put("content/care/thermometer.svg", STR("<svg xmlns=\"http://www.w3.org/2000/svg\"/>"));
  put("content/glossary.yaml", STR("- {term: temperature, plain: How hot the body is.}\n"));
  put("content/news.md", STR("---\ntitle: News\n---\nNothing.\n"));
  put("content/visit.md", STR("---\ntitle: Visit\nhandout: true\n---\nCome in.\n"));
  return 0;
}

static int tear_down(void **state) {
  (void)state;
  if (site) theme_release(site->theme);
  site = NULL;
  os_remove_tree(arena, str_from_c(folder));
  workers_close(workers);
  return 0;
}

static void open_site(void) {
  static const Str roots[] = {{"themes", 6}};
  if (site) theme_release(site->theme);
  options = (BuildOptions){
      .source = str_from_c(folder), .theme_roots = roots, .theme_root_count = 1, .jobs = 1, .now = 1790000000};
  site = ARENA_NEW(arena, Site);
  *site = (Site){.options = &options, .workers = workers, .arena = arena, .diags = &diags};
  assert_true(site_load(site));
  site_connect(site);
  assert_true(sheets_prepare(site));
  assert_false(diag_has_errors(&diags, false));
}

static SheetText render(const char *pdf, SheetOptions with) {
  size_t count;
  Sheet *sheets = sheets_list(site, arena, with, &count);
  for (size_t i = 0; i < count; i++) {
    if (!str_equal(sheets[i].pdf, str_from_c(pdf))) continue;
    SheetText text;
    assert_true(sheet_render(site, &sheets[i], arena, &diags, &text));
    return text;
  }
  fail_msg("there is no sheet %s", pdf);
  return (SheetText){0};
}

static void test_which_there_are(void **state) {
  (void)state;
  open_site();
  size_t count;
  Sheet *sheets = sheets_list(site, arena, (SheetOptions){PAPER_A4, false}, &count);
  assert_int_equal(count, 3); /* news is for nobody to take home */
  assert_str(arena, sheets[0].pdf, "handouts/care/fever.es.pdf");
  assert_str(arena, sheets[1].pdf, "handouts/care/fever.pdf");
  assert_str(arena, sheets[2].pdf, "handouts/visit.pdf");
  assert_str(arena, sheets[0].id, "care/fever");
  assert_str(arena, sheets[0].title, "Fiebre");
  sheets = sheets_list(site, arena, (SheetOptions){PAPER_LETTER, true}, &count);
  assert_str(arena, sheets[0].pdf, "handouts/care/fever.es.letter.large.pdf");
}

static void test_asks_nobody(void **state) {
  (void)state;
  open_site();
  SheetText text = render("handouts/care/fever.letter.large.pdf", (SheetOptions){PAPER_LETTER, true});
  assert_true(str_find(text.html, STR("<link")) == STR_NONE);
  assert_true(str_find(text.html, STR("<script")) == STR_NONE);
  assert_true(str_find(text.html, STR("src=\"data:image/svg+xml;base64,PHN2Zy")) != STR_NONE);
  assert_true(str_find(text.html, STR("href=\"https://clinic.example.org/in/\"")) != STR_NONE);
  assert_true(str_find(text.html, STR("--ink:")) != STR_NONE); /* the style sheet is in it */
  assert_true(str_find(text.html, STR("size: letter")) != STR_NONE);
  assert_true(str_find(text.html, STR("<html data-paper=\"letter\" data-print=\"large\" lang=\"en\"")) != STR_NONE);
}

static void test_headings(void **state) {
  (void)state;
  open_site();
  SheetText text = render("handouts/care/fever.pdf", (SheetOptions){PAPER_A4, false});
  assert_true(text.heading_count >= 2);
  assert_int_equal(text.headings[0].level, 1);
  assert_str(arena, text.headings[0].title, "Fever");
  assert_int_equal(text.headings[1].level, 2);
  assert_str(arena, text.headings[1].title, "When to call & whom");
  assert_str(arena, text.headings[1].id, "call");
  Str plain = plain_text(arena, text.body);
  assert_true(str_find(plain, STR("Take your temperature. See home.")) != STR_NONE);
  assert_true(str_find(plain, STR("temperature: How hot")) == STR_NONE); /* once, in the list of words */
  assert_true(str_find(plain, STR("temperature How hot the body is.")) != STR_NONE);
}

static bool same(const uint64_t a[2], const uint64_t b[2]) {
  return a[0] == b[0] && a[1] == b[1];
}

static void test_same_text(void **state) {
  (void)state;
  open_site();
  SheetText a4 = render("handouts/care/fever.pdf", (SheetOptions){PAPER_A4, false});
  SheetText large = render("handouts/care/fever.letter.large.pdf", (SheetOptions){PAPER_LETTER, true});
  assert_true(same(a4.text_hash, large.text_hash));
  assert_false(same(a4.hash, large.hash));
  open_site();
  SheetText again = render("handouts/care/fever.pdf", (SheetOptions){PAPER_A4, false});
  assert_true(same(a4.hash, again.hash));
  put("content/care/thermometer.svg", STR("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 1 1\"/>"));
  open_site();
  SheetText redrawn = render("handouts/care/fever.pdf", (SheetOptions){PAPER_A4, false});
  assert_false(same(a4.text_hash, redrawn.text_hash));
}

static void test_list_of_printed(void **state) {
  (void)state;
  Handout items[] = {{.pdf = STR("handouts/b.pdf"),
                      .id = STR("b"),
                      .kind = SHEET_BOOKLET,
                      .lang = STR("en"),
                      .title = STR("B \"b\""),
                      .text_hash = {1, 2},
                      .bytes = 70000,
                      .pages = 3},
                     {.pdf = STR("handouts/a.letter.large.pdf"),
                      .id = STR("a"),
                      .lang = STR("es"),
                      .title = STR("Á"),
                      .options = {PAPER_LETTER, true},
                      .text_hash = {3, UINT64_MAX},
                      .bytes = 1,
                      .pages = 1}};
  Value finding = value_map(arena, 1);
  value_put(finding, "kind", value_c("tall"));
  items[0].findings = value_list(arena, 1);
  value_push(items[0].findings, finding);
  put("out/.pamphlet/handouts.json", handouts_text(arena, items, 2));
  Handouts list;
  handouts_read(arena, in_folder("out"), &diags, &list);
  assert_int_equal(diags.count, 0);
  assert_int_equal(list.count, 2);
  assert_str(arena, list.items[0].title, "Á");
  const Handout *b = handouts_find(&list, STR("handouts/b.pdf"));
  assert_non_null(b);
  assert_int_equal(b->kind, SHEET_BOOKLET);
  assert_int_equal(b->pages, 3);
  assert_int_equal(value_count(b->findings), 1);
  assert_str(arena, value_text(value_get(value_at(b->findings, 0), STR("kind"))), "tall");
  const Handout *a = handouts_find(&list, STR("handouts/a.letter.large.pdf"));
  assert_true(a->options.large_print && a->options.paper == PAPER_LETTER);
  assert_false(value_is_defined(a->findings));
  assert_true(same(a->text_hash, (uint64_t[2]){3, UINT64_MAX}));
  assert_null(handouts_find(&list, STR("handouts/c.pdf")));
}

static void test_list_broken(void **state) {
  (void)state;
  static const char *const broken[] = {
      "", "[]", "{\"handouts\": [{}]}", "{\"handouts\": ",
      "{\"handouts\": [{\"pdf\": \"../x.pdf\", \"kind\": \"page\", \"bytes\": 1, \"pages\": 1, "
      "\"text\": \"00000000000000000000000000000000\"}]}"};
  for (size_t i = 0; i < sizeof broken / sizeof *broken; i++) {
    DiagList own = diag_list_new(arena);
    Handouts list;
    put("out/.pamphlet/handouts.json", str_from_c(broken[i]));
    handouts_read(arena, in_folder("out"), &own, &list);
    assert_int_equal(own.count, 1);
    assert_int_equal(own.first->id, DIAG_HANDOUTS_MANIFEST);
    assert_int_equal(list.count, 0);
  }
}

static void test_words_of_several_pages(void **state) {
  (void)state;
  put("content/handouts.yaml", STR("booklets:\n  - name: guide\n    title: {en: A guide}\n"
                                   "    pages: [care/fever.md, visit.md]\n"
                                   "bilingual:\n  - page: care/fever.md\n    languages: [es, en]\n"));
  put("content/glossary.yaml",
      STR("- {term: {en: temperature, es: temperatura}, plain: {en: How hot you are., es: Su calor.}}\n"
          "- {term: infusion, plain: Through a tube.}\n"));
  put("content/visit.md", STR("---\ntitle: Visit\nhandout: true\n---\nCome in for your infusion.\n"));
  open_site();
  SheetText guide = render("handouts/guide.pdf", (SheetOptions){PAPER_A4, false});
  size_t infusion = str_find(guide.html, STR("<dt>infusion</dt>"));
  size_t temperature = str_find(guide.html, STR("<dt>temperature</dt>"));
  assert_true(infusion < temperature && temperature != STR_NONE);
  assert_true(str_find(guide.html, STR(">About this booklet</h2>")) != STR_NONE);
  SheetText both = render("handouts/care/fever.es-en.pdf", (SheetOptions){PAPER_A4, false});
  size_t spanish = str_find(both.html, STR("<dt>temperatura</dt><dd>Su calor.</dd>"));
  size_t english = str_find(both.html, STR("<dt>temperature</dt><dd>How hot you are.</dd>"));
  size_t heading = str_find(both.html, STR("<h2>Palabras de este folleto</h2>"));
  assert_true(heading < spanish && spanish < english && english != STR_NONE);
  assert_true(str_find(both.html, STR("id=\"sheet-glossary\"")) == STR_NONE);
}

static void test_sheets_of_several_pages(void **state) {
  (void)state;
  put("content/handouts.yaml",
      STR("booklets:\n  - name: guide\n    title: {en: A guide}\n    pages: [care/fever.md, visit.md]\n"
          "bilingual:\n  - page: care/fever.md\n    languages: [es, en]\n"
          "wallet_cards:\n  - name: card\n    therapy: A therapy\n    text: I have had it.\n"));
  put("content/visit.md",
      STR("---\ntitle: Visit\nhandout: true\n---\nCome in.\n\n## Fever {#call}\n\nSee [it](#call).\n"));
  open_site();
  size_t count;
  Sheet *sheets = sheets_list(site, arena, (SheetOptions){PAPER_A4, false}, &count);
  assert_int_equal(count, 6);
  assert_str(arena, sheets[0].pdf, "handouts/card.pdf");
  assert_str(arena, sheets[1].pdf, "handouts/care/fever.es-en.pdf");
  assert_str(arena, sheets[4].pdf, "handouts/guide.pdf");
  SheetText guide = render("handouts/guide.pdf", (SheetOptions){PAPER_A4, false});
  assert_true(str_find(guide.html, STR("<h2 id=\"chapter-2\">Visit</h2>")) != STR_NONE);
  assert_true(str_find(guide.html, STR("<h3 id=\"c2-call\">Fever</h3>")) != STR_NONE);
  assert_true(str_find(guide.html, STR("<h3 id=\"c1-call\">")) != STR_NONE);
  assert_true(str_find(guide.html, STR("<a href=\"#c2-call\">it</a>")) != STR_NONE);
  assert_true(str_find(guide.html, STR("<span data-page-of=\"chapter-2\"></span>")) != STR_NONE);
  SheetText both = render("handouts/care/fever.es-en.pdf", (SheetOptions){PAPER_A4, false});
  assert_true(str_find(both.html, STR("<div class=\"side\" lang=\"es\" dir=\"ltr\">\n<h1>Fiebre</h1>")) != STR_NONE);
  assert_true(str_find(both.html, STR("<h2 id=\"en-call\">")) != STR_NONE);
  SheetText card = render("handouts/card.pdf", (SheetOptions){PAPER_A4, false});
  assert_true(str_find(plain_text(arena, card.body), STR("I have had it. A therapy Emergency: 911")) != STR_NONE);
}

/* Builds the site as the command does; what /care/fever/ then holds. */
static Str built(const char *page) {
  DiagList own = diag_list_new(arena);
  options.out = in_folder("out");
  BuildResult result = site_build(&options, workers, &own);
  assert_true(result.published);
  Str html;
  assert_int_equal(os_read_file(arena, in_folder(page), PAGE_OUTPUT_MOST, &html), 0);
  return html;
}

static bool exists(const char *path) {
  return os_stat(in_folder(path)).kind == OS_FILE;
}

static void test_pages_link_what_was_printed(void **state) {
  (void)state;
  open_site();
  SheetText text = render("handouts/care/fever.pdf", (SheetOptions){PAPER_A4, false});
  Str none = built("out/care/fever/index.html");
  assert_true(str_find(none, STR(".pdf")) == STR_NONE);
  assert_false(exists("out/handouts/index.html"));
  Handout items[] = {{.pdf = STR("handouts/care/fever.pdf"),
                      .id = STR("care/fever"),
                      .lang = STR("en"),
                      .title = STR("Fever"),
                      .text_hash = {text.text_hash[0], text.text_hash[1]},
                      .bytes = 1500,
                      .pages = 3}};
  put("out/handouts/care/fever.pdf", str_from(ARENA_ARRAY(arena, char, 1500), 1500));
  put("out/.pamphlet/handouts.json", handouts_text(arena, items, 1));
  Str linked = built("out/care/fever/index.html");
  assert_true(str_find(linked, STR("href=\"/in/handouts/care/fever.pdf\"")) != STR_NONE);
  assert_true(str_find(linked, STR("3 pages, 2 KB")) != STR_NONE);
  Str list = built("out/handouts/index.html");
  assert_true(str_find(list, STR("href=\"/in/handouts/care/fever.pdf\"")) != STR_NONE);
  assert_true(exists("out/es/handouts/index.html"));
  /* The text moves on: the PDF stays where it is, and nothing leads to it any more. */
  put("content/care/fever.md", STR("---\ntitle: Fever\nkind: treatment\nowner: Nurse lead\nreviewed: 2026-10-01\n"
                                   "review_due: 2027-10-01\n---\nTake your temperature twice.\n"));
  Str stale = built("out/care/fever/index.html");
  assert_true(str_find(stale, STR(".pdf")) == STR_NONE);
  assert_true(exists("out/handouts/care/fever.pdf"));
  assert_false(exists("out/handouts/index.html"));
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test_setup_teardown(test_which_there_are, set_up, tear_down),
      cmocka_unit_test_setup_teardown(test_asks_nobody, set_up, tear_down),
      cmocka_unit_test_setup_teardown(test_headings, set_up, tear_down),
      cmocka_unit_test_setup_teardown(test_same_text, set_up, tear_down),
      cmocka_unit_test_setup_teardown(test_list_of_printed, set_up, tear_down),
      cmocka_unit_test_setup_teardown(test_list_broken, set_up, tear_down),
      cmocka_unit_test_setup_teardown(test_sheets_of_several_pages, set_up, tear_down),
      cmocka_unit_test_setup_teardown(test_words_of_several_pages, set_up, tear_down),
      cmocka_unit_test_setup_teardown(test_pages_link_what_was_printed, set_up, tear_down),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
