#include "template/render.h"

#include <string.h>

Scope *scope_new(Frame *f, Scope *parent) {
  Scope *scope = arena_alloc(f->r->arena, sizeof *scope, _Alignof(Scope));
  scope->parent = parent;
  scope->bindings = scope->first;
  scope->count = 0;
  scope->capacity = sizeof scope->first / sizeof *scope->first;
  scope->isolated = false;
  scope->number = ++f->r->scope_count;
  return scope;
}

static void bind(Frame *f, Scope *scope, const Name *name, Value value, bool imported) {
  depend(f, scope->number);
  for (uint32_t i = 0; i < scope->count; i++) {
    if (scope->bindings[i].name != name) continue;
    scope->bindings[i].value = value;
    scope->bindings[i].imported = imported;
    return;
  }
  if (scope->count == scope->capacity) {
    Binding *bindings = arena_alloc(f->r->arena, scope->capacity * 2 * sizeof *bindings, _Alignof(Binding));
    memcpy(bindings, scope->bindings, scope->count * sizeof *bindings);
    scope->bindings = bindings;
    scope->capacity *= 2;
  }
  scope->bindings[scope->count++] = (Binding){name, value, imported};
}

void scope_set(Frame *f, Scope *scope, const Name *name, Value value) {
  bind(f, scope, name, value, false);
}

void scope_set_imported(Frame *f, Scope *scope, const Name *name, Value value) {
  bind(f, scope, name, value, true);
}

void scope_number_variables(Render *r) {
  Value variables = r->variables;
  r->name_count = value_count(variables) < UINT16_MAX ? template_name_count(r->engine) : 0;
  r->variable_of = ARENA_ARRAY(r->arena, uint16_t, r->name_count);
  for (size_t i = 0; r->name_count && i < value_count(variables); i++) {
    const Name *name = template_name_find(r->engine, variables.map->entries[i].key);
    if (name) r->variable_of[name->number] = (uint16_t)(i + 1);
  }
}

static const Value *find_variable(const Render *r, const Name *name) {
  if (name->number < r->name_count) {
    uint16_t place = r->variable_of[name->number];
    return place ? &r->variables.map->entries[place - 1].value : NULL;
  }
  const ValueEntry *entry = value_entry(r->variables, name->text);
  return entry ? &entry->value : NULL;
}

const Value *scope_find(const Frame *f, const Name *name) {
  const Scope *scope = f->scope;
  for (;;) {
    for (uint32_t i = 0; i < scope->count; i++)
      if (scope->bindings[i].name == name) {
        depend(f, scope->number);
        return &scope->bindings[i].value;
      }
    if (!scope->parent) break;
    scope = scope->parent;
  }
  if (!scope->isolated) {
    const Value *variable = find_variable(f->r, name);
    if (variable) {
      if (f->r->memo && !memo_is_steady(f->r->memo, name)) depend(f, 0);
      return variable;
    }
  }
  bool global = value_is_defined(name->global);
  if (!global || name->assigned) depend(f, 0);
  return global ? &name->global : NULL;
}

Value scope_lookup(Frame *f, const Node *node) {
  const Value *found = scope_find(f, node->name);
  return found ? *found : missing_name(f, node);
}

static void add_globals(Value names, const TemplateEngine *engine) {
  for (; engine; engine = engine->outer)
    for (size_t i = 0; i < engine->names.size; i++)
      if (engine->names.slots[i] && value_is_defined(engine->names.slots[i]->global))
        value_push(names, value_str(engine->names.slots[i]->text));
}

Value scope_names(Frame *f, Scope *scope) {
  Value names = value_list(f->r->arena, 64);
  bool isolated = false;
  for (; scope; scope = scope->parent) {
    for (uint32_t i = 0; i < scope->count; i++) value_push(names, value_str(scope->bindings[i].name->text));
    isolated = scope->isolated;
  }
  Value variables = f->r->variables;
  for (size_t i = 0; !isolated && i < value_count(variables); i++)
    value_push(names, value_str(variables.map->entries[i].key));
  add_globals(names, f->r->engine);
  return names;
}

Value template_call_lookup(const TemplateCall *call, Str name) {
  const Name *known = template_name_find(call->frame->r->engine, name);
  const Value *found = known ? scope_find(call->frame, known) : NULL;
  if (found) return *found;
  depend(call->frame, 0);
  return value_get(call->frame->r->variables, name);
}

Value template_call_arg(const TemplateCall *call, size_t position, Str keyword) {
  if (position < call->arg_count) return call->args[position];
  for (size_t i = 0; i < call->named_count; i++)
    if (str_equal(call->named[i].key, keyword)) return call->named[i].value;
  return (Value){0};
}
