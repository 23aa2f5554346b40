/* The list of the PDFs that `pamphlet print` has left for the site: out/.pamphlet/handouts.json.
 *
 * print/ writes it, the site reads it: a page links those PDFs whose `text_hash` is that of its present text
 * (site/sheet.h). They are not the build's own files, so publishing leaves them alone.
 * Units: `pdf` is a path below out/; bytes; pages.
 * Owner: the arena given. Failure: a list that cannot be read is reported and is as good as none; no list is none. */
#ifndef PAMPHLET_SITE_HANDOUTS_H
#define PAMPHLET_SITE_HANDOUTS_H

#include "site/sheet.h"

typedef struct Handout {
  Str pdf;
  Str id; /* Sheet.id */
  SheetKind kind;
  Str lang;
  Str title;
  SheetOptions options;
  uint64_t text_hash[2]; /* SheetText.text_hash at the time */
  uint64_t hash[2];      /* SheetText.hash at the time: */
  uint64_t revision;     /* printed again when either this or that of the printing program differs */
  uint64_t bytes;
  uint64_t pages;
  Value findings; /* what paper showed badly (print/lint.h); undefined: nothing */
} Handout;

typedef struct Handouts {
  Handout *items; /* in byte order of `pdf` */
  size_t count;
} Handouts;

/* Where the list is. */
Str handouts_path(Arena *arena, Str out);
void handouts_read(Arena *arena, Str out, DiagList *diags, Handouts *handouts);
const Handout *handouts_find(const Handouts *handouts, Str pdf);
const char *handouts_kind_name(SheetKind kind); /* "page", "booklet" … */
/* The file's text; sorts `items`. */
Str handouts_text(Arena *arena, Handout *items, size_t count);

#endif
