#include "serve/request.h"

#include "base/utf8.h"

static int hex_digit(char c) {
  if (ascii_is_digit(c)) return c - '0';
  c = ascii_lower(c);
  return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* Decodes %XX, and `+` in a query. False: a `%` that begins nothing, a control character, bytes that are no UTF-8. */
static bool decode(Arena *arena, Str raw, bool query, Str *text) {
  char *bytes = arena_alloc(arena, raw.len + 1, 1);
  size_t len = 0;
  for (size_t i = 0; i < raw.len; i++) {
    char c = raw.s[i];
    if (c == '%') {
      int high = i + 2 < raw.len ? hex_digit(raw.s[i + 1]) : -1;
      int low = i + 2 < raw.len ? hex_digit(raw.s[i + 2]) : -1;
      if (high < 0 || low < 0) return false;
      c = (char)(high * 16 + low);
      i += 2;
    } else if (query && c == '+') {
      c = ' ';
    }
    if ((unsigned char)c < 0x20 || c == 0x7F) return false;
    bytes[len++] = c;
  }
  *text = str_from(bytes, len);
  return utf8_find_invalid(*text) == STR_NONE;
}

static bool is_clean(Str path) {
  if (!str_starts(path, STR("/")) || str_find_byte(path, '\\') != STR_NONE) return false;
  Str rest = str_skip(path, 1);
  while (rest.len) {
    Str part;
    str_cut(rest, '/', &part, &rest);
    if (str_equal(part, STR(".")) || str_equal(part, STR(".."))) return false;
  }
  return true;
}

bool request_target(Arena *arena, Str raw, RequestTarget *target) {
  *target = (RequestTarget){0};
  if (str_starts(raw, STR("http://"))) {
    Str rest = str_skip(raw, 7);
    size_t slash = str_find_byte(rest, '/');
    target->authority = str_slice(rest, 0, slash == STR_NONE ? rest.len : slash);
    if (!target->authority.len) return false;
    raw = slash == STR_NONE ? STR("/") : str_skip(rest, slash);
  }
  Str path;
  str_cut(raw, '?', &path, &target->query);
  return decode(arena, path, false, &target->path) && is_clean(target->path);
}

bool request_query(Arena *arena, Str query, Str name, Str *value) {
  while (query.len) {
    Str pair;
    Str key;
    Str raw;
    str_cut(query, '&', &pair, &query);
    str_cut(pair, '=', &key, &raw);
    if (str_equal(key, name)) return decode(arena, raw, true, value);
  }
  return false;
}

/* --- names of this server --- */

static bool are_digits(Str text, size_t most) {
  for (size_t i = 0; i < text.len; i++)
    if (!ascii_is_digit(text.s[i])) return false;
  return text.len <= most;
}

/* "[::1]:8080" -> "::1"; *numeric: it stood in brackets. False: what follows the name is no port. */
static bool split_port(Str host, Str *name, bool *numeric) {
  Str port = {"", 0};
  *numeric = str_starts(host, STR("["));
  if (*numeric) {
    size_t end = str_find_byte(host, ']');
    if (end == STR_NONE) return false;
    *name = str_slice(host, 1, end);
    Str rest = str_skip(host, end + 1);
    if (rest.len && rest.s[0] != ':') return false;
    port = str_skip(rest, 1);
  } else {
    str_cut(host, ':', name, &port);
  }
  return name->len && are_digits(port, 5);
}

static bool is_ipv4(Str name) {
  size_t parts = 0;
  while (name.len) {
    Str part;
    bool more = str_cut(name, '.', &part, &name);
    if (!part.len || !are_digits(part, 3) || (more && !name.len)) return false;
    parts++;
  }
  return parts == 4;
}

static bool is_ipv6(Str name) {
  for (size_t i = 0; i < name.len; i++)
    if (hex_digit(name.s[i]) < 0 && name.s[i] != ':' && name.s[i] != '.') return false;
  return str_find_byte(name, ':') != STR_NONE;
}

bool request_is_loopback(Str address) {
  return (is_ipv4(address) && str_starts(address, STR("127."))) || str_equal(address, STR("::1"));
}

bool request_host_is_ours(const RequestHosts *hosts, Str host) {
  Str name;
  bool bracketed;
  if (!split_port(host, &name, &bracketed)) return false;
  bool numeric = bracketed ? is_ipv6(name) : is_ipv4(name);
  if (bracketed && !numeric) return false;
  if (!numeric && str_ends(name, STR("."))) name.len--; /* the root of all names may be written out */
  if (str_equal_nocase(name, STR("localhost"))) return true;
  Str last = str_skip(name, name.len > 10 ? name.len - 10 : 0);
  if (str_equal_nocase(last, STR(".localhost")) && name.len > 10) return true;
  if (numeric && str_equal(name, hosts->bound)) return true;
  if (numeric && request_is_loopback(name)) return true;
  if (hosts->loopback) return false;
  return numeric || (hosts->machine.len && str_equal_nocase(name, hosts->machine));
}

/* --- headers --- */

/* False: no digits, or too many for any file. */
static bool read_size(Str text, uint64_t *size) {
  *size = 0;
  if (!text.len || !are_digits(text, 18)) return false;
  for (size_t i = 0; i < text.len; i++) *size = *size * 10 + (uint64_t)(text.s[i] - '0');
  return true;
}

/* "-100": the last bytes. */
static RangeKind last_bytes(Str digits, uint64_t size, uint64_t *first, uint64_t *count) {
  uint64_t asked;
  if (!read_size(digits, &asked)) return RANGE_NONE;
  if (asked == 0 || size == 0) return RANGE_OUTSIDE;
  *count = asked < size ? asked : size;
  *first = size - *count;
  return RANGE_PART;
}

RangeKind request_range(Str header, uint64_t size, uint64_t *first, uint64_t *count) {
  Str range = str_trim(str_skip(header, 6));
  Str begin;
  Str end;
  uint64_t from;
  uint64_t last = UINT64_MAX;
  if (!str_starts(header, STR("bytes=")) || !str_cut(range, '-', &begin, &end)) return RANGE_NONE;
  if (!begin.len) return last_bytes(end, size, first, count);
  if (!read_size(begin, &from) || (end.len && !read_size(end, &last)) || last < from) return RANGE_NONE;
  if (from >= size) return RANGE_OUTSIDE;
  *first = from;
  *count = (last < size ? last + 1 : size) - from;
  return RANGE_PART;
}

bool request_has_tag(Str header, Str tag) {
  if (str_equal(str_trim(header), STR("*"))) return true;
  while (header.len) {
    Str one;
    str_cut(header, ',', &one, &header);
    one = str_trim(one);
    if (str_starts(one, STR("W/"))) one = str_skip(one, 2); /* weak comparison: RFC 9110, section 13.1.2 */
    if (str_equal(one, tag)) return true;
  }
  return false;
}

bool request_accepts(Str header, Str type) {
  while (header.len) {
    Str one;
    Str name;
    Str rest;
    str_cut(header, ',', &one, &header);
    str_cut(one, ';', &name, &rest);
    if (str_equal_nocase(str_trim(name), type)) return true;
  }
  return false;
}
