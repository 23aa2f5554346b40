/* Filters that look at lists and maps, and what all filters share. */
#include "template/filters.h"

#include <string.h>

#include "base/utf8.h"

/* --- shared --- */

Value filter_input_text(TemplateCall *call) {
  return to_text(call_frame(call), call_node(call), call->input);
}

Value filter_input_list(TemplateCall *call) {
  return iterate(call_frame(call), call_node(call), call->input);
}

Value filter_or(TemplateCall *call, size_t position, const char *keyword, Value otherwise) {
  Value value = template_call_arg(call, position, str_from_c(keyword));
  return value_is_defined(value) && value.type != VALUE_NULL ? value : otherwise;
}

bool filter_whole(TemplateCall *call, size_t position, const char *keyword, int64_t otherwise, int64_t *number) {
  Value value = filter_or(call, position, keyword, value_int(otherwise));
  if (value_whole(value, number)) return true;
  refuse(call, "`%s` wants a whole number, not %.*s", keyword, STR_ARG(value_type_name(value)));
  return false;
}

bool filter_flag(TemplateCall *call, size_t position, const char *keyword) {
  return is_true(call_frame(call), call_node(call), filter_or(call, position, keyword, value_bool(false)));
}

Buf filter_buf(TemplateCall *call) {
  return new_buf(call_frame(call));
}

Str filter_done(TemplateCall *call, const Buf *buf) {
  return check_buf(call_frame(call), call_node(call), buf);
}

static bool all_digits(Str s) {
  for (size_t i = 0; i < s.len; i++)
    if (!ascii_is_digit(s.s[i])) return false;
  return s.len > 0 && s.len < 18;
}

static Value path_part(TemplateCall *call, const Path *path, Value item, Value part) {
  Frame *f = call_frame(call);
  must_be_defined(f, call_node(call), item);
  item = get_item(f, call_node(call), item, part);
  return value_is_defined(item) || !value_is_defined(path->otherwise) ? item : path->otherwise;
}

Value path_get(TemplateCall *call, const Path *path, Value item) {
  charge(call_frame(call), call_node(call), 1);
  if (value_is_text(path->key)) {
    Str rest = path->key.str;
    do {
      Str part;
      str_cut(rest, '.', &part, &rest);
      int64_t number = 0;
      for (size_t i = 0; all_digits(part) && i < part.len; i++) number = number * 10 + (part.s[i] - '0');
      item = path_part(call, path, item, all_digits(part) ? value_int(number) : value_str(part));
    } while (rest.len);
  } else if (value_is_defined(path->key) && path->key.type != VALUE_NULL) {
    item = path_part(call, path, item, path->key);
  }
  if (path->lower && value_is_text(item)) item = text_like(item, utf8_lower(call->arena, item.str));
  return item;
}

/* --- one of many --- */

static Value filter_first(TemplateCall *call) {
  Value list = filter_input_list(call);
  if (list.list->count) return list.list->items[0];
  return missing_because(call_frame(call), call_node(call), STR("there is no first item, the list is empty"),
                         STR("guard it with `| default(…)`"));
}

static Value filter_last(TemplateCall *call) {
  Value list = filter_input_list(call);
  if (list.list->count) return list.list->items[list.list->count - 1];
  return missing_because(call_frame(call), call_node(call), STR("there is no last item, the list is empty"),
                         STR("guard it with `| default(…)`"));
}

static Value filter_length(TemplateCall *call) {
  Value input = call->input;
  if (value_is_text(input)) return value_int((int64_t)utf8_count(input.str));
  if (input.type == VALUE_LIST || input.type == VALUE_MAP) return value_int((int64_t)value_count(input));
  if (is_object(input, &loop_class)) return loop_class.member(input.object.data, STR("length"), call->arena);
  return refuse(call, "%.*s has no length", STR_ARG(value_type_name(input)));
}

