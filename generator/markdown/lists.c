/* Lists and task lists. Tasks are for paper and memory, not for a form: no input elements. */
#include "markdown/work.h"

static bool is_task(const cmark_node *item) {
  return item->extension != NULL; /* tasklist is the only extension of items */
}

/* The list is what the sections around it are for. */
static void fill_sections(Work *work, const cmark_node *list, bool tasks) {
  Section *steps = sections_around(work, STR("steps"));
  Section *checklist = sections_around(work, STR("checklist"));
  Section *timeline = sections_around(work, STR("timeline"));
  if (steps && list->as.list.list_type == CMARK_ORDERED_LIST) steps->filled = true;
  if (checklist && tasks) checklist->filled = true;
  if (timeline) timeline->filled = true;
}

/* In a timeline each line begins with the time, in bold. */
static void mark_time(Work *work, const cmark_node *item) {
  const Section *timeline = sections_around(work, STR("timeline"));
  if (!timeline || item->parent->parent != timeline->parent) return;
  cmark_node *paragraph = item->first_child;
  cmark_node *first = paragraph && paragraph->type == CMARK_NODE_PARAGRAPH ? paragraph->first_child : NULL;
  if (first && first->type == CMARK_NODE_STRONG)
    first->user_data = work; /* a mark; walk.c writes its class */
  else
    DIAG(work->options->diags, TIMELINE_TIME, positions_line(work, item->start_line));
}

void lists_enter(Work *work, cmark_node *list) {
  html_line(work);
  html_break(work);
  bool tasks = list->first_child && is_task(list->first_child);
  if (work->sections) fill_sections(work, list, tasks);
  if (list->as.list.list_type == CMARK_BULLET_LIST)
    buf_add_lit(&work->html, "<ul");
  else
    buf_add_lit(&work->html, "<ol");
  if (tasks) buf_add_lit(&work->html, " class=\"tasks\"");
  if (list->as.list.list_type == CMARK_ORDERED_LIST && list->as.list.start != 1)
    buf_add_format(&work->html, " start=\"%d\"", list->as.list.start);
  buf_add_lit(&work->html, ">\n");
}

void lists_leave(Work *work, cmark_node *list) {
  buf_add(&work->html, list->as.list.list_type == CMARK_BULLET_LIST ? STR("</ul>\n") : STR("</ol>\n"));
}

void lists_enter_item(Work *work, cmark_node *item) {
  html_line(work);
  html_break(work);
  if (work->sections) mark_time(work, item);
  if (!is_task(item)) {
    buf_add_lit(&work->html, "<li>");
    return;
  }
  if (!item->as.list.checked) {
    buf_add_lit(&work->html, "<li class=\"task\"><span class=\"task-box\" aria-hidden=\"true\"></span> ");
    return;
  }
  /* That it is done is information: it needs words (WCAG 1.1.1). */
  buf_add_lit(&work->html, "<li class=\"task task-done\"><span class=\"task-box\" role=\"img\"");
  html_attribute(&work->html, STR("aria-label"), html_word(work, STR("task_done"), STR("Done")));
  buf_add_lit(&work->html, "></span> ");
}
