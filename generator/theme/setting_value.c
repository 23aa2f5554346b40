#include "theme/private.h"

#include "base/utf8.h"

/* Values are read and written anew, never passed through: so no setting can end a declaration and begin another. */

static const Str type_names[SETTING_TYPE_COUNT] = {{"colour", 6},  {"font", 4}, {"length", 6}, {"choice", 6},
                                                   {"boolean", 7}, {"text", 4}, {"image", 5}};

Str setting_type_name(SettingType type) {
  return type_names[type];
}

bool setting_type_from(Str name, SettingType *type) {
  for (int i = 0; i < SETTING_TYPE_COUNT; i++) {
    if (!str_equal(name, type_names[i])) continue;
    *type = (SettingType)i;
    return true;
  }
  return false;
}

static Str wanted(Theme *theme, const Setting *setting) {
  switch (setting->type) {
    case SETTING_COLOUR: return STR("a colour such as \"#0b5563\"");
    case SETTING_FONT: return STR("a list of typefaces such as \"Georgia, serif\"");
    case SETTING_LENGTH: return STR("a length with its unit such as 1.25rem");
    case SETTING_BOOLEAN: return STR("true or false");
    case SETTING_TEXT: return STR("one line of text");
    case SETTING_IMAGE:
      return STR("a file of the theme's assets such as img/logo.svg, or a URL path such as /logo.svg");
    case SETTING_CHOICE:
    case SETTING_TYPE_COUNT: break;
  }
  Buf list = buf_new(theme->arena, THEME_TEXT_MOST);
  buf_add_lit(&list, "one of ");
  for (size_t i = 0; i < value_count(setting->choices); i++) {
    if (i) buf_add_lit(&list, ", ");
    buf_add(&list, value_text(value_at(setting->choices, i)));
  }
  return buf_str(&list);
}

static Str as_written(Theme *theme, Value value) {
  switch ((ValueType)value.type) {
    case VALUE_STR: return STR_CONCAT(theme->arena, STR("`"), value.str, STR("`"));
    case VALUE_INT: return str_format(theme->arena, "`%lld`", (long long)value.i);
    case VALUE_FLOAT: return str_format(theme->arena, "`%g`", value.f);
    case VALUE_BOOL: return value.b ? STR("`true`") : STR("`false`");
    default: return value_type_name(value);
  }
}

static bool refuse(Theme *theme, const Setting *setting, Value value, Span at) {
  Str hint = {"", 0};
  if (value.origin) at.offset = value.origin - 1, at.len = value_text(value).len ? value_text(value).len : 1;
  if (value.type == VALUE_NULL && setting->type == SETTING_COLOUR)
    hint = STR("put the colour in quotes: in YAML a # after a space begins a comment");
  else if (value.type == VALUE_STR && setting->type == SETTING_CHOICE)
    hint = nearest_in_list(value.str, setting->choices, theme->arena);
  if (setting->type == SETTING_CHOICE && hint.len)
    hint = STR_CONCAT(theme->arena, STR("did you mean `"), hint, STR("`?"));
  bool file = value.type == VALUE_STR && value.str.len && str_find_byte(STR("/."), value.str.s[0]) == STR_NONE &&
              str_find_byte(value.str, ':') == STR_NONE;
  if (setting->type == SETTING_IMAGE && file)
    hint = STR_CONCAT(theme->arena, STR("there is no file `assets/"), value.str,
                      STR("`, in this theme or in one that it extends: put it there"));
  DIAG(theme->diags, THEME_SETTING_VALUE, at, setting->name, wanted(theme, setting), as_written(theme, value), hint);
  return false;
}

static void set_both(Setting *setting, Str given, Str css, Value view) {
  for (int mode = 0; mode < MODE_COUNT; mode++) {
    setting->given[mode] = given;
    setting->css[mode] = css;
  }
  setting->view = view;
}

/* --- colours --- */

static bool set_colour(Theme *theme, Setting *setting, Mode mode, Value value, Origin origin) {
  Colour colour;
  if (value.type != VALUE_STR || !colour_parse(value.str, &colour)) return refuse(theme, setting, value, origin.span);
  Buf css = buf_new(theme->arena, 16);
  colour_write(&css, colour);
  setting->colours[mode] = colour;
  setting->given[mode] = value.str;
  setting->css[mode] = buf_str(&css);
  setting->origins[mode] = origin;
  if (value.origin) setting->origins[mode].span = value_span(origin.span.path, value);
  return true;
}

static Value colour_view(Theme *theme, const Setting *setting) {
  Value view = value_map(theme->arena, 2);
  value_put(view, "light", value_str(setting->css[MODE_LIGHT]));
  value_put(view, "dark", value_str(setting->css[MODE_DARK]));
  return view;
}

