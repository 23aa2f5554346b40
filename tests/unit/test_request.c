/* What the preview server reads of a request: paths, names of hosts, ranges, tags. */
#include "report.h"
#include "serve/request.h"

enum { ARENA_BYTES = 1 << 20 };

static Arena arena;

static const char *path_of(const char *raw) {
  RequestTarget target;
  if (!request_target(&arena, str_from_c(raw), &target)) return "refused";
  return str_to_c(&arena, target.path);
}

static void test_paths(void **state) {
  (void)state;
  assert_string_equal(path_of("/"), "/");
  assert_string_equal(path_of("/a/b.md?x=/../"), "/a/b.md");
  assert_string_equal(path_of("/a%20b/%C3%A9"), "/a b/\xC3\xA9");
  assert_string_equal(path_of("/a..b/...c/..d"), "/a..b/...c/..d");
  assert_string_equal(path_of("http://localhost:8080/a"), "/a");
  assert_string_equal(path_of("http://localhost"), "/");
  static const char *const refused[] = {"",          "a",
                                        "*",         "/..",
                                        "/a/../b",   "/%2e%2e/",
                                        "/.%2E",     "/./a",
                                        "/a/.",      "/a\\b",
                                        "/%5c..",    "/%00a",
                                        "/%0d%0aX",  "/%",
                                        "/%4",       "/%4g",
                                        "/a\x7f",    "/%ff",
                                        "/\xff",     "/%c0%ae%c0%ae/",
                                        "http:///a", "https://localhost/a"};
  for (size_t i = 0; i < sizeof refused / sizeof *refused; i++) assert_string_equal(path_of(refused[i]), "refused");
}

static void test_target_parts(void **state) {
  (void)state;
  RequestTarget target;
  assert_true(request_target(&arena, STR("http://evil.example:80/a?b=c?d"), &target));
  assert_str(&arena, target.authority, "evil.example:80");
  assert_str(&arena, target.query, "b=c?d");
}

static void test_queries(void **state) {
  (void)state;
  Str value;
  Str query = STR("paper=a4&large=1&x=%41+b&bad=%zz&nul=%00");
  assert_true(request_query(&arena, query, STR("paper"), &value));
  assert_str(&arena, value, "a4");
  assert_true(request_query(&arena, query, STR("x"), &value));
  assert_str(&arena, value, "A b");
  assert_false(request_query(&arena, query, STR("pap"), &value));
  assert_false(request_query(&arena, query, STR("bad"), &value));
  assert_false(request_query(&arena, query, STR("nul"), &value));
  assert_false(request_query(&arena, STR(""), STR(""), &value));
}

static void test_hosts_on_loopback(void **state) {
  (void)state;
  RequestHosts hosts = {.loopback = true, .bound = STR("127.0.0.1"), .machine = STR("ward-pc")};
  static const char *const ours[] = {"localhost", "localhost:8080", "LocalHost", "localhost.", "127.0.0.1:1",
                                     "127.1.2.3", "[::1]",          "[::1]:80",  "localhost:", "a.localhost"};
  static const char *const others[] = {"",
                                       "evil.example",
                                       "localhost.evil.example",
                                       "evillocalhost",
                                       ".localhost",
                                       "192.0.2.1",
                                       "0.0.0.0",
                                       "ward-pc",
                                       "[::2]",
                                       "[::1",
                                       "[::1]x",
                                       "[]",
                                       "localhost:a",
                                       "localhost:123456",
                                       "127.0.0",
                                       "127.0.0.1.",
                                       "127.0.0.1.evil.example",
                                       "127.0.0.1x",
                                       "::1",
                                       "[127.0.0.1]",
                                       "a@localhost"};
  for (size_t i = 0; i < sizeof ours / sizeof *ours; i++)
    if (!request_host_is_ours(&hosts, str_from_c(ours[i]))) fail_msg("refused: %s", ours[i]);
  for (size_t i = 0; i < sizeof others / sizeof *others; i++)
    if (request_host_is_ours(&hosts, str_from_c(others[i]))) fail_msg("taken: %s", others[i]);
}

