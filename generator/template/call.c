#include "template/render.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

/* --- arguments --- */

static void add_rest(Frame *f, const Node *node, CallArgs *call) {
  Value rest = iterate(f, node, eval_defined(f, node));
  charge(f, node, rest.list->count);
  Value *all = ARENA_ARRAY(f->r->arena, Value, call->count + rest.list->count);
  if (call->count) memcpy(all, call->positional, call->count * sizeof *all);
  if (rest.list->count) memcpy(all + call->count, rest.list->items, rest.list->count * sizeof *all);
  call->positional = all;
  call->count += rest.list->count;
}

static void add_named_rest(Frame *f, const Node *node, CallArgs *call) {
  Value rest = eval_defined(f, node);
  if (rest.type != VALUE_MAP) fail_format(f, node, "`**` wants a map, not %.*s", STR_ARG(value_type_name(rest)));
  Value all = value_map(f->r->arena, call->named_count + rest.map->count);
  for (size_t i = 0; i < call->named_count; i++) value_set(all, call->named[i].key, call->named[i].value);
  for (size_t i = 0; i < rest.map->count; i++) {
    Str key = rest.map->entries[i].key;
    if (value_entry(all, key)) fail_format(f, node, "the argument `%.*s` is given twice", STR_ARG(key));
    value_set(all, key, rest.map->entries[i].value);
  }
  call->named = all.map->entries;
  call->named_count = all.map->count;
}

CallArgs eval_arguments(Frame *f, const Arguments *args) {
  CallArgs call = {.count = args->positional.count, .named_count = args->named_count};
  if (call.count) call.positional = arena_alloc(f->r->arena, call.count * sizeof(Value), _Alignof(Value));
  for (size_t i = 0; i < call.count; i++) call.positional[i] = eval(f, args->positional.items[i]);
  if (args->rest) add_rest(f, args->rest, &call);
  if (call.named_count) call.named = ARENA_ARRAY(f->r->arena, ValueEntry, call.named_count);
  for (size_t i = 0; i < call.named_count; i++)
    call.named[i] = (ValueEntry){.key = args->named[i].name->text, .value = eval(f, args->named[i].value)};
  if (args->named_rest) add_named_rest(f, args->named_rest, &call);
  return call;
}

/* --- filters, tests and functions --- */

Frame *call_frame(const TemplateCall *call) {
  return (Frame *)(uintptr_t)call->frame;
}

const Node *call_node(const TemplateCall *call) {
  return call->frame->calling;
}

Value refuse(TemplateCall *call, const char *format, ...) {
  char text[256]; /* one line of a message */
  va_list args;
  va_start(args, format);
  int len = vsnprintf(text, sizeof text, format, args);
  va_end(args);
  if (len < 0) len = 0;
  if ((size_t)len >= sizeof text) {
    len = sizeof text - 1;
    while (len > 0 && ((unsigned char)text[len] & 0xC0) == 0x80) len--;
  }
  call->error = str_copy(call->arena, str_from(text, (size_t)len));
  return (Value){0};
}

/* One word of Callable.params: "width", "old!" (must be given), "*" (any number more). */
typedef struct Param {
  Str name;
  bool required, any;
} Param;

static bool next_param(Str *params, Param *param) {
  if (params->len == 0) return false;
  Str word;
  str_cut(*params, ' ', &word, params);
  *param = (Param){word, str_ends(word, STR("!")), str_equal(word, STR("*"))};
  if (param->required) param->name.len--;
  return true;
}

static bool is_named(const CallArgs *args, Str name) {
  for (size_t i = 0; i < args->named_count; i++)
    if (str_equal(args->named[i].key, name)) return true;
  return false;
}

static void check_named(Frame *f, const Node *node, const Callable *callable, Str name) {
  Str names[16]; /* more than any built-in has */
  size_t count = 0;
  Str params = str_from_c(callable->params);
  Param param;
  while (next_param(&params, &param) && count < 16) {
    if (param.any || str_equal(param.name, name)) return;
    names[count++] = param.name;
  }
  Str nearest = str_nearest(name, names, count);
  Str hint = nearest.len ? str_format(f->r->arena, "did you mean `%.*s`?", STR_ARG(nearest)) : (Str){0};
  fail_value(f, node, str_format(f->r->arena, "`%.*s` has no argument `%.*s`", STR_ARG(callable->name), STR_ARG(name)),
             hint);
}

