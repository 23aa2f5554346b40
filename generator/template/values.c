#include "template/render.h"

#include <string.h>

#include "base/utf8.h"

Value value_of_kind(Value list, ListKind kind) {
  list.flags = (uint8_t)kind;
  return list;
}

Value value_tuple(Arena *arena, size_t capacity) {
  return value_of_kind(value_list(arena, capacity), LIST_TUPLE);
}

bool value_is_tuple(Value value) {
  return value.type == VALUE_LIST && (value.flags == LIST_TUPLE || value.flags == LIST_GROUP);
}

bool value_whole(Value value, int64_t *whole) {
  if (value.type != VALUE_INT && value.type != VALUE_BOOL) return false;
  *whole = value.type == VALUE_INT ? value.i : value.b;
  return true;
}

bool value_number(Value value, double *number) {
  int64_t whole;
  if (value.type == VALUE_FLOAT)
    *number = value.f;
  else if (value_whole(value, &whole))
    *number = (double)whole;
  else
    return false;
  return true;
}

Value object(const ValueClass *class, const void *data) {
  return (Value){.type = VALUE_OBJECT, .object = {class, (void *)(uintptr_t)data}};
}

bool is_object(Value value, const ValueClass *class) {
  return value.type == VALUE_OBJECT && value.object.class == class;
}

Value text_like(Value like, Str text) {
  return like.type == VALUE_MARKUP ? value_markup(text) : value_str(text);
}

/* --- members and items --- */

Value get_member(Frame *f, const Node *node, Value base, Str name) {
  Value found = {0};
  if (base.type == VALUE_MAP) {
    const ValueEntry *entry = value_entry(base, name);
    if (entry) return entry->value;
  } else if (base.type == VALUE_OBJECT && base.object.class->member) {
    found = base.object.class->member(base.object.data, name, f->r->arena);
  } else if (base.type == VALUE_LIST && base.flags == LIST_GROUP) {
    if (str_equal(name, STR("grouper"))) return base.list->items[0];
    if (str_equal(name, STR("list"))) return base.list->items[1];
  }
  if (value_is_defined(found)) return found;
  return missing_member(f, node, base, name);
}

static Value missing_index(Frame *f, const Node *node, Value base, Value index) {
  return missing_member(f, node, base, repr_of(f, node, index));
}

static Value text_item(Frame *f, const Node *node, Value base, Value index, int64_t at) {
  size_t count = utf8_count(base.str);
  charge_text(f, node, base.str.len);
  if (at < 0) at += (int64_t)count;
  if (at < 0 || (size_t)at >= count) return missing_index(f, node, base, index);
  size_t begin = utf8_offset(base.str, (size_t)at);
  size_t end = begin;
  utf8_next(base.str, &end);
  return text_like(base, str_slice(base.str, begin, end));
}

Value get_item(Frame *f, const Node *node, Value base, Value index) {
  if (value_is_text(index)) return get_member(f, node, base, index.str);
  int64_t at;
  if (!value_whole(index, &at)) return missing_index(f, node, base, index);
  if (value_is_text(base)) return text_item(f, node, base, index, at);
  if (base.type != VALUE_LIST) return missing_index(f, node, base, index);
  if (at < 0) at += (int64_t)base.list->count;
  if (at < 0 || (size_t)at >= base.list->count) return missing_index(f, node, base, index);
  return base.list->items[at];
}

/* --- slices: Python's PySlice_AdjustIndices --- */

typedef struct Slice {
  int64_t begin, end, step;
} Slice;

static int64_t clamp(int64_t at, int64_t count, int64_t lowest, int64_t highest) {
  if (at < 0) {
    at += count;
    return at < 0 ? lowest : at;
  }
  return at >= count ? highest : at;
}

static int64_t slice_number(Frame *f, const Node *node, Value value) {
  int64_t whole;
  if (!value_whole(value, &whole))
    fail_format(f, node, "a slice is made of whole numbers, not %.*s", STR_ARG(value_type_name(value)));
  return whole;
}

static Slice slice_bounds(Frame *f, const Node *node, const Value parts[3], size_t length) {
  int64_t count = (int64_t)length;
  Slice s = {.step = parts[2].type == VALUE_NULL ? 1 : slice_number(f, node, parts[2])};
  if (s.step == 0) fail_format(f, node, "the step of a slice cannot be 0");
  if (s.step < -count - 1) s.step = -count - 1;
  if (s.step > count + 1) s.step = count + 1;
  bool back = s.step < 0;
  int64_t lowest = back ? -1 : 0;
  int64_t highest = back ? count - 1 : count;
  s.begin = back ? highest : lowest;
  s.end = back ? lowest : highest;
  if (parts[0].type != VALUE_NULL) s.begin = clamp(slice_number(f, node, parts[0]), count, lowest, highest);
  if (parts[1].type != VALUE_NULL) s.end = clamp(slice_number(f, node, parts[1]), count, lowest, highest);
  return s;
}

