#include "check/parity.h"

#include "check/measures.h"
#include "content/shape.h"
#include "theme/locale.h"

#include <string.h>
#include <xxhash.h>

/* --- when a page is loaded --- */

static Str without_comments(Arena *arena, Str body) {
  if (str_find(body, STR("<!--")) == STR_NONE) return body;
  Buf text = buf_new(arena, body.len + 1);
  while (body.len) {
    size_t open = str_find(body, STR("<!--"));
    buf_add(&text, str_slice(body, 0, open));
    if (open == STR_NONE) break;
    size_t close = str_find(str_skip(body, open), STR("-->"));
    body = close == STR_NONE ? (Str){"", 0} : str_skip(body, open + close + 3);
  }
  return buf_str(&text);
}

/* The text that a translator translates, each line hashed with the one before it as the seed. White space at the ends
 * of lines, empty lines and comments do not count. */
Str parity_hash(Arena *arena, Str body, Value meta) {
  static const Str keys[] = {{"title", 5}, {"description", 11}};
  XXH32_hash_t hash = 0;
  for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
    Str value = value_text(value_get(meta, keys[i]));
    hash = XXH32(value.len ? value.s : "", value.len, hash);
  }
  ArenaMark mark = arena_mark(arena);
  for (Str rest = without_comments(arena, body); rest.len;) {
    Str line;
    str_cut(rest, '\n', &line, &rest);
    while (line.len && ascii_is_space(line.s[line.len - 1])) line.len--;
    if (line.len) hash = XXH32(line.s, line.len, hash);
  }
  arena_rewind(arena, mark);
  return str_format(arena, "%08x", (unsigned)hash);
}

/* Words that a translator would translate: what stands in double braces, and names of files and classes, are none. */
static bool has_words(Str body) {
  enum { FEW = 8 }; /* a heading and a link may well be the same in two languages */
  size_t words = 0;
  bool inside = false;
  int braces = 0;
  for (size_t i = 0; i < body.len && words < FEW; i++) {
    char c = body.s[i];
    braces += (c == '{') - (c == '}' && braces > 0);
    bool letter = ascii_is_alpha(c) || (c & 0x80);
    words += letter && !inside && braces == 0;
    inside = letter || c == '.' || c == '/' || c == '-' || (c == '\'' && inside);
  }
  return words == FEW;
}

/* The value of a key of the front matter, where it stands in the file. */
static void read_meta(Numbers *numbers, const MarkdownText *text, Value value, Value data) {
  Str as_read = value_text(value);
  if (!value.origin || !as_read.len) return;
  size_t begin = value.origin - 1;
  size_t end = begin + as_read.len + 2; /* in quotes it is two bytes longer */
  if (end > text->begin) end = text->begin;
  Str written = str_slice(text->file, begin, end);
  size_t found = str_find(written, as_read);
  if (found == STR_NONE) return; /* folded over several lines: not worth a wrong place */
  numbers_read(numbers, text->file, begin + found, begin + found + as_read.len, data);
}

/* Numbers that were collected in one arena, in another, without the room that a growing list leaves behind. */
static void keep_numbers(Arena *arena, Numbers *numbers) {
  Number *items = ARENA_ARRAY(arena, Number, numbers->count);
  for (size_t i = 0; i < numbers->count; i++) {
    items[i] = numbers->items[i];
    items[i].text = str_copy(arena, items[i].text);
    items[i].name = str_copy(arena, items[i].name);
  }
  numbers->items = items;
  numbers->capacity = numbers->count;
  numbers->arena = arena;
}

const ParityText *parity_read(const PageMemory *memory, const MarkdownText *text, Value meta, const PageData *data) {
  ParityText *read = ARENA_NEW(memory->arena, ParityText);
  read->numbers.arena = memory->scratch;
  Str body = str_skip(text->file, text->begin);
  read->hash = parity_hash(memory->arena, body, meta);
  if (has_words(without_comments(memory->scratch, body)))
    read->body = parity_hash(memory->arena, body, value_map(memory->scratch, 0));
  Value names = value_map(memory->scratch, 2);
  value_put(names, "clinic", data->clinic);
  value_put(names, "facts", data->facts);
  read_meta(&read->numbers, text, value_get(meta, STR("title")), names);
  read_meta(&read->numbers, text, value_get(meta, STR("description")), names);
  numbers_read(&read->numbers, text->file, text->begin, text->file.len, names);
  keep_numbers(memory->arena, &read->numbers);
  return read;
}

