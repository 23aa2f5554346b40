/* What the two halves of the parser share. Private to template/.
 *
 * Recursive descent, in the order of Jinja's own grammar. The first error of a file ends its parsing: it is reported,
 * and parse_fail() jumps back to template_parse() (nothing but arena memory is held on the way). */
#ifndef PAMPHLET_TEMPLATE_PARSER_H
#define PAMPHLET_TEMPLATE_PARSER_H

#include <setjmp.h>

#include "template/lexer.h"
#include "template/tree.h"

/* A tag that waits for its end. */
typedef struct OpenTag {
  struct OpenTag *outer;
  Str name;
  size_t offset;
} OpenTag;

/* What is being parsed around here, innermost first. */
typedef struct Enclosing {
  struct Enclosing *outer;
  MacroNode *macro; /* one of the two */
  ForNode *loop;
} Enclosing;

/* A list that grows. */
typedef struct Pointers {
  void **items;
  size_t count, capacity;
} Pointers;

typedef struct Parser {
  Template *t;
  Arena *arena;
  DiagList *diags;
  const Token *tokens;
  size_t at;
  size_t last_end; /* of the token that was taken last */
  jmp_buf failed;
  int expression_depth;
  int block_depth;
  int conditional; /* inside an `if`: an unknown filter is an error only when it is reached, as in Jinja */
  OpenTag *open;
  Enclosing *enclosing;
  BlockNode *block;
  Pointers blocks, references; /* Node */
} Parser;

void pointers_add(Arena *arena, Pointers *list, void *item);

_Noreturn void parse_fail(Parser *p, size_t offset, size_t len, Str what, Str hint);
_Noreturn void parse_unexpected(Parser *p, const char *wanted); /* at the present token */

const Token *parser_now(const Parser *p);
const Token *parser_next(const Parser *p); /* the one after */
bool parser_is(const Parser *p, TokenKind kind);
bool parser_is_name(const Parser *p, const char *name);
const Token *parser_take(Parser *p);
bool parser_skip(Parser *p, TokenKind kind);
bool parser_skip_name(Parser *p, const char *name);
const Token *parser_expect(Parser *p, TokenKind kind, const char *wanted);

Node *parser_node(Parser *p, NodeKind kind, size_t offset);
/* Sets the node's end to what was taken last. */
Node *parser_close(Parser *p, Node *node);
Name *parser_intern(Parser *p, Str text);
/* Before one more name comes to `count` names of parameters or arguments. */
void parser_limit_names(Parser *p, const Token *token, size_t count);

Node *parse_expression(Parser *p);
/* Without `conditions`, an inline `if` is not part of it. */
Node *parse_tuple(Parser *p, bool conditions);
/* Something to assign to: names, tuples of names, and with `namespaces` `ns.name`. */
Node *parse_target(Parser *p, bool namespaces);
Name *parse_target_name(Parser *p);
/* Filters after `input`, which may be NULL (a filter block). `inline_start`: the first `|` is not written. */
Node *parse_filters(Parser *p, Node *input, bool inline_start);

#endif
