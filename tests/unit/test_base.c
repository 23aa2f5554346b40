/* Arena, text, buffers, maps from text, UTF-8. */
#define _GNU_SOURCE
#include "report.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/map.h"
#include "base/scan.h"
#include "base/utf8.h"

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

/* --- scan --- */

SCAN_FUNCTION(find_marked, (c == '<') | ((c >= '0') & (c <= '9')) | (c >= 0xF0))

/* One byte of interest at every place of texts of every length around a block or two. */
static void a_scan_finds_the_first_byte_of_its_kind(void **state) {
  (void)state;
  static const char kinds[] = {'<', '0', '9', '\xF0', '\xFF'};
  char text[3 * SCAN_BLOCK];
  for (size_t len = 0; len <= sizeof text; len++) {
    memset(text, 'a', sizeof text);
    assert_int_equal(find_marked(str_from(text, len), 0), len);
    for (size_t at = 0; at < len; at++) {
      text[at] = kinds[at % sizeof kinds];
      assert_int_equal(find_marked(str_from(text, len), 0), at);
      assert_int_equal(find_marked(str_from(text, len), at), at);
      assert_int_equal(find_marked(str_from(text, len), at + 1), len);
      text[at] = at % 2 ? '/' : ':'; /* beside the digits */
    }
  }
}

static void scan_bits_are_in_order_of_the_bytes(void **state) {
  (void)state;
  char text[SCAN_BLOCK];
  for (unsigned bits = 0; bits <= 0xFFFF; bits++) {
    for (unsigned i = 0; i < SCAN_BLOCK; i++) text[i] = bits >> i & 1 ? 'x' : 'y';
    assert_int_equal(scan_bits((ScanBytes)(scan_load(text) == 'x')), bits);
  }
}

/* --- arena --- */

static void allocations_are_aligned_and_apart(void **state) {
  (void)state;
  for (size_t align = 1; align <= 64; align *= 2) {
    char *first = arena_alloc(&arena, 3, align);
    char *second = arena_alloc(&arena, 5, align);
    assert_int_equal((uintptr_t)first % align, 0);
    assert_int_equal((uintptr_t)second % align, 0);
    assert_true(second >= first + 3);
    memset(first, 1, 3);
    memset(second, 2, 5);
    assert_int_equal(first[2], 1);
  }
}

static void zeroed_memory_is_zero_after_a_rewind(void **state) {
  (void)state;
  ArenaMark mark = arena_mark(&arena);
  size_t used = arena_used(&arena);
  memset(arena_alloc(&arena, 1000, 1), 0xFF, 1000);
  assert_int_equal(arena_used(&arena), used + 1000);
  arena_rewind(&arena, mark);
  assert_int_equal(arena_used(&arena), used);
  const unsigned char *zeroed = arena_zeroed(&arena, 100, 10, 1);
  for (int i = 0; i < 1000; i++) assert_int_equal(zeroed[i], 0);
}

static void an_arena_over_memory_uses_it(void **state) {
  (void)state;
  char memory[64] = {0};
  Arena over = arena_over(memory, sizeof memory);
  char *all = arena_alloc(&over, sizeof memory, 1);
  assert_ptr_equal(all, memory);
  assert_int_equal(arena_used(&over), sizeof memory);
}

static void leave(void) {
  _exit(42);
}

/* How a child that does `what` ends. */
static int status_of(void (*what)(void)) {
  fflush(NULL);
  pid_t child = fork();
  if (child == 0) {
    what();
    _exit(0);
  }
  int status = 0;
  assert_int_equal(waitpid(child, &status, 0), child);
  return status;
}

static void fill_small_arena(void) {
  Arena small = arena_reserve(4096);
  arena_on_full(leave);
  arena_alloc(&small, 4096, 1);
  arena_alloc(&small, 1, 1);
}

static void overflow_product(void) {
  arena_on_full(leave);
  arena_zeroed(&arena, SIZE_MAX / 2, 4, 1);
}

static void ask_for_all(void) {
  arena_on_full(leave);
  arena_alloc(&arena, SIZE_MAX, 1);
}

