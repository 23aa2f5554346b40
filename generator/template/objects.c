#include "template/render.h"

/* --- namespace: the data is a ValueMap --- */

static Value namespace_member(void *data, Str name, Arena *arena) {
  (void)arena;
  return value_get((Value){.type = VALUE_MAP, .map = data}, name);
}

const ValueClass namespace_class = {.name = {"a namespace", sizeof "a namespace" - 1}, .member = namespace_member};

const ValueClass function_class = {.name = {"a function", sizeof "a function" - 1}, .member = NULL};

/* --- cycler(…) --- */

typedef struct Cycler {
  const Value *items;
  size_t count;
  size_t at;
} Cycler;

static Value cycler_member(void *data, Str name, Arena *arena) {
  (void)arena;
  const Cycler *cycler = data;
  return str_equal(name, STR("current")) ? cycler->items[cycler->at] : (Value){0};
}

const ValueClass cycler_class = {.name = {"a cycler", sizeof "a cycler" - 1}, .member = cycler_member};

static Value new_cycler(TemplateCall *call) {
  if (call->arg_count == 0) return refuse(call, "`cycler` needs something to cycle through");
  Cycler *cycler = ARENA_NEW(call->arena, Cycler);
  *cycler = (Cycler){call->args, call->arg_count, 0};
  return object(&cycler_class, cycler);
}

/* --- joiner(…): nothing the first time, then the separator --- */

typedef struct Joiner {
  Value separator;
  bool used;
} Joiner;

const ValueClass joiner_class = {.name = {"a joiner", sizeof "a joiner" - 1}, .member = NULL};

static Value new_joiner(TemplateCall *call) {
  Joiner *joiner = ARENA_NEW(call->arena, Joiner);
  joiner->separator = ARG(call, 0, "sep");
  if (!value_is_defined(joiner->separator)) joiner->separator = value_c(", ");
  return object(&joiner_class, joiner);
}

Value call_object(Frame *f, const Node *node, Value callee, const CallArgs *args) {
  if (args->count || args->named_count) fail_format(f, node, "a joiner is called without arguments");
  Joiner *joiner = callee.object.data;
  if (joiner->used) return joiner->separator;
  joiner->used = true;
  return value_str(STR(""));
}

/* Undefined: there is no such method. */
Value call_object_method(Frame *f, const Node *node, Value base, const CallArgs *args) {
  if (is_object(base, &loop_class)) return loop_method(f, node, base, args);
  if (!is_object(base, &cycler_class)) return (Value){0};
  Str name = node->call.callee->member.name->text;
  Cycler *cycler = base.object.data;
  if (str_equal(name, STR("next"))) {
    Value item = cycler->items[cycler->at];
    cycler->at = (cycler->at + 1) % cycler->count;
    return item;
  }
  if (!str_equal(name, STR("reset"))) return (Value){0};
  cycler->at = 0;
  return value_null();
}

/* --- other global functions --- */

/* Pairs or a map, then named arguments, as Python's dict(). */
static bool fill_map(TemplateCall *call, Value map) {
  Value from = call->arg_count ? call->args[0] : (Value){0};
  if (from.type == VALUE_MAP) {
    for (size_t i = 0; i < from.map->count; i++) value_set(map, from.map->entries[i].key, from.map->entries[i].value);
  } else if (from.type == VALUE_LIST) {
    for (size_t i = 0; i < from.list->count; i++) {
      Value pair = from.list->items[i];
      if (pair.type != VALUE_LIST || pair.list->count != 2 || !value_is_text(pair.list->items[0])) return false;
      value_set(map, pair.list->items[0].str, pair.list->items[1]);
    }
  } else if (call->arg_count) {
    return false;
  }
  for (size_t i = 0; i < call->named_count; i++) value_set(map, call->named[i].key, call->named[i].value);
  return true;
}

static Value new_dict(TemplateCall *call) {
  Value map = value_map(call->arena, call->named_count);
  if (!fill_map(call, map)) return refuse(call, "`dict` wants a map, or a list of pairs of text and value");
  return map;
}

static Value new_namespace(TemplateCall *call) {
  Value map = value_map(call->arena, call->named_count);
  if (!fill_map(call, map)) return refuse(call, "`namespace` wants a map, or a list of pairs of text and value");
  return object(&namespace_class, map.map);
}

static Value new_range(TemplateCall *call) {
  int64_t parts[3] = {0, 0, 1};
  if (call->arg_count == 0) return refuse(call, "`range` needs an end");
  for (size_t i = 0; i < call->arg_count; i++)
    if (!value_whole(call->args[i], &parts[i])) return refuse(call, "`range` wants whole numbers");
  if (call->arg_count == 1) {
    parts[1] = parts[0];
    parts[0] = 0;
  }
  if (parts[2] == 0) return refuse(call, "the step of `range` cannot be 0");
  Value list = value_list(call->arena, 0);
  for (int64_t i = parts[0]; parts[2] > 0 ? i < parts[1] : i > parts[1];) {
    if (list.list->count == TEMPLATE_RANGE_MOST)
      fail_limit(call_frame(call), call_node(call), "this range is too long", "100000", "");
    value_push(list, value_int(i));
    if (__builtin_add_overflow(i, parts[2], &i)) break;
  }
  charge(call_frame(call), call_node(call), list.list->count);
  return list;
}

const Builtin builtin_functions[] = {
    BUILTIN("range", new_range, "start stop step"), BUILTIN("dict", new_dict, "map *"),
    BUILTIN("namespace", new_namespace, "map *"),   BUILTIN("cycler", new_cycler, "*"),
    BUILTIN("joiner", new_joiner, "sep"),           BUILTIN_END,
};

/* --- putting all built-in names into an engine --- */

static void add_filters(TemplateEngine *engine, const Builtin *list) {
  for (; list->name; list++) template_name_intern(engine, str_from_c(list->name))->filter = &list->callable;
}

void template_add_builtins(TemplateEngine *engine) {
  add_filters(engine, text_filters);
  add_filters(engine, html_filters);
  add_filters(engine, number_filters);
  add_filters(engine, list_filters);
  for (const Builtin *b = builtin_tests; b->name; b++)
    template_name_intern(engine, str_from_c(b->name))->test = &b->callable;
  for (const Builtin *b = builtin_functions; b->name; b++)
    template_name_intern(engine, str_from_c(b->name))->global = object(&function_class, &b->callable);
}

void template_add_function(TemplateEngine *engine, Str name, TemplateFunction *function, void *context) {
  Callable *callable = ARENA_NEW(engine->arena, Callable);
  *callable = (Callable){.name = str_copy(engine->arena, name), .function = function, .context = context};
  template_name_intern(engine, name)->global = object(&function_class, callable);
}
