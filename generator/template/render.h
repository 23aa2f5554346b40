/* Evaluation of a parsed template. Private to template/.
 *
 * One Render for each template_render(); a Frame says what the running code sees; Scopes hold names that templates set.
 * Owner: everything that is made lives in the scratch arena of the rendering, which takes it all back at once. No Scope
 * or Loop lies on the C stack, since a template can keep what refers to it.
 * Failure: fail_*() report and jump back to template_render(); nothing but arena memory is held on the way. */
#ifndef PAMPHLET_TEMPLATE_RENDER_H
#define PAMPHLET_TEMPLATE_RENDER_H

#include <setjmp.h>

#include "base/limits.h"
#include "template/text.h"
#include "template/tree.h"

typedef struct TemplateFrame Frame;

typedef struct Binding {
  const Name *name;
  Value value;
  bool imported; /* not passed on to who imports this file, as in Jinja */
} Binding;

/* Names set by a template, innermost first. The last one of a chain ends in the page's variables, or, when it is
 * isolated, in the global names only. */
typedef struct Scope {
  struct Scope *parent;
  Binding *bindings;
  uint32_t count, capacity;
  uint32_t number; /* in order of making, from 1 */
  bool isolated;
  Binding first[2];
} Scope;

/* What stands in a block's place, most derived first. */
typedef struct BlockLevel {
  struct BlockLevel *parent;
  const Template *t;
  const BlockNode *block;
} BlockLevel;

typedef struct BlockEntry {
  const Name *name;
  BlockLevel *levels;
} BlockEntry;

/* One template with its parents, all of which see the same names at top level. */
typedef struct Context {
  Scope *top;
  const Template *t; /* the most derived */
  BlockEntry *blocks;
  size_t block_count, block_capacity;
  uint16_t *block_of;  /* by number of a name: 1 + the place in `blocks`, or 0; NULL while there are none */
  uint32_t name_count; /* as in Render */
} Context;

/* Who called: for the notes of a report. */
typedef struct CallSite {
  struct CallSite *outer;
  const Template *t;
  const Node *node;
  const char *how; /* "included from here" */
} CallSite;

/* A lookup that found nothing. The undefined Value holds its number plus one in `origin`. */
typedef struct Missing {
  const Template *t;
  const Node *node;
  Value base;   /* what was looked into */
  Scope *scope; /* where a name was looked for, or NULL */
  Str name;
  Str reason; /* when it is neither name nor member: "the list is empty" */
  Str hint;
  size_t offset; /* of the name, when the node is larger; 0: take the node */
} Missing;

typedef struct Render {
  TemplateEngine *engine; /* of this rendering; its outer one is the theme's */
  Arena *arena;
  DiagList *diags;
  Value variables;
  uint16_t *variable_of; /* by number of a name: 1 + the place in `variables`, or 0 */
  uint32_t name_count;   /* of names that have a number there; younger ones are looked for in the map */
  uint64_t steps;
  const Template *t; /* where the work is that was charged last: */
  const Node *node;
  char *arena_end; /* of the whole arena, of which the rendering has a part */
  char *stack_begin;
  CallSite *site;
  int call_depth;
  int include_depth;
  Missing *missing;
  size_t missing_count, missing_capacity;
  TemplateMemo *memo; /* or NULL */
  size_t edition;     /* of the memo */
  uint32_t scope_count;
  uint32_t oldest; /* number of the oldest scope that the part in work depended on; 0: the page */
  jmp_buf failed;
} Render;

struct TemplateFrame {
  Render *r;
  Scope *scope;
  Context *context;
  const Template *t;
  const BlockLevel *block; /* inside a block, else NULL */
  Buf *out;
  bool autoescape;
  bool top;                /* what is set here is seen by parents and blocks, and exported to who imports the file */
  const Node *calling;     /* the call, filter or test that is being carried out */
  const Template **parent; /* top level of a file: where `extends` puts the parent; else NULL */
};

/* --- failing (fail.c) --- */

/* All of them report with the chain of includes and calls as notes, and do not return. */
_Noreturn void fail_value(Frame *f, const Node *node, Str what, Str hint);
_Noreturn void fail_format(Frame *f, const Node *node, const char *format, ...) __attribute__((format(printf, 3, 4)));
_Noreturn void fail_limit(Frame *f, const Node *node, const char *what, const char *bound, const char *hint);
/* `value` is undefined and was about to be used at `node`. */
_Noreturn void fail_undefined(Frame *f, const Node *node, Value value);
_Noreturn void fail_report(Frame *f); /* adds the notes to a report that was made already */
_Noreturn void fail_unknown_callable(Frame *f, const Node *node);

