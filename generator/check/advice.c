/* What could be easier to read. Few false alarms matter more here than finding everything: advice that is wrong once is
 * not read twice. */
#include "check/reading_private.h"

#include "check/place.h"

enum { PIECES_MOST = 4096 }; /* sentences of a block, words of a sentence, that are looked at */

typedef struct Pieces {
  Str *items;
  size_t count;
} Pieces;

static void collect(void *context, Str piece) {
  Pieces *pieces = context;
  if (pieces->count < PIECES_MOST) pieces->items[pieces->count++] = piece;
}

static bool is_one_of(Str word, const Str *words, size_t count) {
  for (size_t i = 0; i < count; i++)
    if (str_equal_nocase(word, words[i])) return true;
  return false;
}
#define IS_ONE_OF(word, list) is_one_of((word), (list), sizeof(list) / sizeof *(list))

/* --- passive voice --- */

/* A form of "to be", perhaps "not", an adverb, or both, then a participle. */
static const Str forms_of_be[] = {{"is", 2},   {"are", 3},   {"was", 3},   {"were", 4},  {"be", 2},
                                  {"been", 4}, {"being", 5}, {"isn't", 5}, {"aren't", 6}};
static const Str irregular[] = {{"given", 5},   {"taken", 5}, {"done", 4},  {"made", 4},    {"seen", 4},   {"shown", 5},
                                {"known", 5},   {"found", 5}, {"kept", 4},  {"held", 4},    {"sent", 4},   {"told", 4},
                                {"brought", 7}, {"put", 3},   {"drawn", 5}, {"written", 7}, {"chosen", 6}, {"grown", 5},
                                {"frozen", 6},  {"built", 5}, {"begun", 5}, {"driven", 6},  {"hidden", 6}, {"fed", 3}};
/* Words in -ed that say how someone is, and names: "you are tired", "it is called". */
static const Str adjectives[] = {
    {"tired", 5},       {"worried", 7},     {"scared", 6},       {"married", 7},      {"pleased", 7},
    {"interested", 10}, {"concerned", 9},   {"confused", 8},     {"advanced", 8},     {"related", 7},
    {"supposed", 8},    {"used", 4},        {"needed", 6},       {"called", 6},       {"named", 5},
    {"allowed", 7},     {"involved", 8},    {"experienced", 11}, {"infected", 8},     {"swollen", 7},
    {"limited", 7},     {"closed", 6},      {"relaxed", 7},      {"excited", 7},      {"frightened", 10},
    {"exhausted", 9},   {"dehydrated", 10}, {"prepared", 8},     {"embarrassed", 11}, {"surprised", 9},
    {"disabled", 8},    {"registered", 10}, {"qualified", 9},    {"located", 7},      {"based", 5},
    {"red", 3},         {"indeed", 6},      {"hundred", 7},      {"sacred", 6},       {"naked", 5},
    {"dressed", 7},     {"bored", 5},       {"stressed", 8},     {"depressed", 9},    {"satisfied", 9},
    {"retired", 7},     {"convinced", 9},   {"determined", 10},  {"unwanted", 8},     {"aimed", 5}};

static const Str after_made[] = {{"up", 2}, {"of", 2}, {"from", 4}, {"for", 3}};

static bool is_participle(Str word) {
  if (IS_ONE_OF(word, irregular)) return true;
  return word.len > 4 && str_equal_nocase(str_skip(word, word.len - 2), STR("ed")) &&
         !str_equal_nocase(str_skip(word, word.len - 3), STR("eed")) && !IS_ONE_OF(word, adjectives);
}

static bool stands_between(Str word) {
  return str_equal_nocase(word, STR("not")) ||
         (word.len > 4 && str_equal_nocase(str_skip(word, word.len - 2), STR("ly")));
}

/* The words from the form of "to be" to the participle, or nothing. */
static Str find_passive(const Pieces *words) {
  for (size_t i = 0; i + 1 < words->count; i++) {
    if (!IS_ONE_OF(words->items[i], forms_of_be)) continue;
    size_t next = i + 1;
    while (next + 1 < words->count && next < i + 3 && stands_between(words->items[next])) next++;
    Str last = words->items[next];
    /* "are made up", "is made of": what it is, not what was done. */
    if (next + 1 < words->count && str_equal_nocase(last, STR("made")) && IS_ONE_OF(words->items[next + 1], after_made))
      continue;
    if (is_participle(last)) return str_from(words->items[i].s, (size_t)(last.s + last.len - words->items[i].s));
  }
  return (Str){"", 0};
}

