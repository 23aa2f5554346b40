#include "content/page.h"
#include "content/shape.h"

/* schema.org's words where it has them; `page` is everything else. */
static const char *const kinds[] = {"page", "treatment", "condition", "procedure", "faq", "person", "news", NULL};

static const ShapeKey keys[] = {
    {"title", SHAPE_TEXT, NULL},      {"description", SHAPE_TEXT, NULL},
    {"kind", SHAPE_CHOICE, kinds},    {"weight", SHAPE_NUMBER, NULL},
    {"tags", SHAPE_TEXTS, NULL},      {"aliases", SHAPE_TEXTS, NULL},
    {"draft", SHAPE_BOOL, NULL},      {"date", SHAPE_DATE, NULL},
    {"updated", SHAPE_DATE, NULL},    {"lang", SHAPE_TEXT, NULL},
    {"about", SHAPE_TEXT, NULL},      {"audience", SHAPE_TEXT, NULL},
    {"version", SHAPE_TEXT, NULL},    {"reference", SHAPE_TEXT, NULL},
    {"owner", SHAPE_TEXT, NULL},      {"reviewed", SHAPE_DATE, NULL},
    {"review_due", SHAPE_DATE, NULL}, {"reviewer", SHAPE_PERSON, NULL},
    {"author", SHAPE_PERSON, NULL},   {"patient_reviewer", SHAPE_PERSON, NULL},
    {"sources", SHAPE_SOURCES, NULL}, {"interests", SHAPE_TEXT, NULL},
    {"handout", SHAPE_BOOL, NULL},    {"source_hash", SHAPE_TEXT, NULL},
    {"numbers_differ", SHAPE_TEXTS, NULL},
};
static const Shape shape = {keys, sizeof keys / sizeof *keys};

/* A line that is "---" and nothing else but white space. Gives where the next line begins. */
static bool is_fence(Str text, size_t at, size_t *next) {
  Str line = str_skip(text, at);
  size_t end = str_find_byte(line, '\n');
  *next = end == STR_NONE ? text.len : at + end + 1;
  line = str_slice(line, 0, end);
  return str_starts(line, STR("---")) && str_trim(str_skip(line, 3)).len == 0;
}

bool front_matter_find(Str text, size_t *yaml_begin, size_t *yaml_end, size_t *body) {
  size_t at = str_starts(text, STR("\xEF\xBB\xBF")) ? 3 : 0; /* a byte order mark, as some editors write it */
  *body = at;
  if (!is_fence(text, at, yaml_begin)) return false;
  for (at = *yaml_begin; at < text.len; at = *body) {
    *yaml_end = at;
    if (is_fence(text, at, body)) return true;
  }
  *body = *yaml_end = text.len;
  return false;
}

bool front_matter_check(const PageMemory *memory, Str path, Str text, Value meta) {
  ShapeFile file = {path, text, memory->arena, memory->diags};
  bool good = shape_check(&file, meta, &shape);
  Value reviewed = value_get(meta, STR("reviewed"));
  Value due = value_get(meta, STR("review_due"));
  if (good && value_is_defined(reviewed) && value_is_defined(due) && str_compare(due.str, reviewed.str) < 0) {
    DIAG(memory->diags, REVIEW_ORDER, shape_span(path, due), due.str, reviewed.str);
    return false;
  }
  return good;
}
