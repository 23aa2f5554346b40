/* Scan: the next byte of a kind in a text, sixteen bytes at a time.
 *
 * Most text that is escaped, checked or counted holds nothing of interest for a long way; stepping over it a byte at a
 * time is what that costs. SCAN_FUNCTION writes such a step as a function from the condition alone, in GCC's vector
 * arithmetic (gcc and clang, any machine), so that the loop over blocks and the one over the rest cannot differ.
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

static inline bool scan_is_any(ScanBytes found) {
  return scan_bits(found) != 0;
}

/* static size_t name(Str text, size_t at): the first place from `at` on where `matches` holds, or text.len. `matches`
 * is made of comparisons of `c` with constants, joined by | and & (not || and &&). */
#define SCAN_FUNCTION(name, matches)                                                                                   \
  static inline size_t name(Str text, size_t at) {                                                                     \
    for (; at + SCAN_BLOCK <= text.len; at += SCAN_BLOCK) {                                                            \
      ScanBytes c = scan_load(text.s + at);                                                                            \
      ScanBytes found = (ScanBytes)(matches);                                                                          \
      if (scan_is_any(found)) return at + (size_t)__builtin_ctz(scan_bits(found));                                     \
    }                                                                                                                  \
    for (; at < text.len; at++) {                                                                                      \
      unsigned char c = (unsigned char)text.s[at];                                                                     \
      if (matches) break;                                                                                              \
    }                                                                                                                  \
    return at;                                                                                                         \
  }

#endif
