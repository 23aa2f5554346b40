/* Markdown: the exact HTML of every construct, what is refused and where the caret stands. */
#include "markdown_page.h"

/* --- blocks and inlines --- */

static void test_inlines(void **state) {
  expect_html(state, "Plain *em* **strong** `code <b>` ~~old~~ a\\\nb \"q\" -- it's...\n",
              "<p>Plain <em>em</em> <strong>strong</strong> <code>code &lt;b&gt;</code> <del>old</del> a<br>\n"
              "b “q” – it’s…</p>\n");
  expect_html(state, "a & b < c > d &copy; &#x41;\n", "<p>a &amp; b &lt; c &gt; d © A</p>\n");
  expect_html(state, "one\ntwo\n\n***\n\nthree\n", "<p>one\ntwo</p>\n<hr>\n<p>three</p>\n");
}

static void test_code_blocks(void **state) {
  expect_html(state, "```sh\na <b> {{ x }}\n```\n",
              "<pre tabindex=\"0\"><code class=\"language-sh\">a &lt;b&gt; {{ x }}\n</code></pre>\n");
  expect_html(state, "    indented {{\n", "<pre tabindex=\"0\"><code>indented {{\n</code></pre>\n");
}

static void test_lists(void **state) {
  expect_html(state, "- a\n- b\n  - c\n", "<ul>\n<li>a</li>\n<li>b\n<ul>\n<li>c</li>\n</ul>\n</li>\n</ul>\n");
  expect_html(state, "3. a\n\n4. b\n", "<ol start=\"3\">\n<li>\n<p>a</p>\n</li>\n<li>\n<p>b</p>\n</li>\n</ol>\n");
  expect_html(state, "1) a\n", "<ol>\n<li>a</li>\n</ol>\n");
}

static void test_quotes(void **state) {
  expect_html(state, "> a\n> b\n", "<blockquote>\n<p>a\nb</p>\n</blockquote>\n");
  expect_html(state, ">\n", "<blockquote>\n</blockquote>\n");
}

static void test_tasks(void **state) {
  expect_html(
      state, "- [ ] Pack *it*\n- [x] Call\n",
      "<ul class=\"tasks\">\n"
      "<li class=\"task\"><span class=\"task-box\" aria-hidden=\"true\"></span> Pack <em>it</em></li>\n"
      "<li class=\"task task-done\"><span class=\"task-box\" role=\"img\" aria-label=\"Done\"></span> Call</li>\n"
      "</ul>\n");
}

/* --- headings --- */

/* A few ids are looked through, many are kept in order. */
static void test_ids_are_found(void **state) {
  Page *page = *state;
  for (int count = 1; count <= 201; count += 50) {
    char source[4096] = "";
    size_t len = 0;
    for (int i = 0; i < count; i++) len += (size_t)snprintf(source + len, sizeof source - len, "## Part %d\n\n", i);
    render(page, source);
    assert_int_equal(page->doc.anchor_count, count);
    for (int i = 0; i < count; i++)
      assert_true(markdown_has_anchor(&page->doc, str_format(&page->arena, "part-%d", i)));
    assert_false(markdown_has_anchor(&page->doc, str_format(&page->arena, "part-%d", count)));
    assert_false(markdown_has_anchor(&page->doc, STR("part")));
    assert_false(markdown_has_anchor(&page->doc, STR("")));
  }
}

static void test_heading_ids(void **state) {
  Page *page = *state;
  expect_html(state, "## Fever\na\n## Fever\nb\n## Fever {#hot}\nc\n## Fever\n",
              "<h2 id=\"fever\">Fever</h2>\n<p>a</p>\n<h2 id=\"fever-2\">Fever</h2>\n<p>b</p>\n"
              "<h2 id=\"hot\">Fever</h2>\n<p>c</p>\n<h2 id=\"fever-3\">Fever</h2>\n");
  assert_string_equal(anchors(page), "[\"fever\",\"fever-2\",\"hot\",\"fever-3\"]");
  expect_html(state, "## حمى شديدة\n", "<h2 id=\"حمى-شديدة\">حمى شديدة</h2>\n");
  expect_html(state, "## Ça *va* `x`?\n", "<h2 id=\"ça-va-x\">Ça <em>va</em> <code>x</code>?</h2>\n");
  expect_html(state, "## ? ?\n", "<h2 id=\"section\">? ?</h2>\n");
  expect_html(state, "## Don't wait\n", "<h2 id=\"dont-wait\">Don’t wait</h2>\n");
  /* A given id wins over one that is made, even when it stands below. */
  expect_html(state, "## Hot\na\n## Fever {#hot}\n",
              "<h2 id=\"hot-2\">Hot</h2>\n<p>a</p>\n<h2 id=\"hot\">Fever</h2>\n");
  expect_html(state, "Two\nlines {#two-l--x}\n---\n", "<h2 id=\"two-l--x\">Two\nlines</h2>\n");
  expect_html(state, "## A {#a} ##\n", "<h2 id=\"a\">A</h2>\n");
  expect_html(state, "## Big {.wide}\n", "<h2 id=\"big\" class=\"wide\">Big</h2>\n");
  expect_html(state, "## Sets {1, 2}\n", "<h2 id=\"sets-1-2\">Sets {1, 2}</h2>\n");
}

