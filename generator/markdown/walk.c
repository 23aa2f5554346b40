/* The one walk over the tree: each node's HTML and plain text, in reading order, without recursion (a page may nest
 * deeper than a stack). What needs more than a line or two is in a file of its own. */
#include "markdown/work.h"

static bool is_tight(const cmark_node *paragraph) {
  const cmark_node *item = paragraph->parent;
  return item && item->type == CMARK_NODE_ITEM && item->parent->as.list.tight;
}

static void enter_paragraph(Work *work, cmark_node *node) {
  positions_enter_leaf(work, node);
  html_break(work);
  work->quiet_count = 0;
  work->raw_open = 0;
  work->figure = images_is_figure(node);
  if (definitions_is(node)) {
    definitions_enter(work, node);
    return;
  }
  definitions_check(work, node);
  if (tables_is_caption(work, node)) {
    tables_enter_caption(work, node);
  } else if (work->figure) {
    html_line(work);
    buf_add_lit(&work->html, "<figure>");
  } else if (!is_tight(node)) {
    html_line(work);
    buf_add_lit(&work->html, "<p>");
  }
  if (!work->figure && !work->table_open) glossary_enter_leaf(work, node);
  work->leaf = (Open){.html = work->html.len, .text = work->plain.len};
}

static void leave_paragraph(Work *work, cmark_node *node) {
  if (work->definition) {
    definitions_leave(work, node);
    return;
  }
  glossary_leave_leaf(work);
  Str text = html_plain_since(work, work->leaf.text);
  if (work->table_open) {
    tables_leave_caption(work);
  } else if (work->figure) {
    images_caption(work, node->first_child);
    buf_add_lit(&work->html, "</figure>\n");
    text = html_plain_since(work, work->leaf.text);
  } else {
    bool last = node->parent->type == CMARK_NODE_FOOTNOTE_DEFINITION && !node->next;
    if (last) footnotes_back(work);
    if (!is_tight(node)) buf_add_lit(&work->html, "</p>\n");
    if (work->doc->summary.len == 0 && node->parent->type == CMARK_NODE_DOCUMENT)
      work->doc->summary = html_fold(work->options->text_passes ? work->scratch : work->arena, text);
  }
  work->figure = false;
  RuleSubject subject = {.node = node, .text = text};
  rules_check(work, RULE_PARAGRAPH, &subject);
  cards_check_line(work, node, text);
  rules_check(work, RULE_BLOCK, &subject);
  bool item = node->parent->type == CMARK_NODE_ITEM;
  blocks_add(work, item ? MARKDOWN_ITEM : MARKDOWN_PARAGRAPH, work->leaf.text, 0);
  html_break(work);
}

static void write_code_block(Work *work, cmark_node *node) {
  Str info = values_fill(work, work_chunk(node->as.code.info), true);
  Str language;
  Str rest;
  str_cut(info, ' ', &language, &rest);
  Str code = values_fill(work, work_chunk(node->as.code.literal), true);
  html_line(work);
  html_break(work);
  /* tabindex: what scrolls must be reachable by keyboard (WCAG 2.1.1). */
  buf_add_lit(&work->html, "<pre tabindex=\"0\"><code");
  if (language.len) html_attribute(&work->html, STR("class"), STR_CONCAT(work->scratch, STR("language-"), language));
  buf_add_lit(&work->html, ">");
  html_text(work, code);
  buf_add_lit(&work->html, "</code></pre>\n");
  html_break(work);
}

void walk_be_quiet(Work *work, size_t begin) {
  if (work->quiet_count == work->quiet_capacity) {
    size_t capacity = work->quiet_capacity ? work->quiet_capacity * 2 : 16;
    Quiet *quiet = ARENA_ARRAY(work->scratch, Quiet, capacity);
    for (size_t i = 0; i < work->quiet_count; i++) quiet[i] = work->quiet[i];
    work->quiet = quiet;
    work->quiet_capacity = capacity;
  }
  work->quiet[work->quiet_count++] = (Quiet){begin, work->plain.len};
}

static void write_code(Work *work, cmark_node *node) {
  size_t begin = work->plain.len;
  buf_add_lit(&work->html, "<code>");
  html_text(work, values_fill(work, work_literal(node), true));
  buf_add_lit(&work->html, "</code>");
  positions_pass(work, work_literal(node));
  walk_be_quiet(work, begin);
}

static void write_literal(Work *work, Str literal) {
  if (work->sections && !work->in_link && sections_around(work, STR("contact"))) {
    contact_text(work, literal);
    return;
  }
  Str text = values_fill(work, literal, false);
  if (work->options->rtl && !work->in_phone_link)
    bidi_text(work, text);
  else if (work->in_link)
    html_text(work, text);
  else
    phones_text(work, text);
}

static void write_text(Work *work, cmark_node *node) {
  Str literal = html_whole(work, work_literal(node));
  rules_text(work, node, literal);
  values_check_text(work, literal, node->start_line);
  if (!glossary_text(work, node, literal, write_literal)) write_literal(work, literal);
}

