#include "check/literals.h"

#include "base/map.h"
#include "base/utf8.h"
#include "check/quantities.h"
#include "check/place.h"

enum {
  WATCH_LEAST = 3, /* letters of a name's part that is a word to look for */
  AFTER = 3        /* times as far as it is counts a word that stands behind the number */
};

typedef struct LiteralFact {
  Str name;
  Str text;
  double value;
  const Str *units;
  size_t unit_count;
  const Str *watch;
  size_t watch_count;
  bool all; /* all words of `watch`, or any of them */
  const double *was;
  size_t was_count;
} LiteralFact;

/* The facts that have a unit in one of its forms. */
typedef struct UnitFacts {
  const LiteralFact **facts;
  size_t count;
} UnitFacts;

struct Literals {
  LiteralFact *facts;
  size_t count;
  const Str *units; /* of all facts, each form once: most numbers of a page have none of them */
  UnitFacts *by_unit;
  size_t unit_count;
  Str lang;
};

/* --- what to look for --- */

static bool read_value(Value value, Str lang, double *number) {
  if (value.type == VALUE_INT) *number = (double)value.i;
  if (value.type == VALUE_FLOAT) *number = value.f;
  if (value.type == VALUE_INT || value.type == VALUE_FLOAT) return true;
  Quantity read;
  size_t at = 0;
  if (!value_is_text(value) || !quantities_next(value_text(value), &at, lang, &read)) return false;
  *number = read.value;
  return read.begin == 0;
}

/* Text, or a list of text, as an array. */
static size_t read_texts(Arena *arena, Value value, const Str **texts) {
  Str *all = ARENA_ARRAY(arena, Str, value_count(value) + 1);
  size_t count = 0;
  if (value_is_text(value)) all[count++] = value_text(value);
  for (size_t i = 0; value.type == VALUE_LIST && i < value_count(value); i++)
    if (value_text(value_at(value, i)).len) all[count++] = value_text(value_at(value, i));
  *texts = all;
  return count;
}

static void read_former(Arena *arena, Value was, Str lang, LiteralFact *fact) {
  double *values = ARENA_ARRAY(arena, double, value_count(was) + 1);
  if (was.type != VALUE_LIST && read_value(was, lang, &values[0])) fact->was_count = 1;
  for (size_t i = 0; was.type == VALUE_LIST && i < value_count(was); i++)
    if (read_value(value_at(was, i), lang, &values[fact->was_count])) fact->was_count++;
  fact->was = values;
}

static bool is_unit(const LiteralFact *fact, Str word) {
  for (size_t i = 0; i < fact->unit_count; i++)
    if (str_equal_nocase(word, fact->units[i])) return true;
  return false;
}

/* "drive_after_weeks": drive, after. */
static void watch_name(Arena *arena, LiteralFact *fact) {
  Str *words = ARENA_ARRAY(arena, Str, fact->name.len + 1);
  size_t begin = 0;
  for (size_t i = 0; i <= fact->name.len; i++) {
    if (i < fact->name.len && fact->name.s[i] != '_' && fact->name.s[i] != '-') continue;
    Str word = str_slice(fact->name, begin, i);
    if (word.len >= WATCH_LEAST && !is_unit(fact, word)) words[fact->watch_count++] = word;
    begin = i + 1;
  }
  fact->watch = words;
  fact->all = true;
}

static bool read_fact(Arena *arena, const ValueEntry *entry, Str lang, LiteralFact *fact) {
  Value value = entry->value;
  Str unit = value_text(value_get(value, STR("unit")));
  *fact = (LiteralFact){.name = entry->key, .text = value_text(value_get(value, STR("text")))};
  if (!unit.len || !read_value(value_get(value, STR("value")), lang, &fact->value)) return false;
  fact->unit_count = quantities_unit_forms(arena, unit, &fact->units);
  fact->watch_count = read_texts(arena, value_get(value, STR("watch")), &fact->watch);
  if (!fact->watch_count) watch_name(arena, fact);
  read_former(arena, value_get(value, STR("was")), lang, fact);
  return fact->watch_count > 0;
}

