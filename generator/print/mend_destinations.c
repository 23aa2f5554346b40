/* What links in a document lead to: the catalogue's /Dests (ISO 32000-1, 12.3.2.3). */
#include "base/buf.h"
#include "base/map.h"
#include "print/mend.h"
#include "print/syntax.h"

static int index_of_page(const Pdf *pdf, int number) {
  for (int i = 0; i < pdf_page_count(pdf); i++)
    if (pdf_page(pdf, i) == number) return i + 1;
  return 0;
}

Value mend_destinations(Arena *arena, Str printed) {
  Pdf pdf;
  Value found = value_map(arena, 16);
  if (pdf_open(&pdf, arena, printed)) {
    Str catalog = pdf_object(&pdf, pdf_catalog(&pdf));
    PdfLexer lexer = pdf_inside(pdf_resolved(&pdf, pdf_get(catalog, STR("/Dests"))));
    for (;;) {
      Str name = pdf_value(&lexer);
      Str value = pdf_value(&lexer);
      if (!value.len) break;
      PdfLexer place = pdf_inside(pdf_resolved(&pdf, value)); /* [page /XYZ …] */
      int page = index_of_page(&pdf, pdf_reference(pdf_value(&place)));
      if (page) value_set(found, pdf_bytes(arena, name), value_str(str_format(arena, "%d", page)));
    }
  }
  pdf_close(&pdf);
  return found;
}

/* --- names --- */

/* ISO 32000-1, annex C: a name has at most 127 bytes. A heading of 70 Arabic letters has an id of 140. */
enum { NAME_BYTES_MOST = 127 };

static void follow_names(const Tags *tags, const Map *names) {
  const Pdf *pdf = tags->pdf;
  for (Tag *tag = tags_next(&tags->root); tag; tag = tags_next(tag)) {
    if (tag->kind != TAG_OBJECT) continue;
    Str annotation = pdf_object(pdf, tag->number);
    size_t number = map_find(names, pdf_get(annotation, STR("/Dest")));
    if (number == STR_NONE) continue;
    Str name = str_format(pdf->arena, "/destination%zu", number);
    pdf_put(pdf, tag->number, pdf_with(pdf->arena, annotation, STR("/Dest"), name));
  }
}

void mend_names(const Tags *tags) {
  const Pdf *pdf = tags->pdf;
  int number = pdf_reference(pdf_get(pdf_object(pdf, pdf_catalog(pdf)), STR("/Dests")));
  if (!number) return;
  Str before = pdf_object(pdf, number);
  Buf after = buf_new(pdf->arena, before.len * 2 + 64);
  Map names = map_new(pdf->arena, 16);
  PdfLexer lexer = pdf_inside(before);
  buf_add_lit(&after, "<<");
  for (;;) {
    Str name = pdf_value(&lexer);
    Str value = pdf_value(&lexer);
    if (!value.len) break;
    bool too_long = pdf_bytes(pdf->arena, name).len > NAME_BYTES_MOST;
    if (too_long) {
      size_t *place = map_place(&names, name, NULL);
      *place = names.count;
      buf_add_format(&after, " /destination%zu ", names.count);
    } else {
      buf_add_format(&after, " %.*s ", STR_ARG(name));
    }
    buf_add(&after, value);
  }
  buf_add_lit(&after, " >>");
  if (!names.count) return;
  pdf_put(pdf, number, buf_str(&after));
  follow_names(tags, &names);
}
