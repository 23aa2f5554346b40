/* What a page can be entered and listed by: its ids, headings and questions. They are collected while it is walked,
 * their texts where they stay, and put into arrays without spare room at its end. */
#include "markdown/work.h"

#include <stdlib.h>
#include <string.h>

/* More ids than that are kept in the order of their bytes: a long page has many links to it too. */
enum { LOOKED_THROUGH_MOST = 64 };

Str outline_add_anchor(Work *work, Str id) {
  Str kept = str_copy(work->arena, id);
  work->anchors = work_grown(work, work->anchors, work->anchor_count, sizeof *work->anchors);
  work->anchors[work->anchor_count++] = kept;
  return kept;
}

void outline_add_heading(Work *work, const MarkdownHeading *heading) {
  work->outline = work_grown(work, work->outline, work->outline_count, sizeof *work->outline);
  work->outline[work->outline_count++] = *heading;
}

void outline_add_question(Work *work, const MarkdownQuestion *question) {
  work->faq = work_grown(work, work->faq, work->faq_count, sizeof *work->faq);
  work->faq[work->faq_count++] = *question;
}

static void *kept(Arena *arena, const void *items, size_t count, size_t size) {
  if (!count) return NULL;
  void *copy = arena_alloc(arena, count * size, _Alignof(Str));
  return memcpy(copy, items, count * size);
}

static int compare_ids(const void *left, const void *right) {
  return str_compare(*(const Str *)left, *(const Str *)right);
}

void outline_finish(Work *work) {
  MarkdownDoc *doc = work->doc;
  if (work->anchor_count > LOOKED_THROUGH_MOST)
    qsort(work->anchors, work->anchor_count, sizeof *work->anchors, compare_ids);
  doc->anchors = kept(work->arena, work->anchors, work->anchor_count, sizeof *doc->anchors);
  doc->outline = kept(work->arena, work->outline, work->outline_count, sizeof *doc->outline);
  doc->faq = kept(work->arena, work->faq, work->faq_count, sizeof *doc->faq);
  doc->anchor_count = work->anchor_count;
  doc->outline_count = work->outline_count;
  doc->faq_count = work->faq_count;
}

bool markdown_has_anchor(const MarkdownDoc *doc, Str id) {
  if (doc->anchor_count > LOOKED_THROUGH_MOST)
    return bsearch(&id, doc->anchors, doc->anchor_count, sizeof id, compare_ids) != NULL;
  for (size_t i = 0; i < doc->anchor_count; i++)
    if (str_equal(doc->anchors[i], id)) return true;
  return false;
}

/* --- as templates see it --- */

Value markdown_outline_value(Arena *arena, const MarkdownDoc *doc) {
  Value tree = value_list(arena, doc->outline_count);
  Value children = {0};
  for (size_t i = 0; i < doc->outline_count; i++) {
    const MarkdownHeading *heading = &doc->outline[i];
    if (heading->level > 3) continue;
    Value entry = value_map(arena, 4);
    value_put(entry, "id", value_str(heading->id));
    value_put(entry, "title", value_str(heading->title));
    value_put(entry, "level", value_int(heading->level));
    Value below = value_list(arena, 0);
    value_put(entry, "children", below);
    bool top = heading->level <= 2 || children.type != VALUE_LIST;
    value_push(top ? tree : children, entry);
    if (top) children = below;
  }
  return tree;
}

Value markdown_faq_value(Arena *arena, const MarkdownDoc *doc, const bool *left_out) {
  Value list = value_list(arena, doc->faq_count);
  for (size_t i = 0; i < doc->faq_count; i++) {
    const MarkdownQuestion *question = &doc->faq[i];
    if (left_out && left_out[i]) continue;
    Value entry = value_map(arena, 3);
    value_put(entry, "id", value_str(question->id));
    value_put(entry, "question", value_str(question->question));
    value_put(entry, "answer", value_str(question->answer));
    value_push(list, entry);
  }
  return list;
}
