#include "markdown/work.h"

#include <string.h>

void *work_grown(Work *work, void *items, size_t count, size_t size) {
  if (count && (count < 8 || count & (count - 1))) return items;
  char *more = arena_zeroed(work->scratch, count ? count * 2 : 8, size, 16);
  if (count) memcpy(more, items, count * size);
  return more;
}

static void start(Work *work) {
  work->source = str_skip(work->text->file, work->text->begin);
  if (work->seen.braces) values_scan(work);
  positions_index(work);
  if (work->seen.footnotes) footnotes_check(work);
  Value data = work->options->data;
  work->base_url = value_text(value_path(data, STR("site.base_url"), work->scratch));
  work->ids = value_map(work->scratch, 16);
  work->level = 1;
}

/* Room that a page seldom outgrows, so that the two buffers do not push each other around. */
static void start_buffers(Work *work) {
  work->html = buf_new(work->scratch, LIMIT_HTML);
  buf_room(&work->html, work->source.len * 2 + 2048);
  work->plain = buf_new(work->scratch, LIMIT_HTML);
  buf_room(&work->plain, work->source.len + 1024);
}

static void finish(Work *work) {
  MarkdownDoc *doc = work->doc;
  Span page = {work->text->path, work->text->begin, 0};
  if (work->html.over || work->plain.over)
    DIAG(work->options->diags, MARKDOWN_LIMIT, page, STR("HTML of more bytes than"),
         str_format(work->scratch, "%d", (int)LIMIT_HTML));
  doc->html = str_copy(work->arena, buf_str(&work->html));
  Str text = str_trim(buf_str(&work->plain));
  doc->text = work->options->text_passes ? text : str_copy(work->arena, text);
  outline_finish(work);
  blocks_finish(work, text.len ? (size_t)(text.s - work->plain.s) : 0);
  doc->words = words_count(doc->text);
}

static void render(Work *work) {
  start(work);
  cmark_node *document = parser_parse(work->scratch, work->source);
  start_buffers(work);
  if (work->seen.attributes) headings_claim_ids(work, document);
  sections_open_page(work, document);
  walk_page(work, document);
  finish(work);
}

void markdown_render(Arena *arena, const MarkdownText *text, const MarkdownOptions *options, MarkdownDoc *doc) {
  ArenaMark mark = arena_mark(options->scratch);
  Work work = {.text = text, .options = options, .arena = arena, .scratch = options->scratch, .doc = doc};
  *doc = (MarkdownDoc){0};
  if (options->bare) {
    Str source = str_skip(text->file, text->begin);
    doc->html = str_copy(arena, parser_render_bare(options->scratch, source, options->extensions));
  } else if (limits_check(text, options->diags, &work.seen)) {
    render(&work);
  }
  if (!work.doc->html.s) doc->html = doc->text = (Str){"", 0};
  glossary_finish(&work);
  if (!options->text_passes) arena_rewind(options->scratch, mark);
}
