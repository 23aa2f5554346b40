/* The list of what the last build published: out/.pamphlet/manifest.
 *
 * One line a file, sorted by path: hash (XXH3, 128 bits, hex), size in bytes, time of modification in nanoseconds,
 * path. Owner: the arena given. Failure: an unreadable list is reported and is as good as none: then nothing is removed
 * and no file is overwritten that differs. */
#ifndef PAMPHLET_SITE_MANIFEST_H
#define PAMPHLET_SITE_MANIFEST_H

#include "site/site.h"

typedef struct ManifestEntry {
  Str path;
  uint64_t hash[2];
  uint64_t size;
  int64_t mtime_ns;
} ManifestEntry;

typedef struct Manifest {
  Str text; /* as it was read */
  ManifestEntry *items;
  size_t count;
  Map by_path;
} Manifest;

void manifest_read(Arena *arena, Str path, DiagList *diags, Manifest *manifest);
const ManifestEntry *manifest_find(const Manifest *manifest, Str path);
void manifest_add_line(Buf *text, const ManifestEntry *entry);
/* Of all outputs, in order of their paths. */
Str manifest_text(Arena *arena, const Output *outputs, size_t count);

/* 32 hex digits. */
bool manifest_read_hash(Str text, uint64_t hash[2]);
/* A path that stays inside the published folder. */
bool manifest_is_inside(Str path);

#endif
