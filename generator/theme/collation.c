#include "theme/collation.h"

#include <stdlib.h>
#include <unicode/ucol.h>
#include <unicode/ulocdata.h>
#include <unicode/uscript.h>
#include <unicode/ustring.h>

#include "base/utf8.h"

enum {
  LOCALE_MOST = 64,
  LETTERS_MOST = 256, /* of an index; Chinese by strokes has 64 */
  SCRIPTS_MOST = 8,
};

typedef struct Letter {
  Str label;
  Str key;
  UScriptCode script;
} Letter;

struct Collation {
  Arena *arena;
  UCollator *whole;   /* tells apart what differs in accents and case */
  UCollator *letters; /* tells apart letters only */
  Letter *items;
  size_t count;
  UScriptCode own[SCRIPTS_MOST]; /* scripts that the language is written in */
  int32_t own_count;
};

static UScriptCode script_of(uint32_t letter) {
  UErrorCode error = U_ZERO_ERROR;
  return uscript_getScript((UChar32)letter, &error);
}

/* From the first letter or digit on. */
static Str from_first_letter(Str text) {
  for (size_t at = 0; at < text.len;) {
    size_t begin = at;
    if (utf8_is_letter_or_digit(utf8_next(text, &at))) return str_skip(text, begin);
  }
  return text;
}

static Str key_by(const Collation *collation, const UCollator *by, Str text) {
  UErrorCode error = U_ZERO_ERROR;
  int32_t most = (int32_t)(text.len < INT32_MAX / 4 ? text.len : INT32_MAX / 4);
  UChar *units = ARENA_ARRAY(collation->arena, UChar, (size_t)most + 1);
  int32_t count = 0;
  u_strFromUTF8WithSub(units, most + 1, &count, text.s, most, 0xFFFD, NULL, &error);
  if (U_FAILURE(error) || !by) return text;
  int32_t size = ucol_getSortKey(by, units, count, NULL, 0);
  uint8_t *key = arena_alloc(collation->arena, (size_t)size + 1, 1);
  ucol_getSortKey(by, units, count, key, size);
  return str_from(key, size > 0 ? (size_t)size - 1 : 0); /* without the final NUL */
}

static void add_letter(Collation *collation, Str label) {
  size_t at = 0;
  if (collation->count == LETTERS_MOST || label.len == 0) return;
  collation->items[collation->count++] =
      (Letter){label, key_by(collation, collation->letters, label), script_of(utf8_next(label, &at))};
}

static void add_code_point(Collation *collation, uint32_t letter) {
  Buf label = buf_new(collation->arena, 8);
  utf8_add(&label, letter);
  add_letter(collation, buf_str(&label));
}

/* An entry of the set: a range of letters, or a letter that is written with several, such as "Ll" in Welsh. */
static void add_item(Collation *collation, const USet *set, int32_t item) {
  UErrorCode error = U_ZERO_ERROR;
  UChar32 begin;
  UChar32 end;
  UChar units[16];
  char bytes[64];
  int32_t length = uset_getItem(set, item, &begin, &end, units, 16, &error);
  if (U_FAILURE(error)) return;
  if (length == 0) {
    for (UChar32 c = begin; c <= end; c++) add_code_point(collation, (uint32_t)c);
    return;
  }
  int32_t size = 0;
  u_strToUTF8(bytes, sizeof bytes, &size, units, length, &error);
  if (U_SUCCESS(error)) add_letter(collation, str_copy(collation->arena, str_from(bytes, (size_t)size)));
}

static int compare_letters(const void *left, const void *right) {
  return str_compare(((const Letter *)left)->key, ((const Letter *)right)->key);
}

static void collect_letters(Collation *collation, const char *locale) {
  UErrorCode error = U_ZERO_ERROR;
  ULocaleData *data = ulocdata_open(locale, &error);
  USet *set = U_SUCCESS(error) ? ulocdata_getExemplarSet(data, NULL, 0, ULOCDATA_ES_INDEX, &error) : NULL;
  for (int32_t i = 0; set && U_SUCCESS(error) && i < uset_getItemCount(set); i++) add_item(collation, set, i);
  if (set) uset_close(set);
  if (data) ulocdata_close(data);
  bool latin = false;
  for (size_t i = 0; i < collation->count; i++) latin = latin || collation->items[i].script == USCRIPT_LATIN;
  for (uint32_t c = 'A'; !latin && c <= 'Z'; c++) add_code_point(collation, c);
  qsort(collation->items, collation->count, sizeof *collation->items, compare_letters);
}

Collation *collation_open(Arena *arena, Str lang) {
  Collation *collation = ARENA_NEW(arena, Collation);
  char locale[LOCALE_MOST] = "";
  UErrorCode error = U_ZERO_ERROR;
  int32_t parsed = 0;
  uloc_forLanguageTag(str_to_c(arena, lang), locale, LOCALE_MOST, &parsed, &error);
  if (U_FAILURE(error)) locale[0] = '\0';
  collation->arena = arena;
  collation->items = ARENA_ARRAY(arena, Letter, LETTERS_MOST);
  error = U_ZERO_ERROR;
  collation->whole = ucol_open(locale, &error);
  collation->letters = ucol_open(locale, &error);
  if (U_SUCCESS(error)) ucol_setStrength(collation->letters, UCOL_PRIMARY);
  error = U_ZERO_ERROR;
  collation->own_count = uscript_getCode(locale, collation->own, SCRIPTS_MOST, &error);
  if (U_FAILURE(error)) collation->own_count = 0;
  collect_letters(collation, locale);
  return collation;
}

void collation_close(Collation *collation) {
  if (collation->whole) ucol_close(collation->whole);
  if (collation->letters) ucol_close(collation->letters);
}

Str collation_key(Collation *collation, Str text) {
  return key_by(collation, collation->whole, from_first_letter(text));
}

/* A letter of a script that the language does not use stands behind its alphabet, not under the last of it. A language
 * with several scripts (Japanese) has an index in one of them. */
static bool fits(const Collation *collation, const Letter *letter, Str text) {
  size_t at = 0;
  UScriptCode script = script_of(utf8_next(text, &at));
  if (script == letter->script) return true;
  for (int32_t i = 0; i < collation->own_count; i++)
    if (collation->own[i] == script) return true;
  return false;
}

Str collation_letter(Collation *collation, Str text) {
  text = from_first_letter(text);
  if (text.len == 0) return STR("#");
  Str key = key_by(collation, collation->letters, text);
  const Letter *found = NULL;
  for (size_t i = 0; i < collation->count && str_compare(collation->items[i].key, key) <= 0; i++)
    found = &collation->items[i];
  return found && fits(collation, found, text) ? found->label : STR("#");
}
