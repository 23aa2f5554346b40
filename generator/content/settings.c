#include "content/settings.h"

#include "content/addresses.h"
#include "base/utf8.h"
#include "content/data_texts.h"
#include "content/dates.h"
#include "content/shape.h"
#include "content/written.h"
#include "data/number.h"
#include "data/yaml.h"
#include "os/os.h"

#include <errno.h>

static const ShapeKey site_keys[] = {
    {"title", SHAPE_WORDS, NULL},      {"description", SHAPE_WORDS, NULL}, {"base_url", SHAPE_TEXT, NULL},
    {"languages", SHAPE_TEXTS, NULL},  {"theme", SHAPE_ANY, NULL},         {"menu", SHAPE_LIST, NULL},
    {"disclaimer", SHAPE_WORDS, NULL}, {"fallback", SHAPE_BOOL, NULL},     {"links", SHAPE_TEXTS, NULL},
    {"taxonomies", SHAPE_ANY, NULL},   {"review", SHAPE_MAP, NULL},        {"reading", SHAPE_MAP, NULL},
};
static const Shape site_shape = {.keys = site_keys, .count = sizeof site_keys / sizeof *site_keys};

static const ShapeKey theme_keys[] = {
    {"name", SHAPE_TEXT, NULL}, {"settings", SHAPE_MAP, NULL}, {"minify", SHAPE_BOOL, NULL}};
static const Shape theme_shape = {.keys = theme_keys, .count = sizeof theme_keys / sizeof *theme_keys};

static const char *const overdue_choices[] = {"warning", "error", NULL};
static const ShapeKey review_keys[] = {{"overdue", SHAPE_CHOICE, overdue_choices}};
static const Shape review_shape = {.keys = review_keys, .count = sizeof review_keys / sizeof *review_keys};

static const ShapeKey reading_keys[] = {{"grade_at_most", SHAPE_NUMBER, NULL},
                                        {"inflesz_at_least", SHAPE_NUMBER, NULL}};
static const Shape reading_shape = {.keys = reading_keys, .count = sizeof reading_keys / sizeof *reading_keys};

bool settings_read_file(const SettingsFiles *files, Str name, DataFile *file) {
  file->path = STR_CONCAT(files->arena, files->content, STR("/"), name);
  file->value = value_map(files->arena, 0);
  Span whole = {file->path, STR_NONE, 0};
  int error = os_read_file(files->arena, file->path, DATA_FILE_MOST, &file->text);
  file->missing = error == ENOENT;
  if (file->missing) return true;
  if (error == EFBIG) {
    Str size = str_format(files->arena, "%llu", (unsigned long long)os_stat(file->path).size);
    DIAG(files->diags, FILE_TOO_LARGE, whole, size, str_format(files->arena, "%d", DATA_FILE_MOST));
    return false;
  }
  if (error) {
    DIAG(files->diags, FILE_READ, whole, os_error_text(error));
    return false;
  }
  size_t bad = utf8_find_invalid(file->text);
  if (bad != STR_NONE) {
    DIAG(files->diags, FILE_NOT_UTF8, ((Span){file->path, bad, 1}));
    return false;
  }
  YamlText yaml = {file->path, file->text, 0, file->text.len};
  if (!yaml_read(files->arena, &yaml, files->diags, &file->value)) return false;
  bool filled = str_equal(name, STR("glossary.yaml")); /* glossary_fill() */
  if (!filled) data_texts_check_names(&(DataTexts){file->path, files->arena, files->diags}, file->value);
  return true;
}

bool settings_read_map(const SettingsFiles *files, Str name, DataFile *file) {
  if (!settings_read_file(files, name, file)) return false;
  if (file->value.type == VALUE_MAP) return true;
  DIAG(files->diags, DATA_NOT_A_MAP, shape_span(file->path, file->value), name);
  return false;
}

