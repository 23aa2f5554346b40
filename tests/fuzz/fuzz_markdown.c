/* Fuzzing of markdown/: whatever the text, the page is rendered or refused, positions lie inside the file, the HTML
 * holds only elements that the writer makes, no address runs a script, and ids are unique unless that was reported.
 *
 * Build with clang -fsanitize=fuzzer,address,undefined; run with -timeout=10 tests/fuzz/seeds/markdown. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "data/yaml.h"
#include "markdown/markdown.h"

enum { ARENA_BYTES = 1 << 30 };

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len);

static const char data_yaml[] = "clinic: {name: A & <b>, phones: {line: {number: (555) 555-0100}}, list: [x]}\n"
                                "site: {base_url: 'https://clinic.example.org/'}\n"
                                "glossary:\n"
                                "  - {term: fatigue, plain: <b> & more, forms: [tired, very tired]}\n"
                                "  - {term: CAR, plain: A part.}\n"
                                "  - {term: T-cells, plain: Cells.}\n";

static void require(bool holds, const char *what) {
  if (holds) return;
  fprintf(stderr, "does not hold: %s\n", what);
  abort();
}

static Str resolve(void *context, const MarkdownTarget *target) {
  Str file = *(Str *)context;
  require(target->span.offset <= file.len && target->span.len <= file.len - target->span.offset, "target span in file");
  return target->target;
}

static bool is_known_tag(Str name) {
  static const char *const tags[] = {
      "a",          "bdi",    "blockquote", "br",  "button", "caption", "code", "dd", "del",   "div", "dl", "dt", "em",
      "figcaption", "figure", "h2",         "h3",  "h4",     "h5",      "h6",   "hr", "img",   "li",  "ol", "p",  "pre",
      "section",    "span",   "strong",     "sup", "table",  "tbody",   "td",   "th", "thead", "tr",  "ul"};
  for (size_t i = 0; i < sizeof tags / sizeof *tags; i++)
    if (str_equal(str_from_c(tags[i]), name)) return true;
  return false;
}

static void check_html(Str html) {
  for (size_t at = 0; at < html.len; at++) {
    if (html.s[at] != '<') continue;
    size_t begin = at + 1 + (at + 1 < html.len && html.s[at + 1] == '/');
    size_t end = begin;
    while (end < html.len && (ascii_is_alpha(html.s[end]) || ascii_is_digit(html.s[end]))) end++;
    require(is_known_tag(str_slice(html, begin, end)), "only known elements");
    size_t close = str_find_byte(str_skip(html, end), '>');
    require(close != STR_NONE, "tags end");
    Str tag = str_slice(html, end, end + close);
    require(str_find_byte(tag, '<') == STR_NONE, "no tag in a tag");
    size_t href = str_find(tag, STR("href=\""));
    if (href != STR_NONE) require(!str_starts(str_skip(tag, href + 6), STR("javascript:")), "no script in a link");
  }
}

static void check_ids(Arena *arena, const MarkdownDoc *doc, const DiagList *diags) {
  Value seen = value_map(arena, 16);
  bool reported = false;
  for (const Diag *diag = diags->first; diag; diag = diag->next)
    reported = reported || diag->id == DIAG_HEADING_ID_TWICE;
  for (size_t i = 0; i < doc->anchor_count; i++) {
    Str id = doc->anchors[i];
    require(reported || !value_entry(seen, id), "ids are unique");
    value_set(seen, id, value_null());
  }
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len) {
  static Arena arena;
  static Arena scratch;
  static Value data;
  static Terms *terms;
  static ArenaMark start;
  if (!arena.begin) {
    markdown_start();
    arena = arena_reserve(ARENA_BYTES);
    scratch = arena_reserve((size_t)4 * ARENA_BYTES);
    DiagList diags = diag_list_new(&arena);
    YamlText yaml = {.path = STR("data"), .text = {data_yaml, sizeof data_yaml - 1}, .end = sizeof data_yaml - 1};
    require(yaml_read(&arena, &yaml, &diags, &data), "the data is YAML");
    terms = terms_new(&arena, value_get(data, STR("glossary")), STR("en"));
    start = arena_mark(&arena);
  }
  Str file = {(const char *)bytes, len};
  if (len && (memchr(bytes, 0, len) || utf8_find_invalid(file) != STR_NONE)) return 0;
  arena_rewind(&arena, start);
  DiagList diags = diag_list_new(&arena);
  MarkdownText text = {.path = STR("p.md"), .file = file};
  if (str_starts(file, STR("---\n"))) text.begin = 4;
  MarkdownOptions options = {.scratch = &scratch,
                             .diags = &diags,
                             .data = data,
                             .phones = value_list(&arena, 0),
                             .rtl = len % 2 == 1,
                             .lang = STR("en"),
                             .faq = len % 3 == 0,
                             .terms = terms,
                             .resolve = resolve,
                             .resolve_context = &file};
  MarkdownDoc doc;
  markdown_render(&arena, &text, &options, &doc);
  for (const Diag *diag = diags.first; diag; diag = diag->next) /* without an offset it is about the page as a whole */
    require(diag->span.offset == STR_NONE || (diag->span.offset <= len && diag->span.len <= len - diag->span.offset),
            "report in file");
  check_html(doc.html);
  check_ids(&arena, &doc, &diags);
  require(utf8_find_invalid(doc.html) == STR_NONE && utf8_find_invalid(doc.text) == STR_NONE, "the result is UTF-8");
  return 0;
}
