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

/* The same for sixteen bytes of ASCII at once, a bit a byte. `inside` is 1 when the byte before them was part of a
 * word. Gives the number of words that begin in them. */
static unsigned count_in_block(ScanBytes c, char next, unsigned *inside) {
  ScanBytes digit = (ScanBytes)((c >= '0') & (c <= '9'));
  ScanBytes lower = c | 0x20;
  ScanBytes letter = (ScanBytes)((lower >= 'a') & (lower <= 'z'));
  unsigned digits = scan_bits(digit);
  unsigned core = digits | scan_bits(letter);
  unsigned joiners = scan_bits((ScanBytes)((c == '\'') | (c == '-') | (c == '_')));
  unsigned points = scan_bits((ScanBytes)((c == '.') | (c == ',')));
  joiners |= points & (digits >> 1 | (unsigned)ascii_is_digit(next) << (SCAN_BLOCK - 1));
  /* A row of joiners belongs to the word that it follows: the addition carries through the row. */
  unsigned follows = ((core << 1) | *inside) & joiners;
  unsigned part = core | (joiners & ~(joiners + follows));
  unsigned starts = core & ~(part << 1 | *inside);
  *inside = part >> (SCAN_BLOCK - 1) & 1;
  return (unsigned)__builtin_popcount(starts);
}

size_t words_count(Str text) {
  size_t words = 0;
  unsigned inside = 0;
  for (size_t at = 0; at < text.len;) {
    if (at + SCAN_BLOCK <= text.len) {
      ScanBytes block = scan_load(text.s + at);
      if (!scan_is_any(block & 0x80)) {
        at += SCAN_BLOCK;
        words += count_in_block(block, at < text.len ? text.s[at] : 0, &inside);
        continue;
      }
    }
    bool part = is_word_part(text, &at, inside);
    words += part && !inside;
    inside = part;
  }
  return words;
}