static void test_hosts_on_the_network(void **state) {
  (void)state;
  RequestHosts hosts = {.bound = STR("0.0.0.0"), .machine = STR("ward-pc")};
  assert_true(request_host_is_ours(&hosts, STR("192.0.2.1:8080")));
  assert_true(request_host_is_ours(&hosts, STR("[2001:db8::1]:8080")));
  assert_true(request_host_is_ours(&hosts, STR("Ward-PC:8080")));
  assert_true(request_host_is_ours(&hosts, STR("localhost")));
  assert_false(request_host_is_ours(&hosts, STR("evil.example")));
  assert_false(request_host_is_ours(&hosts, STR("1.2.3.4.5")));
}

static void check_range(const char *header, RangeKind kind, uint64_t first, uint64_t count) {
  uint64_t got_first = 77;
  uint64_t got_count = 88;
  RangeKind got = request_range(str_from_c(header), 100, &got_first, &got_count);
  if (got != kind) fail_msg("%s: %d", header, got);
  assert_int_equal(got_first, kind == RANGE_PART ? first : 77);
  assert_int_equal(got_count, kind == RANGE_PART ? count : 88);
}

static void test_ranges(void **state) {
  (void)state;
  check_range("bytes=0-0", RANGE_PART, 0, 1);
  check_range("bytes=10-19", RANGE_PART, 10, 10);
  check_range("bytes=90-", RANGE_PART, 90, 10);
  check_range("bytes=90-1000", RANGE_PART, 90, 10);
  check_range("bytes=-10", RANGE_PART, 90, 10);
  check_range("bytes=-1000", RANGE_PART, 0, 100);
  check_range("bytes=100-", RANGE_OUTSIDE, 0, 0);
  check_range("bytes=-0", RANGE_OUTSIDE, 0, 0);
  static const char *const none[] = {"",
                                     "bytes",
                                     "bytes=",
                                     "bytes=-",
                                     "bytes=5",
                                     "bytes=9-2",
                                     "bytes=a-9",
                                     "bytes=1-b",
                                     "lines=1-2",
                                     "bytes=--5",
                                     "bytes=0-1,5-6",
                                     "Bytes=0-1",
                                     "bytes=18446744073709551616-",
                                     "bytes=-99999999999999999999"};
  for (size_t i = 0; i < sizeof none / sizeof *none; i++) check_range(none[i], RANGE_NONE, 0, 0);
  uint64_t first;
  uint64_t count;
  assert_int_equal(request_range(STR("bytes=0-"), 0, &first, &count), RANGE_OUTSIDE);
  assert_int_equal(request_range(STR("bytes=-1"), 0, &first, &count), RANGE_OUTSIDE);
}

static void test_tags(void **state) {
  (void)state;
  assert_true(request_has_tag(STR("\"a\""), STR("\"a\"")));
  assert_true(request_has_tag(STR("\"b\", W/\"a\""), STR("\"a\"")));
  assert_true(request_has_tag(STR(" * "), STR("\"a\"")));
  assert_false(request_has_tag(STR(""), STR("\"a\"")));
  assert_false(request_has_tag(STR("\"ab\""), STR("\"a\"")));
}

static void test_accept(void **state) {
  (void)state;
  assert_true(request_accepts(STR("application/xhtml+xml, text/html;q=0.9"), STR("text/html")));
  assert_true(request_accepts(STR("Text/HTML"), STR("text/html")));
  assert_false(request_accepts(STR("*/*"), STR("text/html")));
  assert_false(request_accepts(STR(""), STR("text/html")));
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_paths),   cmocka_unit_test(test_target_parts),
      cmocka_unit_test(test_queries), cmocka_unit_test(test_hosts_on_loopback),
      cmocka_unit_test(test_ranges),  cmocka_unit_test(test_hosts_on_the_network),
      cmocka_unit_test(test_tags),    cmocka_unit_test(test_accept),
  };
  arena = arena_reserve(ARENA_BYTES);
  return cmocka_run_group_tests(tests, NULL, NULL);
}