Value missing_name(Frame *f, const Node *node);
Value missing_member(Frame *f, const Node *node, Value base, Str name);
Value missing_because(Frame *f, const Node *node, Str reason, Str hint);
Value missing_export(Frame *f, const Node *node, Value module, size_t which); /* of `from … import` */

_Noreturn void fail_steps(Frame *f, const Node *node);
/* Counts work and ends a rendering that has done too much. What it makes next is made for `node`. */
static inline void charge(Frame *f, const Node *node, size_t steps) {
  Render *r = f->r;
  if (steps > TEMPLATE_STEPS_MOST) steps = TEMPLATE_STEPS_MOST + 1;
  r->steps += steps;
  r->t = f->t;
  r->node = node;
  if (r->steps > TEMPLATE_STEPS_MOST) fail_steps(f, node);
}
_Noreturn void fail_memory(void *render);                   /* when its part of the arena is used up */
void charge_text(Frame *f, const Node *node, size_t bytes); /* before making text that long */
/* Buf for text that is made: TEMPLATE_TEXT_MOST. Looked at with check_buf() when done. */
Buf new_buf(Frame *f);
Str check_buf(Frame *f, const Node *node, const Buf *buf);
/* After adding to f->out, which is a page's or a text's. */
_Noreturn void fail_full(Frame *f, const Node *node);
static inline void check_out(Frame *f, const Node *node) {
  if (f->out->over) fail_full(f, node);
}
_Noreturn void fail_stack(Frame *f, const Node *node);
static inline void check_stack(Frame *f, const Node *node) {
  /* The difference is negative, so huge, in the frame of template_render itself. */
  size_t used = (size_t)(f->r->stack_begin - (const char *)__builtin_frame_address(0));
  if (used > TEMPLATE_STACK_MOST && used < SIZE_MAX / 2) fail_stack(f, node);
}

/* --- names (scope.c) --- */

/* What is done now depends on what the scope of that number holds, or on the page (0): memo.c. */
static inline void depend(const Frame *f, uint32_t number) {
  if (number < f->r->oldest) f->r->oldest = number;
}

void scope_number_variables(Render *r); /* once, when a rendering begins */
Scope *scope_new(Frame *f, Scope *parent);
void scope_set(Frame *f, Scope *scope, const Name *name, Value value);
void scope_set_imported(Frame *f, Scope *scope, const Name *name, Value value);
const Value *scope_find(const Frame *f, const Name *name); /* NULL: there is none */
Value scope_lookup(Frame *f, const Node *node);            /* of a NODE_NAME */
Value scope_names(Frame *f, Scope *scope);                 /* all that can be seen: a list of text */

/* --- expressions --- */

Value eval(Frame *f, const Node *node);
Value eval_defined(Frame *f, const Node *node); /* fails when it is undefined */
Value must_be_defined(Frame *f, const Node *node, Value value);
bool is_true(Frame *f, const Node *node, Value value);
void assign(Frame *f, const Node *target, Value value);
Value get_member(Frame *f, const Node *node, Value base, Str name);
Value get_item(Frame *f, const Node *node, Value base, Value index);
Value slice_value(Frame *f, const Node *node, Value base, const Value parts[3]);
Value eval_binary(Frame *f, const Node *node, Operator op, Value left, Value right);
bool compare_values(Frame *f, const Node *node, Operator op, Value left, Value right);
/* Below, at or above 0, as Python's sort orders them; fails when they have no order. */
int order_values(Frame *f, const Node *node, Value left, Value right);
bool equal_values(Frame *f, const Node *node, Value left, Value right);
/* Everything that a loop over `value` sees. Maps give their keys, text its characters. */
Value iterate(Frame *f, const Node *node, Value value);
/* str(value); markup stays what it is. */
Value to_text(Frame *f, const Node *node, Value value);
Str text_of(Frame *f, const Node *node, Value value);
Str repr_of(Frame *f, const Node *node, Value value);
Str escape_text(Frame *f, Str text);
/* Text as HTML: markup is, everything else is escaped. */
Str html_of(Frame *f, const Node *node, Value value);
void print_value(Frame *f, const Node *node, Value value);

Value value_tuple(Arena *arena, size_t capacity);
bool value_is_tuple(Value value);
Value value_of_kind(Value list, ListKind kind);
bool value_number(Value value, double *number); /* false: not a number */
bool value_whole(Value value, int64_t *whole);  /* false: not an int or bool */

