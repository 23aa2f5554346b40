#include "data/json.h"

#include <jansson.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "data/number.h"

/* --- reading --- */

/* jansson parses at most JSON_PARSER_MAX_DEPTH (2048) levels, so that this cannot go deeper. */
static Value value_of(Arena *arena, json_t *json) {
  switch (json_typeof(json)) {
    case JSON_NULL: return value_null();
    case JSON_TRUE: return value_bool(true);
    case JSON_FALSE: return value_bool(false);
    case JSON_INTEGER: return value_int(json_integer_value(json));
    case JSON_REAL: return value_float(json_real_value(json));
    case JSON_STRING: return value_str(str_copy(arena, str_from(json_string_value(json), json_string_length(json))));
    case JSON_ARRAY: {
      Value list = value_list(arena, json_array_size(json));
      for (size_t i = 0; i < json_array_size(json); i++) value_push(list, value_of(arena, json_array_get(json, i)));
      return list;
    }
    case JSON_OBJECT: {
      Value map = value_map(arena, json_object_size(json));
      for (void *at = json_object_iter(json); at; at = json_object_iter_next(json, at)) {
        Str key = str_from(json_object_iter_key(at), json_object_iter_key_len(at));
        value_set(map, str_copy(arena, key), value_of(arena, json_object_iter_value(at)));
      }
      return map;
    }
  }
  return value_null();
}

/* jansson's texts end in " near '…'", which the caret shows better. */
static Str plain_message(Str message) {
  return str_slice(message, 0, str_find(message, STR(" near ")));
}

bool json_read(Arena *arena, Str path, Str text, DiagList *diags, Value *result) {
  json_error_t error;
  *result = (Value){0};
  json_t *json = json_loadb(text.s ? text.s : "", text.len, JSON_REJECT_DUPLICATES | JSON_DECODE_ANY, &error);
  if (!json) {
    /* The position is the number of bytes read, the unexpected one included. */
    size_t offset = error.position > 0 ? (size_t)error.position - 1 : 0;
    if (offset > text.len) offset = text.len;
    DIAG(diags, JSON_SYNTAX, ((Span){path, offset, 1}), plain_message(str_from_c(error.text)));
    return false;
  }
  *result = value_of(arena, json);
  json_decref(json);
  return true;
}

/* --- writing: jansson writes it, then what it cannot be told is corrected --- */

/* More than any reader of JSON takes by default (Python 1000, jansson 2048). Deeper values are null. */
enum { DEPTH_MOST = 512 };

/* jansson refuses text that is not UTF-8; nothing here should hold any, but writing must not fail. */
static Str mend_utf8(Arena *arena, Str str) {
  Buf mended = buf_new(arena, str.len * 3);
  for (size_t at = 0; at < str.len;) utf8_add(&mended, utf8_next(str, &at));
  return buf_str(&mended);
}

static json_t *text_of(Arena *arena, Str str) {
  json_t *json = json_stringn(str.s ? str.s : "", str.len);
  if (json) return json;
  Str mended = mend_utf8(arena, str);
  return json_stringn(mended.s, mended.len);
}

static json_t *json_of(Arena *arena, Value value, int depth);

static json_t *object_of(Arena *arena, const ValueMap *map, int depth) {
  json_t *object = json_object();
  for (size_t i = 0; i < map->count; i++) {
    Str key = map->entries[i].key;
    json_t *item = json_of(arena, map->entries[i].value, depth + 1);
    if (utf8_find_invalid(key) != STR_NONE) key = mend_utf8(arena, key);
    json_object_setn_new_nocheck(object, key.s ? key.s : "", key.len, item);
  }
  return object;
}

static json_t *json_of(Arena *arena, Value value, int depth) {
  if (depth > DEPTH_MOST) return json_null();
  switch ((ValueType)value.type) {
    case VALUE_BOOL: return json_boolean(value.b);
    case VALUE_INT: return json_integer(value.i);
    case VALUE_FLOAT: return isfinite(value.f) ? json_real(value.f) : json_null();
    case VALUE_STR:
    case VALUE_MARKUP: return text_of(arena, value.str);
    case VALUE_MAP: return object_of(arena, value.map, depth);
    case VALUE_LIST: {
      json_t *array = json_array();
      for (size_t i = 0; i < value.list->count; i++)
        json_array_append_new(array, json_of(arena, value.list->items[i], depth + 1));
      return array;
    }
    case VALUE_UNDEFINED:
    case VALUE_NULL:
    case VALUE_OBJECT: break;
  }
  return json_null();
}

