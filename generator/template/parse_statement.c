#include "base/limits.h"
#include "template/parser.h"

#include <string.h>

static Nodes parse_body(Parser *p, const char *const *ends);

/* --- the parser itself --- */

void pointers_add(Arena *arena, Pointers *list, void *item) {
  if (list->count == list->capacity) {
    list->capacity = list->capacity ? list->capacity * 2 : 4;
    void **items = ARENA_ARRAY(arena, void *, list->capacity);
    if (list->count) memcpy(items, list->items, list->count * sizeof *items);
    list->items = items;
  }
  list->items[list->count++] = item;
}

_Noreturn void parse_fail(Parser *p, size_t offset, size_t len, Str what, Str hint) {
  DIAG(p->diags, TEMPLATE_SYNTAX, template_span(p->t, offset, len), what, hint);
  longjmp(p->failed, 1);
}

static Str token_text(Parser *p, const Token *token) {
  switch (token->kind) {
    case TOKEN_END: return STR("the end of the file");
    case TOKEN_OUTPUT_END:
    case TOKEN_BLOCK_END: return STR("the end of the tag");
    default:
      return str_format(p->arena, "`%.*s`", STR_ARG(str_slice(p->t->text, token->offset, token->offset + token->len)));
  }
}

/* What people write who know another language better. */
static Str unexpected_hint(Parser *p, const Token *token) {
  const Token *before = p->at ? token - 1 : token;
  if (token->kind == TOKEN_ASSIGN) return STR("`==` compares; `{% set name = … %}` gives a name a value");
  if (token->kind == TOKEN_PIPE && before->kind == TOKEN_PIPE) return STR("write `or`");
  if (before->kind != TOKEN_NAME) return (Str){"", 0};
  if (str_equal(before->text, STR("else")) && parser_is_name(p, "if")) return STR("write `elif`");
  bool tag = str_equal(before->text, STR("include")) || str_equal(before->text, STR("extends")) ||
             str_equal(before->text, STR("import"));
  if (!tag || token->kind != TOKEN_STRING) return (Str){"", 0};
  return str_format(p->arena, "`%.*s` is a tag: `{%% %.*s %.*s %%}`", STR_ARG(before->text), STR_ARG(before->text),
                    STR_ARG(str_slice(p->t->text, token->offset, token->offset + token->len)));
}

_Noreturn void parse_unexpected(Parser *p, const char *wanted) {
  const Token *token = parser_now(p);
  parse_fail(p, token->offset, token->len,
             str_format(p->arena, "%.*s is unexpected here: wanted %s", STR_ARG(token_text(p, token)), wanted),
             unexpected_hint(p, token));
}

const Token *parser_now(const Parser *p) {
  return &p->tokens[p->at];
}

const Token *parser_next(const Parser *p) {
  return p->tokens[p->at].kind == TOKEN_END ? parser_now(p) : &p->tokens[p->at + 1];
}

bool parser_is(const Parser *p, TokenKind kind) {
  return parser_now(p)->kind == kind;
}

bool parser_is_name(const Parser *p, const char *name) {
  return parser_is(p, TOKEN_NAME) && str_equal(parser_now(p)->text, str_from_c(name));
}

const Token *parser_take(Parser *p) {
  const Token *token = parser_now(p);
  p->last_end = token->offset + token->len;
  if (token->kind != TOKEN_END) p->at++;
  return token;
}

bool parser_skip(Parser *p, TokenKind kind) {
  if (!parser_is(p, kind)) return false;
  parser_take(p);
  return true;
}

bool parser_skip_name(Parser *p, const char *name) {
  if (!parser_is_name(p, name)) return false;
  parser_take(p);
  return true;
}

const Token *parser_expect(Parser *p, TokenKind kind, const char *wanted) {
  if (!parser_is(p, kind)) parse_unexpected(p, wanted);
  return parser_take(p);
}

Node *parser_node(Parser *p, NodeKind kind, size_t offset) {
  Node *node = ARENA_NEW(p->arena, Node);
  node->kind = (uint8_t)kind;
  node->offset = (uint32_t)offset;
  return parser_close(p, node);
}

