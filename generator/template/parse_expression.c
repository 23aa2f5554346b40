#include "base/limits.h"
#include "template/parser.h"

static Node *parse_unary(Parser *p, bool with_filters);
static Node *parse_primary(Parser *p);
static Node *parse_postfix(Parser *p, Node *node);

static void enter(Parser *p) {
  if (++p->expression_depth <= TEMPLATE_EXPRESSION_DEPTH_MOST) return;
  const Token *token = parser_now(p);
  DIAG(p->diags, TEMPLATE_LIMIT, template_span(p->t, token->offset, token->len),
       STR("this expression is nested too deeply"), str_format(p->arena, "%d", TEMPLATE_EXPRESSION_DEPTH_MOST),
       STR("give its parts names with `{% set %}`"));
  longjmp(p->failed, 1);
}

static void leave(Parser *p) {
  p->expression_depth--;
}

static Nodes nodes_of(const Pointers *list) {
  return (Nodes){(Node **)list->items, list->count};
}

static Node *pair(Parser *p, NodeKind kind, Node *left, Node *right) {
  Node *node = parser_node(p, kind, left->offset);
  node->pair.left = left;
  node->pair.right = right;
  return parser_close(p, node);
}

static Node *binary(Parser *p, Operator op, Node *left, Node *right) {
  Node *node = pair(p, NODE_BINARY, left, right);
  node->op = (uint8_t)op;
  return node;
}

/* --- literals --- */

static Node *constant(Parser *p, Value value, size_t offset) {
  Node *node = parser_node(p, NODE_CONST, offset);
  node->constant = value;
  return parser_close(p, node);
}

static Node *parse_text(Parser *p) {
  size_t offset = parser_now(p)->offset;
  Str text = parser_take(p)->text;
  while (parser_is(p, TOKEN_STRING)) text = STR_CONCAT(p->arena, text, parser_take(p)->text);
  return constant(p, value_str(text), offset);
}

static Node *parse_list(Parser *p) {
  Node *node = parser_node(p, NODE_LIST, parser_take(p)->offset);
  Pointers items = {0};
  while (!parser_is(p, TOKEN_BRACKET_END)) {
    if (items.count) parser_expect(p, TOKEN_COMMA, "`,` or `]`");
    if (parser_is(p, TOKEN_BRACKET_END)) break;
    pointers_add(p->arena, &items, parse_expression(p));
  }
  parser_take(p);
  node->list = nodes_of(&items);
  return parser_close(p, node);
}

static Node *parse_map(Parser *p) {
  Node *node = parser_node(p, NODE_MAP, parser_take(p)->offset);
  Pointers items = {0};
  while (!parser_is(p, TOKEN_BRACE_END)) {
    if (items.count) parser_expect(p, TOKEN_COMMA, "`,` or `}`");
    if (parser_is(p, TOKEN_BRACE_END)) break;
    pointers_add(p->arena, &items, parse_expression(p));
    parser_expect(p, TOKEN_COLON, "`:` between key and value");
    pointers_add(p->arena, &items, parse_expression(p));
  }
  parser_take(p);
  node->list = nodes_of(&items);
  return parser_close(p, node);
}

static void mark_special_name(Parser *p, const Name *name) {
  const KnownNames *known = &p->t->engine->known;
  if (name == known->super && p->block) p->block->uses_super = true;
  if (name == known->self) {
    if (p->block) p->block->uses_self = true;
    p->t->uses_self = true;
  }
  for (Enclosing *e = p->enclosing; e; e = e->outer) {
    if (!e->macro) continue;
    if (name == known->varargs) e->macro->uses_varargs = true;
    if (name == known->kwargs) e->macro->uses_kwargs = true;
    if (name == known->caller) e->macro->uses_caller = true;
  }
}

static bool literal_name(Str name, Value *value) {
  if (str_equal(name, STR("true")) || str_equal(name, STR("True"))) {
    *value = value_bool(true);
  } else if (str_equal(name, STR("false")) || str_equal(name, STR("False"))) {
    *value = value_bool(false);
  } else if (str_equal(name, STR("none")) || str_equal(name, STR("None"))) {
    *value = value_null();
  } else {
    return false;
  }
  return true;
}

