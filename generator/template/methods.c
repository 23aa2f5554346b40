/* Methods that template authors know from Python: "a b".split(), map.items(), list.append(x). */
#include "template/filters.h"

#include <string.h>

#include <unicode/uchar.h>

#include "base/utf8.h"

typedef Builtin Method;

/* --- text --- */

static Str arg_text(TemplateCall *call, size_t position, const char *keyword, Str otherwise) {
  Value value = filter_or(call, position, keyword, (Value){0});
  if (!value_is_defined(value)) return otherwise;
  if (!value_is_text(value)) {
    refuse(call, "`%.*s` wants text, not %.*s", STR_ARG(call_node(call)->call.callee->member.name->text),
           STR_ARG(value_type_name(value)));
    return (Str){"", 0};
  }
  return value.str;
}

/* As arg_text; what goes into markup is escaped, as MarkupSafe does for some methods and not for others. */
static Str arg_html(TemplateCall *call, size_t position, const char *keyword, Str otherwise) {
  Str text = arg_text(call, position, keyword, otherwise);
  Value given = filter_or(call, position, keyword, (Value){0});
  return call->input.type == VALUE_MARKUP && value_is_text(given) ? html_of(call_frame(call), call_node(call), given)
                                                                  : text;
}

static Value like_input(TemplateCall *call, Str text) {
  return text_like(call->input, text);
}

static Value method_upper(TemplateCall *call) {
  return like_input(call, utf8_upper(call->arena, call->input.str));
}

static Value method_lower(TemplateCall *call) {
  return like_input(call, utf8_lower(call->arena, call->input.str));
}

static Value method_capitalize(TemplateCall *call) {
  return like_input(call, text_capitalize(call->arena, call->input.str));
}

/* Python's str.title: a letter that follows no letter is upper case, unlike the filter of that name. */
static Value method_title(TemplateCall *call) {
  Str text = call->input.str;
  Buf out = filter_buf(call);
  bool after_letter = false;
  for (size_t at = 0; at < text.len;) {
    uint32_t c = utf8_next(text, &at);
    utf8_add(&out, (uint32_t)(after_letter ? u_tolower((UChar32)c) : u_totitle((UChar32)c)));
    after_letter = utf8_is_letter(c);
  }
  return like_input(call, filter_done(call, &out));
}

static Value strip(TemplateCall *call, TextStrip sides) {
  Str chars = arg_html(call, 0, "chars", (Str){0});
  return like_input(call, text_strip(call->input.str, chars, sides));
}

static Value method_strip(TemplateCall *call) {
  return strip(call, TEXT_STRIP_BOTH);
}

static Value method_lstrip(TemplateCall *call) {
  return strip(call, TEXT_STRIP_LEFT);
}

static Value method_rstrip(TemplateCall *call) {
  return strip(call, TEXT_STRIP_RIGHT);
}

/* Is `text` at its beginning, or end, one of the given texts? */
static Value affix(TemplateCall *call, bool (*has)(Str, Str)) {
  Value what = ARG(call, 0, "prefix");
  if (value_is_text(what)) return value_bool(has(call->input.str, what.str));
  if (!value_is_tuple(what))
    return refuse(call, "text is compared with text here, not %.*s", STR_ARG(value_type_name(what)));
  for (size_t i = 0; i < what.list->count; i++)
    if (value_is_text(what.list->items[i]) && has(call->input.str, what.list->items[i].str)) return value_bool(true);
  return value_bool(false);
}

static Value method_startswith(TemplateCall *call) {
  return affix(call, str_starts);
}

static Value method_endswith(TemplateCall *call) {
  return affix(call, str_ends);
}

static Value method_removeprefix(TemplateCall *call) {
  Str prefix = arg_text(call, 0, "prefix", (Str){"", 0});
  return value_str(str_skip(call->input.str, str_starts(call->input.str, prefix) ? prefix.len : 0));
}

