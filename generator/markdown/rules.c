/* What must hold on a page, as far as its tree shows it: a table of rules, one function each. A rule looks at one
 * heading, link, picture, table or block when it is complete, and reports. */
#include "markdown/work.h"

typedef void RuleCheck(Work *work, const RuleSubject *subject);

static bool is_file_name(Str alt) {
  static const Str endings[] = {{".jpg", 4},  {".jpeg", 5}, {".png", 4}, {".gif", 4},
                                {".webp", 5}, {".svg", 4},  {".avif", 5}};
  if (str_find_byte(alt, ' ') != STR_NONE) return false;
  for (size_t i = 0; i < sizeof endings / sizeof *endings; i++)
    if (alt.len >= endings[i].len && str_equal_nocase(str_skip(alt, alt.len - endings[i].len), endings[i])) return true;
  return false;
}

static void image_has_alt(Work *work, const RuleSubject *subject) {
  if (subject->text.len == 0) DIAG(work->options->diags, IMG_ALT, subject->span);
}

static void image_alt_is_words(Work *work, const RuleSubject *subject) {
  if (is_file_name(subject->text)) DIAG(work->options->diags, IMG_ALT_FILE, subject->span, subject->text);
}

static void image_has_file(Work *work, const RuleSubject *subject) {
  if (work_chunk(subject->node->as.link.url).len == 0) DIAG(work->options->diags, IMAGE_NOWHERE, subject->span);
}

static void image_phone_is_known(Work *work, const RuleSubject *subject) {
  Value phones = work->options->phones;
  if (phones.type != VALUE_LIST) return;
  Str unknown = markdown_unknown_phone(work->scratch, phones, subject->text);
  if (unknown.len) DIAG(work->options->diags, PHONE_UNKNOWN, subject->span, unknown);
}

static void image_is_no_film(Work *work, const RuleSubject *subject) {
  static const Str endings[] = {{".mp4", 4}, {".webm", 5}, {".mov", 4}, {".m4v", 4}, {".ogv", 4}};
  Str path = str_slice(subject->target, 0, str_find_byte(subject->target, '?'));
  for (size_t i = 0; i < sizeof endings / sizeof *endings; i++)
    if (path.len > endings[i].len && str_equal_nocase(str_skip(path, path.len - endings[i].len), endings[i]))
      DIAG(work->options->diags, IMAGE_FILM, subject->span);
}

static void heading_has_text(Work *work, const RuleSubject *subject) {
  if (subject->text.len == 0) DIAG(work->options->diags, HEADING_EMPTY, subject->span);
}

static void heading_is_in_order(Work *work, const RuleSubject *subject) {
  if (subject->level <= work->level + 1) return;
  DIAG(work->options->diags, HEADING_SKIP, subject->span, str_format(work->scratch, "%d", subject->level),
       str_format(work->scratch, "%d", work->level), str_format(work->scratch, "%.*s", work->level + 1, "#######"));
}

static void heading_is_not_title(Work *work, const RuleSubject *subject) {
  const cmark_node *node = subject->node;
  if (subject->level != 1) return;
  if (work->title_seen || node->parent->type != CMARK_NODE_DOCUMENT)
    DIAG(work->options->diags, HEADING_TITLE, subject->span);
}

static void link_has_text(Work *work, const RuleSubject *subject) {
  if (subject->text.len == 0 && !subject->named) DIAG(work->options->diags, LINK_EMPTY, subject->span);
}

/* An address that was forgotten, or `#` that stood for one. */
static void link_leads_somewhere(Work *work, const RuleSubject *subject) {
  Str written = work_chunk(subject->node->as.link.url);
  if (written.len == 0 || str_equal(written, STR("#"))) DIAG(work->options->diags, LINK_NOWHERE, subject->span);
}

static void link_text_is_words(Work *work, const RuleSubject *subject) {
  Str text = subject->text;
  bool url = str_starts(text, STR("https://")) || str_starts(text, STR("http://")) || str_starts(text, STR("www."));
  if (url) DIAG(work->options->diags, LINK_TEXT_URL, subject->span, text);
}

#define PHRASE(text)                                                                                                   \
  { "" text, sizeof text - 1 }
