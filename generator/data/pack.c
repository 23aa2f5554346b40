#include "data/pack.h"

#include <string.h>

void pack_number(Buf *out, uint64_t number) {
  for (; number >= 0x80; number >>= 7) buf_add_byte(out, (char)(number | 0x80));
  buf_add_byte(out, (char)number);
}

void pack_text(Buf *out, Str text) {
  pack_number(out, text.len);
  buf_add(out, text);
}

static bool pack_deep(Buf *out, Value value, int depth);

static bool pack_list(Buf *out, const ValueList *list, int depth) {
  pack_number(out, list->count);
  for (size_t i = 0; i < list->count; i++)
    if (!pack_deep(out, list->items[i], depth)) return false;
  return true;
}

static bool pack_map(Buf *out, const ValueMap *map, int depth) {
  pack_number(out, map->count);
  for (size_t i = 0; i < map->count; i++) {
    pack_text(out, map->entries[i].key);
    pack_number(out, map->entries[i].key_origin);
    if (!pack_deep(out, map->entries[i].value, depth)) return false;
  }
  return true;
}

static bool pack_deep(Buf *out, Value value, int depth) {
  if (depth == PACK_DEPTH_MOST) return false;
  buf_add_byte(out, (char)value.type);
  pack_number(out, value.origin);
  switch ((ValueType)value.type) {
    case VALUE_UNDEFINED:
    case VALUE_NULL: return true;
    case VALUE_BOOL: buf_add_byte(out, (char)value.b); return true;
    case VALUE_INT:
    case VALUE_FLOAT: buf_add(out, str_from((const char *)&value.i, sizeof value.i)); return true;
    case VALUE_STR:
    case VALUE_MARKUP: pack_text(out, value.str); return true;
    case VALUE_LIST: return pack_list(out, value.list, depth + 1);
    case VALUE_MAP: return pack_map(out, value.map, depth + 1);
    case VALUE_OBJECT: return false;
  }
  return false;
}

bool pack_value(Buf *out, Value value) {
  return pack_deep(out, value, 0);
}

/* --- and back --- */

static void fail(Unpack *in) {
  in->bad = true;
  in->rest = (Str){"", 0};
}

Str unpack_bytes(Unpack *in, size_t len) {
  if (len > in->rest.len) {
    fail(in);
    return (Str){"", 0};
  }
  Str bytes = str_slice(in->rest, 0, len);
  in->rest = str_skip(in->rest, len);
  return bytes;
}

static uint8_t unpack_byte(Unpack *in) {
  Str byte = unpack_bytes(in, 1);
  return byte.len ? (uint8_t)byte.s[0] : 0;
}

uint64_t unpack_number(Unpack *in) {
  uint64_t number = 0;
  for (int shift = 0; shift < 64; shift += 7) {
    uint8_t byte = unpack_byte(in);
    number |= (uint64_t)(byte & 0x7F) << shift;
    if (byte < 0x80) return number;
  }
  fail(in);
  return 0;
}

size_t unpack_count(Unpack *in) {
  uint64_t count = unpack_number(in);
  if (count <= in->rest.len) return (size_t)count;
  fail(in);
  return 0;
}

Str unpack_text(Unpack *in) {
  return unpack_bytes(in, unpack_count(in));
}

static Value unpack_deep(Unpack *in, int depth);

static Value unpack_list(Unpack *in, int depth) {
  size_t count = unpack_count(in);
  Value list = value_list(in->arena, count);
  for (size_t i = 0; i < count && !in->bad; i++) value_push(list, unpack_deep(in, depth));
  return list;
}

static Value unpack_map(Unpack *in, int depth) {
  size_t count = unpack_count(in);
  Value map = value_map(in->arena, count);
  for (size_t i = 0; i < count && !in->bad; i++) {
    Str key = unpack_text(in);
    uint32_t origin = (uint32_t)unpack_number(in);
    value_set(map, key, unpack_deep(in, depth));
    map.map->entries[map.map->count - 1].key_origin = origin;
  }
  return map;
}

static Value unpack_deep(Unpack *in, int depth) {
  Value value = {.type = unpack_byte(in)};
  uint32_t origin = (uint32_t)unpack_number(in);
  if (depth == PACK_DEPTH_MOST) fail(in);
  switch ((ValueType)value.type) {
    case VALUE_UNDEFINED:
    case VALUE_NULL: break;
    case VALUE_BOOL: value.b = unpack_byte(in) != 0; break;
    case VALUE_INT:
    case VALUE_FLOAT: {
      Str bytes = unpack_bytes(in, sizeof value.i);
      if (bytes.len) memcpy(&value.i, bytes.s, sizeof value.i);
      break;
    }
    case VALUE_STR:
    case VALUE_MARKUP: value.str = unpack_text(in); break;
    case VALUE_LIST: value = unpack_list(in, depth + 1); break;
    case VALUE_MAP: value = unpack_map(in, depth + 1); break;
    case VALUE_OBJECT:
    default: fail(in);
  }
  if (in->bad) return (Value){0};
  value.origin = origin;
  return value;
}

Value unpack_value(Unpack *in) {
  return unpack_deep(in, 0);
}
