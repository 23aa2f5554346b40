#include "markdown/terms.h"

#include "base/utf8.h"

#include <stdlib.h>

typedef struct Term {
  const uint32_t *points; /* as terms are compared */
  size_t count;
  uint64_t hash; /* of its first word */
  size_t entry;
  bool exact;
} Term;

struct Terms {
  Value entries;
  Term *items; /* by hash, longest first */
  size_t count;
  uint32_t *slots; /* hash to the first of its items, plus one */
  size_t size;     /* a power of two */
  bool turkic;     /* I is the capital of ı */
};

static bool is_turkic(Str lang) {
  Str code = str_slice(lang, 0, 2);
  return str_equal(code, STR("tr")) || str_equal(code, STR("az"));
}

static bool is_word(uint32_t c) {
  if (c < 0x80) return ascii_is_alpha((char)c) || ascii_is_digit((char)c);
  return utf8_is_letter_or_digit(c);
}

static bool is_hyphen(uint32_t c) {
  return c == '-' || c == 0x2010 || c == 0x2011;
}

/* What stands for the same thing becomes one code point: white space, hyphens, apostrophes. */
static uint32_t plain(uint32_t c) {
  if (c == 0x2019) return '\'';
  if (is_hyphen(c)) return '-';
  if (c == '\t' || c == '\n' || c == '\r' || c == 0xA0 || c == 0x202F) return ' ';
  return c;
}

static uint32_t fold(uint32_t c, bool exact, bool turkic) {
  if (exact) return plain(c);
  if (c < 0x80 && !turkic) return (uint32_t)(unsigned char)ascii_lower((char)plain(c));
  return utf8_fold(plain(c), turkic);
}

static uint64_t hash_step(uint64_t hash, uint32_t c) {
  return (hash ^ c) * 0x100000001B3u; /* FNV-1a */
}
enum { HASH_BASIS = 0x811C9DC5 };

/* The hash of the word that begins at *at, which moves to its end. */
static uint64_t hash_word(Str text, size_t *at, bool turkic) {
  uint64_t hash = HASH_BASIS;
  while (*at < text.len) {
    size_t next = *at;
    uint32_t c = utf8_next(text, &next);
    if (!is_word(c)) break;
    hash = hash_step(hash, fold(c, false, turkic));
    *at = next;
  }
  return hash;
}

/* CAR, REMS: two capitals or more, and no small letter. */
static bool is_abbreviation(Str term) {
  size_t capitals = 0;
  for (size_t at = 0; at < term.len;) {
    uint32_t c = utf8_next(term, &at);
    if (utf8_is_lower(c)) return false;
    capitals += utf8_is_upper(c);
  }
  return capitals >= 2;
}

/* --- making --- */

static bool make_term(Arena *arena, Str text, size_t entry, bool turkic, Term *term) {
  text = str_trim(text);
  uint32_t *points = ARENA_ARRAY(arena, uint32_t, text.len + 1);
  *term = (Term){.points = points, .entry = entry, .exact = is_abbreviation(text)};
  for (size_t at = 0; at < text.len;) {
    uint32_t c = fold(utf8_next(text, &at), term->exact, turkic);
    if (c != ' ' || points[term->count - 1] != ' ') points[term->count++] = c;
  }
  size_t end = 0;
  term->hash = hash_word(text, &end, turkic);
  return end > 0; /* what does not begin with a letter or digit is found nowhere */
}

static int compare_terms(const void *left, const void *right) {
  const Term *a = left;
  const Term *b = right;
  if (a->hash != b->hash) return a->hash < b->hash ? -1 : 1;
  if (a->count != b->count) return a->count > b->count ? -1 : 1;
  return (a->entry > b->entry) - (a->entry < b->entry);
}

static uint32_t *slot_of(const Terms *terms, uint64_t hash) {
  size_t at = (hash ^ hash >> 32) & (terms->size - 1);
  while (terms->slots[at] && terms->items[terms->slots[at] - 1].hash != hash) at = (at + 1) & (terms->size - 1);
  return &terms->slots[at];
}

