/* What a page paints, operator by operator, and under which marks.
 *
 * Source: ISO 32000-1, 8.2 (operators), 14.6 (marked content). Works on text alone (print/syntax.h): nothing here knows
 * a PDF. Units: offsets are bytes. Owner: the arena given. Failure: none; what is no content stream gives nothing to
 * mark. */
#ifndef PAMPHLET_PRINT_CONTENT_H
#define PAMPHLET_PRINT_CONTENT_H

#include "print/glyphs.h"

enum { CONTENT_MARKS_MOST = 1 << 20 }; /* numbers of marks (MCIDs) a page; a page of text has some hundreds */

/* What one mark (MCID) of a page holds. */
typedef enum ContentUse {
  CONTENT_SEEN = 1,
  CONTENT_TEXT = 2,
  CONTENT_IMAGE = 4,
  CONTENT_PATH = 8,
  /* Set by the caller for content_mend(): */
  CONTENT_ERASE = 64, /* its text is not to be painted */
  CONTENT_DROP = 128  /* it means nothing */
} ContentUse;

/* A letter that a mark shows, in the order of painting: of Arabic from left to right. */
typedef struct ContentLetter {
  uint32_t c;
  int mcid;
  uint32_t first; /* the steps that paint it: one, or a Span with its actual text */
  uint32_t last;
} ContentLetter;

typedef struct Content {
  Str text;
  struct ContentStep *steps; /* operators, in order */
  size_t step_count;
  ContentLetter *letters;
  size_t letter_count;
  uint8_t *uses; /* by MCID: ContentUse bits */
  size_t use_count;
  bool lacks_glyph; /* glyph 0 is shown: a letter that the typeface does not have */
} Content;

/* A font of the page ("/F4"); NULL: there is none. */
typedef const Glyphs *ContentFont(void *context, Str font);

Content content_read(Arena *arena, Str text, ContentFont *font, void *context);
/* Has a space painted after (or before) a letter, where nothing moves by it. False: there is no such place, or the font
 * has no space. */
bool content_add_space(Arena *arena, Content *content, size_t letter, bool after);
/* The same content in which all that no mark holds, and what CONTENT_DROP is set for, is an artifact. */
Str content_mend(Arena *arena, const Content *content);

#endif
