/* What was meant as Markdown and is text to cmark, so that readers would see its marks: a heading or list without an
 * ordinary space, as word processors and web pages leave them, the kind of a card outside of a card, and the attributes
 * that other generators let follow a paragraph or a picture. */
#include "markdown/work.h"

static bool begins_line(const cmark_node *node) {
  const cmark_node *before = node->prev;
  if (!before) return node->parent->type == CMARK_NODE_PARAGRAPH;
  return before->type == CMARK_NODE_SOFTBREAK || before->type == CMARK_NODE_LINEBREAK;
}

static uint32_t code_point_at(Str text, size_t at) {
  return at < text.len ? utf8_next(text, &at) : 0;
}

static bool is_hard_space(uint32_t c) {
  return c == 0xA0 || c == 0x2002 || c == 0x2003 || c == 0x2009 || c == 0x202F || c == 0x3000;
}

/* Bytes of `##` in front of something else than the space that makes a heading of it; 0: this is no such slip. One
 * `#` may be a number ("#1") or a hashtag. */
static size_t heading_mark(Str text) {
  size_t marks = 0;
  while (marks < text.len && text.s[marks] == '#') marks++;
  uint32_t next = code_point_at(text, marks);
  if (marks < 1 || marks > 6 || next == 0) return 0;
  return is_hard_space(next) || (marks > 1 && utf8_is_letter_or_digit(next)) ? marks : 0;
}

/* `-Item`, `1)Take one`, or with a space that is none to Markdown. */
static size_t item_mark(Str text) {
  size_t digits = 0;
  while (digits < text.len && digits < 3 && ascii_is_digit(text.s[digits])) digits++;
  if (digits >= text.len) return 0;
  char c = text.s[digits];
  if (digits ? c != '.' && c != ')' : c != '-' && c != '*' && c != '+') return 0;
  uint32_t next = code_point_at(text, digits + 1);
  bool letter = next && utf8_is_letter(next);
  if (digits ? letter && c == ')' : letter && c == '-') return digits + 1;
  return is_hard_space(next) ? digits + 1 : 0;
}

/* Bullets as word processors write them, and the en dash of their lists. */
static size_t bullet_mark(Str text) {
  static const uint32_t bullets[] = {0x2022, 0x2023, 0x2043, 0x25A0, 0x25A1, 0x25AA, 0x25B8, 0x25BA,
                                     0x25CB, 0x25CF, 0x25E6, 0xF0A7, 0xF0B7, 0xB7,   0x2013};
  size_t end = 0;
  uint32_t c = text.len ? utf8_next(text, &end) : 0;
  uint32_t next = code_point_at(text, end);
  bool spaced = next == ' ' || next == '\t' || is_hard_space(next);
  for (size_t i = 0; i < sizeof bullets / sizeof *bullets; i++)
    if (c == bullets[i]) return spaced || (c == 0x2022 && next) ? end : 0;
  return 0;
}

static bool may_be_mark(unsigned char c) {
  return c >= 0x80 || ascii_is_digit((char)c) || c == '#' || c == '-' || c == '*' || c == '+';
}

static bool is_escaped(const Work *work, Span span) {
  return span.offset > work->text->begin && work->text->file.s[span.offset - 1] == '\\';
}

static Span find_in_line(const Work *work, int line, Str mark) {
  Span span = positions_line(work, line);
  size_t at = str_find(str_slice(work->text->file, span.offset, span.offset + span.len), mark);
  return at == STR_NONE ? span : (Span){span.path, span.offset + at, mark.len};
}

/* A quote that begins with an unknown kind was reported as such (cards.c). */
static bool begins_quote(const cmark_node *node) {
  const cmark_node *paragraph = node->parent;
  return !node->prev && paragraph->type == CMARK_NODE_PARAGRAPH && !paragraph->prev &&
         paragraph->parent->type == CMARK_NODE_BLOCK_QUOTE;
}

static void check_card(Work *work, const cmark_node *node, Str literal) {
  size_t end = str_find_byte(literal, ']');
  if (end == STR_NONE || end < 3 || !ascii_is_alpha(literal.s[2]) || begins_quote(node)) return;
  Str mark = str_slice(literal, 0, end + 1);
  Span span = positions_find(work, node->start_line, mark);
  if (!is_escaped(work, span)) DIAG(work->options->diags, CARD_MARK, span, mark);
}

/* `{.lead}`, `{#id}`, `{: .lead}` or `{width=300}`. */
static bool is_attributes(Str text) {
  if (text.len < 3) return false;
  char first = text.s[1];
  char second = text.s[2];
  if (first == '.' || first == '#') return ascii_is_alpha(second);
  if (first == ':') return second == ' ' || second == '.' || second == '#';
  size_t at = 1;
  while (at < text.len && (ascii_is_alpha(text.s[at]) || text.s[at] == '-')) at++;
  return at > 1 && at < text.len && text.s[at] == '=';
}

static void check_attributes(Work *work, const cmark_node *node, Str literal) {
  for (size_t open = str_find_byte(literal, '{'); open != STR_NONE;) {
    Str rest = str_skip(literal, open);
    size_t close = str_find_byte(rest, '}');
    if (close == STR_NONE) return;
    Str mark = str_slice(rest, 0, close + 1);
    Span span = is_attributes(mark) ? positions_find(work, node->start_line, mark) : (Span){0};
    if (span.path.len && !is_escaped(work, span)) DIAG(work->options->diags, ATTRIBUTES_LOST, span, mark);
    size_t next = str_find_byte(str_skip(rest, close), '{');
    open = next == STR_NONE ? STR_NONE : open + close + next;
  }
}

void slips_text(Work *work, const cmark_node *node, Str literal) {
  if (str_starts(literal, STR("[!"))) check_card(work, node, literal);
  if (work->seen.attributes) check_attributes(work, node, literal);
  if (!literal.len || !may_be_mark((unsigned char)literal.s[0]) || !begins_line(node)) return;
  size_t heading = heading_mark(literal);
  size_t item = heading ? 0 : item_mark(literal);
  size_t bullet = heading || item ? 0 : bullet_mark(literal);
  size_t len = heading + item + bullet;
  if (!len) return;
  Str mark = str_slice(literal, 0, len);
  Span span = find_in_line(work, node->start_line, mark);
  if (is_escaped(work, span)) return;
  if (heading) {
    DIAG(work->options->diags, HEADING_SPACE, span, mark);
  } else if (work->list_slip != node->parent) { /* once is enough for all points */
    work->list_slip = node->parent;
    DIAG(work->options->diags, LIST_MARK, span, mark);
  }
}
