#include "theme/private.h"
#include "theme/tools.h"

#include "os/os.h"

#include <string.h>

/* Without the arena: a worker that looks for a template which isn't there must not touch what all workers share. */
static size_t find_template(const Theme *theme, Str name, size_t from) {
  char file[OS_PATH_MOST] = "templates/";
  const size_t prefix = sizeof "templates/" - 1;
  if (name.len > sizeof file - prefix) return theme->layer_count;
  if (name.len) memcpy(file + prefix, name.s, name.len);
  return find_layer(theme, str_from(file, prefix + name.len), from);
}

static bool load_source(void *context, Str name, int from, TemplateSource *source, bool *reported) {
  Theme *theme = context;
  size_t level = find_template(theme, name, from < 0 ? 0 : (size_t)from);
  if (level >= theme->layer_count) return false;
  Str file = STR_CONCAT(theme->arena, STR("templates/"), name);
  source->path = layer_path(theme->arena, &theme->layers[level], file);
  source->level = (int)level;
  *reported = !read_text(theme, source->path, &source->text);
  return !*reported;
}

static Value source_names(void *context, Arena *arena) {
  return names_below(context, STR("templates/"), arena);
}

/* The nearest theme that says it; the parent's own templates were written for what it said. */
static bool block_option(const Theme *theme, Str key) {
  for (size_t i = 0; i < theme->layer_count; i++) {
    Value value = value_get(theme->layers[i].data, key);
    if (value.type == VALUE_BOOL) return value.b;
  }
  return false;
}

static void make_engine(Theme *theme) {
  TemplateOptions options = {.loader = {theme, load_source, source_names},
                             .trim_blocks = block_option(theme, STR("trim_blocks")),
                             .lstrip_blocks = block_option(theme, STR("lstrip_blocks"))};
  theme->engine = template_engine_new(theme->arena, &options, theme->diags);
  add_filters(theme);
}

static void make_view(Theme *theme) {
  Value settings = value_map(theme->arena, theme->setting_count);
  for (size_t i = 0; i < theme->setting_count; i++)
    value_set(settings, theme->settings[i].name, theme->settings[i].view);
  theme->view = value_map(theme->arena, 4);
  value_put(theme->view, "name", value_str(theme->layers[0].name));
  value_put(theme->view, "version", value_str(theme->layers[0].version));
  value_put(theme->view, "settings", settings);
}

Theme *theme_open(Arena *arena, const ThemeOptions *options, DiagList *diags) {
  Theme *theme = ARENA_NEW(arena, Theme);
  theme->arena = arena;
  theme->diags = diags;
  theme->minify = options->minify;
  theme->settings_span = options->settings_span;
  theme->base_path = options->base_path.len ? options->base_path : STR("/");
  if (!load_chain(theme, options)) return NULL;
  collect_settings(theme, options);
  collect_pairs(theme);
  check_pairs(theme);
  load_words(theme);
  load_icons(theme);
  load_assets(theme);
  make_view(theme);
  theme->locale = locale_new();
  make_engine(theme);
  return theme;
}

Theme *theme_load(Arena *arena, const ThemeOptions *options, DiagList *diags) {
  Theme *theme = theme_open(arena, options, diags);
  if (!theme || !theme->failed) return theme;
  theme_release(theme);
  return NULL;
}

void theme_release(Theme *theme) {
  if (!theme) return;
  locale_release(theme->locale);
  theme->locale = NULL;
}

Str theme_name(const Theme *theme) {
  return theme->layers[0].name;
}

TemplateEngine *theme_engine(Theme *theme) {
  return theme->engine;
}

/* All of them, so that every mistake is reported in one run and workers find every template parsed. Not in
 * theme_load(): filters are still added after it. */
void theme_parse(Theme *theme) {
  if (theme->parsed) return;
  theme->parsed = true;
  Value names = names_below(theme, STR("templates/"), theme->arena);
  for (size_t i = 0; i < value_count(names); i++) template_load(theme->engine, value_text(value_at(names, i)));
}

const Template *theme_template(Theme *theme, Str name) {
  theme_parse(theme);
  return find_template(theme, name, 0) < theme->layer_count ? template_load(theme->engine, name) : NULL;
}

size_t theme_asset_count(const Theme *theme) {
  return theme->asset_count;
}

const ThemeAsset *theme_asset(const Theme *theme, size_t index) {
  return &theme->assets[index];
}

Value theme_icons(const Theme *theme) {
  return theme->icons;
}

Value theme_view(const Theme *theme) {
  return theme->view;
}