Node *parser_close(Parser *p, Node *node) {
  if (p->last_end > node->offset) node->len = (uint32_t)(p->last_end - node->offset);
  return node;
}

Name *parser_intern(Parser *p, Str text) {
  return template_name_intern(p->t->engine, text);
}

static void expect_name(Parser *p, const char *name, const char *wanted) {
  if (!parser_skip_name(p, name)) parse_unexpected(p, wanted);
}

/* --- statements --- */

/* The body of a tag, whose end tag is taken too. */
static Nodes parse_whole_body(Parser *p, const char *end) {
  parser_expect(p, TOKEN_BLOCK_END, "`%}`");
  Nodes body = parse_body(p, (const char *const[]){end, NULL});
  parser_take(p);
  return body;
}

static Node *parse_if(Parser *p, Node *node) {
  Pointers tests = {0};
  Pointers bodies = {0};
  bool more = true;
  p->conditional++;
  while (more) {
    pointers_add(p->arena, &tests, parse_tuple(p, false));
    parser_expect(p, TOKEN_BLOCK_END, "`%}`");
    Nodes *body = ARENA_NEW(p->arena, Nodes);
    *body = parse_body(p, (const char *const[]){"elif", "else", "endif", NULL});
    pointers_add(p->arena, &bodies, body);
    more = parser_skip_name(p, "elif");
  }
  if (parser_skip_name(p, "else")) {
    Nodes *body = ARENA_NEW(p->arena, Nodes);
    *body = parse_whole_body(p, "endif");
    pointers_add(p->arena, &bodies, body);
  } else {
    parser_take(p);
  }
  p->conditional--;
  node->branch.tests = (Nodes){(Node **)tests.items, tests.count};
  node->branch.bodies = ARENA_ARRAY(p->arena, Nodes, bodies.count);
  for (size_t i = 0; i < bodies.count; i++) node->branch.bodies[i] = *(Nodes *)bodies.items[i];
  node->branch.body_count = bodies.count;
  return node;
}

static void refuse_loop_as_target(Parser *p, const Node *target) {
  if (target->kind == NODE_TUPLE) {
    for (size_t i = 0; i < target->list.count; i++) refuse_loop_as_target(p, target->list.items[i]);
  } else if (target->kind == NODE_NAME && target->name == p->t->engine->known.loop) {
    parse_fail(p, target->offset, target->len, STR("`loop` is what a loop knows about itself"),
               STR("choose another name"));
  }
}

static Node *parse_for(Parser *p, Node *node) {
  ForNode *loop = node->loop = ARENA_NEW(p->arena, ForNode);
  loop->target = parse_target(p, false);
  refuse_loop_as_target(p, loop->target);
  expect_name(p, "in", "`in`");
  loop->iterable = parse_tuple(p, false);
  if (parser_skip_name(p, "if")) loop->filter = parse_expression(p);
  loop->recursive = parser_skip_name(p, "recursive");
  parser_expect(p, TOKEN_BLOCK_END, "`%}`");
  Enclosing inside = {p->enclosing, NULL, loop};
  p->enclosing = &inside;
  loop->body = parse_body(p, (const char *const[]){"else", "endfor", NULL});
  p->enclosing = inside.outer;
  if (parser_skip_name(p, "else"))
    loop->otherwise = parse_whole_body(p, "endfor");
  else
    parser_take(p);
  return node;
}

static Node *parse_set(Parser *p, Node *node) {
  Node *target = parse_target(p, true);
  if (parser_skip(p, TOKEN_ASSIGN)) {
    node->set.target = target;
    node->set.value = parse_tuple(p, true);
    return node;
  }
  node->kind = NODE_SET_BLOCK;
  node->set_block.target = target;
  node->set_block.filter = parse_filters(p, NULL, false);
  node->set_block.body = parse_whole_body(p, "endset");
  return node;
}

static Node *parse_with(Parser *p, Node *node) {
  Pointers targets = {0};
  Pointers values = {0};
  while (!parser_is(p, TOKEN_BLOCK_END)) {
    if (targets.count) parser_expect(p, TOKEN_COMMA, "`,` or `%}`");
    pointers_add(p->arena, &targets, parse_target(p, false));
    parser_expect(p, TOKEN_ASSIGN, "`=`");
    pointers_add(p->arena, &values, parse_expression(p));
  }
  node->with.targets = (Nodes){(Node **)targets.items, targets.count};
  node->with.values = (Nodes){(Node **)values.items, values.count};
  node->with.body = parse_whole_body(p, "endwith");
  return node;
}

