#include "print/mend.h"
#include "print/syntax.h"

typedef struct Fonts {
  const Pdf *pdf;
  Str dictionary;
} Fonts;

/* Composite fonts: ISO 32000-1, 9.7. */
static bool is_wide(void *context, Str font) {
  const Fonts *fonts = context;
  Str object = pdf_resolved(fonts->pdf, pdf_get(fonts->dictionary, font));
  return str_equal(pdf_get(object, STR("/Subtype")), STR("/Type0"));
}

static bool read_page(const Pdf *pdf, int index, MendPage *page) {
  Str text;
  page->number = pdf_page(pdf, index);
  page->dictionary = pdf_object(pdf, page->number);
  page->content_number = pdf_reference(pdf_get(page->dictionary, STR("/Contents")));
  if (!page->content_number || !pdf_stream(pdf, page->content_number, &text)) return false;
  Str resources = pdf_resolved(pdf, pdf_get(page->dictionary, STR("/Resources")));
  Fonts fonts = {pdf, pdf_resolved(pdf, pdf_get(resources, STR("/Font")))};
  page->content = content_read(pdf->arena, text, is_wide, &fonts);
  return true;
}

bool mend_read_pages(const Pdf *pdf, MendPages *pages) {
  *pages = (MendPages){.pdf = pdf, .count = pdf_page_count(pdf)};
  pages->items = ARENA_ARRAY(pdf->arena, MendPage, (size_t)pages->count + 1);
  for (int i = 0; i < pages->count; i++)
    if (!read_page(pdf, i, &pages->items[i])) return false;
  return pages->count > 0;
}

/* --- decoration --- */

static MendPage *find_page(MendPages *pages, int number) {
  for (int i = 0; i < pages->count; i++)
    if (pages->items[i].number == number) return &pages->items[i];
  return NULL;
}

static uint8_t *use_of(MendPages *pages, const Tag *leaf) {
  MendPage *page = find_page(pages, leaf->page);
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