static Node *parse_name(Parser *p) {
  const Token *token = parser_take(p);
  Value value;
  if (literal_name(token->text, &value)) return constant(p, value, token->offset);
  Node *node = parser_node(p, NODE_NAME, token->offset);
  node->name = parser_intern(p, token->text);
  mark_special_name(p, node->name);
  return parser_close(p, node);
}

static Node *parse_tuple_items(Parser *p, Node *(*parse)(Parser *), bool in_parens) {
  size_t offset = parser_now(p)->offset;
  Pointers items = {0};
  bool is_tuple = false;
  for (;;) {
    if (items.count) parser_expect(p, TOKEN_COMMA, "`,`");
    if (parser_is(p, TOKEN_OUTPUT_END) || parser_is(p, TOKEN_BLOCK_END) || parser_is(p, TOKEN_PAREN_END)) break;
    pointers_add(p->arena, &items, parse(p));
    if (!parser_is(p, TOKEN_COMMA)) break;
    is_tuple = true;
  }
  if (!is_tuple) {
    if (items.count) return items.items[0];
    if (!in_parens) parse_unexpected(p, "an expression");
  }
  Node *node = parser_node(p, NODE_TUPLE, offset);
  node->list = nodes_of(&items);
  return parser_close(p, node);
}

static Node *parse_parens(Parser *p) {
  parser_take(p);
  Node *node = parse_tuple_items(p, parse_expression, true);
  parser_expect(p, TOKEN_PAREN_END, "`)`");
  return node;
}

static Node *parse_primary(Parser *p) {
  const Token *token = parser_now(p);
  switch (token->kind) {
    case TOKEN_NAME: return parse_name(p);
    case TOKEN_STRING: return parse_text(p);
    case TOKEN_INTEGER: parser_take(p); return constant(p, value_int(token->integer), token->offset);
    case TOKEN_FLOAT: parser_take(p); return constant(p, value_float(token->number), token->offset);
    case TOKEN_PAREN_BEGIN: return parse_parens(p);
    case TOKEN_BRACKET_BEGIN: return parse_list(p);
    case TOKEN_BRACE_BEGIN: return parse_map(p);
    default: parse_unexpected(p, "an expression");
  }
}

/* --- calls, members, filters, tests --- */

void parser_limit_names(Parser *p, const Token *token, size_t count) {
  if (count < TEMPLATE_ARGUMENTS_MOST) return;
  DIAG(p->diags, TEMPLATE_LIMIT, template_span(p->t, token->offset, token->len), STR("there are too many names here"),
       str_format(p->arena, "%d", TEMPLATE_ARGUMENTS_MOST));
  longjmp(p->failed, 1);
}

static void add_named_argument(Parser *p, Arguments *args, Pointers *named) {
  const Token *key = parser_take(p);
  parser_limit_names(p, key, named->count);
  parser_take(p);
  NamedNode *argument = ARENA_NEW(p->arena, NamedNode);
  argument->name = parser_intern(p, key->text);
  argument->offset = key->offset;
  for (size_t i = 0; i < named->count; i++)
    if (((NamedNode *)named->items[i])->name == argument->name)
      parse_fail(p, key->offset, key->len,
                 str_format(p->arena, "the argument `%.*s` is given twice", STR_ARG(key->text)), (Str){0});
  argument->value = parse_expression(p);
  pointers_add(p->arena, named, argument);
  args->named_count = named->count;
}

static void misplaced_argument(Parser *p, bool misplaced) {
  const Token *token = parser_now(p);
  if (misplaced)
    parse_fail(p, token->offset, token->len, STR("this argument is out of order"),
               STR("first come plain arguments, then `name=value`, then `*list` and `**map`"));
}

