/* A page and its translation say the same: numbers agree, and the translation is of the present text.
 *
 * A translation's front matter carries `source_hash`, which names the text it was made from: the title, description and
 * Markdown of the page in the site's first language. parity_check() warns when that text has changed since (or when no
 * hash is given) and when the translation is that text itself, and reports numbers, doses, times, dates and phone numbers that differ as errors with both places.
 * What comes from `{{ facts.… }}` and `{{ clinic.… }}` agrees when the names do. Numbers that must differ are listed in
 * the translation's front matter under `numbers_differ`.
 *
 * parity_read() is for the workers that load pages (PageLoader.inspect), the rest for one process that sees all pages
 * after site_connect(). Units: spans as in diag/diag.h. Owner: the arena given. Failure: reported.
 * Limits: check/numbers.h; PARITY_CELLS bounds how much is spent on lining up two texts that differ a lot. */
#ifndef PAMPHLET_CHECK_PARITY_H
#define PAMPHLET_CHECK_PARITY_H

#include "check/numbers.h"
#include "content/page.h"

enum {
  PARITY_CELLS = 1 << 20, /* blocks of one text x blocks of the other: 1,000 each, 4 MB, under 10 ms */
  PARITY_SCRATCH = 64 << 20,
};

typedef struct ParityText {
  Str hash; /* 8 hex digits of XXH32 */
  Str body; /* the same of the Markdown alone; empty when that has few words of its own */
  Numbers numbers;
} ParityText;

/* What `source_hash` is in a translation made from a page with this Markdown and this front matter (checked). */
Str parity_hash(Arena *arena, Str body, Value meta);

/* For PageLoader.inspect. */
const ParityText *parity_read(const PageMemory *memory, const MarkdownText *text, Value meta, const PageData *data);

/* The page that `page` translates: its version in the site's first language, or NULL when it has none or is that. */
const Page *parity_source(const Page *page);

/* `custom` of a language tag. */
NumberCustom parity_custom(Str lang);

typedef struct ParityCheck {
  Arena *scratch; /* not the one that diags is in; PARITY_SCRATCH is enough for any page */
  DiagList *diags;
  const NumberCustom *customs; /* by language */
} ParityCheck;

void parity_check(const ParityCheck *check, const Page *page);

/* A translation that somebody has to look at, for `pamphlet due --translations`. */
typedef struct ParityStale {
  const Page *page;
  const Page *source;
  Str made_from; /* its source_hash; empty: it gives none */
  Str now;       /* what source_hash should be once it is brought up to date */
} ParityStale;

/* All of them among `pages`, in their order; the number, and a list in `arena`. */
size_t parity_list_stale(Arena *arena, const Page *pages, size_t count, ParityStale **stale);

#endif
