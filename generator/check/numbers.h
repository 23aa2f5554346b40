/* The numbers of a text as authors write them: doses, times, dates, phone numbers, clinic data in `{{ … }}`.
 *
 * For comparing a page with its translation, so a number is kept as written and is read by the customs of its page's
 * language: 38.0, 38,0 and ٣٨٫٠ are one number; 1,500 is fifteen hundred in English and may be one and a half in
 * Spanish. Looked at is the Markdown source, so that each has a place that an author can find. Not looked at: list
 * numbers, link targets, addresses, comments, footnote marks, attributes.
 *
 * Units: offsets are bytes in the file. Owner: the arena given. Failure: none.
 * Limits: numbers in words are not seen. A page has at most NUMBERS_MOST numbers that are looked at. */
#ifndef PAMPHLET_CHECK_NUMBERS_H
#define PAMPHLET_CHECK_NUMBERS_H

#include "data/value.h"

enum { NUMBERS_MOST = 20000 }; /* a page of drug tables has 3,000 */

typedef enum NumberKind {
  NUMBER_PLAIN,
  NUMBER_CLOCK,  /* 8:30, 5 pm */
  NUMBER_DIGITS, /* a phone number: its digits are all that counts */
  NUMBER_INSERT, /* {{ facts.fever }}: equal to the same name, and to its value */
} NumberKind;

typedef struct Number {
  uint8_t kind;
  uint8_t unit;  /* as measures.h has it, */
  uint8_t per;   /* … of what, */
  uint8_t month; /* … of a day or year */
  bool optional; /* the month of a date in digits: in the other language it may be a word */
  int8_t hour;   /* NUMBER_CLOCK: 0 to 23, */
  int8_t minute;
  bool half;       /* … whether morning or afternoon is known */
  uint32_t block;  /* the paragraph, item, row … that it stands in, counted among those with numbers */
  uint32_t offset; /* in the file */
  uint32_t len;
  Str text; /* ASCII digits with '.', ',' as written, 'd' for a sure decimal separator, 'g' for a sure group's */
  Str name; /* NUMBER_INSERT */
} Number;

typedef struct Numbers {
  Number *items;
  size_t count;
  size_t blocks;
  Arena *arena;
  size_t capacity;
} Numbers;

/* How a language writes numbers: which of '.' and ',' may stand before decimals. */
typedef struct NumberCustom {
  bool point;
  bool comma;
} NumberCustom;

/* Adds the numbers of file[begin, end), Markdown. `data` is what `{{ … }}` may use, by name. */
void numbers_read(Numbers *numbers, Str file, size_t begin, size_t end, Value data);
/* Whether the two say the same. */
bool numbers_match(const Number *a, NumberCustom a_custom, const Number *b, NumberCustom b_custom);

#endif
