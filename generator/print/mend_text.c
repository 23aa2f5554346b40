/* Chromium paints no space where a line ends, and paints Arabic from left to right. Who reads the marks alone would
 * read "abouteach", and Arabic backwards.
 *
 * What an element holds is compared with the text nodes of the document (print/scripts.h), which stand in the same
 * order. Where only spaces are missing they are painted at the ends of lines (ISO 32000-1, 14.8.2.5). Where the order
 * differs the element gets its text beside it, as ActualText (14.9.4). An element whose text is not in the document, as
 * the number of a list, stays as it is. */
#include "base/utf8.h"
#include "print/mend.h"
#include "print/syntax.h"

/* How far the text of an element is looked for: generated text stands in between, hidden text is left out. */
enum { TEXTS_AHEAD = 64 };

/* --- letters --- */

/* Said by no letter, or in more than one way: spaces, controls, hyphens at which words break, brackets, which Arabic
 * mirrors. */
static bool is_loose(uint32_t c) {
  if (utf8_is_space(c) || (c >= 0x200B && c <= 0x200F) || (c >= 0x202A && c <= 0x202E)) return true;
  if ((c >= 0x2060 && c <= 0x2069) || c == 0x00AD || c == 0x061C || c == 0xFEFF) return true;
  return c < 0x80 ? strchr("-()[]{}<>", (int)c) != NULL : c == 0x2010 || c == 0x2011 || c == 0xAB || c == 0xBB;
}

/* Set in the order of writing, shown by controls alone. */
static bool is_control(uint32_t c) {
  return is_loose(c) && !utf8_is_space(c) && c >= 0x80 && c != 0x2010 && c != 0x2011 && c != 0xAB && c != 0xBB;
}

/* Hebrew, Arabic and the scripts beside them, and their forms for printing. */
static bool is_right_to_left(uint32_t c) {
  return (c >= 0x590 && c <= 0x8FF) || (c >= 0xFB1D && c <= 0xFEFC) || (c >= 0x10800 && c <= 0x10FFF) ||
         (c >= 0x1E800 && c <= 0x1EFFF);
}

/* The same for the same letters in any order. */
typedef struct Print {
  uint64_t sum;
  size_t count;
} Print;

static void print_add(Print *print, uint32_t c) {
  if (is_loose(c)) return;
  uint64_t mixed = (c + 0x9E3779B97F4A7C15u) * 0xBF58476D1CE4E5B9u;
  print->sum += (mixed ^ mixed >> 31) * 0x94D049BB133111EBu;
  print->count++;
}

static bool print_equal(Print a, Print b) {
  return a.sum == b.sum && a.count == b.count;
}

static Print print_of(Str text) {
  Print print = {0};
  for (size_t at = 0; at < text.len;) print_add(&print, utf8_next(text, &at));
  return print;
}

/* --- what elements hold --- */

typedef struct Place {
  MendPage *page;
  size_t letter; /* in its content */
} Place;

/* Of one page: the letters of each mark, in order. */
typedef struct PageMarks {
  MendPage *page;
  size_t *starts; /* by mark, and one more */
  size_t *letters;
} PageMarks;

typedef struct Mender {
  Tags *tags;
  PageMarks *pages;
  size_t page_count;
  Str *texts;
  Print *prints; /* of the texts */
  size_t text_count;
  size_t at;     /* the first text that no element has had */
  Place *places; /* of the element in work */
  size_t place_count;
} Mender;

static PageMarks sort_marks(Arena *arena, MendPage *page) {
  const Content *content = &page->content;
  PageMarks marks = {page, ARENA_ARRAY(arena, size_t, content->use_count + 2),
                     ARENA_ARRAY(arena, size_t, content->letter_count + 1)};
  for (size_t i = 0; i < content->letter_count; i++) {
    size_t mark = (size_t)content->letters[i].mcid;
    if (mark < content->use_count) marks.starts[mark + 2]++;
  }
  for (size_t i = 1; i < content->use_count + 2; i++) marks.starts[i] += marks.starts[i - 1];
  for (size_t i = 0; i < content->letter_count; i++) {
    size_t mark = (size_t)content->letters[i].mcid;
    if (mark < content->use_count) marks.letters[marks.starts[mark + 1]++] = i;
  }
  return marks;
}

static void collect(Mender *mender, const Tag *leaf) {
  for (size_t i = 0; i < mender->page_count; i++) {
    const PageMarks *marks = &mender->pages[i];
    size_t mark = (size_t)leaf->mcid;
    if (marks->page->number != leaf->page || leaf->mcid < 0 || mark >= marks->page->content.use_count) continue;
    for (size_t k = marks->starts[mark]; k < marks->starts[mark + 1]; k++)
      mender->places[mender->place_count++] = (Place){marks->page, marks->letters[k]};
    return;
  }
}

static uint32_t letter_at(const Place *place) {
  return place->page->content.letters[place->letter].c;
}

/* False: it holds other elements, or nothing. */
static bool collect_all(Mender *mender, const Tag *element) {
  mender->place_count = 0;
  if (element->kind != TAG_ELEMENT || tag_is_below(element, STR("/Figure"))) return false;
  for (const Tag *kid = element->first; kid; kid = kid->next) {
    if (kid->kind == TAG_ELEMENT) return false;
    if (kid->kind == TAG_CONTENT) collect(mender, kid);
  }
  return mender->place_count > 0;
}

