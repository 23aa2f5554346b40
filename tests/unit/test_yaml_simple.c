/* Simple YAML, read without the library: the same values as the library's, in the same places; what is left to it. */
#include "report.h"

#include "base/utf8.h"
#include "data/yaml_simple.h"

enum { ROUNDS = 10000 };

static Arena arena;

static int set_up(void **state) {
  (void)state;
  arena = arena_reserve((size_t)1 << 30);
  return 0;
}

static int tear_down(void **state) {
  (void)state;
  arena_release(&arena);
  return 0;
}

static void same(Value a, Value b, Str text) {
  if (a.type != b.type || a.origin != b.origin || value_count(a) != value_count(b)) {
    print_error("a value at %u is %d of %zu, the library's at %u is %d of %zu, in:\n%.*s\n", a.origin, a.type,
                value_count(a), b.origin, b.type, value_count(b), STR_ARG(text));
    fail();
  }
  for (size_t i = 0; a.type == VALUE_LIST && i < value_count(a); i++) same(value_at(a, i), value_at(b, i), text);
  for (size_t i = 0; a.type == VALUE_MAP && i < value_count(a); i++) {
    assert_true(str_equal(a.map->entries[i].key, b.map->entries[i].key));
    assert_int_equal(a.map->entries[i].key_origin, b.map->entries[i].key_origin);
    same(a.map->entries[i].value, b.map->entries[i].value, text);
  }
  if (a.type != VALUE_LIST && a.type != VALUE_MAP) assert_true(value_equal(a, b));
}

/* A comment with a tab is not simple, and changes nothing. */
static Value by_library(Str text) {
  DiagList diags = diag_list_new(&arena);
  Value value = {0};
  Str more = STR_CONCAT(&arena, text, STR("\n#\t\n"));
  if (!yaml_read(&arena, &(YamlText){STR("f"), more, 2, more.len}, &diags, &value)) {
    print_error("refused by the library:\n%s\n", str_to_c(&arena, report_print(&arena, &diags, more)));
    fail();
  }
  return value;
}

/* As in a page: the YAML begins somewhere behind. */
static bool is_simple(const char *yaml) {
  Str text = STR_CONCAT(&arena, STR("\xC2\xA0"), str_from_c(yaml));
  Value value;
  if (!yaml_read_simple(&arena, &(YamlText){STR("f"), text, 2, text.len}, &value)) return false;
  same(value, by_library(text), text);
  return true;
}

static const char usual[] = "title: Rash guide 303\n"
                            "description: What it means, what we check - and when to call us; \"today\" isn't it.\n"
                            "weight: 304\n"
                            "tags: [platelets, after care, 'it is', \"so, so\"]\n"
                            "\n"
                            "# a note of the author: this\n"
                            "version: \"1.4\"\n"
                            "reviewed: 2025-01-08\n"
                            "draft: false\n"
                            "author: {role: Patient writer, name: 'X'}\n"
                            "sources:\n"
                            "  - title: Ward handbook\n"
                            "    url: https://example.org/a?b=c\n"
                            "    # one more\n"
                            "  - title: \"Another: one\"\n"
                            "aliases:\n"
                            "- old\n"
                            "- b c\n"
                            "about:\n"
                            "    name: Fieber – مرض\n"
                            "    codes:\n"
                            "        MeSH: D016219\n"
                            "    list:\n"
                            "     - a\n"
                            "     -   k: v\n"
                            "         l: w\n"
                            "none: []\n"
                            "last: 1.50   ";

static void a_usual_front_matter_is_simple(void **state) {
  (void)state;
  assert_true(is_simple(usual));
  assert_true(is_simple("a: {b: 1, c: \"2\"}\nd: [ x , 'y' ]\ne: true\nf: 12:30\ng: null\nh: 0x1F"));
}

