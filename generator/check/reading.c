#include "check/reading_private.h"

#include "check/syllables.h"

#include <math.h>
#include <unicode/ubrk.h>
#include <unicode/utext.h>

enum { LANG_MOST = 40 };

struct Reading {
  Arena memory; /* private to the process: a fork has a copy of its own */
  char lang[LANG_MOST];
  UBreakIterator *words;
  UBreakIterator *sentences;
};

Reading *reading_open(void) {
  Arena memory = arena_reserve(sizeof(Reading) + 64);
  Reading *reading = ARENA_NEW(&memory, Reading);
  reading->memory = memory;
  return reading;
}

static void close_iterators(Reading *reading) {
  if (reading->words) ubrk_close(reading->words);
  if (reading->sentences) ubrk_close(reading->sentences);
  reading->words = reading->sentences = NULL;
}

void reading_close(Reading *reading) {
  if (!reading) return;
  close_iterators(reading);
  Arena memory = reading->memory;
  arena_release(&memory);
}

static bool use_language(Reading *reading, Str lang) {
  if (lang.len >= LANG_MOST) lang.len = 0;
  if (reading->words && str_equal(str_from_c(reading->lang), lang)) return true;
  close_iterators(reading);
  if (lang.len) memcpy(reading->lang, lang.s, lang.len);
  reading->lang[lang.len] = '\0';
  UErrorCode status = U_ZERO_ERROR;
  reading->words = ubrk_open(UBRK_WORD, reading->lang, NULL, 0, &status);
  reading->sentences = ubrk_open(UBRK_SENTENCE, reading->lang, NULL, 0, &status);
  if (U_SUCCESS(status)) return true;
  close_iterators(reading);
  return false;
}

/* Gives the iterator the text; false when ICU refuses. */
static bool set_text(UBreakIterator *iterator, UText *view, Str text) {
  UErrorCode status = U_ZERO_ERROR;
  utext_openUTF8(view, text.s, (int64_t)text.len, &status);
  ubrk_setUText(iterator, view, &status);
  return U_SUCCESS(status);
}

/* "Dr. Smith" is one sentence. ICU's own suppressions (ss=standard) lack "Dr." and differ between its versions. */
static bool ends_in_abbreviation(Str sentence) {
  static const Str words[] = {{"Dr.", 3},   {"Dra.", 4}, {"Mr.", 3},     {"Mrs.", 4},   {"Ms.", 3},
                              {"Prof.", 5}, {"St.", 3},  {"Sr.", 3},     {"Sra.", 4},   {"e.g.", 4},
                              {"i.e.", 4},  {"vs.", 3},  {"approx.", 7}, {"p. ej.", 6}, {"Ud.", 3}};
  for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
    size_t before = sentence.len - words[i].len;
    if (str_ends(sentence, words[i]) && (before == 0 || !ascii_is_alpha(sentence.s[before - 1]))) return true;
  }
  return false;
}

void reading_sentences(Reading *reading, Str text, Str lang, ReadingVisit *visit, void *context) {
  if (!use_language(reading, lang)) return;
  UText view = UTEXT_INITIALIZER;
  if (set_text(reading->sentences, &view, text)) {
    size_t from = 0;
    ubrk_first(reading->sentences);
    for (int32_t end = ubrk_next(reading->sentences); end != UBRK_DONE; end = ubrk_next(reading->sentences)) {
      Str sentence = str_trim(str_slice(text, from, (size_t)end));
      if (ends_in_abbreviation(sentence) && (size_t)end < text.len) continue;
      if (sentence.len) visit(context, sentence);
      from = (size_t)end;
    }
  }
  utext_close(&view);
}

static bool is_hyphen(Str piece) {
  return str_equal(piece, STR("-")) || str_equal(piece, STR("\xE2\x80\x90")) || str_equal(piece, STR("\xE2\x80\x91"));
}

void reading_words(Reading *reading, Str text, Str lang, ReadingVisit *visit, void *context) {
  if (!use_language(reading, lang)) return;
  UText view = UTEXT_INITIALIZER;
  Str word = {"", 0}; /* seen, and perhaps not yet at its end */
  bool open = false;  /* a hyphen right behind it was the last piece */
  if (set_text(reading->words, &view, text)) {
    int32_t begin = ubrk_first(reading->words);
    for (int32_t end = ubrk_next(reading->words); end != UBRK_DONE; begin = end, end = ubrk_next(reading->words)) {
      Str piece = str_slice(text, (size_t)begin, (size_t)end);
      bool is_word = ubrk_getRuleStatus(reading->words) >= UBRK_WORD_NONE_LIMIT;
      if (is_word && open) {
        word.len = (size_t)(piece.s + piece.len - word.s);
      } else if (is_word) {
        if (word.len) visit(context, word);
        word = piece;
      }
      open = word.len && is_hyphen(piece) && word.s + word.len == piece.s;
    }
  }
  if (word.len) visit(context, word);
  utext_close(&view);
}

