#include "theme/private.h"

#include "content/files.h"
#include "os/os.h"

#include <nettle/base64.h>
#include <nettle/sha2.h>
#include <stdlib.h>
#include <xxhash.h>

static const Str settings_name = {"css/settings.css", 16};

static bool is_css(Str name) {
  return str_ends(name, STR(".css"));
}

/* "_cards.css" is there to be imported by others. */
static bool is_partial(Str name) {
  size_t slash = str_find_last_byte(name, '/');
  return is_css(name) && str_starts(str_skip(name, slash == STR_NONE ? 0 : slash + 1), STR("_"));
}

/* Subresource Integrity, section 3.1. */
static Str integrity_of(Arena *arena, Str bytes) {
  struct sha384_ctx context;
  uint8_t digest[SHA384_DIGEST_SIZE];
  char base64[BASE64_ENCODE_RAW_LENGTH(SHA384_DIGEST_SIZE)];
  sha384_init(&context);
  sha384_update(&context, bytes.len, (const uint8_t *)bytes.s);
  sha384_digest(&context, sizeof digest, digest);
  base64_encode_raw(base64, sizeof digest, digest);
  return STR_CONCAT(arena, STR("sha384-"), str_from(base64, sizeof base64));
}

/* "css/theme.css" → "assets/css/theme.3f29ab01c4d5.css". 48 bits: two of a theme's files with one name and hash are not
 * to be expected in any number of versions. */
static Str output_name(Arena *arena, Str name, Str bytes) {
  size_t slash = str_find_last_byte(name, '/');
  size_t dot = str_find_last_byte(name, '.');
  if (dot == STR_NONE || dot == 0 || (slash != STR_NONE && dot <= slash + 1)) dot = name.len;
  unsigned long long hash = XXH3_64bits(bytes.s, bytes.len) >> 16;
  return str_format(arena, "assets/%.*s.%012llx%.*s", (int)dot, name.s, hash, STR_ARG(str_skip(name, dot)));
}

static void finish(Theme *theme, ThemeAsset *asset, Str bytes) {
  asset->bytes = bytes;
  asset->output = output_name(theme->arena, asset->name, bytes);
  asset->url = STR_CONCAT(theme->arena, theme->base_path, url_encode(theme->arena, asset->output));
  bool script = str_ends(asset->name, STR(".js")) || str_ends(asset->name, STR(".mjs"));
  if (is_css(asset->name) || script) asset->integrity = integrity_of(theme->arena, bytes);
}

static void read_asset(Theme *theme, ThemeAsset *asset) {
  Str file = STR_CONCAT(theme->arena, STR("assets/"), asset->name);
  Str path = layer_path(theme->arena, &theme->layers[find_layer(theme, file, 0)], file);
  Str bytes;
  int error = os_read_file(theme->arena, path, THEME_ASSET_MOST, &bytes);
  if (!error) {
    finish(theme, asset, bytes);
    return;
  }
  DIAG(theme->diags, FILE_READ, file_span(path), os_error_text(error));
  theme->failed = true;
}

static int compare_assets(const void *a, const void *b) {
  return str_compare(((const ThemeAsset *)a)->name, ((const ThemeAsset *)b)->name);
}

static void name_assets(Theme *theme) {
  Value names = names_below(theme, STR("assets/"), theme->arena);
  theme->assets = ARENA_ARRAY(theme->arena, ThemeAsset, value_count(names) + 1);
  theme->assets[theme->asset_count++].name = settings_name;
  for (size_t i = 0; i < value_count(names); i++) {
    Str name = value_text(value_at(names, i));
    if (!is_partial(name) && !str_equal(name, settings_name)) theme->assets[theme->asset_count++].name = name;
  }
  qsort(theme->assets, theme->asset_count, sizeof *theme->assets, compare_assets);
  theme->asset_index = value_map(theme->arena, theme->asset_count);
  for (size_t i = 0; i < theme->asset_count; i++)
    value_set(theme->asset_index, theme->assets[i].name, value_int((int64_t)i));
}

const ThemeAsset *find_asset(const Theme *theme, Str name) {
  const ValueEntry *entry = value_entry(theme->asset_index, name);
  return entry ? &theme->assets[entry->value.i] : NULL;
}

/* Images of settings get their URLs: of an asset, or below the site. */
static void finish_images(Theme *theme) {
  for (size_t i = 0; i < theme->setting_count; i++) {
    Setting *setting = &theme->settings[i];
    Str given = setting->given[MODE_LIGHT];
    if (setting->type != SETTING_IMAGE || setting->css[MODE_LIGHT].len || !given.len) continue;
    const ThemeAsset *asset = find_asset(theme, given);
    Str url = asset ? asset->url : STR_CONCAT(theme->arena, theme->base_path, str_skip(given, 1));
    setting->view = value_str(url);
    setting->css[MODE_LIGHT] = setting->css[MODE_DARK] = STR_CONCAT(theme->arena, STR("url(\""), url, STR("\")"));
  }
}

static void add_property(Buf *css, const Setting *setting, Mode mode) {
  buf_add_lit(css, "--");
  for (size_t i = 0; i < setting->name.len; i++)
    buf_add_byte(css, setting->name.s[i] == '_' ? '-' : setting->name.s[i]);
  buf_add_lit(css, ":");
  buf_add(css, setting->css[mode]);
  buf_add_lit(css, ";");
}

static void add_dark(const Theme *theme, Buf *css) {
  for (size_t i = 0; i < theme->setting_count; i++) {
    const Setting *setting = &theme->settings[i];
    if (!str_equal(setting->css[MODE_LIGHT], setting->css[MODE_DARK])) add_property(css, setting, MODE_DARK);
  }
}

/* For screens only the dark colours follow the reader's wish: paper is white. */
Str settings_css(Theme *theme) {
  Buf css = buf_new(theme->arena, THEME_CSS_MOST);
  Buf dark = buf_new(theme->arena, THEME_CSS_MOST);
  add_font_faces(theme, &css);
  buf_add_lit(&css, ":root{");
  for (size_t i = 0; i < theme->setting_count; i++) add_property(&css, &theme->settings[i], MODE_LIGHT);
  buf_add_lit(&css, "}\n");
  add_dark(theme, &dark);
  if (dark.len) {
    buf_add_lit(&css, "@media screen and (prefers-color-scheme:dark){:root:not([data-theme=light]){");
    buf_add(&css, buf_str(&dark));
    buf_add_lit(&css, "}}\n@media screen{:root[data-theme=dark]{");
    buf_add(&css, buf_str(&dark));
    buf_add_lit(&css, "}}\n");
  }
  return buf_str(&css);
}

static void load_css(Theme *theme, ThemeAsset *asset) {
  Str css;
  if (bundle_css(theme, asset->name, &css) && (!theme->minify || minify_css(theme, asset->name, &css)))
    finish(theme, asset, css);
  else
    theme->failed = true;
}

void load_assets(Theme *theme) {
  name_assets(theme);
  for (size_t i = 0; i < theme->asset_count; i++)
    if (!is_css(theme->assets[i].name)) read_asset(theme, &theme->assets[i]);
  finish_images(theme);
  for (size_t i = 0; i < theme->asset_count; i++)
    if (is_css(theme->assets[i].name)) load_css(theme, &theme->assets[i]);
}
