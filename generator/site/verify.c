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

/* The list of the whole site, or those of the parts that are here. */
typedef struct Lists {
  Manifest *items;
  size_t count;
} Lists;

static bool is_listed(const Lists *lists, Str path) {
  for (size_t i = 0; i < lists->count; i++)
    if (manifest_find(&lists->items[i], path)) return true;
  return false;
}

/* The owner put this part of the site elsewhere. */
static bool is_elsewhere(Arena *arena, const Lists *lists, const OsEntry *entry) {
  if (entry->stat.kind != OS_LINK) return false;
  Str inside = STR_CONCAT(arena, entry->path, STR("/"));
  for (size_t i = 0; i < lists->count; i++)
    for (size_t k = 0; k < lists->items[i].count; k++)
      if (str_starts(lists->items[i].items[k].path, inside)) return true;
  return false;
}

static void find_others(Arena *arena, Str out, const Lists *lists, DiagList *diags) {
  static const char *const skip[] = {".pamphlet", NULL};
  OsEntries entries;
  int error = os_walk(arena, out, skip, &entries);
  if (error) DIAG(diags, FILE_READ, whole(out), os_error_text(error));
  for (size_t i = 0; i < entries.count; i++) {
    const OsEntry *entry = &entries.items[i];
    if (entry->error)
      DIAG(diags, FILE_READ, whole(STR_CONCAT(arena, out, STR("/"), entry->path)), os_error_text(entry->error));
    if (entry->error || entry->stat.kind == OS_FOLDER || is_listed(lists, entry->path)) continue;
    if (is_elsewhere(arena, lists, entry)) continue;
    DIAG(diags, VERIFY_FOREIGN, whole(STR_CONCAT(arena, out, STR("/"), entry->path)));
  }
}

/* Adds the list in `state`, if there is one. False: it can't be read; reported. */
static bool add_list(Arena *arena, Str out, Str state, DiagList *diags, Lists *lists) {
  Str list = STR_CONCAT(arena, state, STR("/manifest"));
  Manifest *manifest = &lists->items[lists->count];
  if (os_stat(STR_CONCAT(arena, list, STR(".next"))).kind != OS_NOTHING) DIAG(diags, VERIFY_STOPPED, whole(out));
  if (os_stat(list).kind == OS_NOTHING) return true;
  manifest_read(arena, list, diags, manifest);
  lists->count += manifest->text.len > 0;
  return manifest->text.len > 0;
}

void site_verify(Arena *arena, Str out, DiagList *diags, size_t *checked) {
  Str state = STR_CONCAT(arena, out, STR("/.pamphlet"));
  Str parts = STR_CONCAT(arena, state, STR("/parts"));
  OsEntries entries = {0};
  os_list(arena, parts, &entries);
  Lists lists = {.items = ARENA_ARRAY(arena, Manifest, entries.count + 1)};
  *checked = 0;
  bool good = add_list(arena, out, state, diags, &lists);
  for (size_t i = 0; i < entries.count; i++)
    good = add_list(arena, out, STR_CONCAT(arena, parts, STR("/"), entries.items[i].path), diags, &lists) && good;
  if (good && !lists.count) DIAG(diags, VERIFY_NOTHING, whole(out));
  if (!good || !lists.count) return;
  for (size_t i = 0; i < lists.count; i++)
    for (size_t k = 0; k < lists.items[i].count; k++) check(arena, out, &lists.items[i].items[k], diags, checked);
  find_others(arena, out, &lists, diags);
}
