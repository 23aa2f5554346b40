/* Definition lists, as other Markdown tools write them: a term, and its meaning on a line that begins with `: `.
 *
 *     Fatigue
 *     : Being very tired.
 *
 * To cmark this is one paragraph of two lines. Several terms may stand above a meaning, and several meanings below a
 * term. Paragraphs of this kind that follow each other are one list. Each term gets an id, as headings do. */
#include "markdown/work.h"

/* `: meaning`, or a colon with nothing behind it. */
static bool begins_meaning(const cmark_node *node) {
  if (!node || node->type != CMARK_NODE_TEXT) return false;
  Str literal = work_literal(node);
  bool colon = literal.len > 0 && literal.s[0] == ':';
  return colon &&
         (literal.len == 1 ? !node->next || node->next->type == CMARK_NODE_SOFTBREAK : ascii_is_space(literal.s[1]));
}

static bool is_line_end(const cmark_node *node) {
  return node->type == CMARK_NODE_SOFTBREAK || node->type == CMARK_NODE_LINEBREAK;
}

static bool has_term_and_meaning(const cmark_node *paragraph) {
  for (const cmark_node *node = paragraph->first_child; node; node = node->next)
    if (is_line_end(node) && begins_meaning(node->next)) return true;
  return false;
}

/* The paragraphs that were one carry a mark, so that nobody looks back further than one. */
static bool is_marked(const cmark_node *node) {
  return node && node->type == CMARK_NODE_PARAGRAPH && node->user_data;
}

bool definitions_is(const cmark_node *paragraph) {
  return begins_meaning(paragraph->first_child) ? is_marked(paragraph->prev) : has_term_and_meaning(paragraph);
}

static void begin_part(Work *work, bool meaning) {
  html_line(work);
  html_break(work);
  work->quiet_count = 0;
  work->definition = meaning ? DEFINITION_MEANING : DEFINITION_TERM;
  if (meaning) buf_add_lit(&work->html, "<dd>");
  work->leaf = (Open){.html = work->html.len, .text = work->plain.len};
}

static void end_term(Work *work, Str text) {
  Str id = headings_new_id(work, html_fold(work->scratch, text));
  outline_add_anchor(work, id);
  Buf open = buf_new(work->scratch, LIMIT_HTML);
  buf_add_lit(&open, "<dt");
  html_attribute(&open, STR("id"), id);
  buf_add_byte(&open, '>');
  html_insert(work, work->leaf.html, buf_str(&open));
  buf_add_lit(&work->html, "</dt>\n");
}

static void end_part(Work *work, const cmark_node *paragraph) {
  Str text = html_plain_since(work, work->leaf.text);
  bool meaning = work->definition == DEFINITION_MEANING;
  RuleSubject subject = {.node = paragraph, .text = text};
  rules_check(work, RULE_BLOCK, &subject);
  blocks_add(work, meaning ? MARKDOWN_PARAGRAPH : MARKDOWN_HEADING, work->leaf.text, 0);
  if (meaning)
    buf_add_lit(&work->html, "</dd>\n");
  else
    end_term(work, text);
  html_break(work);
}

/* Takes the colon off. */
static void begin_meaning(Work *work, cmark_node *text) {
  cmark_chunk *literal = &text->as.literal;
  do {
    literal->data++;
    literal->len--;
  } while (literal->len && ascii_is_space((char)literal->data[0]));
  if (literal->len == 0 && (!text->next || is_line_end(text->next)))
    DIAG(work->options->diags, DEFINITION_EMPTY, positions_line(work, text->start_line));
  begin_part(work, true);
}

void definitions_enter(Work *work, cmark_node *paragraph) {
  paragraph->user_data = work;
  if (!is_marked(paragraph->prev)) {
    html_line(work);
    buf_add_lit(&work->html, "<dl>\n");
  }
  if (begins_meaning(paragraph->first_child))
    begin_meaning(work, paragraph->first_child);
  else
    begin_part(work, false);
}

bool definitions_break(Work *work, const cmark_node *line_end) {
  const cmark_node *paragraph = line_end->parent;
  if (!work->definition || paragraph->type != CMARK_NODE_PARAGRAPH) return false;
  bool meaning = begins_meaning(line_end->next);
  if (!meaning && work->definition == DEFINITION_MEANING) return false;
  end_part(work, paragraph);
  if (meaning)
    begin_meaning(work, line_end->next);
  else
    begin_part(work, false);
  return true;
}

void definitions_leave(Work *work, const cmark_node *paragraph) {
  end_part(work, paragraph);
  work->definition = DEFINITION_NONE;
  const cmark_node *next = paragraph->next;
  if (!next || next->type != CMARK_NODE_PARAGRAPH || !definitions_is(next)) buf_add_lit(&work->html, "</dl>\n");
}

void definitions_check(Work *work, const cmark_node *paragraph) {
  if (begins_meaning(paragraph->first_child))
    DIAG(work->options->diags, DEFINITION_TERM, positions_line(work, paragraph->start_line));
}