static Value slice_text(Frame *f, const Node *node, Value base, const Value parts[3]) {
  Value chars = iterate(f, node, base);
  Slice s = slice_bounds(f, node, parts, chars.list->count);
  Buf out = new_buf(f);
  for (int64_t i = s.begin; s.step > 0 ? i < s.end : i > s.end; i += s.step) buf_add(&out, chars.list->items[i].str);
  return text_like(base, check_buf(f, node, &out));
}

Value slice_value(Frame *f, const Node *node, Value base, const Value parts[3]) {
  if (value_is_text(base)) return slice_text(f, node, base, parts);
  if (base.type != VALUE_LIST) fail_format(f, node, "%.*s cannot be sliced", STR_ARG(value_type_name(base)));
  Slice s = slice_bounds(f, node, parts, base.list->count);
  Value list = value_list(f->r->arena, 0);
  for (int64_t i = s.begin; s.step > 0 ? i < s.end : i > s.end; i += s.step) value_push(list, base.list->items[i]);
  charge(f, node, list.list->count);
  return value_is_tuple(base) ? value_of_kind(list, LIST_TUPLE) : list;
}

/* --- everything that can be looped over --- */

static Value characters(Frame *f, const Node *node, Value text) {
  charge(f, node, text.str.len);
  Value list = value_list(f->r->arena, utf8_count(text.str));
  for (size_t at = 0; at < text.str.len;) {
    size_t begin = at;
    utf8_next(text.str, &at);
    value_push(list, text_like(text, str_slice(text.str, begin, at)));
  }
  return list;
}

Value iterate(Frame *f, const Node *node, Value value) {
  must_be_defined(f, node, value);
  if (value.type == VALUE_UNDEFINED) return value_list(f->r->arena, 0);
  if (value.type == VALUE_LIST) {
    charge(f, node, value.list->count / 8);
    return value;
  }
  if (value_is_text(value)) return characters(f, node, value);
  if (value.type != VALUE_MAP) fail_format(f, node, "%.*s is not a list", STR_ARG(value_type_name(value)));
  charge(f, node, value.map->count);
  Value keys = value_list(f->r->arena, value.map->count);
  for (size_t i = 0; i < value.map->count; i++) value_push(keys, value_str(value.map->entries[i].key));
  return keys;
}

/* --- values as text --- */

static Str written(Frame *f, const Node *node, Value value, bool (*write)(Buf *, Value)) {
  Buf out = new_buf(f);
  bool good = write(&out, value);
  Str text = check_buf(f, node, &out);
  if (!good) fail_limit(f, node, "these values are nested too deeply to print", "100", "");
  return text;
}

Str text_of(Frame *f, const Node *node, Value value) {
  if (value_is_text(value)) return value.str;
  must_be_defined(f, node, value);
  if (value.type == VALUE_UNDEFINED) return (Str){"", 0};
  return written(f, node, value, text_write);
}

Str repr_of(Frame *f, const Node *node, Value value) {
  return written(f, node, value, text_write_repr);
}

Value to_text(Frame *f, const Node *node, Value value) {
  return text_like(value, text_of(f, node, value));
}

Str escape_text(Frame *f, Str text) {
  Buf out = buf_new(f->r->arena, TEMPLATE_TEXT_MOST + (size_t)TEMPLATE_TEXT_MOST * 5); /* `&#34;` is five times `"` */
  text_write_escaped(&out, text);
  return buf_str(&out);
}

Str html_of(Frame *f, const Node *node, Value value) {
  if (value.type == VALUE_MARKUP) return value.str;
  Str text = text_of(f, node, value);
  charge_text(f, node, text.len);
  return escape_text(f, text);
}

void print_value(Frame *f, const Node *node, Value value) {
  Buf *out = f->out;
  if (value.type == VALUE_STR) {
    if (f->autoescape)
      text_write_escaped(out, value.str);
    else
      buf_add(out, value.str);
  } else if (value.type == VALUE_MARKUP) {
    buf_add(out, value.str);
  } else if (value.type == VALUE_INT) {
    text_write_int(out, value.i);
  } else {
    Str text = text_of(f, node, value);
    if (f->autoescape)
      text_write_escaped(out, text);
    else
      buf_add(out, text);
  }
  check_out(f, node);
}