static Value filter_attr(TemplateCall *call) {
  Frame *f = call_frame(call);
  Value name = ARG(call, 0, "name");
  if (!value_is_text(name)) return refuse(call, "`attr` wants a name");
  if (call->input.type == VALUE_OBJECT) return get_member(f, call_node(call), call->input, name.str);
  return missing_member(f, call_node(call), call->input, name.str);
}

static Value filter_default(TemplateCall *call) {
  Value otherwise = ARG(call, 0, "default_value");
  if (call->arg_count == 0 && !value_is_defined(otherwise)) otherwise = value_c("");
  if (!value_is_defined(call->input)) return otherwise;
  Value boolean = ARG(call, 1, "boolean");
  Frame *f = call_frame(call);
  bool falsy_too = value_is_defined(boolean) && is_true(f, call_node(call), boolean);
  return falsy_too && !is_true(f, call_node(call), call->input) ? otherwise : call->input;
}

/* --- lists to lists --- */

static Value copy_list(TemplateCall *call, Value list) {
  Value copy = value_list(call->arena, list.list->count);
  for (size_t i = 0; i < list.list->count; i++) value_push(copy, list.list->items[i]);
  charge(call_frame(call), call_node(call), list.list->count);
  return copy;
}

static Value filter_list(TemplateCall *call) {
  return copy_list(call, filter_input_list(call));
}

static Value filter_reverse(TemplateCall *call) {
  if (value_is_text(call->input))
    return slice_value(call_frame(call), call_node(call), call->input,
                       (const Value[]){value_null(), value_null(), value_int(-1)});
  Value list = filter_input_list(call);
  Value reversed = value_list(call->arena, list.list->count);
  for (size_t i = list.list->count; i > 0; i--) value_push(reversed, list.list->items[i - 1]);
  return reversed;
}

static Value filter_batch(TemplateCall *call) {
  int64_t size;
  if (!filter_whole(call, 0, "linecount", 0, &size)) return value_null();
  if (size > TEMPLATE_RANGE_MOST) fail_limit(call_frame(call), call_node(call), "this row is too long", "100000", "");
  Value fill = filter_or(call, 1, "fill_with", (Value){0});
  Value list = filter_input_list(call);
  Value rows = value_list(call->arena, 0);
  Value row = value_list(call->arena, 0);
  for (size_t i = 0; i < list.list->count; i++) {
    if ((int64_t)row.list->count == size) {
      value_push(rows, row);
      row = value_list(call->arena, 0);
    }
    value_push(row, list.list->items[i]);
    charge(call_frame(call), call_node(call), 1);
  }
  if (row.list->count == 0) return rows;
  while (value_is_defined(fill) && (int64_t)row.list->count < size) value_push(row, fill);
  value_push(rows, row);
  return rows;
}

static Value filter_slice(TemplateCall *call) {
  int64_t slices;
  if (!filter_whole(call, 0, "slices", 0, &slices)) return value_null();
  if (slices == 0) return refuse(call, "`slice` wants at least one slice");
  if (slices > TEMPLATE_RANGE_MOST)
    fail_limit(call_frame(call), call_node(call), "these are too many slices", "100000", "");
  Value fill = filter_or(call, 1, "fill_with", (Value){0});
  Value list = filter_input_list(call);
  Value columns = value_list(call->arena, 0);
  if (slices < 0) return columns;
  size_t count = (size_t)slices;
  size_t each = list.list->count / count;
  size_t longer = list.list->count % count;
  size_t at = 0;
  for (size_t n = 0; n < count; n++) {
    Value column = value_list(call->arena, each + 1);
    for (size_t i = 0; i < each + (n < longer ? 1 : 0); i++) value_push(column, list.list->items[at++]);
    if (value_is_defined(fill) && n >= longer) value_push(column, fill);
    value_push(columns, column);
    charge(call_frame(call), call_node(call), 1);
  }
  return columns;
}

