/* Which of cmark's options and extensions a text can need at all. Each that is on costs every page: the autolinker
 * stops at every `w` and walks the whole tree again at the end, smart punctuation cuts the text at every full stop.
 * Together they are half of a parse, and most pages have no bare address, no footnote and no struck-out word.
 *
 * An extension is left out only when the text lacks what it cannot begin without, so the tree is the same
 * (tests/unit/test_markdown_needs.c compares them). Sources: cmark-gfm 0.29.0.gfm.6, extensions/autolink.c, table.c,
 * strikethrough.c, tasklist.c; src/inlines.c for smart punctuation; src/blocks.c for footnotes. */
#include "markdown/work.h"

#include "base/scan.h"

/* Pairs of neighbours and single characters, a vector of "seen so far" for each need. */
typedef struct Seen {
  ScanBytes links, quotes, hyphens, points, tildes, tables, boxes, notes;
} Seen;

static void look_at_block(Seen *seen, ScanBytes c, ScanBytes next) {
  ScanBytes bracket = (ScanBytes)(c == '[');
  /* `://`, `www.`, `@`; a character reference may be an `@`. */
  seen->links |= (ScanBytes)((c == '@') | (c == '&') | ((c == ':') & (next == '/')) | ((c == 'w') & (next == 'w')));
  seen->quotes |= (ScanBytes)((c == '"') | (c == '\''));
  seen->hyphens |= (ScanBytes)((c == '-') & (next == '-'));
  seen->points |= (ScanBytes)((c == '.') & (next == '.'));
  seen->tildes |= (ScanBytes)(c == '~');
  /* A table of one column needs no `|`, but then a colon, or its line would underline a heading. */
  seen->tables |= (ScanBytes)((c == '|') | ((c == ':') & (next == '-')) | ((c == '-') & (next == ':')));
  seen->boxes |= bracket & (ScanBytes)((next == ' ') | (next == 'x') | (next == 'X'));
  seen->notes |= bracket & (ScanBytes)(next == '^');
}

Needs needs_of(Str source) {
  Seen seen = {0};
  size_t at = 0;
  for (; at + SCAN_BLOCK + 1 <= source.len; at += SCAN_BLOCK)
    look_at_block(&seen, scan_load(source.s + at), scan_load(source.s + at + 1));
  char rest[SCAN_BLOCK + 1] = {0}; /* what is left, and zeros, which are no character of any need */
  if (at < source.len) memcpy(rest, source.s + at, source.len - at);
  look_at_block(&seen, scan_load(rest), scan_load(rest + 1));
  return (Needs){
      .autolink = scan_is_any(seen.links),
      .smart = scan_is_any(seen.quotes | seen.points),
      .hyphens = scan_is_any(seen.hyphens),
      .strikethrough = scan_is_any(seen.tildes),
      .table = scan_is_any(seen.tables),
      .tasklist = scan_is_any(seen.boxes),
      .footnotes = scan_is_any(seen.notes),
  };
}

bool needs_hyphens(cmark_node *document) {
  for (cmark_node *node = document; node;) {
    if (node->type == CMARK_NODE_TEXT && str_find(work_literal(node), STR("--")) != STR_NONE) return true;
    if (node->first_child) {
      node = node->first_child;
      continue;
    }
    while (node && !node->next) node = node->parent;
    if (node) node = node->next;
  }
  return false;
}
