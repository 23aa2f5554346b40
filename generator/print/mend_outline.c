/* Chromium's bookmarks have the right places and faulty titles: words joined where lines wrap, Arabic out of order. */
#include "print/mend.h"
#include "print/syntax.h"

/* The outline items in order, as the reader sees them: each before what is below it. */
typedef struct Bookmarks {
  const Pdf *pdf;
  int *numbers;
  size_t count;
  size_t most;
} Bookmarks;

static int link_of(const Pdf *pdf, int item, Str key) {
  return pdf_reference(pdf_get(pdf_object(pdf, item), key));
}

static bool collect(Bookmarks *bookmarks, int item) {
  for (; item; item = link_of(bookmarks->pdf, item, STR("/Next"))) {
    if (bookmarks->count == bookmarks->most) return false; /* also what ends a circle */
    bookmarks->numbers[bookmarks->count++] = item;
    if (!collect(bookmarks, link_of(bookmarks->pdf, item, STR("/First")))) return false;
  }
  return true;
}

bool mend_outline(const Pdf *pdf, Value headings) {
  Str catalog = pdf_object(pdf, pdf_catalog(pdf));
  int outlines = pdf_reference(pdf_get(catalog, STR("/Outlines")));
  Bookmarks bookmarks = {.pdf = pdf, .most = value_count(headings)};
  if (!outlines) return bookmarks.most == 0;
  bookmarks.numbers = ARENA_ARRAY(pdf->arena, int, bookmarks.most + 1);
  if (!collect(&bookmarks, link_of(pdf, outlines, STR("/First"))) || bookmarks.count != bookmarks.most) return false;
  for (size_t i = 0; i < bookmarks.count; i++) {
    Str title = value_text(value_get(value_at(headings, i), STR("text")));
    Str item = pdf_object(pdf, bookmarks.numbers[i]);
    pdf_put(pdf, bookmarks.numbers[i], pdf_with(pdf->arena, item, STR("/Title"), pdf_text_string(pdf->arena, title)));
  }
  return true;
}
