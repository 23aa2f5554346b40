/* Diagnostics: the exact printed form, positions under every kind of line, order, limits. */
#include "report.h"

#include <string.h>

#include "base/utf8.h"
#include "diag/diag.h"

static Arena arena;

static int set_up(void **state) {
  (void)state;
  arena = arena_reserve((size_t)1 << 28);
  return 0;
}

static int tear_down(void **state) {
  (void)state;
  arena_release(&arena);
  return 0;
}

static Span span(const char *path, size_t offset, size_t len) {
  return (Span){str_from_c(path), offset, len};
}

/* What one report at `needle` in `text` prints. */
static const char *printed_at(const char *text, const char *needle) {
  DiagList list = diag_list_new(&arena);
  size_t at = str_find(str_from_c(text), str_from_c(needle));
  assert_int_not_equal(at, STR_NONE);
  DIAG(&list, FILE_NUL, span("a.md", at, strlen(needle)));
  return str_to_c(&arena, report_print(&arena, &list, str_from_c(text)));
}

#define SAYS "error: this file holds a NUL byte, so it is not text [file-nul]\n"
#define HINT "hint: save it again as plain text, or move it out of content/\n"

static void the_printed_form_is_exact(void **state) {
  (void)state;
  assert_string_equal(printed_at("one\ntwo three\n", "three"), "a.md:2:5: " SAYS "      2 | two three\n"
                                                               "        |     ^^^^^\n" HINT);
  assert_string_equal(printed_at("one", "one"), "a.md:1:1: " SAYS "      1 | one\n"
                                                "        | ^^^\n" HINT);
}

static void tabs_are_one_column_and_control_characters_are_not_printed(void **state) {
  (void)state;
  assert_string_equal(printed_at("\tx\ty\033[2J\n", "y"), "a.md:1:4: " SAYS "      1 |  x y\xEF\xBF\xBD[2J\n"
                                                          "        |    ^\n" HINT);
}

static void carets_stand_under_wide_and_combining_characters(void **state) {
  (void)state;
  /* Two wide characters: 2 code points, 4 columns. */
  assert_string_equal(printed_at("\xE6\xBC\xA2\xE5\xAD\x97 x\n", "x"),
                      "a.md:1:4: " SAYS "      1 | \xE6\xBC\xA2\xE5\xAD\x97 x\n"
                      "        |      ^\n" HINT);
  assert_string_equal(printed_at("\xE6\xBC\xA2\n", "\xE6\xBC\xA2"), "a.md:1:1: " SAYS "      1 | \xE6\xBC\xA2\n"
                                                                    "        | ^^\n" HINT);
  /* e and a combining acute: 2 code points, 1 column. */
  assert_string_equal(printed_at("e\xCC\x81x\n", "x"), "a.md:1:3: " SAYS "      1 | e\xCC\x81x\n"
                                                       "        |  ^\n" HINT);
}

static void line_ends_are_not_part_of_the_line(void **state) {
  (void)state;
  assert_string_equal(printed_at("one\r\ntwo\r\n", "two"), "a.md:2:1: " SAYS "      2 | two\n"
                                                           "        | ^^^\n" HINT);
  /* A span over several lines is marked to the end of its first. */
  assert_string_equal(printed_at("one\ntwo\n", "e\ntwo"), "a.md:1:3: " SAYS "      1 | one\n"
                                                          "        |   ^\n" HINT);
}

static void a_span_at_the_end_still_has_its_place(void **state) {
  (void)state;
  Position end = diag_position(STR("ab\n"), span("", 3, 1));
  assert_int_equal(end.line, 2);
  assert_int_equal(end.column, 1);
  Position no_newline = diag_position(STR("ab"), span("", 2, 5));
  assert_int_equal(no_newline.line, 1);
  assert_int_equal(no_newline.column, 3);
  assert_int_equal(no_newline.caret_begin, 2);
  assert_int_equal(no_newline.caret_end, 2);
  assert_int_equal(diag_position(STR("ab"), span("", 3, 1)).line, 0);
  assert_int_equal(diag_position(STR("ab"), span("", STR_NONE, 0)).line, 0);
}

