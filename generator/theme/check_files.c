#include "theme/check.h"
#include "theme/tags.h"

/* The templates that the generator asks for by name. */
static const Str entry_templates[] = {{"home.html", 9},      {"section.html", 12},  {"page.html", 9},
                                      {"handout.html", 12},  {"booklet.html", 12},  {"bilingual.html", 14},
                                      {"wallet.html", 11},   {"handouts.html", 13}, {"404.html", 8},
                                      {"redirect.html", 13}, {"taxonomy.html", 13}, {"term.html", 9}};

/* The icons that Markdown's cards ask for (docs/html-classes.md). */
static const Str card_icons[] = {{"emergency", 9}, {"urgent", 6},    {"nonurgent", 9}, {"warning", 7},
                                 {"caution", 7},   {"important", 9}, {"note", 4},      {"tip", 3},
                                 {"key", 3},       {"do", 2},        {"dont", 4},      {"video", 5}};

static bool is_one_of(Str name, const Str *names, size_t count) {
  for (size_t i = 0; i < count; i++)
    if (str_equal(name, names[i])) return true;
  return false;
}

/* Every text in quotes in every template, as keys of a map. */
static Value quoted_texts(Theme *theme) {
  Value quoted = value_map(theme->arena, 512);
  for (size_t level = 0; level < theme->layer_count; level++) {
    const Layer *layer = &theme->layers[level];
    for (size_t i = 0; i < layer->file_count; i++) {
      Source source;
      if (!str_starts(layer->files[i], STR("templates/")) || !check_read(theme, level, layer->files[i], &source))
        continue;
      size_t at = 0;
      Tag tag;
      while (tag_next(source.text, &at, &tag)) {
        size_t inside = 0;
        Literal literal;
        while (literal_next(source.text, &tag, &inside, &literal)) value_set(quoted, literal.text, value_bool(true));
      }
    }
  }
  return quoted;
}

/* All style sheets and scripts in one, to look for names of files in. */
static Str all_assets_text(Theme *theme) {
  Buf text = buf_new(theme->arena, (size_t)64 << 20);
  for (size_t level = 0; level < theme->layer_count; level++) {
    const Layer *layer = &theme->layers[level];
    for (size_t i = 0; i < layer->file_count; i++) {
      Str file = layer->files[i];
      Source source;
      bool readable = str_ends(file, STR(".css")) || str_ends(file, STR(".js")) || str_ends(file, STR(".webmanifest"));
      if (str_starts(file, STR("assets/")) && readable && check_read(theme, level, file, &source))
        buf_add(&text, source.text);
    }
  }
  return buf_str(&text);
}

static Str base_name(Str path) {
  size_t slash = str_find_last_byte(path, '/');
  return str_skip(path, slash == STR_NONE ? 0 : slash + 1);
}

static bool is_setting_value(const Theme *theme, Str name) {
  for (size_t i = 0; i < theme->setting_count; i++)
    if (theme->settings[i].type == SETTING_IMAGE && str_equal(theme->settings[i].given[MODE_LIGHT], name)) return true;
  return false;
}

/* What people keep beside a theme's own files. */
static bool is_paper(Str file) {
  static const Str stems[] = {{"README", 6},  {"LICENSE", 7},   {"LICENCE", 7},
                              {"COPYING", 7}, {"CHANGELOG", 9}, {"OFL", 3}};
  Str name = base_name(file);
  for (size_t i = 0; i < sizeof stems / sizeof *stems; i++)
    if (str_starts(name, stems[i])) return true;
  return false;
}

typedef struct Uses {
  Theme *theme;
  Value quoted;
  Str assets_text;
} Uses;

static bool is_used_below(const Uses *uses, Str file) {
  if (str_starts(file, STR("templates/"))) {
    Str name = str_skip(file, sizeof "templates/" - 1);
    return is_one_of(name, entry_templates, sizeof entry_templates / sizeof *entry_templates) ||
           value_entry(uses->quoted, name);
  }
  if (str_starts(file, STR("icons/")) && str_ends(file, STR(".svg"))) {
    Str name = str_slice(file, sizeof "icons/" - 1, file.len - 4);
    return is_one_of(name, card_icons, sizeof card_icons / sizeof *card_icons) || value_entry(uses->quoted, name);
  }
  if (str_starts(file, STR("assets/"))) {
    Str name = str_skip(file, sizeof "assets/" - 1);
    return str_equal(name, STR("fonts/_fonts.css")) || value_entry(uses->quoted, name) ||
           is_setting_value(uses->theme, name) || str_find(uses->assets_text, base_name(file)) != STR_NONE;
  }
  if (str_starts(file, STR("starter/"))) return true;
  if (str_starts(file, STR("i18n/")) && str_ends(file, STR(".yaml")))
    return value_entry(uses->theme->words, str_slice(file, sizeof "i18n/" - 1, file.len - 5));
  return false;
}

