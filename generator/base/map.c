#include "base/map.h"

Map map_new(Arena *arena, size_t expected) {
  size_t size = 16;
  while (size < expected * 2) size *= 2;
  return (Map){arena, ARENA_ARRAY(arena, MapSlot, size), size, 0};
}

static MapSlot *slot_of(const Map *map, Str key) {
  size_t at = str_hash(key) & (map->size - 1);
  while (map->slots[at].used && !str_equal(map->slots[at].key, key)) at = (at + 1) & (map->size - 1);
  return &map->slots[at];
}

static void grow(Map *map) {
  Map larger = map_new(map->arena, map->size);
  for (size_t i = 0; i < map->size; i++)
    if (map->slots[i].used) *slot_of(&larger, map->slots[i].key) = map->slots[i];
  larger.count = map->count;
  *map = larger;
}

size_t *map_place(Map *map, Str key, bool *added) {
  if ((map->count + 1) * 2 > map->size) grow(map);
  MapSlot *slot = slot_of(map, key);
  if (added) *added = !slot->used;
  if (!slot->used) {
    *slot = (MapSlot){key, 0, true};
    map->count++;
  }
  return &slot->value;
}

size_t map_find(const Map *map, Str key) {
  const MapSlot *slot = slot_of(map, key);
  return slot->used ? slot->value : STR_NONE;
}