static void test_heading_faults(void **state) {
  expect_reports(state, "## A {#x}\na\n## B {#x}\n", "3:6 heading-id-twice <{#x}>");
  expect_reports(state, "## A {#x #y}\n", "1:6 heading-attributes <{#x #y}>");
  expect_reports(state, "## A {#x!}\n", "1:6 heading-attributes <{#x!}>");
  expect_reports(state, "## Questions {.fap}\n\ntext\n", "1:14 heading-class <{.fap}>");
  expect_reports(state, "# T\n\n# U\n", "3:1 heading-title <# U>");
  expect_reports(state, "> # T\n", "1:3 heading-title <# T>");
  expect_reports(state, "## A\n\n#### B\n", "3:1 heading-skip <#### B>");
  expect_reports(state, "### A\n", "1:1 heading-skip <### A>");
  expect_reports(state, "##\n\ntext\n", "1:1 heading-empty <##>");
  expect_reports(state, "## A\n\n### B\ntext\n## C\n\n### D\n", "");
  expect_reports(state, "## A\n\n<!-- what belongs here -->\n\n## B\n\n### C\n", "1:1 heading-alone <## A>");
  expect_reports(state, "**Bold words**\n\ntext\n", "1:1 heading-emphasis <**Bold words**>");
  expect_reports(state, "**Bold advice.**\n\ntext\n\n**Last**\n", "");
}

static void test_title(void **state) {
  Page *page = *state;
  expect_html(state, "# The *best* {{ clinic.name }}\n\nText\n", "<p>Text</p>\n");
  expect_text("title", "", page->doc.title, "The best Example & <Clinic>");
  expect_text("text", "", page->doc.text, "Text");
  assert_string_equal(anchors(page), "[]");
}

static void test_outline(void **state) {
  Page *page = *state;
  render(page, "# T\n\n## A *b* & c {#x}\n\n> [!NOTE] Not me\n> t\n\n### B\n\n#### Deep\n\n> ### quoted\n\n## C\n");
  assert_int_equal(page->doc.outline_count, 4);
  assert_int_equal(page->doc.outline[2].level, 4);
  assert_string_equal(json(page, markdown_outline_value(&page->arena, &page->doc)),
                      "[{\"id\":\"x\",\"title\":\"A b & c\",\"level\":2,\"children\":"
                      "[{\"id\":\"b\",\"title\":\"B\",\"level\":3,\"children\":[]}]},"
                      "{\"id\":\"c\",\"title\":\"C\",\"level\":2,\"children\":[]}]");
}

/* --- sections and questions --- */

static void test_sections(void **state) {
  expect_html(
      state, "## Steps {.steps}\n\n1. a\n\n### Sub\n\nb\n\n## Next\n",
      "<section class=\"steps\" aria-labelledby=\"steps\">\n<h2 id=\"steps\">Steps</h2>\n<ol>\n<li>a</li>\n</ol>\n"
      "<h3 id=\"sub\">Sub</h3>\n<p>b</p>\n</section>\n<h2 id=\"next\">Next</h2>\n");
  expect_html(state, "## A {#q .summary}\n\n### B {.timeline}\n\n- **1:** a\n\n## C {.summary}\n\nx\n",
              "<section class=\"summary\" aria-labelledby=\"q\">\n<h2 id=\"q\">A</h2>\n"
              "<section class=\"timeline\" aria-labelledby=\"b\">\n<h3 id=\"b\">B</h3>\n<ul>\n"
              "<li><strong class=\"when\">1:</strong> a</li>\n</ul>\n</section>\n</section>\n"
              "<section class=\"summary\" aria-labelledby=\"c\">\n<h2 id=\"c\">C</h2>\n<p>x</p>\n</section>\n");
  expect_html(state, "## A {.summary}\n",
              "<section class=\"summary\" aria-labelledby=\"a\">\n<h2 id=\"a\">A</h2>\n</section>\n");
}

static void test_faq(void **state) {
  Page *page = *state;
  expect_html(
      state,
      "## Questions {.faq}\n\nIntro.\n\n### Is it \"safe\"?\n\nYes, *mostly*.\nReally.\n\n#### More\n\n- a\n- b\n\n"
      "### How long? {#long}\n\n{{ facts.drive_after_weeks }}.\n\n## Next\n",
      "<section class=\"faq\" aria-labelledby=\"questions\">\n<h2 id=\"questions\">Questions</h2>\n<p>Intro.</p>\n"
      "<div class=\"faq-item\">\n<h3 id=\"is-it-safe\"><a class=\"self\" href=\"#is-it-safe\">Is it "
      "“safe”?</a></h3>\n<div class=\"faq-answer\">\n"
      "<p>Yes, <em>mostly</em>.\nReally.</p>\n<h4 id=\"more\">More</h4>\n<ul>\n<li>a</li>\n<li>b</li>\n</ul>\n"
      "</div>\n</div>\n<div class=\"faq-item\">\n<h3 id=\"long\"><a class=\"self\" href=\"#long\">How "
      "long?</a></h3>\n<div class=\"faq-answer\">\n"
      "<p>2 weeks.</p>\n</div>\n</div>\n</section>\n<h2 id=\"next\">Next</h2>\n");
  assert_string_equal(
      json(page, markdown_faq_value(&page->arena, &page->doc, NULL)),
      "[{\"id\":\"is-it-safe\",\"question\":\"Is it “safe”?\",\"answer\":\"Yes, mostly. Really.\\nMore\\na\\nb\"},"
      "{\"id\":\"long\",\"question\":\"How long?\",\"answer\":\"2 weeks.\"}]");
  expect_reports(state, "## Q {.faq}\n\ntext\n", "1:1 faq-empty <## Q {.faq}>");
  expect_reports(state, "## Q {.faq}\n\n### A?\n\n### B?\n\nb\n", "3:1 faq-answer <### A?>");
}

/* --- cards --- */

