#include "site/face.h"

#include "check/parity.h"
#include "data/pack.h"

/* --- writing --- */

bool face_write_shown(const Page *page, Buf *out) {
  pack_number(out, (unsigned)page->broken | (unsigned)page->draft << 1);
  pack_number(out, (uint64_t)page->weight);
  pack_text(out, page->title);
  pack_text(out, page->description);
  pack_text(out, page->kind);
  return pack_value(out, page->meta) && pack_value(out, page->inherited) && pack_value(out, page->about);
}

static bool write_links(const Page *page, Buf *out) {
  pack_number(out, page->link_count);
  for (size_t i = 0; i < page->link_count; i++) {
    const PageLink *link = &page->links[i];
    if (link->use || !str_equal(link->span.path, page->path)) return false;
    pack_number(out, link->page);
    pack_text(out, link->fragment);
    pack_number(out, link->span.offset);
    pack_number(out, link->span.len);
  }
  return true;
}

static void write_anchors(const MarkdownDoc *doc, Buf *out) {
  pack_number(out, doc->anchor_count);
  for (size_t i = 0; i < doc->anchor_count; i++) pack_text(out, doc->anchors[i]);
}

static void write_questions(const MarkdownDoc *doc, Buf *out) {
  pack_number(out, doc->faq_count);
  for (size_t i = 0; i < doc->faq_count; i++) pack_text(out, doc->faq[i].question);
}

static void write_number(const Number *number, Buf *out) {
  buf_add_byte(out, (char)number->kind);
  buf_add_byte(out, (char)number->unit);
  buf_add_byte(out, (char)((unsigned)number->optional | (unsigned)number->half << 1));
  buf_add_byte(out, (char)number->hour);
  buf_add_byte(out, (char)number->minute);
  pack_number(out, number->block);
  pack_number(out, number->offset);
  pack_number(out, number->len);
  pack_text(out, number->text);
  pack_text(out, number->name);
}

static void write_parity(const ParityText *parity, Buf *out) {
  buf_add_byte(out, parity != NULL);
  if (!parity) return;
  pack_text(out, parity->hash);
  pack_text(out, parity->body);
  pack_number(out, parity->numbers.blocks);
  pack_number(out, parity->numbers.count);
  for (size_t i = 0; i < parity->numbers.count; i++) write_number(&parity->numbers.items[i], out);
}

bool face_write_checked(const Page *page, Buf *out) {
  if (page->pieces || !write_links(page, out)) return false;
  write_anchors(&page->doc, out);
  write_questions(&page->doc, out);
  write_parity(page->parity, out);
  return true;
}

/* --- reading --- */

static void read_shown(Unpack *in, Page *page) {
  uint64_t flags = unpack_number(in);
  page->broken = flags & 1;
  page->draft = flags >> 1 & 1;
  page->weight = (int64_t)unpack_number(in);
  page->title = unpack_text(in);
  page->description = unpack_text(in);
  page->kind = unpack_text(in);
  page->meta = unpack_value(in);
  page->inherited = unpack_value(in);
  page->about = unpack_value(in);
}

static void read_links(Unpack *in, size_t page_count, Page *page) {
  page->link_count = unpack_count(in);
  page->links = ARENA_ARRAY(in->arena, PageLink, page->link_count);
  for (size_t i = 0; i < page->link_count; i++) {
    PageLink *link = &page->links[i];
    link->page = unpack_number(in);
    link->fragment = unpack_text(in);
    link->span = (Span){.path = page->path};
    link->span.offset = unpack_number(in);
    link->span.len = unpack_number(in);
    in->bad = in->bad || link->page >= page_count;
  }
}

static void read_anchors(Unpack *in, MarkdownDoc *doc) {
  doc->anchor_count = unpack_count(in);
  doc->anchors = ARENA_ARRAY(in->arena, Str, doc->anchor_count);
  for (size_t i = 0; i < doc->anchor_count; i++) doc->anchors[i] = unpack_text(in);
}

static void read_questions(Unpack *in, MarkdownDoc *doc) {
  doc->faq_count = unpack_count(in);
  doc->faq = ARENA_ARRAY(in->arena, MarkdownQuestion, doc->faq_count);
  for (size_t i = 0; i < doc->faq_count; i++) doc->faq[i].question = unpack_text(in);
}

static void read_number(Unpack *in, Number *number) {
  Str small = unpack_bytes(in, 5);
  if (!small.len) return;
  number->kind = (uint8_t)small.s[0];
  number->unit = (uint8_t)small.s[1];
  number->optional = small.s[2] & 1;
  number->half = small.s[2] >> 1 & 1;
  number->hour = (int8_t)small.s[3];
  number->minute = (int8_t)small.s[4];
  number->block = (uint32_t)unpack_number(in);
  number->offset = (uint32_t)unpack_number(in);
  number->len = (uint32_t)unpack_number(in);
  number->text = unpack_text(in);
  number->name = unpack_text(in);
}

static const ParityText *read_parity(Unpack *in) {
  if (!unpack_number(in)) return NULL;
  ParityText *parity = ARENA_NEW(in->arena, ParityText);
  parity->hash = unpack_text(in);
  parity->body = unpack_text(in);
  parity->numbers.blocks = unpack_number(in);
  parity->numbers.count = unpack_count(in);
  parity->numbers.items = ARENA_ARRAY(in->arena, Number, parity->numbers.count);
  for (size_t i = 0; i < parity->numbers.count; i++) read_number(in, &parity->numbers.items[i]);
  return parity;
}

bool face_read(Str face, size_t page_count, Arena *arena, Page *page) {
  Unpack in = {.arena = arena, .rest = face};
  read_shown(&in, page);
  read_links(&in, page_count, page);
  read_anchors(&in, &page->doc);
  read_questions(&in, &page->doc);
  page->parity = read_parity(&in);
  page->slim = true;
  return !in.bad && in.rest.len == 0 && page->meta.type == VALUE_MAP;
}