static Value filter_items(TemplateCall *call) {
  Value map = call->input;
  Value pairs = value_list(call->arena, value_count(map));
  if (!value_is_defined(map)) return pairs;
  if (map.type != VALUE_MAP) return refuse(call, "`items` wants a map, not %.*s", STR_ARG(value_type_name(map)));
  for (size_t i = 0; i < map.map->count; i++) {
    Value pair = value_tuple(call->arena, 2);
    value_push(pair, value_str(map.map->entries[i].key));
    value_push(pair, map.map->entries[i].value);
    value_push(pairs, pair);
  }
  return pairs;
}

/* --- join and sum --- */

static void join_parts(TemplateCall *call, Value list, Value separator, Buf *out) {
  Frame *f = call_frame(call);
  const Node *node = call_node(call);
  bool markup = separator.type == VALUE_MARKUP;
  for (size_t i = 0; i < list.list->count && !out->over; i++) {
    if (i) buf_add(out, separator.str);
    buf_add(out, markup ? html_of(f, node, list.list->items[i]) : text_of(f, node, list.list->items[i]));
    charge(f, node, 1);
  }
}

static Value filter_join(TemplateCall *call) {
  Value list = filter_input_list(call);
  Value attribute = ARG(call, 1, "attribute");
  Path path = {.key = attribute};
  Value mapped = value_list(call->arena, list.list->count);
  bool markup = false;
  for (size_t i = 0; i < list.list->count; i++) {
    Value item = must_be_defined(call_frame(call), call_node(call), path_get(call, &path, list.list->items[i]));
    markup |= item.type == VALUE_MARKUP;
    value_push(mapped, item);
  }
  Value separator = to_text(call_frame(call), call_node(call), filter_or(call, 0, "d", value_c("")));
  if (!call->autoescape) separator = value_str(separator.str);
  if (call->autoescape && markup && separator.type == VALUE_STR)
    separator = value_markup(html_of(call_frame(call), call_node(call), separator));
  Buf out = filter_buf(call);
  join_parts(call, mapped, separator, &out);
  return text_like(separator, filter_done(call, &out));
}

static Value filter_sum(TemplateCall *call) {
  Path path = {.key = ARG(call, 0, "attribute")};
  Value sum = ARG(call, 1, "start");
  if (!value_is_defined(sum)) sum = value_int(0);
  if (value_is_text(sum)) return refuse(call, "`sum` adds numbers; `join` joins text");
  Value list = filter_input_list(call);
  for (size_t i = 0; i < list.list->count; i++) {
    Value item = must_be_defined(call_frame(call), call_node(call), path_get(call, &path, list.list->items[i]));
    sum = eval_binary(call_frame(call), call_node(call), OP_ADD, sum, item);
  }
  return sum;
}

/* --- map, select, reject --- */

static CallArgs rest_of(const TemplateCall *call, size_t from) {
  if (from > call->arg_count) from = call->arg_count;
  return (CallArgs){.positional = call->arg_count ? (Value *)(uintptr_t)(call->args + from) : NULL,
                    .count = call->arg_count - from,
                    .named = (ValueEntry *)(uintptr_t)call->named,
                    .named_count = call->named_count};
}

static const Callable *callable_of(TemplateCall *call, Value name, bool test) {
  const Name *known = value_is_text(name) ? template_name_find(call_frame(call)->r->engine, name.str) : NULL;
  const Callable *callable = known ? (test ? known->test : known->filter) : NULL;
  if (!callable) refuse(call, "there is no %s `%.*s`", test ? "test" : "filter", STR_ARG(value_text(name)));
  return callable;
}

static bool map_attribute(TemplateCall *call, Path *path) {
  if (call->arg_count) return false;
  for (size_t i = 0; i < call->named_count; i++) {
    if (str_equal(call->named[i].key, STR("attribute")))
      path->key = call->named[i].value;
    else if (str_equal(call->named[i].key, STR("default")))
      path->otherwise = call->named[i].value;
    else
      refuse(call, "`map` has no argument `%.*s`", STR_ARG(call->named[i].key));
  }
  if (!value_is_defined(path->key)) refuse(call, "`map` wants a filter, or `attribute=…`");
  return true;
}

