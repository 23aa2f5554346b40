#include "theme/private.h"

#include "data/yaml.h"

static const Str plural_forms[] = {{"zero", 4}, {"one", 3}, {"two", 3}, {"few", 3}, {"many", 4}, {"other", 5}};
enum { PLURAL_FORM_COUNT = sizeof plural_forms / sizeof *plural_forms };

/* "i18n/pt-BR.yaml" → "pt-BR"; empty when it is no such file. */
static Str language_of(Str file) {
  if (!str_starts(file, STR("i18n/")) || !str_ends(file, STR(".yaml"))) return (Str){"", 0};
  Str lang = str_slice(file, 5, file.len - 5);
  for (size_t i = 0; i < lang.len; i++)
    if (!ascii_is_alpha(lang.s[i]) && (i < 2 || (lang.s[i] != '-' && !ascii_is_digit(lang.s[i])))) return (Str){"", 0};
  return lang.len >= 2 ? lang : (Str){"", 0};
}

static bool check_forms(Theme *theme, Str path, const ValueEntry *entry) {
  bool good = true;
  for (size_t i = 0; i < value_count(entry->value); i++) {
    const ValueEntry *form = &entry->value.map->entries[i];
    Span at = origin_span(path, form->key_origin, form->key.len);
    size_t known = 0;
    while (known < PLURAL_FORM_COUNT && !str_equal(plural_forms[known], form->key)) known++;
    if (known == PLURAL_FORM_COUNT)
      DIAG(theme->diags, THEME_WORD_FORM, at, entry->key, form->key,
           str_nearest(form->key, plural_forms, PLURAL_FORM_COUNT));
    else if (form->value.type != VALUE_STR)
      DIAG(theme->diags, THEME_WORD, at, entry->key, value_type_name(form->value));
    else
      continue;
    good = false;
  }
  if (good && !value_entry(entry->value, STR("other"))) {
    DIAG(theme->diags, THEME_WORD_OTHER, origin_span(path, entry->key_origin, entry->key.len), entry->key);
    good = false;
  }
  return good;
}

static bool check_word(Theme *theme, Str path, const ValueEntry *entry) {
  if (entry->value.type == VALUE_STR) return true;
  if (entry->value.type == VALUE_MAP) return check_forms(theme, path, entry);
  DIAG(theme->diags, THEME_WORD, origin_span(path, entry->key_origin, entry->key.len), entry->key,
       value_type_name(entry->value));
  return false;
}

static bool read_words(Theme *theme, WordFile *file) {
  Str text;
  file->words = value_map(theme->arena, 0);
  Value words;
  if (!read_text(theme, file->path, &text)) return false;
  if (!yaml_read(theme->arena, &(YamlText){file->path, text, 0, text.len}, theme->diags, &words)) return false;
  if (words.type != VALUE_MAP) {
    DIAG(theme->diags, KEY_TYPE, file_span(file->path), STR("this file"), STR("a map of words"),
         value_type_name(words));
    return false;
  }
  bool good = true;
  for (size_t i = 0; i < value_count(words); i++) good = check_word(theme, file->path, &words.map->entries[i]) && good;
  file->words = words;
  return good;
}

static void read_all(Theme *theme) {
  size_t most = 0;
  for (size_t i = 0; i < theme->layer_count; i++) most += theme->layers[i].file_count;
  theme->word_files = ARENA_ARRAY(theme->arena, WordFile, most);
  for (size_t level = 0; level < theme->layer_count; level++) {
    const Layer *layer = &theme->layers[level];
    for (size_t i = 0; i < layer->file_count; i++) {
      Str lang = language_of(layer->files[i]);
      if (!lang.len) continue;
      WordFile *file = &theme->word_files[theme->word_file_count++];
      *file = (WordFile){.lang = lang, .path = layer_path(theme->arena, layer, layer->files[i]), .level = level};
      if (!read_words(theme, file)) theme->failed = true;
    }
  }
}

/* The parents' words first, so that the child's replace them. */
static void add_words(const Theme *theme, Str lang, Value into) {
  for (size_t i = theme->word_file_count; i-- > 0;) {
    const WordFile *file = &theme->word_files[i];
    if (!str_equal(file->lang, lang)) continue;
    for (size_t j = 0; j < value_count(file->words); j++)
      value_set(into, file->words.map->entries[j].key, file->words.map->entries[j].value);
  }
}

void load_words(Theme *theme) {
  read_all(theme);
  theme->words = value_map(theme->arena, 8);
  Value english = value_map(theme->arena, 128);
  add_words(theme, STR("en"), english);
  value_put(theme->words, "en", english);
  for (size_t i = 0; i < theme->word_file_count; i++) {
    Str lang = theme->word_files[i].lang;
    if (value_entry(theme->words, lang)) continue;
    Value words = value_map(theme->arena, 128);
    add_words(theme, STR("en"), words);
    size_t dash = str_find_byte(lang, '-');
    if (dash != STR_NONE) add_words(theme, str_slice(lang, 0, dash), words);
    add_words(theme, lang, words);
    value_set(theme->words, lang, words);
  }
}

/* "es-MX" without a file of its own has the words of "es". Undefined: there are none. */
static Value own_words(const Theme *theme, Str lang) {
  while (lang.len) {
    const ValueEntry *entry = value_entry(theme->words, lang);
    if (entry) return entry->value;
    size_t dash = str_find_last_byte(lang, '-');
    lang = str_slice(lang, 0, dash == STR_NONE ? 0 : dash);
  }
  return (Value){0};
}

Value theme_words(const Theme *theme, Str lang) {
  Value own = own_words(theme, lang);
  return value_is_defined(own) ? own : value_get(theme->words, STR("en"));
}

void theme_check_languages(Theme *theme, Value languages, Str path) {
  if (!value_count(own_words(theme, STR("en")))) return; /* it has no words at all */
  for (size_t i = 0; i < value_count(languages); i++) {
    Str lang = value_text(value_at(languages, i));
    if (lang.len && !value_is_defined(own_words(theme, lang)))
      DIAG(theme->diags, THEME_NO_WORDS, value_span(path, value_at(languages, i)), theme->layers[0].name, lang);
  }
}
