#include "theme/write.h"

#include "os/os.h"

#include <xxhash.h>

Theme *tool_open(const ThemeTools *tools, Str name) {
  ThemeOptions options = *tools->options;
  options.name = name;
  options.settings = (Value){0};
  return theme_open(tools->arena, &options, tools->diags);
}

Str site_theme_folder(const ThemeTools *tools, Str name) {
  return STR_CONCAT(tools->arena, tools->site_root, STR("/"), name);
}

bool is_site_theme(const ThemeTools *tools, const Theme *theme) {
  const Layer *own = &theme->layers[0];
  Str wanted = site_theme_folder(tools, own->name);
  if (str_equal(own->folder, wanted) && theme->layer_count > 1) return true;
  if (str_equal(own->folder, wanted))
    DIAG(tools->diags, THEME_NO_PARENT, file_span(own->manifest), own->name);
  else
    DIAG(tools->diags, THEME_NOT_OWN, file_span(own->manifest), own->name);
  return false;
}

bool write_over(const ThemeTools *tools, Str path, Str bytes) {
  size_t slash = str_find_last_byte(path, '/');
  int error = slash == STR_NONE ? 0 : os_make_folders(str_slice(path, 0, slash));
  if (!error) error = os_write_file(path, bytes, NULL);
  if (!error) return true;
  DIAG(tools->diags, THEME_WRITE, file_span(path), os_error_text(error));
  return false;
}

bool write_new(const ThemeTools *tools, Str path, Str bytes, Str advice, Value *files) {
  if (os_stat(path).kind != OS_NOTHING) {
    DIAG(tools->diags, THEME_EXISTS, file_span(path), advice);
    return false;
  }
  if (!write_over(tools, path, bytes)) return false;
  value_push(*files, value_str(path));
  return true;
}

Str fingerprint(Arena *arena, Str text) {
  return str_format(arena, "%016llx", (unsigned long long)XXH3_64bits(text.s, text.len));
}
