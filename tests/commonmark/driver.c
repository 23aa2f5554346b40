/* Reads a JSON list of Markdown texts from standard input and writes the list of their HTML, each through
 * markdown_render() in bare mode: the library as the generator drives it, without the generator's transforms. */
#include <stdio.h>

#include "data/json.h"
#include "markdown/markdown.h"

enum { INPUT_MOST = 16 << 20, OUTPUT_MOST = 64 << 20 };

static Str read_input(Arena *arena) {
  Buf input = buf_new(arena, INPUT_MOST);
  char block[4096];
  for (size_t len; (len = fread(block, 1, sizeof block, stdin)) > 0;) buf_add(&input, str_from(block, len));
  return buf_str(&input);
}

int main(void) {
  Arena arena = arena_reserve((size_t)1 << 30);
  Arena scratch = arena_reserve((size_t)1 << 30);
  DiagList diags = diag_list_new(&arena);
  Value texts;
  if (!json_read(&arena, STR("stdin"), read_input(&arena), &diags, &texts)) {
    fprintf(stderr, "driver: standard input is not JSON\n");
    return 2;
  }
  markdown_start();
  Value pages = value_list(&arena, value_count(texts));
  for (size_t i = 0; i < value_count(texts); i++) {
    MarkdownText text = {.path = STR("stdin"), .file = value_text(value_at(texts, i))};
    MarkdownOptions options = {.scratch = &scratch, .diags = &diags, .bare = true};
    MarkdownDoc doc;
    markdown_render(&arena, &text, &options, &doc);
    value_push(pages, value_str(doc.html));
  }
  Buf out = buf_new(&arena, OUTPUT_MOST);
  json_write(&out, pages, JSON_OUT_COMPACT, 0);
  fwrite(out.s, 1, out.len, stdout);
  return diags.count || out.over ? 1 : 0;
}