static Value filter_map(TemplateCall *call) {
  Path path = {0};
  bool attribute = map_attribute(call, &path);
  if (call->error.s) return value_null();
  const Callable *callable = attribute ? NULL : callable_of(call, call->args[0], false);
  if (!attribute && !callable) return value_null();
  Value list = filter_input_list(call);
  Value mapped = value_list(call->arena, list.list->count);
  CallArgs args = rest_of(call, 1);
  for (size_t i = 0; i < list.list->count; i++) {
    Value item = list.list->items[i];
    charge(call_frame(call), call_node(call), 1);
    value_push(mapped, attribute ? path_get(call, &path, item)
                                 : call_callable(call_frame(call), call_node(call), callable, item, &args));
  }
  return mapped;
}

static Value pick(TemplateCall *call, bool attribute, bool wanted) {
  size_t first = attribute ? 1 : 0;
  Path path = {0};
  if (attribute && call->arg_count == 0) return refuse(call, "this filter wants the name of a member first");
  if (attribute) path.key = call->args[0];
  const Callable *test = NULL;
  if (call->arg_count > first) {
    test = callable_of(call, call->args[first], true);
    if (!test) return value_null();
  }
  Frame *f = call_frame(call);
  const Node *node = call_node(call);
  CallArgs args = rest_of(call, first + 1);
  Value list = filter_input_list(call);
  Value picked = value_list(call->arena, 0);
  for (size_t i = 0; i < list.list->count; i++) {
    Value item = path_get(call, &path, list.list->items[i]);
    Value holds = test ? call_callable(f, node, test, item, &args) : item;
    if (is_true(f, node, holds) == wanted) value_push(picked, list.list->items[i]);
  }
  return picked;
}

static Value filter_select(TemplateCall *call) {
  return pick(call, false, true);
}

static Value filter_reject(TemplateCall *call) {
  return pick(call, false, false);
}

static Value filter_selectattr(TemplateCall *call) {
  return pick(call, true, true);
}

static Value filter_rejectattr(TemplateCall *call) {
  return pick(call, true, false);
}

const Builtin list_filters[] = {
    BUILTIN("attr", filter_attr, "name!"),
    BUILTIN("batch", filter_batch, "linecount! fill_with"),
    BUILTIN("count", filter_length, ""),
    BUILTIN_ANY("d", filter_default, "default_value boolean"),
    BUILTIN_ANY("default", filter_default, "default_value boolean"),
    BUILTIN("dictsort", filter_dictsort, "case_sensitive by reverse"),
    BUILTIN("first", filter_first, ""),
    BUILTIN("groupby", filter_groupby, "attribute! default case_sensitive"),
    BUILTIN_ANY("items", filter_items, ""),
    BUILTIN("join", filter_join, "d attribute"),
    BUILTIN("last", filter_last, ""),
    BUILTIN("length", filter_length, ""),
    BUILTIN("list", filter_list, ""),
    BUILTIN("map", filter_map, "*"),
    BUILTIN("max", filter_max, "case_sensitive attribute"),
    BUILTIN("min", filter_min, "case_sensitive attribute"),
    BUILTIN("reject", filter_reject, "*"),
    BUILTIN("rejectattr", filter_rejectattr, "*"),
    BUILTIN("reverse", filter_reverse, ""),
    BUILTIN("select", filter_select, "*"),
    BUILTIN("selectattr", filter_selectattr, "*"),
    BUILTIN("slice", filter_slice, "slices! fill_with"),
    BUILTIN("sort", filter_sort, "reverse case_sensitive attribute"),
    BUILTIN("sum", filter_sum, "attribute start"),
    BUILTIN("unique", filter_unique, "case_sensitive attribute"),
    BUILTIN_END,
};