static void test_cards(void **state) {
  Page *page = *state;
  expect_html(state, "## Side effects\n\n> [!EMERGENCY] Call **911** if:\n> you faint\n>\n> - or fall\n",
              "<h2 id=\"side-effects\">Side effects</h2>\n<div class=\"card card-emergency\">\n"
              "<h3 class=\"card-title\" id=\"call-911-if\"><span class=\"card-label\">Emergency</span> "
              "<span class=\"card-text\">Call <strong>911</strong> if:</span></h3>\n<div class=\"card-body\">\n"
              "<p>you faint</p>\n<ul>\n<li>or fall</li>\n</ul>\n</div>\n</div>\n");
  expect_plain(state, "> [!EMERGENCY] Call 911 if:\n> you faint\n", "Emergency Call 911 if:\nyou faint");
  expect_html(state, "> [!Don't]\n> Drive.\n",
              "<div class=\"card card-dont\">\n<h2 class=\"card-title\" id=\"do-not\"><span class=\"card-label\">Do "
              "not</span></h2>\n"
              "<div class=\"card-body\">\n<p>Drive.</p>\n</div>\n</div>\n");
  expect_html(state, "> [!NOTE] Only a title\n",
              "<div class=\"card card-note\">\n<h2 class=\"card-title\" id=\"only-a-title\"><span "
              "class=\"card-label\">Note</span> "
              "<span class=\"card-text\">Only a title</span></h2>\n<div class=\"card-body\">\n</div>\n</div>\n");
  reset(page);
  value_put(page->words, "card_tip", value_c("Consejo & más"));
  value_put(page->icons, "tip", value_markup(STR("<svg class=\"icon\"></svg>")));
  render_at(page, STR("> [!TIP]\n> x\n"), 0);
  expect_text("HTML", "tip in Spanish", page->doc.html,
              "<div class=\"card card-tip\">\n<h2 class=\"card-title\" id=\"consejo-más\"><svg class=\"icon\"></svg>"
              "<span class=\"card-label\">Consejo &amp; más</span></h2>\n<div "
              "class=\"card-body\">\n<p>x</p>\n</div>\n</div>\n");
}

static void test_cards_nest(void **state) {
  expect_html(
      state, "> [!KEY] A\n> > [!DO] B\n> > c\n\n## Next\n",
      "<div class=\"card card-key\">\n<h2 class=\"card-title\" id=\"a\"><span class=\"card-label\">Key point</span> "
      "<span class=\"card-text\">A</span></h2>\n<div class=\"card-body\">\n<div class=\"card card-do\">\n"
      "<h3 class=\"card-title\" id=\"b\"><span class=\"card-label\">Do</span> <span class=\"card-text\">B</span></h3>\n"
      "<div class=\"card-body\">\n<p>c</p>\n</div>\n</div>\n</div>\n</div>\n<h2 id=\"next\">Next</h2>\n");
  expect_reports(state, "text\n\n> [!EMERGENCI] x\n", "3:3 card-kind <[!EMERGENCI]>");
  expect_reports(state, "- a\n\n  > [!WARNIGN] x\n", "3:5 card-kind <[!WARNIGN]>");
}

/* --- tables --- */

static void test_tables(void **state) {
  expect_html(state, "## Doses\n\n| Drug | Dose |\n|:--|--:|\n| *A* & b | 5 |\n| C | |\n",
              "<h2 id=\"doses\">Doses</h2>\n<div class=\"table\" role=\"region\" aria-labelledby=\"doses\" "
              "tabindex=\"0\">\n<table>\n"
              "<thead>\n<tr>\n<th scope=\"col\" class=\"align-left\">Drug</th>\n<th scope=\"col\" "
              "class=\"align-right\">Dose</th>\n"
              "</tr>\n</thead>\n<tbody>\n<tr>\n<td class=\"align-left\"><em>A</em> &amp; b</td>\n<td "
              "class=\"align-right\">5</td>\n"
              "</tr>\n<tr>\n<td class=\"align-left\">C</td>\n<td "
              "class=\"align-right\"></td>\n</tr>\n</tbody>\n</table>\n</div>\n");
  expect_html(
      state, "| | Day 1 |\n|--|--|\n| Rest | yes |\n",
      "<div class=\"table\" role=\"region\" aria-label=\"Table\" tabindex=\"0\">\n<table>\n<thead>\n<tr>\n<td></td>\n"
      "<th scope=\"col\">Day 1</th>\n</tr>\n</thead>\n<tbody>\n<tr>\n<th scope=\"row\">Rest</th>\n<td>yes</td>\n</tr>\n"
      "</tbody>\n</table>\n</div>\n");
  expect_plain(state, "| a | b |\n|--|--|\n| c | d |\n\ne\n", "a b\nc d\ne");
}

static void test_table_names(void **state) {
  Page *page = *state;
  render(page, "## A\n\n|x|\n|-|\n\n|y|\n|-|\n\n## B {.steps}\n\n|z|\n|-|\n");
  assert_true(str_find(page->doc.html, STR("aria-labelledby=\"a\" tabindex")) != STR_NONE);
  assert_true(str_find(page->doc.html, STR("aria-label=\"A: Table 2\"")) != STR_NONE);
  assert_true(str_find(page->doc.html, STR("aria-label=\"B: Table\"")) != STR_NONE);
  assert_true(str_find(page->doc.html, STR("<tbody>")) == STR_NONE);
}

static void test_table_faults(void **state) {
  expect_reports(state, "text\n\n| | |\n|--|--|\n| a | b |\n", "3:1 table-head <| | |>");
  expect_reports(state, "| a | |\n|--|--|\n| c | b |\n", "1:1 table-head <| a | |>");
  expect_reports(state, "| a | b |\n|--|--|\n| c | d | e |\n", "3:11 table-row <e>");
  expect_reports(state, "a | b\n--|--\nc | d\ne | f | g\n", "4:9 table-row <g>");
  expect_reports(state, "| a | b |\n|--|--|\n| c |\n| | d |\ntext\n",
                 "3:1 table-row-short <| c |>\n5:1 table-row-short <text>");
}

/* --- pictures and links --- */

