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
    KIND("video", "Video"),
#undef KIND
};
enum { KINDS = sizeof kinds / sizeof *kinds };

struct Card {
  const CardKind *kind;
  int level_above;
  int level;
  Span title;
  size_t text; /* where its own begins in the plain text */
};

static bool is_kind(const Card *card, const char *name) {
  return card && str_equal(card->kind->name, str_from_c(name));
}

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

static bool is_blank(const cmark_node *title) {
  const cmark_node *only = title->first_child;
  return !only || (!only->next && only->type == CMARK_NODE_TEXT && work_literal(only).len == 0);
}

/* The text node that begins with the kind, or NULL. */
static cmark_node *find_mark(const cmark_node *quote) {
  cmark_node *paragraph = quote->first_child;
  cmark_node *first = paragraph && paragraph->type == CMARK_NODE_PARAGRAPH ? paragraph->first_child : NULL;
  if (!first || first->type != CMARK_NODE_TEXT) return NULL;
  return str_starts(work_literal(first), STR("[!")) ? first : NULL;
}

bool cards_is(const cmark_node *node) {
  return node->type == CMARK_NODE_BLOCK_QUOTE && (node->user_data || find_mark(node));
}

/* --- films --- */

/* A link in the paragraph or heading, at any depth. */
static bool holds_link(cmark_node *block) {
  if (!block) return false;
  cmark_iter *iter = cmark_iter_new(block);
  while (cmark_iter_next(iter) != CMARK_EVENT_DONE)
    if (cmark_iter_get_node(iter)->type == CMARK_NODE_LINK) return true;
  return false;
}

/* A film is a link and what is said and shown in it; it does not play in the page, where others would learn who
 * watches. The heading above the transcript is put in. */
static void prepare_video(Work *work, const Card *card, cmark_node *title) {
  Span span = positions_line(work, title->start_line);
  cmark_node *transcript = title->next;
  if (!holds_link(title)) {
    if (!holds_link(transcript)) DIAG(work->options->diags, VIDEO_LINK, span);
    if (transcript) transcript = transcript->next;
  }
  if (!transcript) {
    DIAG(work->options->diags, VIDEO_TRANSCRIPT, span);
    return;
  }
  if (transcript->type == CMARK_NODE_HEADING) return; /* the author's own */
  cmark_mem *memory = cmark_node_mem(title);
  cmark_node *heading = cmark_node_new_with_mem(CMARK_NODE_HEADING, memory);
  heading->as.heading.level = card->level < 6 ? card->level + 1 : 6;
  heading->start_line = heading->end_line = transcript->start_line;
  cmark_node *text = cmark_node_new_with_mem(CMARK_NODE_TEXT, memory);
  text->start_line = transcript->start_line;
  cmark_node_set_literal(text, str_to_c(work->scratch, html_word(work, STR("transcript"), STR("Transcript"))));
  cmark_node_append_child(heading, text);
  cmark_node_insert_before(transcript, heading);
}

/* --- what good leaflets keep to --- */

/* What a line of a "do not" list begins with, small letters; the first is what the hint says. A language that is not
 * here is not looked at. */
typedef struct Starts {
  Str lang;
  Str shown;
  Str words[5];
} Starts;

static const Starts starts[] = {
    {{"en", 2}, {"Do not", 6}, {{"do not", 6}, {"don\xE2\x80\x99t", 7}, {"don't", 5}, {"never", 5}, {"no ", 3}}},
    {{"es", 2}, {"No", 2}, {{"no ", 3}, {"nunca", 5}, {"jam\xC3\xA1s", 6}, {"ni ", 3}, {"no, ", 4}}},
    {{"ar", 2},
     {"\xD9\x84\xD8\xA7", 4},
     {{"\xD9\x84\xD8\xA7 ", 5}, {"\xD9\x84\xD8\xA7\xD8\xAA", 6}, {"\xD9\x84\xD8\xA7", 4}}},
};

static const Starts *starts_in(Str lang) {
  for (size_t i = 0; i < sizeof starts / sizeof *starts; i++)
    if (str_equal(str_slice(lang, 0, 2), starts[i].lang)) return &starts[i];
  return NULL;
}

static bool says_not(const Starts *language, Str text) {
  for (size_t i = 0; i < 5 && language->words[i].len; i++)
    if (str_equal_nocase(str_slice(text, 0, language->words[i].len), language->words[i])) return true;
  return false;
}

void cards_check_line(Work *work, const cmark_node *paragraph, Str text) {
  const cmark_node *item = paragraph->parent;
  const cmark_node *quote = item->type == CMARK_NODE_ITEM ? item->parent->parent : NULL;
  if (!quote || quote->type != CMARK_NODE_BLOCK_QUOTE || paragraph->prev || !is_kind(quote->user_data, "dont")) return;
  const Starts *language = starts_in(work->options->lang);
  if (language && !says_not(language, text))
    DIAG(work->options->diags, CARD_DONT, positions_line(work, item->start_line), language->shown);
}

static void count_card(Work *work, const Card *card, Span span) {
  enum { WARNINGS_MOST = 2 };
  if (is_kind(card, "emergency")) work->emergencies++;
  if (!is_kind(card, "warning") && !is_kind(card, "caution")) return;
  if (++work->warnings > WARNINGS_MOST) DIAG(work->options->diags, CARD_MANY, span);
}

static void check_what_follows(Work *work, const cmark_node *quote) {
  const cmark_node *next = quote->next;
  while (next && (next->type == CMARK_NODE_HTML_BLOCK || next->type == CMARK_NODE_THEMATIC_BREAK)) next = next->next;
  if (!next || next->type == CMARK_NODE_HEADING || next->type == CMARK_NODE_FOOTNOTE_DEFINITION || cards_is(next))
    return;
  Span span = positions_line(work, next->start_line);
  if (next->type == CMARK_NODE_BLOCK_QUOTE)
    DIAG(work->options->diags, CARD_SPLIT, span);
  else
    DIAG(work->options->diags, CARD_HEADING, span);
}

/* --- writing --- */

bool cards_enter(Work *work, cmark_node *quote) {
  cmark_node *first = find_mark(quote);
  if (!first) return false;
  Str literal = work_literal(first);
  size_t close = str_find_byte(literal, ']');
  if (close == STR_NONE) return false;
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
  card->title = positions_line(work, title->start_line);
  count_card(work, card, card->title);
  if (is_blank(title) && !title->next) DIAG(work->options->diags, CARD_EMPTY, card->title);
  title->user_data = card;
  quote->user_data = card;
  title->as.heading.level = card->level;
  if (is_kind(card, "video")) prepare_video(work, card, title);
  work->level = card->level;
  html_line(work);
  html_break(work);
  card->text = work->plain.len;
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
  Str text = html_fold(work->scratch, html_plain_since(work, work->heading.text));
  Str key = STR_CONCAT(work->scratch, STR("card_"), card->kind->name);
  Str label = html_word(work, key, card->kind->label);
  Str id = headings_new_id(work, text.len ? text : label);
  outline_add_anchor(work, id);
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
  paper_check_card(work, card->text, card->title);
  if (is_kind(card, "emergency")) work->emergencies--;
  if (quote->parent->type == CMARK_NODE_DOCUMENT) check_what_follows(work, quote);
  return true;
}