static void a_report_on_the_whole_file_has_no_line(void **state) {
  (void)state;
  DiagList list = diag_list_new(&arena);
  DIAG(&list, FILE_READ, span("a.md", STR_NONE, 0), STR("permission denied"));
  DIAG(&list, FILE_READ, span("", STR_NONE, 0), STR("no name"));
  assert_str(&arena, report_print(&arena, &list, STR("text\n")),
             "a.md: error: this file cannot be read: permission denied [file-read]\n"
             "pamphlet: error: this file cannot be read: no name [file-read]\n");
}

static void long_lines_are_cut_around_the_place(void **state) {
  (void)state;
  Buf text = buf_new(&arena, REPORT_MOST);
  for (int i = 0; i < 5000; i++) buf_add_lit(&text, "\xC3\xA9");
  buf_add_lit(&text, "HERE");
  for (int i = 0; i < 5000; i++) buf_add_lit(&text, "\xC3\xA9");
  const char *said = printed_at(str_to_c(&arena, buf_str(&text)), "HERE");
  assert_non_null(strstr(said, "a.md:1:5001: "));
  Str lines = str_from_c(said);
  Str line;
  Str source = {0};
  while (str_cut(lines, '\n', &line, &lines)) {
    assert_true(line.len < 400);
    assert_int_equal(utf8_find_invalid(line), STR_NONE);
    if (str_find(line, STR("^^^^")) == STR_NONE) {
      source = line;
      continue;
    }
    /* The carets stand under the word, counted in columns. */
    size_t column = utf8_count(str_slice(source, 0, str_find(source, STR("HERE"))));
    assert_int_equal(str_find(line, STR("^")), column);
    assert_int_equal(line.len, column + 4);
    return;
  }
  fail_msg("no carets in\n%s", said);
}

static void arguments_fill_text_and_hint(void **state) {
  (void)state;
  DiagList list = diag_list_new(&arena);
  DIAG(&list, YAML_SYNTAX, span("a", 0, 1), STR("it is {1} wrong"), STR("mend it"));
  assert_str(&arena, diag_text(&arena, list.first), "this is not valid YAML: it is {1} wrong");
  assert_str(&arena, diag_hint(&arena, list.first), "mend it");
  /* A hint that names an empty argument is dropped. */
  DiagList other = diag_list_new(&arena);
  DIAG(&other, YAML_SYNTAX, span("a", 0, 1), STR("wrong"), STR(""));
  assert_str(&arena, diag_hint(&arena, other.first), "");
  assert_null(strstr(str_to_c(&arena, report_print(&arena, &other, STR("x"))), "hint"));
}

static void arguments_are_copied(void **state) {
  (void)state;
  DiagList list = diag_list_new(&arena);
  char name[] = "before";
  DIAG(&list, YAML_DUPLICATE_KEY, span("a", 0, 1), str_from_c(name));
  memcpy(name, "XXXXXX", 6);
  assert_str(&arena, diag_text(&arena, list.first), "`before` is given twice");
}

static void notes_follow_in_order(void **state) {
  (void)state;
  DiagList list = diag_list_new(&arena);
  diag_note(&list, span("a.md", 0, 1), STR("of no report"));
  DIAG(&list, YAML_DUPLICATE_KEY, span("a.md", 4, 1), STR("x"));
  diag_note(&list, span("a.md", 0, 1), STR("first"));
  diag_note(&list, span("", STR_NONE, 0), STR("second"));
  assert_str(&arena, report_print(&arena, &list, STR("one\nx: 1\n")),
             "a.md:2:1: error: `x` is given twice [yaml-duplicate-key]\n"
             "      2 | x: 1\n"
             "        | ^\n"
             "  a.md:1:1: first\n"
             "  second\n"
             "hint: keep one of them\n");
}

