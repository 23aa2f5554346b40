#include "schema/node.h"

#include <string.h>

#include "base/buf.h"
#include "data/number.h"

Value node_member(const NodeMaker *maker, Value from, Str name) {
  if (from.type == VALUE_MAP) return value_get(from, name);
  return value_path(from, name, maker->arena);
}

Str node_text(const NodeMaker *maker, Value from, Str name) {
  Value value = node_member(maker, from, name);
  if (value.type == VALUE_INT) return str_format(maker->arena, "%lld", (long long)value.i);
  if (value.type == VALUE_FLOAT) {
    Buf text = buf_new(maker->arena, 64);
    number_add_float(&text, value.f);
    return buf_str(&text);
  }
  return str_trim(value_text(value));
}

Value node_new(const NodeMaker *maker, const char *type) {
  Value node = value_map(maker->arena, 8);
  value_put(node, "@type", value_c(type));
  return node;
}

Value node_with_id(const NodeMaker *maker, const char *type, Str id) {
  Value node = value_map(maker->arena, 16);
  value_put(node, "@type", value_c(type));
  value_put(node, "@id", value_str(id));
  return node;
}

Str node_id(const NodeMaker *maker, Str base, const char *fragment) {
  return STR_CONCAT(maker->arena, base, STR("#"), str_from_c(fragment));
}

Value node_reference(const NodeMaker *maker, Str id) {
  Value reference = value_map(maker->arena, 1);
  value_put(reference, "@id", value_str(id));
  return reference;
}

void node_put(Value node, const char *key, Value value) {
  bool empty =
      value.type == VALUE_UNDEFINED || value.type == VALUE_NULL || (value_is_text(value) && value.str.len == 0);
  if ((value.type == VALUE_LIST || value.type == VALUE_MAP) && value_count(value) == 0) empty = true;
  if (!empty) value_set(node, str_from_c(key), value);
}

void node_put_text(Value node, const char *key, Str text) {
  node_put(node, key, value_str(str_trim(text)));
}

/* YYYY-MM-DD, or that, a T and a time. That the day exists was checked when the file was read. */
static bool is_iso_date(Str text) {
  static const char shape[] = "0000-00-00T00:00";
  enum { DATE = sizeof "0000-00-00" - 1, MINUTES = sizeof shape - 1 };
  if (text.len != DATE && text.len < MINUTES) return false;
  for (size_t i = 0; i < text.len; i++) {
    char c = i < MINUTES ? shape[i] : '0';
    bool right = c == '0' ? ascii_is_digit(text.s[i]) : text.s[i] == c;
    if (i >= MINUTES && text.s[i] && strchr(":.Z+-", text.s[i])) right = true;
    if (!right) return false;
  }
  return true;
}

void node_put_date(Value node, const char *key, Str text) {
  if (is_iso_date(text)) node_put_text(node, key, text);
}

/* "https://example.org" of "https://example.org/clinic/". */
static Str origin_of(Str base_url) {
  size_t scheme = str_find(base_url, STR("://"));
  if (scheme == STR_NONE) return (Str){"", 0};
  size_t path = str_find_byte(str_skip(base_url, scheme + 3), '/');
  return path == STR_NONE ? base_url : str_slice(base_url, 0, scheme + 3 + path);
}

Str node_absolute_url(const NodeMaker *maker, Str url) {
  if (str_starts(url, STR("https://")) || str_starts(url, STR("http://"))) return url;
  Str origin = origin_of(maker->base_url);
  bool from_root = str_starts(url, STR("/")) && !str_starts(url, STR("//"));
  return from_root && origin.len ? STR_CONCAT(maker->arena, origin, url) : (Str){"", 0};
}

void node_put_url(const NodeMaker *maker, Value node, const char *key, Str url) {
  node_put_text(node, key, node_absolute_url(maker, url));
}
