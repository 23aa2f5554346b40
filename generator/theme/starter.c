#include "theme/starter.h"

#include "data/json.h"
#include "data/yaml.h"
#include "theme/private.h"

#define STARTER "starter/"

Value starter_names(Theme *theme, Str folder) {
  return names_below(theme, STR_CONCAT(theme->arena, STR(STARTER), folder), theme->arena);
}

/* The file in the first theme of the chain that has it. False when none has. */
static bool find_file(Theme *theme, Str file, Str *path) {
  Str name = STR_CONCAT(theme->arena, STR(STARTER), file);
  size_t level = find_layer(theme, name, 0);
  if (level == theme->layer_count) return false;
  *path = layer_path(theme->arena, &theme->layers[level], name);
  return true;
}

bool starter_has(Theme *theme, Str file) {
  Str path;
  return find_file(theme, file, &path);
}

Value starter_words(Theme *theme, Str lang) {
  Value words = value_map(theme->arena, 0);
  Str path, text;
  if (!find_file(theme, STR_CONCAT(theme->arena, STR("words/"), lang, STR(".yaml")), &path)) return words;
  if (!read_text(theme, path, &text)) return words;
  yaml_read(theme->arena, &(YamlText){path, text, 0, text.len}, theme->diags, &words);
  return words;
}

/* The length of a mark that begins at the `@`, both signs counted, or 0. */
static size_t mark_length(Str text) {
  size_t len = 1;
  while (len < text.len && ((text.s[len] >= 'a' && text.s[len] <= 'z') || text.s[len] == '_')) len++;
  return len > 1 && len < text.len && text.s[len] == '@' ? len + 1 : 0;
}

bool starter_fail_missing(Theme *theme, Str file) {
  DIAG(theme->diags, STARTER_MISSING, file_span(theme->layers[0].manifest), theme->layers[0].name,
       STR_CONCAT(theme->arena, STR(STARTER), file));
  return false;
}

bool starter_fill(Theme *theme, Str file, Value marks, Str *text) {
  Str path;
  if (!find_file(theme, file, &path)) return starter_fail_missing(theme, file);
  if (!read_text(theme, path, text)) return false;
  Buf out = buf_new(theme->arena, THEME_TEXT_MOST * 2);
  Str rest = *text;
  bool good = true;
  for (size_t at = str_find_byte(rest, '@'); at != STR_NONE; at = str_find_byte(rest, '@')) {
    buf_add(&out, str_slice(rest, 0, at));
    rest = str_skip(rest, at);
    size_t len = mark_length(rest);
    const ValueEntry *entry = len ? value_entry(marks, str_slice(rest, 1, len - 1)) : NULL;
    if (entry)
      buf_add(&out, value_text(entry->value));
    else
      buf_add(&out, str_slice(rest, 0, len ? len : 1));
    if (len && !entry) {
      Str name = str_slice(rest, 1, len - 1);
      DIAG(theme->diags, STARTER_MARK, ((Span){path, (size_t)(rest.s - text->s), len}), name,
           nearest_key(name, marks, theme->arena));
      good = false;
    }
    rest = str_skip(rest, len ? len : 1);
  }
  buf_add(&out, rest);
  *text = buf_str(&out);
  return good;
}

/* YAML 1.2.2, 7.3.3, narrowed to what no reader of YAML takes for anything but text, in flow maps too. */
static bool is_plain(Str text) {
  static const Str not_text[] = {{"true", 4}, {"false", 5}, {"null", 4}, {"yes", 3}, {"no", 2}, {"on", 2},
                                 {"off", 3},  {"y", 1},     {"n", 1},    {"inf", 3}, {"nan", 3}};
  for (size_t i = 0; i < sizeof not_text / sizeof *not_text; i++)
    if (str_equal_nocase(text, not_text[i])) return false;
  if (!text.len || (!ascii_is_alpha(text.s[0]) && (unsigned char)text.s[0] < 0x80)) return false;
  for (size_t i = 0; i < text.len; i++) {
    char c = text.s[i];
    bool plain = ascii_is_alpha(c) || ascii_is_digit(c) || (unsigned char)c >= 0x80 || c == '-' || c == '.' ||
                 c == '\'' || c == '(' || c == ')' || (c == ' ' && i + 1 < text.len);
    if (!plain) return false;
  }
  return true;
}

Str starter_yaml(Arena *arena, Str text) {
  if (is_plain(text)) return text;
  Buf quoted = buf_new(arena, text.len * 6 + 16);
  json_write(&quoted, value_str(text), JSON_OUT_UTF8, 0);
  return buf_str(&quoted);
}