/* English, Spanish, Arabic; small letters. */
static const Str vague[] = {
    PHRASE("click"),
    PHRASE("click here"),
    PHRASE("click this"),
    PHRASE("click this link"),
    PHRASE("here"),
    PHRASE("read more"),
    PHRASE("more"),
    PHRASE("learn more"),
    PHRASE("see more"),
    PHRASE("find out more"),
    PHRASE("more info"),
    PHRASE("more information"),
    PHRASE("more details"),
    PHRASE("details"),
    PHRASE("link"),
    PHRASE("this link"),
    PHRASE("this"),
    PHRASE("this page"),
    PHRASE("page"),
    PHRASE("website"),
    PHRASE("this website"),
    PHRASE("go"),
    PHRASE("continue"),
    PHRASE("tap here"),
    PHRASE("press here"),
    PHRASE("see here"),
    PHRASE("download"),
    PHRASE("aquí"),
    PHRASE("aqui"),
    PHRASE("haga clic aquí"),
    PHRASE("haga clic"),
    PHRASE("haz clic aquí"),
    PHRASE("clic aquí"),
    PHRASE("pulse aquí"),
    PHRASE("pinche aquí"),
    PHRASE("toque aquí"),
    PHRASE("leer más"),
    PHRASE("lea más"),
    PHRASE("ver más"),
    PHRASE("más"),
    PHRASE("más información"),
    PHRASE("saber más"),
    PHRASE("enlace"),
    PHRASE("este enlace"),
    PHRASE("esta página"),
    PHRASE("descargar"),
    PHRASE("هنا"),
    PHRASE("اضغط هنا"),
    PHRASE("انقر هنا"),
    PHRASE("المزيد"),
    PHRASE("اقرأ المزيد"),
    PHRASE("للمزيد"),
    PHRASE("معرفة المزيد"),
    PHRASE("هذا الرابط"),
    PHRASE("رابط"),
    PHRASE("هذه الصفحة"),
};
#undef PHRASE

static void link_text_says_where(Work *work, const RuleSubject *subject) {
  enum { LONGEST = 40 };
  Str text = subject->text;
  if (text.len == 0 || text.len > LONGEST) return;
  while (text.len && (ascii_is_space(text.s[text.len - 1]) || text.s[text.len - 1] == '.' ||
                      text.s[text.len - 1] == ':' || text.s[text.len - 1] == '!' || text.s[text.len - 1] == '>'))
    text.len--;
  bool ascii = true;
  for (size_t i = 0; i < text.len; i++) ascii = ascii && !(text.s[i] & 0x80);
  if (!ascii) text = utf8_lower(work->scratch, text);
  for (size_t i = 0; i < sizeof vague / sizeof *vague; i++) {
    if (vague[i].len != text.len || !str_equal_nocase(vague[i], text)) continue;
    DIAG(work->options->diags, LINK_TEXT_VAGUE, subject->span, subject->text);
    return;
  }
}

/* Who reads an emergency card calls; a link to read on leads away from that. */
static void emergency_has_no_link(Work *work, const RuleSubject *subject) {
  bool calls = str_starts(subject->target, STR("tel:")) || str_starts(subject->target, STR("sms:"));
  if (work->emergencies && !calls) DIAG(work->options->diags, EMERGENCY_LINK, subject->span);
}

static void paragraph_is_no_heading(Work *work, const RuleSubject *subject) {
  enum { LONGEST = 60 }; /* letters; headings are shorter, emphasised advice is longer */
  const cmark_node *node = subject->node;
  const cmark_node *only = node->first_child;
  Str text = subject->text;
  if (!only || only->next || only->type != CMARK_NODE_STRONG || node->parent->type != CMARK_NODE_DOCUMENT) return;
  if (!node->next || node->next->type == CMARK_NODE_HEADING || text.len == 0 || utf8_count(text) > LONGEST) return;
  if (str_find_byte(STR(".!;,"), text.s[text.len - 1]) != STR_NONE) return;
  DIAG(work->options->diags, HEADING_EMPHASIS, positions_line(work, node->start_line), text);
}

static void table_has_head(Work *work, const RuleSubject *subject) {
  const cmark_node *head = subject->node->first_child;
  if (!head) return;
  for (const cmark_node *cell = head->first_child; cell; cell = cell->next) {
    if (cell->first_child || (!cell->prev && cell->next && cell->next->first_child))
      continue; /* the corner may be empty */
    DIAG(work->options->diags, TABLE_HEAD, positions_line(work, head->start_line));
    return;
  }
}

