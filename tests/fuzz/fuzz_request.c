/* Any bytes as a request: a path that stays in the site, a range inside the file, and no name that somebody else could
 * have. The input is lines: target, Host, Range, If-None-Match, a query. */
#include <stdlib.h>

#include "base/utf8.h"
#include "serve/request.h"

enum { INPUT_MOST = 1 << 14, FILE_SIZE = 1000 };

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void require(bool holds) {
  if (!holds) abort();
}

static void check_path(Str path) {
  require(str_starts(path, STR("/")) && utf8_find_invalid(path) == STR_NONE);
  Str rest = path;
  while (rest.len) {
    Str part;
    str_cut(rest, '/', &part, &rest);
    require(!str_equal(part, STR("..")) && !str_equal(part, STR(".")));
  }
  for (size_t i = 0; i < path.len; i++)
    require((unsigned char)path.s[i] >= 0x20 && path.s[i] != '\\' && path.s[i] != 0x7F);
}

static void check_range(Str header) {
  uint64_t first = 0;
  uint64_t count = 0;
  if (request_range(header, FILE_SIZE, &first, &count) != RANGE_PART) return;
  require(count > 0 && first < FILE_SIZE && count <= FILE_SIZE - first);
}

/* On loopback only localhost and addresses are ours: whatever is taken begins with a digit, `[`, or ends so. */
static void check_host(Str host) {
  RequestHosts hosts = {.loopback = true, .bound = STR("127.0.0.1")};
  if (!request_host_is_ours(&hosts, host)) return;
  Str name;
  Str port;
  str_cut(host, ':', &name, &port);
  if (str_ends(name, STR("."))) name.len--;
  bool local = name.len >= 9 && str_equal_nocase(str_skip(name, name.len - 9), STR("localhost"));
  require(local || str_starts(host, STR("127.")) || str_starts(host, STR("[::1]")));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  if (size > INPUT_MOST) return 0;
  Arena arena = arena_reserve(INPUT_MOST * 8);
  Str lines[5] = {0};
  Str rest = str_from(data, size);
  for (int i = 0; i < 5; i++) str_cut(rest, '\n', &lines[i], &rest);
  RequestTarget target;
  Str value;
  if (request_target(&arena, lines[0], &target)) check_path(target.path);
  check_host(lines[1]);
  check_range(lines[2]);
  request_has_tag(lines[3], STR("\"a\""));
  request_accepts(lines[3], STR("text/html"));
  if (request_query(&arena, lines[4], STR("paper"), &value)) require(utf8_find_invalid(value) == STR_NONE);
  arena_release(&arena);
  return 0;
}