static Value method_removesuffix(TemplateCall *call) {
  Str suffix = arg_text(call, 0, "suffix", (Str){"", 0});
  size_t len = call->input.str.len;
  return value_str(str_slice(call->input.str, 0, str_ends(call->input.str, suffix) ? len - suffix.len : len));
}

static Value method_replace(TemplateCall *call) {
  int64_t count;
  if (!filter_whole(call, 2, "count", -1, &count)) return value_null();
  Str old = arg_html(call, 0, "old", (Str){"", 0});
  Str new = arg_html(call, 1, "new", (Str){"", 0});
  if (call->error.s) return value_null();
  return like_input(call, text_replace(call, call->input.str, old, new, count));
}

static Value split_spaces(TemplateCall *call, int64_t most) {
  Str rest = text_strip(call->input.str, (Str){0}, TEXT_STRIP_LEFT);
  Value parts = value_list(call->arena, 0);
  while (rest.len) {
    if (most-- == 0) {
      value_push(parts, like_input(call, rest));
      break;
    }
    size_t end = 0;
    for (size_t next = 0; end < rest.len && !text_is_space(utf8_next(rest, &next));) end = next;
    value_push(parts, like_input(call, str_slice(rest, 0, end)));
    rest = text_strip(str_skip(rest, end), (Str){0}, TEXT_STRIP_LEFT);
    charge(call_frame(call), call_node(call), 1);
  }
  return parts;
}

static Value method_split(TemplateCall *call) {
  int64_t most;
  if (!filter_whole(call, 1, "maxsplit", -1, &most)) return value_null();
  if (filter_or(call, 0, "sep", value_null()).type == VALUE_NULL) return split_spaces(call, most);
  Str separator = arg_text(call, 0, "sep", (Str){"", 0});
  if (separator.len == 0)
    return call->error.s ? value_null() : refuse(call, "`split` wants a separator that is not empty");
  Str rest = call->input.str;
  Value parts = value_list(call->arena, 0);
  for (; most != 0; most--) {
    size_t found = str_find(rest, separator);
    if (found == STR_NONE) break;
    value_push(parts, like_input(call, str_slice(rest, 0, found)));
    rest = str_skip(rest, found + separator.len);
    charge(call_frame(call), call_node(call), 1);
  }
  value_push(parts, like_input(call, rest));
  return parts;
}

static size_t find_last(Str text, Str what) {
  for (size_t i = text.len + 1; i > 0; i--)
    if (str_starts(str_skip(text, i - 1), what)) return i - 1;
  return STR_NONE;
}

static Value method_rsplit(TemplateCall *call) {
  int64_t most;
  if (!filter_whole(call, 1, "maxsplit", -1, &most)) return value_null();
  Str separator = arg_text(call, 0, "sep", (Str){"", 0});
  if (separator.len == 0) return call->error.s ? value_null() : refuse(call, "`rsplit` wants a separator here");
  Str rest = call->input.str;
  Value backward = value_list(call->arena, 0);
  for (; most != 0; most--) {
    charge(call_frame(call), call_node(call), 1 + rest.len / 64);
    size_t found = find_last(rest, separator);
    if (found == STR_NONE) break;
    value_push(backward, like_input(call, str_skip(rest, found + separator.len)));
    rest = str_slice(rest, 0, found);
  }
  value_push(backward, like_input(call, rest));
  Value parts = value_list(call->arena, backward.list->count);
  for (size_t i = backward.list->count; i > 0; i--) value_push(parts, backward.list->items[i - 1]);
  return parts;
}

static Value method_splitlines(TemplateCall *call) {
  Value lines = value_list(call->arena, 0);
  Str rest = call->input.str;
  Str line;
  while (text_next_line(&rest, &line)) {
    charge(call_frame(call), call_node(call), 1);
    value_push(lines, like_input(call, line));
  }
  return lines;
}