static void parse_parameters(Parser *p, MacroNode *macro) {
  parser_expect(p, TOKEN_PAREN_BEGIN, "`(`");
  Pointers names = {0};
  Pointers defaults = {0};
  bool has_default = false;
  while (!parser_is(p, TOKEN_PAREN_END)) {
    if (names.count) parser_expect(p, TOKEN_COMMA, "`,` or `)`");
    const Token *token = parser_now(p);
    parser_limit_names(p, token, names.count);
    Name *name = parse_target_name(p);
    for (size_t i = 0; i < names.count; i++)
      if (names.items[i] == name)
        parse_fail(p, token->offset, token->len, STR("two parameters have the same name"), (Str){0});
    pointers_add(p->arena, &names, name);
    if (name == p->t->engine->known.caller) macro->has_caller_param = true;
    bool given = parser_skip(p, TOKEN_ASSIGN);
    if (has_default && !given)
      parse_fail(p, token->offset, token->len, STR("a parameter without a default follows one that has a default"),
                 STR("put parameters with defaults last"));
    has_default = given;
    pointers_add(p->arena, &defaults, given ? parse_expression(p) : NULL);
  }
  parser_take(p);
  macro->params = (Name **)names.items;
  macro->defaults = (Node **)defaults.items;
  macro->param_count = names.count;
}

/* A macro's body may call what it finds around it later, so the loops around it must keep what they set. */
static void parse_macro_body(Parser *p, MacroNode *macro, const char *end) {
  for (Enclosing *e = p->enclosing; e; e = e->outer)
    if (e->loop) e->loop->keeps_scope = true;
  macro->body = parse_whole_body(p, end);
}

static Node *parse_macro(Parser *p, Node *node) {
  MacroNode *macro = node->macro = ARENA_NEW(p->arena, MacroNode);
  macro->name = parse_target_name(p);
  Enclosing inside = {p->enclosing, macro, NULL};
  p->enclosing = &inside;
  parse_parameters(p, macro);
  parse_macro_body(p, macro, "endmacro");
  p->enclosing = inside.outer;
  return node;
}

static Node *parse_call_block(Parser *p, Node *node) {
  MacroNode *caller = node->call_block.caller = ARENA_NEW(p->arena, MacroNode);
  Enclosing inside = {p->enclosing, caller, NULL};
  p->enclosing = &inside;
  if (parser_is(p, TOKEN_PAREN_BEGIN)) parse_parameters(p, caller);
  p->enclosing = inside.outer;
  Node *call = parse_expression(p);
  if (call->kind != NODE_CALL)
    parse_fail(p, call->offset, call->len, STR("`{% call %}` wants a call"), STR("write `{% call name(…) %}`"));
  node->call_block.call = call;
  p->enclosing = &inside;
  parse_macro_body(p, caller, "endcall");
  p->enclosing = inside.outer;
  return node;
}

static Node *parse_filter_block(Parser *p, Node *node) {
  node->set_block.filter = parse_filters(p, NULL, true);
  node->set_block.body = parse_whole_body(p, "endfilter");
  return node;
}

static bool is_empty_body(Nodes body) {
  for (size_t i = 0; i < body.count; i++)
    if (body.items[i]->kind != NODE_TEXT || str_trim(body.items[i]->text).len) return false;
  return true;
}

static void add_block(Parser *p, Node *node, size_t name_offset) {
  Str name = node->block->name->text;
  for (size_t i = 0; i < p->blocks.count; i++)
    if (((Node *)p->blocks.items[i])->block->name == node->block->name)
      parse_fail(p, name_offset, name.len,
                 str_format(p->arena, "the block `%.*s` is already defined in this file", STR_ARG(name)),
                 STR("take one of the two out; to print a block again, write `{{ self.its_name() }}`"));
  if (p->blocks.count == TEMPLATE_BLOCKS_MOST) {
    DIAG(p->diags, TEMPLATE_LIMIT, template_span(p->t, name_offset, name.len), STR("this file has too many blocks"),
         str_format(p->arena, "%d", TEMPLATE_BLOCKS_MOST));
    longjmp(p->failed, 1);
  }
  pointers_add(p->arena, &p->blocks, node);
}

