#include "template/text.h"

#include <string.h>

#include <unicode/uchar.h>

#include "base/utf8.h"
#include "data/number.h"
#include "base/limits.h"

bool text_is_space(uint32_t c) {
  if (c < 0x80) return c == ' ' || (c >= '\t' && c <= '\r') || (c >= 0x1C && c <= 0x1F);
  return utf8_is_space(c);
}

static bool holds(Str chars, uint32_t c) {
  for (size_t at = 0; at < chars.len;)
    if (utf8_next(chars, &at) == c) return true;
  return false;
}

static bool is_stripped(Str chars, uint32_t c) {
  return chars.s ? holds(chars, c) : text_is_space(c);
}

Str text_strip(Str text, Str chars, TextStrip sides) {
  size_t begin = 0;
  while ((sides & TEXT_STRIP_LEFT) && begin < text.len) {
    size_t next = begin;
    if (!is_stripped(chars, utf8_next(text, &next))) break;
    begin = next;
  }
  size_t end = text.len;
  while ((sides & TEXT_STRIP_RIGHT) && end > begin) {
    size_t last = end - 1;
    while (last > begin && ((unsigned char)text.s[last] & 0xC0) == 0x80) last--;
    size_t next = last;
    if (!is_stripped(chars, utf8_next(text, &next))) break;
    end = last;
  }
  return str_slice(text, begin, end);
}

void text_write_int(Buf *out, int64_t number) {
  char digits[24];
  size_t at = sizeof digits;
  uint64_t left = number < 0 ? 0 - (uint64_t)number : (uint64_t)number;
  do {
    digits[--at] = (char)('0' + left % 10);
    left /= 10;
  } while (left);
  if (number < 0) digits[--at] = '-';
  buf_add(out, str_from(digits + at, sizeof digits - at));
}

/* Python's str.isprintable for one character. */
static bool is_printable(uint32_t c) {
  if (c < 0x80) return c >= 0x20 && c < 0x7F;
  uint32_t hidden = U_GC_C_MASK | U_GC_Z_MASK;
  return (U_MASK(u_charType((UChar32)c)) & hidden) == 0;
}

static void write_quoted_char(Buf *out, uint32_t c, char quote) {
  switch (c) {
    case '\n': buf_add_lit(out, "\\n"); return;
    case '\r': buf_add_lit(out, "\\r"); return;
    case '\t': buf_add_lit(out, "\\t"); return;
    case '\\': buf_add_lit(out, "\\\\"); return;
    default: break;
  }
  if (c == (uint32_t)quote) buf_add_byte(out, '\\');
  if (is_printable(c))
    utf8_add(out, c);
  else
    buf_add_format(out, c < 0x100 ? "\\x%02x" : c < 0x10000 ? "\\u%04x" : "\\U%08x", c);
}

static void write_quoted(Buf *out, Str text) {
  char quote = str_find_byte(text, '\'') != STR_NONE && str_find_byte(text, '"') == STR_NONE ? '"' : '\'';
  buf_add_byte(out, quote);
  for (size_t at = 0; at < text.len;) write_quoted_char(out, utf8_next(text, &at), quote);
  buf_add_byte(out, quote);
}

static bool write_value(Buf *out, Value value, int depth);

static bool write_list(Buf *out, Value value, int depth) {
  const ValueList *list = value.list;
  static const char *const begins[] = {"[", "(", "(", "dict_keys([", "dict_values([", "dict_items(["};
  static const char *const ends[] = {"]", ")", ")", "])", "])", "])"};
  buf_add(out, str_from_c(begins[value.flags]));
  for (size_t i = 0; i < list->count; i++) {
    if (i) buf_add_lit(out, ", ");
    if (!write_value(out, list->items[i], depth + 1)) return false;
  }
  bool tuple = value.flags == LIST_TUPLE || value.flags == LIST_GROUP;
  if (tuple && list->count == 1) buf_add_byte(out, ',');
  buf_add(out, str_from_c(ends[value.flags]));
  return true;
}

static bool write_map(Buf *out, const ValueMap *map, int depth) {
  buf_add_byte(out, '{');
  for (size_t i = 0; i < map->count; i++) {
    if (i) buf_add_lit(out, ", ");
    write_quoted(out, map->entries[i].key);
    buf_add_lit(out, ": ");
    if (!write_value(out, map->entries[i].value, depth + 1)) return false;
  }
  buf_add_byte(out, '}');
  return true;
}

static bool write_object(Buf *out, ValueObject object, int depth) {
  if (!str_equal(object.class->name, STR("a namespace"))) {
    buf_add_byte(out, '<');
    buf_add(out, object.class->name);
    buf_add_byte(out, '>');
    return true;
  }
  buf_add_lit(out, "<Namespace ");
  bool good = write_map(out, object.data, depth);
  buf_add_byte(out, '>');
  return good;
}

static bool write_value(Buf *out, Value value, int depth) {
  if (depth > TEMPLATE_VALUE_DEPTH_MOST || out->over) return false;
  switch ((ValueType)value.type) {
    case VALUE_UNDEFINED: buf_add_lit(out, "Undefined"); return true;
    case VALUE_NULL: buf_add_lit(out, "None"); return true;
    case VALUE_BOOL: buf_add(out, value.b ? STR("True") : STR("False")); return true;
    case VALUE_INT: text_write_int(out, value.i); return true;
    case VALUE_FLOAT: number_add_float(out, value.f); return true;
    case VALUE_STR: write_quoted(out, value.str); return true;
    case VALUE_MARKUP:
      buf_add_lit(out, "Markup(");
      write_quoted(out, value.str);
      buf_add_byte(out, ')');
      return true;
    case VALUE_LIST: return write_list(out, value, depth);
    case VALUE_MAP: return write_map(out, value.map, depth);
    case VALUE_OBJECT: return write_object(out, value.object, depth);
  }
  return true;
}

bool text_write_repr(Buf *out, Value value) {
  return write_value(out, value, 0);
}

bool text_write(Buf *out, Value value) {
  if (!value_is_text(value)) return write_value(out, value, 0);
  buf_add(out, value.str);
  return true;
}

void text_write_escaped(Buf *out, Str text) {
  buf_add_escaped(out, text);
}
