/* Tables: head cells with their scope, and a region around that can be reached and named, since wide tables scroll. */
#include "markdown/work.h"

enum { CAPTION_MARK_MOST = 40 }; /* bytes that the word for a table may have */

static bool is_caption_word(Str text, Str word) {
  return text.len > word.len && text.s[word.len] == ':' && str_equal_nocase(str_slice(text, 0, word.len), word);
}

/* The bytes of `Table:` (or the theme's word for it) that the paragraph begins with; 0: it does not. */
static size_t caption_mark(const Work *work, const cmark_node *paragraph) {
  static const Str english = {"Table", 5};
  const cmark_node *first = paragraph->first_child;
  if (!first || first->type != CMARK_NODE_TEXT) return 0;
  Str text = str_slice(work_literal(first), 0, CAPTION_MARK_MOST);
  if (str_find_byte(text, ':') == STR_NONE) return 0;
  Str word = html_word(work, STR("table"), english);
  if (is_caption_word(text, english)) return english.len + 1;
  return is_caption_word(text, word) ? word.len + 1 : 0;
}

bool tables_is_caption(Work *work, const cmark_node *paragraph) {
  const cmark_node *next = paragraph->next;
  if (!caption_mark(work, paragraph)) return false;
  if (next && next->type == CMARK_NODE_TABLE) return true;
  DIAG(work->options->diags, TABLE_CAPTION, positions_line(work, paragraph->start_line));
  return false;
}

static void open_region(Work *work) {
  buf_add_lit(&work->html, "<div class=\"table");
  work->table_class = work->html.len;
  buf_add_lit(&work->html, "\" role=\"region\"");
}

static void open_table(Work *work) {
  buf_add_lit(&work->html, " tabindex=\"0\">\n<table>\n");
}

/* `Table: Times that changed` in front of a table, as Pandoc writes it. */
void tables_enter_caption(Work *work, cmark_node *paragraph) {
  cmark_chunk *literal = &paragraph->first_child->as.literal;
  size_t mark = caption_mark(work, paragraph);
  while (mark < (size_t)literal->len && ascii_is_space((char)literal->data[mark])) mark++;
  literal->data += mark;
  literal->len -= (bufsize_t)mark;
  Str id = str_format(work->scratch, "table_%zu", ++work->captions);
  headings_claim(work, id, positions_line(work, paragraph->start_line));
  outline_add_anchor(work, id);
  html_line(work);
  open_region(work);
  html_attribute(&work->html, STR("aria-labelledby"), id);
  open_table(work);
  buf_add_lit(&work->html, "<caption");
  html_attribute(&work->html, STR("id"), id);
  buf_add_byte(&work->html, '>');
  work->table_open = true;
}

void tables_leave_caption(Work *work) {
  buf_add_lit(&work->html, "</caption>\n");
}

static void write_region(Work *work) {
  html_line(work);
  html_break(work);
  open_region(work);
  work->tables++;
  if (work->heading_id.len && !work->heading_used) {
    html_attribute(&work->html, STR("aria-labelledby"), work->heading_id);
    work->heading_used = true;
  } else {
    /* Two regions must not have one name (axe: landmark-unique). */
    Str word = html_word(work, STR("table"), STR("Table"));
    Str label = word;
    if (work->heading_text.len) label = STR_CONCAT(work->scratch, work->heading_text, STR(": "), word);
    if (work->tables > 1) label = str_format(work->scratch, "%.*s %zu", STR_ARG(label), work->tables);
    html_attribute(&work->html, STR("aria-label"), label);
  }
  open_table(work);
}

static bool in_head(cmark_node *cell) {
  return cmark_gfm_extensions_get_table_row_is_header(cell->parent) != 0;
}

/* With an empty cell in the corner, the first column names the rows. */
static bool is_row_head(Work *work, cmark_node *cell) {
  return work->table_corner && !cell->prev && cell->first_child;
}

