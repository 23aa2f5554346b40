/* The JSON-LD graph of a page, in the vocabulary of schema.org.
 *
 * One connected graph a page: the website and the clinic (the same on every page of a language), the page, its
 * breadcrumb, what it is about, its questions and answers, its article, its person. Nodes refer to each other by @id:
 * `<base_url>#website`, `<base_url>#clinic`, `<permalink>#webpage`, `#breadcrumb`, `#about`, `#faq`, `#article`,
 * `#person`. Assumes: the values that templates see (docs/template-data.md), as maps or objects. Only what the page
 * shows goes in; a member that is missing, empty or not of its kind (a date that is no date, a URL that is none) is
 * left out. Owner: results are in the arena given, or in the Buf. Failure: none here, apart from the Buf's maximum.
 * Nothing is reported: who read the files has checked them. */
#ifndef PAMPHLET_SCHEMA_SCHEMA_H
#define PAMPHLET_SCHEMA_SCHEMA_H

#include "base/buf.h"
#include "data/value.h"

/* What all pages of a language say alike. */
typedef struct SchemaSite {
  Value site;
  Value clinic;   /* hours as hours_read() leaves them */
  Value services; /* list of `name`, `type`, `url`, for the home page; undefined for the others */
  Str lang;
} SchemaSite;

typedef struct SchemaInput {
  Value page;
  Value about; /* about_read() */
  Value faq;   /* the questions that no other page tells of */
  Str lang;
  Str base_url;
  Str home;      /* what breadcrumbs call the home page; empty: its title */
  Str specialty; /* schema_specialty() */
  Str original;  /* of a translation: the permalink of the page that it was made from */
  Str original_lang;
  Str shared; /* schema_shared() of this language */
} SchemaInput;

/* The nodes that all pages of one language have, as JSON: made once, so that a page does not pay for them. */
Str schema_shared(Arena *arena, const SchemaSite *shared);
/* The clinic's specialty as schema.org's URL, or empty. */
Str schema_specialty(Arena *arena, Value clinic);

/* Adds the graph as one line of JSON, without the script element. Nothing in it can end a script element: < > & ' and
 * U+2028 and U+2029 are escaped. `scratch` is not rewound. */
void schema_write(Arena *scratch, const SchemaInput *input, Buf *out);

#endif
