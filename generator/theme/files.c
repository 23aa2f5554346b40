#include "theme/private.h"

#include "os/os.h"
#include "base/utf8.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

Span file_span(Str path) {
  return (Span){path, STR_NONE, 0};
}

Span origin_span(Str path, uint32_t origin, size_t len) {
  return origin ? (Span){path, origin - 1, len ? len : 1} : file_span(path);
}

Span value_span(Str path, Value value) {
  Str text = value_text(value);
  bool quoted = str_starts(text, STR("#")); /* a colour; without quotes YAML would take it for a comment */
  return origin_span(path, value.origin, text.len + (quoted ? 2 : 0));
}

bool read_text(Theme *theme, Str path, Str *text) {
  int error = os_read_file(theme->arena, path, THEME_TEXT_MOST, text);
  if (error) {
    DIAG(theme->diags, FILE_READ, file_span(path), os_error_text(error));
    return false;
  }
  size_t invalid = utf8_find_invalid(*text);
  if (invalid != STR_NONE) {
    DIAG(theme->diags, FILE_NOT_UTF8, ((Span){path, invalid, 1}));
    return false;
  }
  size_t nul = str_find_byte(*text, '\0');
  if (nul != STR_NONE) {
    DIAG(theme->diags, FILE_NUL, ((Span){path, nul, 1}));
    return false;
  }
  return true;
}

static bool is_hidden(Str path) {
  return str_starts(path, STR(".")) || str_find(path, STR("/.")) != STR_NONE;
}

/* A link is fine when it ends at a file of the same theme. */
static bool link_stays_inside(Theme *theme, const Layer *layer, Str file) {
  Str folder, target;
  if (os_real_path(theme->arena, layer->folder, &folder)) return false;
  if (os_real_path(theme->arena, layer_path(theme->arena, layer, file), &target)) return false;
  return str_starts(target, STR_CONCAT(theme->arena, folder, STR("/"))) && os_stat(target).kind == OS_FILE;
}

bool list_files(Theme *theme, Layer *layer) {
  static const char *const skip[] = {".git", ".parent", "node_modules", NULL};
  OsEntries entries;
  int error = os_walk(theme->arena, layer->folder, skip, &entries);
  if (error) {
    DIAG(theme->diags, FILE_READ, file_span(layer->folder), os_error_text(error));
    return false;
  }
  bool good = true;
  Str *files = ARENA_ARRAY(theme->arena, Str, entries.count);
  for (size_t i = 0; i < entries.count; i++) {
    OsEntry entry = entries.items[i];
    Str path = layer_path(theme->arena, layer, entry.path);
    if (is_hidden(entry.path) || (entry.stat.kind == OS_FOLDER && !entry.error)) continue;
    if (entry.error) {
      DIAG(theme->diags, FILE_READ, file_span(path), os_error_text(entry.error));
      good = false;
    } else if (entry.stat.kind != OS_FILE &&
               !(entry.stat.kind == OS_LINK && link_stays_inside(theme, layer, entry.path))) {
      DIAG(theme->diags, THEME_LINK, file_span(path), layer->name);
      good = false;
    } else {
      files[layer->file_count++] = entry.path;
    }
  }
  layer->files = files;
  return good;
}

static int compare_names(const void *a, const void *b) {
  return str_compare(*(const Str *)a, *(const Str *)b);
}

bool layer_has(const Layer *layer, Str file) {
  return layer->file_count && bsearch(&file, layer->files, layer->file_count, sizeof file, compare_names);
}

Str layer_path(Arena *arena, const Layer *layer, Str file) {
  return STR_CONCAT(arena, layer->folder, STR("/"), file);
}

size_t find_layer(const Theme *theme, Str file, size_t from) {
  while (from < theme->layer_count && !layer_has(&theme->layers[from], file)) from++;
  return from;
}

/* Drops the last part of `path`; false when there is none. */
static bool go_up(Str *path) {
  if (!path->len) return false;
  size_t slash = str_find_last_byte(*path, '/');
  *path = str_slice(*path, 0, slash == STR_NONE ? 0 : slash);
  return true;
}

Str join_path(Arena *arena, Str from_file, Str relative) {
  Str folder = from_file;
  go_up(&folder);
  while (relative.len) {
    Str part;
    str_cut(relative, '/', &part, &relative);
    if (part.len == 0 || str_equal(part, STR("."))) continue;
    if (str_equal(part, STR(".."))) {
      if (!go_up(&folder)) return (Str){"", 0};
      continue;
    }
    folder = folder.len ? STR_CONCAT(arena, folder, STR("/"), part) : part;
  }
  return folder;
}

Value names_below(const Theme *theme, Str folder, Arena *arena) {
  size_t most = 0;
  for (size_t i = 0; i < theme->layer_count; i++) most += theme->layers[i].file_count;
  Str *names = ARENA_ARRAY(arena, Str, most);
  size_t count = 0;
  for (size_t i = 0; i < theme->layer_count; i++) {
    const Layer *layer = &theme->layers[i];
    for (size_t j = 0; j < layer->file_count; j++)
      if (str_starts(layer->files[j], folder)) names[count++] = str_skip(layer->files[j], folder.len);
  }
  if (count) qsort(names, count, sizeof *names, compare_names);
  Value list = value_list(arena, count);
  for (size_t i = 0; i < count; i++)
    if (i == 0 || !str_equal(names[i], names[i - 1])) value_push(list, value_str(names[i]));
  return list;
}

Str nearest_in_list(Str name, Value list, Arena *arena) {
  Str *names = ARENA_ARRAY(arena, Str, value_count(list));
  for (size_t i = 0; i < value_count(list); i++) names[i] = value_text(value_at(list, i));
  return str_nearest(name, names, value_count(list));
}

Str nearest_key(Str name, Value map, Arena *arena) {
  Str *names = ARENA_ARRAY(arena, Str, value_count(map));
  for (size_t i = 0; i < value_count(map); i++) names[i] = map.map->entries[i].key;
  return str_nearest(name, names, value_count(map));
}

Value theme_files(const Theme *theme, Arena *arena) {
  Value list = value_list(arena, 64);
  for (size_t i = 0; i < theme->layer_count; i++)
    for (size_t j = 0; j < theme->layers[i].file_count; j++)
      value_push(list, value_str(layer_path(arena, &theme->layers[i], theme->layers[i].files[j])));
  return list;
}