static Node *parse_block(Parser *p, Node *node) {
  BlockNode *block = node->block = ARENA_NEW(p->arena, BlockNode);
  const Token *name = parser_expect(p, TOKEN_NAME, "the block's name");
  block->name = parser_intern(p, name->text);
  block->scoped = parser_skip_name(p, "scoped");
  block->required = parser_skip_name(p, "required");
  if (parser_is(p, TOKEN_SUBTRACT))
    parse_fail(p, parser_now(p)->offset, 1, STR("a block's name cannot hold `-`"), STR("write `_` instead"));
  add_block(p, node, name->offset);
  BlockNode *outer = p->block;
  p->block = block;
  block->body = parse_whole_body(p, "endblock");
  p->block = outer;
  if (block->required && !is_empty_body(block->body))
    parse_fail(p, name->offset, name->len, STR("a required block must be empty"),
               STR("leave out `required`, or move the text into the templates that fill the block"));
  if (parser_is(p, TOKEN_NAME)) {
    if (!str_equal(parser_now(p)->text, name->text))
      parse_fail(p, parser_now(p)->offset, parser_now(p)->len,
                 str_format(p->arena, "this ends the block `%.*s`", STR_ARG(name->text)),
                 STR("write its name, or none"));
    parser_take(p);
  }
  return node;
}

/* `tag` has its template's name. */
static void add_reference(Parser *p, Node *tag, bool optional) {
  Reference *reference = ARENA_NEW(p->arena, Reference);
  *reference = (Reference){tag, optional};
  pointers_add(p->arena, &p->references, reference);
}

static Node *parse_extends(Parser *p, Node *node) {
  node->import.template_name = parse_expression(p);
  add_reference(p, node, false);
  if (!p->t->extends) p->t->extends = node;
  return node;
}

static bool parse_context(Parser *p, bool *with_context) {
  bool with = parser_is_name(p, "with");
  if (!with && !parser_is_name(p, "without")) return false;
  if (parser_next(p)->kind != TOKEN_NAME || !str_equal(parser_next(p)->text, STR("context"))) return false;
  parser_take(p);
  parser_take(p);
  *with_context = with;
  return true;
}

static Node *parse_include(Parser *p, Node *node) {
  node->import.template_name = parse_expression(p);
  if (parser_is_name(p, "ignore") && parser_next(p)->kind == TOKEN_NAME &&
      str_equal(parser_next(p)->text, STR("missing"))) {
    parser_take(p);
    parser_take(p);
    node->flag = true;
  }
  add_reference(p, node, node->flag);
  node->with_context = true;
  parse_context(p, &node->with_context);
  return node;
}

static Node *parse_import(Parser *p, Node *node) {
  node->import.template_name = parse_expression(p);
  add_reference(p, node, false);
  expect_name(p, "as", "`as` and a name");
  node->import.target = parse_target_name(p);
  parse_context(p, &node->with_context);
  return node;
}

static Node *parse_from(Parser *p, Node *node) {
  node->import.template_name = parse_expression(p);
  add_reference(p, node, false);
  expect_name(p, "import", "`import`");
  Pointers names = {0};
  Pointers aliases = {0};
  Pointers tokens = {0};
  for (;;) {
    if (names.count) parser_expect(p, TOKEN_COMMA, "`,`");
    if (parse_context(p, &node->with_context)) break;
    const Token *token = parser_now(p);
    Name *name = parse_target_name(p);
    if (name->text.s[0] == '_')
      parse_fail(p, token->offset, token->len, STR("a name that begins with `_` is private to its file"), (Str){0});
    pointers_add(p->arena, &names, name);
    pointers_add(p->arena, &tokens, (void *)(uintptr_t)token);
    pointers_add(p->arena, &aliases, parser_skip_name(p, "as") ? parse_target_name(p) : name);
    if (parse_context(p, &node->with_context) || !parser_is(p, TOKEN_COMMA)) break;
  }
  node->import.names = (Name **)names.items;
  node->import.aliases = (Name **)aliases.items;
  node->import.name_count = names.count;
  node->import.offsets = ARENA_ARRAY(p->arena, uint32_t, names.count);
  for (size_t i = 0; i < names.count; i++) node->import.offsets[i] = ((const Token *)tokens.items[i])->offset;
  return node;
}

