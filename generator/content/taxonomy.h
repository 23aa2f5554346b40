/* Taxonomies: `tags`, `conditions`, `treatments`, or what site.yaml declares. Each is a key of the front matter whose
 * terms become pages that list the pages with that term.
 *
 *   taxonomies: [tags, topics]          any terms
 *   taxonomies:
 *     conditions:
 *       title: {en: Conditions, es: Enfermedades}
 *       description: …
 *       terms:                          these and no others; pages of all languages write the key
 *         leukemia: {title: {en: Leukemia, es: Leucemia}, description: …}
 *
 * Owner: the arena given. Failure: false, reported. Limit: TAXONOMY_MOST. */
#ifndef PAMPHLET_CONTENT_TAXONOMY_H
#define PAMPHLET_CONTENT_TAXONOMY_H

#include "data/value.h"
#include "diag/diag.h"

enum { TAXONOMY_MOST = 16 }; /* keys of a front matter that nobody could keep apart any more */

typedef struct Taxonomy {
  Str name;          /* the key of the front matter */
  const char *key;   /* the same, NUL-ended */
  Str slug;          /* its part of the URL */
  Value title;       /* text, or text by language; undefined */
  Value description; /* likewise */
  Value terms;       /* a map of maps with `title` and `description`; undefined: any terms */
  Span span;         /* in site.yaml */
} Taxonomy;

typedef struct Taxonomies {
  const Taxonomy *items;
  size_t count;
} Taxonomies;

struct ShapeFile; /* content/shape.h */

/* `value` is site.yaml's `taxonomies`, undefined for what sites have without it. */
bool taxonomies_read(const struct ShapeFile *file, Value value, Taxonomies *taxonomies);

#endif
