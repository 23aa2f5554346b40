#include "base/buf.h"

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
    if (buf->len) memcpy(moved, buf->s, buf->len);
    buf->s = moved;
  }
  buf->capacity = capacity;
}

char *buf_room(Buf *buf, size_t bytes) {
  if (buf->over || bytes > buf->max - buf->len) {
    buf->over = true;
    return NULL;
  }
  if (bytes > buf->capacity - buf->len) grow(buf, buf->len + bytes);
  return buf->s + buf->len;
}

void buf_add(Buf *buf, Str str) {
  if (str.len == 0) return;
  char *room = buf_room(buf, str.len);
  if (!room) return;
  memcpy(room, str.s, str.len);
  buf->len += str.len;
}

void buf_add_byte(Buf *buf, char byte) {
  char *room = buf_room(buf, 1);
  if (!room) return;
  *room = byte;
  buf->len++;
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

void buf_add_escaped(Buf *buf, Str str) {
  size_t from = 0;
  for (size_t i = 0; i < str.len; i++) {
    Str reference = reference_for(str.s[i]);
    if (!reference.s) continue;
    buf_add(buf, str_slice(str, from, i));
    buf_add(buf, reference);
    from = i + 1;
  }
  buf_add(buf, str_skip(str, from));
}

Str buf_str(const Buf *buf) {
  return (Str){buf->s ? buf->s : "", buf->len};
}