static Node *parse_autoescape(Parser *p, Node *node) {
  node->autoescape.value = parse_expression(p);
  node->autoescape.body = parse_whole_body(p, "endautoescape");
  return node;
}

typedef struct Statement {
  const char *name;
  NodeKind kind;
  Node *(*parse)(Parser *p, Node *node);
  bool has_end;
} Statement;

static const Statement statements[] = {
    {"if", NODE_IF, parse_if, true},
    {"for", NODE_FOR, parse_for, true},
    {"set", NODE_SET, parse_set, true},
    {"block", NODE_BLOCK, parse_block, true},
    {"extends", NODE_EXTENDS, parse_extends, false},
    {"include", NODE_INCLUDE, parse_include, false},
    {"macro", NODE_MACRO, parse_macro, true},
    {"call", NODE_CALL_BLOCK, parse_call_block, true},
    {"import", NODE_IMPORT, parse_import, false},
    {"from", NODE_FROM, parse_from, false},
    {"with", NODE_WITH, parse_with, true},
    {"filter", NODE_FILTER_BLOCK, parse_filter_block, true},
    {"autoescape", NODE_AUTOESCAPE, parse_autoescape, true},
};

static _Noreturn void unknown_tag(Parser *p, const Token *name) {
  Str names[sizeof statements / sizeof *statements + 1];
  size_t count = 0;
  for (size_t i = 0; i < sizeof statements / sizeof *statements; i++) names[count++] = str_from_c(statements[i].name);
  names[count++] = STR("raw");
  Str what = str_format(p->arena, "there is no tag `%.*s`", STR_ARG(name->text));
  Str hint = {0};
  if (str_starts(name->text, STR("end")) || str_equal(name->text, STR("else")) || str_equal(name->text, STR("elif"))) {
    what = str_format(p->arena, "`%.*s` has nothing to belong to", STR_ARG(name->text));
    if (p->open) {
      Position position = diag_position(p->t->text, template_span(p->t, p->open->offset, 0));
      hint = str_format(p->arena, "the open tag is `%.*s`, from line %zu", STR_ARG(p->open->name), position.line);
    }
  } else if (str_nearest(name->text, names, count).len) {
    hint = str_format(p->arena, "did you mean `%.*s`?", STR_ARG(str_nearest(name->text, names, count)));
  }
  parse_fail(p, name->offset, name->len, what, hint);
}

static void parse_print(Parser *p, Pointers *body) {
  bool first = true;
  while (!parser_is(p, TOKEN_BLOCK_END)) {
    if (!first) parser_expect(p, TOKEN_COMMA, "`,` or `%}`");
    first = false;
    Node *node = parser_node(p, NODE_OUTPUT, parser_now(p)->offset);
    node->output = parse_expression(p);
    pointers_add(p->arena, body, parser_close(p, node));
  }
}

static void parse_statement(Parser *p, size_t tag_offset, Pointers *body) {
  const Token *name = parser_now(p);
  if (name->kind != TOKEN_NAME) parse_unexpected(p, "the name of a tag");
  const Statement *statement = NULL;
  for (size_t i = 0; i < sizeof statements / sizeof *statements && !statement; i++)
    if (str_equal(name->text, str_from_c(statements[i].name))) statement = &statements[i];
  bool print = str_equal(name->text, STR("print"));
  if (!statement && !print) unknown_tag(p, name);
  parser_take(p);
  if (p->block_depth == TEMPLATE_BLOCK_DEPTH_MOST) {
    DIAG(p->diags, TEMPLATE_LIMIT, template_span(p->t, name->offset, name->len), STR("tags are nested too deeply"),
         str_format(p->arena, "%d", TEMPLATE_BLOCK_DEPTH_MOST),
         STR("move the inner part to a macro or a file of its own"));
    longjmp(p->failed, 1);
  }
  OpenTag open = {p->open, name->text, tag_offset};
  if (statement && statement->has_end) p->open = &open;
  p->block_depth++;
  if (print)
    parse_print(p, body);
  else
    pointers_add(p->arena, body, statement->parse(p, parser_node(p, statement->kind, tag_offset)));
  p->block_depth--;
  p->open = open.outer;
  parser_expect(p, TOKEN_BLOCK_END, "`%}`");
}

