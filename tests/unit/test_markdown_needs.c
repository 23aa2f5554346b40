/* A page is parsed with the parts of cmark-gfm that its text can need. The tree must be the one that all parts
 * together give: compared as HTML, for texts put together at random from what those parts look for. */
#include "report.h"

#include <stdlib.h>
#include <string.h>

#include "markdown/work.h"

static const char *const pieces[] = {
    "a",
    "word ",
    "w",
    "ww",
    "www.",
    "www.example.org",
    "http://",
    "https://example.org/x",
    "mailto:",
    "a@b.org",
    "@",
    ":",
    "//",
    "&#64;",
    "&commat;",
    "&amp;",
    "'",
    "\"",
    "-",
    "--",
    "---",
    ".",
    "..",
    "...",
    "~",
    "~~",
    "|",
    " | ",
    "|---|\n",
    "| a | b |\n",
    ":-",
    "-:",
    ":-:\n",
    "- - -",
    "\n",
    "\n\n",
    "- ",
    "1. ",
    "[ ] ",
    "[x] ",
    "[X] ",
    "[^a]",
    "[^a]: ",
    "[",
    "]",
    "(",
    ")",
    "](b \"t\")",
    "![",
    "*",
    "**",
    "`",
    "``",
    "```\n",
    "    ",
    "> ",
    "# ",
    "===\n",
    "<",
    ">",
    "<b--b>",
    "<!-- c -->",
    "\\",
    "\\-",
    "\\\"",
    "  \n",
    "\xC3\xA9",
    "{{ x }}",
    "| -- | :-: |\n",
    "a -- b",
};

static Arena arena;

static int set_up(void **state) {
  (void)state;
  arena = arena_reserve((size_t)1 << 30);
  markdown_start();
  return 0;
}

static int tear_down(void **state) {
  (void)state;
  arena_release(&arena);
  return 0;
}

/* In all of cmark's detail: the tree as XML, with positions; in the arena, as all of the tree. */
static const char *tree(cmark_node *document) {
  return cmark_render_xml(document, CMARK_OPT_SOURCEPOS);
}

static void expect_same(Str source) {
  static const Needs all = {true, true, true, true, true, true, true};
  ArenaMark mark = arena_mark(&arena);
  const char *whole = tree(parser_parse_with(&arena, source, &all));
  const char *lean = tree(parser_parse(&arena, source));
  if (strcmp(whole, lean) != 0) fail_msg("%.*s\n--- gives\n%s\n--- not\n%s", STR_ARG(source), lean, whole);
  arena_rewind(&arena, mark);
}

/* One of how many texts is tried: under valgrind each takes fifty times as long. */
static size_t one_of(void) {
  return getenv("UNDER_VALGRIND") ? 50 : 1;
}

/* Numerical Recipes' quick generator: the texts are the same in every run. */
static unsigned next_random(uint32_t *seed) {
  *seed = *seed * 1664525u + 1013904223u;
  return *seed >> 8;
}

static void random_texts_give_the_same_tree(void **state) {
  (void)state;
  uint32_t seed = 1;
  for (size_t i = 0; i < 60000; i += one_of()) {
    char text[512];
    size_t len = 0;
    for (unsigned left = 1 + next_random(&seed) % 24; left > 0; left--) {
      const char *piece = pieces[next_random(&seed) % (sizeof pieces / sizeof *pieces)];
      memcpy(text + len, piece, strlen(piece));
      len += strlen(piece);
    }
    expect_same(str_from(text, len));
  }
}

/* Two kinds of pieces at a time, so that most texts lack what the others look for. */
static void texts_of_few_kinds_give_the_same_tree(void **state) {
  (void)state;
  size_t count = sizeof pieces / sizeof *pieces;
  uint32_t seed = 7;
  for (size_t a = 0; a < count; a++) {
    for (size_t b = a % one_of(); b < count; b += one_of()) {
      const char *const few[] = {pieces[a], pieces[b], "word ", "\n"};
      char text[512];
      size_t len = 0;
      for (int left = 12; left > 0; left--) {
        const char *piece = few[next_random(&seed) % 4];
        memcpy(text + len, piece, strlen(piece));
        len += strlen(piece);
      }
      expect_same(str_from(text, len));
    }
  }
}

static void a_need_is_seen_wherever_it_stands(void **state) {
  (void)state;
  static const char *const marks[] = {"@", "://", "www", "&",  "\"", "'",  "..", "--",
                                      "~", "|",   ":-",  "-:", "[ ", "[x", "[^"};
  for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
    for (size_t before = i % one_of(); before < 40; before += one_of()) {
      for (size_t after = 0; after < 20; after++) {
        char text[80];
        memset(text, 'a', sizeof text);
        memcpy(text + before, marks[i], strlen(marks[i]));
        Needs needs = needs_of(str_from(text, before + strlen(marks[i]) + after));
        bool kinds[] = {needs.autolink, needs.smart || needs.hyphens, needs.strikethrough, needs.table, needs.tasklist,
                        needs.footnotes};
        static const int kind[] = {0, 0, 0, 0, 1, 1, 1, 1, 2, 3, 3, 3, 4, 4, 5};
        for (int k = 0; k < 6; k++) assert_int_equal(kinds[k], k == kind[i]);
      }
    }
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(random_texts_give_the_same_tree),
      cmocka_unit_test(texts_of_few_kinds_give_the_same_tree),
      cmocka_unit_test(a_need_is_seen_wherever_it_stands),
  };
  return cmocka_run_group_tests_name("markdown needs", tests, set_up, tear_down);
}
