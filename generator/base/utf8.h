/* UTF-8 by the code point, and what Unicode says about one (by ICU).
 *
 * Offsets are bytes, 0-based. Source: RFC 3629 (no surrogates, no overlong forms, at most U+10FFFF). */
#ifndef PAMPHLET_BASE_UTF8_H
#define PAMPHLET_BASE_UTF8_H

#include "base/buf.h"

/* Offset of the first byte that is not valid UTF-8, or STR_NONE. */
size_t utf8_find_invalid(Str str);

/* The text itself, or a copy with U+FFFD for each byte that is not valid. */
Str utf8_mend(Arena *arena, Str str);

uint32_t utf8_next_long(Str str, size_t *at); /* of several bytes: for utf8_next() */
/* The code point at *at, which moves past it. Invalid bytes give U+FFFD and move by one. *at must be < str.len. */
static inline uint32_t utf8_next(Str str, size_t *at) {
  unsigned char c = (unsigned char)str.s[*at];
  if (c >= 0x80) return utf8_next_long(str, at);
  ++*at;
  return c;
}
void utf8_add(Buf *buf, uint32_t code_point);

size_t utf8_count(Str str);                          /* code points */
size_t utf8_offset(Str str, size_t code_points);     /* byte offset of that code point, at most str.len */
int utf8_width(uint32_t code_point);                 /* terminal columns: 0, 1 or 2 */

bool utf8_is_letter_or_digit(uint32_t code_point);   /* letters, marks and numbers of any script */
bool utf8_is_letter(uint32_t code_point);
bool utf8_is_digit(uint32_t code_point);             /* decimal digits of any script */
int utf8_digit_value(uint32_t code_point);           /* 0 to 9 of any script's decimal digit, else -1 */
bool utf8_is_long_space(uint32_t code_point);        /* from U+0080 on: for utf8_is_space() */
static inline bool utf8_is_space(uint32_t code_point) {
  return code_point < 0x80 ? ascii_is_space((char)code_point) : utf8_is_long_space(code_point);
}
bool utf8_is_upper(uint32_t code_point);
bool utf8_is_lower(uint32_t code_point);

uint32_t utf8_fold(uint32_t code_point, bool turkic); /* simple case folding; turkic: I and ı, İ and i */

/* Full, locale-independent case mapping, into `arena`. */
Str utf8_lower(Arena *arena, Str str);
Str utf8_upper(Arena *arena, Str str);

/* Text as the end of a URL: lower case, letters, marks and digits of any script kept, everything else one hyphen, none at the ends. */
Str utf8_slug(Arena *arena, Str str);

#endif
