/* Map: from text to a number, by hashing. For tables of files, URLs and names.
 *
 * Keys are not copied and must outlive the map. Owner: the arena. Failure: none but the arena's. Nothing is ever
 * removed. */
#ifndef PAMPHLET_BASE_MAP_H
#define PAMPHLET_BASE_MAP_H

#include "base/str.h"

typedef struct MapSlot {
  Str key;
  size_t value;
  bool used;
} MapSlot;

typedef struct Map {
  Arena *arena;
  MapSlot *slots;
  size_t size; /* a power of two */
  size_t count;
} Map;

/* `expected` keys fit without growing. */
Map map_new(Arena *arena, size_t expected);
/* The place of the key's number, added with the value 0 when it was not there (*added, may be NULL, says so). Valid
 * until the next map_place(). */
size_t *map_place(Map *map, Str key, bool *added);
/* The number, or STR_NONE. */
size_t map_find(const Map *map, Str key);

#endif
