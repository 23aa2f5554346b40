/* Source: ISO 14289-1, 7.18.5: a link's annotation has words of its own, in /Contents. */
#include "base/buf.h"
#include "print/mend.h"
#include "print/syntax.h"

static int hex_digit(char c) {
  if (ascii_is_digit(c)) return c - '0';
  c = ascii_lower(c);
  return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

static Str decode_percent(Arena *arena, Str text) {
  Buf out = buf_new(arena, text.len + 1);
  for (size_t i = 0; i < text.len; i++) {
    bool escape =
        text.s[i] == '%' && i + 2 < text.len && hex_digit(text.s[i + 1]) >= 0 && hex_digit(text.s[i + 2]) >= 0;
    buf_add_byte(&out, escape ? (char)(hex_digit(text.s[i + 1]) * 16 + hex_digit(text.s[i + 2])) : text.s[i]);
    if (escape) i += 2;
  }
  return buf_str(&out);
}

/* Where an annotation leads: an address, or `#` and an id. */
static Str target_of(const Pdf *pdf, Str annotation) {
  Str destination = pdf_get(annotation, STR("/Dest"));
  if (destination.len) return STR_CONCAT(pdf->arena, STR("#"), pdf_bytes(pdf->arena, destination));
  Str action = pdf_resolved(pdf, pdf_get(annotation, STR("/A")));
  return pdf_bytes(pdf->arena, pdf_get(action, STR("/URI")));
}

static bool leads_to(Arena *arena, Str href, Str target) {
  if (!str_starts(target, STR("#"))) return str_equal(href, target);
  size_t hash = str_find_byte(href, '#');
  return hash != STR_NONE && str_equal(decode_percent(arena, str_skip(href, hash)), target);
}

/* The words of the next link in the document that leads there: links and annotations stand in the same order, but not
 * every link has an annotation. */
static Str words_for(Arena *arena, Value links, size_t *at, Str target) {
  for (size_t i = *at; i < value_count(links); i++) {
    Value link = value_at(links, i);
    if (!leads_to(arena, value_text(value_get(link, STR("href"))), target)) continue;
    *at = i;
    Str text = value_text(value_get(link, STR("text")));
    return text.len ? text : target;
  }
  return target;
}

void mend_links(const Tags *tags, Value links) {
  const Pdf *pdf = tags->pdf;
  size_t at = 0;
  const Tag *link = NULL;
  for (Tag *tag = tags_next(&tags->root); tag; tag = tags_next(tag)) {
    if (tag->kind != TAG_OBJECT || !tag->number) continue;
    if (link && tag->parent != link) at++; /* a link on two lines has two annotations and the same words */
    link = tag->parent;
    Str annotation = pdf_object(pdf, tag->number);
    Str words = words_for(pdf->arena, links, &at, target_of(pdf, annotation));
    pdf_put(pdf, tag->number, pdf_with(pdf->arena, annotation, STR("/Contents"), pdf_text_string(pdf->arena, words)));
  }
}
