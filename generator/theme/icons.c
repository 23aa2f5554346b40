#include "theme/private.h"

#include <string.h>

/* Icons stand in pages as they are, so an icon may hold a drawing and nothing that acts, loads, or is there twice. */
static const struct {
  Str text;
  Str why;
} refused[] = {
    {STR("<script"), STR("a script")},         {STR("<foreignobject"), STR("HTML (foreignObject)")},
    {STR("<image"), STR("a picture to load")}, {STR("<style"), STR("a style sheet, which would reach the whole page")},
    {STR("<!entity"), STR("an entity")},       {STR("href"), STR("a link")},
    {STR("javascript:"), STR("a script")},     {STR(" id="), STR("an id, and the same icon may stand in a page twice")},
};

static size_t find_nocase(Str text, Str needle) {
  for (size_t i = 0; i + needle.len <= text.len; i++)
    if (str_equal_nocase(str_slice(text, i, i + needle.len), needle)) return i;
  return STR_NONE;
}

/* onload=, onclick= …: an attribute that begins with "on". */
static size_t find_handler(Str text) {
  for (size_t i = 0; i + 3 < text.len; i++)
    if (ascii_is_space(text.s[i]) && ascii_lower(text.s[i + 1]) == 'o' && ascii_lower(text.s[i + 2]) == 'n' &&
        ascii_is_alpha(text.s[i + 3]))
      return i + 1;
  return STR_NONE;
}

static bool check_icon(Theme *theme, Str path, Str text, size_t svg) {
  if (svg == STR_NONE || !str_ends(str_trim(text), STR("</svg>"))) {
    DIAG(theme->diags, THEME_ICON_SHAPE, file_span(path), path);
    return false;
  }
  bool good = true;
  for (size_t i = 0; i < sizeof refused / sizeof *refused; i++) {
    size_t at = find_nocase(text, refused[i].text);
    if (at == STR_NONE) continue;
    DIAG(theme->diags, THEME_ICON, ((Span){path, at, refused[i].text.len}), refused[i].why);
    good = false;
  }
  size_t handler = find_handler(str_skip(text, svg));
  if (handler != STR_NONE) {
    DIAG(theme->diags, THEME_ICON, ((Span){path, svg + handler, 2}), STR("a script"));
    good = false;
  }
  return good;
}

/* Adds what every icon needs and its author may have left out: a class to style, and silence for screen readers. */
static Str finished(Arena *arena, Str name, Str svg) {
  Str tag = str_slice(svg, 0, str_find_byte(svg, '>'));
  Buf out = buf_new(arena, THEME_TEXT_MOST * 2);
  buf_add_lit(&out, "<svg");
  if (str_find(tag, STR(" class=")) == STR_NONE) buf_add_format(&out, " class=\"icon icon-%.*s\"", STR_ARG(name));
  if (str_find(tag, STR("aria-hidden")) == STR_NONE) buf_add_lit(&out, " aria-hidden=\"true\"");
  buf_add(&out, str_skip(svg, 4));
  return buf_str(&out);
}

static void load_icon(Theme *theme, Str file_name) {
  Str file = STR_CONCAT(theme->arena, STR("icons/"), file_name);
  size_t level = find_layer(theme, file, 0);
  Str path = layer_path(theme->arena, &theme->layers[level], file);
  Str name = str_slice(file_name, 0, file_name.len - 4);
  Str text;
  if (!read_text(theme, path, &text)) {
    theme->failed = true;
    return;
  }
  size_t svg = str_find(text, STR("<svg"));
  if (!check_icon(theme, path, text, svg))
    theme->failed = true;
  else
    value_set(theme->icons, name, value_markup(finished(theme->arena, name, str_trim(str_skip(text, svg)))));
}

void load_icons(Theme *theme) {
  Value files = names_below(theme, STR("icons/"), theme->arena);
  theme->icons = value_map(theme->arena, value_count(files));
  for (size_t i = 0; i < value_count(files); i++)
    if (str_ends(value_text(value_at(files, i)), STR(".svg"))) load_icon(theme, value_text(value_at(files, i)));
}
