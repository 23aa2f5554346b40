/* Footnotes: references, the list at the end, links back. Ids have an underscore, which no heading's id has unless the
 * author gives it. cmark numbers footnotes by first use and moves the used ones to the end. */
#include "markdown/work.h"

static size_t number_of(Str literal) {
  size_t number = 0;
  for (size_t i = 0; i < literal.len && ascii_is_digit(literal.s[i]); i++)
    number = number * 10 + (size_t)(literal.s[i] - '0');
  return number;
}

static size_t *counter(Work *work, size_t number) {
  if (number > work->footnote_capacity) {
    size_t capacity = work->footnote_capacity ? work->footnote_capacity * 2 : 16;
    while (capacity < number) capacity *= 2;
    size_t *refs = ARENA_ARRAY(work->scratch, size_t, capacity);
    for (size_t i = 0; i < work->footnote_capacity; i++) refs[i] = work->footnote_refs[i];
    work->footnote_refs = refs;
    work->footnote_capacity = capacity;
  }
  return &work->footnote_refs[number - 1];
}

static Str reference_id(Arena *arena, size_t number, size_t use) {
  if (use == 1) return str_format(arena, "fnref_%zu", number);
  return str_format(arena, "fnref_%zu_%zu", number, use);
}

void footnotes_refer(Work *work, cmark_node *node) {
  size_t number = number_of(work_literal(node));
  if (number == 0) return;
  size_t use = ++*counter(work, number);
  work->heading_links++;
  Str id = reference_id(work->scratch, number, use);
  headings_claim(work, id, positions_line(work, node->start_line));
  outline_add_anchor(work, id);
  buf_add_format(&work->html, "<sup class=\"footnote-ref\"><a href=\"#fn_%zu\"", number);
  html_attribute(&work->html, STR("id"), id);
  /* Not in the plain text, where "5[^1] tablets" would be 51 of them. */
  buf_add_format(&work->html, ">%zu</a></sup>", number);
}

void footnotes_enter(Work *work, cmark_node *node) {
  html_line(work);
  html_break(work);
  if (!work->footnotes_open) {
    sections_leave(work, node->parent); /* the notes belong to the page, not to its last section */
    html_line(work);
    buf_add_lit(&work->html, "<section class=\"footnotes\"");
    html_attribute(&work->html, STR("aria-label"), html_word(work, STR("footnotes"), STR("Footnotes")));
    buf_add_lit(&work->html, ">\n<ol>\n");
    work->footnotes_open = true;
  }
  work->footnote_count++;
  work->back_link_done = false;
  Str id = str_format(work->scratch, "fn_%zu", work->footnote_count);
  headings_claim(work, id, positions_line(work, node->start_line));
  outline_add_anchor(work, id);
  buf_add_lit(&work->html, "<li");
  html_attribute(&work->html, STR("id"), id);
  buf_add_lit(&work->html, ">\n");
}

void footnotes_back(Work *work) {
  size_t uses = *counter(work, work->footnote_count);
  Str word = html_word(work, STR("footnote_back"), STR("Back to the text"));
  for (size_t use = 1; use <= uses; use++) {
    Str label = str_format(work->scratch, "%.*s %zu", STR_ARG(word), work->footnote_count);
    if (use > 1) label = str_format(work->scratch, "%.*s (%zu)", STR_ARG(label), use);
    buf_add_lit(&work->html, " <a class=\"footnote-back\" href=\"#");
    buf_add(&work->html, reference_id(work->scratch, work->footnote_count, use));
    buf_add_byte(&work->html, '"');
    html_attribute(&work->html, STR("aria-label"), label);
    buf_add_lit(&work->html, ">\xE2\x86\xA9\xEF\xB8\x8E</a>"); /* an arrow, as text and not as a picture */
  }
  work->back_link_done = true;
}

void footnotes_leave(Work *work) {
  if (!work->back_link_done) {
    html_line(work);
    buf_add_lit(&work->html, "<p>");
    footnotes_back(work);
    buf_add_lit(&work->html, "</p>\n");
  }
  buf_add_lit(&work->html, "</li>\n");
}

void footnotes_close(Work *work) {
  if (work->footnotes_open) buf_add_lit(&work->html, "</ol>\n</section>\n");
}
