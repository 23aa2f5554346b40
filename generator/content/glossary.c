#include "content/glossary.h"

#include "base/utf8.h"
#include "content/shape.h"
#include "data/yaml.h"

#include <stdlib.h>
#include <unicode/ucol.h>

static const ShapeKey keys[] = {{"term", SHAPE_WORDS, NULL},
                                {"plain", SHAPE_WORDS, NULL},
                                {"instead", SHAPE_WORDS, NULL},
                                {"forms", SHAPE_ANY, NULL}};
static const Shape shape = {.keys = keys, .count = sizeof keys / sizeof *keys};

/* --- reading --- */

static bool is_texts(Value value) {
  if (value.type == VALUE_STR) return true;
  for (size_t i = 0; value.type == VALUE_LIST && i < value.list->count; i++)
    if (value.list->items[i].type != VALUE_STR) return false;
  return value.type == VALUE_LIST;
}

static bool check_forms(const ShapeFile *file, Value entry) {
  const ValueEntry *forms = value_entry(entry, STR("forms"));
  if (!forms) return true;
  bool good = forms->value.type == VALUE_MAP || is_texts(forms->value);
  for (size_t i = 0; forms->value.type == VALUE_MAP && i < forms->value.map->count; i++)
    good = good && is_texts(forms->value.map->entries[i].value);
  if (!good)
    DIAG(file->diags, KEY_TYPE, shape_key_span(file->path, forms), STR("forms"),
         STR("a list of text, or one by language"), value_type_name(forms->value));
  return good;
}

static bool is_empty(Value words) {
  if (words.type == VALUE_MAP) return value_count(words) == 0;
  return str_trim(value_text(words)).len == 0;
}

static bool check_entry(const ShapeFile *file, Value entry) {
  static const char *const wanted[] = {"term", "plain"};
  if (entry.type != VALUE_MAP) {
    DIAG(file->diags, GLOSSARY_ENTRY, shape_span(file->path, entry));
    return false;
  }
  bool good = shape_check(file, entry, &shape) && check_forms(file, entry);
  for (size_t i = 0; i < sizeof wanted / sizeof *wanted && good; i++) {
    Str key = str_from_c(wanted[i]);
    if (!is_empty(value_get(entry, key))) continue;
    const ValueEntry *written = value_entry(entry, key);
    DIAG(file->diags, KEY_MISSING, written ? shape_key_span(file->path, written) : shape_span(file->path, entry), key);
    good = false;
  }
  return good;
}

/* A meaning in some of the site's languages should be there in all of them. */
static void check_languages(const ShapeFile *file, const SiteSettings *settings, Value entry) {
  const ValueEntry *plain = value_entry(entry, STR("plain"));
  for (size_t i = 0; plain->value.type == VALUE_MAP && i < settings->language_count; i++)
    if (!value_is_defined(value_get(plain->value, settings->languages[i])))
      DIAG(file->diags, GLOSSARY_LANGUAGE, shape_key_span(file->path, plain), settings->languages[i]);
}

void glossary_read(const SettingsFiles *files, const SiteSettings *settings, Glossary *glossary) {
  *glossary = (Glossary){.path = STR_CONCAT(files->arena, files->content, STR("/glossary.yaml"))};
  glossary->entries = value_list(files->arena, 0);
  DataFile read;
  if (!settings_read_file(files, STR("glossary.yaml"), &read) || read.missing) return;
  if (read.value.type != VALUE_LIST) {
    if (value_count(read.value)) DIAG(files->diags, GLOSSARY_LIST, shape_span(read.path, read.value));
    return;
  }
  glossary->text = read.text;
  ShapeFile file = {read.path, read.text, files->arena, files->diags};
  for (size_t i = 0; i < read.value.list->count; i++) {
    Value entry = read.value.list->items[i];
    if (!check_entry(&file, entry)) continue;
    check_languages(&file, settings, entry);
    value_push(glossary->entries, entry);
  }
}

/* --- one language --- */

/* The text, or that of the language in a map; undefined when the map has none. */
static Value words_in(const SiteSettings *settings, Value words, size_t language) {
  return words.type == VALUE_MAP ? value_get(words, settings->languages[language]) : words;
}

static bool belongs_to(const SiteSettings *settings, Value entry, size_t language) {
  Value plain = value_get(entry, STR("plain"));
  if (plain.type != VALUE_MAP && language != 0) return false;
  return !is_empty(words_in(settings, plain, language)) &&
         !is_empty(words_in(settings, value_get(entry, STR("term")), language));
}