static Str advice(Theme *theme, Str file) {
  static const Str folders[] = {{"templates", 9}, {"assets", 6}, {"i18n", 4}, {"icons", 5}, {"starter", 7}};
  enum { COUNT = sizeof folders / sizeof *folders };
  size_t slash = str_find_byte(file, '/');
  if (slash == STR_NONE) return STR("a theme's files lie in templates/, assets/, icons/, i18n/ and starter/");
  Str folder = str_slice(file, 0, slash);
  if (is_one_of(folder, folders, COUNT)) return (Str){"", 0};
  Str nearest = str_nearest(folder, folders, COUNT);
  if (!nearest.len) return STR("a theme's files lie in templates/, assets/, icons/, i18n/ and starter/");
  return STR_CONCAT(theme->arena, STR("did you mean the folder `"), nearest, STR("/`?"));
}

void check_files(Theme *theme) {
  const Layer *own = &theme->layers[0];
  Uses uses = {theme, quoted_texts(theme), all_assets_text(theme)};
  Str preview = value_text(value_get(own->data, STR("preview")));
  for (size_t i = 0; i < own->file_count; i++) {
    Str file = own->files[i];
    if (str_equal(file, STR("theme.yaml")) || str_equal(file, preview) || is_paper(file)) continue;
    bool replaces = find_layer(theme, file, 1) < theme->layer_count; /* then it is the parent that knows its use */
    if (!replaces && !is_used_below(&uses, file))
      DIAG(theme->diags, THEME_UNUSED, file_span(layer_path(theme->arena, own, file)), advice(theme, file));
  }
}

/* --- custom properties --- */

static size_t property_length(Str text) {
  size_t len = 0;
  while (len < text.len && (ascii_is_alpha(text.s[len]) || ascii_is_digit(text.s[len]) || text.s[len] == '-' ||
                            text.s[len] == '_' || (unsigned char)text.s[len] >= 0x80))
    len++;
  return len;
}

/* Adds every `--name` that is followed by a colon. */
static void add_defined(Str css, Value defined) {
  for (size_t at = str_find(css, STR("--")); at != STR_NONE; at = str_find(css, STR("--"))) {
    css = str_skip(css, at);
    size_t len = property_length(css);
    Str name = str_slice(css, 0, len);
    css = str_skip(css, len);
    if (str_starts(str_trim(str_slice(css, 0, 8)), STR(":"))) value_set(defined, name, value_bool(true));
  }
}

static void check_sheet(Theme *theme, const Source *source, Value defined) {
  Str css = source->text;
  for (size_t at = str_find(css, STR("var(")); at != STR_NONE; at = str_find(css, STR("var("))) {
    css = str_skip(css, at + 4);
    while (css.len && ascii_is_space(css.s[0])) css = str_skip(css, 1);
    Str name = str_slice(css, 0, property_length(css));
    Str after = str_trim(str_slice(css, name.len, name.len + 8));
    if (!str_starts(name, STR("--")) || str_starts(after, STR(",")) || value_entry(defined, name)) continue;
    DIAG(theme->diags, THEME_PROPERTY, ((Span){source->path, (size_t)(name.s - source->text.s), name.len}), name,
         nearest_key(name, defined, theme->arena));
  }
}

/* var(--x) without a fallback, for which neither a setting nor a style sheet gives a value. */
void check_properties(Theme *theme) {
  Value defined = value_map(theme->arena, 128);
  add_defined(settings_css(theme), defined);
  add_defined(all_assets_text(theme), defined);
  const Layer *own = &theme->layers[0];
  for (size_t i = 0; i < own->file_count; i++) {
    Source source;
    if (str_starts(own->files[i], STR("assets/")) && str_ends(own->files[i], STR(".css")) &&
        check_read(theme, 0, own->files[i], &source))
      check_sheet(theme, &source, defined);
  }
}