static void leave_with(void *context) {
  _exit(*(const int *)context);
}

static void fill_one_that_has_its_own_way(void) {
  int code = 42;
  Arena small = arena_reserve(4096);
  small.full = leave_with;
  small.full_context = &code;
  arena_alloc(&small, 4097, 1);
}

static void pad_past_the_end(void) {
  char memory[32];
  Arena over = arena_over(memory, sizeof memory);
  arena_on_full(leave);
  arena_alloc(&over, 31, 1);
  arena_alloc(&over, 0, 64);
  arena_alloc(&over, 0, 4096);
}

static void fill_by_default(void) {
  if (!freopen("/dev/null", "w", stderr)) _exit(9);
  arena_on_full(NULL);
  Arena small = arena_reserve(4096);
  arena_alloc(&small, 4097, 1);
}

static void a_full_arena_ends_the_process(void **state) {
  (void)state;
  void (*const ways[])(void) = {fill_small_arena, overflow_product, ask_for_all, pad_past_the_end,
                                fill_one_that_has_its_own_way};
  for (size_t i = 0; i < sizeof ways / sizeof *ways; i++) {
    int status = status_of(ways[i]);
    assert_true(WIFEXITED(status));
    assert_int_equal(WEXITSTATUS(status), 42);
  }
  assert_int_equal(WEXITSTATUS(status_of(fill_by_default)), 3);
}

/* --- text --- */

static void comparing_is_by_bytes(void **state) {
  (void)state;
  assert_true(str_equal(STR(""), (Str){0}));
  assert_false(str_equal(STR("a"), STR("ab")));
  assert_true(str_equal_nocase(STR("AbZ-1"), STR("aBz-1")));
  assert_false(str_equal_nocase(STR("["), STR("{")));
  assert_true(str_compare(STR("a"), STR("b")) < 0);
  assert_true(str_compare(STR("ab"), STR("a")) > 0);
  assert_true(str_compare(STR("\xC3"), STR("z")) > 0);
  assert_int_equal(str_compare((Str){0}, STR("")), 0);
  assert_true(str_starts(STR("abc"), STR("ab")) && str_starts(STR("a"), STR("")) && !str_starts(STR("a"), STR("ab")));
  assert_true(str_ends(STR("abc"), STR("bc")) && str_ends(STR("a"), STR("")) && !str_ends(STR("c"), STR("bc")));
}

static void finding(void **state) {
  (void)state;
  assert_int_equal(str_find(STR("banana"), STR("ana")), 1);
  assert_int_equal(str_find(STR("banana"), STR("x")), STR_NONE);
  assert_int_equal(str_find(STR(""), STR("")), 0);
  assert_int_equal(str_find((Str){0}, STR("x")), STR_NONE);
  /* Past as many places of the first byte as are tried one by one. */
  assert_int_equal(str_find(STR("aaaaaaaaaaaaaaaab"), STR("aab")), 14);
  assert_int_equal(str_find(STR("aaaaaaaaaaaaaaaab"), STR("aac")), STR_NONE);
  assert_int_equal(str_find(STR("axaxaxaxaxaxaxaxab"), STR("ab")), 16);
  assert_int_equal(str_find(STR("ab"), STR("abc")), STR_NONE);
  assert_int_equal(str_find(STR("xab"), STR("abc")), STR_NONE);
  assert_int_equal(str_find_byte(STR("banana"), 'n'), 2);
  assert_int_equal(str_find_last_byte(STR("banana"), 'n'), 4);
  assert_int_equal(str_find_last_byte(STR(""), 'n'), STR_NONE);
}

static void slices_are_clamped(void **state) {
  (void)state;
  assert_str(&arena, str_slice(STR("abcdef"), 2, 4), "cd");
  assert_str(&arena, str_slice(STR("abc"), 2, 99), "c");
  assert_str(&arena, str_slice(STR("abc"), 5, 2), "");
  assert_str(&arena, str_skip(STR("abc"), 99), "");
  assert_str(&arena, str_trim(STR(" \t\r\n a b \v\f")), "a b");
  assert_str(&arena, str_trim(STR("  ")), "");
}

