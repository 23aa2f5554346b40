#include "template/render.h"

#include <string.h>

/* --- contexts: a file with its parents --- */

static Context *context_new(Frame *f, const Template *t, Scope *outer) {
  Context *context = ARENA_NEW(f->r->arena, Context);
  context->t = t;
  context->top = scope_new(f, outer);
  return context;
}

static BlockEntry *find_block(const Context *context, const Name *name) {
  if (name->number < context->name_count) {
    uint16_t place = context->block_of[name->number];
    return place ? &context->blocks[place - 1] : NULL;
  }
  for (size_t i = 0; i < context->block_count; i++)
    if (context->blocks[i].name == name) return &context->blocks[i];
  return NULL;
}

static BlockEntry *add_entry(Frame *f, Context *context, const Name *name) {
  if (context->block_count == context->block_capacity) {
    context->block_capacity = context->block_capacity ? context->block_capacity * 2 : 16;
    BlockEntry *grown = ARENA_ARRAY(f->r->arena, BlockEntry, context->block_capacity);
    if (context->block_count) memcpy(grown, context->blocks, context->block_count * sizeof *grown);
    context->blocks = grown;
  }
  BlockEntry *entry = &context->blocks[context->block_count++];
  *entry = (BlockEntry){name, NULL};
  if (context->block_count > UINT16_MAX) context->name_count = 0; /* looked through one by one from here on */
  if (name->number < context->name_count) context->block_of[name->number] = (uint16_t)context->block_count;
  return entry;
}

/* The blocks of one more parent come after those of its children. */
static void add_blocks(Frame *f, Context *context, const Template *t) {
  if (!t->block_count) return;
  if (!context->block_of) {
    context->name_count = f->r->name_count;
    context->block_of = ARENA_ARRAY(f->r->arena, uint16_t, context->name_count + 1);
  }
  BlockLevel *levels = ARENA_ARRAY(f->r->arena, BlockLevel, t->block_count);
  for (size_t i = 0; i < t->block_count; i++) {
    const BlockNode *block = t->blocks[i]->block;
    BlockEntry *entry = find_block(context, block->name);
    if (!entry) entry = add_entry(f, context, block->name);
    BlockLevel **end = &entry->levels;
    while (*end) end = &(*end)->parent;
    *end = &levels[i];
    **end = (BlockLevel){NULL, t, block};
  }
}

/* Runs a file, then the parent that it extends, and so on. */
static void run_file(Frame *outer, Context *context, Buf *out) {
  const Template *t = context->t;
  for (int depth = 0; t; depth++) {
    const Template *parent = NULL;
    Frame f = {
        .r = outer->r, .scope = context->top, .context = context, .t = t, .out = out, .top = true, .parent = &parent};
    f.autoescape = template_name_is_autoescaped(t->name);
    if (depth > TEMPLATE_INCLUDE_DEPTH_MOST)
      fail_limit(&f, t->extends, "templates extend each other too deeply", "50", "does a template extend itself?");
    if (t->uses_self) scope_set(&f, context->top, t->engine->known.self, self_new(context));
    add_blocks(&f, context, t);
    exec(&f, t->body);
    t = parent;
  }
}

/* --- finding templates --- */

/* NULL: there is none. What is there but wrong ends the rendering. */
static const Template *find_template(Frame *f, Str name) {
  bool missing = false;
  Render *r = f->r;
  int from = str_equal(name, f->t->name) ? f->t->level + 1 : 0;
  size_t before = r->diags->count;
  const Template *t = template_load_layer(r->engine, name, from, &missing);
  if (t || missing) return t;
  if (r->diags->count > before) fail_report(f);
  longjmp(r->failed, 1);
}

static Str template_name(Frame *f, const Node *node, Value name) {
  must_be_defined(f, node, name);
  if (!value_is_text(name)) fail_format(f, node, "a template's name is text, not %.*s", STR_ARG(value_type_name(name)));
  return name.str;
}

static _Noreturn void fail_not_found(Frame *f, const Node *node, Str name) {
  template_report_not_found(f->r->engine, f->r->diags, f->t, template_span(f->t, node->offset, node->len), name);
  fail_report(f);
}

/* Of a tag that names it in the file itself. */
static const Template *loaded_template(const Node *tag) {
  const Template *t = tag->import.loaded;
  return t && !t->broken ? t : NULL;
}

static const Template *wanted_template(Frame *f, const Node *tag) {
  const Template *t = loaded_template(tag);
  if (t) return t;
  const Node *node = tag->import.template_name;
  Str name = template_name(f, node, eval(f, node));
  t = find_template(f, name);
  if (!t) fail_not_found(f, node, name);
  return t;
}