/* What is struck out is no longer said: plain text, which cannot show that, goes without it. */
static void enter_struck(Work *work) {
  if (work->struck_count++ == 0) work->struck = work->plain.len;
  buf_add_lit(&work->html, "<del>");
}

static void leave_struck(Work *work) {
  buf_add_lit(&work->html, "</del>");
  if (--work->struck_count) return;
  work->plain.len = work->struck;
  while (work->quiet_count && work->quiet[work->quiet_count - 1].begin >= work->struck) work->quiet_count--;
}

/* True: go on to the children. */
static bool enter_inline(Work *work, cmark_node *node) {
  switch (node->type) {
    case CMARK_NODE_TEXT: write_text(work, node); return false;
    case CMARK_NODE_SOFTBREAK:
      if (definitions_break(work, node)) return false;
      buf_add_byte(&work->html, '\n');
      buf_add_byte(&work->plain, ' ');
      return false;
    case CMARK_NODE_LINEBREAK:
      if (definitions_break(work, node)) return false;
      buf_add_lit(&work->html, "<br>");
      html_text(work, STR("\n"));
      return false;
    case CMARK_NODE_CODE: write_code(work, node); return false;
    case CMARK_NODE_HTML_INLINE: raw_inline(work, node); return false;
    case CMARK_NODE_EMPH: buf_add_lit(&work->html, "<em>"); return true;
    case CMARK_NODE_STRONG:
      buf_add(&work->html, node->user_data ? STR("<strong class=\"when\">") : STR("<strong>"));
      return true;
    case CMARK_NODE_LINK: links_enter(work, node); return true;
    case CMARK_NODE_IMAGE: images_write(work, node); return false;
    case CMARK_NODE_FOOTNOTE_REFERENCE: footnotes_refer(work, node); return false;
    default:
      if (node->type == CMARK_NODE_STRIKETHROUGH) enter_struck(work);
      return true;
  }
}

static void leave_inline(Work *work, cmark_node *node) {
  switch (node->type) {
    case CMARK_NODE_EMPH: buf_add_lit(&work->html, "</em>"); break;
    case CMARK_NODE_STRONG: buf_add_lit(&work->html, "</strong>"); break;
    case CMARK_NODE_LINK: links_leave(work, node); break;
    default:
      if (node->type == CMARK_NODE_STRIKETHROUGH) leave_struck(work);
      break;
  }
}

static bool enter_block(Work *work, cmark_node *node) {
  switch (node->type) {
    case CMARK_NODE_PARAGRAPH: enter_paragraph(work, node); return true;
    case CMARK_NODE_HEADING: headings_enter(work, node); return true;
    case CMARK_NODE_LIST: lists_enter(work, node); return true;
    case CMARK_NODE_ITEM: lists_enter_item(work, node); return true;
    case CMARK_NODE_BLOCK_QUOTE:
      if (!cards_enter(work, node)) {
        html_line(work);
        buf_add_lit(&work->html, "<blockquote>\n");
      }
      return true;
    case CMARK_NODE_CODE_BLOCK: write_code_block(work, node); return false;
    case CMARK_NODE_HTML_BLOCK: raw_block(work, node); return false;
    case CMARK_NODE_THEMATIC_BREAK:
      html_line(work);
      buf_add_lit(&work->html, "<hr>\n");
      return false;
    case CMARK_NODE_FOOTNOTE_DEFINITION: footnotes_enter(work, node); return true;
    default: return tables_enter(work, node);
  }
}

static void leave_block(Work *work, cmark_node *node) {
  sections_leave(work, node);
  switch (node->type) {
    case CMARK_NODE_PARAGRAPH: leave_paragraph(work, node); break;
    case CMARK_NODE_HEADING: headings_leave(work, node); break;
    case CMARK_NODE_LIST: lists_leave(work, node); break;
    case CMARK_NODE_ITEM:
      buf_add_lit(&work->html, "</li>\n");
      html_break(work);
      break;
    case CMARK_NODE_BLOCK_QUOTE:
      if (!cards_leave(work, node)) buf_add_lit(&work->html, "</blockquote>\n");
      break;
    case CMARK_NODE_FOOTNOTE_DEFINITION: footnotes_leave(work); break;
    case CMARK_NODE_DOCUMENT: footnotes_close(work); break;
    default: tables_leave(work, node); break;
  }
}

static bool is_inline(const cmark_node *node) {
  return (node->type & CMARK_NODE_TYPE_MASK) == CMARK_NODE_TYPE_INLINE;
}

void walk_page(Work *work, cmark_node *document) {
  for (cmark_node *node = document;;) {
    bool descend = is_inline(node) ? enter_inline(work, node) : enter_block(work, node);
    if (descend && node->first_child) {
      node = node->first_child;
      continue;
    }
    for (;;) {
      if (is_inline(node))
        leave_inline(work, node);
      else
        leave_block(work, node);
      if (node == document) return;
      if (node->next) break;
      node = node->parent;
    }
    node = node->next;
  }
}