/* --- calls (call.c) --- */

/* Arguments, evaluated. */
typedef struct CallArgs {
  Value *positional;
  size_t count;
  ValueEntry *named;
  size_t named_count;
} CallArgs;

Value eval_call(Frame *f, const Node *node);
CallArgs eval_arguments(Frame *f, const Arguments *args);
Value call_value(Frame *f, const Node *node, Value callee, const CallArgs *args);
Value call_callable(Frame *f, const Node *node, const Callable *callable, Value input, const CallArgs *args);
/* `input`: what a filter block gives to the innermost filter; NULL elsewhere. */
Value eval_filter(Frame *f, const Node *node, const Value *input);
Value apply_filter(Frame *f, const Node *node, Value input);
bool value_is_callable(Value value);
void enter_call(Frame *f, const Node *node);
void leave_call(Frame *f);

/* Methods of text, lists and maps: "a".upper(). False: there is none of that name. */
Str nearest_method(Value base, Str name); /* empty: none is near */
bool call_method(Frame *f, const Node *node, Value base, const CallArgs *args, Value *result);

/* --- statements --- */

void exec(Frame *f, Nodes body);
void exec_one(Frame *f, const Node *node);
/* Below `extends` only blocks count. */
static inline bool is_silent(const Frame *f) {
  return f->parent && *f->parent;
}
void exec_memo(Frame *f, const Node *node); /* exec_one(), or what it printed on another page */
bool memo_is_steady(const TemplateMemo *memo, const Name *name);
Value macro_new(Frame *f, const MacroNode *node);
/* `caller`: of a call block, else NULL. */
Value macro_call(Frame *f, const Node *node, Value macro, const CallArgs *args, const Value *caller);
Value loop_call(Frame *f, const Node *node, Value loop, const CallArgs *args);
Value loop_method(Frame *f, const Node *node, Value loop, const CallArgs *args);
void exec_for(Frame *f, const Node *node);
void exec_extends(Frame *f, const Node *node);
void exec_include(Frame *f, const Node *node);
void exec_import(Frame *f, const Node *node);
void exec_from(Frame *f, const Node *node);
void exec_block(Frame *f, const Node *node);
Value block_call(Frame *f, const Node *node, Value block);
Value self_new(Context *context);

/* --- objects (objects.c) --- */

extern const ValueClass macro_class, loop_class, block_class, self_class, module_class, namespace_class, cycler_class,
    joiner_class, function_class;

Value object(const ValueClass *class, const void *data);
bool is_object(Value value, const ValueClass *class);
Value call_object(Frame *f, const Node *node, Value callee, const CallArgs *args);
Value call_object_method(Frame *f, const Node *node, Value base, const CallArgs *args);

/* --- for filters, tests and functions written here --- */

Frame *call_frame(const TemplateCall *call);
const Node *call_node(const TemplateCall *call);
/* Refuses and returns undefined. */
Value refuse(TemplateCall *call, const char *format, ...) __attribute__((format(printf, 2, 3)));
#define ARG(call, position, keyword) template_call_arg((call), (position), STR(keyword))
Value text_like(Value like, Str text); /* markup when `like` is */

typedef struct Builtin {
  const char *name;
  Callable callable;
} Builtin;

/* One row of a table of built-ins; the second kind looks at undefined values itself. The last row is BUILTIN_END. */
#define BUILTIN(word, fn, names)                                                                                       \
  {                                                                                                                    \
    (word), {                                                                                                          \
      .name = {"" word, sizeof(word) - 1}, .function = (fn), .params = (names)                                         \
    }                                                                                                                  \
  }
#define BUILTIN_ANY(word, fn, names)                                                                                   \
  {                                                                                                                    \
    (word), {                                                                                                          \
      .name = {"" word, sizeof(word) - 1}, .function = (fn), .params = (names), .takes_undefined = true                \
    }                                                                                                                  \
  }
#define BUILTIN_END                                                                                                    \
  {                                                                                                                    \
    NULL, {                                                                                                            \
      .name = { NULL, 0 }                                                                                              \
    }                                                                                                                  \
  }

extern const Builtin text_filters[], html_filters[], number_filters[], list_filters[], builtin_tests[],
    builtin_functions[];

/* "%s of %d" % values, and "{} of {}".format(values) (format.c). Markup patterns escape what they put in. */
Value format_percent(Frame *f, const Node *node, Value pattern, Value values);
Value format_braces(Frame *f, const Node *node, Value pattern, const CallArgs *args);

#endif
