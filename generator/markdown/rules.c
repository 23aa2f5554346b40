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
    if (!str_equal_nocase(vague[i], text)) continue;
    DIAG(work->options->diags, LINK_TEXT_VAGUE, subject->span, subject->text);
    return;
  }
}

/* Where the digits stand in the source, whatever is written between them. */
static Span find_digits(Work *work, Str digits) {
  Str source = work->source;
  size_t end = work->block_end < source.len ? work->block_end : source.len;
  for (size_t at = work->phone_cursor > work->block_begin ? work->phone_cursor : work->block_begin; at < end; at++) {
    if (source.s[at] != digits.s[0] || (at > 0 && ascii_is_digit(source.s[at - 1]))) continue;
    size_t matched = 0;
    size_t gap = 0;
    size_t i = at;
    for (; i < end && matched < digits.len && gap < 8; i++) {
      gap = source.s[i] == digits.s[matched] ? 0 : gap + 1;
      if (gap == 0)
        matched++;
      else if (ascii_is_digit(source.s[i]) || ascii_is_alpha(source.s[i]))
        break;
    }
    if (matched < digits.len) continue;
    size_t begin = at;
    while (begin > work->block_begin && (source.s[begin - 1] == '(' || source.s[begin - 1] == '+')) begin--;
    work->phone_cursor = i;
    return positions_span(work, begin, i);
  }
  size_t line = work->block_begin;
  size_t line_end = line;
  while (line_end < end && source.s[line_end] != '\n') line_end++;
  return positions_span(work, line, line_end);
}

static bool is_quiet(const Work *work, size_t begin, size_t end) {
  for (size_t i = 0; i < work->quiet_count; i++)
    if (begin < work->quiet[i].end && end > work->quiet[i].begin) return true;
  return false;
}

static void phones_are_known(Work *work, const RuleSubject *subject) {
  Value phones = work->options->phones;
  size_t at = 0;
  Phone phone;
  if (phones.type != VALUE_LIST || subject->text.len < 7) return;
  size_t base = (size_t)(subject->text.s - work->plain.s);
  while (phones_next(work->scratch, subject->text, &at, &phone)) {
    if (phones_known(phones, phone.digits) || is_quiet(work, base + phone.begin, base + phone.end)) continue;
    DIAG(work->options->diags, PHONE_UNKNOWN, find_digits(work, phone.digits),
         str_slice(subject->text, phone.begin, phone.end));
  }
}

static void phone_link_is_known(Work *work, const RuleSubject *subject) {
  Value phones = work->options->phones;
  if (phones.type != VALUE_LIST || !str_starts(subject->target, STR("tel:"))) return;
  Str digits = phones_digits(work->scratch, str_slice(subject->target, 0, str_find_byte(subject->target, ';')));
  if (digits.len >= 7 && !phones_known(phones, digits))
    DIAG(work->options->diags, PHONE_UNKNOWN, subject->span, str_skip(subject->target, 4));
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

/* cmark drops the cells that the head has no column for, with no word. */
static void table_rows_fit(Work *work, const RuleSubject *subject) {
  for (const cmark_node *row = subject->node->first_child; row; row = row->next) {
    const cmark_node *last = row->last_child;
    Span line = positions_line(work, row->start_line);
    if (!last || last->end_column < 1) continue;
    size_t end = work->lines[row->start_line - 1] + (size_t)last->end_column;
    size_t line_end = line.offset + line.len - work->text->begin;
    if (end >= line_end) continue;
    Str rest = str_trim(str_slice(work->source, end, line_end));
    if (rest.len == 0 || str_equal(rest, STR("|"))) continue;
    DIAG(work->options->diags, TABLE_ROW, positions_span(work, end, line_end));
  }
}

void rules_text(Work *work, const cmark_node *node, Str literal) {
  if (work->has_footnote_marks) {
    size_t at = str_find(literal, STR("[^"));
    size_t close = at == STR_NONE ? STR_NONE : str_find_byte(str_skip(literal, at), ']');
    if (close != STR_NONE && close > 2) {
      Str mark = str_slice(literal, at, at + close + 1);
      DIAG(work->options->diags, FOOTNOTE_MISSING, positions_find(work, node->start_line, mark), mark);
    }
  }
  if (work->has_reference_marks) {
    size_t at = str_find(literal, STR("]["));
    size_t close = at == STR_NONE ? STR_NONE : str_find_byte(str_skip(literal, at + 2), ']');
    if (close != STR_NONE && close > 0) {
      Str label = str_slice(literal, at + 1, at + 2 + close + 1);
      DIAG(work->options->diags, LINK_REFERENCE, positions_find(work, node->start_line, label), label);
    }
  }
}

static const struct {
  RuleEvent on;
  RuleCheck *check;
} rules[] = {
    {RULE_IMAGE, image_has_alt},         {RULE_IMAGE, image_alt_is_words},          {RULE_HEADING, heading_has_text},
    {RULE_HEADING, heading_is_in_order}, {RULE_HEADING, heading_is_not_title},      {RULE_LINK, link_has_text},
    {RULE_LINK, link_text_is_words},     {RULE_LINK, link_text_says_where},         {RULE_LINK, phone_link_is_known},
    {RULE_BLOCK, phones_are_known},      {RULE_PARAGRAPH, paragraph_is_no_heading}, {RULE_TABLE, table_has_head},
    {RULE_TABLE, table_rows_fit},
};

void rules_check(Work *work, RuleEvent event, const RuleSubject *subject) {
  for (size_t i = 0; i < sizeof rules / sizeof *rules; i++)
    if (rules[i].on == event) rules[i].check(work, subject);
}
