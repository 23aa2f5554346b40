#include "base/utf8.h"

#include <unicode/ucasemap.h>
#include <unicode/uchar.h>

/* Length of the valid sequence at str.s[at], or 0. */
static size_t sequence_length(Str str, size_t at) {
  const unsigned char *s = (const unsigned char *)str.s + at;
  size_t left = str.len - at;
  if (s[0] < 0x80) return 1;
  if (s[0] < 0xC2 || s[0] > 0xF4) return 0;
  size_t need = s[0] < 0xE0 ? 2 : s[0] < 0xF0 ? 3 : 4;
  if (left < need) return 0;
  for (size_t i = 1; i < need; i++)
    if ((s[i] & 0xC0) != 0x80) return 0;
  if (s[0] == 0xE0 && s[1] < 0xA0) return 0; /* overlong */
  if (s[0] == 0xED && s[1] > 0x9F) return 0; /* surrogate */
  if (s[0] == 0xF0 && s[1] < 0x90) return 0; /* overlong */
  if (s[0] == 0xF4 && s[1] > 0x8F) return 0; /* past U+10FFFF */
  return need;
}

/* How many of the bytes from `at` are certainly ASCII: most text is, and eight bytes are looked at as one. */
static size_t ascii_run(Str str, size_t at) {
  size_t begin = at;
  for (; at + 8 <= str.len; at += 8) {
    uint64_t eight;
    memcpy(&eight, str.s + at, 8);
    if (eight & 0x8080808080808080u) break;
  }
  return at - begin;
}

size_t utf8_find_invalid(Str str) {
  for (size_t at = 0; at < str.len;) {
    at += ascii_run(str, at);
    if (at == str.len) break;
    size_t len = sequence_length(str, at);
    if (len == 0) return at;
    at += len;
  }
  return STR_NONE;
}

uint32_t utf8_next_long(Str str, size_t *at) {
  size_t len = sequence_length(str, *at);
  const unsigned char *s = (const unsigned char *)str.s + *at;
  *at += len ? len : 1;
  switch (len) {
    case 2: return (uint32_t)(s[0] & 0x1F) << 6 | (s[1] & 0x3F);
    case 3: return (uint32_t)(s[0] & 0x0F) << 12 | (uint32_t)(s[1] & 0x3F) << 6 | (s[2] & 0x3F);
    case 4:
      return (uint32_t)(s[0] & 0x07) << 18 | (uint32_t)(s[1] & 0x3F) << 12 | (uint32_t)(s[2] & 0x3F) << 6 |
             (s[3] & 0x3F);
    default: return 0xFFFD;
  }
}

void utf8_add(Buf *buf, uint32_t c) {
  char bytes[4];
  size_t len = 0;
  if (c < 0x80) {
    bytes[len++] = (char)c;
  } else if (c < 0x800) {
    bytes[len++] = (char)(0xC0 | c >> 6);
    bytes[len++] = (char)(0x80 | (c & 0x3F));
  } else if (c < 0x10000) {
    bytes[len++] = (char)(0xE0 | c >> 12);
    bytes[len++] = (char)(0x80 | (c >> 6 & 0x3F));
    bytes[len++] = (char)(0x80 | (c & 0x3F));
  } else {
    bytes[len++] = (char)(0xF0 | c >> 18);
    bytes[len++] = (char)(0x80 | (c >> 12 & 0x3F));
    bytes[len++] = (char)(0x80 | (c >> 6 & 0x3F));
    bytes[len++] = (char)(0x80 | (c & 0x3F));
  }
  buf_add(buf, str_from(bytes, len));
}

size_t utf8_count(Str str) {
  size_t count = 0;
  for (size_t at = 0; at < str.len; count++) utf8_next(str, &at);
  return count;
}

size_t utf8_offset(Str str, size_t code_points) {
  size_t at = 0;
  while (code_points-- > 0 && at < str.len) utf8_next(str, &at);
  return at;
}

