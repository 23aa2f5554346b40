/* The parsed form of a template, and the engine that holds all of them. Private to template/.
 *
 * Units: offsets and lengths of nodes are bytes of the template's source.
 * Owner: everything lives in the arena of the engine (or, for templates whose name is computed while a page is
 * rendered, in the scratch arena of that rendering). Nothing here changes once it has been built, so that forked
 * workers may share it. */
#ifndef PAMPHLET_TEMPLATE_TREE_H
#define PAMPHLET_TEMPLATE_TREE_H

#include "template/template.h"

/* A filter, test or function that templates can call. */
typedef struct Callable {
  Str name;
  TemplateFunction *function;
  void *context;
  const char
      *params; /* names in order, "width first blank"; "*" for any; NULL when registered from outside: unchecked */
  bool takes_undefined; /* looks at undefined input and arguments itself */
} Callable;

/* One for every distinct name of an engine: names are compared by address. */
typedef struct Name {
  Str text;
  uint32_t number; /* among the names of its engine and the engines around it */
  const Callable *filter; /* NULL: there is none of that name */
  const Callable *test;
  Value global;
  bool assigned; /* somewhere in a template of the engine something of that name is set */
} Name;

typedef enum NodeKind {
  /* expressions */
  NODE_CONST,
  NODE_NAME,
  NODE_LIST,
  NODE_TUPLE,
  NODE_MAP,
  NODE_MEMBER, /* a.b */
  NODE_ITEM,   /* a[b] */
  NODE_SLICE,  /* a[b:c:d] */
  NODE_CALL,
  NODE_FILTER,
  NODE_TEST,
  NODE_BINARY,
  NODE_NEGATE,
  NODE_PLUS,
  NODE_NOT,
  NODE_AND,
  NODE_OR,
  NODE_COMPARE,
  NODE_CONCAT,
  NODE_CONDITION,
  /* statements */
  NODE_TEXT,
  NODE_OUTPUT,
  NODE_IF,
  NODE_FOR,
  NODE_SET,
  NODE_SET_BLOCK,
  NODE_WITH,
  NODE_MACRO,
  NODE_CALL_BLOCK,
  NODE_FILTER_BLOCK,
  NODE_BLOCK,
  NODE_EXTENDS,
  NODE_INCLUDE,
  NODE_IMPORT,
  NODE_FROM,
  NODE_AUTOESCAPE,
} NodeKind;

typedef enum Operator {
  OP_ADD,
  OP_SUBTRACT,
  OP_MULTIPLY,
  OP_DIVIDE,
  OP_FLOOR_DIVIDE,
  OP_MODULO,
  OP_POWER,
  OP_EQUAL,
  OP_NOT_EQUAL,
  OP_LESS,
  OP_LESS_EQUAL,
  OP_GREATER,
  OP_GREATER_EQUAL,
  OP_IN,
  OP_NOT_IN,
} Operator;

typedef struct Node Node;

typedef struct Nodes {
  Node **items;
  size_t count;
} Nodes;

typedef struct NamedNode {
  Name *name;
  Node *value;
  uint32_t offset; /* of the name */
} NamedNode;

typedef struct Arguments {
  Nodes positional;
  NamedNode *named;
  size_t named_count;
  Node *rest;       /* *args, or NULL */
  Node *named_rest; /* **kwargs, or NULL */
} Arguments;

/* A macro, or the body of a call block. */
typedef struct MacroNode {
  Name *name; /* NULL: a call block's caller */
  Name **params;
  Node **defaults; /* NULL where there is none */
  size_t param_count;
  Nodes body;
  bool uses_varargs, uses_kwargs, uses_caller, has_caller_param;
} MacroNode;

typedef struct BlockNode {
  Name *name;
  Nodes body;
  bool scoped, required, uses_super, uses_self;
} BlockNode;

typedef struct ForNode {
  Node *target, *iterable, *filter;
  Nodes body, otherwise;
  bool recursive;
  bool keeps_scope; /* the body makes macros: what an iteration sets must outlive it */
} ForNode;