/* --- figures --- */

typedef struct Count {
  Reading *reading;
  Str lang;
  ReadingFigures figures;
  size_t in_sentence;
} Count;

static void count_word(void *context, Str word) {
  Count *count = context;
  size_t syllables = 0;
  /* The parts of a hyphenated word are spelled like words. */
  for (Str rest = word; rest.len;) {
    Str part;
    str_cut(rest, '-', &part, &rest);
    if (part.len) syllables += syllables_count(part, count->lang);
  }
  count->figures.words++;
  count->figures.syllables += syllables;
  count->figures.long_words += syllables >= 3;
  count->in_sentence++;
}

static void count_sentence(void *context, Str sentence) {
  Count *count = context;
  count->in_sentence = 0;
  reading_words(count->reading, sentence, count->lang, count_word, count);
  if (!count->in_sentence) return;
  count->figures.sentences++;
  count->figures.long_sentences += count->in_sentence > READING_SENTENCE_WORDS;
}

size_t reading_count_words(Reading *reading, Str text, Str lang) {
  Count count = {.reading = reading, .lang = lang};
  reading_words(reading, text, lang, count_word, &count);
  return count.figures.words;
}

static void add(ReadingFigures *sum, const ReadingFigures *more) {
  sum->words += more->words;
  sum->sentences += more->sentences;
  sum->syllables += more->syllables;
  sum->long_words += more->long_words;
  sum->long_sentences += more->long_sentences;
}

static void apply_formulas(ReadingFigures *figures, Str lang) {
  if (figures->words < READING_WORDS_LEAST || !figures->sentences || !syllables_known(lang)) return;
  double words_a_sentence = (double)figures->words / (double)figures->sentences;
  double syllables_a_word = (double)figures->syllables / (double)figures->words;
  if (str_starts(lang, STR("es"))) {
    figures->has_ease = true;
    figures->ease = 206.835 - 62.3 * syllables_a_word - words_a_sentence;
    return;
  }
  figures->has_grade = true;
  figures->grade = 0.39 * words_a_sentence + 11.8 * syllables_a_word - 15.59;
  figures->has_smog = figures->sentences >= READING_SMOG_SENTENCES;
  if (figures->has_smog)
    figures->smog = 1.0430 * sqrt((double)figures->long_words * 30.0 / (double)figures->sentences) + 3.1291;
}

static ReadingFigures count_block(Reading *reading, Str text, Str lang) {
  Count count = {.reading = reading, .lang = lang};
  reading_sentences(reading, text, lang, count_sentence, &count);
  return count.figures;
}

ReadingFigures reading_text(Reading *reading, Str text, Str lang) {
  ReadingFigures sum = {0};
  for (Str rest = text; rest.len;) {
    Str line;
    str_cut(rest, '\n', &line, &rest);
    ReadingFigures figures = count_block(reading, line, lang);
    add(&sum, &figures);
  }
  apply_formulas(&sum, lang);
  return sum;
}

ReadingPage reading_page(Reading *reading, Arena *arena, const MarkdownDoc *doc, Str lang) {
  ReadingPage page = {.sections = ARENA_ARRAY(arena, ReadingSection, doc->block_count + 1)};
  ReadingSection section = {.title = {"", 0}};
  for (size_t i = 0; i <= doc->block_count; i++) {
    const MarkdownBlock *block = i < doc->block_count ? &doc->blocks[i] : NULL;
    bool begins = block && block->kind == MARKDOWN_HEADING && block->level == 2;
    if ((begins || !block) && section.figures.sentences) {
      add(&page.figures, &section.figures);
      apply_formulas(&section.figures, lang);
      page.sections[page.section_count++] = section;
    }
    if (begins) section = (ReadingSection){.title = str_copy(arena, reading_block_text(doc, block))};
    if (!block || !reading_is_prose(block)) continue;
    ReadingFigures figures = count_block(reading, reading_block_text(doc, block), lang);
    add(&section.figures, &figures);
  }
  apply_formulas(&page.figures, lang);
  return page;
}