/* Reports in this order, whatever the order they came in: path, whole file first, offset, id, arguments. */
static void report_in_order(DiagList *list, size_t from, size_t step) {
  for (size_t i = 0; i < 7; i++) {
    switch ((from + i * step) % 7) {
      case 0: DIAG(list, FILE_READ, span("a", STR_NONE, 0), STR("x")); break;
      case 1: DIAG(list, FILE_NUL, span("a", 0, 1)); break;
      case 2: DIAG(list, FILE_NOT_UTF8, span("a", 5, 1)); break;
      case 3: DIAG(list, FILE_NUL, span("a", 5, 1)); break;
      case 4: DIAG(list, YAML_DUPLICATE_KEY, span("a", 5, 1), STR("k")); break;
      case 5: DIAG(list, YAML_DUPLICATE_KEY, span("a", 5, 1), STR("l")); break;
      default: DIAG(list, FILE_NUL, span("b", 0, 1)); break;
    }
  }
}

static void sorting_gives_one_order_and_drops_repeats(void **state) {
  (void)state;
  DiagList wanted = diag_list_new(&arena);
  report_in_order(&wanted, 0, 1);
  Str expected = report_print(&arena, &wanted, STR("some text\n"));
  for (size_t from = 0; from < 7; from++)
    for (size_t step = 1; step < 7; step++) {
      DiagList list = diag_list_new(&arena);
      DiagList more = diag_list_new(&arena);
      report_in_order(&list, from, step);
      report_in_order(&more, from + 1, step);
      diag_merge(&list, &more);
      assert_int_equal(more.count, 0);
      assert_null(more.first);
      assert_int_equal(list.severities[SEVERITY_ERROR], 14);
      diag_sort(&list);
      assert_int_equal(list.count, 7);
      assert_int_equal(list.severities[SEVERITY_ERROR], 7);
      assert_true(str_equal(report_print(&arena, &list, STR("some text\n")), expected));
    }
}

static void merging_keeps_what_comes_after(void **state) {
  (void)state;
  DiagList into = diag_list_new(&arena);
  DiagList from = diag_list_new(&arena);
  diag_merge(&into, &from);
  assert_int_equal(into.count, 0);
  DIAG(&from, FILE_NUL, span("b", 0, 1));
  diag_merge(&into, &from);
  DIAG(&into, FILE_NUL, span("c", 0, 1));
  DIAG(&from, FILE_NUL, span("d", 0, 1));
  assert_int_equal(into.count, 2);
  assert_str(&arena, into.last->span.path, "c");
  assert_int_equal(from.count, 1);
}

/* A message of that severity, whichever it is: the table grows. */
static DiagId any_of(Severity severity) {
  for (int id = 0; id < DIAG_ID_COUNT; id++)
    if (diag_message((DiagId)id)->severity == severity) return (DiagId)id;
  fail_msg("no message of severity %d", severity);
  return 0;
}

static bool is_about(const void *context, const Diag *diag) {
  return str_equal(diag->span.path, str_from_c(context));
}

static void dropping_takes_out_what_is_meant_and_counts_again(void **state) {
  (void)state;
  DiagList list = diag_list_new(&arena);
  DIAG(&list, FILE_NUL, span("b.md", 0, 1));
  DIAG(&list, FILE_NUL, span("a.md", 0, 1));
  DIAG(&list, REVIEW_OVERDUE, span("b.md", 1, 1), STR("2026-01-01"));
  diag_drop(&list, is_about, "b.md");
  assert_int_equal(list.count, 1);
  assert_int_equal(list.severities[SEVERITY_ERROR], 1);
  assert_int_equal(list.severities[SEVERITY_WARNING], 0);
  assert_true(list.first == list.last && is_about("a.md", list.first));
  DIAG(&list, FILE_NUL, span("c.md", 0, 1));
  assert_true(is_about("c.md", list.first->next));
  diag_drop(&list, is_about, "a.md");
  assert_true(list.first == list.last && is_about("c.md", list.first));
}