/* --- when all pages are known --- */

const Page *parity_source(const Page *page) {
  if (page->original || page->file->language == 0 || page->translation_count == 0) return NULL;
  const Page *first = page->translations[0];
  return first->file->language == 0 ? first : NULL;
}

NumberCustom parity_custom(Str lang) {
  /* Written both ways, country by country: RAE, Ortografía (2010), 8.2.1; Arabic with European digits. */
  static const Str both[] = {{"es", 2}, {"ar", 2}};
  for (size_t i = 0; i < sizeof both / sizeof *both; i++)
    if (str_equal(lang, both[i])) return (NumberCustom){true, true};
  bool comma = locale_has_decimal_comma(lang);
  return (NumberCustom){!comma, comma};
}

/* Two texts that are compared. */
typedef struct Pair {
  const ParityCheck *check;
  const Page *source;
  const Page *page;
  const Numbers *left;  /* of the source */
  const Numbers *right; /* of the translation */
  NumberCustom left_custom;
  NumberCustom right_custom;
  size_t *left_blocks; /* where each begins; one more */
  size_t *right_blocks;
  bool *left_done;
  bool *right_done;
} Pair;

static size_t *find_blocks(Arena *arena, const Numbers *numbers) {
  size_t *blocks = arena_alloc(arena, (numbers->blocks + 1) * sizeof *blocks, sizeof *blocks);
  for (size_t i = numbers->count; i-- > 0;) blocks[numbers->items[i].block] = i;
  blocks[numbers->blocks] = numbers->count;
  return blocks;
}

/* Marks what agrees among left[a, b) and right[c, d); how many differ, two that stand for each other counted once. */
static size_t pair_up(const Pair *pair, const size_t left[2], const size_t right[2]) {
  size_t left_over = 0;
  size_t right_over = 0;
  for (size_t k = right[0]; k < right[1]; k++) pair->right_done[k] = false;
  for (size_t i = left[0]; i < left[1]; i++) {
    pair->left_done[i] = false;
    for (size_t k = right[0]; k < right[1] && !pair->left_done[i]; k++) {
      if (pair->right_done[k] ||
          !numbers_match(&pair->left->items[i], pair->left_custom, &pair->right->items[k], pair->right_custom))
        continue;
      pair->left_done[i] = pair->right_done[k] = true;
    }
    left_over += !pair->left_done[i] && !pair->left->items[i].optional;
  }
  for (size_t k = right[0]; k < right[1]; k++) right_over += !pair->right_done[k] && !pair->right->items[k].optional;
  return left_over > right_over ? left_over : right_over;
}

/* Between a block of each; STR_NONE for none. */
static size_t difference(const Pair *pair, size_t left, size_t right) {
  static const size_t none[2] = {0, 0};
  return pair_up(pair, left == STR_NONE ? none : &pair->left_blocks[left],
                 right == STR_NONE ? none : &pair->right_blocks[right]);
}

static Span span_of(const Page *page, const Number *number) {
  return pieces_span(page->pieces, (Span){page->path, number->offset, number->len});
}

/* A number of the translation may stand in a snippet that it uses. */
static void note_use(const Pair *pair, const Number *number) {
  const Piece *piece = pieces_find(pair->page->pieces, number->offset);
  if (piece) pieces_note(piece->use, pair->check->diags);
}

/* As it is written: the same as in the file, but the file is not at hand any more. */
static Str shown(Arena *arena, const Number *number) {
  if (number->kind == NUMBER_INSERT) return STR_CONCAT(arena, STR("{{ "), number->name, STR(" }}"));
  if (number->kind == NUMBER_CLOCK) return str_format(arena, "%d:%02d", number->hour, number->minute);
  char *text = str_to_c(arena, number->text);
  for (size_t i = 0; i < number->text.len; i++)
    if (text[i] == 'd' || text[i] == 'g') text[i] = text[i] == 'd' ? '.' : ' ';
  Str written = str_from(text, number->text.len);
  if (number->month) return str_format(arena, "%.*s, month %d", STR_ARG(written), number->month);
  Str unit = measures_unit(number->unit);
  Str per = measures_unit(number->per);
  if (unit.len) written = STR_CONCAT(arena, written, STR(" "), unit);
  return per.len ? STR_CONCAT(arena, written, STR("/"), per) : written;
}

