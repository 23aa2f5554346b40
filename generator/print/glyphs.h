/* What the codes of a font stand for: its ToUnicode map.
 *
 * Source: ISO 32000-1, 9.10.3. Units: code points. Owner: the arena given.
 * Failure: none; what is not understood of a map is left out. Limits: GLYPH_CODES_MOST codes. */
#ifndef PAMPHLET_PRINT_GLYPHS_H
#define PAMPHLET_PRINT_GLYPHS_H

#include "base/str.h"

enum { GLYPH_CODES_MOST = 1 << 16 }; /* all that two bytes can say */

typedef struct Glyph {
  unsigned code;
  Str text; /* UTF-8; a ligature stands for several letters */
} Glyph;

typedef struct Glyphs {
  bool wide; /* a code has two bytes */
  Glyph *items;
  size_t count;
  int space; /* a code that stands for a space; -1: none does */
} Glyphs;

Glyphs glyphs_read(Arena *arena, Str map, bool wide);
/* Empty: the map does not have the code. */
Str glyphs_text(const Glyphs *glyphs, unsigned code);

/* A PDF text string (UTF-16 with its mark, or Latin letters) as UTF-8 (ISO 32000-1, 7.9.2.2). */
Str glyphs_text_string(Arena *arena, Str string);

#endif