static void strict_makes_errors_of_warnings(void **state) {
  (void)state;
  DiagId warning = any_of(SEVERITY_WARNING);
  DiagList list = diag_list_new(&arena);
  assert_false(diag_has_errors(&list, true));
  diag_report(&list, warning, span("a", STR_NONE, 0), NULL, 0);
  assert_false(diag_has_errors(&list, false));
  assert_true(diag_has_errors(&list, true));
  Str none = {"", 0};
  for (int strict = 0; strict < 2; strict++) {
    Buf out = buf_new(&arena, REPORT_MOST);
    DiagPrinter printer = {.arena = &arena, .read = report_read, .context = &none, .strict = strict};
    diag_print(&printer, &list, &out);
    assert_true(str_starts(buf_str(&out), strict ? STR("a: error: ") : STR("a: warning: ")));
  }
  DIAG(&list, FILE_NUL, span("a", 0, 1));
  assert_true(diag_has_errors(&list, false));
}

static void colour_adds_only_escapes(void **state) {
  (void)state;
  Str text = STR("one two\n");
  DiagList list = diag_list_new(&arena);
  DIAG(&list, FILE_NUL, span("a", 4, 3));
  Buf out = buf_new(&arena, REPORT_MOST);
  DiagPrinter printer = {.arena = &arena, .read = report_read, .context = &text, .colour = true};
  diag_print(&printer, &list, &out);
  Buf plain = buf_new(&arena, REPORT_MOST);
  Str coloured = buf_str(&out);
  assert_int_not_equal(str_find_byte(coloured, '\033'), STR_NONE);
  for (size_t i = 0; i < coloured.len; i++) {
    if (coloured.s[i] != '\033') {
      buf_add_byte(&plain, coloured.s[i]);
      continue;
    }
    while (coloured.s[i] != 'm') i++;
  }
  assert_true(str_equal(buf_str(&plain), report_print(&arena, &list, text)));
}

static void a_list_keeps_its_first_reports(void **state) {
  (void)state;
  DiagList list = diag_list_new(&arena);
  for (size_t i = 3 * DIAG_MOST; i-- > 0;) DIAG(&list, FILE_NUL, span("a", i, 1));
  for (size_t i = 0; i < DIAG_MOST; i++) {
    DIAG(&list, FILE_NUL, span("a", 3 * DIAG_MOST + i, 1));
    diag_note(&list, span("a", 0, 1), STR("belongs to a report that was left out"));
  }
  assert_int_equal(list.severities[SEVERITY_ERROR], 4 * DIAG_MOST);
  assert_true(list.count < 2 * DIAG_MOST);
  diag_sort(&list);
  assert_int_equal(list.count, DIAG_MOST);
  assert_true(list.dropped);
  size_t at = 0;
  for (const Diag *diag = list.first; diag; diag = diag->next, at++) {
    assert_int_equal(diag->span.offset, at);
    assert_null(diag->notes);
  }
  Buf out = buf_new(&arena, (size_t)1 << 24);
  Str none = {"", 0};
  diag_print(&(DiagPrinter){.arena = &arena, .read = report_read, .context = &none}, &list, &out);
  assert_true(str_ends(buf_str(&out), STR("pamphlet: more reports are not shown\n")));
}

static void a_page_has_a_bound_of_its_own(void **state) {
  (void)state;
  DiagList list = diag_list_new(&arena);
  const char *const pages[] = {"a", "b"};
  for (size_t page = 0; page < 2; page++) {
    diag_begin_item(&list);
    for (size_t i = 0; i < DIAG_ITEM_MOST + 5; i++) DIAG(&list, FILE_NUL, span(pages[page], i, 1));
  }
  assert_int_equal(list.count, 2 * DIAG_ITEM_MOST);
  assert_true(list.dropped);
}

static void long_arguments_are_cut_between_characters(void **state) {
  (void)state;
  DiagList list = diag_list_new(&arena);
  char bytes[2 * DIAG_ARGUMENT_MOST];
  for (size_t i = 0; i < sizeof bytes; i++) bytes[i] = i % 2 ? (char)0xA9 : (char)0xC3; /* é */
  DIAG(&list, FILE_READ, span("a", 0, 1), str_from(bytes + 1, sizeof bytes - 1));
  Str arg = list.first->args[0];
  assert_int_equal(arg.len, DIAG_ARGUMENT_MOST - 1 + 3);
  assert_true(str_ends(arg, STR("\xC3\xA9…")) || str_ends(arg, STR("\xA9…")));
}