static void parse_argument(Parser *p, Arguments *args, Pointers *positional, Pointers *named) {
  if (parser_is(p, TOKEN_MULTIPLY)) {
    misplaced_argument(p, args->rest || args->named_rest);
    parser_take(p);
    args->rest = parse_expression(p);
  } else if (parser_is(p, TOKEN_POWER)) {
    misplaced_argument(p, args->named_rest != NULL);
    parser_take(p);
    args->named_rest = parse_expression(p);
  } else if (parser_is(p, TOKEN_NAME) && parser_next(p)->kind == TOKEN_ASSIGN) {
    misplaced_argument(p, args->named_rest != NULL);
    add_named_argument(p, args, named);
  } else {
    misplaced_argument(p, args->rest || args->named_rest || named->count);
    pointers_add(p->arena, positional, parse_expression(p));
  }
}

static void parse_arguments(Parser *p, Arguments *args) {
  parser_expect(p, TOKEN_PAREN_BEGIN, "`(`");
  Pointers positional = {0};
  Pointers named = {0};
  bool first = true;
  while (!parser_is(p, TOKEN_PAREN_END)) {
    if (!first) parser_expect(p, TOKEN_COMMA, "`,` or `)`");
    if (parser_is(p, TOKEN_PAREN_END)) break;
    parse_argument(p, args, &positional, &named);
    first = false;
  }
  parser_take(p);
  args->positional = nodes_of(&positional);
  args->named = ARENA_ARRAY(p->arena, NamedNode, named.count);
  for (size_t i = 0; i < named.count; i++) args->named[i] = *(NamedNode *)named.items[i];
}

static Node *parse_call(Parser *p, Node *callee) {
  Node *node = parser_node(p, NODE_CALL, callee->offset);
  node->call.callee = callee;
  parse_arguments(p, &node->call.args);
  return parser_close(p, node);
}

static Node *parse_member(Parser *p, Node *base) {
  parser_take(p);
  const Token *token = parser_now(p);
  if (token->kind == TOKEN_NAME) {
    parser_take(p);
    Node *node = parser_node(p, NODE_MEMBER, base->offset);
    node->member.base = base;
    node->member.name = parser_intern(p, token->text);
    node->member.name_offset = token->offset;
    return parser_close(p, node);
  }
  if (token->kind != TOKEN_INTEGER) parse_unexpected(p, "a name or a number after `.`");
  parser_take(p);
  Node *node = parser_node(p, NODE_ITEM, base->offset);
  node->item.base = base;
  node->item.index = constant(p, value_int(token->integer), token->offset);
  return parser_close(p, node);
}

static Node *slice_part(Parser *p) {
  if (parser_is(p, TOKEN_COLON) || parser_is(p, TOKEN_BRACKET_END) || parser_is(p, TOKEN_COMMA)) return NULL;
  return parse_expression(p);
}

static Node *parse_slice(Parser *p, Node *base, Node *begin) {
  parser_take(p);
  Node *node = parser_node(p, NODE_SLICE, base->offset);
  node->slice.base = base;
  node->slice.begin = begin;
  node->slice.end = slice_part(p);
  if (parser_skip(p, TOKEN_COLON)) node->slice.step = slice_part(p);
  parser_expect(p, TOKEN_BRACKET_END, "`]`");
  return parser_close(p, node);
}

static Node *parse_item(Parser *p, Node *base) {
  size_t offset = parser_take(p)->offset;
  if (parser_is(p, TOKEN_BRACKET_END)) parse_unexpected(p, "an index");
  Node *index = slice_part(p);
  if (parser_is(p, TOKEN_COLON)) return parse_slice(p, base, index);
  if (!index) parse_unexpected(p, "an index");
  if (parser_is(p, TOKEN_COMMA)) {
    Pointers items = {0};
    pointers_add(p->arena, &items, index);
    while (parser_skip(p, TOKEN_COMMA) && !parser_is(p, TOKEN_BRACKET_END))
      pointers_add(p->arena, &items, parse_expression(p));
    index = parser_node(p, NODE_TUPLE, offset);
    index->list = nodes_of(&items);
  }
  parser_expect(p, TOKEN_BRACKET_END, "`]`");
  Node *node = parser_node(p, NODE_ITEM, base->offset);
  node->item.base = base;
  node->item.index = index;
  return parser_close(p, node);
}

