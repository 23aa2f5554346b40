#include "site/verify.h"

#include "os/os.h"

#include <xxhash.h>

static Span whole(Str path) {
  return (Span){path, STR_NONE, 0};
}

static void check(Arena *arena, Str out, const ManifestEntry *entry, DiagList *diags, size_t *checked) {
  Str path = STR_CONCAT(arena, out, STR("/"), entry->path);
  ArenaMark mark = arena_mark(arena);
  OsStat there = os_stat(path);
  Str bytes = {"", 0};
  if (there.kind == OS_NOTHING) {
    DIAG(diags, VERIFY_MISSING, whole(path));
    return;
  }
  int error = there.kind == OS_FILE && there.size == entry->size ? os_read_file(arena, path, entry->size, &bytes) : 0;
  XXH128_hash_t hash = XXH3_128bits(bytes.s, bytes.len);
  arena_rewind(arena, mark);
  if (error)
    DIAG(diags, FILE_READ, whole(path), os_error_text(error));
  else if (bytes.len != entry->size || there.kind != OS_FILE || hash.high64 != entry->hash[0] ||
           hash.low64 != entry->hash[1])
    DIAG(diags, VERIFY_CHANGED, whole(path));
  else
    ++*checked;
}

/* The owner put this part of the site elsewhere. */
static bool is_part(Arena *arena, const Manifest *manifest, const OsEntry *entry) {
  Str inside = STR_CONCAT(arena, entry->path, STR("/"));
  for (size_t i = 0; entry->stat.kind == OS_LINK && i < manifest->count; i++)
    if (str_starts(manifest->items[i].path, inside)) return true;
  return false;
}

static void find_others(Arena *arena, Str out, const Manifest *manifest, DiagList *diags) {
  static const char *const skip[] = {".pamphlet", NULL};
  OsEntries entries;
  int error = os_walk(arena, out, skip, &entries);
  if (error) DIAG(diags, FILE_READ, whole(out), os_error_text(error));
  for (size_t i = 0; i < entries.count; i++) {
    const OsEntry *entry = &entries.items[i];
    if (entry->error)
      DIAG(diags, FILE_READ, whole(STR_CONCAT(arena, out, STR("/"), entry->path)), os_error_text(entry->error));
    if (entry->error || entry->stat.kind == OS_FOLDER || manifest_find(manifest, entry->path)) continue;
    if (is_part(arena, manifest, entry)) continue;
    DIAG(diags, VERIFY_FOREIGN, whole(STR_CONCAT(arena, out, STR("/"), entry->path)));
  }
}

void site_verify(Arena *arena, Str out, DiagList *diags, size_t *checked) {
  Manifest manifest;
  Str list = STR_CONCAT(arena, out, STR("/.pamphlet/manifest"));
  Str next = STR_CONCAT(arena, list, STR(".next"));
  *checked = 0;
  if (os_stat(next).kind != OS_NOTHING) DIAG(diags, VERIFY_STOPPED, whole(out));
  if (os_stat(list).kind == OS_NOTHING) {
    DIAG(diags, VERIFY_NOTHING, whole(out));
    return;
  }
  manifest_read(arena, list, diags, &manifest);
  if (!manifest.text.len) return;
  for (size_t i = 0; i < manifest.count; i++) check(arena, out, &manifest.items[i], diags, checked);
  find_others(arena, out, &manifest, diags);
}
