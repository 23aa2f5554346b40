/* Raw HTML: refused, with what to write instead. Comments are notes to the author and are dropped. */
#include "markdown/work.h"

typedef struct Instead {
  Str tag;
  Str hint;
} Instead;

static const Instead instead[] = {
#define ROW(tag, hint)                                                                                                 \
  {                                                                                                                    \
    {"" tag, sizeof tag - 1}, {                                                                                        \
      "" hint, sizeof hint - 1                                                                                         \
    }                                                                                                                  \
  }
    ROW("a", "write a link as `[words](address)`"),
    ROW("abbr", "write the long form once, with the short form in brackets"),
    ROW("b", "write **two stars** around strong words"),
    ROW("blockquote", "begin each line with `> `"),
    ROW("br", "end the line with a backslash `\\` for a line break"),
    ROW("button", "write a link as `[words](address)`"),
    ROW("center", "the theme decides how text is aligned"),
    ROW("code", "write `backticks` around it"),
    ROW("del", "write ~~two tildes~~ around it"),
    ROW("details", "make it a question under a heading with `{.faq}`"),
    ROW("div", "use a card (`> [!NOTE] Title`) or a heading with a class (`## Steps {.steps}`)"),
    ROW("em", "write *one star* around the words"),
    ROW("font", "colours and sizes belong to the theme"),
    ROW("form", "give a phone number or an e-mail address instead"),
    ROW("hr", "write `---` on a line of its own"),
    ROW("i", "write *one star* around the words"),
    ROW("iframe", "link to it: `[words](address)`"),
    ROW("img", "write a picture as `![what it shows](file.jpg)`"),
    ROW("li", "begin each item with `- `"),
    ROW("ol", "begin each item with `1. `"),
    ROW("p", "leave an empty line between paragraphs"),
    ROW("s", "write ~~two tildes~~ around it"),
    ROW("script", "scripts have no place in a page; link to what it does"),
    ROW("section", "use a heading with a class (`## Steps {.steps}`)"),
    ROW("span", "write the words alone; how they look belongs to the theme"),
    ROW("strong", "write **two stars** around strong words"),
    ROW("style", "how pages look belongs to the theme"),
    ROW("sub", "write the character itself (₂), or words"),
    ROW("sup", "write the character itself (²), or words"),
    ROW("table", "write a table with `|` between the cells and `---` under the head"),
    ROW("u", "write **two stars** around strong words; only links are underlined"),
    ROW("ul", "begin each item with `- `"),
    ROW("video", "link to it: `[words](address)`"),
#undef ROW
};

static Str tag_name(Str tag) {
  size_t begin = tag.len > 1 && tag.s[1] == '/' ? 2 : 1;
  size_t end = begin;
  while (end < tag.len && (ascii_is_alpha(tag.s[end]) || ascii_is_digit(tag.s[end]) || tag.s[end] == '-')) end++;
  return str_slice(tag, begin, end);
}

static void report(Work *work, Span span, Str tag) {
  Str name = tag_name(tag);
  Str hint = STR("if it is meant to be read as it stands, write a backslash before the `<`");
  for (size_t i = 0; name.len && i < sizeof instead / sizeof *instead; i++)
    if (str_equal_nocase(instead[i].tag, name)) hint = instead[i].hint;
  Str shown = str_slice(tag, 0, str_find_byte(tag, '\n'));
  size_t most = utf8_offset(shown, 40);
  DIAG(work->options->diags, RAW_HTML, span, str_slice(shown, 0, most), hint);
}

void raw_inline(Work *work, cmark_node *node) {
  Str literal = values_fill(work, work_literal(node), true);
  if (str_starts(literal, STR("<!--"))) return;
  bool closing = str_starts(literal, STR("</"));
  if (closing && work->raw_open) { /* its beginning was reported */
    work->raw_open--;
    return;
  }
  Str line = str_slice(literal, 0, str_find_byte(literal, '\n'));
  Span span = positions_find(work, node->start_line, line);
  size_t offset = span.offset - work->text->begin;
  if (!closing) work->raw_open++;
  if (offset + span.len > work->cursor && span.len == line.len) work->cursor = offset + span.len;
  report(work, span, literal);
}

/* Comments at the beginning are skipped; anything else in the block is refused. */
void raw_block(Work *work, cmark_node *node) {
  positions_enter_leaf(work, node);
  Str rest = str_trim(work_literal(node));
  while (str_starts(rest, STR("<!--"))) {
    size_t end = str_find(str_skip(rest, 4), STR("-->"));
    if (end == STR_NONE) {
      DIAG(work->options->diags, COMMENT_OPEN, positions_find(work, node->start_line, STR("<!--")));
      return;
    }
    rest = str_trim(str_skip(rest, 4 + end + 3));
  }
  if (rest.len == 0) return;
  rest = values_fill(work, rest, true);
  Str line = str_trim(str_slice(rest, 0, str_find_byte(rest, '\n')));
  Span span = positions_find(work, node->start_line, line);
  if (rest.s[0] == '<')
    report(work, span, rest);
  else
    DIAG(work->options->diags, COMMENT_TEXT, span);
}
