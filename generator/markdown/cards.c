/* Cards: a quote that begins with a kind, `> [!EMERGENCY] Call 911 if you have:`. What follows the kind on its line
 * becomes the card's title, a heading one level below the heading above. */
#include "markdown/work.h"

typedef struct CardKind {
  Str name;  /* of the class, the word `card_…` and the icon */
  Str label; /* when the page's language has no word */
} CardKind;

static const CardKind kinds[] = {
#define KIND(name, label)                                                                                              \
  {                                                                                                                    \
    {"" name, sizeof name - 1}, {                                                                                      \
      "" label, sizeof label - 1                                                                                       \
    }                                                                                                                  \
  }
    KIND("emergency", "Emergency"),
    KIND("urgent", "Urgent"),
    KIND("nonurgent", "Not urgent"),
    KIND("warning", "Warning"),
    KIND("caution", "Caution"),
    KIND("important", "Important"),
    KIND("note", "Note"),
    KIND("tip", "Tip"),
    KIND("key", "Key point"),
    KIND("do", "Do"),
    KIND("dont", "Do not"),
#undef KIND
};
enum { KINDS = sizeof kinds / sizeof *kinds };

struct Card {
  const CardKind *kind;
  int level_above;
  int level;
};

static const CardKind *find_kind(Str name) {
  for (size_t i = 0; i < KINDS; i++)
    if (str_equal(kinds[i].name, name)) return &kinds[i];
  return NULL;
}

/* `Don't`, `NON-URGENT`: small letters and nothing else. */
static Str plain_name(Work *work, Str name) {
  char *plain = arena_alloc(work->scratch, name.len + 1, 1);
  size_t len = 0;
  for (size_t i = 0; i < name.len; i++)
    if (ascii_is_alpha(name.s[i])) plain[len++] = ascii_lower(name.s[i]);
  return str_from(plain, len);
}

static Str upper_name(Work *work, Str name) {
  char *upper = (char *)str_copy(work->scratch, name).s;
  for (size_t i = 0; i < name.len; i++)
    if (upper[i] >= 'a' && upper[i] <= 'z') upper[i] = (char)(upper[i] - ('a' - 'A'));
  return str_from(upper, name.len);
}

static void report_unknown(Work *work, const cmark_node *quote, Str written, Str plain) {
  Str names[KINDS];
  for (size_t i = 0; i < KINDS; i++) names[i] = kinds[i].name;
  Str near = upper_name(work, str_nearest(plain, names, KINDS));
  positions_enter_leaf(work, quote);
  Span span = positions_find(work, quote->start_line, STR_CONCAT(work->scratch, STR("[!"), written, STR("]")));
  DIAG(work->options->diags, CARD_KIND, span, written, near);
}

/* Moves the inlines of the first line, without the kind, into a heading in front of the paragraph. */
static cmark_node *make_title(cmark_node *quote, size_t mark) {
  cmark_node *paragraph = quote->first_child;
  cmark_node *title = cmark_node_new_with_mem(CMARK_NODE_HEADING, cmark_node_mem(quote));
  title->start_line = title->end_line = paragraph->start_line;
  cmark_node *first = paragraph->first_child;
  first->as.literal.data += mark;
  first->as.literal.len -= (bufsize_t)mark;
  while (first->as.literal.len && first->as.literal.data[0] == ' ') {
    first->as.literal.data++;
    first->as.literal.len--;
  }
  cmark_node *node = first;
  while (node && node->type != CMARK_NODE_SOFTBREAK && node->type != CMARK_NODE_LINEBREAK) {
    cmark_node *next = node->next;
    cmark_node_append_child(title, node);
    node = next;
  }
  if (node) cmark_node_unlink(node);
  cmark_node_insert_before(paragraph, title);
  if (!paragraph->first_child) cmark_node_unlink(paragraph);
  return title;
}

bool cards_enter(Work *work, cmark_node *quote) {
  cmark_node *paragraph = quote->first_child;
  if (!paragraph || paragraph->type != CMARK_NODE_PARAGRAPH) return false;
  cmark_node *first = paragraph->first_child;
  if (!first || first->type != CMARK_NODE_TEXT) return false;
  Str literal = work_literal(first);
  size_t close = str_find_byte(literal, ']');
  if (!str_starts(literal, STR("[!")) || close == STR_NONE) return false;
  Str written = str_slice(literal, 2, close);
  Str plain = plain_name(work, written);
  const CardKind *kind = find_kind(plain);
  if (!kind) {
    report_unknown(work, quote, written, plain);
    return false;
  }
  Card *card = ARENA_NEW(work->scratch, Card);
  card->kind = kind;
  card->level_above = work->level;
  card->level = work->level < 6 ? work->level + 1 : 6;
  cmark_node *title = make_title(quote, close + 1);
  title->user_data = card;
  quote->user_data = card;
  title->as.heading.level = card->level;
  work->level = card->level;
  html_line(work);
  html_break(work);
  buf_add_lit(&work->html, "<div class=\"card card-");
  buf_add(&work->html, kind->name);
  buf_add_lit(&work->html, "\">\n");
  return true;
}

const Card *cards_of_title(const cmark_node *heading) {
  return heading->user_data;
}

/* The title's own text is written; what goes around it is put in front and behind. */
void cards_leave_title(Work *work, cmark_node *heading) {
  const Card *card = heading->user_data;
  Str text = html_fold(work->arena, html_plain_since(work, work->heading.text));
  Str key = STR_CONCAT(work->scratch, STR("card_"), card->kind->name);
  Str label = html_word(work, key, card->kind->label);
  Str id = headings_new_id(work, text.len ? text : label);
  value_push(work->anchors, value_str(id));
  RuleSubject subject = {.node = heading, .text = html_plain_since(work, work->heading.text)};
  rules_check(work, RULE_BLOCK, &subject);

  Buf open = buf_new(work->scratch, LIMIT_HTML);
  buf_add_format(&open, "<h%d class=\"card-title\"", card->level);
  html_attribute(&open, STR("id"), id);
  buf_add_byte(&open, '>');
  buf_add(&open, value_text(value_get(work->options->icons, card->kind->name)));
  buf_add_lit(&open, "<span class=\"card-label\">");
  html_escape(&open, label);
  buf_add_lit(&open, "</span>");
  if (text.len) buf_add_lit(&open, " <span class=\"card-text\">");
  html_insert(work, work->heading.html, buf_str(&open));
  if (text.len) buf_add_lit(&work->html, "</span>");
  buf_add_format(&work->html, "</h%d>\n<div class=\"card-body\">\n", card->level);

  work->plain.len = work->heading.text;
  buf_add(&work->plain, label);
  if (text.len) buf_add_byte(&work->plain, ' ');
  size_t own = work->plain.len;
  buf_add(&work->plain, text);
  if (text.len) blocks_add(work, MARKDOWN_HEADING, own, 0);
  html_break(work);
}

bool cards_leave(Work *work, cmark_node *quote) {
  const Card *card = quote->user_data;
  if (!card) return false;
  html_line(work);
  buf_add_lit(&work->html, "</div>\n</div>\n");
  work->level = card->level_above;
  return true;
}
