#include "site/manifest.h"

#include "os/os.h"

#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>

static const Str header = {"pamphlet manifest 1\n", 20};

static int hex(char c) {
  if (ascii_is_digit(c)) return c - '0';
  return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

bool manifest_read_hash(Str text, uint64_t hash[2]) {
  if (text.len != 32) return false;
  hash[0] = hash[1] = 0;
  for (size_t i = 0; i < 32; i++) {
    if (hex(text.s[i]) < 0) return false;
    hash[i / 16] = hash[i / 16] << 4 | (uint64_t)hex(text.s[i]);
  }
  return true;
}

static bool read_number(Str text, uint64_t *number) {
  *number = 0;
  if (text.len == 0 || text.len > 19) return false;
  for (size_t i = 0; i < text.len; i++) {
    if (!ascii_is_digit(text.s[i])) return false;
    *number = *number * 10 + (uint64_t)(text.s[i] - '0');
  }
  return true;
}

bool manifest_is_inside(Str path) {
  if (path.len == 0 || path.s[0] == '/') return false;
  while (path.len) {
    Str part;
    str_cut(path, '/', &part, &path);
    if (part.len == 0 || str_equal(part, STR("..")) || str_equal(part, STR("."))) return false;
  }
  return true;
}

static bool read_line(Str line, ManifestEntry *entry) {
  Str hash;
  Str size;
  Str mtime;
  uint64_t time = 0;
  bool good = str_cut(line, ' ', &hash, &line) && str_cut(line, ' ', &size, &line) && str_cut(line, ' ', &mtime, &line);
  good = good && manifest_read_hash(hash, entry->hash) && read_number(size, &entry->size) && read_number(mtime, &time);
  entry->mtime_ns = (int64_t)time;
  entry->path = line;
  return good && manifest_is_inside(line);
}

void manifest_read(Arena *arena, Str path, DiagList *diags, Manifest *manifest) {
  *manifest = (Manifest){.by_path = map_new(arena, 0)};
  Str text;
  int error = os_read_file(arena, path, (size_t)1 << 30, &text);
  if (error == ENOENT) return;
  Span whole = {path, STR_NONE, 0};
  if (error) {
    DIAG(diags, FILE_READ, whole, os_error_text(error));
    return;
  }
  size_t lines = 0;
  for (size_t i = 0; i < text.len; i++) lines += text.s[i] == '\n';
  bool good = str_starts(text, header) && str_ends(text, STR("\n"));
  manifest->items = ARENA_ARRAY(arena, ManifestEntry, lines + 1);
  manifest->by_path = map_new(arena, lines);
  Str rest = str_skip(text, header.len);
  while (good && rest.len) {
    Str line;
    str_cut(rest, '\n', &line, &rest);
    good = read_line(line, &manifest->items[manifest->count]);
    if (!good) break;
    *map_place(&manifest->by_path, manifest->items[manifest->count].path, NULL) = manifest->count;
    manifest->count++;
  }
  manifest->text = text;
  if (good) return;
  DIAG(diags, PUBLISH_MANIFEST, whole);
  *manifest = (Manifest){.by_path = map_new(arena, 0)};
}

const ManifestEntry *manifest_find(const Manifest *manifest, Str path) {
  size_t at = map_find(&manifest->by_path, path);
  return at == STR_NONE ? NULL : &manifest->items[at];
}

static int compare_outputs(const void *left, const void *right) {
  return str_compare((*(const Output *const *)left)->path, (*(const Output *const *)right)->path);
}

void manifest_add_line(Buf *text, const ManifestEntry *entry) {
  buf_add_format(text, "%016" PRIx64 "%016" PRIx64 " %" PRIu64 " %" PRId64 " ", entry->hash[0], entry->hash[1],
                 entry->size, entry->mtime_ns);
  buf_add(text, entry->path);
  buf_add_byte(text, '\n');
}

Str manifest_text(Arena *arena, const Output *outputs, size_t count) {
  const Output **sorted = ARENA_ARRAY(arena, const Output *, count + 1);
  for (size_t i = 0; i < count; i++) sorted[i] = &outputs[i];
  qsort(sorted, count, sizeof *sorted, compare_outputs);
  Buf text = buf_new(arena, (size_t)1 << 30);
  buf_add(&text, header);
  for (size_t i = 0; i < count; i++) {
    const Output *output = sorted[i];
    manifest_add_line(&text, &(ManifestEntry){.path = output->path,
                                              .hash = {output->hash[0], output->hash[1]},
                                              .size = output->size,
                                              .mtime_ns = output->mtime_ns});
  }
  return buf_str(&text);
}
