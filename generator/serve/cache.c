#include "serve/cache.h"

#include "serve/request.h"
#include "site/site.h"

enum { ENTRIES_MOST = 4096 };
/* Of address space. A theme and the pages of a long session need a tenth of what may be used of it. */
#define CACHE_BYTES ((size_t)2 << 30)
#define CACHE_FULL ((size_t)256 << 20)

Cache cache_open(void) {
  Cache cache = {.arena = arena_reserve(CACHE_BYTES)};
  for (int i = 0; i < CACHE_KEPT; i++) cache.kept[i].arena = arena_reserve(PAGE_OUTPUT_MOST + 2 * REQUEST_TARGET_MOST);
  cache_empty(&cache);
  return cache;
}

void cache_close(Cache *cache) {
  arena_release(&cache->arena);
  for (int i = 0; i < CACHE_KEPT; i++) arena_release(&cache->kept[i].arena);
}

void cache_empty(Cache *cache) {
  arena_rewind(&cache->arena, (ArenaMark){cache->arena.begin});
  cache->by_path = map_new(&cache->arena, 64);
  cache->entries = ARENA_ARRAY(&cache->arena, CacheEntry, ENTRIES_MOST);
}

CacheEntry *cache_find(Cache *cache, Str path) {
  size_t found = map_find(&cache->by_path, path);
  return found == STR_NONE ? NULL : &cache->entries[found];
}

static CacheKept *find_kept(Cache *cache, Str path) {
  CacheKept *oldest = &cache->kept[0];
  for (int i = 0; i < CACHE_KEPT; i++) {
    if (str_equal(cache->kept[i].path, path)) return &cache->kept[i];
    if (cache->kept[i].used < oldest->used) oldest = &cache->kept[i];
  }
  return oldest;
}

static void keep(Cache *cache, Str path, Str bytes) {
  CacheKept *kept = find_kept(cache, path);
  if (bytes.len > PAGE_OUTPUT_MOST || path.len > REQUEST_TARGET_MOST) return;
  arena_rewind(&kept->arena, (ArenaMark){kept->arena.begin});
  kept->path = str_copy(&kept->arena, path);
  kept->bytes = str_copy(&kept->arena, bytes);
  kept->used = ++cache->uses;
}

bool cache_last_good(const Cache *cache, Str path, Str *bytes) {
  for (int i = 0; i < CACHE_KEPT; i++) {
    if (!cache->kept[i].used || !str_equal(cache->kept[i].path, path)) continue;
    *bytes = cache->kept[i].bytes;
    return true;
  }
  return false;
}

CacheEntry *cache_add(Cache *cache, Str path, const LinkMessage *answer) {
  if (arena_used(&cache->arena) > CACHE_FULL || cache->by_path.count == ENTRIES_MOST) cache_empty(cache);
  size_t number = cache->by_path.count;
  CacheEntry *entry = &cache->entries[number];
  *entry = (CacheEntry){.path = str_copy(&cache->arena, path), .answer = *answer};
  for (int i = 0; i < LINK_TEXTS; i++) entry->answer.texts[i] = str_copy(&cache->arena, answer->texts[i]);
  if (answer->form == FORM_BYTES)
    entry->tag = str_format(&cache->arena, "\"%016llx\"", (unsigned long long)str_hash(answer->texts[0]));
  *map_place(&cache->by_path, entry->path, NULL) = number;
  if (answer->is_page && answer->status == 200) keep(cache, path, answer->texts[0]);
  return entry;
}