static Node *parse_postfix(Parser *p, Node *node) {
  for (;;) {
    if (parser_is(p, TOKEN_DOT))
      node = parse_member(p, node);
    else if (parser_is(p, TOKEN_BRACKET_BEGIN))
      node = parse_item(p, node);
    else if (parser_is(p, TOKEN_PAREN_BEGIN))
      node = parse_call(p, node);
    else
      return node;
  }
}

typedef const Callable *FindCallable(const Name *name);

static const Callable *filter_of(const Name *name) {
  return name->filter;
}

static const Callable *test_of(const Name *name) {
  return name->test;
}

/* The nearest name of `engine` (and of those around it) that `find` accepts. */
static Str nearest_callable(Parser *p, Str name, FindCallable *find) {
  Pointers names = {0};
  for (const TemplateEngine *engine = p->t->engine; engine; engine = engine->outer)
    for (size_t i = 0; i < engine->names.size; i++)
      if (engine->names.slots[i] && find(engine->names.slots[i]))
        pointers_add(p->arena, &names, engine->names.slots[i]);
  Str *texts = ARENA_ARRAY(p->arena, Str, names.count);
  for (size_t i = 0; i < names.count; i++) texts[i] = ((Name *)names.items[i])->text;
  return str_nearest(name, texts, names.count);
}

static Name *callable_name(Parser *p, FindCallable *find, const char *what) {
  const Token *token = parser_expect(p, TOKEN_NAME, "a name");
  Str text = token->text;
  while (parser_skip(p, TOKEN_DOT))
    text = STR_CONCAT(p->arena, text, STR("."), parser_expect(p, TOKEN_NAME, "a name")->text);
  Name *name = parser_intern(p, text);
  if (find(name) || p->conditional) return name;
  DIAG(p->diags, TEMPLATE_FILTER, template_span(p->t, token->offset, p->last_end - token->offset), str_from_c(what),
       text, nearest_callable(p, text, find));
  longjmp(p->failed, 1);
}

Node *parse_filters(Parser *p, Node *input, bool inline_start) {
  while (inline_start || parser_is(p, TOKEN_PIPE)) {
    if (!inline_start) parser_take(p);
    inline_start = false;
    size_t offset = parser_now(p)->offset;
    Node *node = parser_node(p, NODE_FILTER, input ? input->offset : offset);
    node->filter.input = input;
    node->filter.name_offset = (uint32_t)offset;
    node->filter.name = callable_name(p, filter_of, "filter");
    if (parser_is(p, TOKEN_PAREN_BEGIN)) parse_arguments(p, &node->filter.args);
    input = parser_close(p, node);
  }
  return input;
}

static bool test_argument_follows(const Parser *p) {
  switch (parser_now(p)->kind) {
    case TOKEN_NAME: return !parser_is_name(p, "else") && !parser_is_name(p, "or") && !parser_is_name(p, "and");
    case TOKEN_STRING:
    case TOKEN_INTEGER:
    case TOKEN_FLOAT:
    case TOKEN_BRACKET_BEGIN:
    case TOKEN_BRACE_BEGIN: return true;
    default: return false;
  }
}

static Node *parse_test(Parser *p, Node *input) {
  parser_take(p);
  Node *node = parser_node(p, NODE_TEST, input->offset);
  node->flag = parser_skip_name(p, "not");
  node->filter.input = input;
  node->filter.name_offset = parser_now(p)->offset;
  node->filter.name = callable_name(p, test_of, "test");
  if (parser_is(p, TOKEN_PAREN_BEGIN)) {
    parse_arguments(p, &node->filter.args);
  } else if (test_argument_follows(p)) {
    const Token *token = parser_now(p);
    if (parser_is_name(p, "is"))
      parse_fail(p, token->offset, token->len, STR("`is` cannot follow a test"), STR("join tests with `and`"));
    Pointers one = {0};
    pointers_add(p->arena, &one, parse_postfix(p, parse_primary(p)));
    node->filter.args.positional = nodes_of(&one);
  }
  return parser_close(p, node);
}