static void share_units(Arena *arena, Literals *literals) {
  size_t most = 0;
  for (size_t i = 0; i < literals->count; i++) most += literals->facts[i].unit_count;
  Str *units = ARENA_ARRAY(arena, Str, most + 1);
  Map seen = map_new(arena, most);
  for (size_t i = 0; i < literals->count; i++)
    for (size_t k = 0; k < literals->facts[i].unit_count; k++) {
      bool added;
      map_place(&seen, literals->facts[i].units[k], &added);
      if (added) units[literals->unit_count++] = literals->facts[i].units[k];
    }
  literals->units = units;
  literals->by_unit = ARENA_ARRAY(arena, UnitFacts, literals->unit_count + 1);
  for (size_t u = 0; u < literals->unit_count; u++) {
    UnitFacts *same = &literals->by_unit[u];
    same->facts = ARENA_ARRAY(arena, const LiteralFact *, literals->count);
    for (size_t i = 0; i < literals->count; i++)
      if (quantities_unit_at(units[u], 0, literals->facts[i].units, literals->facts[i].unit_count))
        same->facts[same->count++] = &literals->facts[i];
  }
}

Literals *literals_new(Arena *arena, Value facts, Str lang) {
  if (facts.type != VALUE_MAP) return NULL;
  Literals *literals = ARENA_NEW(arena, Literals);
  literals->facts = ARENA_ARRAY(arena, LiteralFact, value_count(facts) + 1);
  literals->lang = lang;
  for (size_t i = 0; i < facts.map->count; i++)
    if (read_fact(arena, &facts.map->entries[i], lang, &literals->facts[literals->count])) literals->count++;
  share_units(arena, literals);
  return literals->count ? literals : NULL;
}

/* --- one page --- */

/* A number with a unit, and the text around it that says what it is about. */
typedef struct Hit {
  const MarkdownBlock *block;
  Quantity number; /* offsets in the text of the page, as all here */
  size_t end;      /* of the unit */
  size_t begin;    /* of the range that it ends, or its own */
  Str sentence;    /* or the row of a table */
  Str own;         /* where words of former times count: the sentence or the cell */
  Str above;       /* the head of the column, or the question that the sentence answers; may be empty */
} Hit;

typedef struct Search {
  const Literals *literals;
  const MarkdownText *text;
  const MarkdownDoc *doc;
  DiagList *diags;
  size_t block_source;
  size_t source_at; /* what was found in the file is not found again */
} Search;

static bool is_word_at(Str text, size_t at, size_t len) {
  bool before = at > 0 && (ascii_is_alpha(text.s[at - 1]) || text.s[at - 1] & 0x80);
  bool after = at + len < text.len && (ascii_is_alpha(text.s[at + len]) || text.s[at + len] & 0x80);
  return !before && !after;
}

/* The first place of a word or phrase from `from` on, whatever its ASCII case; STR_NONE when there is none. */
static size_t find_word(Str text, Str word, size_t from) {
  char first = ascii_lower(word.s[0]);
  for (size_t at = from; at + word.len <= text.len; at++)
    if (ascii_lower(text.s[at]) == first && str_equal_nocase(str_slice(text, at, at + word.len), word) &&
        is_word_at(text, at, word.len))
      return at;
  return STR_NONE;
}

/* How far the nearest of these places is from the number; places are in one piece of the page's text. */
static size_t distance(const Search *search, const Hit *hit, Str piece, Str word) {
  size_t nearest = STR_NONE;
  size_t base = piece.len ? (size_t)(piece.s - search->doc->text.s) : 0;
  for (size_t at = find_word(piece, word, 0); at != STR_NONE; at = find_word(piece, word, at + 1)) {
    size_t place = base + at;
    /* "Stay near for 4 weeks, and drive": what a number is about mostly stands before it. */
    size_t away = place > hit->begin ? (place - hit->begin) * AFTER : hit->begin - place;
    if (away < nearest) nearest = away;
  }
  return nearest;
}

/* Is the number about this fact? How far the word that says so is, or STR_NONE. */
static size_t relation(const Search *search, const Hit *hit, const LiteralFact *fact) {
  size_t nearest = STR_NONE;
  for (size_t i = 0; i < fact->watch_count; i++) {
    size_t away = distance(search, hit, hit->sentence, fact->watch[i]);
    size_t above = distance(search, hit, hit->above, fact->watch[i]);
    if (above < away) away = above;
    if (fact->all && away == STR_NONE) return STR_NONE;
    if (away < nearest) nearest = away;
  }
  return nearest;
}

static bool is_year(Str text, size_t at) {
  for (size_t i = at; i < at + 4; i++)
    if (i >= text.len || !ascii_is_digit(text.s[i])) return false;
  return (text.s[at] == '1' || text.s[at] == '2') && (at == 0 || !ascii_is_digit(text.s[at - 1])) &&
         (at + 4 == text.len || !ascii_is_digit(text.s[at + 4]));
}

/* "before June 26, 2025", "formerly", "the old times". `before` and `until` alone are no such words: "do not drive
 * until 8 weeks have passed". */