static void test_pictures(void **state) {
  expect_html(state, "![A *drip* & bag](a.jpg \"The {{ clinic.beds }} bags\")\n",
              "<figure><img src=\"a.jpg\" alt=\"A drip &amp; bag\" decoding=\"async\">"
              "<figcaption>The 12 bags</figcaption></figure>\n");
  expect_html(state, "See ![A \"cup\"](a.jpg \"T\") now\n",
              "<p>See <img src=\"a.jpg\" alt=\"A “cup”\" title=\"T\" decoding=\"async\"> now</p>\n");
  expect_html(state, "![decorative](a.jpg)\n", "<figure><img src=\"a.jpg\" alt=\"\" decoding=\"async\"></figure>\n");
  expect_html(state, "x ![Beds: {{ clinic.beds }}](b.md)\n",
              "<p>x <img src=\"/made/b/?x=1&amp;y=%222%22\" alt=\"Beds: 12\" decoding=\"async\"></p>\n");
  expect_plain(state, "a ![words](x.jpg) b\n\n![words](x.jpg \"caption\")\n", "a  b\ncaption");
  expect_reports(state, "![](a.jpg)\n", "1:1 img-alt <![](a.jpg)>");
  expect_reports(state, "x ![IMG_01.jpeg](a.jpg \"t\")\n", "1:3 img-alt-file <![IMG_01.jpeg](a.jpg \"t\")>");
}

static void test_links(void **state) {
  Page *page = *state;
  expect_html(state, "[a *b*](b.md) [c](https://example.org/?a=1&b=2 \"T & t\")\n",
              "<p><a href=\"/made/b/?x=1&amp;y=%222%22\">a <em>b</em></a> "
              "<a href=\"https://example.org/?a=1&amp;b=2\" rel=\"external\" title=\"T &amp; t\">c</a></p>\n");
  expect_html(state, "[own](https://clinic.example.org/x)\n",
              "<p><a href=\"https://clinic.example.org/x\">own</a></p>\n");
  expect_html(state, "[call us](tel:{{clinic.phones.nurse_line}}) [or]( tel:{{ clinic.phones.desk }} )\n",
              "<p><a class=\"phone\" href=\"tel:5555550100\">call us</a> <a class=\"phone\" "
              "href=\"tel:5550111;ext=5\">or</a></p>\n");
  expect_html(state, "[mail](mailto:a@example.org) a@example.org\n",
              "<p><a href=\"mailto:a@example.org\">mail</a> <a href=\"mailto:a@example.org\">a@example.org</a></p>\n");
  expect_html(state, "[the file](<{{ facts.file }}>)\n", "<p><a href=\"leaflet%20one.pdf\">the file</a></p>\n");
  expect_html(state, "[ref to][r]\n\n[r]: page.md \"t\"\n", "<p><a href=\"page.md\" title=\"t\">ref to</a></p>\n");
  render(page, "[a](x.md#y) ![i](<p q.jpg>) [b][r]\n\n[r]: z.md\n");
  expect_text("targets", "", buf_str(&page->asked), "x.md#y@x.md#y\np q.jpg@p q.jpg\nz.md@[b][r]\n");
}

static void test_link_texts(void **state) {
  expect_reports(state, "[](a.md)\n", "1:1 link-empty <[](a.md)>");
  expect_reports(state, "[![](x.jpg)](a.md)\n", "1:1 link-empty <[![](x.jpg)](a.md)>\n1:2 img-alt <![](x.jpg)>");
  expect_reports(state, "[![Home](x.jpg)](a.md)\n", "");
  expect_reports(state, "See [click here](a.md) and [Aquí](b.md), [المزيد](c.md).\n",
                 "1:5 link-text-vague <[click here](a.md)>\n1:28 link-text-vague <[Aquí](b.md)>\n"
                 "1:42 link-text-vague <[المزيد](c.md)>");
  expect_reports(state, "See https://example.org/a now\n", "1:5 link-text-url <https://example.org/a>");
  expect_reports(state, "[Read more about fever](a.md)\n", "");
  expect_reports(state, "[text][nothing] and [x][]\n", "1:7 link-reference <[nothing]>");
}

static void test_unsafe_links(void **state) {
  Page *page = *state;
  expect_reports(state, "[a](javascript:alert)\n", "1:5 link-unsafe <javascript:alert>");
  expect_reports(state, "[a](JaVaScRiPt:x) [b](data:text/html,x) [c](vbscript:x) [d](file:///etc)\n",
                 "1:5 link-unsafe <JaVaScRiPt:x>\n1:23 link-unsafe <data:text/html,x>\n1:45 link-unsafe <vbscript:x>\n"
                 "1:61 link-unsafe <file:///etc>");
  expect_reports(state, "[a](java&#10;script:x) [b](&#x6a;avascript&colon;y)\n",
                 "1:1 link-unsafe <[a](java&#10;script:x)>\n1:24 link-unsafe <[b](&#x6a;avascript&colon;y)>");
  expect_reports(state, "[a](<\x01javascript:x>)\n", "1:6 link-unsafe <\x01javascript:x>");
  expect_reports(state, "![alt words](data:image/png,x)\n", "1:14 link-unsafe <data:image/png,x>");
  expect_reports(state, "<javascript:alert>\n", "1:2 link-unsafe <javascript:alert>");
  assert_true(str_find(page->doc.html, STR("javascript:\"")) == STR_NONE);
  assert_true(str_find(page->doc.html, STR("href=\"#\"")) != STR_NONE);
}

/* --- values --- */