void exec_extends(Frame *f, const Node *node) {
  if (!f->top || !f->parent)
    fail_value(f, node, STR("`extends` stands inside another tag"), STR("put it at the beginning of the file"));
  depend(f, 0);
  if (*f->parent) fail_value(f, node, STR("this template extends another one already"), STR("keep one `extends`"));
  *f->parent = wanted_template(f, node);
}

/* --- include and import --- */

static void run_included(Frame *f, const Node *node, Context *context, Buf *out) {
  CallSite site = {f->r->site, f->t, node, node->kind == NODE_INCLUDE ? "included from here" : "imported from here"};
  check_stack(f, node);
  if (++f->r->include_depth > TEMPLATE_INCLUDE_DEPTH_MOST)
    fail_limit(f, node, "templates include each other too deeply", "50", "does a template include itself?");
  f->r->site = &site;
  run_file(f, context, out);
  f->r->site = site.outer;
  f->r->include_depth--;
}

static Context *included_context(Frame *f, const Node *node, const Template *t) {
  Context *context = context_new(f, t, node->with_context ? f->scope : NULL);
  context->top->isolated = !node->with_context;
  return context;
}

/* The first of several names that there is. */
static const Template *select_template(Frame *f, const Node *node, Value names) {
  const Node *at = node->import.template_name;
  for (size_t i = 0; i < names.list->count; i++) {
    const Template *t = find_template(f, template_name(f, at, names.list->items[i]));
    if (t) return t;
  }
  if (node->flag) return NULL;
  fail_format(f, at, names.list->count ? "there is none of these templates" : "this list of templates is empty");
}

static const Template *included_template(Frame *f, const Node *node) {
  const Node *at = node->import.template_name;
  const Template *t = loaded_template(node);
  if (t) return t;
  Value name = eval_defined(f, at);
  if (name.type == VALUE_LIST) return select_template(f, node, name);
  t = find_template(f, template_name(f, at, name));
  if (!t && !node->flag) fail_not_found(f, at, name.str);
  return t;
}

void exec_include(Frame *f, const Node *node) {
  const Template *t = included_template(f, node);
  if (t) run_included(f, node, included_context(f, node, t), f->out);
}

static Value module_member(void *data, Str name, Arena *arena) {
  (void)arena;
  return value_get((Value){.type = VALUE_MAP, .map = data}, name);
}

const ValueClass module_class = {.name = {"an imported file", sizeof "an imported file" - 1}, .member = module_member};

/* Runs the file for what it sets; its output is not wanted. A map of the public names. */
static Value import_file(Frame *f, const Node *node, const Template *t) {
  Context *context = included_context(f, node, t);
  Buf out = new_buf(f);
  run_included(f, node, context, &out);
  Value names = value_map(f->r->arena, context->top->count);
  for (uint32_t i = 0; i < context->top->count; i++) {
    const Binding *binding = &context->top->bindings[i];
    if (!binding->imported && binding->name != t->engine->known.self && binding->name->text.s[0] != '_')
      value_set(names, binding->name->text, binding->value);
  }
  return names;
}

void exec_import(Frame *f, const Node *node) {
  Value names = import_file(f, node, wanted_template(f, node));
  scope_set_imported(f, f->scope, node->import.target, object(&module_class, names.map));
}

void exec_from(Frame *f, const Node *node) {
  const Template *t = wanted_template(f, node);
  Value module = import_file(f, node, t);
  for (size_t i = 0; i < node->import.name_count; i++) {
    Str name = node->import.names[i]->text;
    const ValueEntry *entry = value_entry(module, name);
    Value value = entry ? entry->value : missing_export(f, node, object(&module_class, module.map), i);
    scope_set_imported(f, f->scope, node->import.aliases[i], value);
  }
}

/* --- blocks --- */

/* super(), or self.name(). */
typedef struct BlockObject {
  Context *context;
  const BlockLevel *level;
  Scope *scope; /* around the block */
} BlockObject;

static Value block_object(Arena *arena, const BlockObject *what) {
  BlockObject *data = ARENA_NEW(arena, BlockObject);
  *data = *what;
  return object(&block_class, data);
}

static Value block_member(void *data, Str name, Arena *arena) {
  const BlockObject *block = data;
  if (!str_equal(name, STR("super")) || !block->level->parent) return (Value){0};
  return block_object(arena, &(BlockObject){block->context, block->level->parent, block->scope});
}

const ValueClass block_class = {.name = {"a block", sizeof "a block" - 1}, .member = block_member};

static Value self_member(void *data, Str name, Arena *arena) {
  Context *context = data;
  for (size_t i = 0; i < context->block_count; i++)
    if (str_equal(context->blocks[i].name->text, name))
      return block_object(arena, &(BlockObject){context, context->blocks[i].levels, context->top});
  return (Value){0};
}