static void cutting(void **state) {
  (void)state;
  Str head;
  Str tail;
  assert_true(str_cut(STR("a:b:c"), ':', &head, &tail));
  assert_str(&arena, head, "a");
  assert_str(&arena, tail, "b:c");
  assert_true(str_cut(STR("a:"), ':', &head, &tail));
  assert_int_equal(tail.len, 0);
  assert_false(str_cut(STR("abc"), ':', &head, &tail));
  assert_str(&arena, head, "abc");
  assert_int_equal(tail.len, 0);
}

static void joining_and_formatting(void **state) {
  (void)state;
  assert_str(&arena, STR_CONCAT(&arena, STR("a"), STR(""), (Str){0}, STR("bc")), "abc");
  assert_str(&arena, str_format(&arena, "%d %.*s", 7, STR_ARG(STR("text"))), "7 text");
  assert_str(&arena, str_from_c(NULL), "");
  char bytes[] = "copy";
  Str copy = str_copy(&arena, str_from_c(bytes));
  bytes[0] = 'X';
  assert_str(&arena, copy, "copy");
}

static void the_nearest_name_is_one_that_was_meant(void **state) {
  (void)state;
  const Str names[] = {STR("title"), STR("description"), STR("reviewed"), STR("review_due"), STR("lang"), STR("tag")};
  enum { NAMES = sizeof names / sizeof *names };
  assert_str(&arena, str_nearest(STR("titel"), names, NAMES), "title");
  assert_str(&arena, str_nearest(STR("Title"), names, NAMES), "title");
  assert_str(&arena, str_nearest(STR("descripton"), names, NAMES), "description");
  assert_str(&arena, str_nearest(STR("reviewd"), names, NAMES), "reviewed");
  assert_str(&arena, str_nearest(STR("tags"), names, NAMES), "tag");
  assert_str(&arena, str_nearest(STR("weight"), names, NAMES), "");
  assert_str(&arena, str_nearest(STR(""), names, NAMES), "");
  assert_str(&arena, str_nearest(STR("x"), names, 0), "");
  Str longest = str_from(memset(arena_alloc(&arena, 500, 1), 'a', 500), 500);
  assert_str(&arena, str_nearest(longest, &longest, 1), "");
}

/* --- buffers --- */

static void a_buffer_grows_in_place_or_moves(void **state) {
  (void)state;
  Buf a = buf_new(&arena, 1 << 20);
  Buf b = buf_new(&arena, 1 << 20);
  for (int i = 0; i < 5000; i++) {
    buf_add_format(&a, "%d,", i);
    buf_add_byte(&b, (char)('a' + i % 26));
    if (i % 1000 == 0) arena_alloc(&arena, 1, 1);
  }
  Str text = buf_str(&a);
  for (int i = 0; i < 5000; i++) {
    Str head;
    assert_true(str_cut(text, ',', &head, &text));
    assert_int_equal(atol(str_to_c(&arena, head)), i);
    assert_int_equal(b.s[i], 'a' + i % 26);
  }
  assert_int_equal(text.len, 0);
}

static void past_the_maximum_nothing_is_added(void **state) {
  (void)state;
  Buf buf = buf_new(&arena, 10);
  buf_add_lit(&buf, "12345678");
  assert_false(buf.over);
  buf_add_lit(&buf, "abc");
  assert_true(buf.over);
  buf_add_lit(&buf, "9");
  assert_str(&arena, buf_str(&buf), "12345678");
  assert_null(buf_room(&buf, 1));
  Buf exact = buf_new(&arena, 3);
  buf_add_lit(&exact, "abc");
  assert_false(exact.over);
  buf_add(&exact, STR(""));
  assert_false(exact.over);
  Buf none = buf_new(&arena, 0);
  assert_str(&arena, buf_str(&none), "");
}

/* While it is written, formatted text needs one byte more, for the NUL that printf adds. */
static void formatting_up_to_the_maximum(void **state) {
  (void)state;
  Buf buf = buf_new(&arena, 5);
  buf_add_format(&buf, "%d", 1234);
  assert_str(&arena, buf_str(&buf), "1234");
  buf_add_format(&buf, "%d", 56);
  assert_true(buf.over);
  assert_str(&arena, buf_str(&buf), "1234");
}