static void test_values(void **state) {
  expect_html(state,
              "At {{ clinic.name }}, {{clinic.beds}} beds, {{ clinic.dose }} mg, {{ clinic.locations.0.street }}.\n",
              "<p>At Example &amp; &lt;Clinic&gt;, 12 beds, 0.5 mg, 1 Example St.</p>\n");
  expect_html(state, "{{ facts.bold }} and **{{ facts.drive_after_weeks }}**\n",
              "<p>**not bold** [x](y) and <strong>2 weeks</strong></p>\n");
  expect_html(state, "`{{ clinic.beds }}` \\{{ clinic.beds }} \\{\\{ x }}\n",
              "<p><code>{{ clinic.beds }}</code> {{ clinic.beds }} {{ x }}</p>\n");
  expect_html(state, "| A |\n|--|\n| {{ clinic.phones.nurse_line }} |\n",
              "<div class=\"table\" role=\"region\" aria-label=\"Table\" tabindex=\"0\">\n<table>\n<thead>\n<tr>\n"
              "<th scope=\"col\">A</th>\n</tr>\n</thead>\n<tbody>\n<tr>\n<td><span class=\"phone\">(555) "
              "555-0100</span></td>\n</tr>\n</tbody>\n</table>\n</div>\n");
  expect_html(state, "## {{ clinic.beds }} beds\n", "<h2 id=\"12-beds\">12 beds</h2>\n");
  expect_html(state, "[x](p.md#{{ clinic.beds }} \"{{ clinic.name }}\")\n",
              "<p><a href=\"p.md#12\" title=\"Example &amp; &lt;Clinic&gt;\">x</a></p>\n");
  expect_html(state, "{{ clinic.beds }}{{ clinic.beds }}{{clinic.beds}}@x\n", "<p>121212@x</p>\n");
}

static void test_value_faults(void **state) {
  expect_reports(state, "é {{ clinic.nam }} x\n", "1:3 value-unknown <{{ clinic.nam }}>");
  expect_reports(state, "{{ clinik.name }}\n", "1:1 value-unknown <{{ clinik.name }}>");
  expect_reports(state, "{{ clinic.phones }} {{ clinic.open }}\n",
                 "1:1 value-not-text <{{ clinic.phones }}>\n1:21 value-not-text <{{ clinic.open }}>");
  expect_reports(state, "{{ t(\"x\") }} {{}}\n", "1:1 value-not-name <{{ t(\"x\") }}>\n1:14 value-open <{{>");
  expect_reports(state, "a {{ clinic.name\n}}\n", "1:3 value-open <{{>");
  expect_reports(state, "> x `{{` y {{ z\n", "1:12 value-open <{{>");
  expect_reports(state, "`{{ nothing }}`\n\n    {{ nothing }}\n", "");
}

/* --- raw HTML and comments --- */

static void test_raw_html(void **state) {
  expect_html(state, "a <!-- note --> b\n\n<!-- block\n\nmore -->\n\nc\n", "<p>a  b</p>\n<p>c</p>\n");
  expect_reports(state, "a <b>x</b> <i>y</i></u>\n", "1:3 raw-html <<b>>\n1:12 raw-html <<i>>\n1:20 raw-html <</u>>");
  expect_reports(state, "text\n\n> <div class=\"a\">\n> x\n> </div>\n", "3:3 raw-html <<div class=\"a\">>");
  expect_reports(state, "<!-- x --> <p>y</p>\n", "1:12 raw-html <<p>y</p>>");
  expect_reports(state, "a\n\n<!-- never\n\nclosed\n", "3:1 comment-open <<!-->");
  expect_reports(state, "a <!-- b -- c -->\n", "1:3 comment-hyphens <<!-->");
  expect_reports(state, "a <?php x ?>\n", "1:3 raw-html <<?php x ?>>");
  expect_reports(state, "- a\n\n<!-- x -->- b\n", "3:11 comment-text <- b>");
}

/* --- footnotes --- */

static void test_footnotes(void **state) {
  expect_html(
      state, "A[^x] b[^y] c[^x]\n\n[^x]: Note *x*.\n[^y]: Y\n",
      "<p>A<sup class=\"footnote-ref\"><a href=\"#fn_1\" id=\"fnref_1\">1</a></sup> "
      "b<sup class=\"footnote-ref\"><a href=\"#fn_2\" id=\"fnref_2\">2</a></sup> "
      "c<sup class=\"footnote-ref\"><a href=\"#fn_1\" id=\"fnref_1_2\">1</a></sup></p>\n"
      "<section class=\"footnotes\" aria-label=\"Footnotes\">\n<ol>\n<li id=\"fn_1\">\n<p>Note <em>x</em>. "
      "<a class=\"footnote-back\" href=\"#fnref_1\" aria-label=\"Back to the text 1\">↩︎</a> "
      "<a class=\"footnote-back\" href=\"#fnref_1_2\" aria-label=\"Back to the text 1 (2)\">↩︎</a></p>\n</li>\n"
      "<li id=\"fn_2\">\n<p>Y <a class=\"footnote-back\" href=\"#fnref_2\" aria-label=\"Back to the text "
      "2\">↩︎</a></p>\n"
      "</li>\n</ol>\n</section>\n");
  expect_reports(state, "A[^x] b\n", "1:2 footnote-missing <[^x]>");
  expect_reports(state, "Some words [^ab\nc] d\n", "1:12 footnote-missing <[^>");
  expect_reports(state, "A \\[^x] b\n", "");
  expect_reports(state, "A [^x a@b.c y\nz] b\n", "1:3 footnote-missing <[^>");
  expect_plain(state, "A[^x].\n\n[^x]: Note.\n", "A.\nNote.");
  expect_reports(state, "A[^x]\n\n[^x]: a\n[^X]: b\n", "4:1 footnote-twice <[^X]>");
  expect_reports(state, "A\n\n> [^x]: a\n", "3:3 footnote-unused <[^x]>");
  expect_reports(state, "A\n\n```\n[^x]: a\n```\n", "");
}

/* --- where the caret stands --- */

