#include "markdown/work.h"

#include "base/scan.h"

#include <string.h>

SCAN_FUNCTION(find_special, (c == '&') | (c == '<') | (c == '>') | (c == '"'))

static Str reference(char c) {
  switch (c) {
    case '&': return STR("&amp;");
    case '<': return STR("&lt;");
    case '>': return STR("&gt;");
    default: return STR("&quot;");
  }
}

static void escape(Buf *out, Str text, bool quotes) {
  size_t from = 0;
  for (size_t at = find_special(text, 0); at < text.len; at = find_special(text, at + 1)) {
    if (text.s[at] == '"' && !quotes) continue;
    buf_add(out, str_slice(text, from, at));
    buf_add(out, reference(text.s[at]));
    from = at + 1;
  }
  buf_add(out, str_skip(text, from));
}

void html_escape(Buf *out, Str text) {
  escape(out, text, false);
}

void html_attribute(Buf *out, Str name, Str value) {
  buf_add_byte(out, ' ');
  buf_add(out, name);
  buf_add_lit(out, "=\"");
  escape(out, value, true);
  buf_add_byte(out, '"');
}

void html_text(Work *work, Str text) {
  html_escape(&work->html, text);
  buf_add(&work->plain, text);
}

void html_insert(Work *work, size_t at, Str markup) {
  Buf *html = &work->html;
  if (!buf_room(html, markup.len)) return;
  memmove(html->s + at + markup.len, html->s + at, html->len - at);
  if (markup.len) memcpy(html->s + at, markup.s, markup.len);
  html->len += markup.len;
}

void html_line(Work *work) {
  Buf *html = &work->html;
  if (html->len && html->s[html->len - 1] != '\n') buf_add_byte(html, '\n');
}

void html_break(Work *work) {
  Buf *plain = &work->plain;
  while (plain->len && plain->s[plain->len - 1] == ' ') plain->len--;
  if (plain->len && plain->s[plain->len - 1] != '\n') buf_add_byte(plain, '\n');
}

Str html_plain_since(const Work *work, size_t from) {
  return str_trim(str_skip(buf_str(&work->plain), from));
}

/* No line end, no tab and no two spaces in a row. */
static bool is_folded(Str text) {
  size_t at = 0;
  for (; at + SCAN_BLOCK + 1 <= text.len; at += SCAN_BLOCK) {
    ScanBytes c = scan_load(text.s + at);
    ScanBytes next = scan_load(text.s + at + 1);
    ScanBytes other = (ScanBytes)((ScanBytes)(c - '\t') <= '\r' - '\t');
    if (scan_is_any(other | (ScanBytes)((c == ' ') & (next == ' ')))) return false;
  }
  for (; at < text.len; at++)
    if (ascii_is_space(text.s[at]) && (text.s[at] != ' ' || (at > 0 && text.s[at - 1] == ' '))) return false;
  return true;
}

Str html_fold(Arena *arena, Str text) {
  text = str_trim(text);
  if (is_folded(text)) return str_copy(arena, text);
  char *folded = arena_alloc(arena, text.len + 1, 1);
  size_t len = 0;
  for (size_t i = 0; i < text.len; i++) {
    bool space = ascii_is_space(text.s[i]);
    if (space && folded[len - 1] == ' ') continue;
    folded[len++] = space ? ' ' : text.s[i];
  }
  return str_from(folded, len);
}

Str html_fold_lines(Arena *arena, Str text) {
  Buf lines = buf_new(arena, text.len + 1);
  while (text.len) {
    Str line;
    str_cut(text, '\n', &line, &text);
    line = html_fold(arena, line);
    if (line.len && lines.len) buf_add_byte(&lines, '\n');
    buf_add(&lines, line);
  }
  return buf_str(&lines);
}

Str html_whole(const Work *work, Str literal) {
  if (!work->seen.footnotes) return literal;
  size_t bad = utf8_find_invalid(literal);
  if (bad == STR_NONE) return literal;
  Buf whole = buf_new(work->scratch, LIMIT_HTML);
  while (bad != STR_NONE) {
    buf_add(&whole, str_slice(literal, 0, bad));
    literal = str_skip(literal, bad + 1);
    bad = utf8_find_invalid(literal);
  }
  buf_add(&whole, literal);
  return buf_str(&whole);
}

/* The text of a picture's brackets, without formatting. */
Str html_alt(Work *work, cmark_node *image) {
  cmark_node *node = image->first_child;
  if (!node) return (Str){"", 0};
  if (node->type == CMARK_NODE_TEXT && !node->next)
    return values_fill(work, html_whole(work, work_literal(node)), false);
  Buf alt = buf_new(work->scratch, LIMIT_HTML);
  while (node != image) {
    if (node->type == CMARK_NODE_TEXT || node->type == CMARK_NODE_CODE)
      buf_add(&alt, html_whole(work, work_literal(node)));
    else if (node->type == CMARK_NODE_SOFTBREAK || node->type == CMARK_NODE_LINEBREAK)
      buf_add_byte(&alt, ' ');
    if (node->first_child) {
      node = node->first_child;
      continue;
    }
    while (node != image && !node->next) node = node->parent;
    if (node != image) node = node->next;
  }
  return values_fill(work, buf_str(&alt), false);
}

Str html_word(const Work *work, Str key, Str otherwise) {
  Str word = value_text(value_get(work->options->words, key));
  return word.len ? word : otherwise;
}