static bool assign_colour(Theme *theme, Setting *setting, Value value, Origin origin) {
  bool good = true;
  if (value.type != VALUE_MAP) {
    good = set_colour(theme, setting, MODE_LIGHT, value, origin);
    if (good) set_colour(theme, setting, MODE_DARK, value, origin);
  } else {
    static const Str modes[] = {{"light", 5}, {"dark", 4}};
    for (size_t i = 0; i < value_count(value); i++) {
      const ValueEntry *entry = &value.map->entries[i];
      Span at = origin_span(origin.span.path, entry->key_origin, entry->key.len);
      Mode mode = str_equal(entry->key, modes[0]) ? MODE_LIGHT : MODE_DARK;
      if (!str_equal(entry->key, modes[mode])) {
        DIAG(theme->diags, KEY_UNKNOWN, at, entry->key, str_nearest(entry->key, modes, 2));
        continue;
      }
      good = set_colour(theme, setting, mode, entry->value, (Origin){at, origin.rank}) && good;
    }
    /* A new setting needs both; one that is inherited keeps what is not given. */
    if (good && (!setting->css[MODE_LIGHT].len || !setting->css[MODE_DARK].len))
      return refuse(theme, setting, value, origin.span);
  }
  setting->view = colour_view(theme, setting);
  return good;
}

/* --- fonts --- */

/* CSS Fonts 4, section 2.1.1, and two names that browsers know without quotes. */
static bool is_generic_font(Str name) {
  static const Str generic[] = {
      {"serif", 5},          {"sans-serif", 10},        {"monospace", 9}, {"cursive", 7},
      {"fantasy", 7},        {"system-ui", 9},          {"ui-serif", 8},  {"ui-sans-serif", 13},
      {"ui-monospace", 12},  {"ui-rounded", 10},        {"math", 4},      {"emoji", 5},
      {"-apple-system", 13}, {"BlinkMacSystemFont", 18}};
  for (size_t i = 0; i < sizeof generic / sizeof *generic; i++)
    if (str_equal_nocase(name, generic[i])) return true;
  return false;
}

static bool is_font_name(Str name) {
  if (name.len == 0) return false;
  for (size_t at = 0; at < name.len;) {
    uint32_t c = utf8_next(name, &at);
    if (!utf8_is_letter_or_digit(c) && c != ' ' && c != '-' && c != '_' && c != '.' && c != '+') return false;
  }
  return true;
}

static bool write_font(Buf *css, Str name) {
  name = str_trim(name);
  bool quoted = name.len >= 2 && (name.s[0] == '"' || name.s[0] == '\'') && name.s[name.len - 1] == name.s[0];
  if (quoted) name = str_slice(name, 1, name.len - 1);
  if (!is_font_name(name)) return false;
  if (css->len) buf_add_lit(css, ",");
  bool bare = !quoted && is_generic_font(name);
  if (!bare) buf_add_byte(css, '"');
  buf_add(css, name);
  if (!bare) buf_add_byte(css, '"');
  return true;
}

static bool assign_font(Theme *theme, Setting *setting, Value value, Origin origin) {
  if (value.type != VALUE_STR) return refuse(theme, setting, value, origin.span);
  Buf css = buf_new(theme->arena, THEME_TEXT_MOST);
  Str rest = value.str;
  bool more = true;
  while (more) {
    Str name;
    more = str_cut(rest, ',', &name, &rest);
    if (!write_font(&css, name)) return refuse(theme, setting, value, origin.span);
  }
  set_both(setting, value.str, buf_str(&css), value_str(buf_str(&css)));
  return true;
}

/* --- lengths --- */

static bool is_unit(Str unit) {
  static const Str units[] = {{"rem", 3}, {"em", 2},  {"px", 2},  {"ch", 2},   {"ex", 2},   {"lh", 2},
                              {"rlh", 3}, {"%", 1},   {"vw", 2},  {"vh", 2},   {"vi", 2},   {"vb", 2},
                              {"svh", 3}, {"dvh", 3}, {"lvh", 3}, {"vmin", 4}, {"vmax", 4}, {"pt", 2},
                              {"pc", 2},  {"cm", 2},  {"mm", 2},  {"in", 2},   {"q", 1},    {"cap", 3}};
  for (size_t i = 0; i < sizeof units / sizeof *units; i++)
    if (str_equal(unit, units[i])) return true;
  return false;
}