static int collect(const char *text, size_t len, void *context) {
  buf_add((Buf *)context, str_from(text, len));
  return 0;
}

/* jansson writes \u00E9, Python \u00e9. Returns the length of the escape. */
static size_t add_escape(Buf *out, Str rest) {
  size_t len = rest.len > 5 && rest.s[1] == 'u' ? 6 : 2;
  for (size_t i = 0; i < len && i < rest.len; i++) buf_add_byte(out, i < 2 ? rest.s[i] : ascii_lower(rest.s[i]));
  return len;
}

/* One byte or sequence inside a string; returns how many bytes it took. */
static size_t add_string_byte(Buf *out, Str rest, JsonFlags flags) {
  char c = rest.s[0];
  if (c == '\\') return add_escape(out, rest);
  bool in_script = (flags & JSON_OUT_SCRIPT) && (c == '<' || c == '>' || c == '&' || c == '\'');
  if (in_script || (c == 0x7F && !(flags & JSON_OUT_UTF8))) {
    buf_add_format(out, "\\u%04x", (unsigned)c);
    return 1;
  }
  /* U+2028 and U+2029 end a line in older JavaScript. */
  bool line_end = (unsigned char)c == 0xE2 && rest.len > 2 && rest.s[1] == '\x80' && (rest.s[2] & '\xFE') == '\xA8';
  if (line_end) {
    buf_add_format(out, "\\u20%02x", rest.s[2] == '\xA8' ? 0x28u : 0x29u);
    return 3;
  }
  buf_add_byte(out, c);
  return 1;
}

/* jansson writes 17 digits (0.10000000000000001) where Python writes the shortest that read back the same. */
static size_t add_number(Buf *out, Str rest) {
  size_t len = 0;
  while (len < rest.len && !memchr(",]}\n ", rest.s[len], 5)) len++;
  Str number = str_slice(rest, 0, len);
  if (str_find_byte(number, '.') == STR_NONE && str_find_byte(number, 'e') == STR_NONE) {
    buf_add(out, number);
    return len;
  }
  char bytes[64];
  size_t kept = len < sizeof bytes ? len : sizeof bytes - 1;
  memcpy(bytes, number.s, kept);
  bytes[kept] = '\0';
  number_add_float(out, strtod(bytes, NULL));
  return len;
}

static bool is_special(char c, bool in_string) {
  if (!in_string) return c == '"' || c == '-' || ascii_is_digit(c);
  return c == '"' || c == '\\' || c == '<' || c == '>' || c == '&' || c == '\'' || c == 0x7F || c == '\xE2';
}

static void add_corrected(Buf *out, Str json, JsonFlags flags) {
  bool in_string = false;
  size_t from = 0;
  for (size_t at = 0; at < json.len;) {
    if (!is_special(json.s[at], in_string)) {
      at++;
      continue;
    }
    buf_add(out, str_slice(json, from, at));
    Str rest = str_skip(json, at);
    if (rest.s[0] == '"') {
      in_string = !in_string;
      buf_add_byte(out, '"');
      at++;
    } else {
      at += in_string ? add_string_byte(out, rest, flags) : add_number(out, rest);
    }
    from = at;
  }
  buf_add(out, str_skip(json, from));
}

void json_write(Buf *out, Value value, JsonFlags flags, int indent) {
  Arena *arena = out->arena;
  size_t how = JSON_ENCODE_ANY | (indent > 0 ? JSON_INDENT((size_t)indent) : 0);
  if (flags & JSON_OUT_SORTED) how |= JSON_SORT_KEYS;
  if (flags & JSON_OUT_COMPACT) how |= JSON_COMPACT;
  if (!(flags & JSON_OUT_UTF8)) how |= JSON_ENSURE_ASCII;
  json_t *json = json_of(arena, value, 0);
  Buf raw = buf_new(arena, out->max);
  json_dump_callback(json, collect, &raw, how);
  json_decref(json);
  if (raw.over)
    out->over = true;
  else
    add_corrected(out, buf_str(&raw), flags);
}
