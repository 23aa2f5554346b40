/* What a page is about, for machines: `about` of the front matter, checked against what the page shows.
 *
 *   about:
 *     name: CAR T-cell therapy
 *     type: therapy               condition, therapy or procedure; else what the page's kind says
 *     codes: {MeSH: D016219}
 *     preparation: "#get-ready"   the text below a heading of this page; or words that stand on it
 *     adverse_outcomes: [fever]   words that stand on the page
 *
 * The result is a map: `type` (schema.org's), `name`, `codes` (list of `system` and `code`), `preparation`,
 * `howPerformed`, `followup` (text), `adverseOutcome`, `seriousAdverseOutcome`, `possibleTreatment` (lists of text).
 * Owner: memory->arena. Failure: what does not stand on the page, or does not belong to that type, is reported (a
 * warning) and left out. */
#ifndef PAMPHLET_SCHEMA_ABOUT_H
#define PAMPHLET_SCHEMA_ABOUT_H

#include "content/page.h"

/* Undefined when the page says nothing of its subject. */
Value about_read(const PageMemory *memory, const Page *page);

/* The text below the heading with that id, up to the next heading of its level or above; empty when there is none. */
Str about_section_text(Arena *arena, Str html, Str id);

#endif