static Value forms_in(Arena *arena, const SiteSettings *settings, Value entry, size_t language) {
  Value forms = words_in(settings, value_get(entry, STR("forms")), language);
  if (forms.type != VALUE_STR) return forms;
  Value list = value_list(arena, 1);
  value_push(list, forms);
  return list;
}

typedef struct Names {
  Arena *arena;
  Map by_key;
  Value *firsts; /* where each stands */
  const Glossary *glossary;
  Str lang;
  DiagList *diags;
} Names;

static void claim(Names *names, Value name, size_t index) {
  bool added;
  size_t *place = map_place(&names->by_key, terms_key(names->arena, value_text(name), names->lang), &added);
  if (added) {
    *place = index;
    names->firsts[index] = name;
    return;
  }
  DIAG(names->diags, GLOSSARY_TWICE, shape_span(names->glossary->path, name), value_text(name));
  diag_note(names->diags, shape_span(names->glossary->path, names->firsts[*place]), STR("it stands here too"));
}

static Str term_of(Value entry) {
  return value_text(value_get(entry, STR("term")));
}

static int collate(UCollator *collator, Str a, Str b) {
  UErrorCode error = U_ZERO_ERROR;
  if (!collator) return str_compare(a, b);
  int order = ucol_strcollUTF8(collator, a.s, (int32_t)a.len, b.s, (int32_t)b.len, &error);
  return U_SUCCESS(error) && order ? order : str_compare(a, b);
}

typedef struct Sorted {
  Value entry;
  size_t number; /* as written */
  UCollator *collator;
} Sorted;

static int compare(const void *left, const void *right) {
  const Sorted *a = left;
  const Sorted *b = right;
  int order = collate(a->collator, term_of(a->entry), term_of(b->entry));
  return order ? order : (a->number > b->number) - (a->number < b->number);
}

/* In the order of the alphabet. */
static void sort(Arena *arena, Value list, Str lang) {
  UErrorCode error = U_ZERO_ERROR;
  UCollator *collator = ucol_open(str_to_c(arena, lang), &error);
  size_t count = value_count(list);
  Sorted *items = ARENA_ARRAY(arena, Sorted, count + 1);
  for (size_t i = 0; i < count; i++) items[i] = (Sorted){value_at(list, i), i, collator};
  qsort(items, count, sizeof *items, compare);
  for (size_t i = 0; i < count; i++) list.list->items[i] = items[i].entry;
  if (collator) ucol_close(collator);
}

Value glossary_in_language(Arena *arena, const Glossary *glossary, const SiteSettings *settings, size_t language,
                           DiagList *diags) {
  size_t count = value_count(glossary->entries);
  size_t names_most = count;
  Value list = value_list(arena, count);
  for (size_t i = 0; i < count; i++) {
    Value entry = value_at(glossary->entries, i);
    if (!belongs_to(settings, entry, language)) continue;
    Value own = value_map(arena, 5);
    Value forms = forms_in(arena, settings, entry, language);
    Value instead = words_in(settings, value_get(entry, STR("instead")), language);
    value_put(own, "term", words_in(settings, value_get(entry, STR("term")), language));
    value_put(own, "plain", words_in(settings, value_get(entry, STR("plain")), language));
    if (value_is_defined(forms)) value_put(own, "forms", forms);
    if (value_is_defined(instead)) value_put(own, "instead", instead);
    names_most += value_count(forms);
    value_push(list, own);
  }
  Names names = {.arena = arena,
                 .by_key = map_new(arena, names_most),
                 .firsts = ARENA_ARRAY(arena, Value, names_most + 1),
                 .glossary = glossary,
                 .lang = settings->languages[language],
                 .diags = diags};
  size_t index = 0;
  for (size_t i = 0; i < value_count(list); i++) {
    Value forms = value_get(value_at(list, i), STR("forms"));
    claim(&names, value_get(value_at(list, i), STR("term")), index++);
    for (size_t k = 0; k < value_count(forms); k++) claim(&names, value_at(forms, k), index++);
  }
  sort(arena, list, settings->languages[language]);
  return list;
}

