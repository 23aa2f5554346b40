/* What reading.c shares with advice.c. */
#ifndef PAMPHLET_CHECK_READING_PRIVATE_H
#define PAMPHLET_CHECK_READING_PRIVATE_H

#include "check/reading.h"

/* Calls `visit` for each sentence of the text, without white space around it. */
typedef void ReadingVisit(void *context, Str piece);
void reading_sentences(Reading *reading, Str text, Str lang, ReadingVisit *visit, void *context);
/* The same for each word; a hyphenated word comes as one. */
void reading_words(Reading *reading, Str text, Str lang, ReadingVisit *visit, void *context);
size_t reading_count_words(Reading *reading, Str text, Str lang);

static inline bool reading_is_prose(const MarkdownBlock *block) {
  return block->kind == MARKDOWN_PARAGRAPH || block->kind == MARKDOWN_ITEM;
}
static inline Str reading_block_text(const MarkdownDoc *doc, const MarkdownBlock *block) {
  return str_slice(doc->text, block->text, block->text_end);
}

#endif