struct Node {
  uint8_t kind;
  uint8_t op;        /* Operator */
  bool flag;         /* NODE_TEST: negated; NODE_INCLUDE: ignore missing; NODE_SET_BLOCK, NODE_SET: none */
  bool with_context; /* NODE_INCLUDE, NODE_IMPORT, NODE_FROM */
  uint32_t offset, len;
  uint32_t memo; /* number of a part whose output may be kept (memo.c), from 1; else 0 */
  union {
    Value constant;
    Name *name;
    Str text;
    Nodes list; /* NODE_LIST, NODE_TUPLE, NODE_CONCAT; NODE_MAP: key, value, key, value */
    struct {
      Node *base;
      Name *name;
      uint32_t name_offset;
    } member;
    struct {
      Node *base, *index;
    } item;
    struct {
      Node *base, *begin, *end, *step; /* the last three may be NULL */
    } slice;
    struct {
      Node *callee;
      Arguments args;
    } call;
    struct {
      Node *input; /* NULL at the inner end of a filter block's chain */
      Name *name;
      Arguments args;
      uint32_t name_offset;
    } filter; /* NODE_FILTER, NODE_TEST */
    struct {
      Node *left, *right;
    } pair; /* NODE_BINARY, NODE_AND, NODE_OR; NODE_NOT, NODE_NEGATE, NODE_PLUS: left */
    struct {
      Node *first;
      Nodes rest;
      uint8_t *ops;
    } compare;
    struct {
      Node *test, *yes, *no; /* no: may be NULL */
    } condition;
    Node *output;
    struct {
      Nodes tests;   /* if, elif … */
      Nodes *bodies; /* one more when there is an else */
      size_t body_count;
    } branch;
    ForNode *loop;
    struct {
      Node *target, *value;
    } set;
    struct {
      Node *target, *filter;
      Nodes body;
    } set_block; /* NODE_SET_BLOCK, NODE_FILTER_BLOCK (no target) */
    struct {
      Nodes targets, values, body;
    } with;
    MacroNode *macro;
    struct {
      Node *call;
      MacroNode *caller;
    } call_block;
    BlockNode *block;
    struct {
      Node *template_name;
      Name *target; /* NODE_IMPORT */
      Name **names; /* NODE_FROM */
      Name **aliases;
      uint32_t *offsets; /* of the names */
      size_t name_count;
      struct Template *loaded; /* when the name is known before it is used; else NULL, and looked for then */
    } import; /* NODE_EXTENDS, NODE_INCLUDE, NODE_IMPORT, NODE_FROM */
    struct {
      Node *value;
      Nodes body;
    } autoescape;
  };
};

/* An extends, include or import. */
typedef struct Reference {
  Node *tag;
  bool optional; /* no error when it is missing, until it is used */
} Reference;

struct Template {
  TemplateEngine *engine;
  Str name;
  Str path;
  Str text;
  int level;
  int asked_from; /* the layer that the search began with */
  Nodes body;
  Node **blocks; /* NODE_BLOCK, in order of appearance, nested ones too */
  size_t block_count;
  Node *extends; /* the first one, or NULL */
  bool uses_self;
  bool broken; /* reported */
  Template *next;
  Reference *references; /* what loading loads too */
  size_t reference_count;
};

typedef struct NameTable {
  Name **slots;
  size_t size;
  size_t count;
} NameTable;

/* Names the evaluator itself looks for. */
typedef struct KnownNames {
  Name *loop, *super, *self, *caller, *varargs, *kwargs;
} KnownNames;

struct TemplateEngine {
  Arena *arena;
  TemplateOptions options;
  DiagList *diags;
  TemplateEngine *outer; /* of a rendering's own engine: where names and templates are looked for first; else NULL */
  NameTable names;
  KnownNames known;
  Template *templates;
  size_t depth; /* of loading */
  uint32_t memo_count; /* of numbered nodes */
};

Name *template_name_intern(TemplateEngine *engine, Str text);
uint32_t template_name_count(const TemplateEngine *engine); /* those of the engines around it too */
Name *template_name_find(const TemplateEngine *engine, Str text); /* NULL: never heard of */

/* Loads with everything that it names. `from`: first layer to look at. NULL: not there (*missing is set, nothing
 * reported), or wrong (reported). */
Template *template_load_layer(TemplateEngine *engine, Str name, int from, bool *missing);

/* An engine of a rendering's own, for names that are only known then. Does not change `outer`. */
TemplateEngine *template_engine_over(TemplateEngine *outer, Arena *arena, DiagList *diags);

/* Reports that `name` is not there, at `span` of `asking` (or NULL), with the nearest name that is. */
void template_report_not_found(TemplateEngine *engine, DiagList *diags, const Template *asking, Span span, Str name);

/* Parses t->text into t. False: reported. */
bool template_parse(Template *t, DiagList *diags);

void template_add_builtins(TemplateEngine *engine);

Span template_span(const Template *t, size_t offset, size_t len);

#endif