static bool read_languages(const SettingsFiles *files, SiteSettings *settings, Value languages) {
  static const Str english = {"en", 2};
  settings->languages = &english;
  settings->language_count = 1;
  bool good = true;
  size_t count = value_count(languages);
  if (count > SITE_LANGUAGES_MOST) {
    DIAG(files->diags, LANGUAGES_MANY, shape_span(settings->path, value_at(languages, SITE_LANGUAGES_MOST)),
         str_format(files->arena, "%d", SITE_LANGUAGES_MOST));
    count = SITE_LANGUAGES_MOST;
    good = false;
  }
  if (count > 0) {
    Str *all = ARENA_ARRAY(files->arena, Str, count);
    for (size_t i = 0; i < count; i++) {
      all[i] = value_text(value_at(languages, i));
      bool tag = all[i].len >= 2 && all[i].len <= 35; /* BCP 47: RFC 5646, 4.4.1 */
      for (size_t k = 0; k < all[i].len; k++)
        if (!ascii_is_alpha(all[i].s[k]) && !ascii_is_digit(all[i].s[k]) && all[i].s[k] != '-') tag = false;
      if (!tag) DIAG(files->diags, LANGUAGE_TAG, shape_span(settings->path, value_at(languages, i)), all[i]);
      good = good && tag;
    }
    settings->languages = all;
    settings->language_count = count;
  }
  settings->lang = settings->languages[0];
  return good;
}

static bool read_theme(const SettingsFiles *files, SiteSettings *settings, const DataFile *file) {
  Value theme = value_get(file->value, STR("theme"));
  bool good = true;
  if (theme.type == VALUE_MAP) {
    ShapeFile shape_file = {file->path, file->text, files->arena, files->diags};
    good = shape_check(&shape_file, theme, &theme_shape);
    settings->theme_settings = value_get(theme, STR("settings"));
    settings->theme_minify = value_to_bool(value_get(theme, STR("minify")), false);
    theme = value_get(theme, STR("name"));
  }
  /* They are the settings of the theme that is named beside them. */
  if (files->theme.len && !str_equal(files->theme, value_text(theme))) settings->theme_settings = (Value){0};
  settings->theme = files->theme.len ? files->theme : value_text(theme);
  if (!settings->theme.len) settings->theme = STR("clinic");
  return good;
}

static void read_words(Arena *arena, SiteSettings *settings, Value raw) {
  settings->words = ARENA_ARRAY(arena, SiteWords, settings->language_count);
  for (size_t i = 0; i < settings->language_count; i++) {
    SiteWords *words = &settings->words[i];
    words->title = value_text(settings_in_language(arena, settings, value_get(raw, STR("title")), i));
    words->description = value_text(settings_in_language(arena, settings, value_get(raw, STR("description")), i));
    words->disclaimer = value_text(settings_in_language(arena, settings, value_get(raw, STR("disclaimer")), i));
  }
  settings->title = settings->words[0].title;
  settings->description = settings->words[0].description;
  settings->disclaimer = settings->words[0].disclaimer;
}

/* What the clinic asks of its own pages. */
static bool read_demands(const ShapeFile *file, SiteSettings *settings) {
  Value review = value_get(settings->raw, STR("review"));
  Value reading = value_get(settings->raw, STR("reading"));
  bool good = true;
  if (review.type == VALUE_MAP) good = shape_check(file, review, &review_shape);
  if (reading.type == VALUE_MAP) good = shape_check(file, reading, &reading_shape) && good;
  settings->overdue_stops = str_equal(value_text(value_get(review, STR("overdue"))), STR("error"));
  settings->grade_at_most = value_to_int(value_get(reading, STR("grade_at_most")), 0);
  settings->inflesz_at_least = value_to_int(value_get(reading, STR("inflesz_at_least")), 0);
  return good;
}

