/* How many words a text has, for the time that it takes to read. */
#include "markdown/work.h"

#include "base/scan.h"

/* Is that what begins at *at, which moves past it, part of a word? don't, follow-up and 38.5 are one each. */
static bool is_word_part(Str text, size_t *at, bool inside) {
  char c = text.s[*at];
  if (c & 0x80) {
    uint32_t point = utf8_next(text, at);
    return utf8_is_letter_or_digit(point) || (inside && (point == 0x2019 || point == 0x200C || point == 0x200D));
  }
  ++*at;
  if (ascii_is_alpha(c) || ascii_is_digit(c)) return true;
  if (c == '.' || c == ',') return inside && *at < text.len && ascii_is_digit(text.s[*at]);
  return inside && (c == '\'' || c == '-' || c == '_');
}

/* Bytes of each kind, a bit a byte, the first byte lowest. */
typedef struct Kinds {
  uint64_t digits, letters, joiners, points;
} Kinds;

static inline void add_kinds(Kinds *kinds, ScanBytes c, size_t at) {
  ScanBytes digit = (ScanBytes)((c >= '0') & (c <= '9'));
  ScanBytes lower = c | 0x20;
  ScanBytes letter = (ScanBytes)((lower >= 'a') & (lower <= 'z'));
  kinds->digits |= (uint64_t)scan_bits(digit) << at;
  kinds->letters |= (uint64_t)scan_bits(letter) << at;
  kinds->joiners |= (uint64_t)scan_bits((ScanBytes)((c == '\'') | (c == '-') | (c == '_'))) << at;
  kinds->points |= (uint64_t)scan_bits((ScanBytes)((c == '.') | (c == ','))) << at;
}

/* The same for so many bytes of ASCII at once, a multiple of SCAN_BLOCK up to 64. `inside` is 1 when the byte before
 * them was part of a word. Gives the number of words that begin in them. */
static inline size_t count_in_blocks(Str text, size_t at, size_t bytes, uint64_t *inside) {
  Kinds kinds = {0};
  for (size_t i = 0; i < bytes; i += SCAN_BLOCK) add_kinds(&kinds, scan_load(text.s + at + i), i);
  uint64_t core = kinds.digits | kinds.letters;
  bool digit_next = at + bytes < text.len && ascii_is_digit(text.s[at + bytes]);
  uint64_t joiners = kinds.joiners | (kinds.points & (kinds.digits >> 1 | (uint64_t)digit_next << (bytes - 1)));
  /* A row of joiners belongs to the word that it follows: the addition carries through the row. */
  uint64_t follows = ((core << 1) | *inside) & joiners;
  uint64_t part = core | (joiners & ~(joiners + follows));
  uint64_t starts = core & ~(part << 1 | *inside);
  *inside = part >> (bytes - 1) & 1;
  return (size_t)__builtin_popcountll(starts);
}

/* How many of the next bytes can be counted at once: none, when one of them is not ASCII or there are too few. */
static inline size_t countable(Str text, size_t at) {
  if (at + SCAN_BLOCK > text.len) return 0;
  ScanBytes first = scan_load(text.s + at);
  if (at + 4 * SCAN_BLOCK <= text.len) {
    ScanBytes more = scan_load(text.s + at + SCAN_BLOCK) | scan_load(text.s + at + 2 * SCAN_BLOCK) |
                     scan_load(text.s + at + 3 * SCAN_BLOCK);
    if (!scan_is_any((first | more) & 0x80)) return 4 * SCAN_BLOCK;
  }
  return scan_is_any(first & 0x80) ? 0 : SCAN_BLOCK;
}

size_t words_count(Str text) {
  size_t words = 0;
  uint64_t inside = 0;
  for (size_t at = 0; at < text.len;) {
    size_t bytes = countable(text, at);
    if (bytes) {
      words += bytes == SCAN_BLOCK ? count_in_blocks(text, at, SCAN_BLOCK, &inside)
                                   : count_in_blocks(text, at, 4 * SCAN_BLOCK, &inside);
      at += bytes;
      continue;
    }
    bool part = is_word_part(text, &at, inside);
    words += part && !inside;
    inside = part;
  }
  return words;
}
