/* Markdown to HTML, by cmark-gfm and transforms on its tree.
 *
 * GitHub Flavored Markdown (table, strikethrough, autolink, tasklist, footnotes, smart punctuation) plus: heading ids
 * and attributes, cards, sections with a class ({.faq}, {.steps}, {.checklist} …), clinic data and facts in `{{ … }}`,
 * definition lists, meanings of the glossary's terms, links to pages by file. Raw HTML is refused, HTML comments are
 * dropped. The classes and shapes of the HTML are in docs/html-classes.md.
 *
 * Units: positions are byte offsets in the original file, front matter counted.
 * Assumes: the text is valid UTF-8 without NUL (content/ has checked it). cmark-gfm is not safe with threads: one
 * process, one parse at a time. Owner: the result is in `arena`; `scratch` is used for the tree and rewound. Failure:
 * everything wrong is reported to `diags`, all in one run; the result is still usable for further checks. */
#ifndef PAMPHLET_MARKDOWN_MARKDOWN_H
#define PAMPHLET_MARKDOWN_MARKDOWN_H

#include "data/value.h"
#include "diag/diag.h"
#include "markdown/terms.h"

/* A link or image target, handed to who knows the files. */
typedef struct MarkdownTarget {
  Str target; /* as written, `{{ }}` filled in */
  Span span;  /* the target in the source where it can be found, else the whole link */
  bool image;
} MarkdownTarget;

typedef struct MarkdownOptions {
  Arena *scratch;
  DiagList *diags;
  /* Names that `{{ … }}` may use, at least `clinic`, `facts`, `site`, `page`; a map. */
  Value data;
  /* Words of the page's language by key: card_emergency, card_urgent, … footnote_back; a map of text. */
  Value words;
  /* Inline SVG by card kind ("emergency"); a map of markup; may be empty. */
  Value icons;
  /* Phone numbers that are known, digits only ("5550100"); a list of text. A number matches when one ends with the
   * other. */
  Value phones;
  /* The URL to write for a target; reports what cannot be found. Absolute URLs, mailto: and tel: come here too. */
  Str (*resolve)(void *context, const MarkdownTarget *target);
  void *resolve_context;
  /* The page's language runs from right to left: numbers are kept in their order. */
  bool rtl;
  Str lang;           /* of the page; empty: rules that depend on it are left out */
  bool faq;           /* the page is one of questions: without a section {.faq}, headings of level 2 are questions */
  const Terms *terms; /* whose first use gets its meaning; NULL for none */
  bool blocks;        /* fill MarkdownDoc.blocks */
  /* MarkdownDoc.text, .summary and .blocks are only looked at now: they are in scratch, which is not rewound. */
  bool text_passes;
  /* Only CommonMark's or GFM's own behaviour, raw HTML passed through: for the specifications' tests. Then nothing
   * above but scratch and diags is used. */
  bool bare;
  Str extensions; /* bare only: "table strikethrough …"; empty for none */
} MarkdownOptions;

typedef struct MarkdownText {
  Str path;     /* for diagnostics */
  Str file;     /* the whole file */
  size_t begin; /* where the Markdown begins in it */
} MarkdownText;

typedef enum MarkdownBlockKind {
  MARKDOWN_PARAGRAPH,
  MARKDOWN_ITEM,    /* a paragraph directly in a list item */
  MARKDOWN_HEADING, /* level 2 to 6; level 0: the title of a card */
  MARKDOWN_CELL,
  MARKDOWN_CELL_HEAD,
} MarkdownBlockKind;

/* A block of text: where it stands in MarkdownDoc.text, and the lines of the file that it came from. */
typedef struct MarkdownBlock {
  uint8_t kind; /* MarkdownBlockKind */
  uint8_t level;
  uint16_t column; /* of a cell, from 0 */
  uint32_t text;
  uint32_t text_end;
  uint32_t source;
  uint32_t source_end;
} MarkdownBlock;

/* A `{{ … }}` of the file and the name in it, "facts.stay_near.text". */
typedef struct MarkdownUse {
  Str name;
  uint32_t offset;
  uint32_t len;
} MarkdownUse;

/* Of the page itself, no card's title. */
typedef struct MarkdownHeading {
  Str id;
  Str title; /* plain text */
  int level; /* 2 to 6 */
} MarkdownHeading;

/* Plain text equal to what is visible. */
typedef struct MarkdownQuestion {
  Str id;
  Str question;
  Str answer;
} MarkdownQuestion;

typedef struct MarkdownDoc {
  Str html;
  Str text;    /* plain text, blocks separated by one newline */
  Str summary; /* plain text of the first paragraph */
  MarkdownHeading *outline;
  size_t outline_count;
  MarkdownQuestion *faq;
  size_t faq_count;
  Str *anchors; /* every id in the html; for markdown_has_anchor() */
  size_t anchor_count;
  Value glossary; /* list of terms that the page uses, entries of MarkdownOptions.terms in their order; or undefined */
  Str title; /* plain text of a level 1 heading, which is removed from html; empty when there is none */
  size_t words;
  MarkdownBlock *blocks; /* in reading order, when MarkdownOptions.blocks asked for them */
  size_t block_count;
  MarkdownUse *uses; /* in order of the file; what is in code is not used */
  size_t use_count;
} MarkdownDoc;

/* Texts of a file that are not its Markdown: the front matter, the glossary. */
typedef struct MarkdownFill {
  Arena *arena;   /* of the results */
  Arena *scratch; /* not rewound */
  DiagList *diags;
  Value data;        /* as MarkdownOptions.data */
  Str path;          /* for diagnostics */
  Str file;          /* the whole file */
  MarkdownUse *uses; /* of all texts so far, in the arena */
  size_t use_count;
} MarkdownFill;

/* `text` with its `{{ … }}` filled in; it was read from the file, somewhere behind `offset`. `\\{{` means the braces
 * themselves. What is not known, or not closed, is reported and stays. */
Str markdown_fill(MarkdownFill *fill, Str text, size_t offset);
/* The first phone number of a plain text that the list `phones` does not have; empty when there is none. */
Str markdown_unknown_phone(Arena *scratch, Value phones, Str text);

/* Once, in each process, before the first markdown_render(). */
void markdown_start(void);
void markdown_render(Arena *arena, const MarkdownText *text, const MarkdownOptions *options, MarkdownDoc *doc);

/* Whether the html has this id. */
bool markdown_has_anchor(const MarkdownDoc *doc, Str id);

/* As templates see it (docs/template-data.md). The outline as a tree of levels 2 and 3; deeper headings are no entries
 * of an on-this-page list. */
Value markdown_outline_value(Arena *arena, const MarkdownDoc *doc);
/* `left_out`: questions that are not wanted, by number; NULL for none. */
Value markdown_faq_value(Arena *arena, const MarkdownDoc *doc, const bool *left_out);

#endif
