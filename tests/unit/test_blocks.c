/* Blocks that a clinic's pages are made of: cards, steps, times, contact, questions, definitions, captions, films. */
#include "markdown_page.h"

/* --- definition lists --- */

static void test_definitions(void **state) {
  Page *page = *state;
  expect_html(
      state, "Fatigue\n: Being *very* tired.\n\nCAR\nreceptor\n: A part\n  of a cell.\n: A name.\n\n: More.\n\nx\n",
      "<dl>\n<dt id=\"fatigue\">Fatigue</dt>\n<dd>Being <em>very</em> tired.</dd>\n<dt id=\"car\">CAR</dt>\n"
      "<dt id=\"receptor\">receptor</dt>\n<dd>A part\nof a cell.</dd>\n<dd>A name.</dd>\n<dd>More.</dd>\n</dl>\n"
      "<p>x</p>\n");
  assert_string_equal(anchors(page), "[\"fatigue\",\"car\",\"receptor\"]");
  expect_plain(state, "A\n: b\n\nc\n", "A\nb\nc");
  expect_html(state, "- A\n  : b\n", "<ul>\n<li>\n<dl>\n<dt id=\"a\">A</dt>\n<dd>b</dd>\n</dl>\n</li>\n</ul>\n");
  expect_html(state, "A  \n: {{ clinic.beds }} beds\n\nB\n: c\n",
              "<dl>\n<dt id=\"a\">A</dt>\n<dd>12 beds</dd>\n<dt id=\"b\">B</dt>\n<dd>c</dd>\n</dl>\n");
  expect_html(state, "At 8:30\n:-) :x: :\n", "<p>At 8:30\n:-) :x: :</p>\n");
}

static void test_definition_faults(void **state) {
  expect_reports(state, "text\n\n: meaning\n", "3:1 definition-term <: meaning>");
  expect_reports(state, "> : meaning\n", "1:3 definition-term <: meaning>");
  expect_reports(state, "A\n:\n", "2:1 definition-empty <:>");
  expect_reports(state, "A\n: ![](x.jpg)\n: call 555-0101\n", "2:3 img-alt <![](x.jpg)>\n3:8 phone-unknown <555-0101>");
}

/* --- sections --- */

static void test_section_parts(void **state) {
  expect_reports(state, "## A {.steps}\n\n- a\n", "1:1 section-part <## A {.steps}>");
  expect_reports(state, "## A {.checklist}\n\n- a\n", "1:1 section-part <## A {.checklist}>");
  expect_reports(state, "## A {.timeline}\n\ntext\n", "1:1 section-part <## A {.timeline}>");
  expect_reports(state, "## A {.contact}\n\n555-0100\n", "1:1 section-part <## A {.contact}>");
  expect_reports(state,
                 "## A {.steps}\n\n1. a\n\n## B {.checklist}\n\n- [ ] b\n\n## C {.contact}\n\n{{ clinic.name }}\n", "");
}

static void test_steps_go_on(void **state) {
  expect_html(
      state, "## A {.steps}\n\n1. a\n2. b\n\nRest.\n\n3. c\n",
      "<section class=\"steps\" aria-labelledby=\"a\">\n<h2 id=\"a\">A</h2>\n<ol>\n<li>a</li>\n<li>b</li>\n</ol>\n"
      "<p>Rest.</p>\n<ol start=\"3\">\n<li>c</li>\n</ol>\n</section>\n");
}

static void test_timeline(void **state) {
  expect_html(state, "## A {.timeline}\n\n- **Day 1:** **we** start\n  - not a time\n",
              "<section class=\"timeline\" aria-labelledby=\"a\">\n<h2 id=\"a\">A</h2>\n<ul>\n"
              "<li><strong class=\"when\">Day 1:</strong> <strong>we</strong> start\n<ul>\n<li>not a time</li>\n</ul>\n"
              "</li>\n</ul>\n</section>\n");
  expect_reports(state, "## A {.timeline}\n\n- **Day 1:** a\n- Day 2: b\n", "4:1 timeline-time <- Day 2: b>");
}

