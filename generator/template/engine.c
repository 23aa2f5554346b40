#include "base/limits.h"
#include "template/tree.h"

#include <string.h>

/* --- names --- */

static Name *find_name(const NameTable *table, Str text) {
  if (!table->size) return NULL;
  for (size_t slot = str_hash(text) & (table->size - 1); table->slots[slot]; slot = (slot + 1) & (table->size - 1))
    if (str_equal(table->slots[slot]->text, text)) return table->slots[slot];
  return NULL;
}

static void place_name(NameTable *table, Name *name) {
  size_t slot = str_hash(name->text) & (table->size - 1);
  while (table->slots[slot]) slot = (slot + 1) & (table->size - 1);
  table->slots[slot] = name;
}

static void grow_names(Arena *arena, NameTable *table) {
  NameTable old = *table;
  table->size = old.size ? old.size * 2 : 512; /* the built-in names alone are about 150 */
  table->slots = ARENA_ARRAY(arena, Name *, table->size);
  for (size_t i = 0; i < old.size; i++)
    if (old.slots[i]) place_name(table, old.slots[i]);
}

Name *template_name_find(const TemplateEngine *engine, Str text) {
  Name *name = NULL;
  for (; engine && !name; engine = engine->outer) name = find_name(&engine->names, text);
  return name;
}

uint32_t template_name_count(const TemplateEngine *engine) {
  size_t count = 0;
  for (; engine; engine = engine->outer) count += engine->names.count;
  return (uint32_t)count;
}

Name *template_name_intern(TemplateEngine *engine, Str text) {
  Name *name = template_name_find(engine, text);
  if (name) return name;
  if (engine->names.count * 2 >= engine->names.size) grow_names(engine->arena, &engine->names);
  name = ARENA_NEW(engine->arena, Name);
  name->text = str_copy(engine->arena, text);
  place_name(&engine->names, name);
  name->number = template_name_count(engine);
  engine->names.count++;
  return name;
}

/* --- the engine --- */

static TemplateEngine *new_engine(Arena *arena, const TemplateOptions *options, DiagList *diags,
                                  TemplateEngine *outer) {
  TemplateEngine *engine = ARENA_NEW(arena, TemplateEngine);
  engine->arena = arena;
  engine->options = *options;
  engine->diags = diags;
  engine->outer = outer;
  engine->known = (KnownNames){
      .loop = template_name_intern(engine, STR("loop")),
      .super = template_name_intern(engine, STR("super")),
      .self = template_name_intern(engine, STR("self")),
      .caller = template_name_intern(engine, STR("caller")),
      .varargs = template_name_intern(engine, STR("varargs")),
      .kwargs = template_name_intern(engine, STR("kwargs")),
  };
  Name *const set[] = {engine->known.loop,   engine->known.super,   engine->known.self,
                       engine->known.caller, engine->known.varargs, engine->known.kwargs};
  for (size_t i = 0; !outer && i < sizeof set / sizeof *set; i++) set[i]->assigned = true;
  return engine;
}

TemplateEngine *template_engine_new(Arena *arena, const TemplateOptions *options, DiagList *diags) {
  TemplateEngine *engine = new_engine(arena, options, diags, NULL);
  template_add_builtins(engine);
  return engine;
}

TemplateEngine *template_engine_over(TemplateEngine *outer, Arena *arena, DiagList *diags) {
  return new_engine(arena, &outer->options, diags, outer);
}

static const Callable *callable(TemplateEngine *engine, Str name, TemplateFunction *function, void *context) {
  Callable *c = ARENA_NEW(engine->arena, Callable);
  *c = (Callable){.name = str_copy(engine->arena, name), .function = function, .context = context};
  return c;
}

void template_add_filter(TemplateEngine *engine, Str name, TemplateFunction *function, void *context) {
  template_name_intern(engine, name)->filter = callable(engine, name, function, context);
}

void template_add_test(TemplateEngine *engine, Str name, TemplateFunction *function, void *context) {
  template_name_intern(engine, name)->test = callable(engine, name, function, context);
}

/* --- loading --- */

/* What was found from one layer on is what would be found from any layer up to its own. */
static Template *find_loaded(const TemplateEngine *engine, Str name, int from) {
  for (; engine; engine = engine->outer)
    for (Template *t = engine->templates; t; t = t->next)
      if (t->asked_from <= from && from <= t->level && str_equal(t->name, name)) return t;
  return NULL;
}

Span template_span(const Template *t, size_t offset, size_t len) {
  return (Span){t->path, offset, len};
}