Value glossary_fill(MarkdownFill *fill, Value entries) {
  Value filled = value_list(fill->arena, value_count(entries));
  for (size_t i = 0; i < value_count(entries); i++) {
    Value entry = value_at(entries, i);
    Value copy = value_map(fill->arena, value_count(entry));
    for (size_t k = 0; k < entry.map->count; k++)
      value_set(copy, entry.map->entries[k].key, entry.map->entries[k].value);
    Value plain = value_get(entry, STR("plain"));
    Str text = markdown_fill(fill, value_text(plain), plain.origin ? plain.origin - 1 : 0);
    value_put(copy, "plain", value_str(text));
    value_push(filled, copy);
  }
  return filled;
}

/* --- the page --- */

typedef struct Append {
  Buf text;
  Pieces *pieces;
  Str path;
} Append;

/* Bytes that stand for a value of glossary.yaml. */
static void add(Append *append, Value from, Str bytes) {
  pieces_add(append->pieces, (Piece){.begin = append->text.len,
                                     .path = append->path,
                                     .offset = from.origin ? from.origin - 1 : 0,
                                     .made = true});
  buf_add(&append->text, bytes);
}

/* The text as Markdown that means it: only `{{ … }}` keeps its meaning. */
static Str escaped(Arena *arena, Str text) {
  Buf out = buf_new(arena, text.len * 2 + 1);
  for (size_t i = 0; i < text.len; i++) {
    char c = text.s[i];
    bool special = str_find_byte(STR("\\`*_[]<>#|~!&:+-.)"), c) != STR_NONE;
    bool sentence =
        (c == '.' || c == ')' || c == '-' || c == ':' || c == '!') && i > 0 && !ascii_is_digit(text.s[i - 1]);
    bool and = c == '&' && i + 1 < text.len && text.s[i + 1] == ' ';
    if (special && !sentence && !and) buf_add_byte(&out, '\\');
    buf_add_byte(&out, c == '\n' || c == '\r' ? ' ' : c);
  }
  return buf_str(&out);
}

static Str first_letter(Arena *arena, Str term) {
  size_t end = 0;
  if (term.len) utf8_next(term, &end);
  return utf8_upper(arena, str_slice(term, 0, end));
}

/* Of the same letter of the alphabet: É and E, not N and Ñ. */
static bool same_letter(UCollator *collator, Str a, Str b) {
  UErrorCode error = U_ZERO_ERROR;
  if (!collator || !a.len) return str_equal(a, b);
  return ucol_strcollUTF8(collator, a.s, (int32_t)a.len, b.s, (int32_t)b.len, &error) == UCOL_EQUAL;
}

static void add_entries(Append *append, Arena *scratch, Value entries, Str lang) {
  UErrorCode error = U_ZERO_ERROR;
  UCollator *collator = ucol_open(str_to_c(scratch, lang), &error);
  if (collator) ucol_setStrength(collator, UCOL_PRIMARY);
  Str letter = {"", 0};
  for (size_t i = 0; i < value_count(entries); i++) {
    Value term = value_get(value_at(entries, i), STR("term"));
    Value plain = value_get(value_at(entries, i), STR("plain"));
    Str own = first_letter(scratch, value_text(term));
    if (!same_letter(collator, letter, own)) {
      letter = own;
      add(append, term, STR_CONCAT(scratch, STR("\n\n## "), escaped(scratch, letter)));
    }
    add(append, term, STR_CONCAT(scratch, STR("\n\n"), escaped(scratch, value_text(term))));
    add(append, plain, STR_CONCAT(scratch, STR("\n: "), escaped(scratch, value_text(plain))));
  }
  if (collator) ucol_close(collator);
}

const Pieces *glossary_append(const PageLoader *loader, const PageMemory *memory, const Page *page,
                              MarkdownText *text) {
  Value entries = loader->data[page->file->language].glossary;
  if (value_count(entries) == 0) {
    DIAG(memory->diags, GLOSSARY_NONE, ((Span){page->path, STR_NONE, 0}), page->file->lang);
    return page->pieces;
  }
  Pieces *pieces = ARENA_NEW(memory->arena, Pieces);
  pieces->arena = memory->arena;
  for (size_t i = 0; page->pieces && i < page->pieces->count; i++) pieces_add(pieces, page->pieces->items[i]);
  if (!page->pieces) pieces_add(pieces, (Piece){.path = page->path});
  Append append = {
      .text = buf_new(memory->scratch, PAGE_FILE_MOST * 2), .pieces = pieces, .path = loader->glossary->path};
  buf_add(&append.text, text->file);
  add_entries(&append, memory->scratch, entries, page->file->lang);
  buf_add_byte(&append.text, '\n');
  text->file = buf_str(&append.text);
  return pieces;
}
