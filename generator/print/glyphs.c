#include "print/glyphs.h"

#include "base/utf8.h"
#include "print/syntax.h"

#include <stdlib.h>

/* --- UTF-16 --- */

static unsigned unit_at(Str bytes, size_t at) {
  return at + 1 < bytes.len ? (unsigned char)bytes.s[at] << 8 | (unsigned char)bytes.s[at + 1] : 0;
}

static Str from_utf16(Arena *arena, Str bytes) {
  Buf out = buf_new(arena, bytes.len * 2 + 8);
  for (size_t at = 0; at + 1 < bytes.len; at += 2) {
    uint32_t c = unit_at(bytes, at);
    unsigned low = unit_at(bytes, at + 2);
    if (c >= 0xD800 && c < 0xDC00 && low >= 0xDC00 && low < 0xE000) {
      c = 0x10000 + ((c - 0xD800) << 10) + (low - 0xDC00);
      at += 2;
    }
    if (c && !(c >= 0xD800 && c < 0xE000)) utf8_add(&out, c);
  }
  return buf_str(&out);
}

Str glyphs_text_string(Arena *arena, Str string) {
  Str bytes = pdf_bytes(arena, string);
  if (str_starts(bytes, STR("\xFE\xFF"))) return from_utf16(arena, str_skip(bytes, 2));
  Buf out = buf_new(arena, bytes.len * 2 + 8);
  for (size_t i = 0; i < bytes.len; i++) utf8_add(&out, (unsigned char)bytes.s[i]);
  return buf_str(&out);
}

/* --- reading --- */

typedef struct Reader {
  Arena *arena;
  PdfLexer lexer;
  Glyphs *glyphs;
  size_t capacity;
} Reader;

static void add(Reader *reader, unsigned code, Str text) {
  Glyphs *glyphs = reader->glyphs;
  if (glyphs->count >= GLYPH_CODES_MOST || !text.len) return;
  if (glyphs->count == reader->capacity) {
    size_t grown = reader->capacity ? reader->capacity * 2 : 128;
    Glyph *moved = ARENA_ARRAY(reader->arena, Glyph, grown);
    if (glyphs->count) memcpy(moved, glyphs->items, glyphs->count * sizeof *moved);
    glyphs->items = moved;
    reader->capacity = grown;
  }
  glyphs->items[glyphs->count++] = (Glyph){code, text};
}

static unsigned code_of(Arena *arena, Str string) {
  Str bytes = pdf_bytes(arena, string);
  return bytes.len == 1 ? (unsigned char)bytes.s[0] : unit_at(bytes, 0);
}

static void add_char(Reader *reader, Str code, Str text) {
  add(reader, code_of(reader->arena, code), from_utf16(reader->arena, pdf_bytes(reader->arena, text)));
}

/* <first> <last> <text of the first>, the others follow on it; or <first> <last> [<text> <text> …]. */
static void add_range(Reader *reader, Str from, Str to, Str text) {
  Arena *arena = reader->arena;
  unsigned first = code_of(arena, from);
  unsigned last = code_of(arena, to);
  if (pdf_is_array(text)) {
    PdfLexer inside = pdf_inside(text);
    for (unsigned code = first; code <= last; code++) {
      Str one = pdf_value(&inside);
      if (!one.len) return;
      add(reader, code, from_utf16(arena, pdf_bytes(arena, one)));
    }
    return;
  }
  Str bytes = str_copy(arena, pdf_bytes(arena, text));
  for (unsigned code = first; code <= last && bytes.len; code++) {
    add(reader, code, from_utf16(arena, bytes));
    ((unsigned char *)bytes.s)[bytes.len - 1]++; /* ISO 32000-1, 9.10.3: only the last byte counts on */
  }
}

static void read_block(Reader *reader, bool range) {
  for (;;) {
    Str code = pdf_value(&reader->lexer);
    if (!str_starts(code, STR("<"))) return; /* the word that ends the block, or the end */
    Str last = range ? pdf_value(&reader->lexer) : code;
    Str text = pdf_value(&reader->lexer);
    if (!text.len) return;
    if (range)
      add_range(reader, code, last, text);
    else
      add_char(reader, code, text);
  }
}

static int compare(const void *left, const void *right) {
  const Glyph *a = left;
  const Glyph *b = right;
  return a->code < b->code ? -1 : a->code > b->code;
}

static int find_space(const Glyphs *glyphs) {
  for (size_t i = 0; i < glyphs->count; i++)
    if (str_equal(glyphs->items[i].text, STR(" "))) return (int)glyphs->items[i].code;
  return -1;
}

Glyphs glyphs_read(Arena *arena, Str map, bool wide) {
  Glyphs glyphs = {.wide = wide};
  Reader reader = {.arena = arena, .lexer = {map, 0}, .glyphs = &glyphs};
  Str word;
  for (PdfKind kind = pdf_token(&reader.lexer, &word); kind != PDF_END; kind = pdf_token(&reader.lexer, &word)) {
    if (kind != PDF_WORD) continue;
    if (str_equal(word, STR("beginbfchar"))) read_block(&reader, false);
    if (str_equal(word, STR("beginbfrange"))) read_block(&reader, true);
  }
  if (glyphs.count) qsort(glyphs.items, glyphs.count, sizeof *glyphs.items, compare);
  glyphs.space = find_space(&glyphs);
  return glyphs;
}

/* --- asking --- */

Str glyphs_text(const Glyphs *glyphs, unsigned code) {
  Glyph wanted = {.code = code};
  const Glyph *found =
      glyphs->count ? bsearch(&wanted, glyphs->items, glyphs->count, sizeof *glyphs->items, compare) : NULL;
  return found ? found->text : (Str){"", 0};
}
