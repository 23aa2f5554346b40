#include "template/render.h"

/* One run of a `for`; what `loop` means inside it. */
typedef struct Loop {
  const Node *node;
  Frame *frame; /* around the loop, for loop(…); NULL unless it is recursive */
  const Value *items;
  size_t count;
  size_t index;
  int depth;
  bool has_changed;
  Value changed; /* what was given to loop.changed() last */
} Loop;

static Value loop_member(void *data, Str name, Arena *arena) {
  (void)arena;
  const Loop *loop = data;
  int64_t index = (int64_t)loop->index;
  int64_t count = (int64_t)loop->count;
  if (str_equal(name, STR("index"))) return value_int(index + 1);
  if (str_equal(name, STR("index0"))) return value_int(index);
  if (str_equal(name, STR("first"))) return value_bool(index == 0);
  if (str_equal(name, STR("last"))) return value_bool(index == count - 1);
  if (str_equal(name, STR("length"))) return value_int(count);
  if (str_equal(name, STR("revindex"))) return value_int(count - index);
  if (str_equal(name, STR("revindex0"))) return value_int(count - index - 1);
  if (str_equal(name, STR("depth"))) return value_int(loop->depth);
  if (str_equal(name, STR("depth0"))) return value_int(loop->depth - 1);
  if (str_equal(name, STR("previtem")) && index > 0) return loop->items[index - 1];
  if (str_equal(name, STR("nextitem")) && index + 1 < count) return loop->items[index + 1];
  return (Value){0};
}

static const Str loop_names[] = {
    {"index", 5}, {"index0", 6}, {"revindex", 8}, {"revindex0", 9}, {"first", 5},   {"last", 4},      {"length", 6},
    {"depth", 5}, {"depth0", 6}, {"previtem", 8}, {"nextitem", 8},  {"cycle()", 7}, {"changed()", 9},
};

const ValueClass loop_class = {.name = {"loop", 4},
                               .member = loop_member,
                               .names = loop_names,
                               .name_count = sizeof loop_names / sizeof *loop_names};

static Value cycle(Frame *f, const Node *node, const Loop *loop, const CallArgs *args) {
  if (args->count == 0) fail_format(f, node, "`loop.cycle` needs something to cycle through");
  return args->positional[loop->index % args->count];
}

static Value changed(Frame *f, const Node *node, Loop *loop, const CallArgs *args) {
  Value now = value_tuple(f->r->arena, args->count);
  for (size_t i = 0; i < args->count; i++) value_push(now, args->positional[i]);
  bool same = loop->has_changed && equal_values(f, node, loop->changed, now);
  loop->has_changed = true;
  loop->changed = now;
  return value_bool(!same);
}

Value loop_method(Frame *f, const Node *node, Value value, const CallArgs *args) {
  Str name = node->call.callee->member.name->text;
  Loop *loop = value.object.data;
  if (args->named_count) fail_format(f, node, "`loop.%.*s` takes no named arguments", STR_ARG(name));
  if (str_equal(name, STR("cycle"))) return cycle(f, node, loop, args);
  if (str_equal(name, STR("changed"))) return changed(f, node, loop, args);
  return (Value){0};
}

/* The items for which `for … if` holds. */
static Value filtered(Frame *f, const ForNode *node, Value items) {
  Frame inner = *f;
  Value kept = value_list(f->r->arena, 0);
  for (size_t i = 0; i < items.list->count; i++) {
    inner.scope = scope_new(f, f->scope);
    assign(&inner, node->target, items.list->items[i]);
    if (is_true(&inner, node->filter, eval(&inner, node->filter))) value_push(kept, items.list->items[i]);
  }
  return kept;
}

static void run_turns(Frame *f, const ForNode *node, Loop *loop) {
  Value self = object(&loop_class, loop);
  const Name *name = f->t->engine->known.loop;
  Frame inner = *f;
  inner.top = false;
  inner.scope = scope_new(f, f->scope);
  for (; loop->index < loop->count; loop->index++) {
    charge(f, loop->node, 1);
    if (node->keeps_scope && loop->index) inner.scope = scope_new(f, f->scope);
    inner.scope->count = 0;
    scope_set(&inner, inner.scope, name, self);
    assign(&inner, node->target, loop->items[loop->index]);
    exec(&inner, node->body);
  }
}

static void run_loop(Frame *f, const Node *node, Value iterable, int depth) {
  const ForNode *statement = node->loop;
  Value items = iterate(f, statement->iterable, iterable);
  if (statement->filter) items = filtered(f, statement, items);
  if (items.list->count == 0) {
    Frame inner = *f;
    inner.top = false;
    inner.scope = scope_new(f, f->scope);
    exec(&inner, statement->otherwise);
    return;
  }
  Loop *loop = ARENA_NEW(f->r->arena, Loop);
  *loop = (Loop){.node = node, .items = items.list->items, .count = items.list->count, .depth = depth};
  if (statement->recursive) {
    loop->frame = ARENA_NEW(f->r->arena, Frame);
    *loop->frame = *f;
  }
  run_turns(f, statement, loop);
  loop->index = loop->count - 1; /* it may have been kept in a namespace */
}

void exec_for(Frame *f, const Node *node) {
  run_loop(f, node, eval_defined(f, node->loop->iterable), 1);
}

Value loop_call(Frame *f, const Node *node, Value value, const CallArgs *args) {
  const Loop *loop = value.object.data;
  if (!loop->frame)
    fail_value(f, node, STR("this loop cannot be called"), STR("write `recursive` at the end of its `for`"));
  if (args->count != 1 || args->named_count) fail_format(f, node, "`loop(…)` takes one list");
  CallSite site = {f->r->site, f->t, node, "called from here"};
  enter_call(f, node);
  f->r->site = &site;
  Frame inner = *loop->frame;
  Buf out = new_buf(f);
  inner.out = &out;
  inner.parent = NULL;
  run_loop(&inner, loop->node, must_be_defined(f, node, args->positional[0]), loop->depth + 1);
  f->r->site = site.outer;
  leave_call(f);
  Str text = check_buf(f, node, &out);
  return inner.autoescape ? value_markup(text) : value_str(text);
}