static void markup_characters_become_references(void **state) {
  (void)state;
  Buf buf = buf_new(&arena, 1000);
  buf_add_escaped(&buf, STR("<a href=\"x\">'&amp;\xC3\xA9"));
  buf_add_escaped(&buf, STR(""));
  assert_str(&arena, buf_str(&buf), "&lt;a href=&#34;x&#34;&gt;&#39;&amp;amp;\xC3\xA9");
}

/* --- maps from text to numbers --- */

static void a_map_finds_what_was_placed(void **state) {
  (void)state;
  enum { KEYS = 3000 };
  Map map = map_new(&arena, 0);
  assert_int_equal(map_find(&map, STR("none")), STR_NONE);
  for (size_t i = 0; i < KEYS; i++) {
    bool added = false;
    *map_place(&map, str_format(&arena, "k%zu", i), &added) = i;
    assert_true(added);
  }
  for (size_t i = 0; i < KEYS; i++) {
    bool added = true;
    Str key = str_format(&arena, "k%zu", i);
    assert_int_equal(*map_place(&map, key, &added), i);
    assert_false(added);
    assert_int_equal(map_find(&map, key), i);
  }
  assert_int_equal(map.count, KEYS);
  assert_int_equal(map_find(&map, STR("k3000")), STR_NONE);
  assert_int_equal(map_find(&map, STR("")), STR_NONE);
  *map_place(&map, STR(""), NULL) = 5;
  assert_int_equal(map_find(&map, STR("")), 5);
}

/* --- UTF-8 --- */

static void only_valid_utf8_is_valid(void **state) {
  (void)state;
  static const struct {
    const char *bytes;
    size_t bad;
  } cases[] = {
      {"", STR_NONE},
      {"plain \xC3\xA9 \xE6\xBC\xA2 \xF0\x9D\x84\x9E \xF4\x8F\xBF\xBF \xEF\xBF\xBF", STR_NONE},
      {"a\x80", 1}, /* a continuation alone */
      {"a\xC3", 1}, /* cut short */
      {"\xE6\xBC", 0},
      {"\xF0\x9D\x84", 0},
      {"ab\xC0\xAF", 2}, /* overlong */
      {"\xC1\xBF", 0},
      {"\xE0\x9F\xBF", 0},
      {"\xF0\x8F\xBF\xBF", 0},
      {"\xED\xA0\x80", 0}, /* a surrogate */
      {"\xED\xBF\xBF", 0},
      {"\xF4\x90\x80\x80", 0}, /* past U+10FFFF */
      {"\xF5\x80\x80\x80", 0},
      {"\xFF", 0},
      {"\xC3(", 0},
      {"\xE6\xBC(", 0},
  };
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
    assert_int_equal(utf8_find_invalid(str_from_c(cases[i].bytes)), cases[i].bad);
}

static void every_code_point_goes_there_and_back(void **state) {
  (void)state;
  Buf buf = buf_new(&arena, 16);
  for (uint32_t c = 0; c <= 0x10FFFF; c = c == 0xD7FF ? 0xE000 : c + 1) {
    buf.len = 0;
    utf8_add(&buf, c);
    size_t at = 0;
    if (utf8_next(buf_str(&buf), &at) != c || at != buf.len) fail_msg("U+%04X", c);
  }
  size_t at = 0;
  assert_int_equal(utf8_next(STR("\xFFx"), &at), 0xFFFD);
  assert_int_equal(at, 1);
}

static void counting_is_by_code_point(void **state) {
  (void)state;
  Str text = STR("a\xC3\xA9\xE6\xBC\xA2\xF0\x9D\x84\x9Ez");
  assert_int_equal(utf8_count(text), 5);
  assert_int_equal(utf8_offset(text, 0), 0);
  assert_int_equal(utf8_offset(text, 3), 6);
  assert_int_equal(utf8_offset(text, 99), text.len);
}