static void what_is_not_surely_simple_is_left(void **state) {
  (void)state;
  static const char *const texts[] = {
      "",
      "# only\n",
      "- a\n",
      "a\n",
      "a:\n",
      "a: b: c\n",
      "a: b #c\n",
      "a: 'b''c'",
      "a: \"b\\n\"",
      "a: |\n  b\n",
      "a: b\n  c\n",
      "a: &x b\n",
      "a: *x\n",
      "a: !!str 1\n",
      "a: b\r\n",
      "a:\tb\n",
      "a: b\na: c\n",
      "a: [b, c\n",
      "a: [b,]\n",
      "a: [[b]]\n",
      "a: {b}\n",
      "a: {b: }",
      "a: {{ b }}\n",
      "a: \"b\n  c\"\n",
      "a: b\n c: d\n",
      "a:\n  b: c\n d: e\n",
      "a: ~\n",
      "a: - b\n",
      "a: b:\n",
      "\"a\": b\n",
      "1: b\n",
      "<<: b\n",
      "a: -1\n",
      "a: b\n---\nc: d\n",
      "a:\nb: c\n",
      "a: \"b\" c\n",
      "a: [b] c\n",
      "a: b\n- c\n",
      "a: \xC2\x85\n",
      "a: b\xE2\x80\xA8"
      "c\n",
      "a: \x7F\n",
  };
  for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
    if (!is_simple(texts[i])) continue;
    print_error("taken for simple:\n%s\n", texts[i]);
    fail();
  }
}

static unsigned next_random(unsigned *state, unsigned below) {
  *state = *state * 1103515245 + 12345;
  return (*state >> 16) % below;
}

/* Pieces of YAML at random: whenever it is simple, the library gives the same. */
static void the_library_gives_the_same(void **state) {
  (void)state;
  static const char *const pieces[] = {
      "a: ",       "b: ", "key_c:", "\n",  "\n",    "\n  ", "\n    ",     "- ",        "x",
      "two words", ": ",  "12",     "1.5", "true",  "'s'",  "[",          "]",         ", ",
      "{",         "}",   "# c",    " ",   "é",     "–",    "\n- ",       "\n  - ",    "null",
      "d: e",      "-",   "f: [g]", "?",   "\"q\"", "\n# ", "l:\n  m: n", "i: {j: k}", "https://x",
  };
  unsigned random = 1;
  size_t simple = 0;
  for (int round = 0; round < ROUNDS; round++) {
    ArenaMark mark = arena_mark(&arena);
    Buf text = buf_new(&arena, 1 << 12);
    buf_add_lit(&text, "a: ");
    for (int count = 1 + round % 12; count; count--)
      buf_add(&text, str_from_c(pieces[next_random(&random, sizeof pieces / sizeof *pieces)]));
    buf_add_byte(&text, '\0');
    simple += is_simple(text.s);
    arena_rewind(&arena, mark);
  }
  assert_true(simple > ROUNDS / 20);
}

/* A front matter with a byte more, less or another one. */
static void a_slip_changes_nothing(void **state) {
  (void)state;
  static const char bytes[] = "a0 :-\n,[]{}\"'#?&*!|>%@`~.\\/_=+(";
  unsigned random = 1;
  size_t simple = 0;
  size_t len = strlen(usual);
  for (int round = 0; round < ROUNDS; round++) {
    ArenaMark mark = arena_mark(&arena);
    char *text = arena_alloc(&arena, len + 2, 1);
    size_t at = next_random(&random, (unsigned)len);
    bool more = round % 3 == 0;
    bool less = round % 3 == 1;
    memcpy(text, usual, at);
    memcpy(text + at + more, usual + at + less, len - at - less + 1);
    if (!less) text[at] = bytes[next_random(&random, sizeof bytes - 1)];
    if (utf8_find_invalid(str_from_c(text)) == STR_NONE) simple += is_simple(text);
    arena_rewind(&arena, mark);
  }
  assert_true(simple > ROUNDS / 20);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(a_usual_front_matter_is_simple),
      cmocka_unit_test(what_is_not_surely_simple_is_left),
      cmocka_unit_test(the_library_gives_the_same),
      cmocka_unit_test(a_slip_changes_nothing),
  };
  return cmocka_run_group_tests_name("simple YAML", tests, set_up, tear_down);
}
