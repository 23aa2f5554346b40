/* Taxonomies: which pages have which term, and the pages that list them.
 *
 * site_make_terms() is the part of site_connect() that comes before sections and order: a taxonomy's page is the
 * section of the pages of its terms. Terms are counted by language, fallbacks with the language that they are shown in.
 * A term is known by its slug, so `Leukemia` and `leukemia` are one. Where an author has written `tags/leukemia.md` or
 * `tags/_index.md`, that page is the term's or the taxonomy's page; else one is made.
 *
 * Owner: the site's arena. Failure: reported. Cost: uses of terms × a hash, and a sort of them. */
#ifndef PAMPHLET_SITE_TERMS_H
#define PAMPHLET_SITE_TERMS_H

#include "site/site.h"

/* A term in one language. */
typedef struct Term {
  const struct TermList *list;
  Str slug;
  Str title;
  Str description;
  size_t text_language; /* the one that the title is in */
  Page *page;           /* the page that lists `pages` */
  Page **pages;         /* by weight, title, path */
  size_t page_count;
  bool declared;
  Span span; /* where it is first used */
} Term;

/* A taxonomy in one language; `terms` in the order of their first use. */
typedef struct TermList {
  const Taxonomy *taxonomy;
  size_t language;
  Str title;
  Str description;
  Page *page;
  Term **terms;
  size_t count;
} TermList;

typedef struct TermUse {
  const Term *term;
  size_t place; /* of the page in term->pages */
} TermUse;

void site_make_terms(Site *site);
/* The list of a taxonomy in a language; it may have no terms, and then no page. */
const TermList *site_term_list(const Site *site, size_t taxonomy, size_t language);

enum { RELATED_MOST = 5 };
/* The pages that share most with this one, rare terms counting more; at most RELATED_MOST. Looks at no more than 24
 * neighbours of the page in each of its first 12 terms, so that the cost of a page has a bound. */
size_t site_related(Arena *scratch, const Page *page, const Page *related[RELATED_MOST]);

#endif
