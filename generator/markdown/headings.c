/* Headings: ids that last, attributes (`{#id .class}`), the outline, the page's title, the level that cards go by. */
#include "markdown/work.h"

static bool is_id(Str id) {
  for (size_t at = 0; at < id.len;) {
    uint32_t c = utf8_next(id, &at);
    if (!utf8_is_letter_or_digit(c) && c != '-' && c != '_' && c != '.') return false;
  }
  return id.len > 0;
}

/* The attributes at the end of a heading, from the source: smart punctuation has changed hyphens in the tree. Faults
 * are reported to `diags`, unless that is NULL. */
static HeadingAttributes read_attributes(Work *work, const cmark_node *node, DiagList *diags) {
  HeadingAttributes attributes = {0};
  const cmark_node *last = node->last_child;
  if (!work->seen.attributes || !last || last->type != CMARK_NODE_TEXT) return attributes;
  Str literal = str_trim(work_literal(last));
  if (!str_ends(literal, STR("}"))) return attributes;
  size_t begin = work->lines[node->start_line - 1];
  size_t end_line = (size_t)(node->end_line > node->start_line ? node->end_line : node->start_line);
  size_t end = work->lines[end_line < work->line_count ? end_line : work->line_count];
  Str region = str_slice(work->source, begin, end);
  size_t open = str_find_last_byte(region, '{');
  size_t close = str_find_last_byte(region, '}');
  if (open == STR_NONE || close == STR_NONE || close < open + 2) return attributes;
  if (region.s[open + 1] != '#' && region.s[open + 1] != '.') return attributes;
  attributes.found = true;
  attributes.span = positions_span(work, begin + open, begin + close + 1);
  Str rest = str_slice(region, open + 1, close);
  while (rest.len) {
    Str token;
    str_cut(str_trim(rest), ' ', &token, &rest);
    Str name = str_skip(token, 1);
    bool good =
        is_id(name) && (token.s[0] == '#' ? attributes.id.len == 0 : token.s[0] == '.' && !attributes.class.len);
    if (!good) {
      if (diags) DIAG(diags, HEADING_ATTRIBUTES, attributes.span, str_slice(region, open, close + 1));
      break;
    }
    if (token.s[0] == '#')
      attributes.id = name;
    else
      attributes.class = name;
  }
  return attributes;
}

/* Takes the attributes out of the tree. */
static void cut_attributes(cmark_node *node) {
  cmark_chunk *literal = &node->last_child->as.literal;
  while (literal->len && literal->data[literal->len - 1] != '{') literal->len--;
  if (literal->len) literal->len--;
  while (literal->len && ascii_is_space((char)literal->data[literal->len - 1])) literal->len--;
}

bool headings_have_class(Work *work, cmark_node *document, Str class) {
  for (cmark_node *node = document->first_child; node && work->seen.attributes; node = node->next)
    if (node->type == CMARK_NODE_HEADING && str_equal(read_attributes(work, node, NULL).class, class)) return true;
  return false;
}

void headings_claim(Work *work, Str id, Span span) {
  if (value_entry(work->ids, id)) DIAG(work->options->diags, HEADING_ID_TWICE, span, id);
  value_set(work->ids, id, value_int(1));
}

/* Ids that the author gave are taken before any is made from a text, wherever they stand. */
void headings_claim_ids(Work *work, cmark_node *document) {
  cmark_node *node = document;
  while (node) {
    if (node->type == CMARK_NODE_HEADING) {
      HeadingAttributes attributes = read_attributes(work, node, NULL);
      if (attributes.id.len) headings_claim(work, attributes.id, attributes.span);
    }
    bool inner = node->first_child && node->type != CMARK_NODE_PARAGRAPH && node->type != CMARK_NODE_HEADING &&
                 node->type != CMARK_NODE_TABLE;
    if (inner) {
      node = node->first_child;
      continue;
    }
    while (node && !node->next) node = node->parent;
    if (node) node = node->next;
  }
}

Str headings_new_id(Work *work, Str text) {
  Str slug = utf8_slug(work->scratch, text);
  if (slug.len == 0) slug = STR("section");
  const ValueEntry *entry = value_entry(work->ids, slug);
  if (!entry) {
    value_set(work->ids, slug, value_int(1));
    return slug;
  }
  Str id;
  int64_t count = value_to_int(entry->value, 1);
  do {
    count++;
    id = str_format(work->scratch, "%.*s-%lld", STR_ARG(slug), (long long)count);
  } while (value_entry(work->ids, id));
  value_set(work->ids, slug, value_int(count));
  value_set(work->ids, id, value_int(1));
  return id;
}

static bool is_title(const Work *work, const cmark_node *node) {
  return node->as.heading.level == 1 && !work->title_seen && node->parent->type == CMARK_NODE_DOCUMENT;
}

