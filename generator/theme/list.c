#include "theme/tools.h"
#include "theme/private.h"

#include "data/yaml.h"
#include "os/os.h"

static const Str brief_keys[] = {{"version", 7}, {"extends", 7}, {"description", 11}};

/* What a theme says of itself. Mistakes are not told here: a list is not a check. */
static Value brief(Arena *arena, Str folder, Str name) {
  Str path = STR_CONCAT(arena, folder, STR("/theme.yaml"));
  Str text;
  Value data = {0};
  DiagList unheard = diag_list_new(arena);
  if (os_read_file(arena, path, THEME_TEXT_MOST, &text)) return (Value){0};
  yaml_read(arena, &(YamlText){path, text, 0, text.len}, &unheard, &data);
  Value about = value_map(arena, 8);
  value_put(about, "name", value_str(name));
  for (size_t i = 0; i < sizeof brief_keys / sizeof *brief_keys; i++)
    value_set(about, brief_keys[i], value_str(value_text(value_get(data, brief_keys[i]))));
  value_put(about, "folder", value_str(folder));
  return about;
}

static bool is_listed(Value list, Str name) {
  for (size_t i = 0; i < value_count(list); i++)
    if (str_equal(value_text(value_get(value_at(list, i), STR("name"))), name)) return true;
  return false;
}

Value theme_list(Arena *arena, const Str *roots, size_t root_count) {
  static const char *const skip[] = {"templates", "assets", "i18n", "icons", "starter", ".git", NULL};
  Value list = value_list(arena, 8);
  for (size_t i = 0; i < root_count; i++) {
    OsEntries entries;
    if (os_walk(arena, roots[i], skip, &entries)) continue; /* a site need not have a folder of themes */
    for (size_t j = 0; j < entries.count; j++) {
      Str name = entries.items[j].path;
      if (entries.items[j].stat.kind != OS_FOLDER || !is_theme_name(name) || is_listed(list, name)) continue;
      Value about = brief(arena, STR_CONCAT(arena, roots[i], STR("/"), name), name);
      if (value_is_defined(about)) value_push(list, about);
    }
  }
  return list;
}
