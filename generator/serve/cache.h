/* Answers that the server keeps: those of the present generation, and the last good bytes of some pages.
 *
 * Owner: entries live until cache_empty(). Failure: none; what does not fit is not kept. */
#ifndef PAMPHLET_SERVE_CACHE_H
#define PAMPHLET_SERVE_CACHE_H

#include "base/map.h"
#include "serve/link.h"

enum { CACHE_KEPT = 32 }; /* pages whose last good bytes are kept: more than anyone has open while mending one */

typedef struct CacheEntry {
  Str path;
  LinkMessage answer; /* its texts in the cache's memory */
  Str tag;            /* entity tag, quoted; empty for a file */
  Str preview;        /* the page with the preview's script; empty until it is asked for */
} CacheEntry;

typedef struct CacheKept {
  Arena arena; /* one page */
  Str path;
  Str bytes;
  uint64_t used; /* when, by count */
} CacheKept;

typedef struct Cache {
  Arena arena;
  Map by_path;
  CacheEntry *entries;
  CacheKept kept[CACHE_KEPT];
  uint64_t uses;
} Cache;

Cache cache_open(void);
void cache_close(Cache *cache);
void cache_empty(Cache *cache);
/* NULL: it is not there. */
CacheEntry *cache_find(Cache *cache, Str path);
/* A copy of a file's answer; a page that is good is kept beyond this generation too. */
CacheEntry *cache_add(Cache *cache, Str path, const LinkMessage *answer);
/* The page as it was last good; false: nobody has seen it since the server was started. */
bool cache_last_good(const Cache *cache, Str path, Str *bytes);

#endif
