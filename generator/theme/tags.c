#include "theme/tags.h"

enum { BLOCKS_MOST = 1024, NESTING_MOST = 64 }; /* a template of a megabyte could hold more; no theme has a tenth */

/* Past a quoted text that begins at `at`. */
static size_t skip_quoted(Str source, size_t at) {
  char quote = source.s[at++];
  while (at < source.len && source.s[at] != quote) at += source.s[at] == '\\' ? 2 : 1;
  return at < source.len ? at + 1 : source.len;
}

/* The place of the closing bracket, or STR_NONE. Quoted texts may hold brackets; comments hold no quoted texts. */
static size_t find_close(Str source, size_t at, TagKind kind) {
  char mark = kind == TAG_STATEMENT ? '%' : kind == TAG_OUTPUT ? '}' : '#';
  while (at + 1 < source.len) {
    char c = source.s[at];
    if (c == mark && source.s[at + 1] == '}') return at;
    at = kind != TAG_COMMENT && (c == '"' || c == '\'') ? skip_quoted(source, at) : at + 1;
  }
  return STR_NONE;
}

static Str inner_of(Str source, size_t begin, size_t close) {
  Str inner = str_slice(source, begin + 2, close);
  if (inner.len && (inner.s[0] == '-' || inner.s[0] == '+')) inner = str_skip(inner, 1);
  if (inner.len && (inner.s[inner.len - 1] == '-' || inner.s[inner.len - 1] == '+')) inner.len--;
  return str_trim(inner);
}

static bool find_tag(Str source, size_t *at, Tag *tag) {
  for (size_t i = *at; i + 1 < source.len; i++) {
    char c = source.s[i + 1];
    if (source.s[i] != '{' || (c != '%' && c != '{' && c != '#')) continue;
    tag->kind = c == '%' ? TAG_STATEMENT : c == '{' ? TAG_OUTPUT : TAG_COMMENT;
    size_t close = find_close(source, i + 2, tag->kind);
    if (close == STR_NONE) return false;
    tag->begin = i;
    tag->end = close + 2;
    tag->inner = inner_of(source, i, close);
    *at = tag->end;
    return true;
  }
  return false;
}

static Str first_word(Str text, Str *rest) {
  size_t len = 0;
  while (len < text.len && !ascii_is_space(text.s[len])) len++;
  *rest = str_trim(str_skip(text, len));
  return str_slice(text, 0, len);
}

static bool is_statement(const Tag *tag, Str word) {
  Str rest;
  return tag->kind == TAG_STATEMENT && str_equal(first_word(tag->inner, &rest), word);
}

/* Everything up to endraw is text. */
static void skip_raw(Str source, size_t *at) {
  for (size_t i = *at; i + 1 < source.len; i++) {
    if (source.s[i] != '{' || source.s[i + 1] != '%') continue;
    size_t close = find_close(source, i + 2, TAG_STATEMENT);
    if (close == STR_NONE) break;
    if (!str_equal(inner_of(source, i, close), STR("endraw"))) continue;
    *at = close + 2;
    return;
  }
  *at = source.len;
}

bool tag_next(Str source, size_t *at, Tag *tag) {
  if (!find_tag(source, at, tag)) return false;
  if (is_statement(tag, STR("raw"))) skip_raw(source, at);
  return true;
}

SourceBlock *source_blocks(Arena *arena, Str source, size_t *count) {
  SourceBlock *blocks = ARENA_ARRAY(arena, SourceBlock, BLOCKS_MOST);
  size_t open[NESTING_MOST];
  int depth = 0;
  size_t at = 0;
  Tag tag;
  *count = 0;
  while (tag_next(source, &at, &tag)) {
    Str rest;
    if (is_statement(&tag, STR("block")) && *count < BLOCKS_MOST && depth < NESTING_MOST) {
      first_word(tag.inner, &rest);
      open[depth] = *count;
      blocks[(*count)++] = (SourceBlock){.name = first_word(rest, &rest),
                                         .begin = tag.begin,
                                         .body_begin = tag.end,
                                         .end = source.len,
                                         .body_end = source.len,
                                         .depth = depth};
      depth++;
    } else if (is_statement(&tag, STR("endblock")) && depth > 0) {
      depth--;
      blocks[open[depth]].body_end = tag.begin;
      blocks[open[depth]].end = tag.end;
    }
  }
  return blocks;
}

const SourceBlock *source_block(const SourceBlock *blocks, size_t count, Str name) {
  for (size_t i = 0; i < count; i++)
    if (str_equal(blocks[i].name, name)) return &blocks[i];
  return NULL;
}

bool literal_next(Str source, const Tag *tag, size_t *at, Literal *literal) {
  if (tag->kind == TAG_COMMENT) return false;
  size_t i = *at > tag->begin ? *at : tag->begin + 2;
  while (i + 2 < tag->end && source.s[i] != '"' && source.s[i] != '\'') i++;
  if (i + 2 >= tag->end) return false;
  size_t end = skip_quoted(source, i);
  literal->text = str_slice(source, i + 1, end - 1);
  literal->offset = i + 1;
  literal->before = str_trim(str_slice(source, tag->begin + 2, i));
  literal->after = str_trim(str_slice(source, end, tag->end - 2));
  *at = end;
  return true;
}
