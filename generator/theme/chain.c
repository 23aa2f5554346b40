#include "theme/private.h"

#include "os/os.h"

bool is_theme_name(Str name) {
  if (name.len == 0 || name.len > 64) return false;
  for (size_t i = 0; i < name.len; i++) {
    char c = name.s[i];
    bool first = ascii_is_alpha(c) || ascii_is_digit(c);
    if (!first && (i == 0 || (c != '-' && c != '_'))) return false;
  }
  return true;
}

/* Both must be true: the name is there, and it does not lead out of the folder of themes through a link. */
static bool is_theme_folder(Arena *arena, Str root, Str folder) {
  Str real_root, real_folder;
  OsStat stat = os_stat(folder);
  if (stat.kind != OS_FOLDER && stat.kind != OS_LINK) return false;
  if (os_real_path(arena, root, &real_root) || os_real_path(arena, folder, &real_folder)) return false;
  return str_starts(real_folder, STR_CONCAT(arena, real_root, STR("/"))) && os_stat(real_folder).kind == OS_FOLDER;
}

static Value all_names(Arena *arena, const ThemeOptions *options) {
  static const char *const skip[] = {"templates", "assets", "i18n", "icons", "starter", NULL};
  Value names = value_list(arena, 8);
  for (size_t i = 0; i < options->root_count; i++) {
    OsEntries entries;
    if (os_walk(arena, options->roots[i], skip, &entries)) continue;
    for (size_t j = 0; j < entries.count; j++)
      if (entries.items[j].stat.kind == OS_FOLDER && str_find_byte(entries.items[j].path, '/') == STR_NONE)
        value_push(names, value_str(entries.items[j].path));
  }
  return names;
}

static bool find_theme(Theme *theme, const ThemeOptions *options, Layer *layer, Span asked_at) {
  if (!is_theme_name(layer->name)) {
    DIAG(theme->diags, THEME_NAME, asked_at, layer->name);
    return false;
  }
  Buf roots = buf_new(theme->arena, THEME_TEXT_MOST);
  for (size_t i = 0; i < options->root_count; i++) {
    layer->folder = STR_CONCAT(theme->arena, options->roots[i], STR("/"), layer->name);
    layer->manifest = layer_path(theme->arena, layer, STR("theme.yaml"));
    if (is_theme_folder(theme->arena, options->roots[i], layer->folder)) return true;
    if (os_stat(layer->folder).kind == OS_LINK) {
      DIAG(theme->diags, THEME_LINK, file_span(layer->folder), layer->name);
      return false;
    }
  }
  for (size_t i = 0; i < options->root_count; i++) {
    if (i) buf_add_lit(&roots, " and ");
    buf_add(&roots, options->roots[i]);
  }
  Str nearest = nearest_in_list(layer->name, all_names(theme->arena, options), theme->arena);
  DIAG(theme->diags, THEME_UNKNOWN, asked_at, layer->name, buf_str(&roots), nearest);
  return false;
}

static bool report_cycle(Theme *theme, Str name, Span asked_at) {
  Buf chain = buf_new(theme->arena, THEME_TEXT_MOST);
  for (size_t i = 0; i < theme->layer_count; i++) {
    buf_add(&chain, theme->layers[i].name);
    buf_add_lit(&chain, " → ");
  }
  buf_add(&chain, name);
  DIAG(theme->diags, THEME_CYCLE, asked_at, name, buf_str(&chain));
  return false;
}

static bool is_in_chain(const Theme *theme, Str name) {
  for (size_t i = 0; i < theme->layer_count; i++)
    if (str_equal(theme->layers[i].name, name)) return true;
  return false;
}

bool load_chain(Theme *theme, const ThemeOptions *options) {
  Str name = options->name;
  Span asked_at = options->settings_span;
  theme->layers = ARENA_ARRAY(theme->arena, Layer, THEME_DEPTH_MOST);
  while (name.len || theme->layer_count == 0) {
    if (is_in_chain(theme, name)) return report_cycle(theme, name, asked_at);
    if (theme->layer_count == THEME_DEPTH_MOST) {
      DIAG(theme->diags, THEME_DEPTH, asked_at, str_format(theme->arena, "%d", THEME_DEPTH_MOST));
      return false;
    }
    Layer *layer = &theme->layers[theme->layer_count];
    layer->name = name;
    if (!find_theme(theme, options, layer, asked_at)) return false;
    theme->layer_count++;
    if (!list_files(theme, layer) || !read_manifest(theme, layer)) theme->failed = true;
    if (value_count(layer->data) == 0) return false; /* nor is it known what it extends */
    name = layer->extends;
    asked_at = origin_span(layer->manifest, layer->extends_origin, layer->extends.len);
  }
  return true;
}