static bool at_end_tag(const Parser *p, const char *const *ends) {
  for (; *ends; ends++)
    if (parser_is_name(p, *ends)) return true;
  return false;
}

static void add_text(Parser *p, Pointers *body) {
  const Token *token = parser_take(p);
  Node *node = parser_node(p, NODE_TEXT, token->offset);
  node->text = token->text;
  pointers_add(p->arena, body, node);
}

static void add_output(Parser *p, Pointers *body) {
  Node *node = parser_node(p, NODE_OUTPUT, parser_take(p)->offset);
  node->output = parse_tuple(p, true);
  parser_expect(p, TOKEN_OUTPUT_END, "`}}`");
  pointers_add(p->arena, body, parser_close(p, node));
}

/* Numbers what may be worth keeping; what only copies a value is not. */
static void number_for_memo(const Parser *p, const Pointers *body) {
  TemplateEngine *engine = p->t->engine;
  Node *node = body->count ? body->items[body->count - 1] : NULL;
  if (!node || engine->outer) return;
  NodeKind kind = (NodeKind)(node->kind == NODE_OUTPUT ? node->output->kind : node->kind);
  switch (kind) {
    case NODE_FILTER:
    case NODE_CALL:
    case NODE_CONCAT:
    case NODE_CONDITION:
    case NODE_IF:
    case NODE_FOR:
    case NODE_INCLUDE: node->memo = ++engine->memo_count; break;
    default: break;
  }
}

/* Statements up to one of `ends`, which is then the present token (its `{%` is taken); up to the end of the file when
 * there are none. */
static Nodes parse_body(Parser *p, const char *const *ends) {
  Pointers body = {0};
  for (;;) {
    const Token *token = parser_now(p);
    if (token->kind == TOKEN_TEXT) {
      add_text(p, &body);
    } else if (token->kind == TOKEN_OUTPUT_BEGIN) {
      add_output(p, &body);
      number_for_memo(p, &body);
    } else if (token->kind == TOKEN_BLOCK_BEGIN) {
      parser_take(p);
      if (at_end_tag(p, ends)) break;
      parse_statement(p, token->offset, &body);
      number_for_memo(p, &body);
    } else {
      break;
    }
  }
  if (parser_is(p, TOKEN_END) && *ends)
    parse_fail(p, p->open->offset, 2, str_format(p->arena, "this `%.*s` is never closed", STR_ARG(p->open->name)),
               str_format(p->arena, "write `{%% end%.*s %%}` where it ends", STR_ARG(p->open->name)));
  return (Nodes){(Node **)body.items, body.count};
}

static bool run(Parser *p) {
  if (setjmp(p->failed)) return false;
  p->t->body = parse_body(p, (const char *const[]){NULL});
  p->t->blocks = (Node **)p->blocks.items;
  p->t->block_count = p->blocks.count;
  p->t->references = ARENA_ARRAY(p->arena, Reference, p->references.count);
  p->t->reference_count = p->references.count;
  for (size_t i = 0; i < p->references.count; i++) p->t->references[i] = *(Reference *)p->references.items[i];
  return true;
}

bool template_parse(Template *t, DiagList *diags) {
  if (t->text.len > TEMPLATE_SOURCE_MOST) {
    Arena *arena = t->engine->arena;
    DIAG(diags, TEMPLATE_LIMIT, template_span(t, STR_NONE, 0), STR("this template is too large"),
         str_format(arena, "%d bytes", TEMPLATE_SOURCE_MOST), STR("split it with `{% include %}`"));
    return false;
  }
  Tokens tokens;
  if (!template_lex(t->engine->arena, t, diags, &tokens)) return false;
  Parser p = {.t = t, .arena = t->engine->arena, .diags = diags, .tokens = tokens.items};
  return run(&p);
}
