/* Which of cmark's options and extensions a text can need at all. Each that is on costs every page: the autolinker
 * stops at every `w` and walks the whole tree again at the end, smart punctuation cuts the text at every full stop.
 * Together they are half of a parse, and most pages have no bare address, no footnote and no struck-out word.
 *
 * An extension is left out only when the text lacks what it cannot begin without, so the tree is the same
 * (tests/unit/test_markdown_needs.c compares them). Sources: cmark-gfm 0.29.0.gfm.6, extensions/autolink.c, table.c,
 * strikethrough.c, tasklist.c; src/inlines.c for smart punctuation; src/blocks.c for footnotes. */
#include "markdown/work.h"

#include "base/scan.h"

/* What prose has all over the place is looked for sixteen bytes at a time: pairs of neighbours and single characters, a
 * vector of "seen so far" for each. */
typedef struct Seen {
  ScanBytes addresses, quotes, hyphens, points;
} Seen;

static void look_at_block(Seen *seen, ScanBytes c, ScanBytes next) {
  seen->addresses |= (ScanBytes)((c == 'w') & (next == 'w'));
  seen->quotes |= (ScanBytes)((c == '"') | (c == '\''));
  seen->hyphens |= (ScanBytes)((c == '-') & (next == '-'));
  seen->points |= (ScanBytes)((c == '.') & (next == '.'));
}

static void look_at_prose(Str source, Needs *needs) {
  Seen seen = {0};
  size_t at = 0;
  for (; at + SCAN_BLOCK + 1 <= source.len; at += SCAN_BLOCK)
    look_at_block(&seen, scan_load(source.s + at), scan_load(source.s + at + 1));
  char rest[SCAN_BLOCK + 1] = {0}; /* what is left, and zeros, which are no character of any need */
  if (at < source.len) memcpy(rest, source.s + at, source.len - at);
  look_at_block(&seen, scan_load(rest), scan_load(rest + 1));
  needs->autolink = scan_is_any(seen.addresses);
  needs->smart = scan_is_any(seen.quotes | seen.points);
  needs->hyphens = scan_is_any(seen.hyphens);
}

static bool has(Str source, char byte) {
  return str_find_byte(source, byte) != STR_NONE;
}

static char byte_at(Str source, size_t at) {
  return at < source.len ? source.s[at] : '\0';
}

/* The next place of a byte behind *at, which begins as STR_NONE. */
static bool find_next(Str source, char byte, size_t *at) {
  size_t from = *at + 1;
  size_t found = str_find_byte(str_skip(source, from), byte);
  *at = from + found;
  return found != STR_NONE;
}

/* `://`; a table of one column needs no `|`, but then a colon, or its line would underline a heading. */
static void look_at_colons(Str source, Needs *needs) {
  for (size_t at = STR_NONE; !(needs->autolink && needs->table) && find_next(source, ':', &at);) {
    needs->autolink = needs->autolink || byte_at(source, at + 1) == '/';
    needs->table = needs->table || byte_at(source, at + 1) == '-' || (at > 0 && source.s[at - 1] == '-');
  }
}

static void look_at_brackets(Str source, Needs *needs) {
  for (size_t at = STR_NONE; !(needs->tasklist && needs->footnotes) && find_next(source, '[', &at);) {
    char next = byte_at(source, at + 1);
    needs->tasklist = needs->tasklist || next == ' ' || next == 'x' || next == 'X';
    needs->footnotes = needs->footnotes || next == '^';
  }
}

Needs needs_of(Str source) {
  Needs needs = {0};
  look_at_prose(source, &needs);
  /* A character reference may be an `@`. */
  needs.autolink = needs.autolink || has(source, '@') || has(source, '&');
  needs.strikethrough = has(source, '~');
  needs.table = has(source, '|');
  look_at_colons(source, &needs);
  look_at_brackets(source, &needs);
  return needs;
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