static void widths_and_classes_are_unicodes(void **state) {
  (void)state;
  assert_int_equal(utf8_width('a'), 1);
  assert_int_equal(utf8_width(0x6F22), 2);
  assert_int_equal(utf8_width(0x301), 0);
  assert_int_equal(utf8_width(0x200B), 0);
  assert_true(utf8_is_letter(0x627) && utf8_is_letter(0xE9) && !utf8_is_letter('1') && !utf8_is_letter(0x301));
  assert_true(utf8_is_letter_or_digit(0x301) && utf8_is_letter_or_digit('7') && !utf8_is_letter_or_digit('-'));
  assert_true(utf8_is_digit(0x663) && !utf8_is_digit(0xB2));
  assert_true(utf8_is_space(' ') && utf8_is_space('\r') && !utf8_is_space(0x1F) && !utf8_is_space(0));
  assert_true(utf8_is_space(0xA0) && utf8_is_space(0x2028) && !utf8_is_space(0x200B));
  assert_true(utf8_is_upper(0xC9) && utf8_is_lower(0xE9) && !utf8_is_upper(0x6F22));
}

static void case_mapping_is_full(void **state) {
  (void)state;
  assert_str(&arena,
             utf8_upper(&arena, STR("stra\xC3\x9F"
                                    "e")),
             "STRASSE");
  assert_str(&arena, utf8_lower(&arena, STR("\xCE\x9F\xCE\x94\xCE\x9F\xCE\xA3")), "\xCE\xBF\xCE\xB4\xCE\xBF\xCF\x82");
  assert_str(&arena, utf8_upper(&arena, STR("\xCE\x90\xCE\x90\xCE\x90")),
             "\xCE\x99\xCC\x88\xCC\x81\xCE\x99\xCC\x88\xCC\x81\xCE\x99\xCC\x88\xCC\x81");
  assert_str(&arena, utf8_lower(&arena, STR("")), "");
}

static void slugs_keep_letters_of_any_script(void **state) {
  (void)state;
  static const char *const cases[][2] = {
      {"Side effects & help", "side-effects-help"},
      {"  --Caf\xC3\xA9 \xC3\x89t\xC3\xA9!  ", "caf\xC3\xA9-\xC3\xA9t\xC3\xA9"},
      {"Don\xE2\x80\x99t drive, it's late", "dont-drive-its-late"},
      {"\xD8\xB9\xD9\x84\xD8\xA7\xD8\xAC 38.0", "\xD8\xB9\xD9\x84\xD8\xA7\xD8\xAC-38-0"},
      {"???", ""},
      {"", ""},
  };
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
    assert_str(&arena, utf8_slug(&arena, str_from_c(cases[i][0])), cases[i][1]);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(a_scan_finds_the_first_byte_of_its_kind),
      cmocka_unit_test(scan_bits_are_in_order_of_the_bytes),
      cmocka_unit_test(allocations_are_aligned_and_apart),
      cmocka_unit_test(zeroed_memory_is_zero_after_a_rewind),
      cmocka_unit_test(an_arena_over_memory_uses_it),
      cmocka_unit_test(a_full_arena_ends_the_process),
      cmocka_unit_test(comparing_is_by_bytes),
      cmocka_unit_test(finding),
      cmocka_unit_test(slices_are_clamped),
      cmocka_unit_test(cutting),
      cmocka_unit_test(joining_and_formatting),
      cmocka_unit_test(the_nearest_name_is_one_that_was_meant),
      cmocka_unit_test(a_buffer_grows_in_place_or_moves),
      cmocka_unit_test(past_the_maximum_nothing_is_added),
      cmocka_unit_test(formatting_up_to_the_maximum),
      cmocka_unit_test(markup_characters_become_references),
      cmocka_unit_test(a_map_finds_what_was_placed),
      cmocka_unit_test(only_valid_utf8_is_valid),
      cmocka_unit_test(every_code_point_goes_there_and_back),
      cmocka_unit_test(counting_is_by_code_point),
      cmocka_unit_test(widths_and_classes_are_unicodes),
      cmocka_unit_test(case_mapping_is_full),
      cmocka_unit_test(slugs_keep_letters_of_any_script),
  };
  return cmocka_run_group_tests_name("base", tests, set_up, tear_down);
}
