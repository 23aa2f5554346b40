#include "base/map.h"
#include "print/mend.h"
#include "print/syntax.h"

/* The fonts of one page; pages share most of them. */
typedef struct Fonts {
  const Pdf *pdf;
  Str dictionary;
  Map *known; /* from references to places in `glyphs` */
  Glyphs *glyphs;
} Fonts;

enum { FONTS_MOST = 1000 }; /* of a document; a booklet in three scripts has 20 */

/* Composite fonts have codes of two bytes: ISO 32000-1, 9.7. */
static Glyphs read_font(const Pdf *pdf, Str reference) {
  Str object = pdf_resolved(pdf, reference);
  int map = pdf_reference(pdf_get(object, STR("/ToUnicode")));
  Str text = {"", 0};
  if (map) pdf_stream(pdf, map, &text);
  return glyphs_read(pdf->arena, text, str_equal(pdf_get(object, STR("/Subtype")), STR("/Type0")));
}

static const Glyphs *find_font(void *context, Str name) {
  const Fonts *fonts = context;
  Str reference = pdf_get(fonts->dictionary, name);
  if (!reference.len || fonts->known->count >= FONTS_MOST) return NULL;
  bool added;
  size_t *place = map_place(fonts->known, reference, &added);
  if (added) {
    *place = fonts->known->count - 1;
    fonts->glyphs[*place] = read_font(fonts->pdf, reference);
  }
  return &fonts->glyphs[*place];
}

static bool read_page(Fonts *fonts, int index, MendPage *page) {
  const Pdf *pdf = fonts->pdf;
  Str text;
  page->number = pdf_page(pdf, index);
  page->dictionary = pdf_object(pdf, page->number);
  page->content_number = pdf_reference(pdf_get(page->dictionary, STR("/Contents")));
  if (!page->content_number || !pdf_stream(pdf, page->content_number, &text)) return false;
  Str resources = pdf_resolved(pdf, pdf_get(page->dictionary, STR("/Resources")));
  fonts->dictionary = pdf_resolved(pdf, pdf_get(resources, STR("/Font")));
  page->content = content_read(pdf->arena, text, find_font, fonts);
  return true;
}

bool mend_read_pages(const Pdf *pdf, MendPages *pages) {
  *pages = (MendPages){.pdf = pdf, .count = pdf_page_count(pdf)};
  pages->items = ARENA_ARRAY(pdf->arena, MendPage, (size_t)pages->count + 1);
  Map known = map_new(pdf->arena, 32);
  Fonts fonts = {.pdf = pdf, .known = &known, .glyphs = ARENA_ARRAY(pdf->arena, Glyphs, FONTS_MOST)};
  for (int i = 0; i < pages->count; i++)
    if (!read_page(&fonts, i, &pages->items[i])) return false;
  return pages->count > 0;
}

MendPage *mend_find_page(const MendPages *pages, int number) {
  for (int i = 0; i < pages->count; i++)
    if (pages->items[i].number == number) return &pages->items[i];
  return NULL;
}

/* --- decoration --- */

static uint8_t *use_of(MendPages *pages, const Tag *leaf) {
  MendPage *page = mend_find_page(pages, leaf->page);
  if (!page || leaf->mcid < 0 || (size_t)leaf->mcid >= page->content.use_count) return NULL;
  return &page->content.uses[leaf->mcid];
}

/* The head of a table that goes on to another page is printed again there, and read once. */
static bool is_repeated(const Tag *leaf) {
  const Tag *head = leaf->parent;
  while (head && !tag_is(head, STR("/TH"))) head = head->parent;
  if (!head || str_find(head->attributes, STR("/Column")) == STR_NONE) return false;
  const Tag *first = head->first;
  while (first && first->kind == TAG_ELEMENT) first = first->first;
  return first && first->page != leaf->page;
}

/* Lines and fields of colour mean nothing, except in a picture. */
static bool is_decoration(const Tag *leaf, unsigned use) {
  if (is_repeated(leaf)) return true;
  if (use & (CONTENT_TEXT | CONTENT_IMAGE)) return false;
  return !tag_is_below(leaf, STR("/Figure"));
}

void mend_decoration(Tags *tags, MendPages *pages) {
  for (int i = 0; i < pages->count; i++)
    for (size_t mark = 0; mark < pages->items[i].content.use_count; mark++)
      pages->items[i].content.uses[mark] |= CONTENT_DROP;
  Tag *next;
  for (Tag *tag = tags_next(&tags->root); tag; tag = next) {
    next = tags_next(tag);
    if (tag->kind != TAG_CONTENT) continue;
    uint8_t *use = use_of(pages, tag);
    if (!use || is_decoration(tag, *use))
      tag_dissolve(tag);
    else
      *use &= (uint8_t)~CONTENT_DROP;
  }
}

void mend_marks(const MendPages *pages) {
  for (int i = 0; i < pages->count; i++) {
    const MendPage *page = &pages->items[i];
    pdf_put_stream(pages->pdf, page->content_number, content_mend(pages->pdf->arena, &page->content));
  }
}
