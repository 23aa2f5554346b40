/* Str: text as pointer and length, by value.
 *
 * Bytes, normally valid UTF-8, not NUL-terminated, never owned: who hands a Str out says how long its bytes live.
 * All offsets and lengths are bytes. Nothing here fails; functions that allocate take an arena and follow its rule. */
#ifndef PAMPHLET_BASE_STR_H
#define PAMPHLET_BASE_STR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "base/arena.h"

typedef struct Str {
  const char *s;
  size_t len;
} Str;

#define STR(literal) ((Str){"" literal, sizeof(literal) - 1})
#define STR_NONE ((size_t)-1)
/* For printf's "%.*s". */
#define STR_ARG(str) (int)(str).len, (str).s

static inline Str str_from_c(const char *c) { /* NULL gives the empty Str */
  return c ? (Str){c, strlen(c)} : (Str){"", 0};
}
static inline Str str_from(const void *bytes, size_t len) {
  return (Str){bytes, len};
}

/* Inline, since looking names up is what rendering does most; most unequal names differ in length or first byte. */
static inline bool str_equal(Str a, Str b) {
  return a.len == b.len && (a.len == 0 || (a.s[0] == b.s[0] && memcmp(a.s, b.s, a.len) == 0));
}
bool str_equal_nocase(Str a, Str b); /* ASCII letters only */
int str_compare(Str a, Str b);       /* by bytes, as memcmp, shorter first */
uint64_t str_hash(Str str);

/* First or last place of `needle`, or STR_NONE. */
size_t str_find(Str str, Str needle);
size_t str_find_byte(Str str, char byte);
size_t str_find_last_byte(Str str, char byte);

static inline Str str_slice(Str str, size_t begin, size_t end) { /* both clamped */
  if (end > str.len) end = str.len;
  if (begin > end) begin = end;
  return (Str){str.s + begin, end - begin};
}
static inline Str str_skip(Str str, size_t bytes) { /* from there to the end, clamped */
  return str_slice(str, bytes, str.len);
}

static inline bool str_starts(Str str, Str prefix) {
  return str.len >= prefix.len && str_equal((Str){str.s, prefix.len}, prefix);
}
static inline bool str_ends(Str str, Str suffix) {
  return str.len >= suffix.len && str_equal(str_skip(str, str.len - suffix.len), suffix);
}
Str str_trim(Str str); /* ASCII white space at both ends */

/* Cuts at the first `separator`: *head before it, *tail after it. Without one, all is head, tail is empty, false. */
bool str_cut(Str str, char separator, Str *head, Str *tail);

Str str_copy(Arena *arena, Str str);
char *str_to_c(Arena *arena, Str str); /* NUL-terminated copy */
Str str_concat(Arena *arena, const Str *parts, size_t count);
Str str_format(Arena *arena, const char *format, ...) __attribute__((format(printf, 2, 3)));
#define STR_CONCAT(arena, ...)                                                                                         \
  str_concat((arena), (const Str[]){__VA_ARGS__}, sizeof((const Str[]){__VA_ARGS__}) / sizeof(Str))

/* The entry of `names` that `name` was probably meant to be (edit distance with transpositions, at most a third of
 * its length and at most 3), or the empty Str. Ties go to the earlier entry. */
Str str_nearest(Str name, const Str *names, size_t count);

static inline bool ascii_is_space(char c) {
  return c == ' ' || (c >= '\t' && c <= '\r');
}
static inline bool ascii_is_digit(char c) {
  return c >= '0' && c <= '9';
}
static inline bool ascii_is_alpha(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}
static inline char ascii_lower(char c) {
  return c >= 'A' && c <= 'Z' ? (char)(c + ('a' - 'A')) : c;
}

#endif