static void test_carets(void **state) {
  Page *page = *state;
  expect_reports(state, "> a [one](a.md)\n> b ![](c.jpg)\nlazy ![](c.jpg)\n",
                 "2:5 img-alt <![](c.jpg)>\n3:6 img-alt <![](c.jpg)>");
  expect_reports(state, "- á ![](c.jpg)\n  - x\n    é ![](d.jpg)\n",
                 "1:5 img-alt <![](c.jpg)>\n3:7 img-alt <![](d.jpg)>");
  expect_reports(state, "| a | b |\n|--|--|\n| x ![](1.jpg) | ![](2.jpg) |\n| ![](1.jpg) | z |\n",
                 "3:5 img-alt <![](1.jpg)>\n3:18 img-alt <![](2.jpg)>\n4:3 img-alt <![](1.jpg)>");
  expect_reports(state, "a\r\nb ![](c.jpg)\r\n\r\n![](d.jpg)\r\n",
                 "2:3 img-alt <![](c.jpg)>\n4:1 img-alt <![](d.jpg)>");
  expect_reports(state, "`![](c.jpg)` and c.jpg ![](c.jpg)\n", "1:24 img-alt <![](c.jpg)>");
  expect_reports(state, "[here](\n  a.md\n  \"t\") and ![](c.jpg)\n",
                 "1:1 link-text-vague <[here](>\n3:12 img-alt <![](c.jpg)>");
  expect_reports(state, "[r]: x.md\ntext ![](c.jpg)\n", "2:6 img-alt <![](c.jpg)>");
  expect_reports(state, "![][r]\n\n[r]: c.jpg\n", "1:1 img-alt <![][r]>");
  expect_reports(state, "![](a\\_b.jpg) ![](c.jpg)\n", "1:1 img-alt <![](a\\_b.jpg)>\n1:15 img-alt <![](c.jpg)>");
  expect_reports(state, "x[^n] ![](c.jpg)\n\n[^n]: y\n    ![](d.jpg)\n\nz ![](e.jpg)\n",
                 "1:7 img-alt <![](c.jpg)>\n4:5 img-alt <![](d.jpg)>\n6:3 img-alt <![](e.jpg)>");
  reset(page);
  render_at(page, STR("---\ntitle: ñ\n---\n\n> ñ ![](c.jpg)\n"), sizeof "---\ntitle: ñ\n---\n" - 1);
  expect_text("reports", "front matter", str_from_c(reports(page)), "5:5 img-alt <![](c.jpg)>");
}

/* --- phone numbers --- */

static void test_phones(void **state) {
  static const char *const known[] = {"555-0100",     "(555) 555-0100", "+1 555 555 0100", "1-555-555-0100",
                                      "555.555.0100", "5555550100",     "555‑0111"};
  static const char *const unknown[] = {
      "555-0101",    "(555) 555-0101", "+1 555 555 0101", "555.0101",       "5550101",        "+44 20 7946 0018",
      "912 345 678", "020 7946 0018",  "٥٥٥-٠١٠١",        "1-800-555-0199", "555 0199",       "030 1234567",
      "555-5550101", "800 5550199",    "01632 960 018",   "030/901820",     "(030) 90 18 20", "0049 30 901820",
      "22 12 34 56", "555−0101",       "555​-0101",     "555­0101"};
  static const char *const others[] = {"2025-06-26",
                                       "26.06.2025",
                                       "12-31-2025",
                                       "2019-2024",
                                       "2019–2024",
                                       "1,234,567",
                                       "1.234.567",
                                       "1 234 567",
                                       "150-2000 mg",
                                       "100-2000000",
                                       "123.4567891",
                                       "20250626",
                                       "62701-1234",
                                       "123-45-6789",
                                       "38.5",
                                       "0.12345678",
                                       "REF-1234567",
                                       "NCT01234567",
                                       "10.1056/NEJMoa1407222",
                                       "Reference 1234567",
                                       "ISBN 978-3-16-148410-0",
                                       "192.168.100.200",
                                       "1000000",
                                       "150 000 000 cells",
                                       "`555-0101`",
                                       "10:30-11:30",
                                       "in 2024 1500 came",
                                       "$5550101",
                                       "5550101%",
                                       "version 1.2.3.2025",
                                       "1,500-2,000",
                                       "911",
                                       "https://example.org/5550101",
                                       "a5550101",
                                       "555-010",
                                       "20-30-40",
                                       "12 24 36 48",
                                       "01.02.2026 08.30",
                                       "01/02/2026 08:30",
                                       "08.30-16.30",
                                       "2026/03/01",
                                       "1234567/24"};
  char source[200];
  for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
    snprintf(source, sizeof source, "Call %s now.\n", known[i]);
    expect_reports(state, source, "");
  }
  for (size_t i = 0; i < sizeof unknown / sizeof *unknown; i++) {
    char want[200];
    snprintf(source, sizeof source, "Call %s now.\n", unknown[i]);
    snprintf(want, sizeof want, "1:6 phone-unknown <%s>", unknown[i]);
    expect_reports(state, source, want);
  }
  for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
    Page *page = *state;
    snprintf(source, sizeof source, "It is %s here.\n", others[i]);
    render(page, source);
    assert_true(page->diags.severities[SEVERITY_ERROR] == 0 ||
                (print_error("taken for a phone: %s\n", others[i]), false));
  }
}

static void test_phone_links(void **state) {
  expect_reports(state, "[555-0100](tel:555-0111)\n", "1:1 phone-other <[555-0100](tel:555-0111)>");
  expect_reports(state, "[Call 911](tel:112)\n", "1:1 phone-unknown <[Call 911](tel:112)>");
  expect_reports(state, "[x](sms:555-0101?body=a)\n", "1:1 phone-unknown <[x](sms:555-0101?body=a)>");
  expect_reports(state, "Tel.555-0101\n", "1:5 phone-unknown <555-0101>");
  expect_reports(state, "[x](tel:)\n", "1:1 phone-unknown <[x](tel:)>");
  expect_reports(state, "[24-hour line, ext. 5](tel:555-0100;ext=5) [555-0100](tel:+15555550100)\n", "");
  expect_reports(state, "555-0101/555-0102\n", "1:1 phone-unknown <555-0101>\n1:10 phone-unknown <555-0102>");
}

