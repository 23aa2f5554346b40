/* Scan: the next byte of a kind in a text, sixteen bytes at a time.
 *
 * Most text that is escaped, checked or counted holds nothing of interest for a long way; stepping over it a byte at a
 * time is what that costs. SCAN_FUNCTION writes such a step as a function from the condition alone, in GCC's vector
 * arithmetic (gcc and clang, any machine), so that what is done with blocks and with the rest cannot differ.
 *
 * Units: offsets are bytes. Never reads outside the text. Failure: none. */
#ifndef PAMPHLET_BASE_SCAN_H
#define PAMPHLET_BASE_SCAN_H

#include "base/str.h"

#ifdef __SSE2__
#include <emmintrin.h>
#endif

enum { SCAN_BLOCK = 16 };
typedef uint8_t ScanBytes __attribute__((vector_size(SCAN_BLOCK)));

static inline ScanBytes scan_load(const char *bytes) {
  ScanBytes block;
  memcpy(&block, bytes, sizeof block);
  return block;
}

#ifndef __SSE2__
/* The top bit of each of eight bytes, as the low eight bits. */
static inline unsigned scan_top_bits(uint64_t eight) {
  return (unsigned)(((eight & 0x8080808080808080u) >> 7) * 0x0102040810204080u >> 56);
}
#endif

/* A bit for each byte that is not zero (all of its bits set, as comparisons leave it), the first byte lowest. */
static inline unsigned scan_bits(ScanBytes found) {
#ifdef __SSE2__
  return (unsigned)_mm_movemask_epi8((__m128i)found);
#else
  uint64_t half[2];
  memcpy(half, &found, sizeof half);
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
  half[0] = __builtin_bswap64(half[0]);
  half[1] = __builtin_bswap64(half[1]);
#endif
  return scan_top_bits(half[0]) | scan_top_bits(half[1]) << 8;
#endif
}

/* Fewer than SCAN_BLOCK bytes, with zeros after them. */
static inline ScanBytes scan_load_rest(const char *bytes, size_t count) {
#if __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
  /* Words from both ends, which may overlap: a copy of a length that is only known then would be a call. */
  uint64_t half[2] = {0};
  if (count >= 8) {
    memcpy(&half[0], bytes, 8);
    memcpy(&half[1], bytes + count - 8, 8);
    half[1] = count == 8 ? 0 : half[1] >> (8 * (SCAN_BLOCK - count));
  } else if (count >= 4) {
    uint32_t first;
    uint32_t last;
    memcpy(&first, bytes, 4);
    memcpy(&last, bytes + count - 4, 4);
    half[0] = first | (uint64_t)last << (8 * (count - 4));
  } else {
    for (size_t i = 0; i < count; i++) half[0] |= (uint64_t)(unsigned char)bytes[i] << (8 * i);
  }
  ScanBytes block;
  memcpy(&block, half, sizeof block);
  return block;
#else
  char padded[SCAN_BLOCK] = {0};
  memcpy(padded, bytes, count);
  return scan_load(padded);
#endif
}

static inline bool scan_is_any(ScanBytes found) {
  return scan_bits(found) != 0;
}

/* static size_t name(Str text, size_t at): the first place from `at` on where `matches` holds, or text.len. `matches`
 * is made of comparisons of the vector `c` with constants, joined by | and & (not || and &&). */
#define SCAN_FUNCTION(name, matches)                                                                                   \
  static inline size_t name(Str text, size_t at) {                                                                     \
    for (; at + SCAN_BLOCK <= text.len; at += SCAN_BLOCK) {                                                            \
      ScanBytes c = scan_load(text.s + at);                                                                            \
      ScanBytes found = (ScanBytes)(matches);                                                                          \
      if (scan_is_any(found)) return at + (size_t)__builtin_ctz(scan_bits(found));                                     \
    }                                                                                                                  \
    if (at >= text.len) return text.len;                                                                               \
    ScanBytes c = scan_load_rest(text.s + at, text.len - at);                                                          \
    unsigned bits = scan_bits((ScanBytes)(matches)) & ((1u << (text.len - at)) - 1);                                   \
    return bits ? at + (size_t)__builtin_ctz(bits) : text.len;                                                         \
  }

#endif