static void check_params(Frame *f, const Node *node, const Callable *callable, const CallArgs *args) {
  Str params = str_from_c(callable->params);
  Param param;
  size_t position = 0;
  bool any = false;
  for (; next_param(&params, &param); position++) {
    any |= param.any;
    bool named = !param.any && is_named(args, param.name);
    if (param.required && position >= args->count && !named)
      fail_format(f, node, "`%.*s` needs its argument `%.*s`", STR_ARG(callable->name), STR_ARG(param.name));
    if (!any && named && position < args->count)
      fail_format(f, node, "the argument `%.*s` is given twice", STR_ARG(param.name));
  }
  if (!any && position == 0 && args->count) fail_format(f, node, "`%.*s` takes no arguments", STR_ARG(callable->name));
  if (!any && args->count > position)
    fail_format(f, node, "`%.*s` takes at most %zu argument%s, not %zu", STR_ARG(callable->name), position,
                position == 1 ? "" : "s", args->count);
  for (size_t i = 0; i < args->named_count; i++) check_named(f, node, callable, args->named[i].key);
}

static void check_defined(Frame *f, const Node *node, Value input, const CallArgs *args) {
  if (node->kind == NODE_FILTER || node->kind == NODE_TEST) must_be_defined(f, node, input);
  for (size_t i = 0; i < args->count; i++) must_be_defined(f, node, args->positional[i]);
  for (size_t i = 0; i < args->named_count; i++) must_be_defined(f, node, args->named[i].value);
}

Value call_callable(Frame *f, const Node *node, const Callable *callable, Value input, const CallArgs *args) {
  bool needs_check = callable->params && (args->count || args->named_count || strchr(callable->params, '!'));
  if (needs_check) check_params(f, node, callable, args);
  if (!callable->takes_undefined) check_defined(f, node, input, args);
  const Node *outer = f->calling;
  f->calling = node;
  TemplateCall call = {.context = callable->context,
                       .arena = f->r->arena,
                       .input = input,
                       .args = args->positional,
                       .arg_count = args->count,
                       .named = args->named,
                       .named_count = args->named_count,
                       .autoescape = f->autoescape,
                       .frame = f};
  charge(f, node, value_is_text(input) ? input.str.len / 16 : 0); /* all of it may be looked at */
  Value result = callable->function(&call);
  f->calling = outer;
  if (call.error.s) fail_value(f, node, call.error, call.hint);
  charge(f, node, 1);
  return result;
}

Value eval_filter(Frame *f, const Node *node, const Value *given) {
  Value input = node->filter.input ? eval(f, node->filter.input) : given ? *given : (Value){0};
  return apply_filter(f, node, input);
}

Value apply_filter(Frame *f, const Node *node, Value input) {
  const Callable *callable = node->kind == NODE_TEST ? node->filter.name->test : node->filter.name->filter;
  if (!callable) fail_unknown_callable(f, node);
  CallArgs args = eval_arguments(f, &node->filter.args);
  Value result = call_callable(f, node, callable, input, &args);
  return node->kind == NODE_TEST ? value_bool(is_true(f, node, result) != node->flag) : result;
}

/* --- calls --- */

void enter_call(Frame *f, const Node *node) {
  check_stack(f, node);
  if (++f->r->call_depth > TEMPLATE_CALL_DEPTH_MOST)
    fail_limit(f, node, "calls are nested too deeply", "200", "is something calling itself?");
}

void leave_call(Frame *f) {
  f->r->call_depth--;
}

bool value_is_callable(Value value) {
  if (value.type != VALUE_OBJECT) return false;
  const ValueClass *class = value.object.class;
  return class == &macro_class || class == &loop_class || class == &block_class || class == &joiner_class ||
         class == &function_class;
}

Value call_value(Frame *f, const Node *node, Value callee, const CallArgs *args) {
  charge(f, node, 1);
  if (is_object(callee, &macro_class)) return macro_call(f, node, callee, args, NULL);
  if (is_object(callee, &loop_class)) return loop_call(f, node, callee, args);
  if (is_object(callee, &block_class)) return block_call(f, node, callee);
  if (is_object(callee, &function_class)) return call_callable(f, node, callee.object.data, (Value){0}, args);
  if (is_object(callee, &joiner_class)) return call_object(f, node, callee, args);
  fail_format(f, node, "%.*s cannot be called", STR_ARG(value_type_name(callee)));
}

static Value call_member(Frame *f, const Node *node) {
  const Node *callee = node->call.callee;
  Value base = eval_defined(f, callee->member.base);
  CallArgs args = {0};
  Value result;
  bool has_methods = base.type != VALUE_OBJECT || is_object(base, &loop_class) || is_object(base, &cycler_class);
  if (has_methods) {
    args = eval_arguments(f, &node->call.args);
    if (call_method(f, node, base, &args, &result)) return result;
  }
  Value found = get_member(f, callee, base, callee->member.name->text);
  must_be_defined(f, callee, found);
  if (!has_methods) args = eval_arguments(f, &node->call.args);
  return call_value(f, node, found, &args);
}

Value eval_call(Frame *f, const Node *node) {
  if (node->call.callee->kind == NODE_MEMBER) return call_member(f, node);
  Value callee = eval_defined(f, node->call.callee);
  CallArgs args = eval_arguments(f, &node->call.args);
  return call_value(f, node, callee, &args);
}