static bool may_differ(const Pair *pair, const Number *number, NumberCustom custom) {
  Value list = value_get(pair->page->meta, STR("numbers_differ"));
  for (size_t i = 0; i < value_count(list); i++) {
    Str text = value_text(value_at(list, i));
    Numbers listed = {.arena = pair->check->scratch};
    numbers_read(&listed, text, 0, text.len, (Value){0});
    for (size_t k = 0; k < listed.count; k++)
      if (numbers_match(&listed.items[k], custom, number, custom)) return true;
  }
  return false;
}

/* The next number from *at on that found no partner. */
static const Number *next_over(const Pair *pair, bool left, size_t *at, size_t end) {
  const Numbers *numbers = left ? pair->left : pair->right;
  const bool *done = left ? pair->left_done : pair->right_done;
  for (; *at < end; ++*at) {
    const Number *number = &numbers->items[*at];
    if (done[*at] || number->optional) continue;
    if (may_differ(pair, number, left ? pair->left_custom : pair->right_custom)) continue;
    ++*at;
    return number;
  }
  return NULL;
}

/* Where in a text something is missing: at the number before the gap, or the page as a whole. */
static Span gap_in(const Page *page, const Numbers *numbers, size_t at) {
  if (numbers->count == 0) return (Span){page->path, STR_NONE, 0};
  return span_of(page, &numbers->items[at < numbers->count ? at : numbers->count - 1]);
}

static void report(const Pair *pair, const size_t left[2], const size_t right[2]) {
  if (pair_up(pair, left, right) == 0) return;
  Arena *arena = pair->check->scratch;
  DiagList *diags = pair->check->diags;
  size_t i = left[0];
  size_t k = right[0];
  for (;;) {
    const Number *a = next_over(pair, true, &i, left[1]);
    const Number *b = next_over(pair, false, &k, right[1]);
    if (!a && !b) return;
    if (a && b) {
      DIAG(diags, PARITY_NUMBER, span_of(pair->page, b), shown(arena, b), shown(arena, a));
      diag_note(diags, span_of(pair->source, a), STR("the original says it here"));
      note_use(pair, b);
    } else if (b) {
      DIAG(diags, PARITY_EXTRA, span_of(pair->page, b), shown(arena, b));
      diag_note(diags, gap_in(pair->source, pair->left, left[0]), STR("it would be near this place of the original"));
      note_use(pair, b);
    } else {
      DIAG(diags, PARITY_MISSING, gap_in(pair->page, pair->right, right[0]), shown(arena, a));
      diag_note(diags, span_of(pair->source, a), STR("the original says it here"));
    }
  }
}

/* Of left_blocks[left[0], left[1]) and right_blocks[right[0], right[1]). */
static void report_blocks(const Pair *pair, const size_t left[2], const size_t right[2]) {
  size_t a[2] = {pair->left_blocks[left[0]], pair->left_blocks[left[1]]};
  size_t b[2] = {pair->right_blocks[right[0]], pair->right_blocks[right[1]]};
  report(pair, a, b);
}

/* How many numbers must change to make the rest of one text, from block i on, the rest of the other, from k on: the
 * edit distance (Wagner and Fischer 1974). */
static uint32_t *measure(const Pair *pair, const size_t from[2], size_t rows, size_t columns) {
  size_t width = columns + 1;
  uint32_t *cost = ARENA_ARRAY(pair->check->scratch, uint32_t, (rows + 1) * width);
  for (size_t i = rows + 1; i-- > 0;)
    for (size_t k = columns + 1; k-- > 0;) {
      uint32_t best = UINT32_MAX;
      uint32_t *here = &cost[i * width + k];
      if (i < rows) best = here[width] + (uint32_t)difference(pair, from[0] + i, STR_NONE);
      if (k < columns) {
        uint32_t skip = here[1] + (uint32_t)difference(pair, STR_NONE, from[1] + k);
        best = skip < best ? skip : best;
      }
      if (i < rows && k < columns) {
        uint32_t both = here[width + 1] + (uint32_t)difference(pair, from[0] + i, from[1] + k);
        best = both < best ? both : best;
      }
      *here = best == UINT32_MAX ? 0 : best;
    }
  return cost;
}