const ValueClass self_class = {.name = {"this template", sizeof "this template" - 1}, .member = self_member};

Value self_new(Context *context) {
  return object(&self_class, context);
}

static void run_block(Frame *f, const Node *node, const BlockObject *what, Buf *out) {
  const BlockLevel *level = what->level;
  const KnownNames *known = &level->t->engine->known;
  Frame inner = {.r = f->r, .context = what->context, .t = level->t, .block = level, .out = out};
  inner.autoescape = template_name_is_autoescaped(level->t->name);
  inner.scope = scope_new(f, what->scope);
  if (level->block->required)
    fail_format(f, node, "the block `%.*s` must be filled by a template that extends this one",
                STR_ARG(level->block->name->text));
  if (level->block->uses_self) scope_set(&inner, inner.scope, known->self, self_new(what->context));
  if (level->block->uses_super) {
    BlockObject parent = {what->context, level->parent, what->scope};
    Value super = level->parent
                      ? block_object(f->r->arena, &parent)
                      : missing_because(f, node,
                                        str_format(f->r->arena, "no template above this one has a block `%.*s`",
                                                   STR_ARG(level->block->name->text)),
                                        (Str){0});
    scope_set(&inner, inner.scope, known->super, super);
  }
  exec(&inner, level->block->body);
}

void exec_block(Frame *f, const Node *node) {
  const BlockEntry *entry = find_block(f->context, node->block->name);
  depend(f, f->context->top->number); /* on what stands in the block's place */
  enter_call(f, node);
  BlockObject what = {f->context, entry->levels, node->block->scoped ? f->scope : f->context->top};
  run_block(f, node, &what, f->out);
  leave_call(f);
}

Value block_call(Frame *f, const Node *node, Value block) {
  CallSite site = {f->r->site, f->t, node, "called from here"};
  enter_call(f, node);
  f->r->site = &site;
  Buf out = new_buf(f);
  run_block(f, node, block.object.data, &out);
  f->r->site = site.outer;
  leave_call(f);
  Str text = check_buf(f, node, &out);
  return f->autoescape ? value_markup(text) : value_str(text);
}

/* --- the whole --- */

static bool run(Render *r, const Template *t, Buf *out) {
  if (setjmp(r->failed)) return false;
  Frame f = {.r = r, .t = t};
  run_file(&f, context_new(&f, t, NULL), out);
  return true;
}

/* In a part of the arena. What is left behind it is for the report that the part was too small. */
static bool run_within(size_t bytes, Render *r, const Template *t, Buf *out) {
  enum { REPORT = 64 << 10 }; /* bytes, many times those of a report with its notes */
  Arena *arena = r->arena;
  const Arena whole = *arena;
  size_t left = (size_t)(whole.end - whole.at);
  left = left > REPORT ? left - REPORT : 0;
  r->arena_end = whole.end;
  arena->end = whole.at + (bytes < left ? bytes : left);
  arena->full = fail_memory;
  arena->full_context = r;
  bool good = run(r, t, out);
  arena->end = whole.end;
  arena->full = whole.full;
  arena->full_context = whole.full_context;
  return good;
}

static bool run_once(const Template *t, const TemplateRun *how, size_t bytes, Buf *out) {
  Arena *scratch = how->scratch;
  Render r = {.engine = template_engine_over(t->engine, scratch, how->diags),
              .arena = scratch,
              .diags = how->diags,
              .variables = how->variables,
              .memo = how->memo,
              .edition = how->edition,
              .stack_begin = __builtin_frame_address(0)};
  enum { USUAL = 32 << 10 }; /* bytes of a page: growing in small steps would copy it each time */
  buf_room(out, out->max - out->len < USUAL ? 0 : USUAL);
  scope_number_variables(&r);
  return run_within(bytes, &r, t, out);
}

bool template_run(const Template *t, const TemplateRun *how, Buf *out) {
  if (!how->memo) return run_once(t, how, TEMPLATE_MEMORY_MOST, out);
  /* What is reported is reported by a run that keeps nothing, so that no report depends on what was rendered before.
   * The arena has room for both: the first has half, and who needs more gets it from the second. */
  DiagList unused = diag_list_new(how->scratch);
  TemplateRun quiet = *how;
  quiet.diags = &unused;
  Buf before = *out;
  if (run_once(t, &quiet, TEMPLATE_MEMORY_MOST / 2, out) && unused.count == 0) return true;
  quiet = *how;
  quiet.memo = NULL;
  *out = before;
  return run_once(t, &quiet, TEMPLATE_MEMORY_MOST, out);
}

bool template_render(const Template *t, Value variables, Arena *scratch, DiagList *diags, Buf *out) {
  return template_run(t, &(TemplateRun){.variables = variables, .scratch = scratch, .diags = diags}, out);
}