static Value method_join(TemplateCall *call) {
  Frame *f = call_frame(call);
  Value list = iterate(f, call_node(call), ARG(call, 0, "list"));
  Buf out = filter_buf(call);
  for (size_t i = 0; i < list.list->count && !out.over; i++) {
    Value item = must_be_defined(f, call_node(call), list.list->items[i]);
    bool markup = call->input.type == VALUE_MARKUP;
    if (!markup && !value_is_text(item))
      return refuse(call, "`join` wants text here, not %.*s", STR_ARG(value_type_name(item)));
    if (i) buf_add(&out, call->input.str);
    buf_add(&out, markup ? html_of(f, call_node(call), item) : item.str);
    charge(f, call_node(call), 1);
  }
  return like_input(call, filter_done(call, &out));
}

static Value index_of(TemplateCall *call, size_t found) {
  if (found == STR_NONE) return value_int(-1);
  return value_int((int64_t)utf8_count(str_slice(call->input.str, 0, found)));
}

static Value method_find(TemplateCall *call) {
  return index_of(call, str_find(call->input.str, arg_text(call, 0, "sub", (Str){"", 0})));
}

static Value method_rfind(TemplateCall *call) {
  charge(call_frame(call), call_node(call), call->input.str.len / 8);
  return index_of(call, find_last(call->input.str, arg_text(call, 0, "sub", (Str){"", 0})));
}

static Value method_index(TemplateCall *call) {
  Value found = method_find(call);
  return found.type == VALUE_INT && found.i < 0 ? refuse(call, "the text is not in it") : found;
}

static Value method_count(TemplateCall *call) {
  Str what = arg_text(call, 0, "sub", (Str){"", 0});
  if (what.len == 0) return value_int((int64_t)utf8_count(call->input.str) + 1);
  int64_t count = 0;
  Str rest = call->input.str;
  for (size_t found = str_find(rest, what); found != STR_NONE; found = str_find(rest, what)) {
    rest = str_skip(rest, found + what.len);
    count++;
  }
  return value_int(count);
}

static Value method_center(TemplateCall *call) {
  int64_t width;
  if (!filter_whole(call, 0, "width", 0, &width)) return value_null();
  return like_input(call, text_center(call, call->input.str, width));
}

static Value method_ljust(TemplateCall *call) {
  int64_t width;
  if (!filter_whole(call, 0, "width", 0, &width)) return value_null();
  return like_input(call, text_pad(call, call->input.str, 0, width - (int64_t)utf8_count(call->input.str)));
}

static Value method_rjust(TemplateCall *call) {
  int64_t width;
  if (!filter_whole(call, 0, "width", 0, &width)) return value_null();
  return like_input(call, text_pad(call, call->input.str, width - (int64_t)utf8_count(call->input.str), 0));
}

static Value method_zfill(TemplateCall *call) {
  int64_t width;
  if (!filter_whole(call, 0, "width", 0, &width)) return value_null();
  Str text = call->input.str;
  bool sign = str_starts(text, STR("-")) || str_starts(text, STR("+"));
  int64_t zeros = width - (int64_t)utf8_count(text);
  if (zeros <= 0) return call->input;
  charge_text(call_frame(call), call_node(call), (size_t)zeros);
  Buf out = filter_buf(call);
  buf_add(&out, str_slice(text, 0, sign));
  for (int64_t i = 0; i < zeros; i++) buf_add_byte(&out, '0');
  buf_add(&out, str_skip(text, sign));
  return like_input(call, filter_done(call, &out));
}

static bool is_alphabetic(uint32_t c) {
  return (U_MASK(u_charType((UChar32)c)) & U_GC_L_MASK) != 0;
}

static bool is_alphanumeric(uint32_t c) {
  return (U_MASK(u_charType((UChar32)c)) & (U_GC_L_MASK | U_GC_N_MASK)) != 0;
}

