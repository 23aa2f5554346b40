/* What the checks above need to know of a page: where each block of text stands in it and in the file, and which names
 * its `{{ … }}` used. */
#include "markdown/work.h"

#include <string.h>

void blocks_add(Work *work, MarkdownBlockKind kind, size_t text, int level) {
  if (!work->options->blocks) return;
  Str visible = html_plain_since(work, text);
  if (visible.len == 0) return;
  if (work->block_count == work->block_capacity) {
    size_t capacity = work->block_capacity ? work->block_capacity * 2 : 64;
    MarkdownBlock *blocks = ARENA_ARRAY(work->scratch, MarkdownBlock, capacity);
    if (work->block_count) memcpy(blocks, work->blocks, work->block_count * sizeof *blocks);
    work->blocks = blocks;
    work->block_capacity = capacity;
  }
  size_t begin = (size_t)(visible.s - work->plain.s);
  work->blocks[work->block_count++] = (MarkdownBlock){
      .kind = (uint8_t)kind,
      .level = (uint8_t)level,
      .column = (uint16_t)(kind == MARKDOWN_CELL || kind == MARKDOWN_CELL_HEAD ? work->table_column : 0),
      .text = (uint32_t)begin,
      .text_end = (uint32_t)(begin + visible.len),
      .source = (uint32_t)(work->text->begin + work->block_begin),
      .source_end = (uint32_t)(work->text->begin + work->block_end),
  };
}

/* MarkdownDoc.text begins so many bytes after the plain text as it was written. */
static void finish_blocks(Work *work, size_t trimmed) {
  MarkdownDoc *doc = work->doc;
  if (!work->block_count) return;
  Arena *arena = work->options->text_passes ? work->scratch : work->arena;
  doc->blocks = ARENA_ARRAY(arena, MarkdownBlock, work->block_count);
  doc->block_count = work->block_count;
  memcpy(doc->blocks, work->blocks, work->block_count * sizeof *doc->blocks);
  for (size_t i = 0; i < doc->block_count; i++) {
    doc->blocks[i].text -= (uint32_t)trimmed;
    doc->blocks[i].text_end -= (uint32_t)trimmed;
  }
}

static void finish_uses(Work *work) {
  MarkdownDoc *doc = work->doc;
  size_t count = 0;
  for (size_t i = 0; i < work->insert_count; i++) count += work->inserts[i].name.len > 0;
  if (!count) return;
  doc->uses = ARENA_ARRAY(work->arena, MarkdownUse, count);
  for (size_t i = 0; i < work->insert_count; i++) {
    const Insert *insert = &work->inserts[i];
    if (!insert->name.len) continue;
    doc->uses[doc->use_count++] = (MarkdownUse){str_copy(work->arena, insert->name),
                                                (uint32_t)(work->text->begin + insert->offset), (uint32_t)insert->len};
  }
}

void blocks_finish(Work *work, size_t trimmed) {
  finish_blocks(work, trimmed);
  finish_uses(work);
}
