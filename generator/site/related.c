/* Pages that have to do with each other: by the terms that they share. */
#include "site/terms.h"

#include <stdlib.h>

enum {
  TERMS_MOST = 12, /* a page with more is about everything */
  NEIGHBOURS = 12, /* on each side, in the list of a term */
  CANDIDATES_MOST = TERMS_MOST * NEIGHBOURS * 2,
};

typedef struct Candidate {
  const Page *page;
  int score;
} Candidate;

/* A term of two pages says more than one of two hundred. */
static int weight_of(const Term *term) {
  int weight = 16;
  for (size_t pages = term->page_count; pages > 2 && weight > 1; pages /= 2) weight -= 2;
  return weight > 1 ? weight : 1;
}

static void add(Candidate *candidates, size_t *count, const Page *page, int weight) {
  for (size_t i = 0; i < *count; i++) {
    if (candidates[i].page != page) continue;
    candidates[i].score += weight;
    return;
  }
  candidates[(*count)++] = (Candidate){page, weight};
}

static void add_neighbours(Candidate *candidates, size_t *count, const TermUse *use, const Page *page) {
  const Term *term = use->term;
  size_t begin = use->place > NEIGHBOURS ? use->place - NEIGHBOURS : 0;
  size_t end = use->place + NEIGHBOURS + 1 < term->page_count ? use->place + NEIGHBOURS + 1 : term->page_count;
  for (size_t i = begin; i < end; i++)
    if (term->pages[i] != page && term->pages[i]->term != term) add(candidates, count, term->pages[i], weight_of(term));
}

static int compare(const void *left, const void *right) {
  const Candidate *a = left;
  const Candidate *b = right;
  if (a->score != b->score) return a->score > b->score ? -1 : 1;
  if (a->page->weight != b->page->weight) return a->page->weight < b->page->weight ? -1 : 1;
  int order = str_compare(a->page->title, b->page->title);
  return order ? order : str_compare(a->page->file->path, b->page->file->path);
}

size_t site_related(Arena *scratch, const Page *page, const Page *related[RELATED_MOST]) {
  if (page->term_count == 0) return 0;
  Candidate *candidates = ARENA_ARRAY(scratch, Candidate, CANDIDATES_MOST);
  size_t count = 0;
  for (size_t i = 0; i < page->term_count && i < TERMS_MOST; i++)
    add_neighbours(candidates, &count, &page->terms[i], page);
  qsort(candidates, count, sizeof *candidates, compare);
  size_t most = count < RELATED_MOST ? count : RELATED_MOST;
  for (size_t i = 0; i < most; i++) related[i] = candidates[i].page;
  return most;
}
