#include "template/render.h"

/* A macro, or a call block's caller, with what it saw where it was written. */
typedef struct Macro {
  const MacroNode *node;
  Frame frame;
} Macro;

static Value macro_member(void *data, Str name, Arena *arena) {
  const Macro *macro = data;
  const MacroNode *node = macro->node;
  if (str_equal(name, STR("name"))) return node->name ? value_str(node->name->text) : value_null();
  if (str_equal(name, STR("catch_kwargs"))) return value_bool(node->uses_kwargs);
  if (str_equal(name, STR("catch_varargs"))) return value_bool(node->uses_varargs);
  if (str_equal(name, STR("caller"))) return value_bool(node->uses_caller || node->has_caller_param);
  if (!str_equal(name, STR("arguments"))) return (Value){0};
  Value names = value_tuple(arena, node->param_count);
  for (size_t i = 0; i < node->param_count; i++) value_push(names, value_str(node->params[i]->text));
  return names;
}

const ValueClass macro_class = {.name = {"a macro", sizeof "a macro" - 1}, .member = macro_member};

Value macro_new(Frame *f, const MacroNode *node) {
  Macro *macro = ARENA_NEW(f->r->arena, Macro);
  macro->node = node;
  macro->frame = *f;
  macro->frame.top = false;
  macro->frame.parent = NULL;
  macro->frame.calling = NULL;
  return object(&macro_class, macro);
}

static Str macro_name(const MacroNode *node) {
  return node->name ? node->name->text : STR("caller");
}

static const Value *named(const CallArgs *args, const Name *name) {
  for (size_t i = 0; i < args->named_count; i++)
    if (str_equal(args->named[i].key, name->text)) return &args->named[i].value;
  return NULL;
}

static bool has_param(const MacroNode *node, size_t from, Str name) {
  for (size_t i = from; i < node->param_count; i++)
    if (str_equal(node->params[i]->text, name)) return true;
  return false;
}

static _Noreturn void fail_named(Frame *f, const Node *node, const MacroNode *macro, Str name) {
  Str names[32];
  size_t count = 0;
  for (; count < macro->param_count && count < 32; count++) names[count] = macro->params[count]->text;
  Str what =
      str_format(f->r->arena, "the macro `%.*s` has no parameter `%.*s`", STR_ARG(macro_name(macro)), STR_ARG(name));
  if (has_param(macro, 0, name)) what = str_format(f->r->arena, "the argument `%.*s` is given twice", STR_ARG(name));
  Str nearest = str_nearest(name, names, count);
  bool other = nearest.len && !str_equal(nearest, name);
  fail_value(f, node, what, other ? str_format(f->r->arena, "did you mean `%.*s`?", STR_ARG(nearest)) : (Str){0});
}

/* Arguments that no parameter takes: varargs, kwargs, or an error. */
static void bind_rest(Frame *f, const Node *node, const Macro *macro, const CallArgs *args, Frame *inner) {
  const MacroNode *m = macro->node;
  const KnownNames *known = &macro->frame.t->engine->known;
  Value rest = value_map(f->r->arena, 0);
  for (size_t i = 0; i < args->named_count; i++) {
    Str key = args->named[i].key;
    if (has_param(m, args->count, key)) continue;
    if (m->uses_caller && str_equal(key, STR("caller"))) continue;
    if (!m->uses_kwargs) fail_named(f, node, m, key);
    value_set(rest, key, args->named[i].value);
  }
  if (m->uses_kwargs) scope_set(inner, inner->scope, known->kwargs, rest);
  if (args->count > m->param_count && !m->uses_varargs)
    fail_format(f, node, "the macro `%.*s` takes at most %zu argument%s, not %zu", STR_ARG(macro_name(m)),
                m->param_count, m->param_count == 1 ? "" : "s", args->count);
  if (!m->uses_varargs) return;
  Value more = value_tuple(f->r->arena, 0);
  for (size_t i = m->param_count; i < args->count; i++) value_push(more, args->positional[i]);
  scope_set(inner, inner->scope, known->varargs, more);
}

static void bind_params(Frame *f, const Node *node, const Macro *macro, const CallArgs *args, Frame *inner) {
  const MacroNode *m = macro->node;
  for (size_t i = 0; i < m->param_count; i++) {
    const Value *given = i < args->count ? &args->positional[i] : named(args, m->params[i]);
    Value value = given ? *given : (Value){0};
    if (!given && m->defaults[i])
      value = eval(inner, m->defaults[i]);
    else if (!given)
      value = missing_because(f, node,
                              str_format(f->r->arena, "the parameter `%.*s` of `%.*s` was not given",
                                         STR_ARG(m->params[i]->text), STR_ARG(macro_name(m))),
                              STR("give it a value in the call, or a default in the macro"));
    scope_set(inner, inner->scope, m->params[i], value);
  }
}

static void bind_caller(Frame *f, const Node *node, const Macro *macro, const Value *caller, Frame *inner) {
  const MacroNode *m = macro->node;
  const Name *name = macro->frame.t->engine->known.caller;
  if (caller && !m->uses_caller && !m->has_caller_param)
    fail_value(
        f, node,
        str_format(f->r->arena, "the macro `%.*s` does not use what the call block holds", STR_ARG(macro_name(m))),
        STR("write `{{ caller() }}` in the macro, or call it without `{% call %}`"));
  if (!caller && (!m->uses_caller || m->has_caller_param)) return;
  Value value =
      caller ? *caller : missing_because(f, node, STR("this macro wants to be used with `{% call %}`"), (Str){0});
  scope_set(inner, inner->scope, name, value);
}

Value macro_call(Frame *f, const Node *node, Value value, const CallArgs *args, const Value *caller) {
  const Macro *macro = value.object.data;
  CallSite site = {f->r->site, f->t, node, "called from here"};
  enter_call(f, node);
  Frame inner = macro->frame;
  Buf out = new_buf(f);
  inner.out = &out;
  inner.scope = scope_new(f, inner.scope);
  bind_rest(f, node, macro, args, &inner);
  const Value *passed = named(args, macro->frame.t->engine->known.caller);
  f->r->site = &site;
  bind_params(f, node, macro, args, &inner);
  if (!(passed && macro->node->has_caller_param && !caller))
    bind_caller(f, node, macro, caller ? caller : passed, &inner);
  exec(&inner, macro->node->body);
  f->r->site = site.outer;
  leave_call(f);
  Str text = check_buf(f, node, &out);
  return f->autoescape ? value_markup(text) : value_str(text);
}
