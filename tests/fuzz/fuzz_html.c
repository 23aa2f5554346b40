/* Any text as HTML of which the plain text is wanted, and as a colour of a theme: the text is UTF-8;
 * a colour is written and read again as the same. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "theme/colour.h"
#include "theme/plain.h"

enum { INPUT_MOST = 1 << 14 };

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void require(bool holds) {
  if (!holds) abort();
}

static void check_colour(Arena *arena, Str text) {
  Colour colour;
  Colour again;
  if (!colour_parse(text, &colour)) return;
  Buf written = buf_new(arena, 16);
  colour_write(&written, colour);
  require(!written.over && colour_parse(buf_str(&written), &again));
  require(fabs(again.r - fmin(fmax(colour.r, 0), 1)) < 0.01 && fabs(again.alpha - colour.alpha) < 0.01);
  colour.alpha = 1;
  double contrast = colour_contrast(again, colour);
  require(contrast >= 1 && contrast <= 21.01);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  if (size > INPUT_MOST || (size && memchr(data, 0, size))) return 0;
  if (utf8_find_invalid(str_from(data, size)) != STR_NONE) return 0;
  Arena arena = arena_reserve((size_t)64 << 20);
  Str html = str_copy(&arena, str_from(data, size));
  require(utf8_find_invalid(plain_text(&arena, html)) == STR_NONE);
  check_colour(&arena, html);
  arena_release(&arena);
  return 0;
}