static void test_contact(void **state) {
  Page *page = *state;
  expect_html(state,
              "## A {.contact}\n\nCall {{ clinic.phones.nurse_line }}, {{ clinic.phones.desk.number }} or "
              "[us](tel:{{clinic.phones.desk}}).\n\n{{ clinic.beds }} beds\n",
              "<section class=\"contact\" aria-labelledby=\"a\">\n<h2 id=\"a\">A</h2>\n<p>Call <a class=\"phone\" "
              "href=\"tel:5555550100\">(555) 555-0100</a>, 555-0111 ext. 5 or <a class=\"phone\" "
              "href=\"tel:5550111;ext=5\">us</a>.</p>\n<p>12 beds</p>\n</section>\n");
  expect_html(state, "## A {.contact}\n\n{{ clinic.email }}\n",
              "<section class=\"contact\" aria-labelledby=\"a\">\n<h2 id=\"a\">A</h2>\n<p><a "
              "href=\"mailto:ward@example.org\">ward@example.org</a></p>\n</section>\n");
  reset(page);
  page->rtl = true;
  render_at(page, STR("## A {.contact}\n\nx {{ clinic.phones.nurse_line }}\n"), 0);
  page->rtl = false;
  assert_true(str_find(page->doc.html, STR("href=\"tel:5555550100\"><bdi dir=\"ltr\">(555) 555-0100</bdi></a>")) !=
              STR_NONE);
}

/* --- questions --- */

static void test_faq_page(void **state) {
  Page *page = *state;
  page->faq = true;
  expect_html(
      state,
      "Intro.\n\n## In short {.summary}\n\ns\n\n## Why *me*?\n\nNo reason.\n\n### More\n\nx\n\n## When?\n\nSoon.\n",
      "<p>Intro.</p>\n<section class=\"summary\" aria-labelledby=\"in-short\">\n<h2 id=\"in-short\">In short</h2>\n"
      "<p>s</p>\n</section>\n<div class=\"faq-item\">\n<h2 id=\"why-me\"><a class=\"self\" href=\"#why-me\">Why "
      "<em>me</em>?</a></h2>\n<div class=\"faq-answer\">\n<p>No reason.</p>\n<h3 id=\"more\">More</h3>\n<p>x</p>\n"
      "</div>\n</div>\n<div class=\"faq-item\">\n<h2 id=\"when\"><a class=\"self\" href=\"#when\">When?</a></h2>\n"
      "<div class=\"faq-answer\">\n<p>Soon.</p>\n</div>\n</div>\n");
  assert_string_equal(json(page, markdown_faq_value(&page->arena, &page->doc, NULL)),
                      "[{\"id\":\"why-me\",\"question\":\"Why me?\",\"answer\":\"No reason.\\nMore\\nx\"},"
                      "{\"id\":\"when\",\"question\":\"When?\",\"answer\":\"Soon.\"}]");
  render(page, "## No question\n\nx\n\n## Ask {.faq}\n\n### Why?\n\ny\n");
  assert_string_equal(json(page, markdown_faq_value(&page->arena, &page->doc, NULL)), "[{\"id\":\"why\",\"question\":\"Why?\",\"answer\":\"y\"}]");
  expect_reports(state, "text\n", "0:0 faq-empty <>");
  expect_reports(state, "## Why [that day](a.md)?\n\nx\n", "1:1 faq-link <## Why [that day](a.md)?>");
  page->faq = false;
}

/* --- cards --- */

static void test_card_rules(void **state) {
  Page *page = *state;
  expect_reports(state, "> [!WARNING] a\n\n> [!CAUTION] b\n\n> [!NOTE] c\n\n> [!WARNING] d\n",
                 "7:3 card-many <[!WARNING] d>");
  expect_reports(state, "> [!NOTE] a\n> b\n\ntext\n", "4:1 card-heading <text>");
  expect_reports(state, "> [!NOTE] a\n\n> quote\n", "3:3 card-split <quote>");
  expect_reports(state, "> [!NOTE]\n\n## B\n", "1:3 card-empty <[!NOTE]>");
  expect_reports(state, "> [!NOTE]\n> b\n", "");
  expect_reports(state, "> [!NOTE] a\n\n<!-- x -->\n\n## H\n\n> [!TIP] b\n\n> [!TIP] c\n", "");
  expect_reports(state, "- > [!NOTE] a\n\n  text\n", "");
  expect_reports(state, "> [!EMERGENCY] Call [911](tel:911)\n> [read on](a.md)\n>\n> > [!NOTE] [x y](b.md)\n",
                 "2:3 emergency-link <[read on](a.md)>\n4:13 emergency-link <[x y](b.md)>");
  expect_reports(state, "> [!URGENT] Call\n> [read on](a.md)\n", "");
  page->lang = STR("en");
  expect_reports(
      state, "> [!DONT]\n> - Do not run.\n> - Don't jump.\n> - Never fly.\n> - Drive.\n>   - fast\n> - **Do not** x\n",
      "5:3 card-dont <- Drive.>");
  expect_reports(state, "- Drive.\n\n> [!DO]\n> - Drive.\n", "");
  page->lang = STR("es");
  expect_reports(state, "> [!DONT]\n> - No corra.\n> - Nunca salte.\n> - Notable.\n", "4:3 card-dont <- Notable.>");
  page->lang = STR("ar");
  expect_reports(state, "> [!DONT]\n> - لا تقد.\n> - اركض.\n", "3:3 card-dont <- اركض.>");
  page->lang = STR("fr");
  expect_reports(state, "> [!DONT]\n> - Courir.\n", "");
  page->lang = STR("");
}

