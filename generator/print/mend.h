/* What Chromium's PDFs lack for PDF/UA-1 (ISO 14289-1), as far as a machine can say, and for being the same bytes each
 * time.
 *
 * mend_pdf() takes a PDF from Chromium (print/browser.h) and gives one whose tags, marks, links, bookmarks and metadata
 * conform; the pages look the same. What each part does stands in its own file:
 *   mend_structure.c  the types of structure elements and what may be in what
 *   mend_content.c    artifacts: what is painted and means nothing
 *   mend_text.c       spaces at the ends of lines, the order of letters
 *   mend_links.c      what a link says, for those who do not see it
 *   mend_destinations.c  what links lead to
 *   mend_outline.c    bookmarks
 *   mend_metadata.c   title, language, dates, ids
 *
 * Owner: the arena. Failure: false, with words in `fault`: nobody's text is to blame. */
#ifndef PAMPHLET_PRINT_MEND_H
#define PAMPHLET_PRINT_MEND_H

#include "data/value.h"
#include "print/content.h"
#include "print/tags.h"

typedef struct MendWords {
  Str title;
  Str lang; /* "en" */
  bool rtl;
  Str author;    /* the clinic; may be empty */
  Str reference; /* may be empty */
  Str date;      /* "2026-10-05" of the text; empty: the PDF has no dates */
  Value facts;   /* print/scripts.h */
} MendWords;

typedef struct MendResult {
  Str pdf;
  int pages;
  bool lacks_glyph; /* a letter is an empty box: no typeface has it */
  Str fault;
} MendResult;

bool mend_pdf(Arena *arena, Str printed, const MendWords *words, MendResult *result);
/* The page (1-based), as text, of each element that something in the document links to: a map from ids. */
Value mend_destinations(Arena *arena, Str printed);

/* --- the parts --- */

typedef struct MendPage {
  int number;
  int content_number;
  Str dictionary;
  Content content;
} MendPage;

typedef struct MendPages {
  const Pdf *pdf;
  MendPage *items;
  int count;
} MendPages;

/* False: a page is not as Chromium makes them. */
bool mend_read_pages(const Pdf *pdf, MendPages *pages);
MendPage *mend_find_page(const MendPages *pages, int number); /* NULL: there is none */
void mend_structure(Tags *tags);
/* Takes out of the tags what only decorates, and has its marks dropped. */
void mend_decoration(Tags *tags, MendPages *pages);
/* Gives what elements say the spaces and the order of letters that the document has. Before mend_flatten(). */
void mend_text(Tags *tags, const MendPages *pages, Value texts);
/* Takes out the elements that say nothing. */
void mend_flatten(Tags *tags);
void mend_ids(Tags *tags);
void mend_links(const Tags *tags, Value links);
/* Gives destinations whose names are longer than PDF allows other ones. */
void mend_names(const Tags *tags);
void mend_marks(const MendPages *pages);
/* False: the document's headings are not those of the bookmarks. */
bool mend_outline(const Pdf *pdf, Value headings);
void mend_metadata(const Pdf *pdf, const MendWords *words);

#endif
