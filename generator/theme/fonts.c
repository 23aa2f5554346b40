#include "theme/private.h"

/* Typefaces that were brought into the theme (`make fonts`) are declared in fonts/_fonts.css, a rule a face. Of these
 * only those go into settings.css whose family a setting names: a theme with system fonts carries none. */

static bool is_named(const Theme *theme, Str family) {
  Str quoted = STR_CONCAT(theme->arena, STR("\""), family, STR("\""));
  for (size_t i = 0; i < theme->setting_count; i++) {
    const Setting *setting = &theme->settings[i];
    if (setting->type == SETTING_FONT && str_find(setting->css[MODE_LIGHT], quoted) != STR_NONE) return true;
  }
  return false;
}

/* What stands after `font-family:`, without quotes. */
static Str family_of(Str rule) {
  size_t at = str_find(rule, STR("font-family:"));
  if (at == STR_NONE) return (Str){"", 0};
  Str value = str_skip(rule, at + sizeof "font-family:" - 1);
  size_t end = 0;
  while (end < value.len && value.s[end] != ';' && value.s[end] != '}') end++;
  value = str_trim(str_slice(value, 0, end));
  bool quoted = value.len >= 2 && (value.s[0] == '"' || value.s[0] == '\'');
  return quoted ? str_slice(value, 1, value.len - 1) : value;
}

Span font_address_span(Theme *theme, Str address) {
  Str file = STR("assets/fonts/_fonts.css");
  size_t level = find_layer(theme, file, 0);
  Str text;
  if (level >= theme->layer_count) return file_span(STR("css/settings.css"));
  Str path = layer_path(theme->arena, &theme->layers[level], file);
  size_t at = read_text(theme, path, &text) ? str_find(text, address) : STR_NONE;
  return at == STR_NONE ? file_span(path) : (Span){path, at, address.len};
}

void add_font_faces(Theme *theme, Buf *css) {
  Str file = STR("assets/fonts/_fonts.css");
  size_t level = find_layer(theme, file, 0);
  Str text;
  if (level >= theme->layer_count || !read_text(theme, layer_path(theme->arena, &theme->layers[level], file), &text))
    return;
  for (size_t at = str_find(text, STR("@font-face")); at != STR_NONE; at = str_find(text, STR("@font-face"))) {
    text = str_skip(text, at);
    size_t close = str_find_byte(text, '}');
    Str rule = str_slice(text, 0, close == STR_NONE ? text.len : close + 1);
    text = str_skip(text, rule.len);
    if (!is_named(theme, family_of(rule))) continue;
    buf_add(css, rule);
    buf_add_lit(css, "\n");
  }
}
