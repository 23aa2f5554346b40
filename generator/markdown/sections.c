/* Sections with a class (`## Before you come {.checklist}`) and the questions and answers of `{.faq}`. A section
 * reaches to the next heading of its level or higher, or to the end of what it stands in. */
#include "markdown/work.h"

static const Str classes[] = {
    {"steps", 5}, {"faq", 3}, {"checklist", 9}, {"timeline", 8}, {"contact", 7}, {"summary", 7},
};
enum { CLASSES = sizeof classes / sizeof *classes };

bool sections_is_class(Str name) {
  for (size_t i = 0; i < CLASSES; i++)
    if (str_equal(classes[i], name)) return true;
  return false;
}

Str sections_nearest(Str name) {
  return str_nearest(name, classes, CLASSES);
}

static void close_question(Work *work) {
  Question *question = &work->question;
  if (!question->open) return;
  question->open = false;
  html_line(work);
  html_break(work);
  buf_add_lit(&work->html, "</div>\n</div>\n");
  Str answer = html_fold(work->arena, html_plain_since(work, question->answer));
  if (answer.len == 0) {
    DIAG(work->options->diags, FAQ_ANSWER, question->span, question->text);
    return;
  }
  Value entry = value_map(work->arena, 3);
  value_put(entry, "id", value_str(question->id));
  value_put(entry, "question", value_str(question->text));
  value_put(entry, "answer", value_str(answer));
  value_push(work->faq, entry);
}

static void close_section(Work *work) {
  Section *section = work->sections;
  close_question(work);
  html_line(work);
  buf_add_lit(&work->html, "</section>\n");
  if (section->faq && section->questions == 0) DIAG(work->options->diags, FAQ_EMPTY, section->span);
  work->sections = section->outer;
}

void sections_before_heading(Work *work, const cmark_node *heading, int level) {
  const Question *question = &work->question;
  if (question->open && question->parent == heading->parent && level <= question->level) close_question(work);
  while (work->sections && work->sections->parent == heading->parent && level <= work->sections->level)
    close_section(work);
}

void sections_leave(Work *work, const cmark_node *parent) {
  while (work->sections && work->sections->parent == parent) close_section(work);
}

void sections_open(Work *work, const cmark_node *heading, Str class) {
  Buf open = buf_new(work->scratch, LIMIT_HTML);
  buf_add_lit(&open, "<section");
  html_attribute(&open, STR("class"), class);
  html_attribute(&open, STR("aria-labelledby"), work->heading_id);
  buf_add_lit(&open, ">\n");
  html_insert(work, work->heading.html, buf_str(&open));
  Section *section = ARENA_NEW(work->scratch, Section);
  section->outer = work->sections;
  section->parent = heading->parent;
  section->level = work->level;
  section->faq = str_equal(class, STR("faq"));
  section->span = positions_line(work, heading->start_line);
  work->sections = section;
  work->heading_used = true;
}

void sections_question(Work *work, const cmark_node *heading, int level) {
  Section *section = work->sections;
  if (!section || !section->faq || section->parent != heading->parent || level != section->level + 1) return;
  section->questions++;
  html_insert(work, work->heading.html, STR("<div class=\"faq-item\">\n"));
  buf_add_lit(&work->html, "<div class=\"faq-answer\">\n");
  work->question = (Question){
      .open = true,
      .level = level,
      .parent = heading->parent,
      .id = work->heading_id,
      .text = work->heading_text,
      .answer = work->plain.len,
      .span = positions_line(work, heading->start_line),
  };
}
