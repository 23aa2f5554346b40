/* `{{ … }}` in texts that are no Markdown. */
#include "markdown/work.h"

/* Where `needle` stands in the file, from *at on, which moves past it; else the place that was reached: what YAML made
 * of escapes stands nowhere. `before`: bytes of the text that come first; escapes and indentation make them more in the
 * file. */
static Span place(const MarkdownFill *fill, size_t *at, size_t before, Str needle) {
  enum { TIMES = 6, INDENTATION = 4096 }; /* \uXXXX */
  Str near = str_slice(fill->file, *at, *at + (before + needle.len) * TIMES + INDENTATION);
  size_t found = str_find(near, needle);
  if (found == STR_NONE) return (Span){fill->path, *at, 1};
  Span span = {fill->path, *at + found, needle.len};
  *at += found + needle.len;
  return span;
}

static void add_use(MarkdownFill *fill, Str name, Span span) {
  size_t count = fill->use_count;
  if ((count & (count - 1)) == 0) {
    MarkdownUse *uses = ARENA_ARRAY(fill->arena, MarkdownUse, count ? count * 2 : 1);
    if (count) memcpy(uses, fill->uses, count * sizeof *uses);
    fill->uses = uses;
  }
  fill->uses[fill->use_count++] = (MarkdownUse){name, (uint32_t)span.offset, (uint32_t)span.len};
}

/* `{{ name }}`, from its first brace to its last. */
static Str insert_text(MarkdownFill *fill, Str insert, Span span) {
  MarkdownOptions options = {.scratch = fill->scratch, .diags = fill->diags, .data = fill->data};
  Work work = {.options = &options, .scratch = fill->scratch};
  bool good = false;
  Str name = str_trim(str_slice(insert, 2, insert.len - 2));
  Str text = values_text(&work, name, span, &good);
  if (good) add_use(fill, name, span);
  return text;
}

Str markdown_fill(MarkdownFill *fill, Str text, size_t offset) {
  size_t open = str_find(text, STR("{{"));
  if (open == STR_NONE) return text;
  Buf filled = buf_new(fill->arena, LIMIT_HTML);
  size_t close = 0;
  while (open != STR_NONE) {
    bool escaped = open > 0 && text.s[open - 1] == '\\';
    if (close != STR_NONE) close = str_find(str_skip(text, open), STR("}}")); /* else there are no more */
    size_t end = open + 2;
    buf_add(&filled, str_slice(text, 0, escaped ? open - 1 : open));
    if (escaped || close == STR_NONE) {
      Span span = place(fill, &offset, open, STR("{{"));
      if (!escaped) DIAG(fill->diags, VALUE_OPEN, span);
      buf_add_lit(&filled, "{{");
    } else {
      end = open + close + 2;
      Str insert = str_slice(text, open, end);
      buf_add(&filled, insert_text(fill, insert, place(fill, &offset, open, insert)));
    }
    text = str_skip(text, end);
    open = str_find(text, STR("{{"));
  }
  buf_add(&filled, text);
  return buf_str(&filled);
}
