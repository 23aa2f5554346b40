/* Buf: text that grows at its end, in an arena.
 *
 * Bytes. While nothing else is allocated from the arena in between, growing is in place; otherwise it copies, and the
 * old bytes stay with the arena. A Buf is not usable before buf_new(). Failure: adding past `max` adds nothing, sets
 * `over`, and stays so; who made the Buf looks at `over` once, at the end. */
#ifndef PAMPHLET_BASE_BUF_H
#define PAMPHLET_BASE_BUF_H

#include "base/str.h"

typedef struct Buf {
  Arena *arena;
  char *s;
  size_t len;
  size_t capacity;
  size_t max;
  bool over;
} Buf;

Buf buf_new(Arena *arena, size_t max);
void buf_add_number(Buf *buf, uint64_t number); /* in decimal digits */
void buf_add_format(Buf *buf, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* Adds the text with & < > " ' as character references: right in HTML text and in quoted attributes. */
void buf_add_escaped(Buf *buf, Str str);
char *buf_room_slow(Buf *buf, size_t bytes); /* when it has to grow, or is over */
/* Room for `bytes` more at s + len, or NULL when that would pass `max`. The caller advances `len`. */
static inline char *buf_room(Buf *buf, size_t bytes) {
  bool fits = bytes <= buf->capacity - buf->len && bytes <= buf->max - buf->len && !buf->over;
  return __builtin_expect(fits, 1) ? buf->s + buf->len : buf_room_slow(buf, bytes);
}

static inline void buf_add(Buf *buf, Str str) {
  if (str.len == 0) return;
  char *room = buf_room(buf, str.len);
  if (!room) return;
  memcpy(room, str.s, str.len);
  buf->len += str.len;
}

static inline void buf_add_byte(Buf *buf, char byte) {
  char *room = buf_room(buf, 1);
  if (!room) return;
  *room = byte;
  buf->len++;
}
#define buf_add_lit(buf, literal) buf_add((buf), STR(literal))

/* The arena gets back the room that was not used, when nothing came after it. Nothing is added afterwards. */
void buf_trim(Buf *buf);
/* What was added so far; valid until the next addition. */
Str buf_str(const Buf *buf);

#endif