static Node *parse_filters_and_tests(Parser *p, Node *node) {
  for (;;) {
    if (parser_is(p, TOKEN_PIPE))
      node = parse_filters(p, node, false);
    else if (parser_is_name(p, "is"))
      node = parse_test(p, node);
    else if (parser_is(p, TOKEN_PAREN_BEGIN))
      node = parse_call(p, node);
    else
      return node;
  }
}

/* --- operators, loosest binding last --- */

static Node *parse_unary(Parser *p, bool with_filters) {
  enter(p);
  Node *node;
  size_t offset = parser_now(p)->offset;
  if (parser_is(p, TOKEN_SUBTRACT) || parser_is(p, TOKEN_ADD)) {
    NodeKind kind = parser_take(p)->kind == TOKEN_SUBTRACT ? NODE_NEGATE : NODE_PLUS;
    Node *operand = parse_unary(p, false);
    node = pair(p, kind, operand, NULL);
    node->offset = (uint32_t)offset;
    parser_close(p, node);
  } else {
    node = parse_primary(p);
  }
  node = parse_postfix(p, node);
  if (with_filters) node = parse_filters_and_tests(p, node);
  leave(p);
  return node;
}

static Node *parse_power(Parser *p) {
  Node *left = parse_unary(p, true);
  while (parser_skip(p, TOKEN_POWER)) left = binary(p, OP_POWER, left, parse_unary(p, true));
  return left;
}

static bool multiplication(const Parser *p, Operator *op) {
  switch (parser_now(p)->kind) {
    case TOKEN_MULTIPLY: *op = OP_MULTIPLY; return true;
    case TOKEN_DIVIDE: *op = OP_DIVIDE; return true;
    case TOKEN_FLOOR_DIVIDE: *op = OP_FLOOR_DIVIDE; return true;
    case TOKEN_MODULO: *op = OP_MODULO; return true;
    default: return false;
  }
}

static Node *parse_product(Parser *p) {
  Node *left = parse_power(p);
  Operator op;
  while (multiplication(p, &op)) {
    parser_take(p);
    left = binary(p, op, left, parse_power(p));
  }
  return left;
}

static Node *parse_concat(Parser *p) {
  Node *first = parse_product(p);
  if (!parser_is(p, TOKEN_TILDE)) return first;
  Pointers parts = {0};
  pointers_add(p->arena, &parts, first);
  while (parser_skip(p, TOKEN_TILDE)) pointers_add(p->arena, &parts, parse_product(p));
  Node *node = parser_node(p, NODE_CONCAT, first->offset);
  node->list = nodes_of(&parts);
  return parser_close(p, node);
}

static Node *parse_sum(Parser *p) {
  Node *left = parse_concat(p);
  while (parser_is(p, TOKEN_ADD) || parser_is(p, TOKEN_SUBTRACT)) {
    Operator op = parser_take(p)->kind == TOKEN_ADD ? OP_ADD : OP_SUBTRACT;
    left = binary(p, op, left, parse_concat(p));
  }
  return left;
}

static bool comparison(Parser *p, Operator *op) {
  switch (parser_now(p)->kind) {
    case TOKEN_EQUAL: *op = OP_EQUAL; break;
    case TOKEN_NOT_EQUAL: *op = OP_NOT_EQUAL; break;
    case TOKEN_LESS: *op = OP_LESS; break;
    case TOKEN_LESS_EQUAL: *op = OP_LESS_EQUAL; break;
    case TOKEN_GREATER: *op = OP_GREATER; break;
    case TOKEN_GREATER_EQUAL: *op = OP_GREATER_EQUAL; break;
    case TOKEN_NAME:
      if (parser_is_name(p, "in")) {
        *op = OP_IN;
        break;
      }
      if (!parser_is_name(p, "not") || parser_next(p)->kind != TOKEN_NAME ||
          !str_equal(parser_next(p)->text, STR("in")))
        return false;
      parser_take(p);
      *op = OP_NOT_IN;
      break;
    default: return false;
  }
  parser_take(p);
  return true;
}