static void index_terms(Arena *arena, Terms *terms) {
  qsort(terms->items, terms->count, sizeof *terms->items, compare_terms);
  for (terms->size = 16; terms->size < terms->count * 2; terms->size *= 2) {
  }
  terms->slots = ARENA_ARRAY(arena, uint32_t, terms->size);
  for (size_t i = 0; i < terms->count; i++) {
    uint32_t *slot = slot_of(terms, terms->items[i].hash);
    if (!*slot) *slot = (uint32_t)i + 1;
  }
}

static void add(Arena *arena, Terms *terms, Value text, size_t entry) {
  if (value_is_text(text) && make_term(arena, value_text(text), entry, terms->turkic, &terms->items[terms->count]))
    terms->count++;
}

Terms *terms_new(Arena *arena, Value entries, Str lang) {
  size_t most = 0;
  for (size_t i = 0; i < value_count(entries); i++)
    most += 1 + value_count(value_get(value_at(entries, i), STR("forms")));
  if (most == 0) return NULL;
  Terms *terms = ARENA_NEW(arena, Terms);
  *terms = (Terms){.entries = entries, .items = ARENA_ARRAY(arena, Term, most), .turkic = is_turkic(lang)};
  for (size_t i = 0; i < value_count(entries); i++) {
    Value forms = value_get(value_at(entries, i), STR("forms"));
    add(arena, terms, value_get(value_at(entries, i), STR("term")), i);
    for (size_t k = 0; k < value_count(forms); k++) add(arena, terms, value_at(forms, k), i);
  }
  index_terms(arena, terms);
  return terms;
}

Value terms_entry(const Terms *terms, size_t entry) {
  return value_at(terms->entries, entry);
}

size_t terms_count(const Terms *terms) {
  return terms ? value_count(terms->entries) : 0;
}

Str terms_key(Arena *arena, Str term, Str lang) {
  Term made;
  Buf key = buf_new(arena, term.len * 4 + 1);
  make_term(arena, term, 0, is_turkic(lang), &made);
  for (size_t i = 0; i < made.count; i++) utf8_add(&key, made.points[i]);
  return buf_str(&key);
}

/* --- finding --- */

/* No word goes on at `at`: neither a letter nor a hyphen with a letter behind it. */
static bool is_end(Str text, size_t at) {
  if (at >= text.len) return true;
  uint32_t c = utf8_next(text, &at);
  if (is_word(c)) return false;
  return !is_hyphen(c) || at >= text.len || !is_word(utf8_next(text, &at));
}

/* The end of the term that begins at `at`, or 0. */
static size_t match(const Terms *terms, const Term *term, Str text, size_t at) {
  for (size_t i = 0; i < term->count; i++) {
    if (at >= text.len) return 0;
    uint32_t c = fold(utf8_next(text, &at), term->exact, terms->turkic);
    if (c != term->points[i]) return 0;
    while (c == ' ' && at < text.len && text.s[at] == ' ') at++;
  }
  return is_end(text, at) ? at : 0;
}

static bool find_at(const Terms *terms, Str text, const bool *used, uint64_t hash, TermFound *found) {
  uint32_t first = *slot_of(terms, hash);
  for (size_t i = first; i > 0 && i <= terms->count && terms->items[i - 1].hash == hash; i++) {
    const Term *term = &terms->items[i - 1];
    found->end = match(terms, term, text, found->begin);
    found->entry = term->entry;
    /* A term that was met already still covers its words: "T-cells" is no first use of "cells". */
    if (found->end) return !used[term->entry];
  }
  found->end = 0;
  return false;
}

bool terms_next(const Terms *terms, Str text, const bool *used, size_t *at, TermFound *found) {
  bool attached = false; /* a letter or hyphen stands right before */
  while (*at < text.len) {
    size_t begin = *at;
    uint32_t c = utf8_next(text, at);
    if (!is_word(c)) {
      attached = is_hyphen(c);
      continue;
    }
    size_t end = begin;
    uint64_t hash = hash_word(text, &end, terms->turkic);
    *found = (TermFound){.begin = begin};
    bool first = !attached && find_at(terms, text, used, hash, found);
    *at = found->end > end ? found->end : end;
    if (first) return true;
    attached = false;
  }
  return false;
}