static bool tells_of_former_times(Str text) {
  enum { YEAR_NEAR = 40 }; /* bytes: a date written in full */
  static const Str alone[] = {{"former", 6},      {"formerly", 8},       {"previous", 8},  {"previously", 10},
                              {"old", 3},         {"used to", 7},        {"no longer", 9}, {"anterior", 8},
                              {"anteriores", 10}, {"anteriormente", 13}, {"antiguo", 7},   {"antigua", 7},
                              {"antiguos", 8},    {"antiguas", 8},       {"ya no", 5},     {"antes era", 9},
                              {"antes eran", 10}, {"antes fueron", 12},  {"سابقا", 10},    {"القديمة", 14},
                              {"السابقة", 14}};
  static const Str with_year[] = {{"before", 6}, {"until", 5}, {"till", 4}, {"up to", 5},
                                  {"antes", 5},  {"hasta", 5}, {"قبل", 6},  {"حتى", 6}};
  Str end = str_trim(text);
  while (end.len && !ascii_is_alpha(end.s[end.len - 1])) end.len--;
  if (find_word(end, STR("before"), end.len > 6 ? end.len - 6 : 0) != STR_NONE)
    return true; /* "it was 8 weeks before." */
  for (size_t i = 0; i < sizeof alone / sizeof *alone; i++)
    if (find_word(text, alone[i], 0) != STR_NONE) return true;
  for (size_t i = 0; i < sizeof with_year / sizeof *with_year; i++)
    for (size_t at = find_word(text, with_year[i], 0); at != STR_NONE; at = find_word(text, with_year[i], at + 1))
      for (size_t year = at; year < at + YEAR_NEAR && year < text.len; year++)
        if (is_year(text, year)) return true;
  return false;
}

static bool has_value(const double *values, size_t count, double value) {
  for (size_t i = 0; i < count; i++)
    if (quantities_equal(values[i], value)) return true;
  return false;
}

/* Those with the unit of the number: the longest form in which its unit, " weeks" with what stands before it, ends. */
static UnitFacts facts_of_unit(const Search *search, const Hit *hit) {
  const Literals *literals = search->literals;
  Str unit = str_slice(search->doc->text, hit->number.end, hit->end);
  size_t longest = 0;
  UnitFacts found = {0};
  for (size_t u = 0; u < literals->unit_count; u++) {
    Str form = literals->units[u];
    if (form.len <= longest || form.len > unit.len) continue;
    if (!str_equal_nocase(str_skip(unit, unit.len - form.len), form)) continue;
    longest = form.len;
    found = literals->by_unit[u];
  }
  return found;
}

/* The fact that the number is about: one that has or had that value, else the one whose word is nearest. */
static const LiteralFact *find_fact(const Search *search, const Hit *hit) {
  const LiteralFact *found = NULL;
  size_t nearest = STR_NONE;
  UnitFacts same = facts_of_unit(search, hit);
  for (size_t i = 0; i < same.count; i++) {
    const LiteralFact *fact = same.facts[i];
    size_t away = relation(search, hit, fact);
    if (away == STR_NONE) continue;
    if (has_value(fact->was, fact->was_count, hit->number.value)) away = 1;
    if (quantities_equal(fact->value, hit->number.value)) away = 0;
    if (away >= nearest) continue;
    nearest = away;
    found = fact;
  }
  return found;
}

static bool is_waved_through(const Search *search, const MarkdownBlock *block) {
  Str source = str_slice(search->text->file, block->source, block->source_end);
  return str_find(source, STR("<!-- facts: ok")) != STR_NONE;
}

static void judge(Search *search, const Hit *hit) {
  const LiteralFact *fact = find_fact(search, hit);
  if (!fact) return;
  bool range = hit->begin < hit->number.begin;
  bool equal = !range && quantities_equal(fact->value, hit->number.value);
  bool former = has_value(fact->was, fact->was_count, hit->number.value);
  if (former && (tells_of_former_times(hit->own) || tells_of_former_times(hit->above))) return;
  if (is_waved_through(search, hit->block)) return;
  Str literal = str_slice(search->doc->text, hit->begin, hit->end);
  Span span = {search->text->path, 0, 0};
  /* What the file does not have came out of a value. */
  if (!place_find(search->text->file, hit->block, literal, &search->source_at, &span)) return;
  Arena *arena = search->diags->arena;
  Str name = STR_CONCAT(arena, STR("{{ facts."), fact->name, STR(".text }}"));
  if (equal)
    DIAG(search->diags, FACT_LITERAL, span, literal, fact->name, name);
  else if (former)
    DIAG(search->diags, FACT_FORMER, span, literal, fact->name, name, fact->text);
  else
    DIAG(search->diags, FACT_CONTRADICTS, span, literal, fact->name, name, fact->text);
}

