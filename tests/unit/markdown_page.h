/* A page of Markdown in a unit test: rendered, and compared with what is wanted. */
#ifndef PAMPHLET_TESTS_MARKDOWN_PAGE_H
#define PAMPHLET_TESTS_MARKDOWN_PAGE_H

#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "data/json.h"
#include "data/yaml.h"
#include "markdown/markdown.h"
#include "report.h"

static const char data_yaml[] = "clinic:\n"
                                "  name: Example & <Clinic>\n"
                                "  email: ward@example.org\n"
                                "  phones:\n"
                                "    nurse_line: {label: Nurse line, number: (555) 555-0100}\n"
                                "    desk: {number: 555-0111 ext. 5}\n"
                                "  beds: 12\n"
                                "  dose: 0.5\n"
                                "  locations: [{name: Main, street: 1 Example St}]\n"
                                "  open: true\n"
                                "  none: {}\n"
                                "facts:\n"
                                "  drive_after_weeks: {value: 2, unit: weeks, text: 2 weeks}\n"
                                "  bold: '**not bold** [x](y)'\n"
                                "  file: leaflet one.pdf\n"
                                "site: {base_url: 'https://clinic.example.org/'}\n";

typedef struct Page {
  Arena arena;
  Arena scratch;
  DiagList diags;
  MarkdownDoc doc;
  Value data;
  Value words;
  Value icons;
  Value phones;
  Str file;
  Str targets; /* what resolve() was asked, each "target@text of its span" and a newline */
  Buf asked;
  bool rtl;
  bool faq;
  const Terms *terms;
  Str lang;
} Page;

static inline Str resolve(void *context, const MarkdownTarget *target) {
  Page *page = context;
  buf_add(&page->asked, target->target);
  buf_add_byte(&page->asked, '@');
  buf_add(&page->asked, str_slice(page->file, target->span.offset, target->span.offset + target->span.len));
  buf_add_byte(&page->asked, '\n');
  if (str_starts(target->target, STR("b.md"))) return STR("/made/b/?x=1&y=\"2\"");
  return target->target;
}

static inline int setup(void **state) {
  static Page page;
  page = (Page){.arena = arena_reserve((size_t)1 << 30), .scratch = arena_reserve((size_t)1 << 30)};
  markdown_start();
  *state = &page;
  return 0;
}

static inline int teardown(void **state) {
  Page *page = *state;
  arena_release(&page->arena);
  arena_release(&page->scratch);
  return 0;
}

static inline void reset(Page *page) {
  Arena *arena = &page->arena;
  *arena = arena_over(arena->begin, (size_t)(arena->end - arena->begin));
  page->diags = diag_list_new(arena);
  YamlText yaml = {.path = STR("data"), .text = {data_yaml, sizeof data_yaml - 1}, .end = sizeof data_yaml - 1};
  assert_true(yaml_read(arena, &yaml, &page->diags, &page->data));
  page->words = value_map(arena, 4);
  page->icons = value_map(arena, 4);
  page->phones = value_list(arena, 4);
  value_push(page->phones, value_c("5555550100"));
  value_push(page->phones, value_c("5550111"));
  value_push(page->phones, value_c("911"));
  page->asked = buf_new(&page->scratch, 1 << 20);
}

static inline void render_at(Page *page, Str file, size_t begin) {
  page->file = file;
  MarkdownText text = {.path = STR("p.md"), .file = file, .begin = begin};
  MarkdownOptions options = {
      .scratch = &page->scratch,
      .diags = &page->diags,
      .data = page->data,
      .words = page->words,
      .icons = page->icons,
      .phones = page->phones,
      .resolve = resolve,
      .resolve_context = page,
      .rtl = page->rtl,
      .faq = page->faq,
      .lang = page->lang,
      .terms = page->terms,
  };
  markdown_render(&page->arena, &text, &options, &page->doc);
}

static inline void render(Page *page, const char *source) {
  reset(page);
  render_at(page, str_from_c(source), 0);
}

/* Every report as "line:column-end id argument;", columns in code points, 1-based. */
static inline const char *reports(Page *page) {
  Buf out = buf_new(&page->arena, 1 << 20);
  diag_sort(&page->diags);
  for (const Diag *diag = page->diags.first; diag; diag = diag->next) {
    Position position = diag_position(page->file, diag->span);
    Str caret = str_slice(position.text, position.caret_begin, position.caret_end);
    if (out.len) buf_add_byte(&out, '\n');
    buf_add_format(&out, "%zu:%zu ", position.line, position.column);
    buf_add(&out, diag_message(diag->id)->id);
    buf_add_lit(&out, " <");
    buf_add(&out, caret);
    buf_add_lit(&out, ">");
  }
  buf_add_byte(&out, '\0');
  return out.s;
}

static inline void expect_text(const char *what, const char *source, Str got, const char *want) {
  if (str_equal(got, str_from_c(want))) return;
  print_error("%s of:\n%s\nwanted:\n%s\ngot:\n%.*s\n", what, source, want, STR_ARG(got));
  fail();
}

static inline void expect_html(void **state, const char *source, const char *want) {
  Page *page = *state;
  render(page, source);
  expect_text("HTML", source, page->doc.html, want);
  expect_text("reports", source, str_from_c(reports(page)), "");
}

static inline void expect_reports(void **state, const char *source, const char *want) {
  Page *page = *state;
  render(page, source);
  expect_text("reports", source, str_from_c(reports(page)), want);
}

static inline void expect_plain(void **state, const char *source, const char *want) {
  Page *page = *state;
  render(page, source);
  expect_text("plain text", source, page->doc.text, want);
}

static inline const char *json(Page *page, Value value) {
  Buf out = buf_new(&page->arena, 1 << 20);
  json_write(&out, value, JSON_OUT_UTF8 | JSON_OUT_COMPACT, 0);
  buf_add_byte(&out, '\0');
  return out.s;
}

/* Every id, as JSON. */
static inline const char *anchors(Page *page) {
  Value list = value_list(&page->arena, page->doc.anchor_count);
  for (size_t i = 0; i < page->doc.anchor_count; i++) value_push(list, value_str(page->doc.anchors[i]));
  return json(page, list);
}

#endif