/* The text of the document that has the element's letters, from that place on; STR_NONE: none has. */
static size_t find_text(Mender *mender, size_t from) {
  Print print = {0};
  for (size_t i = from; i < mender->place_count; i++) print_add(&print, letter_at(&mender->places[i]));
  if (!print.count) { /* brackets and spaces tell nothing: only the next text can be meant */
    bool next = mender->at < mender->text_count && !mender->prints[mender->at].count;
    return next ? mender->at++ : STR_NONE;
  }
  for (size_t i = mender->at; i < mender->text_count && i < mender->at + TEXTS_AHEAD; i++) {
    if (!print_equal(mender->prints[i], print)) continue;
    mender->at = i + 1;
    return i;
  }
  return STR_NONE;
}

/* --- spaces --- */

static bool add_space(const Mender *mender, size_t before) {
  Arena *arena = mender->tags->pdf->arena;
  if (before) {
    const Place *last = &mender->places[before - 1];
    return content_add_space(arena, &last->page->content, last->letter, true);
  }
  return content_add_space(arena, &mender->places[0].page->content, mender->places[0].letter, false);
}

/* Goes through a text and what is painted of it side by side. With `paint` spaces that are missing are painted. False:
 * the letters differ or stand in another order. */
static bool compare(const Mender *mender, Str text, bool paint) {
  size_t next = 0;
  bool wanted = false; /* a space stands in the text here */
  bool there = false;  /* and one is painted */
  for (size_t at = 0; at <= text.len;) {
    bool end = at == text.len;
    uint32_t c = end ? 0 : utf8_next(text, &at);
    if (!end && is_control(c)) continue;
    if (!end && utf8_is_space(c)) {
      wanted = true;
      continue;
    }
    for (; next < mender->place_count && is_loose(letter_at(&mender->places[next])); next++) {
      uint32_t painted = letter_at(&mender->places[next]);
      if (!utf8_is_space(painted) && !is_control(painted)) break;
      there = there || utf8_is_space(painted);
    }
    if (there && !wanted) return false; /* it stands on the other side */
    if (wanted && !there && paint && !add_space(mender, next)) return false;
    if (end) break;
    if (next == mender->place_count || letter_at(&mender->places[next++]) != c) return false;
    wanted = there = false;
  }
  return next == mender->place_count;
}

/* Of a text that goes over to the next page as a whole, Chromium may leave letters on the one before, of which only the
 * tops are seen. Takes them off that page. */
static size_t find_moved(Mender *mender, Tag *element) {
  Tag *first = element->first;
  if (!first->next || first->kind != TAG_CONTENT || first->next->page == first->page) return STR_NONE;
  size_t from = 0;
  while (from < mender->place_count && mender->places[from].page->number == first->page) from++;
  if (!from || from == mender->place_count) return STR_NONE;
  size_t found = find_text(mender, from);
  if (found == STR_NONE) return STR_NONE;
  mender->places[0].page->content.uses[first->mcid] |= CONTENT_DROP | CONTENT_ERASE;
  tag_dissolve(first);
  mender->place_count -= from;
  memmove(mender->places, mender->places + from, mender->place_count * sizeof *mender->places);
  return found;
}

static bool has_right_to_left(Str text) {
  for (size_t at = 0; at < text.len;)
    if (is_right_to_left(utf8_next(text, &at))) return true;
  return false;
}

static void mend_element(const Mender *mender, Tag *element, Str text) {
  Arena *arena = mender->tags->pdf->arena;
  if (!has_right_to_left(text) && compare(mender, text, false) && compare(mender, text, true)) return;
  if (str_find(element->others, STR("/ActualText")) != STR_NONE) return;
  element->others = STR_CONCAT(arena, element->others, STR("/ActualText "), pdf_text_string(arena, text), STR(" "));
  if (tag_is(element, STR("/NonStruct"))) element->type = STR("/Span");
}

/* --- all --- */

static Mender mender_new(Tags *tags, const MendPages *pages, Value texts) {
  Arena *arena = tags->pdf->arena;
  Mender mender = {.tags = tags, .text_count = value_count(texts), .page_count = (size_t)pages->count};
  size_t letters = 0;
  mender.pages = ARENA_ARRAY(arena, PageMarks, mender.page_count + 1);
  for (size_t i = 0; i < mender.page_count; i++) {
    mender.pages[i] = sort_marks(arena, &pages->items[i]);
    letters += pages->items[i].content.letter_count;
  }
  mender.places = ARENA_ARRAY(arena, Place, letters + 1);
  mender.texts = ARENA_ARRAY(arena, Str, mender.text_count + 1);
  mender.prints = ARENA_ARRAY(arena, Print, mender.text_count + 1);
  for (size_t i = 0; i < mender.text_count; i++) {
    mender.texts[i] = value_text(value_at(texts, i));
    mender.prints[i] = print_of(mender.texts[i]);
  }
  return mender;
}

void mend_text(Tags *tags, const MendPages *pages, Value texts) {
  Mender mender = mender_new(tags, pages, texts);
  for (Tag *tag = tags_next(&tags->root); tag; tag = tags_next(tag)) {
    if (!collect_all(&mender, tag)) continue;
    size_t found = find_text(&mender, 0);
    if (found == STR_NONE) found = find_moved(&mender, tag);
    if (found != STR_NONE) mend_element(&mender, tag, mender.texts[found]);
  }
}