static Value all_are(TemplateCall *call, bool (*is)(uint32_t)) {
  Str text = call->input.str;
  for (size_t at = 0; at < text.len;)
    if (!is(utf8_next(text, &at))) return value_bool(false);
  return value_bool(text.len > 0);
}

static Value method_isdigit(TemplateCall *call) {
  return all_are(call, utf8_is_digit);
}

static Value method_isalpha(TemplateCall *call) {
  return all_are(call, is_alphabetic);
}

static Value method_isalnum(TemplateCall *call) {
  return all_are(call, is_alphanumeric);
}

static Value method_isspace(TemplateCall *call) {
  return all_are(call, text_is_space);
}

static Value is_case(TemplateCall *call, const char *test) {
  const Name *name = template_name_find(call_frame(call)->r->engine, str_from_c(test));
  return name->test->function(call);
}

static Value method_isupper(TemplateCall *call) {
  return is_case(call, "upper");
}

static Value method_islower(TemplateCall *call) {
  return is_case(call, "lower");
}

static Value method_format(TemplateCall *call) {
  CallArgs args = {.positional = (Value *)(uintptr_t)call->args,
                   .count = call->arg_count,
                   .named = (ValueEntry *)(uintptr_t)call->named,
                   .named_count = call->named_count};
  return format_braces(call_frame(call), call_node(call), call->input, &args);
}

static const Method text_methods[] = {
    BUILTIN("capitalize", method_capitalize, ""),
    BUILTIN("center", method_center, "width!"),
    BUILTIN("count", method_count, "sub!"),
    BUILTIN("endswith", method_endswith, "prefix!"),
    BUILTIN("find", method_find, "sub!"),
    BUILTIN("format", method_format, "*"),
    BUILTIN("index", method_index, "sub!"),
    BUILTIN("isalnum", method_isalnum, ""),
    BUILTIN("isalpha", method_isalpha, ""),
    BUILTIN("isdigit", method_isdigit, ""),
    BUILTIN("islower", method_islower, ""),
    BUILTIN("isspace", method_isspace, ""),
    BUILTIN("isupper", method_isupper, ""),
    BUILTIN("join", method_join, "list!"),
    BUILTIN("ljust", method_ljust, "width!"),
    BUILTIN("lower", method_lower, ""),
    BUILTIN("lstrip", method_lstrip, "chars"),
    BUILTIN("removeprefix", method_removeprefix, "prefix!"),
    BUILTIN("removesuffix", method_removesuffix, "suffix!"),
    BUILTIN("replace", method_replace, "old! new! count"),
    BUILTIN("rfind", method_rfind, "sub!"),
    BUILTIN("rjust", method_rjust, "width!"),
    BUILTIN("rsplit", method_rsplit, "sep! maxsplit"),
    BUILTIN("rstrip", method_rstrip, "chars"),
    BUILTIN("split", method_split, "sep maxsplit"),
    BUILTIN("splitlines", method_splitlines, ""),
    BUILTIN("startswith", method_startswith, "prefix!"),
    BUILTIN("strip", method_strip, "chars"),
    BUILTIN("title", method_title, ""),
    BUILTIN("upper", method_upper, ""),
    BUILTIN("zfill", method_zfill, "width!"),
    BUILTIN_END,
};

/* --- maps --- */

static Value method_items(TemplateCall *call) {
  const ValueMap *map = call->input.map;
  charge(call_frame(call), call_node(call), map->count);
  Value pairs = value_list(call->arena, map->count);
  for (size_t i = 0; i < map->count; i++) {
    Value pair = value_tuple(call->arena, 2);
    value_push(pair, value_str(map->entries[i].key));
    value_push(pair, map->entries[i].value);
    value_push(pairs, pair);
  }
  return value_of_kind(pairs, LIST_ITEMS);
}

static Value method_keys(TemplateCall *call) {
  return value_of_kind(iterate(call_frame(call), call_node(call), call->input), LIST_KEYS);
}