static bool is_cell_edge(char c) {
  return c == '|' || ascii_is_space(c);
}

/* cmark fills a row up with empty cells: a cell that was left out, or a line of text right below the table. */
static void table_rows_are_whole(Work *work, const RuleSubject *subject) {
  for (const cmark_node *row = subject->node->first_child; row; row = row->next)
    if (row->last_child && row->last_child->end_column < 1)
      DIAG(work->options->diags, TABLE_ROW_SHORT, positions_line(work, row->start_line));
}

/* cmark drops the cells that the head has no column for, with no word. */
static void table_rows_fit(Work *work, const RuleSubject *subject) {
  for (const cmark_node *row = subject->node->first_child; row; row = row->next) {
    const cmark_node *last = row->last_child;
    Span line = positions_line(work, row->start_line);
    if (!last || last->end_column < 1) continue;
    size_t end = work->lines[row->start_line - 1] + (size_t)last->end_column;
    size_t line_end = line.offset + line.len - work->text->begin;
    while (end < line_end && is_cell_edge(work->source.s[end])) end++;
    while (line_end > end && is_cell_edge(work->source.s[line_end - 1])) line_end--;
    if (end < line_end) DIAG(work->options->diags, TABLE_ROW, positions_span(work, end, line_end));
  }
}

/* Every `open …]` of the text. cmark has looked for a definition and found none. */
static void report_marks(Work *work, const cmark_node *node, Str literal, Str open) {
  bool footnote = open.s[0] == '[';
  Str rest = literal;
  for (;;) {
    size_t at = str_find(rest, open);
    if (at == STR_NONE) return;
    rest = str_skip(rest, at);
    size_t close = str_find_byte(str_skip(rest, open.len), ']');
    if (close == STR_NONE && !footnote) return;
    /* cmark may have cut the words out of a `[^…]` over several lines, or made an address in it a link. */
    Str mark = close == STR_NONE ? open : str_slice(rest, footnote ? 0 : 1, open.len + close + 1);
    mark = str_slice(mark, 0, str_find_byte(mark, '\n'));
    Span span = positions_find(work, node->start_line, mark);
    if (footnote && span.len != mark.len) span = positions_find(work, node->start_line, open);
    bool escaped = span.offset > work->text->begin && work->text->file.s[span.offset - 1] == '\\';
    if (!escaped && (close > 0 || footnote))
      diag_report(work->options->diags, footnote ? DIAG_FOOTNOTE_MISSING : DIAG_LINK_REFERENCE, span, &mark, 1);
    rest = str_skip(rest, open.len + (close == STR_NONE ? 0 : close));
  }
}

void rules_text(Work *work, const cmark_node *node, Str literal) {
  slips_text(work, node, literal);
  if (work->seen.footnotes) report_marks(work, node, literal, STR("[^"));
  if (work->seen.references) report_marks(work, node, literal, STR("]["));
  /* A comment that holds `--` is text to cmark 0.29 (CommonMark 0.31, example 625), and would be published. */
  if (work->seen.comments && str_find(literal, STR("<!")) != STR_NONE)
    DIAG(work->options->diags, COMMENT_HYPHENS, positions_find(work, node->start_line, STR("<!--")));
}

enum { EVENT_MOST = 6 }; /* rules of one event */
static RuleCheck *const rules[][EVENT_MOST] = {
    [RULE_HEADING] = {heading_has_text, heading_is_in_order, heading_is_not_title},
    [RULE_LINK] = {link_has_text, link_leads_somewhere, link_text_is_words, link_text_says_where, phones_link_is_right,
                   emergency_has_no_link},
    [RULE_IMAGE] = {image_has_alt, image_alt_is_words, image_has_file, image_is_no_film, image_phone_is_known},
    [RULE_BLOCK] = {phones_are_known, phones_emergency_is_ours},
    [RULE_PARAGRAPH] = {paragraph_is_no_heading},
    [RULE_TABLE] = {table_has_head, table_rows_fit, table_rows_are_whole},
};

void rules_check(Work *work, RuleEvent event, const RuleSubject *subject) {
  for (size_t i = 0; i < EVENT_MOST && rules[event][i]; i++) rules[event][i](work, subject);
}
