#include "print/mend.h"

static Str mend_open(Pdf *pdf, const MendWords *words, MendResult *result) {
  MendPages pages;
  Tags tags;
  if (!mend_read_pages(pdf, &pages)) return STR("the browser's PDF has no page that could be read");
  if (!tags_read(&tags, pdf)) return STR("the browser's PDF has no tags");
  result->pages = pages.count;
  for (int i = 0; i < pages.count; i++) result->lacks_glyph |= pages.items[i].content.lacks_glyph;
  mend_structure(&tags);
  mend_decoration(&tags, &pages);
  mend_text(&tags, &pages, value_get(words->facts, STR("texts")));
  mend_flatten(&tags);
  mend_ids(&tags);
  mend_links(&tags, value_get(words->facts, STR("links")));
  mend_names(&tags);
  tags_write(&tags);
  mend_marks(&pages);
  if (!mend_outline(pdf, value_get(words->facts, STR("headings"))))
    return STR("the browser's bookmarks are not the headings of the text");
  mend_metadata(pdf, words);
  if (!pdf_write(pdf, &result->pdf)) return pdf_fault(pdf);
  return (Str){"", 0};
}

bool mend_pdf(Arena *arena, Str printed, const MendWords *words, MendResult *result) {
  Pdf pdf;
  *result = (MendResult){0};
  bool opened = pdf_open(&pdf, arena, printed);
  result->fault = opened ? mend_open(&pdf, words, result) : pdf_fault(&pdf);
  pdf_close(&pdf);
  return result->fault.len == 0;
}