int utf8_width(uint32_t c) {
  int8_t type = u_charType((UChar32)c);
  if (type == U_NON_SPACING_MARK || type == U_ENCLOSING_MARK || type == U_FORMAT_CHAR) return 0;
  int width = u_getIntPropertyValue((UChar32)c, UCHAR_EAST_ASIAN_WIDTH);
  return width == U_EA_WIDE || width == U_EA_FULLWIDTH ? 2 : 1;
}

bool utf8_is_letter_or_digit(uint32_t c) {
  return (U_MASK(u_charType((UChar32)c)) & (U_GC_L_MASK | U_GC_M_MASK | U_GC_N_MASK)) != 0;
}

bool utf8_is_letter(uint32_t c) {
  return (U_MASK(u_charType((UChar32)c)) & U_GC_L_MASK) != 0;
}

bool utf8_is_digit(uint32_t c) {
  return u_isdigit((UChar32)c);
}

int utf8_digit_value(uint32_t c) {
  return u_charDigitValue((UChar32)c);
}

bool utf8_is_long_space(uint32_t c) {
  return u_isUWhiteSpace((UChar32)c);
}

bool utf8_is_upper(uint32_t c) {
  return u_isUUppercase((UChar32)c);
}

bool utf8_is_lower(uint32_t c) {
  return u_isULowercase((UChar32)c);
}

uint32_t utf8_fold(uint32_t c, bool turkic) {
  return (uint32_t)u_foldCase((UChar32)c, turkic ? U_FOLD_CASE_EXCLUDE_SPECIAL_I : U_FOLD_CASE_DEFAULT);
}

Str utf8_mend(Arena *arena, Str str) {
  if (utf8_find_invalid(str) == STR_NONE) return str;
  Buf mended = buf_new(arena, str.len * 3);
  for (size_t at = 0; at < str.len;) utf8_add(&mended, utf8_next(str, &at));
  return buf_str(&mended);
}

typedef int32_t CaseMapper(const UCaseMap *, char *, int32_t, const char *, int32_t, UErrorCode *);

static Str map_case(Arena *arena, Str str, CaseMapper *mapper) {
  UErrorCode error = U_ZERO_ERROR;
  UCaseMap *map = ucasemap_open("", 0, &error);
  if (U_FAILURE(error)) return str;
  /* U+0390 and its like grow most: 2 bytes to 6 (Unicode's SpecialCasing.txt). */
  int32_t capacity = (int32_t)str.len * 3 + 1;
  char *mapped = arena_alloc(arena, (size_t)capacity, 1);
  int32_t len = mapper(map, mapped, capacity, str.s, (int32_t)str.len, &error);
  ucasemap_close(map);
  return U_FAILURE(error) ? str : str_from(mapped, (size_t)len);
}

Str utf8_lower(Arena *arena, Str str) {
  return map_case(arena, str, ucasemap_utf8ToLower);
}

Str utf8_upper(Arena *arena, Str str) {
  return map_case(arena, str, ucasemap_utf8ToUpper);
}

/* The byte as it stands in a slug when it is an ASCII letter or digit, else 0. */
static char slug_byte(char c) {
  c = ascii_lower(c);
  return (c >= 'a' && c <= 'z') || ascii_is_digit(c) ? c : 0;
}

Str utf8_slug(Arena *arena, Str str) {
  Buf slug = buf_new(arena, str.len * 3 + 1);
  bool gap = false;
  for (size_t at = 0; at < str.len;) {
    bool ascii = !(str.s[at] & 0x80);
    uint32_t c = ascii ? (unsigned char)str.s[at++] : utf8_next(str, &at);
    if (c == 0x2019 || c == '\'') continue; /* "don't" is one word */
    char plain = ascii ? slug_byte((char)c) : 0;
    if (ascii ? !plain : !utf8_is_letter_or_digit(c)) {
      gap = true;
      continue;
    }
    if (gap && slug.len) buf_add_byte(&slug, '-');
    gap = false;
    if (ascii)
      buf_add_byte(&slug, plain);
    else
      utf8_add(&slug, (uint32_t)u_tolower((UChar32)c));
  }
  buf_trim(&slug);
  return buf_str(&slug);
}
