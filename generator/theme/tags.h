/* The tags in a template's source, for tools that show, copy or check source text. What a template means is template/'s
 * business; this only finds where things stand.
 *
 * Units: byte offsets into the source. Owner: the arena given. Failure: none; broken templates give fewer tags. */
#ifndef PAMPHLET_THEME_TAGS_H
#define PAMPHLET_THEME_TAGS_H

#include "base/str.h"

typedef enum TagKind { TAG_STATEMENT, TAG_OUTPUT, TAG_COMMENT } TagKind;

typedef struct Tag {
  TagKind kind;
  size_t begin; /* of {% */
  size_t end;   /* after %} */
  Str inner;    /* without the brackets and their - or +, trimmed */
} Tag;

/* The next tag at or after *at, which moves past it. What stands between raw and endraw is no tag. */
bool tag_next(Str source, size_t *at, Tag *tag);

typedef struct SourceBlock {
  Str name;
  size_t begin, end;           /* {% block x %} … {% endblock %} */
  size_t body_begin, body_end; /* what is between */
  int depth;                   /* 0: not inside another block */
} SourceBlock;

/* In the order in which they begin. */
SourceBlock *source_blocks(Arena *arena, Str source, size_t *count);
const SourceBlock *source_block(const SourceBlock *blocks, size_t count, Str name);

/* A text in quotes inside a tag, and what stands right before and after it in the tag, trimmed. */
typedef struct Literal {
  Str text;
  size_t offset; /* of the text in the source */
  Str before, after;
} Literal;

bool literal_next(Str source, const Tag *tag, size_t *at, Literal *literal); /* *at 0 to begin */

#endif