static void a_path_moves_no_cursor(void **state) {
  (void)state;
  DiagList list = diag_list_new(&arena);
  DIAG(&list, FILE_NAME, span("a\n\033[2Jb", STR_NONE, 0));
  assert_true(str_starts(report_print(&arena, &list, STR("")), STR("a\xEF\xBF\xBD\xEF\xBF\xBD[2Jb: error")));
}

/* One cursor for all spans, upward twice, downward, to and fro, says what looking each up afresh says. */
static void a_cursor_finds_what_a_search_finds(void **state) {
  (void)state;
  Str text = STR("one\r\n\n\xC3\xA9t\xC3\xA9 two\nlast");
  DiagCursor cursor = {.text = text};
  for (size_t round = 0; round < 4; round++)
    for (size_t i = 0; i <= text.len; i++) {
      size_t offset = round < 2 ? i : round == 2 ? text.len - i : i * 7 % (text.len + 1);
      Position next = diag_position_next(&cursor, span("", offset, 2));
      Position fresh = diag_position(text, span("", offset, 2));
      assert_int_equal(next.line, fresh.line);
      assert_int_equal(next.column, fresh.column);
      assert_true(next.text.s == fresh.text.s && next.text.len == fresh.text.len);
      assert_int_equal(next.caret_begin, fresh.caret_begin);
      assert_int_equal(next.caret_end, fresh.caret_end);
    }
}

/* Every message speaks to a person: an id in kebab case that is its own, text, no gaps in its arguments. */
static void the_table_of_messages_is_sound(void **state) {
  (void)state;
  for (int id = 0; id < DIAG_ID_COUNT; id++) {
    const DiagMessage *message = diag_message((DiagId)id);
    assert_true(message->id.len > 0 && message->text.len > 0);
    for (size_t i = 0; i < message->id.len; i++) {
      char c = message->id.s[i];
      if (!((c >= 'a' && c <= 'z') || ascii_is_digit(c) || c == '-')) fail_msg("%.*s", STR_ARG(message->id));
    }
    for (int other = 0; other < id; other++)
      if (str_equal(diag_message((DiagId)other)->id, message->id)) fail_msg("%.*s twice", STR_ARG(message->id));
    if (str_ends(message->text, STR("."))) fail_msg("%.*s ends in a full stop", STR_ARG(message->id));
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(the_printed_form_is_exact),
      cmocka_unit_test(tabs_are_one_column_and_control_characters_are_not_printed),
      cmocka_unit_test(carets_stand_under_wide_and_combining_characters),
      cmocka_unit_test(line_ends_are_not_part_of_the_line),
      cmocka_unit_test(a_span_at_the_end_still_has_its_place),
      cmocka_unit_test(a_report_on_the_whole_file_has_no_line),
      cmocka_unit_test(long_lines_are_cut_around_the_place),
      cmocka_unit_test(arguments_fill_text_and_hint),
      cmocka_unit_test(arguments_are_copied),
      cmocka_unit_test(notes_follow_in_order),
      cmocka_unit_test(sorting_gives_one_order_and_drops_repeats),
      cmocka_unit_test(merging_keeps_what_comes_after),
      cmocka_unit_test(dropping_takes_out_what_is_meant_and_counts_again),
      cmocka_unit_test(strict_makes_errors_of_warnings),
      cmocka_unit_test(colour_adds_only_escapes),
      cmocka_unit_test(a_list_keeps_its_first_reports),
      cmocka_unit_test(a_page_has_a_bound_of_its_own),
      cmocka_unit_test(long_arguments_are_cut_between_characters),
      cmocka_unit_test(a_path_moves_no_cursor),
      cmocka_unit_test(a_cursor_finds_what_a_search_finds),
      cmocka_unit_test(the_table_of_messages_is_sound),
  };
  return cmocka_run_group_tests_name("diag", tests, set_up, tear_down);
}
