/* cmark's positions are good for blocks and fair for inlines: the column of an inline after a soft break counts from
 * where the block's first line began, links carry the line of their end, e-mail autolinks carry none. So lines are
 * taken from cmark, and what a caret stands under is looked up in the source, in reading order. */
#include "markdown/work.h"

#include <string.h>

/* Bytes that are searched for one link: a long line of prose is under 1 KB, and the bound keeps pages of links linear.
 */
enum { SEARCH_MOST = 4096 };

void positions_index(Work *work) {
  Str source = work->source;
  size_t *lines = arena_alloc(work->scratch, (work->seen.lines + 1) * sizeof *lines, sizeof *lines);
  size_t count = 0;
  bool returns = str_find_byte(source, '\r') != STR_NONE;
  for (size_t at = 0; at < source.len;) {
    lines[count++] = at;
    const char *feed = returns ? NULL : memchr(source.s + at, '\n', source.len - at);
    size_t end = feed ? (size_t)(feed - source.s) : returns ? at : source.len;
    while (end < source.len && source.s[end] != '\n' && source.s[end] != '\r') end++;
    if (end + 1 < source.len && source.s[end] == '\r' && source.s[end + 1] == '\n') end++;
    at = end + 1;
  }
  lines[count] = source.len;
  work->lines = lines;
  work->line_count = count;
}

static size_t line_begin(const Work *work, int line) {
  if (line < 1) return 0;
  return work->lines[(size_t)line - 1 < work->line_count ? (size_t)line - 1 : work->line_count];
}

Span positions_span(const Work *work, size_t begin, size_t end) {
  if (end > work->source.len) end = work->source.len;
  if (begin > end) begin = end;
  return (Span){work->text->path, work->text->begin + begin, end - begin};
}

Span positions_line(const Work *work, int line) {
  size_t begin = line_begin(work, line);
  size_t end = line_begin(work, line + 1);
  const char *s = work->source.s;
  while (begin < end && (ascii_is_space(s[begin]) || s[begin] == '>')) begin++;
  while (end > begin && ascii_is_space(s[end - 1])) end--;
  return positions_span(work, begin, end);
}

void positions_enter_leaf(Work *work, const cmark_node *node) {
  if (node->start_line < 1) return;
  work->block_begin = line_begin(work, node->start_line);
  work->block_end = line_begin(work, (node->end_line > node->start_line ? node->end_line : node->start_line) + 1);
  work->cursor = work->block_begin;
}

static Str window(const Work *work, size_t from) {
  return str_slice(work->source, from, from + SEARCH_MOST);
}

/* Where a search for something on `line` begins: not before what was met already, not far before the line. */
static size_t search_from(const Work *work, int line) {
  size_t from = work->cursor;
  size_t before = line_begin(work, line);
  /* A link over several lines carries the line of its end. */
  if (before > work->block_begin + SEARCH_MOST / 2 && before - SEARCH_MOST / 2 > from) from = before - SEARCH_MOST / 2;
  return from;
}

/* Is this the target of an inline link, `](target` or `](<target`, or an autolink? */
static bool is_target(Str source, size_t at, bool automatic) {
  size_t before = at;
  if (automatic) return true;
  if (before > 0 && source.s[before - 1] == '<') before--;
  while (before > 0 && ascii_is_space(source.s[before - 1])) before--;
  return before > 1 && source.s[before - 1] == '(' && source.s[before - 2] == ']';
}

/* The end of `target "title")` that begins at `at`. */
static size_t whole_end(Str source, size_t at) {
  char quote = 0;
  size_t most = at + SEARCH_MOST < source.len ? at + SEARCH_MOST : source.len;
  for (size_t i = at; i < most; i++) {
    char c = source.s[i];
    if (c == '\\') {
      i++;
    } else if (quote) {
      if (c == quote) quote = 0;
    } else if ((c == '"' || c == '\'') && ascii_is_space(source.s[i - 1])) {
      quote = c;
    } else if (c == ')') {
      return i + 1;
    }
  }
  return at;
}