static Value method_values(TemplateCall *call) {
  const ValueMap *map = call->input.map;
  charge(call_frame(call), call_node(call), map->count);
  Value values = value_list(call->arena, map->count);
  for (size_t i = 0; i < map->count; i++) value_push(values, map->entries[i].value);
  return value_of_kind(values, LIST_VALUES);
}

static Value method_get(TemplateCall *call) {
  Value key = ARG(call, 0, "key");
  const ValueEntry *entry = value_is_text(key) ? value_entry(call->input, key.str) : NULL;
  if (entry) return entry->value;
  Value otherwise = ARG(call, 1, "default");
  return value_is_defined(otherwise) ? otherwise : value_null();
}

static Value method_copy(TemplateCall *call) {
  const ValueMap *map = call->input.map;
  charge(call_frame(call), call_node(call), map->count);
  Value copy = value_map(call->arena, map->count);
  for (size_t i = 0; i < map->count; i++) value_set(copy, map->entries[i].key, map->entries[i].value);
  return copy;
}

/* What was not made by the templates of this page is shared with other pages, and may not change. */
static bool is_ours(TemplateCall *call, const Arena *arena) {
  if (arena == call->arena) return true;
  refuse(call, "this value belongs to the site's data and cannot be changed");
  call->hint = STR("make a copy first: `{% set mine = theirs | list %}`, or `theirs.copy()` of a map");
  return false;
}

static Value method_update(TemplateCall *call) {
  if (!is_ours(call, call->input.map->arena)) return value_null();
  Value from = ARG(call, 0, "map");
  if (value_is_defined(from) && from.type != VALUE_MAP) return refuse(call, "`update` wants a map");
  size_t count = value_count(from);
  for (size_t i = 0; i < count; i++) value_set(call->input, from.map->entries[i].key, from.map->entries[i].value);
  for (size_t i = 0; i < call->named_count; i++) value_set(call->input, call->named[i].key, call->named[i].value);
  charge(call_frame(call), call_node(call), count);
  return value_null();
}

static Value method_setdefault(TemplateCall *call) {
  Value key = ARG(call, 0, "key");
  if (!value_is_text(key)) return refuse(call, "the keys of a map are text");
  const ValueEntry *entry = value_entry(call->input, key.str);
  if (entry) return entry->value;
  if (!is_ours(call, call->input.map->arena)) return value_null();
  Value value = ARG(call, 1, "default");
  if (!value_is_defined(value)) value = value_null();
  value_set(call->input, key.str, value);
  return value;
}

static const Method map_methods[] = {
    BUILTIN("copy", method_copy, ""),
    BUILTIN("get", method_get, "key! default"),
    BUILTIN("items", method_items, ""),
    BUILTIN("keys", method_keys, ""),
    BUILTIN("setdefault", method_setdefault, "key! default"),
    BUILTIN("update", method_update, "map *"),
    BUILTIN("values", method_values, ""),
    BUILTIN_END,
};

/* --- lists --- */

static Value method_append(TemplateCall *call) {
  if (is_ours(call, call->input.list->arena)) value_push(call->input, ARG(call, 0, "item"));
  return value_null();
}

static Value method_extend(TemplateCall *call) {
  if (!is_ours(call, call->input.list->arena)) return value_null();
  Value more = iterate(call_frame(call), call_node(call), ARG(call, 0, "list"));
  size_t count = more.list->count; /* it may be the same list */
  for (size_t i = 0; i < count; i++) value_push(call->input, more.list->items[i]);
  charge(call_frame(call), call_node(call), count);
  return value_null();
}

