#include "markdown/pieces.h"

#include <string.h>

void pieces_add(Pieces *pieces, Piece piece) {
  if (pieces->count == pieces->capacity) {
    pieces->capacity = pieces->capacity ? pieces->capacity * 2 : 16;
    Piece *items = ARENA_ARRAY(pieces->arena, Piece, pieces->capacity);
    if (pieces->count) memcpy(items, pieces->items, pieces->count * sizeof *items);
    pieces->items = items;
  }
  pieces->items[pieces->count++] = piece;
}

/* The last piece that begins at or before the offset. */
const Piece *pieces_find(const Pieces *pieces, size_t offset) {
  if (!pieces || pieces->count == 0 || offset == STR_NONE) return NULL;
  size_t low = 0;
  for (size_t high = pieces->count; high - low > 1;) {
    size_t middle = low + (high - low) / 2;
    if (pieces->items[middle].begin <= offset)
      low = middle;
    else
      high = middle;
  }
  return &pieces->items[low];
}

static size_t place_in(const Piece *piece, size_t offset) {
  return piece->made ? piece->offset : piece->offset + (offset - piece->begin);
}

Span pieces_span(const Pieces *pieces, Span span) {
  const Piece *first = pieces_find(pieces, span.offset);
  if (!first) return span;
  size_t begin = place_in(first, span.offset);
  const Piece *last = span.len ? pieces_find(pieces, span.offset + span.len - 1) : first;
  size_t end = begin + span.len;
  if (last != first && last->path.s == first->path.s && last->use == first->use)
    end = place_in(last, span.offset + span.len - 1) + !last->made;
  else if (last != first)
    end = place_in(first, first[1].begin); /* it reaches into another file: as far as this one goes */
  else if (first->made)
    end = begin;
  return (Span){first->path, begin, end > begin ? end - begin : 0};
}

void pieces_note(const PieceUse *use, DiagList *diags) {
  for (; use; use = use->outer) diag_note(diags, use->span, STR("used here"));
}

void pieces_report(const Pieces *pieces, Str path, DiagList *diags, Diag *after) {
  if (!pieces || pieces->count == 0) return;
  for (Diag *diag = after ? after->next : diags->first; diag; diag = diag->next) {
    for (DiagNote *note = diag->notes; note; note = note->next)
      if (str_equal(note->span.path, path)) note->span = pieces_span(pieces, note->span);
    const Piece *piece = str_equal(diag->span.path, path) ? pieces_find(pieces, diag->span.offset) : NULL;
    if (!piece) continue;
    diag->span = pieces_span(pieces, diag->span);
    diags->latest = diag;
    pieces_note(piece->use, diags);
  }
  diags->latest = diags->last;
}
