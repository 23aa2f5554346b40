/* The JSON-LD graph of a page, in the vocabulary of schema.org.
 *
 * One connected graph a page: the website and the clinic (the same on every page of a language), the page, its
 * breadcrumb, its questions and answers, its article. Nodes refer to each other by @id: `<base_url>#website`,
 * `<base_url>#clinic`, `<permalink>#webpage`, `#breadcrumb`, `#faq`, `#article`.
 * Assumes: the values that templates see (docs/template-data.md), as maps or objects. Only what the page shows goes in;
 * a member that is missing, empty or not of its kind (a date that is no date, a URL that is none) is left out.
 * Owner: results are in the arena given, or in the Buf.
 * Failure: none here, apart from the Buf's maximum. Nothing is reported: who read the files has checked them. */
#ifndef PAMPHLET_SCHEMA_SCHEMA_H
#define PAMPHLET_SCHEMA_SCHEMA_H

#include "base/buf.h"
#include "data/value.h"

typedef struct SchemaInput {
  Value site;
  Value clinic;
  Value page;
  Str lang;
  Str shared; /* from schema_shared() for this language, or empty: then it is made each time */
} SchemaInput;

/* The nodes that all pages of one language have, as JSON: made once, so that a page does not pay for them. */
Str schema_shared(Arena *arena, Value site, Value clinic, Str lang);

/* Adds the graph as one line of JSON, without the script element. Nothing in it can end a script element: < > & ' and
 * U+2028 and U+2029 are escaped. `scratch` is not rewound. */
void schema_write(Arena *scratch, const SchemaInput *input, Buf *out);

#endif