static void test_phones_of_pictures(void **state) {
  expect_reports(state, "a ![Call 555-0101](x.jpg)\n", "1:3 phone-unknown <![Call 555-0101](x.jpg)>");
  expect_reports(state, "a ![Call 555-0100](x.jpg)\n", "");
}

static void test_emergency_of_others(void **state) {
  expect_reports(state, "Call **112** now. Dial: 999.\n", "1:8 phone-unknown <112>\n1:25 phone-unknown <999>");
  expect_reports(state, "> [!EMERGENCY] Llame al 112\n", "1:25 phone-unknown <112>");
  expect_reports(state, "Call 112 days before, call 110 patients, recall 112. It is 118 and 112-5.\n", "");
}

static void test_phone_places(void **state) {
  Page *page = *state;
  expect_reports(state, "a\n\n> Call **555**-0101, or 555-0101.\nThen 555-0100.\n",
                 "3:10 phone-unknown <555**-0101>\n3:25 phone-unknown <555-0101>");
  expect_reports(state, "| a |\n|--|\n| 555-0101 |\n", "3:3 phone-unknown <555-0101>");
  expect_reports(state, "- call 555-0101\n", "1:8 phone-unknown <555-0101>");
  expect_reports(state, "## Call 555-0101\n", "1:9 phone-unknown <555-0101>");
  expect_reports(state, "> [!NOTE] Call 555-0101\n> x\n", "1:16 phone-unknown <555-0101>");
  expect_reports(state, "[us](tel:555-0101)\n", "1:1 phone-unknown <[us](tel:555-0101)>");
  expect_reports(state, "{{ clinic.phones.desk }}\n", "");
  reset(page);
  page->phones = (Value){0};
  render_at(page, STR("555-0101\n"), 0);
  expect_text("reports", "no list of phones", str_from_c(reports(page)), "");
}

/* --- text --- */

static void test_plain_text(void **state) {
  Page *page = *state;
  expect_plain(state, "# T\n\nOne *two*\nthree\\\nfour.\n\n- a\n- b\n\n      code\n\n<!-- no -->\n\n***\n\n> q\n",
               "One two three\nfour.\na\nb\ncode\nq");
  render(page, "![alt](x.jpg)\n\nFirst *one*\nhere.\n\nSecond.\n");
  expect_text("summary", "", page->doc.summary, "First one here.");
  render(page, "Don’t well-known هذا اختبار 38.5 °C — x\n");
  assert_int_equal(page->doc.words, 7);
  render(page, "");
  assert_int_equal(page->doc.words, 0);
  expect_text("HTML", "", page->doc.html, "");
}

/* Words are counted sixty-four or sixteen bytes at a time: the same ones at every place of the text. In code nothing is
 * curled. */
static void words_are_the_same_wherever_they_stand(void **state) {
  Page *page = *state;
  static const struct {
    const char *text;
    size_t words;
  } cases[] = {
      {"it's a well-known 38.5, 1,000 x_y", 6},
      {"a--b 'quoted' end. Next", 4},
      {"x. 5 .5 5. -7 _ ' -", 5},
      {"a-.5 b.c", 3},
      {"caf\xC3\xA9 \xD9\xA3\xD9\xA8 \xE2\x80\x94 don\xE2\x80\x99t", 3},
  };
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    for (int before = 1; before <= 140; before++) {
      char source[400];
      char word[150];
      memset(word, 'z', sizeof word);
      snprintf(source, sizeof source, "`%.*s %s %.*s`\n", before, word, cases[i].text, 140 - before, word);
      render(page, source);
      assert_int_equal(page->doc.words, cases[i].words + (before < 140 ? 2 : 1));
    }
  }
}

static void expect_rtl(void **state, const char *source, const char *want) {
  Page *page = *state;
  reset(page);
  page->rtl = true;
  render_at(page, str_from_c(source), 0);
  page->rtl = false;
  expect_text("HTML", source, page->doc.html, want);
}

static void test_right_to_left(void **state) {
  expect_rtl(state, "[555-0100](tel:555-0100)\n",
             "<p><a class=\"phone\" href=\"tel:5550100\"><bdi dir=\"ltr\">555-0100</bdi></a></p>\n");
  expect_rtl(
      state, "حرارة 38.0 °C أو 5 mg، {{ clinic.phones.nurse_line }} 24 يوم\n",
      "<p>حرارة <bdi dir=\"ltr\">38.0 °C</bdi> أو <bdi dir=\"ltr\">5 mg</bdi>، <bdi dir=\"ltr\" class=\"phone\">(555) "
      "555-0100</bdi> 24 "
      "يوم</p>\n");
  expect_rtl(state, "حرارة ٣٨٫٠ °C أو ۱٬۵۰۰ mg أو ٣٨ درجة\n",
             "<p>حرارة <bdi dir=\"ltr\">٣٨٫٠ °C</bdi> أو <bdi dir=\"ltr\">۱٬۵۰۰ mg</bdi> أو ٣٨ درجة</p>\n");
  expect_rtl(
      state, "في 100 Example Street, floor 2, Sampleville 00000 هنا، 5 mg, 10 mg\n",
      "<p>في <bdi dir=\"ltr\">100 Example Street, floor 2, Sampleville 00000</bdi> هنا، <bdi dir=\"ltr\">5 mg</bdi>, "
      "<bdi dir=\"ltr\">10 mg</bdi></p>\n");
  expect_rtl(state, "5 mg at ward 555-0111 و 5 mg at 38.5 °C\n",
             "<p><bdi dir=\"ltr\">5 mg at ward</bdi> <bdi dir=\"ltr\" class=\"phone\">555-0111</bdi> و <bdi "
             "dir=\"ltr\">5 mg at</bdi> "
             "<bdi dir=\"ltr\">38.5 °C</bdi></p>\n");
  expect_rtl(state, "> [!NOTE] 911 و 555-0111\n> T4 x2\n",
             "<div class=\"card card-note\">\n<h2 class=\"card-title\" id=\"911-و-555-0111\"><span "
             "class=\"card-label\">Note</span> "
             "<span class=\"card-text\">911 و <bdi dir=\"ltr\" class=\"phone\">555-0111</bdi></span></h2>\n<div "
             "class=\"card-body\">\n"
             "<p>T4 x2</p>\n</div>\n</div>\n");
}

