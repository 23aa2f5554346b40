/* Any bytes as a page's content, as a font's map and as a PDF object: nothing is read past the end, nothing of the
 * content is lost, what was dropped is marked no more, and what is put into a dictionary stands at its end. */
#include <stdlib.h>

#include "base/utf8.h"
#include "print/content.h"
#include "print/syntax.h"

enum { INPUT_MOST = 1 << 16 };

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void require(bool holds) {
  if (!holds) abort();
}

/* The input is its fonts' map too. */
static const Glyphs *find_font(void *context, Str font) {
  return font.len % 3 ? context : NULL;
}

static void add_spaces(Arena *arena, Content *content) {
  for (size_t i = 0; i < content->letter_count; i++) content_add_space(arena, content, i, i % 2 == 0);
}

static void check_content(Arena *arena, Str text) {
  Glyphs glyphs = glyphs_read(arena, text, text.len % 2 == 0);
  Content content = content_read(arena, text, find_font, &glyphs);
  add_spaces(arena, &content);
  Str mended = content_mend(arena, &content);
  require(mended.len >= text.len);
  require(content_read(arena, mended, find_font, &glyphs).step_count >= content.step_count);
  for (size_t i = 0; i < content.use_count; i++) content.uses[i] |= CONTENT_DROP;
  Str dropped = content_mend(arena, &content);
  Content after = content_read(arena, dropped, find_font, &glyphs);
  for (size_t i = 0; i < after.use_count; i++) require(!(after.uses[i] & CONTENT_SEEN));
}

static void check_dictionary(Arena *arena, Str text) {
  PdfLexer lexer = {text, 0};
  Str value = pdf_value(&lexer);
  pdf_reference(value);
  pdf_bytes(arena, value);
  Str with = pdf_with(arena, value, STR("/Fuzz"), STR("12 0 R"));
  require(pdf_is_dictionary(with) && str_ends(with, STR("/Fuzz 12 0 R >>")));
  pdf_get(value, STR("/K"));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  if (size > INPUT_MOST) return 0;
  Arena arena = arena_reserve((size_t)1 << 30);
  Str text = str_copy(&arena, str_from(data, size));
  check_content(&arena, text);
  check_dictionary(&arena, text);
  if (utf8_find_invalid(text) == STR_NONE) {
    Str string = pdf_text_string(&arena, text);
    PdfLexer lexer = {string, 0};
    require(str_equal(pdf_value(&lexer), string));
  }
  arena_release(&arena);
  return 0;
}