/* Finds out which blocks stand for each other and reports each pair. `from` are the first blocks that do not agree,
 * `to` the ends. */
static void line_up(const Pair *pair, const size_t from[2], const size_t to[2]) {
  size_t rows = to[0] - from[0];
  size_t columns = to[1] - from[1];
  if (rows == 0 || columns == 0 || rows * columns > PARITY_CELLS) {
    report_blocks(pair, (size_t[2]){from[0], to[0]}, (size_t[2]){from[1], to[1]});
    return;
  }
  const uint32_t *cost = measure(pair, from, rows, columns);
  size_t i = 0;
  size_t k = 0;
  while (i < rows || k < columns) {
    const uint32_t *here = &cost[i * (columns + 1) + k];
    size_t left = from[0] + i;
    size_t right = from[1] + k;
    bool both = i < rows && k < columns && *here == here[columns + 2] + (uint32_t)difference(pair, left, right);
    bool skip_left = !both && i < rows && *here == here[columns + 1] + (uint32_t)difference(pair, left, STR_NONE);
    bool take_left = both || skip_left;
    bool take_right = both || !skip_left;
    report_blocks(pair, (size_t[2]){left, left + take_left}, (size_t[2]){right, right + take_right});
    i += take_left;
    k += take_right;
  }
}

static void compare(Pair *pair) {
  Arena *scratch = pair->check->scratch;
  pair->left_blocks = find_blocks(scratch, pair->left);
  pair->right_blocks = find_blocks(scratch, pair->right);
  pair->left_done = ARENA_ARRAY(scratch, bool, pair->left->count + 1);
  pair->right_done = ARENA_ARRAY(scratch, bool, pair->right->count + 1);
  size_t from = 0;
  size_t to[2] = {pair->left->blocks, pair->right->blocks};
  while (from < to[0] && from < to[1] && difference(pair, from, from) == 0) from++;
  while (to[0] > from && to[1] > from && difference(pair, to[0] - 1, to[1] - 1) == 0) {
    to[0]--;
    to[1]--;
  }
  if (from < to[0] || from < to[1]) line_up(pair, (size_t[2]){from, from}, to);
}

static void check_hash(const ParityCheck *check, const Page *page, const Page *source) {
  const ValueEntry *made_from = value_entry(page->meta, STR("source_hash"));
  Str now = source->parity->hash;
  if (!made_from)
    DIAG(check->diags, TRANSLATION_UNMARKED, ((Span){page->path, STR_NONE, 0}), source->path, now);
  else if (!str_equal(value_text(made_from->value), now))
    DIAG(check->diags, TRANSLATION_STALE, shape_span(page->path, made_from->value), source->path, now);
}

void parity_check(const ParityCheck *check, const Page *page) {
  const Page *source = parity_source(page);
  if (!source || !source->parity || !page->parity) return;
  check_hash(check, page, source);
  if (page->parity->body.len && str_equal(page->parity->body, source->parity->body))
    DIAG(check->diags, TRANSLATION_SAME, ((Span){page->path, STR_NONE, 0}), source->path, page->file->lang);
  Pair pair = {.check = check,
               .source = source,
               .page = page,
               .left = &source->parity->numbers,
               .right = &page->parity->numbers,
               .left_custom = check->customs[0],
               .right_custom = check->customs[page->file->language]};
  if (pair.left->count == 0 && pair.right->count == 0) return;
  ArenaMark mark = arena_mark(check->scratch);
  compare(&pair);
  arena_rewind(check->scratch, mark);
}

size_t parity_list_stale(Arena *arena, const Page *pages, size_t count, ParityStale **stale) {
  ParityStale *found = ARENA_ARRAY(arena, ParityStale, count);
  size_t stale_count = 0;
  for (size_t i = 0; i < count; i++) {
    const Page *source = parity_source(&pages[i]);
    if (!source || !source->parity) continue;
    Str made_from = value_text(value_get(pages[i].meta, STR("source_hash")));
    if (str_equal(made_from, source->parity->hash)) continue;
    found[stale_count++] = (ParityStale){&pages[i], source, made_from, source->parity->hash};
  }
  *stale = found;
  return stale_count;
}