static Node *parse_compare(Parser *p) {
  Node *first = parse_sum(p);
  Pointers rest = {0};
  Buf ops = buf_new(p->arena, TEMPLATE_SOURCE_MOST);
  Operator op;
  while (comparison(p, &op)) {
    buf_add_byte(&ops, (char)op);
    pointers_add(p->arena, &rest, parse_sum(p));
  }
  if (!rest.count) return first;
  Node *node = parser_node(p, NODE_COMPARE, first->offset);
  node->compare.first = first;
  node->compare.rest = nodes_of(&rest);
  node->compare.ops = (uint8_t *)ops.s;
  return parser_close(p, node);
}

static Node *parse_not(Parser *p) {
  if (!parser_is_name(p, "not")) return parse_compare(p);
  enter(p);
  size_t offset = parser_take(p)->offset;
  Node *node = pair(p, NODE_NOT, parse_not(p), NULL);
  node->offset = (uint32_t)offset;
  leave(p);
  return parser_close(p, node);
}

static Node *parse_and(Parser *p) {
  Node *left = parse_not(p);
  while (parser_skip_name(p, "and")) left = pair(p, NODE_AND, left, parse_not(p));
  return left;
}

static Node *parse_or(Parser *p) {
  Node *left = parse_and(p);
  while (parser_skip_name(p, "or")) left = pair(p, NODE_OR, left, parse_and(p));
  return left;
}

Node *parse_expression(Parser *p) {
  enter(p);
  Node *value = parse_or(p);
  while (parser_skip_name(p, "if")) {
    Node *node = parser_node(p, NODE_CONDITION, value->offset);
    node->condition.yes = value;
    node->condition.test = parse_or(p);
    if (parser_skip_name(p, "else")) node->condition.no = parse_expression(p);
    value = parser_close(p, node);
  }
  leave(p);
  return value;
}

static Node *parse_without_condition(Parser *p) {
  enter(p);
  Node *node = parse_or(p);
  leave(p);
  return node;
}

Node *parse_tuple(Parser *p, bool conditions) {
  return parse_tuple_items(p, conditions ? parse_expression : parse_without_condition, false);
}

/* --- targets --- */

/* A rendering's own engine leaves the names of the outer one alone: with it nothing is kept (memo.c). */
static void mark_assigned(const Parser *p, Name *name) {
  if (!p->t->engine->outer) name->assigned = true;
}

static void check_target(Parser *p, const Node *node) {
  if (node->kind == NODE_NAME) {
    mark_assigned(p, node->name);
    return;
  }
  if (node->kind == NODE_TUPLE) {
    for (size_t i = 0; i < node->list.count; i++) check_target(p, node->list.items[i]);
    return;
  }
  parse_fail(p, node->offset, node->len, STR("nothing can be assigned to this"), STR("a name should stand here"));
}

Name *parse_target_name(Parser *p) {
  const Token *token = parser_expect(p, TOKEN_NAME, "a name");
  Value value;
  if (literal_name(token->text, &value))
    parse_fail(p, token->offset, token->len,
               str_format(p->arena, "`%.*s` is a word of the language", STR_ARG(token->text)),
               STR("choose another name"));
  Name *name = parser_intern(p, token->text);
  mark_assigned(p, name);
  return name;
}

Node *parse_target(Parser *p, bool namespaces) {
  if (namespaces && parser_is(p, TOKEN_NAME) && parser_next(p)->kind == TOKEN_DOT) {
    Node *base = parse_name(p);
    Node *node = parse_member(p, base);
    if (node->kind == NODE_MEMBER) return node;
    check_target(p, node);
  }
  Node *node = parse_tuple_items(p, parse_primary, false);
  check_target(p, node);
  return node;
}