/* The `[` that belongs to the `]` before `at`, with its `!`. */
static size_t whole_begin(Str source, size_t at, bool image) {
  size_t least = at > SEARCH_MOST ? at - SEARCH_MOST : 0;
  size_t depth = 0;
  for (size_t i = at; i > least; i--) {
    char c = source.s[i - 1];
    if (c == ']') depth++;
    if (c != '[') continue;
    if (depth > 1) {
      depth--;
      continue;
    }
    return image && i > 1 && source.s[i - 2] == '!' ? i - 2 : i - 1;
  }
  return at;
}

/* Reference links, and targets written with escapes: the text in brackets is the best there is. */
static LinkPlace place_by_text(Work *work, cmark_node *node) {
  int line = node->start_line;
  const cmark_node *child = node->first_child;
  Str text = child && child->type == CMARK_NODE_TEXT ? work_literal(child) : (Str){"", 0};
  size_t from = search_from(work, line);
  Str rest = window(work, from);
  Str mark = str_slice(STR_CONCAT(work->scratch, STR("["), text), 0, 64);
  size_t found = str_find(rest, mark);
  if (found == STR_NONE) {
    Span span = line >= 1 ? positions_line(work, line) : positions_span(work, from, from);
    return (LinkPlace){span, span, from};
  }
  size_t begin = from + found;
  size_t close = str_find_byte(str_skip(rest, found + mark.len), ']');
  size_t end = close == STR_NONE ? begin + mark.len : begin + mark.len + close + 1;
  if (end < work->source.len && work->source.s[end] == '[') {
    size_t second = str_find_byte(window(work, end), ']');
    if (second != STR_NONE) end += second + 1;
  } else if (end < work->source.len && work->source.s[end] == '(') {
    end = whole_end(work->source, end + 1);
  }
  if (node->type == CMARK_NODE_IMAGE && begin > 0 && work->source.s[begin - 1] == '!') begin--;
  Span span = positions_span(work, begin, end);
  return (LinkPlace){span, span, end};
}

LinkPlace positions_find_link(Work *work, cmark_node *node) {
  Str url = work_chunk(node->as.link.url);
  const cmark_node *child = node->first_child;
  Str text = child && child->type == CMARK_NODE_TEXT && !child->next ? work_literal(child) : (Str){"", 0};
  bool automatic = node->type == CMARK_NODE_LINK && text.len && str_ends(url, text);
  if (automatic) url = text;
  bool empty = url.len == 0;
  if (empty) url = STR("](");
  size_t from = search_from(work, node->start_line);
  Str rest = window(work, from);
  for (size_t at = 0;;) {
    size_t found = str_find(str_skip(rest, at), url);
    if (found == STR_NONE) return place_by_text(work, node);
    size_t begin = from + at + found + (empty ? 2 : 0);
    size_t end = empty ? begin : begin + url.len;
    at += found + 1;
    if (!empty && !is_target(work->source, begin, automatic)) continue;
    LinkPlace place = {positions_span(work, begin, end), positions_span(work, begin, end), end};
    size_t before = begin;
    while (before > 0 && (ascii_is_space(work->source.s[before - 1]) || work->source.s[before - 1] == '<')) before--;
    if (before == 0 || work->source.s[before - 1] != '(') return place; /* an autolink */
    size_t whole = whole_begin(work->source, before - 1, node->type == CMARK_NODE_IMAGE);
    if (whole < from) continue; /* its text is before the cursor: another link */
    place.end = whole_end(work->source, end);
    place.whole = positions_span(work, whole, place.end);
    return place;
  }
}

Span positions_find(Work *work, int line, Str needle) {
  size_t from = search_from(work, line);
  size_t found = str_find(window(work, from), needle);
  if (found == STR_NONE) return positions_line(work, line);
  return positions_span(work, from + found, from + found + needle.len);
}

void positions_pass(Work *work, Str code) {
  size_t found = str_find(window(work, work->cursor), code);
  if (found != STR_NONE) work->cursor += found + code.len;
}