/* --- one page --- */

typedef struct Look {
  const ReadingAdvice *advice;
  const MarkdownText *text;
  const MarkdownBlock *block;
  size_t at;       /* in the file: sentences before it were looked at */
  Value mentioned; /* words that have a plainer one, each once a page */
} Look;

static Str number(const Look *look, size_t count) {
  return str_format(look->advice->diags->arena, "%zu", count);
}

static Span place(Look *look, Str piece) {
  Span span = place_sentence(look->text->file, look->block, piece, &look->at);
  span.path = look->text->path;
  return span;
}

static void look_for_passive(Look *look, const Pieces *words) {
  if (!str_starts(look->advice->lang, STR("en"))) return;
  Str passive = find_passive(words);
  if (!passive.len) return;
  size_t before = look->at;
  DIAG(look->advice->diags, PASSIVE_VOICE, place(look, passive), passive);
  look->at = before;
}

static bool is_edge(Str text, size_t at) {
  return at >= text.len || !(ascii_is_alpha(text.s[at]) || text.s[at] & 0x80);
}

/* The first place of a word or phrase, whatever its ASCII case. */
static size_t find_phrase(Str text, Str phrase) {
  for (size_t i = 0; i + phrase.len <= text.len; i++)
    if (str_equal_nocase(str_slice(text, i, i + phrase.len), phrase) && (i == 0 || is_edge(text, i - 1)) &&
        is_edge(text, i + phrase.len))
      return i;
  return STR_NONE;
}

static void look_for_jargon(Look *look, Str sentence) {
  Value plainer = look->advice->plainer;
  for (size_t i = 0; plainer.type == VALUE_MAP && i < plainer.map->count; i++) {
    const ValueEntry *entry = &plainer.map->entries[i];
    if (value_is_defined(value_get(look->mentioned, entry->key))) continue;
    size_t at = find_phrase(sentence, entry->key);
    if (at == STR_NONE) continue;
    value_set(look->mentioned, entry->key, value_bool(true));
    Str word = str_slice(sentence, at, at + entry->key.len);
    size_t before = look->at;
    DIAG(look->advice->diags, JARGON, place(look, word), word, value_text(entry->value));
    look->at = before;
  }
}

static void look_at_sentence(Look *look, Str sentence) {
  Str room[PIECES_MOST];
  Pieces words = {room, 0};
  reading_words(look->advice->reading, sentence, look->advice->lang, collect, &words);
  look_for_passive(look, &words);
  look_for_jargon(look, sentence);
  Span span = place(look, sentence); /* the next one stands behind it */
  if (words.count > READING_SENTENCE_WORDS) DIAG(look->advice->diags, LONG_SENTENCE, span, number(look, words.count));
}

void reading_advise(const ReadingAdvice *advice, const MarkdownText *text, const MarkdownDoc *doc) {
  Arena *arena = advice->diags->arena;
  Look look = {.advice = advice, .text = text, .mentioned = value_map(arena, 4)};
  Str *room = ARENA_ARRAY(arena, Str, PIECES_MOST);
  for (size_t i = 0; i < doc->block_count; i++) {
    const MarkdownBlock *block = &doc->blocks[i];
    if (!reading_is_prose(block)) continue;
    Pieces sentences = {room, 0};
    look.block = block;
    if (look.at < block->source) look.at = block->source;
    size_t begin = look.at;
    reading_sentences(advice->reading, reading_block_text(doc, block), advice->lang, collect, &sentences);
    for (size_t k = 0; k < sentences.count; k++) look_at_sentence(&look, sentences.items[k]);
    if (sentences.count <= READING_PARAGRAPH_SENTENCES) continue;
    size_t end = look.at;
    look.at = begin;
    DIAG(advice->diags, LONG_PARAGRAPH, place(&look, sentences.items[0]), number(&look, sentences.count));
    look.at = end;
  }
}
