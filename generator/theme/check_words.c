#include "theme/check.h"

enum {
  NAMED_MOST = 8,   /* missing words that are named; the rest is counted */
  PLACES_MOST = 64, /* of one text that are looked at; the words that ship have three at most */
};

static const Str forms[] = {{"zero", 4}, {"one", 3}, {"two", 3}, {"few", 3}, {"many", 4}, {"other", 5}};

static bool language_has(const Theme *theme, Str lang, Str key) {
  for (size_t i = 0; i < theme->word_file_count; i++)
    if (str_equal(theme->word_files[i].lang, lang) && value_entry(theme->word_files[i].words, key)) return true;
  size_t dash = str_find_last_byte(lang, '-');
  return dash != STR_NONE && language_has(theme, str_slice(lang, 0, dash), key);
}

/* The most derived theme's file of the language. */
static const WordFile *first_file(const Theme *theme, Str lang) {
  for (size_t i = 0; i < theme->word_file_count; i++)
    if (str_equal(theme->word_files[i].lang, lang)) return &theme->word_files[i];
  return NULL;
}

static void check_missing(Theme *theme, Str lang, Span at) {
  Value english = theme_words(theme, STR("en"));
  Buf names = buf_new(theme->arena, THEME_TEXT_MOST);
  size_t missing = 0;
  for (size_t i = 0; i < value_count(english); i++) {
    Str key = english.map->entries[i].key;
    if (language_has(theme, lang, key)) continue;
    if (++missing > NAMED_MOST) continue;
    if (missing > 1) buf_add_lit(&names, ", ");
    buf_add(&names, key);
  }
  if (missing > NAMED_MOST) buf_add_lit(&names, " …");
  if (missing)
    DIAG(theme->diags, THEME_WORD_MISSING, at, str_format(theme->arena, "%zu", missing),
         str_format(theme->arena, "%zu", value_count(english)), lang, buf_str(&names));
}

bool word_has_place(Value word, Str variable) {
  if (value_is_text(word)) return str_find(word.str, variable) != STR_NONE;
  for (size_t i = 0; i < value_count(word); i++)
    if (str_find(value_text(word.map->entries[i].value), variable) != STR_NONE) return true;
  return false;
}

/* `{name}` in a translation that the English does not have: nobody fills it in. */
static void check_variables(Theme *theme, const WordFile *file, const ValueEntry *entry, Str text) {
  Value english = value_get(theme_words(theme, STR("en")), entry->key);
  for (int i = 0; i < PLACES_MOST; i++) {
    size_t open = str_find_byte(text, '{');
    size_t close = open == STR_NONE ? STR_NONE : str_find_byte(str_skip(text, open), '}');
    if (close == STR_NONE) return;
    Str variable = str_slice(text, open, open + close + 1);
    if (value_is_defined(english) && !word_has_place(english, variable) && !str_equal(variable, STR("{count}")))
      DIAG(theme->diags, THEME_WORD_VARIABLE, origin_span(file->path, entry->key_origin, entry->key.len), entry->key,
           str_slice(variable, 1, variable.len - 1));
    text = str_skip(text, open + close + 1);
  }
}

void check_word_places(Theme *theme, size_t level) {
  for (size_t i = 0; i < theme->word_file_count; i++) {
    const WordFile *file = &theme->word_files[i];
    for (size_t j = 0; file->level == level && j < value_count(file->words); j++) {
      const ValueEntry *entry = &file->words.map->entries[j];
      check_variables(theme, file, entry, value_text(entry->value));
      for (size_t k = 0; entry->value.type == VALUE_MAP && k < value_count(entry->value); k++)
        check_variables(theme, file, entry, value_text(entry->value.map->entries[k].value));
    }
  }
}

static void check_forms(Theme *theme, const WordFile *file, const ValueEntry *entry) {
  for (size_t i = 0; i < sizeof forms / sizeof *forms; i++) {
    const ValueEntry *form = value_entry(entry->value, forms[i]);
    if (!form && locale_has_plural(theme->locale, file->lang, forms[i]) && !str_equal(forms[i], STR("other")))
      DIAG(theme->diags, THEME_WORD_LACKS_FORM, origin_span(file->path, entry->key_origin, entry->key.len), entry->key,
           forms[i], file->lang);
  }
}

static void check_entry(Theme *theme, const WordFile *file, const ValueEntry *entry) {
  Value english = theme_words(theme, STR("en"));
  if (!value_entry(english, entry->key))
    DIAG(theme->diags, THEME_WORD_EXTRA, origin_span(file->path, entry->key_origin, entry->key.len), entry->key,
         nearest_key(entry->key, english, theme->arena));
  else if (entry->value.type == VALUE_MAP)
    check_forms(theme, file, entry);
}

/* The languages that the theme says it speaks, by itself or by what it extends. */
static Value declared_languages(const Theme *theme, size_t *level) {
  for (*level = 0; *level < theme->layer_count; ++*level) {
    Value languages = value_get(theme->layers[*level].data, STR("languages"));
    if (languages.type == VALUE_LIST) return languages;
  }
  return (Value){0};
}

/* Missing words are told in the theme's own file of the language, or where it says that it speaks it. */
static void check_languages(Theme *theme) {
  size_t level;
  Value languages = declared_languages(theme, &level);
  for (size_t i = 0; i < value_count(languages); i++) {
    Value lang = value_at(languages, i);
    Span said = level == 0 ? value_span(theme->layers[0].manifest, lang) : file_span(theme->layers[0].manifest);
    const WordFile *file = first_file(theme, value_text(lang));
    if (!file)
      DIAG(theme->diags, THEME_LANGUAGE, said, value_text(lang));
    else
      check_missing(theme, file->lang, file->level == 0 ? file_span(file->path) : said);
  }
}

void check_words(Theme *theme) {
  check_languages(theme);
  check_word_places(theme, 0);
  for (size_t i = 0; i < theme->word_file_count; i++) {
    const WordFile *file = &theme->word_files[i];
    if (file->level > 0) continue; /* that is for who keeps that theme */
    for (size_t j = 0; j < value_count(file->words); j++) check_entry(theme, file, &file->words.map->entries[j]);
  }
}