static void enter_cell(Work *work, cmark_node *cell) {
  bool head = in_head(cell);
  work->quiet_count = 0;
  work->raw_open = 0;
  buf_add(&work->html, !cell->first_child        ? STR("<td")
                       : head                    ? STR("<th scope=\"col\"")
                       : is_row_head(work, cell) ? STR("<th scope=\"row\"")
                                                 : STR("<td"));
  uint8_t align =
      work->table_aligns && work->table_column < work->table_columns ? work->table_aligns[work->table_column] : 0;
  if (align == 'l') buf_add_lit(&work->html, " class=\"align-left\"");
  if (align == 'c') buf_add_lit(&work->html, " class=\"align-center\"");
  if (align == 'r') buf_add_lit(&work->html, " class=\"align-right\"");
  buf_add_byte(&work->html, '>');
  if (work->table_column && work->plain.len && work->plain.s[work->plain.len - 1] != '\n')
    buf_add_byte(&work->plain, ' ');
  if (!head && !is_row_head(work, cell)) glossary_enter_leaf(work, cell);
  work->leaf = (Open){.html = work->html.len, .text = work->plain.len};
}

static void leave_cell(Work *work, cmark_node *cell) {
  glossary_leave_leaf(work);
  bool th = cell->first_child && (in_head(cell) || is_row_head(work, cell));
  RuleSubject subject = {.node = cell, .text = html_plain_since(work, work->leaf.text)};
  rules_check(work, RULE_BLOCK, &subject);
  paper_add_cell(work, subject.text);
  blocks_add(work, in_head(cell) ? MARKDOWN_CELL_HEAD : MARKDOWN_CELL, work->leaf.text, 0);
  buf_add(&work->html, th ? STR("</th>\n") : STR("</td>\n"));
  work->table_column++;
}

static void enter_row(Work *work, cmark_node *row) {
  positions_enter_leaf(work, row);
  html_break(work);
  work->table_column = 0;
  if (cmark_gfm_extensions_get_table_row_is_header(row)) {
    buf_add_lit(&work->html, "<thead>\n");
    work->table_corner = row->first_child && !row->first_child->first_child && row->first_child->next;
  } else if (row->prev && cmark_gfm_extensions_get_table_row_is_header(row->prev)) {
    buf_add_lit(&work->html, "<tbody>\n");
  }
  buf_add_lit(&work->html, "<tr>\n");
}

bool tables_enter(Work *work, cmark_node *node) {
  if (node->type == CMARK_NODE_TABLE) {
    work->table_columns = cmark_gfm_extensions_get_table_columns(node);
    work->table_aligns = cmark_gfm_extensions_get_table_alignments(node);
    RuleSubject subject = {.node = node};
    rules_check(work, RULE_TABLE, &subject);
    paper_enter_table(work);
    if (!work->table_open) write_region(work);
    work->table_open = false;
  } else if (node->type == CMARK_NODE_TABLE_ROW) {
    enter_row(work, node);
  } else if (node->type == CMARK_NODE_TABLE_CELL) {
    enter_cell(work, node);
  }
  return true;
}

void tables_leave(Work *work, cmark_node *node) {
  if (node->type == CMARK_NODE_TABLE) {
    paper_check_table(work, node);
    html_insert(work, work->table_class, paper_table_class(work));
    if (node->last_child && node->last_child != node->first_child) buf_add_lit(&work->html, "</tbody>\n");
    buf_add_lit(&work->html, "</table>\n</div>\n");
    html_break(work);
  } else if (node->type == CMARK_NODE_TABLE_ROW) {
    buf_add_lit(&work->html, "</tr>\n");
    if (cmark_gfm_extensions_get_table_row_is_header(node)) buf_add_lit(&work->html, "</thead>\n");
    html_break(work);
  } else if (node->type == CMARK_NODE_TABLE_CELL) {
    leave_cell(work, node);
  }
}
