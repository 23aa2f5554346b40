/* Tokens of a template.
 *
 * White space that the template's own marks (`-`) and options (trim_blocks, lstrip_blocks) take away is gone from the
 * text tokens already; line ends are "\n".
 * Units: offsets are bytes of the source as it stands in the file.
 * Owner: the arena; texts point into the source where they can.
 * Failure: false, the first error is reported. */
#ifndef PAMPHLET_TEMPLATE_LEXER_H
#define PAMPHLET_TEMPLATE_LEXER_H

#include "template/tree.h"

typedef enum TokenKind {
  TOKEN_END,
  TOKEN_TEXT,
  TOKEN_OUTPUT_BEGIN,
  TOKEN_OUTPUT_END,
  TOKEN_BLOCK_BEGIN,
  TOKEN_BLOCK_END,
  TOKEN_NAME,
  TOKEN_STRING,
  TOKEN_INTEGER,
  TOKEN_FLOAT,
  TOKEN_ADD,
  TOKEN_SUBTRACT,
  TOKEN_DIVIDE,
  TOKEN_FLOOR_DIVIDE,
  TOKEN_MULTIPLY,
  TOKEN_MODULO,
  TOKEN_POWER,
  TOKEN_TILDE,
  TOKEN_BRACKET_BEGIN,
  TOKEN_BRACKET_END,
  TOKEN_PAREN_BEGIN,
  TOKEN_PAREN_END,
  TOKEN_BRACE_BEGIN,
  TOKEN_BRACE_END,
  TOKEN_EQUAL,
  TOKEN_NOT_EQUAL,
  TOKEN_GREATER,
  TOKEN_GREATER_EQUAL,
  TOKEN_LESS,
  TOKEN_LESS_EQUAL,
  TOKEN_ASSIGN,
  TOKEN_DOT,
  TOKEN_COLON,
  TOKEN_PIPE,
  TOKEN_COMMA,
  TOKEN_SEMICOLON,
} TokenKind;

typedef struct Token {
  TokenKind kind;
  uint32_t offset, len;
  union {
    Str text; /* TOKEN_TEXT, TOKEN_NAME, TOKEN_STRING: the meaning, escapes done */
    int64_t integer;
    double number;
  };
} Token;

typedef struct Tokens {
  Token *items; /* the last is TOKEN_END */
  size_t count;
} Tokens;

bool template_lex(Arena *arena, const Template *t, DiagList *diags, Tokens *tokens);

#endif
