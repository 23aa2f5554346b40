/* Terms of the glossary on a page. The first use of each becomes a button that opens its meaning, which stands right
 * behind it: reached by touch, by keyboard and by screen readers, without a script. A browser that knows no popovers
 * shows the meaning in the text. Terms are looked for in paragraphs, items of lists and cells of tables; not in
 * headings, links, code, definitions and captions, and not in emergency cards, which nothing may lead away from.
 *
 * A term may go on behind the end of a line, which is a node of its own, so the text of a block is put together first.
 */
#include "markdown/work.h"

/* No letter, and in no text: what stands between two pieces that no term may reach across. */
static const Str barrier = {"\xEF\xBF\xBC", 3}; /* U+FFFC */

typedef struct TermPiece {
  const cmark_node *node;
  size_t begin; /* in the text put together */
} TermPiece;

static void add_piece(Work *work, const cmark_node *node, Str text) {
  work->term_pieces = work_grown(work, work->term_pieces, work->term_piece_count, sizeof *work->term_pieces);
  work->term_pieces[work->term_piece_count++] = (TermPiece){node, work->term_text.len};
  buf_add(&work->term_text, text);
}

static void gather(Work *work, cmark_node *block) {
  work->term_text.len = 0;
  work->term_piece_count = 0;
  cmark_node *node = block->first_child;
  while (node) {
    bool text = node->type == CMARK_NODE_TEXT;
    bool line_end = node->type == CMARK_NODE_SOFTBREAK;
    bool inner = node->first_child && (node->type == CMARK_NODE_EMPH || node->type == CMARK_NODE_STRONG);
    add_piece(work, node, text ? html_whole(work, work_literal(node)) : line_end ? STR(" ") : barrier);
    if (inner) {
      node = node->first_child;
      continue;
    }
    while (node != block && !node->next) {
      node = node->parent;
      if (node != block) add_piece(work, node, barrier);
    }
    node = node == block ? NULL : node->next;
  }
}

/* The piece that holds the byte at `at`, from *piece on. */
static const TermPiece *piece_at(const Work *work, size_t at, size_t *piece) {
  while (*piece + 1 < work->term_piece_count && work->term_pieces[*piece + 1].begin <= at) ++*piece;
  return &work->term_pieces[*piece];
}

static TermMark *mark(Work *work, const TermPiece *piece, size_t at, size_t entry) {
  work->term_marks = work_grown(work, work->term_marks, work->term_mark_count, sizeof *work->term_marks);
  TermMark *added = &work->term_marks[work->term_mark_count++];
  *added = (TermMark){.node = piece->node, .offset = at - piece->begin, .entry = entry};
  return added;
}

/* Bytes of the mark that a text begins with when it belongs to the word before it, else 0. To a browser a button is
 * a thing of its own, before and behind which a line may end. */
static size_t stop_len(Str text) {
  static const Str stops[] = {{".", 1},           {",", 1}, {";", 1}, {":", 1}, {"!", 1}, {"?", 1},
                              {")", 1},           {"،", 2}, {"؛", 2}, {"؟", 2}, {"…", 3}, {"\xE2\x80\x99", 3},
                              {"\xE2\x80\x9D", 3}};
  for (size_t i = 0; i < sizeof stops / sizeof *stops; i++)
    if (str_starts(text, stops[i])) return stops[i].len;
  return 0;
}

void glossary_enter_leaf(Work *work, cmark_node *block) {
  const Terms *terms = work->options->terms;
  if (!terms || work->emergencies) return;
  if (!work->terms_used) {
    work->terms_used = ARENA_ARRAY(work->scratch, bool, terms_count(terms));
    work->term_text = buf_new(work->scratch, LIMIT_HTML);
  }
  gather(work, block);
  work->term_mark_count = work->term_mark_next = 0;
  size_t at = 0;
  size_t piece = 0;
  TermFound found;
  while (terms_next(terms, buf_str(&work->term_text), work->terms_used, &at, &found)) {
    work->terms_used[found.entry] = true;
    const TermPiece *first = piece_at(work, found.begin, &piece);
    const TermPiece *last = piece_at(work, found.end - 1, &piece);
    Str rest = str_skip(buf_str(&work->term_text), found.end);
    bool same = first == last && piece_at(work, found.end, &piece) == last;
    TermMark *open = mark(work, first, found.begin, found.entry);
    open->begins = true;
    open->stop = same ? stop_len(rest) : 0;
    size_t stop = open->stop;
    mark(work, last, found.end, found.entry)->stop = stop;
  }
}

void glossary_leave_leaf(Work *work) {
  work->term_mark_count = work->term_mark_next = 0;
}

static void open_term(Work *work, Str id) {
  buf_add_lit(&work->html, "<button type=\"button\" class=\"term\"");
  html_attribute(&work->html, STR("popovertarget"), id);
  buf_add_byte(&work->html, '>');
}

static void close_term(Work *work, Str id, Value entry) {
  buf_add_lit(&work->html, "</button><span class=\"meaning\"");
  html_attribute(&work->html, STR("id"), id);
  buf_add_lit(&work->html, " popover> <strong>");
  html_escape(&work->html, value_text(value_get(entry, STR("term"))));
  buf_add_lit(&work->html, ":</strong> ");
  html_escape(&work->html, value_text(value_get(entry, STR("plain"))));
  buf_add_lit(&work->html, " </span>");
}

static void write_mark(Work *work, const TermMark *mark) {
  if (mark->begins) work->term_count++;
  Str id = str_format(work->scratch, "term_%zu", work->term_count);
  if (mark->begins) {
    headings_claim(work, id, positions_line(work, mark->node->start_line));
    open_term(work, id);
  } else {
    close_term(work, id, terms_entry(work->options->terms, mark->entry));
  }
}

bool glossary_text(Work *work, const cmark_node *node, Str literal, void (*write)(Work *work, Str literal)) {
  size_t from = 0;
  if (work->term_mark_next == work->term_mark_count || work->term_marks[work->term_mark_next].node != node)
    return false;
  for (; work->term_mark_next < work->term_mark_count; work->term_mark_next++) {
    const TermMark *next = &work->term_marks[work->term_mark_next];
    if (next->node != node) break;
    if (next->offset > from) write(work, str_slice(literal, from, next->offset));
    from = next->offset;
    if (next->begins && next->stop) buf_add_lit(&work->html, "<span class=\"kept\">");
    write_mark(work, next);
    if (next->begins || !next->stop) continue;
    from += next->stop;
    write(work, str_slice(literal, next->offset, from));
    buf_add_lit(&work->html, "</span>");
  }
  if (from < literal.len) write(work, str_skip(literal, from));
  return true;
}

void glossary_finish(Work *work) {
  MarkdownDoc *doc = work->doc;
  for (size_t i = 0; work->terms_used && i < terms_count(work->options->terms); i++) {
    if (!work->terms_used[i]) continue;
    if (!value_is_defined(doc->glossary)) doc->glossary = value_list(work->arena, work->term_count);
    value_push(doc->glossary, terms_entry(work->options->terms, i));
  }
}
