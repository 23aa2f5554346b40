/* Bounds on what cmark-gfm 0.29.0.gfm.6 is given.
 *
 * Some inputs take it time or memory that grows with the square of their size. Those that one pass over the text can
 * recognise are refused here, each with its place; a worker's CPU and memory limits bound the rest. The figures are in
 * base/limits.def: each far above what a page for people has, all together keeping the worst case under about a second.
 * Failure: false, reported. */
#ifndef PAMPHLET_MARKDOWN_LIMITS_H
#define PAMPHLET_MARKDOWN_LIMITS_H

#include "base/limits.h"
#include "markdown/markdown.h"

/* What the pass over the text has seen, so that nobody has to look again. */
typedef struct LimitsSeen {
  size_t lines;    /* at most: line ends and one */
  bool braces;     /* `{{` */
  bool attributes; /* `{#`, `{.`, `{:` or `{width` */
  bool footnotes;  /* `[^` */
  bool references; /* `][` */
  bool comments;   /* `<!--` */
} LimitsSeen;

bool limits_check(const MarkdownText *text, DiagList *diags, LimitsSeen *seen);

#endif
