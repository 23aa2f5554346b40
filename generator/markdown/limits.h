/* Bounds on what cmark-gfm 0.29.0.gfm.6 is given.
 *
 * Some inputs take it time or memory that grows with the square of their size. Those that one pass over the text can
 * recognise are refused here, each with its place; a worker's CPU and memory limits bound the rest. Every figure is far
 * above what a page for people has, and keeps the worst case under about a second.
 * Failure: false, reported. */
#ifndef PAMPHLET_MARKDOWN_LIMITS_H
#define PAMPHLET_MARKDOWN_LIMITS_H

#include "markdown/markdown.h"

enum {
  LIMIT_NESTING = 60,           /* list and quote marks at the start of a line; each costs every later line a step */
  LIMIT_TABLE_CELLS = 100000,   /* columns x rows; short rows are filled up with empty cells of 150 bytes */
  LIMIT_COLUMNS = 1000,         /* `|` in a line; cmark walks the list of a row's cells for each new one */
  LIMIT_ADDRESSES = 20000,      /* `@`: each is looked at from every other one of its word */
  LIMIT_DECLARATIONS = 200,     /* `<?` and `<!` other than comments: each is searched to the end of the page */
  LIMIT_PICTURES = 5000,        /* `![`: each is looked at again for every link */
  LIMIT_CLOSING_BRACKETS = 200, /* `)` in one word: each makes the autolink count all of them again */
  LIMIT_REFERENCES = 16 << 20,  /* bytes: longest reference definition x uses; cmark copies it for each use */
  LIMIT_VALUES = 100000,        /* `{{ … }}` on one page */
  LIMIT_HTML = 32 << 20,        /* bytes that one page may become */
};

/* What the pass over the text has seen, so that nobody has to look again. */
typedef struct LimitsSeen {
  size_t lines;    /* at most: line ends and one */
  bool braces;     /* `{{` */
  bool attributes; /* `{#` or `{.` */
  bool footnotes;  /* `[^` */
  bool references; /* `][` */
  bool comments;   /* `<!--` */
} LimitsSeen;

bool limits_check(const MarkdownText *text, DiagList *diags, LimitsSeen *seen);

#endif