bool settings_read(const SettingsFiles *files, SiteSettings *settings) {
  DataFile file;
  *settings = (SiteSettings){0};
  bool good = settings_read_map(files, STR("site.yaml"), &file);
  settings->path = file.path;
  settings->base_path = STR("/");
  if (good && file.missing) {
    DIAG(files->diags, SITE_YAML_MISSING, ((Span){file.path, STR_NONE, 0}));
    good = false;
  }
  if (file.value.type != VALUE_MAP) file.value = value_map(files->arena, 0);
  ShapeFile shape_file = {file.path, file.text, files->arena, files->diags};
  good = shape_check(&shape_file, file.value, &site_shape) && good;
  settings->raw = file.value;
  good = read_demands(&shape_file, settings) && good;
  good = taxonomies_read(&shape_file, value_get(file.value, STR("taxonomies")), &settings->taxonomies) && good;
  bool tags = read_languages(files, settings, value_get(file.value, STR("languages")));
  read_words(files->arena, settings, file.value);
  settings_check_languages(files, settings, STR("site.yaml"), file.value);
  settings->fallback = value_to_bool(value_get(file.value, STR("fallback")), settings->language_count > 1);
  settings->menu = value_get(file.value, STR("menu"));
  settings->links = value_get(file.value, STR("links"));
  Span whole = {file.path, STR_NONE, 0};
  if (good && !settings->title.len) {
    DIAG(files->diags, KEY_MISSING, whole, STR("title"));
    good = false;
  }
  Value url = value_get(file.value, STR("base_url"));
  settings->base_url = files->base_url.len ? files->base_url : value_text(url);
  if (good && !settings->base_url.len) {
    DIAG(files->diags, KEY_MISSING, whole, STR("base_url"));
    good = false;
  }
  Span url_span = files->base_url.len ? (Span){STR(""), STR_NONE, 0} : shape_span(file.path, url);
  if (settings->base_url.len &&
      !address_split_base(files->arena, settings->base_url, &settings->base_url, &settings->base_path)) {
    DIAG(files->diags, BASE_URL, url_span, settings->base_url);
    good = false;
  }
  return read_theme(files, settings, &file) && good && tags;
}

static Value with_unit(Arena *arena, Str number, Value unit) {
  Str name = value_text(unit);
  return value_str(name.len ? STR_CONCAT(arena, number, STR(" "), name) : number);
}

/* Of a number, its value: a dose of `1.0` is no 10, and one of `.5` no 5. */
static Str fact_number(Arena *arena, Value value) {
  enum { MOST = 400 }; /* bytes of the longest double */
  Buf number = buf_new(arena, MOST);
  if (value.type == VALUE_INT)
    number_add_int(&number, value.i);
  else if (value.type == VALUE_FLOAT)
    number_add_plain(&number, value.f);
  else
    return value_text(value);
  return buf_str(&number);
}

/* Value and unit; by language when the unit is. */
static Value fact_text(Arena *arena, Value fact) {
  Str number = fact_number(arena, value_get(fact, STR("value")));
  Value unit = value_get(fact, STR("unit"));
  if (unit.type != VALUE_MAP) return with_unit(arena, number, unit);
  Value texts = value_map(arena, unit.map->count);
  for (size_t i = 0; i < unit.map->count; i++)
    value_set(texts, unit.map->entries[i].key, with_unit(arena, number, unit.map->entries[i].value));
  return texts;
}

bool facts_read(const SettingsFiles *files, Value *facts) {
  DataFile file;
  bool good = settings_read_map(files, STR("facts.yaml"), &file);
  *facts = file.value.type == VALUE_MAP ? file.value : value_map(files->arena, 0);
  for (size_t i = 0; i < facts->map->count; i++) {
    Value fact = facts->map->entries[i].value;
    if (fact.type != VALUE_MAP || !value_is_defined(value_get(fact, STR("value")))) {
      DIAG(files->diags, FACT_VALUE, shape_key_span(file.path, &facts->map->entries[i]), facts->map->entries[i].key);
      good = false;
      continue;
    }
    Value checked = value_get(fact, STR("checked"));
    if (value_is_defined(checked) && !date_is_iso(value_text(checked))) {
      DIAG(files->diags, DATE_ISO, shape_span(file.path, checked), STR("checked"));
      good = false;
    }
    good = shape_check_url(file.path, files->diags, value_get(fact, STR("source"))) && good;
    if (value_is_defined(value_get(fact, STR("text")))) continue;
    value_put(fact, "text", fact_text(files->arena, fact));
  }
  return good;
}