/* --- what a number is about --- */

static bool ends_sentence(Str text, size_t at) {
  char c = text.s[at];
  return (c == '.' || c == '!' || c == '?') && at + 1 < text.len && text.s[at + 1] == ' ';
}

static Str sentence_around(Str text, const MarkdownBlock *block, const Hit *hit) {
  size_t begin = hit->begin;
  size_t end = hit->end;
  while (begin > block->text && !(begin >= 2 && ends_sentence(text, begin - 2))) begin--;
  while (end < block->text_end && !(end > block->text && ends_sentence(text, end - 1))) end++;
  return str_slice(text, begin, end);
}

static bool is_cell(const MarkdownBlock *block) {
  return block->kind == MARKDOWN_CELL || block->kind == MARKDOWN_CELL_HEAD;
}

static void look_at_row(const MarkdownDoc *doc, size_t index, Hit *hit) {
  const MarkdownBlock *cell = &doc->blocks[index];
  size_t first = index;
  size_t last = index;
  while (first > 0 && is_cell(&doc->blocks[first - 1]) && doc->blocks[first - 1].source == cell->source) first--;
  while (last + 1 < doc->block_count && is_cell(&doc->blocks[last + 1]) && doc->blocks[last + 1].source == cell->source)
    last++;
  hit->sentence = str_slice(doc->text, doc->blocks[first].text, doc->blocks[last].text_end);
  hit->own = str_slice(doc->text, cell->text, cell->text_end);
  for (size_t i = first; i > 0 && is_cell(&doc->blocks[i - 1]); i--) {
    const MarkdownBlock *head = &doc->blocks[i - 1];
    if (head->kind != MARKDOWN_CELL_HEAD) continue;
    if (head->column == cell->column) hit->above = str_slice(doc->text, head->text, head->text_end);
    if (head->column == 0) break; /* a table further up has heads of its own */
  }
}

/* "When can I drive?" stands above "After 8 weeks.", and so may a term or the title of a card. */
static void look_at_heading(const MarkdownDoc *doc, size_t index, Hit *hit) {
  if (index == 0 || hit->sentence.s != doc->text.s + doc->blocks[index].text) return;
  const MarkdownBlock *above = &doc->blocks[index - 1];
  Str heading = str_slice(doc->text, above->text, above->text_end);
  bool asks = above->level == 0 || str_ends(heading, STR("?")) || str_ends(heading, STR("؟"));
  if (above->kind == MARKDOWN_HEADING && asks) hit->above = heading;
}

static void look_around(const MarkdownDoc *doc, size_t index, Hit *hit) {
  const MarkdownBlock *block = &doc->blocks[index];
  if (is_cell(block)) {
    look_at_row(doc, index, hit);
    return;
  }
  hit->sentence = hit->own = sentence_around(doc->text, block, hit);
  look_at_heading(doc, index, hit);
}

static void check_block(Search *search, size_t index) {
  const MarkdownBlock *block = &search->doc->blocks[index];
  Str text = str_slice(search->doc->text, 0, block->text_end);
  Quantity number;
  Quantity before = {0};
  /* Footnotes stand at the end of the page, and anywhere in the file. */
  if (search->block_source != block->source) search->source_at = block->source;
  search->block_source = block->source;
  for (size_t at = block->text; quantities_next(text, &at, search->literals->lang, &number); before = number) {
    size_t end = quantities_unit_at(text, number.end, search->literals->units, search->literals->unit_count);
    if (!end) continue;
    Hit hit = {.block = block, .number = number, .begin = number.begin, .end = end};
    if (before.end && quantities_are_range(str_slice(text, before.end, number.begin))) hit.begin = before.begin;
    look_around(search->doc, index, &hit);
    judge(search, &hit);
  }
}

void literals_check(const Literals *literals, const MarkdownText *text, const MarkdownDoc *doc, DiagList *diags) {
  if (!literals) return;
  Search search = {.literals = literals, .text = text, .doc = doc, .diags = diags};
  for (size_t i = 0; i < doc->block_count; i++) check_block(&search, i);
}

void literals_check_value(const Literals *literals, const MarkdownText *text, Value value, DiagList *diags) {
  Str words = value_text(value);
  if (!literals || !words.len || !value.origin) return;
  size_t begin = value.origin - 1;
  MarkdownBlock block = {.kind = MARKDOWN_PARAGRAPH,
                         .text_end = (uint32_t)words.len,
                         .source = (uint32_t)begin,
                         .source_end = (uint32_t)text->begin};
  MarkdownDoc doc = {.text = words, .blocks = &block, .block_count = 1};
  literals_check(literals, text, &doc, diags);
}
