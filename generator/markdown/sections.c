/* Sections with a class (`## Before you come {.checklist}`) and the questions and answers of `{.faq}`. A section
 * reaches to the next heading of its level or higher, or to the end of what it stands in. */
#include "markdown/work.h"

/* What a section of that class is for; a section without it was hardly meant to be one. */
typedef struct SectionClass {
  Str name;
  Str part; /* empty: anything */
  Str hint;
} SectionClass;

#define CLASS(name, part, hint)                                                                                        \
  {                                                                                                                    \
    {"" name, sizeof name - 1}, {"" part, sizeof part - 1}, {                                                          \
      "" hint, sizeof hint - 1                                                                                         \
    }                                                                                                                  \
  }
static const SectionClass classes[] = {
    CLASS("faq", "", ""),
    CLASS("steps", "numbered list", "begin each step with `1.`, `2.` and so on"),
    CLASS("checklist", "boxes to tick", "begin each line with `- [ ]`"),
    CLASS("timeline", "list of times", "begin each line with the time in bold: `- **Day 1:** what happens`"),
    CLASS("contact", "clinic data", "write a name from clinic.yaml, as `{{ clinic.phones.nurse_line }}`"),
    CLASS("summary", "", ""),
};
#undef CLASS
enum { CLASSES = sizeof classes / sizeof *classes };

static const SectionClass *find_class(Str name) {
  for (size_t i = 0; i < CLASSES; i++)
    if (str_equal(classes[i].name, name)) return &classes[i];
  return NULL;
}

bool sections_is_class(Str name) {
  return find_class(name) != NULL;
}

Str sections_nearest(Str name) {
  Str names[CLASSES];
  for (size_t i = 0; i < CLASSES; i++) names[i] = classes[i].name;
  return str_nearest(name, names, CLASSES);
}

Section *sections_around(const Work *work, Str class) {
  Section *section = work->sections;
  while (section && !str_equal(section->class->name, class)) section = section->outer;
  return section;
}

static void close_question(Work *work) {
  Question *question = &work->question;
  if (!question->open) return;
  question->open = false;
  html_line(work);
  html_break(work);
  buf_add_lit(&work->html, "</div>\n</div>\n");
  /* Line by line: in one line, the points of a list and the cells of a row would say another thing. */
  Str answer = html_fold_lines(work->arena, html_plain_since(work, question->answer));
  if (answer.len == 0) {
    DIAG(work->options->diags, FAQ_ANSWER, question->span, question->text);
    return;
  }
  outline_add_question(work, &(MarkdownQuestion){question->id, question->text, answer});
}

static bool is_faq(const Section *section) {
  return section->class == &classes[0];
}

static void close_section(Work *work) {
  Section *section = work->sections;
  const SectionClass *class = section->class;
  close_question(work);
  html_line(work);
  if (!section->whole) buf_add_lit(&work->html, "</section>\n");
  if (is_faq(section) && section->questions == 0) DIAG(work->options->diags, FAQ_EMPTY, section->span);
  if (class->part.len && !section->filled)
    DIAG(work->options->diags, SECTION_PART, section->span, class->name, class->part, class->hint);
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

static Section *push(Work *work, const cmark_node *parent, const SectionClass *class, int level) {
  Section *section = ARENA_NEW(work->scratch, Section);
  section->outer = work->sections;
  section->class = class;
  section->parent = parent;
  section->level = level;
  work->sections = section;
  return section;
}

void sections_open(Work *work, const cmark_node *heading, Str class) {
  Buf open = buf_new(work->scratch, LIMIT_HTML);
  buf_add_lit(&open, "<section");
  html_attribute(&open, STR("class"), class);
  html_attribute(&open, STR("aria-labelledby"), work->heading_id);
  buf_add_lit(&open, ">\n");
  html_insert(work, work->heading.html, buf_str(&open));
  Section *section = push(work, heading->parent, find_class(class), work->level);
  section->span = positions_line(work, heading->start_line);
  work->heading_used = true;
}

void sections_open_page(Work *work, cmark_node *document) {
  if (!work->options->faq || headings_have_class(work, document, STR("faq"))) return;
  Section *section = push(work, document, &classes[0], 1);
  section->whole = true;
  section->span = (Span){work->text->path, STR_NONE, 0};
}

bool sections_has_question(const Work *work, const cmark_node *heading, int level) {
  const Section *section = work->sections;
  return section && is_faq(section) && section->parent == heading->parent && level == section->level + 1;
}

void sections_question(Work *work, const cmark_node *heading, int level) {
  work->sections->questions++;
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
  if (work->heading_links) DIAG(work->options->diags, FAQ_LINK, work->question.span);
}
