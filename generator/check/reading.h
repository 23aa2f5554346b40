/* How hard a page is to read: words, sentences, and the established formulas.
 *
 * English: Flesch-Kincaid grade (Kincaid 1975), years of school in the United States, and SMOG (McLaughlin 1969) where
 * there are the 30 sentences that it was made for. Spanish: INFLESZ, the reading ease of Szigriszt-Pazos (1993), 0 to
 * 100; its bands were set on what Spanish health services give to patients (Barrio-Cantalejo 2008: under 40 very hard,
 * 40 somewhat hard, 55 normal, 65 fairly easy, 80 very easy), which is why it is here and not Fernández Huerta. Other
 * languages have words and sentences alone.
 * Prose counts: paragraphs and list items, each at least one sentence; headings, tables and code do not. A hyphenated
 * word is one word. Words and sentences by ICU.
 *
 * Owner: a Reading belongs to one process and keeps ICU's iterators; figures are plain values, lists in the arena.
 * Failure: what cannot be known, as from a few words, is left out (see `has_…`). Advice is reported as SEVERITY_ADVICE.
 */
#ifndef PAMPHLET_CHECK_READING_H
#define PAMPHLET_CHECK_READING_H

#include "markdown/markdown.h"

enum {
  READING_SENTENCE_WORDS = 20,
  READING_PARAGRAPH_SENTENCES = 3,
  READING_SMOG_SENTENCES = 30,
  READING_WORDS_LEAST = 30 /* of fewer words the formulas say nothing: "Welcome." would be grade 8 */
};

typedef struct Reading Reading;
/* A place for the iterators, which each process fills for itself (made before workers are forked, it is not shared). */
Reading *reading_open(void);
void reading_close(Reading *reading); /* NULL is fine */

typedef struct ReadingFigures {
  size_t words; /* of prose, as the following */
  size_t sentences;
  size_t syllables;
  size_t long_words; /* of 3 syllables and more */
  size_t long_sentences;
  bool has_grade;
  bool has_smog;
  bool has_ease;
  double grade; /* Flesch-Kincaid */
  double smog;
  double ease; /* INFLESZ */
} ReadingFigures;

typedef struct ReadingSection {
  Str title; /* of a heading of level 2; empty for what stands above the first */
  ReadingFigures figures;
} ReadingSection;

typedef struct ReadingPage {
  ReadingFigures figures;
  ReadingSection *sections; /* those with prose */
  size_t section_count;
} ReadingPage;

/* `doc` has blocks. */
ReadingPage reading_page(Reading *reading, Arena *arena, const MarkdownDoc *doc, Str lang);
/* Plain text, blocks separated by newlines. */
ReadingFigures reading_text(Reading *reading, Str text, Str lang);

/* What could be easier to read: long sentences and paragraphs, the passive (English), words for which `plainer` (a map
 * from the word, small letters, to what to write instead) has another. */
typedef struct ReadingAdvice {
  Reading *reading;
  Value plainer;
  Str lang;
  DiagList *diags;
} ReadingAdvice;
void reading_advise(const ReadingAdvice *advice, const MarkdownText *text, const MarkdownDoc *doc);

#endif
