#include "base/buf.h"

#include "base/scan.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

Buf buf_new(Arena *arena, size_t max) {
  return (Buf){.arena = arena, .max = max};
}

static void grow(Buf *buf, size_t need) {
  size_t capacity = buf->capacity ? buf->capacity : 256;
  while (capacity < need) capacity *= 2;
  bool at_end = buf->s && buf->s + buf->capacity == buf->arena->at;
  if (at_end) {
    arena_alloc(buf->arena, capacity - buf->capacity, 1);
  } else {
    char *moved = arena_alloc(buf->arena, capacity, 1);
    if (buf->s) memcpy(moved, buf->s, buf->len);
    buf->s = moved;
  }
  buf->capacity = capacity;
}

char *buf_room_slow(Buf *buf, size_t bytes) {
  if (buf->over || bytes > buf->max - buf->len) {
    buf->over = true;
    return NULL;
  }
  if (bytes > buf->capacity - buf->len) grow(buf, buf->len + bytes);
  return buf->s + buf->len;
}

void buf_add_number(Buf *buf, uint64_t number) {
  char digits[20]; /* 2^64 has 20 */
  size_t begin = sizeof digits;
  do digits[--begin] = (char)('0' + number % 10);
  while (number /= 10);
  buf_add(buf, str_from(digits + begin, sizeof digits - begin));
}

void buf_add_format(Buf *buf, const char *format, ...) {
  va_list args;
  va_start(args, format);
  int len = vsnprintf(NULL, 0, format, args);
  va_end(args);
  if (len < 0) return;
  char *room = buf_room(buf, (size_t)len + 1);
  if (!room) return;
  va_start(args, format);
  vsnprintf(room, (size_t)len + 1, format, args);
  va_end(args);
  buf->len += (size_t)len;
}

static Str reference_for(char c) {
  switch (c) {
    case '&': return STR("&amp;");
    case '<': return STR("&lt;");
    case '>': return STR("&gt;");
    case '"': return STR("&#34;"); /* as Jinja2 (MarkupSafe) writes them */
    case '\'': return STR("&#39;");
    default: return (Str){0};
  }
}

SCAN_FUNCTION(find_special, (c == '&') | (c == '<') | (c == '>') | (c == '"') | (c == '\''))

void buf_add_escaped(Buf *buf, Str str) {
  for (size_t at = 0; at < str.len;) {
    size_t special = find_special(str, at);
    buf_add(buf, str_slice(str, at, special));
    if (special < str.len) buf_add(buf, reference_for(str.s[special]));
    at = special + 1;
  }
}

void buf_trim(Buf *buf) {
  if (!buf->s || buf->s + buf->capacity != buf->arena->at) return;
  buf->capacity = buf->len;
  buf->arena->at = buf->s + buf->len;
}

Str buf_str(const Buf *buf) {
  return (Str){buf->s ? buf->s : "", buf->len};
}