static bool is_length(Str text) {
  size_t at = text.len && (text.s[0] == '-' || text.s[0] == '+') ? 1 : 0;
  size_t number = at;
  size_t dots = 0;
  while (at < text.len && (ascii_is_digit(text.s[at]) || text.s[at] == '.')) dots += text.s[at++] == '.';
  if (at == number || dots > 1 || text.s[at - 1] == '.' || at - number > 12) return false;
  Str unit = str_skip(text, at);
  return is_unit(unit) || (unit.len == 0 && str_equal(str_slice(text, number, at), STR("0")));
}

static bool assign_length(Theme *theme, Setting *setting, Value value, Origin origin) {
  Str text = value.type == VALUE_INT && value.i == 0 ? STR("0") : value_text(value);
  text = str_trim(text);
  if (!is_length(text)) return refuse(theme, setting, value, origin.span);
  set_both(setting, text, text, value_str(text));
  return true;
}

/* --- the rest --- */

static bool assign_choice(Theme *theme, Setting *setting, Value value, Origin origin) {
  for (size_t i = 0; value.type == VALUE_STR && i < value_count(setting->choices); i++) {
    if (!str_equal(value.str, value_text(value_at(setting->choices, i)))) continue;
    set_both(setting, value.str, value.str, value_str(value.str));
    return true;
  }
  return refuse(theme, setting, value, origin.span);
}

static bool assign_boolean(Theme *theme, Setting *setting, Value value, Origin origin) {
  if (value.type != VALUE_BOOL) return refuse(theme, setting, value, origin.span);
  set_both(setting, value.b ? STR("true") : STR("false"), value.b ? STR("1") : STR("0"), value_bool(value.b));
  return true;
}

/* A CSS string: CSS Syntax 3, section 4.3.7, every byte that could end it or the sheet written as an escape. */
static Str css_string(Arena *arena, Str text) {
  Buf css = buf_new(arena, THEME_TEXT_MOST);
  buf_add_byte(&css, '"');
  for (size_t i = 0; i < text.len; i++) {
    unsigned char c = (unsigned char)text.s[i];
    if (c < 0x20 || c == 0x7f || c == '"' || c == '\\' || c == '<' || c == '>')
      buf_add_format(&css, "\\%x ", c);
    else
      buf_add_byte(&css, (char)c);
  }
  buf_add_byte(&css, '"');
  return buf_str(&css);
}

static bool assign_text(Theme *theme, Setting *setting, Value value, Origin origin) {
  bool one_line = value.type == VALUE_STR && str_find_byte(value.str, '\n') == STR_NONE;
  if (!one_line) return refuse(theme, setting, value, origin.span);
  set_both(setting, value.str, css_string(theme->arena, value.str), value_str(value.str));
  return true;
}

/* A path of the site: no scheme, no other host, nothing that needs quoting. */
static bool is_site_path(Str path) {
  if (path.len < 2 || path.s[0] != '/' || path.s[1] == '/') return false;
  for (size_t i = 0; i < path.len; i++) {
    char c = path.s[i];
    if (!ascii_is_alpha(c) && !ascii_is_digit(c) && str_find_byte(STR("/-_.~%"), c) == STR_NONE) return false;
  }
  return str_find(path, STR("..")) == STR_NONE;
}

/* An image of the assets gets its URL when assets have their names; until then css is empty (see assets.c). */
static bool assign_image(Theme *theme, Setting *setting, Value value, Origin origin) {
  if (value.type == VALUE_STR && value.str.len == 0) {
    set_both(setting, value.str, STR("none"), value_str(value.str));
    return true;
  }
  Str asset = STR_CONCAT(theme->arena, STR("assets/"), value_text(value));
  bool known = value.type == VALUE_STR && find_layer(theme, asset, 0) < theme->layer_count;
  if (value.type != VALUE_STR || (!known && !is_site_path(value.str)))
    return refuse(theme, setting, value, origin.span);
  set_both(setting, value.str, (Str){"", 0}, value);
  return true;
}

bool setting_assign(Theme *theme, Setting *setting, Value value, Origin origin) {
  if (setting->type == SETTING_COLOUR) return assign_colour(theme, setting, value, origin);
  setting->origins[MODE_LIGHT] = setting->origins[MODE_DARK] = origin;
  switch (setting->type) {
    case SETTING_FONT: return assign_font(theme, setting, value, origin);
    case SETTING_LENGTH: return assign_length(theme, setting, value, origin);
    case SETTING_CHOICE: return assign_choice(theme, setting, value, origin);
    case SETTING_BOOLEAN: return assign_boolean(theme, setting, value, origin);
    case SETTING_TEXT: return assign_text(theme, setting, value, origin);
    default: return assign_image(theme, setting, value, origin);
  }
}