/* --- limits --- */

static char *repeat(Page *page, const char *head, const char *part, size_t count, const char *tail) {
  Buf out = buf_new(&page->scratch, 64 << 20);
  buf_add(&out, str_from_c(head));
  for (size_t i = 0; i < count; i++) buf_add(&out, str_from_c(part));
  buf_add(&out, str_from_c(tail));
  buf_add_byte(&out, '\0');
  return out.s;
}

static void test_limits(void **state) {
  Page *page = *state;
  static const struct {
    const char *head, *part, *tail;
    size_t count;
  } cases[] = {
      {"", "> ", "x", 100},          {"", " -", "x\n\n\n", 1000}, {"", "a<?", "", 10000},
      {"", "a<![CDATA[", "", 10000}, {"", "a<!A ", "", 10000},    {"", "![[]()", "", 20000},
      {"www.a.b/", ")", "", 5000},   {"", "1. ", "x", 100},       {"|a|\n|-|\n", "|b", "\n", 2000},
      {"", "a@", "\n", 30000},
  };
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    render(page, repeat(page, cases[i].head, cases[i].part, cases[i].count, cases[i].tail));
    assert_int_equal(page->diags.count, 1);
    assert_int_equal(page->diags.first->id, DIAG_MARKDOWN_LIMIT);
    assert_int_equal(page->doc.html.len, 0);
  }
  Buf table = buf_new(&page->scratch, 1 << 20);
  for (int i = 0; i < 900; i++) buf_add_lit(&table, "|a");
  buf_add_lit(&table, "\n");
  for (int i = 0; i < 900; i++) buf_add_lit(&table, "|-");
  buf_add_lit(&table, "\n");
  for (int i = 0; i < 1000; i++) buf_add_lit(&table, "|b\n");
  buf_add_byte(&table, '\0');
  render(page, table.s);
  assert_int_equal(page->diags.first->id, DIAG_MARKDOWN_LIMIT);
  char *target = repeat(page, "[a]: /", "x", 100000, "\n\n");
  render(page, repeat(page, target, "[a]", 10000, "\n"));
  assert_int_equal(page->diags.first->id, DIAG_MARKDOWN_LIMIT);
}

static void test_below_limits(void **state) {
  Page *page = *state;
  render(page, repeat(page, "", "- ", 500, "\n"));
  assert_int_equal(page->diags.count, 0);
  Buf table = buf_new(&page->scratch, 1 << 20);
  buf_add_lit(&table, "|a|b|\n|-|-|\n");
  for (int i = 0; i < 5000; i++) buf_add_lit(&table, "|c|d|\n");
  buf_add_byte(&table, '\0');
  render(page, table.s);
  assert_int_equal(page->diags.count, 0);
  render(page, repeat(page, "", "[r][a] ", 2000, "\n\n[a]: /some/where\n"));
  assert_int_equal(page->diags.count, 0);
}

static void test_bare(void **state) {
  Page *page = *state;
  reset(page);
  MarkdownText text = {.path = STR("p.md"), .file = STR("# A\n\n<b>x</b> ~~y~~ \"q\"\n")};
  MarkdownOptions options = {.scratch = &page->scratch, .diags = &page->diags, .bare = true};
  markdown_render(&page->arena, &text, &options, &page->doc);
  expect_text("HTML", "bare", page->doc.html, "<h1>A</h1>\n<p><b>x</b> ~~y~~ &quot;q&quot;</p>\n");
  options.extensions = STR("table strikethrough");
  markdown_render(&page->arena, &text, &options, &page->doc);
  expect_text("HTML", "bare", page->doc.html, "<h1>A</h1>\n<p><b>x</b> <del>y</del> &quot;q&quot;</p>\n");
}

/* One message in full, as a person sees it. */
static void test_message(void **state) {
  Page *page = *state;
  render(page, "## Fever\n\nAsk {{ clinic.phones.nurseline }}.\n");
  Str printed = report_print(&page->arena, &page->diags, page->file);
  expect_text("message", "", printed,
              "p.md:3:5: error: `clinic.phones.nurseline` is not known [value-unknown]\n"
              "      3 | Ask {{ clinic.phones.nurseline }}.\n"
              "        |     ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^\n"
              "hint: did you mean `clinic.phones.nurse_line`?\n");
}

int main(void) {
#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
  const struct CMUnitTest tests[] = {
      TEST(test_inlines),
      TEST(test_code_blocks),
      TEST(test_lists),
      TEST(test_quotes),
      TEST(test_tasks),
      TEST(test_heading_ids),
      TEST(test_ids_are_found),
      TEST(test_heading_faults),
      TEST(test_title),
      TEST(test_outline),
      TEST(test_sections),
      TEST(test_faq),
      TEST(test_cards),
      TEST(test_cards_nest),
      TEST(test_tables),
      TEST(test_table_names),
      TEST(test_table_faults),
      TEST(test_pictures),
      TEST(test_links),
      TEST(test_link_texts),
      TEST(test_unsafe_links),
      TEST(test_values),
      TEST(test_value_faults),
      TEST(test_raw_html),
      TEST(test_footnotes),
      TEST(test_carets),
      TEST(test_phones),
      TEST(test_phone_places),
      TEST(test_phone_links),
      TEST(test_phones_of_pictures),
      TEST(test_emergency_of_others),
      TEST(test_plain_text),
      TEST(words_are_the_same_wherever_they_stand),
      TEST(test_right_to_left),
      TEST(test_limits),
      TEST(test_below_limits),
      TEST(test_bare),
      TEST(test_message),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