void template_report_not_found(TemplateEngine *engine, DiagList *diags, const Template *asking, Span span, Str name) {
  if (asking && str_equal(asking->name, name)) {
    DIAG(diags, TEMPLATE_OWN_NAME, span, name);
    return;
  }
  const TemplateLoader *loader = &engine->options.loader;
  Str nearest = {0};
  if (loader->names) {
    Value names = loader->names(loader->context, diags->arena);
    Str *texts = ARENA_ARRAY(diags->arena, Str, value_count(names));
    for (size_t i = 0; i < value_count(names); i++) texts[i] = value_text(value_at(names, i));
    nearest = str_nearest(name, texts, value_count(names));
  }
  DIAG(diags, TEMPLATE_NOT_FOUND, span, name, nearest);
}

static Template *load_one_reference(TemplateEngine *engine, Template *t, const Node *name, bool optional) {
  if (name->constant.type != VALUE_STR) return NULL;
  bool same = str_equal(name->constant.str, t->name);
  bool missing = false;
  Template *loaded = template_load_layer(engine, name->constant.str, same ? t->level + 1 : 0, &missing);
  if (!missing || optional) return loaded;
  template_report_not_found(engine, engine->diags, t, template_span(t, name->offset, name->len), name->constant.str);
  t->broken = true;
  return NULL;
}

/* What can be known of a template's name before it is used: literals, lists of them, either side of an inline `if`. */
static void load_references(TemplateEngine *engine, Template *t, Node *tag, bool optional) {
  const Node *name = tag->import.template_name;
  switch (name->kind) {
    case NODE_CONST: tag->import.loaded = load_one_reference(engine, t, name, optional); break;
    case NODE_LIST:
    case NODE_TUPLE:
      for (size_t i = 0; i < name->list.count; i++)
        if (name->list.items[i]->kind == NODE_CONST) load_one_reference(engine, t, name->list.items[i], true);
      break;
    case NODE_CONDITION:
      if (name->condition.yes->kind == NODE_CONST) load_one_reference(engine, t, name->condition.yes, true);
      if (name->condition.no && name->condition.no->kind == NODE_CONST)
        load_one_reference(engine, t, name->condition.no, true);
      break;
    default: break;
  }
}

static Template *new_template(TemplateEngine *engine, Str name, int from, const TemplateSource *source) {
  Template *t = ARENA_NEW(engine->arena, Template);
  t->engine = engine;
  t->name = str_copy(engine->arena, name);
  t->path = source->path;
  t->text = source->text;
  t->level = source->level;
  t->asked_from = from;
  t->next = engine->templates;
  engine->templates = t;
  return t;
}

Template *template_load_layer(TemplateEngine *engine, Str name, int from, bool *missing) {
  *missing = false;
  Template *t = find_loaded(engine, name, from);
  if (t) return t->broken ? NULL : t;
  const TemplateLoader *loader = &engine->options.loader;
  TemplateSource source = {0};
  bool reported = false;
  if (!loader->load(loader->context, name, from, &source, &reported)) {
    *missing = !reported;
    return NULL;
  }
  t = new_template(engine, name, from, &source);
  t->broken = !template_parse(t, engine->diags);
  if (t->broken) return NULL;
  if (engine->depth < TEMPLATE_INCLUDE_DEPTH_MOST) {
    engine->depth++;
    for (size_t i = 0; i < t->reference_count; i++)
      load_references(engine, t, t->references[i].tag, t->references[i].optional);
    engine->depth--;
  }
  return t;
}

const Template *template_load(TemplateEngine *engine, Str name) {
  bool missing = false;
  size_t before = engine->diags->severities[SEVERITY_ERROR];
  const Template *t = template_load_layer(engine, name, 0, &missing);
  if (missing) template_report_not_found(engine, engine->diags, NULL, (Span){(Str){0}, STR_NONE, 0}, name);
  return engine->diags->severities[SEVERITY_ERROR] == before ? t : NULL;
}

/* --- what a template is made of --- */

Value template_block_names(const Template *t, Arena *arena) {
  Value names = value_list(arena, t->block_count);
  for (size_t i = 0; i < t->block_count; i++) value_push(names, value_str(t->blocks[i]->block->name->text));
  return names;
}

Str template_parent_name(const Template *t) {
  if (!t->extends || t->extends->import.template_name->kind != NODE_CONST) return (Str){"", 0};
  return value_text(t->extends->import.template_name->constant);
}

bool template_name_is_autoescaped(Str name) {
  return str_ends(name, STR(".html")) || str_ends(name, STR(".xml"));
}