void headings_enter(Work *work, cmark_node *node) {
  positions_enter_leaf(work, node);
  html_line(work);
  html_break(work);
  work->quiet_count = 0;
  work->raw_open = 0;
  work->heading = (Open){.html = work->html.len, .text = work->plain.len};
  if (cards_of_title(node)) return;
  sections_before_heading(work, node, node->as.heading.level);
  work->heading_links = 0;
  work->attributes = read_attributes(work, node, work->options->diags);
  if (work->attributes.found) cut_attributes(node);
  work->heading = (Open){.html = work->html.len, .text = work->plain.len};
}

/* The title of the front matter is the one that is shown; what differs in more than marks would be lost. */
static void check_title(Work *work, Str text, Span span) {
  Str given = value_text(value_path(work->options->data, STR("page.title"), work->scratch));
  if (!given.len || str_equal(utf8_slug(work->scratch, given), utf8_slug(work->scratch, text))) return;
  DIAG(work->options->diags, HEADING_LOST, span, given);
}

static void take_title(Work *work) {
  work->doc->title = html_fold(work->arena, html_plain_since(work, work->heading.text));
  work->title_seen = true;
  work->html.len = work->heading.html;
  work->plain.len = work->heading.text;
}

static void write_heading(Work *work, int level, Str id, Str class) {
  Buf open = buf_new(work->scratch, LIMIT_HTML);
  buf_add_lit(&open, "<h");
  buf_add_byte(&open, (char)('0' + level));
  html_attribute(&open, STR("id"), id);
  if (class.len) html_attribute(&open, STR("class"), class);
  buf_add_byte(&open, '>');
  html_insert(work, work->heading.html, buf_str(&open));
  buf_add_lit(&work->html, "</h");
  buf_add_byte(&work->html, (char)('0' + level));
  buf_add_lit(&work->html, ">\n");
}

/* An outline that nobody has filled in, which a draft may be. At the end of a page the theme may go on, with a list. */
static void check_filled(Work *work, const cmark_node *node) {
  const cmark_node *next = node->next;
  while (next && next->type == CMARK_NODE_HTML_BLOCK) next = next->next;
  if (!next || next->type != CMARK_NODE_HEADING || next->as.heading.level > node->as.heading.level) return;
  Value draft = value_path(work->options->data, STR("page.draft"), work->scratch);
  if (!value_to_bool(draft, false)) DIAG(work->options->diags, HEADING_ALONE, positions_line(work, node->start_line));
}

/* A question is a link to itself, so that it can be passed on, by touch and keyboard too. */
static void link_to_itself(Work *work, Str id) {
  html_insert(work, work->heading.html, STR_CONCAT(work->scratch, STR("<a class=\"self\" href=\"#"), id, STR("\">")));
  buf_add_lit(&work->html, "</a>");
}

/* The class of the heading; one that is nearly a section's is taken for a slip. */
static Str known_class(Work *work) {
  Str class = work->attributes.class;
  if (class.len == 0 || sections_is_class(class)) return class;
  Str near = sections_nearest(class);
  if (near.len) DIAG(work->options->diags, HEADING_CLASS, work->attributes.span, class, near);
  return class;
}

void headings_leave(Work *work, cmark_node *node) {
  if (cards_of_title(node)) {
    cards_leave_title(work, node);
    return;
  }
  Str text = html_fold(work->scratch, html_plain_since(work, work->heading.text));
  int level = node->as.heading.level;
  RuleSubject subject = {.node = node, .text = text, .level = level, .span = positions_line(work, node->start_line)};
  rules_check(work, RULE_HEADING, &subject);
  rules_check(work, RULE_BLOCK, &subject);
  if (is_title(work, node)) {
    check_title(work, text, subject.span);
    take_title(work);
    return;
  }
  if (level == 1) level = 2; /* reported */
  blocks_add(work, MARKDOWN_HEADING, work->heading.text, level);
  work->level = level;
  Str class = known_class(work);
  bool section = sections_is_class(class);
  Str given = work->attributes.id;
  Str id = outline_add_anchor(work, given.len ? given : headings_new_id(work, text));
  text = str_copy(work->arena, text);
  if (node->parent->type == CMARK_NODE_DOCUMENT) outline_add_heading(work, &(MarkdownHeading){id, text, level});
  bool question = !section && sections_has_question(work, node, level);
  if (question && !work->heading_links) link_to_itself(work, id);
  if (!question) check_filled(work, node);
  write_heading(work, level, id, section ? (Str){"", 0} : class);
  work->heading_id = id;
  work->heading_text = text;
  work->heading_used = false;
  work->tables = 0;
  html_break(work);
  if (section)
    sections_open(work, node, class);
  else if (question)
    sections_question(work, node, level);
}
