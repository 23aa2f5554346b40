/* The only file with mutable state of the whole process: cmark_mem has no context, so the arena that cmark allocates
 * from has to be a global. It is set for the length of one parse. */
#include "markdown/work.h"

#include <string.h>

enum { ALIGN = 16, HEADER = 16 }; /* the header holds the block's size, for realloc */

static Arena *parse_arena;

/* A page has hundreds of blocks. While one is parsed nothing else is put into the arena, so what is aligned at the
 * beginning stays so. */
static size_t rounded(size_t bytes) {
  if (bytes > PTRDIFF_MAX) arena_full(); /* too much for any arena, or less than nothing */
  return (bytes + ALIGN - 1) & ~(size_t)(ALIGN - 1);
}

static void *block_new(size_t bytes) {
  bytes = rounded(bytes);
  char *block = arena_alloc(parse_arena, bytes + HEADER, 1);
  memcpy(block, &bytes, sizeof bytes);
  return block + HEADER;
}

static void begin(Arena *scratch) {
  parse_arena = scratch;
  arena_alloc(scratch, 0, ALIGN);
}

static void *block_calloc(size_t count, size_t size) {
  size_t bytes = 0;
  if (__builtin_mul_overflow(count, size, &bytes)) arena_full();
  void *block = block_new(bytes);
  memset(block, 0, bytes);
  return block;
}

static void *block_realloc(void *old, size_t bytes) {
  if (!old) return block_new(bytes);
  size_t had = 0;
  char *header = (char *)old - HEADER;
  memcpy(&had, header, sizeof had);
  if (bytes <= had) return old;
  if ((char *)old + had == parse_arena->at) {
    bytes = rounded(bytes);
    arena_alloc(parse_arena, bytes - had, 1);
    memcpy(header, &bytes, sizeof bytes);
    return old;
  }
  void *moved = block_new(bytes);
  memcpy(moved, old, had);
  return moved;
}

static void block_free(void *block) {
  (void)block; /* the arena is rewound after the page */
}

static cmark_mem parse_mem = {block_calloc, block_realloc, block_free};

void markdown_start(void) {
  /* Made with cmark's default allocator: extensions outlive every page. */
  cmark_gfm_core_extensions_ensure_registered();
}

static cmark_parser *new_parser(int options, Str extensions) {
  cmark_parser *parser = cmark_parser_new_with_mem(options, &parse_mem);
  while (extensions.len) {
    Str name;
    char buffer[32] = "";
    str_cut(extensions, ' ', &name, &extensions);
    if (name.len >= sizeof buffer) continue;
    memcpy(buffer, name.s, name.len);
    cmark_syntax_extension *extension = cmark_find_syntax_extension(buffer);
    if (extension) cmark_parser_attach_syntax_extension(parser, extension);
  }
  return parser;
}

cmark_node *parser_parse_with(Arena *scratch, Str source, const Needs *needs) {
  char names[64] = "";
  begin(scratch);
  if (needs->table) strcat(names, "table ");
  if (needs->strikethrough) strcat(names, "strikethrough ");
  if (needs->autolink) strcat(names, "autolink ");
  if (needs->tasklist) strcat(names, "tasklist ");
  /* SOURCEPOS: without it, lines after a code span of several lines are counted wrong (inlines.c). */
  int options = CMARK_OPT_SOURCEPOS;
  /* One tilde is "about" and "to": "~5 to ~10 mg", "5~10 mg". */
  options |= CMARK_OPT_STRIKETHROUGH_DOUBLE_TILDE;
  if (needs->smart) options |= CMARK_OPT_SMART;
  if (needs->footnotes) options |= CMARK_OPT_FOOTNOTES;
  cmark_parser *parser = new_parser(options, str_from_c(names));
  cmark_parser_feed(parser, source.s, source.len);
  return cmark_parser_finish(parser);
}

cmark_node *parser_parse(Arena *scratch, Str source) {
  Needs needs = needs_of(source);
  ArenaMark mark = arena_mark(scratch);
  cmark_node *document = parser_parse_with(scratch, source, &needs);
  if (needs.smart || !needs.hyphens || !needs_hyphens(document)) return document;
  needs.smart = true;
  arena_rewind(scratch, mark);
  return parser_parse_with(scratch, source, &needs);
}

Str parser_render_bare(Arena *scratch, Str source, Str extensions) {
  begin(scratch);
  cmark_parser *parser = new_parser(CMARK_OPT_UNSAFE, extensions);
  cmark_parser_feed(parser, source.s, source.len);
  cmark_node *document = cmark_parser_finish(parser);
  cmark_llist *attached = cmark_parser_get_syntax_extensions(parser);
  return str_from_c(cmark_render_html_with_mem(document, CMARK_OPT_UNSAFE, attached, &parse_mem));
}