static Value method_insert(TemplateCall *call) {
  if (!is_ours(call, call->input.list->arena)) return value_null();
  int64_t at;
  if (!value_whole(call->args[0], &at)) return refuse(call, "`insert` wants a whole number first");
  ValueList *list = call->input.list;
  if (at < 0) at += (int64_t)list->count;
  if (at < 0) at = 0;
  if ((size_t)at > list->count) at = (int64_t)list->count;
  charge(call_frame(call), call_node(call), list->count);
  value_push(call->input, call->args[1]);
  memmove(list->items + at + 1, list->items + at, (list->count - 1 - (size_t)at) * sizeof *list->items);
  list->items[at] = call->args[1];
  return value_null();
}

static Value method_pop(TemplateCall *call) {
  ValueList *list = call->input.list;
  int64_t at;
  if (!filter_whole(call, 0, "index", -1, &at) || !is_ours(call, list->arena)) return value_null();
  if (at < 0) at += (int64_t)list->count;
  if (at < 0 || (size_t)at >= list->count) return refuse(call, "the list has no such item");
  Value item = list->items[at];
  charge(call_frame(call), call_node(call), list->count);
  memmove(list->items + at, list->items + at + 1, (list->count - 1 - (size_t)at) * sizeof *list->items);
  list->count--;
  return item;
}

static Value method_reverse(TemplateCall *call) {
  ValueList *list = call->input.list;
  if (!is_ours(call, list->arena)) return value_null();
  charge(call_frame(call), call_node(call), list->count);
  for (size_t i = 0; i < list->count / 2; i++) {
    Value item = list->items[i];
    list->items[i] = list->items[list->count - 1 - i];
    list->items[list->count - 1 - i] = item;
  }
  return value_null();
}

static Value method_list_index(TemplateCall *call) {
  const ValueList *list = call->input.list;
  for (size_t i = 0; i < list->count; i++)
    if (equal_values(call_frame(call), call_node(call), list->items[i], call->args[0])) return value_int((int64_t)i);
  return refuse(call, "the list does not hold this value");
}

static Value method_list_count(TemplateCall *call) {
  const ValueList *list = call->input.list;
  int64_t count = 0;
  for (size_t i = 0; i < list->count; i++)
    count += equal_values(call_frame(call), call_node(call), list->items[i], call->args[0]);
  return value_int(count);
}

static Value method_list_copy(TemplateCall *call) {
  return slice_value(call_frame(call), call_node(call), call->input,
                     (const Value[]){value_null(), value_null(), value_null()});
}

/* The last two are those of tuples too. */
static const Method list_methods[] = {
    BUILTIN("append", method_append, "item!"),
    BUILTIN("copy", method_list_copy, ""),
    BUILTIN("extend", method_extend, "list!"),
    BUILTIN("insert", method_insert, "index! item!"),
    BUILTIN("pop", method_pop, "index"),
    BUILTIN("reverse", method_reverse, ""),
    BUILTIN("count", method_list_count, "item!"),
    BUILTIN("index", method_list_index, "item!"),
    BUILTIN_END,
};

static const Method *methods_of(Value value) {
  if (value_is_text(value)) return text_methods;
  if (value.type == VALUE_MAP) return map_methods;
  if (value.type != VALUE_LIST || value.flags > LIST_GROUP) return NULL;
  return value_is_tuple(value) ? list_methods + sizeof list_methods / sizeof *list_methods - 3 : list_methods;
}

Str nearest_method(Value base, Str name) {
  Str names[sizeof text_methods / sizeof *text_methods]; /* the longest of the tables */
  size_t count = 0;
  for (const Method *m = methods_of(base); m && m->name; m++) names[count++] = m->callable.name;
  return str_nearest(name, names, count);
}

bool call_method(Frame *f, const Node *node, Value base, const CallArgs *args, Value *result) {
  if (base.type == VALUE_OBJECT) {
    *result = call_object_method(f, node, base, args);
    return value_is_defined(*result);
  }
  Str name = node->call.callee->member.name->text;
  for (const Method *m = methods_of(base); m && m->name; m++) {
    if (!str_equal(m->callable.name, name)) continue;
    *result = call_callable(f, node, &m->callable, base, args);
    return true;
  }
  return false;
}
