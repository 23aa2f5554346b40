#define _GNU_SOURCE
#include "base/str.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <xxhash.h>

bool str_equal_nocase(Str a, Str b) {
  if (a.len != b.len) return false;
  for (size_t i = 0; i < a.len; i++)
    if (ascii_lower(a.s[i]) != ascii_lower(b.s[i])) return false;
  return true;
}

int str_compare(Str a, Str b) {
  size_t shared = a.len < b.len ? a.len : b.len;
  int order = shared ? memcmp(a.s, b.s, shared) : 0;
  if (order) return order;
  return (a.len > b.len) - (a.len < b.len);
}

uint64_t str_hash(Str str) {
  return XXH3_64bits(str.s, str.len);
}

size_t str_find(Str str, Str needle) {
  if (needle.len == 0) return 0;
  if (str.len == 0) return STR_NONE;
  /* Mostly the first byte is a rare one, and looking for that is ten times as quick. */
  enum { TRIES = 8 };
  size_t at = 0;
  for (int i = 0; i < TRIES && at + needle.len <= str.len; i++) {
    const char *first = memchr(str.s + at, needle.s[0], str.len - needle.len + 1 - at);
    if (!first) return STR_NONE;
    at = (size_t)(first - str.s);
    if (memcmp(first, needle.s, needle.len) == 0) return at;
    at++;
  }
  const char *found = memmem(str.s + at, str.len - at, needle.s, needle.len);
  return found ? (size_t)(found - str.s) : STR_NONE;
}

size_t str_find_byte(Str str, char byte) {
  const char *found = str.len ? memchr(str.s, byte, str.len) : NULL;
  return found ? (size_t)(found - str.s) : STR_NONE;
}

size_t str_find_last_byte(Str str, char byte) {
  const char *found = str.len ? memrchr(str.s, byte, str.len) : NULL;
  return found ? (size_t)(found - str.s) : STR_NONE;
}

Str str_trim(Str str) {
  size_t begin = 0;
  size_t end = str.len;
  while (begin < end && ascii_is_space(str.s[begin])) begin++;
  while (end > begin && ascii_is_space(str.s[end - 1])) end--;
  return str_slice(str, begin, end);
}

bool str_cut(Str str, char separator, Str *head, Str *tail) {
  size_t at = str_find_byte(str, separator);
  *head = str_slice(str, 0, at);
  *tail = at == STR_NONE ? (Str){"", 0} : str_skip(str, at + 1);
  return at != STR_NONE;
}

char *str_to_c(Arena *arena, Str str) {
  char *copy = arena_alloc(arena, str.len + 1, 1);
  if (str.len) memcpy(copy, str.s, str.len);
  copy[str.len] = '\0';
  return copy;
}

Str str_copy(Arena *arena, Str str) {
  return (Str){str_to_c(arena, str), str.len};
}

Str str_concat(Arena *arena, const Str *parts, size_t count) {
  size_t len = 0;
  for (size_t i = 0; i < count; i++) len += parts[i].len;
  char *joined = arena_alloc(arena, len + 1, 1);
  size_t at = 0;
  for (size_t i = 0; i < count; i++) {
    if (parts[i].len) memcpy(joined + at, parts[i].s, parts[i].len);
    at += parts[i].len;
  }
  joined[len] = '\0';
  return (Str){joined, len};
}

Str str_format(Arena *arena, const char *format, ...) {
  va_list args;
  va_start(args, format);
  int len = vsnprintf(NULL, 0, format, args);
  va_end(args);
  if (len < 0) return (Str){"", 0};
  char *text = arena_alloc(arena, (size_t)len + 1, 1);
  va_start(args, format);
  vsnprintf(text, (size_t)len + 1, format, args);
  va_end(args);
  return (Str){text, (size_t)len};
}

/* Optimal string alignment distance over bytes, or STR_NONE for more than `most`; names longer than the table are never
 * near. */
static size_t edit_distance(Str a, Str b, size_t most) {
  enum { MOST = 64 };
  if (a.len > MOST || b.len > MOST || a.len > b.len + most || b.len > a.len + most) return STR_NONE;
  unsigned char d[3][MOST + 1];
  unsigned char *before = d[0];
  unsigned char *previous = d[1];
  unsigned char *current = d[2];
  for (size_t j = 0; j <= b.len; j++) previous[j] = (unsigned char)j;
  for (size_t i = 1; i <= a.len; i++) {
    current[0] = (unsigned char)i;
    size_t least = i;
    for (size_t j = 1; j <= b.len; j++) {
      bool same = ascii_lower(a.s[i - 1]) == ascii_lower(b.s[j - 1]);
      unsigned best = previous[j - 1] + (same ? 0u : 1u);
      if (previous[j] + 1u < best) best = previous[j] + 1u;
      if (current[j - 1] + 1u < best) best = current[j - 1] + 1u;
      if (i > 1 && j > 1 && a.s[i - 1] == b.s[j - 2] && a.s[i - 2] == b.s[j - 1] && before[j - 2] + 1u < best)
        best = before[j - 2] + 1u;
      current[j] = (unsigned char)best;
      if (best < least) least = best;
    }
    if (least > most + 1) return STR_NONE; /* a later row may be one below, by two letters that changed places */
    unsigned char *reused = before;
    before = previous;
    previous = current;
    current = reused;
  }
  return previous[b.len];
}

Str str_nearest(Str name, const Str *names, size_t count) {
  size_t most = name.len / 3;
  if (most > 3) most = 3;
  if (most == 0) most = 1;
  Str nearest = {"", 0};
  size_t best = most + 1;
  for (size_t i = 0; i < count; i++) {
    size_t distance = edit_distance(name, names[i], best - 1);
    if (distance < best) {
      best = distance;
      nearest = names[i];
    }
  }
  return nearest;
}
