/* Pieces: a page's text that was put together from several files, and where each byte of it came from.
 *
 * Markdown and the checks see one text; its spans count in it. pieces_span() gives the place in the file that somebody
 * wrote, and pieces_report() does so for everything that was reported meanwhile, with notes on where that file is used.
 *
 * Units: byte offsets. Owner: the arena given to pieces_add(); a NULL Pieces is a text that is one file.
 * Failure: none but the arena's. */
#ifndef PAMPHLET_MARKDOWN_PIECES_H
#define PAMPHLET_MARKDOWN_PIECES_H

#include "diag/diag.h"

/* Where a file is used in another one. */
typedef struct PieceUse {
  Span span;
  const struct PieceUse *outer; /* where that one is used, or NULL */
} PieceUse;

typedef struct Piece {
  size_t begin; /* in the text put together */
  Str path;
  size_t offset;       /* in the file */
  bool made;           /* these bytes are in no file; they stand for one place */
  const PieceUse *use; /* NULL: the page's own text */
} Piece;

typedef struct Pieces {
  Arena *arena;
  Piece *items;
  size_t count;
  size_t capacity;
} Pieces;

/* What comes next begins at piece.begin; every piece begins behind the one before. */
void pieces_add(Pieces *pieces, Piece piece);
const Piece *pieces_find(const Pieces *pieces, size_t offset);
Span pieces_span(const Pieces *pieces, Span span);
/* Adds to the last report of the list where a file is used, and where that one is. */
void pieces_note(const PieceUse *use, DiagList *diags);
/* Puts the reports of the list behind `after` (NULL: all) that are about `path` where they belong. */
void pieces_report(const Pieces *pieces, Str path, DiagList *diags, Diag *after);

#endif