static void test_video(void **state) {
  expect_html(
      state,
      "## Days\n\n> [!VIDEO] The day\n> [Watch it](https://video.example.org/1) (2 minutes)\n>\n> A nurse speaks.\n",
      "<h2 id=\"days\">Days</h2>\n<div class=\"card card-video\">\n<h3 class=\"card-title\" id=\"the-day\"><span "
      "class=\"card-label\">Video</span> <span class=\"card-text\">The day</span></h3>\n<div class=\"card-body\">\n"
      "<p><a href=\"https://video.example.org/1\" rel=\"external\">Watch it</a> (2 minutes)</p>\n<h4 "
      "id=\"transcript\">Transcript</h4>\n<p>A nurse speaks.</p>\n</div>\n</div>\n");
  expect_html(state, "> [!VIDEO] [The day](day.mp4)\n> ### What is said\n> Text.\n",
              "<div class=\"card card-video\">\n<h2 class=\"card-title\" id=\"the-day\"><span "
              "class=\"card-label\">Video</span> "
              "<span class=\"card-text\"><a href=\"day.mp4\">The day</a></span></h2>\n<div class=\"card-body\">\n<h3 "
              "id=\"what-is-said\">What is said</h3>\n<p>Text.</p>\n</div>\n</div>\n");
  expect_reports(state, "> [!VIDEO] The day\n> [Watch](day.mp4)\n", "1:3 video-transcript <[!VIDEO] The day>");
  expect_reports(state, "> [!VIDEO] The day\n>\n> words\n>\n> more\n", "1:3 video-link <[!VIDEO] The day>");
  expect_reports(state, "> [!VIDEO] [The day](day.mp4)\n", "1:3 video-transcript <[!VIDEO] [The day](day.mp4)>");
  expect_reports(state, "![The day](day.mp4)\n", "1:1 image-film <![The day](day.mp4)>");
}

/* --- captions --- */

static void test_captions(void **state) {
  Page *page = *state;
  expect_html(
      state, "## A\n\nTable: *New* times\n\n| a | b |\n|--|--|\n| c | d |\n",
      "<h2 id=\"a\">A</h2>\n<div class=\"table\" role=\"region\" aria-labelledby=\"table_1\" tabindex=\"0\">\n<table>\n"
      "<caption id=\"table_1\"><em>New</em> times</caption>\n<thead>\n<tr>\n<th scope=\"col\">a</th>\n<th "
      "scope=\"col\">b</th>\n</tr>\n</thead>\n<tbody>\n<tr>\n<td>c</td>\n<td>d</td>\n</tr>\n</tbody>\n</table>\n</"
      "div>\n");
  expect_plain(state, "Table: x\n\n| a |\n|--|\n", "x\na");
  expect_reports(state, "Table: x\n\ntext\n", "1:1 table-caption <Table: x>");
  reset(page);
  value_put(page->words, "table", value_c("Tabla"));
  render_at(page, STR("Tabla: x\n\n| a |\n|--|\n"), 0);
  assert_true(str_find(page->doc.html, STR("<caption id=\"table_1\">x</caption>")) != STR_NONE);
}

int main(void) {
#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
  const struct CMUnitTest tests[] = {
      TEST(test_definitions), TEST(test_definition_faults), TEST(test_section_parts), TEST(test_steps_go_on),
      TEST(test_timeline),    TEST(test_contact),           TEST(test_faq_page),      TEST(test_card_rules),
      TEST(test_video),       TEST(test_captions),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
