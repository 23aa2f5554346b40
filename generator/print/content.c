#include "print/content.h"

#include "base/buf.h"
#include "print/syntax.h"

typedef enum Act {
  ACT_NONE,
  ACT_MARK,     /* BDC, BMC */
  ACT_UNMARK,   /* EMC */
  ACT_BOUNDARY, /* q, Q, BT, ET: an artifact that was opened before ends here */
  ACT_PATH,     /* begins or goes on with a path */
  ACT_NO_PAINT, /* ends a path without painting it */
  ACT_FILL,     /* ends a path and paints it */
  ACT_SHADE,
  ACT_TEXT,
  ACT_FONT,
  ACT_IMAGE,
  ACT_INLINE /* the bytes of an inline image follow */
} Act;

/* An operator of up to three letters as a number. */
#define WORD(a, b, c) ((unsigned)(a) | (unsigned)(b) << 8 | (unsigned)(c) << 16)

static Act act_of(Str word) {
  if (word.len > 3) return ACT_NONE;
  switch (WORD(word.s[0], word.len > 1 ? word.s[1] : 0, word.len > 2 ? word.s[2] : 0)) {
    case WORD('B', 'D', 'C'):
    case WORD('B', 'M', 'C'): return ACT_MARK;
    case WORD('E', 'M', 'C'): return ACT_UNMARK;
    case WORD('q', 0, 0):
    case WORD('Q', 0, 0):
    case WORD('B', 'T', 0):
    case WORD('E', 'T', 0): return ACT_BOUNDARY;
    case WORD('m', 0, 0):
    case WORD('l', 0, 0):
    case WORD('c', 0, 0):
    case WORD('v', 0, 0):
    case WORD('y', 0, 0):
    case WORD('h', 0, 0):
    case WORD('r', 'e', 0):
    case WORD('W', 0, 0):
    case WORD('W', '*', 0): return ACT_PATH;
    case WORD('n', 0, 0): return ACT_NO_PAINT;
    case WORD('f', 0, 0):
    case WORD('F', 0, 0):
    case WORD('f', '*', 0):
    case WORD('B', 0, 0):
    case WORD('B', '*', 0):
    case WORD('b', 0, 0):
    case WORD('b', '*', 0):
    case WORD('S', 0, 0):
    case WORD('s', 0, 0): return ACT_FILL;
    case WORD('s', 'h', 0): return ACT_SHADE;
    case WORD('T', 'j', 0):
    case WORD('T', 'J', 0):
    case WORD('\'', 0, 0):
    case WORD('"', 0, 0): return ACT_TEXT;
    case WORD('T', 'f', 0): return ACT_FONT;
    case WORD('D', 'o', 0): return ACT_IMAGE;
    case WORD('I', 'D', 0): return ACT_INLINE;
    default: return ACT_NONE;
  }
}

/* One operator with its operands. */
typedef struct Step {
  Act act;
  size_t begin; /* of its first operand; of a fill: of the path's first */
  size_t end;
  Str first_operand; /* the font of Tf, the tag of BDC */
  Str last_operand;  /* the properties of BDC, the text of Tj */
} Step;

typedef struct Reader {
  PdfLexer lexer;
  bool in_path;
  size_t path_begin;
} Reader;

static void pass_balanced(PdfLexer *lexer) {
  Str token;
  for (size_t depth = 1; depth;) {
    PdfKind kind = pdf_token(lexer, &token);
    if (kind == PDF_END) return;
    depth += kind == PDF_OPEN;
    depth -= kind == PDF_CLOSE;
  }
}

/* The next operator. False at the end. */
static bool read_operator(Reader *reader, Step *step, Str *word) {
  bool first = true;
  *step = (Step){0};
  for (;;) {
    PdfKind kind = pdf_token(&reader->lexer, word);
    if (kind == PDF_END) return false;
    size_t begin = (size_t)(word->s - reader->lexer.text.s);
    if (first) step->begin = begin;
    if (kind == PDF_OPEN) pass_balanced(&reader->lexer);
    step->end = reader->lexer.at;
    if (kind == PDF_WORD) return true;
    step->last_operand = str_slice(reader->lexer.text, begin, reader->lexer.at);
    if (first) step->first_operand = step->last_operand;
    first = false;
  }
}

static bool next_step(Reader *reader, Step *step) {
  Str word;
  if (!read_operator(reader, step, &word)) return false;
  step->act = act_of(word);
  if (step->act == ACT_INLINE) {
    pdf_skip_inline_image(&reader->lexer);
    step->end = reader->lexer.at;
  }
  if (step->act == ACT_PATH && !reader->in_path) {
    reader->in_path = true;
    reader->path_begin = step->begin;
  }
  if (step->act == ACT_FILL && reader->in_path) step->begin = reader->path_begin;
  if (step->act == ACT_FILL || step->act == ACT_NO_PAINT) reader->in_path = false;
  return true;
}

static unsigned use_of(Act act) {
  switch (act) {
    case ACT_TEXT: return CONTENT_TEXT;
    case ACT_IMAGE:
    case ACT_INLINE: return CONTENT_IMAGE;
    case ACT_FILL:
    case ACT_SHADE: return CONTENT_PATH;
    default: return 0;
  }
}

/* --- marks --- */

/* Which mark holds what is painted: the outermost with an MCID, or an artifact. Others (a Span with its actual text)
 * hold nothing. */
typedef struct Marks {
  size_t depth;
  size_t holder; /* the depth of that mark; 0: none */
  int mcid;      /* its number; -1: an artifact */
} Marks;

static int mcid_of(const Step *step) {
  return pdf_int(pdf_get(step->last_operand, STR("/MCID")), -1);
}

static bool is_artifact(const Step *step) {
  return str_equal(step->first_operand, STR("/Artifact"));
}

static void follow(Marks *marks, Act act, int mcid, bool artifact) {
  if (act == ACT_MARK) {
    marks->depth++;
    if (marks->holder || (mcid < 0 && !artifact)) return;
    marks->holder = marks->depth;
    marks->mcid = mcid;
  } else if (act == ACT_UNMARK && marks->depth) {
    if (marks->holder == marks->depth) marks->holder = 0;
    marks->depth--;
  }
}

/* --- glyphs --- */

/* Whether a hexadecimal string has two zero bytes at an even place. */
static bool has_glyph_zero(Str hex) {
  for (size_t at = 1; at + 4 < hex.len; at += 4)
    if (str_equal(str_slice(hex, at, at + 4), STR("0000"))) return true;
  return false;
}

static bool lacks_glyph(Str shown) {
  PdfLexer inside = pdf_is_array(shown) ? pdf_inside(shown) : (PdfLexer){shown, 0};
  for (Str text = pdf_value(&inside); text.len; text = pdf_value(&inside))
    if (text.s[0] == '<' && has_glyph_zero(text)) return true;
  return false;
}

/* --- reading --- */

/* What of a step content_mend() needs. */
typedef struct ContentStep {
  size_t begin;
  size_t end;
  Act act;
  int mcid;      /* of a mark; -1: none */
  bool artifact; /* a mark that is one */
} ContentStep;

static void keep_step(Arena *arena, Content *content, size_t *capacity, const Step *step) {
  if (step->act == ACT_NONE || step->act == ACT_PATH || step->act == ACT_FONT) return;
  if (content->step_count == *capacity) {
    size_t grown = *capacity ? *capacity * 2 : 1024;
    ContentStep *moved = ARENA_ARRAY(arena, ContentStep, grown);
    if (content->step_count) memcpy(moved, content->steps, content->step_count * sizeof *moved);
    content->steps = moved;
    *capacity = grown;
  }
  bool mark = step->act == ACT_MARK;
  content->steps[content->step_count++] =
      (ContentStep){step->begin, step->end, step->act, mark ? mcid_of(step) : -1, mark && is_artifact(step)};
}

static void note_use(Arena *arena, Content *content, size_t *capacity, int mcid, unsigned use) {
  if (mcid < 0 || mcid >= CONTENT_MARKS_MOST) return;
  size_t at = (size_t)mcid;
  if (at >= *capacity) {
    size_t grown = (at + 1) * 2;
    uint8_t *moved = ARENA_ARRAY(arena, uint8_t, grown);
    if (content->use_count) memcpy(moved, content->uses, content->use_count);
    content->uses = moved;
    *capacity = grown;
  }
  if (at >= content->use_count) content->use_count = at + 1;
  content->uses[at] |= (uint8_t)use;
}

Content content_read(Arena *arena, Str text, ContentIsWide *is_wide, void *context) {
  Content content = {.text = text};
  Reader reader = {.lexer = {text, 0}};
  Marks marks = {0};
  Step step;
  size_t step_capacity = 0;
  size_t use_capacity = 0;
  bool wide = false;
  while (next_step(&reader, &step)) {
    keep_step(arena, &content, &step_capacity, &step);
    if (step.act == ACT_MARK) follow(&marks, step.act, mcid_of(&step), is_artifact(&step));
    if (step.act == ACT_UNMARK) follow(&marks, step.act, -1, false);
    if (marks.holder) note_use(arena, &content, &use_capacity, marks.mcid, CONTENT_SEEN | use_of(step.act));
    if (step.act == ACT_FONT) wide = is_wide(context, step.first_operand);
    if (step.act == ACT_TEXT && wide && !content.lacks_glyph) content.lacks_glyph = lacks_glyph(step.last_operand);
  }
  return content;
}

/* --- artifacts --- */

typedef struct Mender {
  Str content;
  Buf out;
  size_t copied;      /* of the content, so far */
  bool open;          /* an artifact that was begun here */
  size_t painted_end; /* of the last thing in it */
  const char *artifact;
} Mender;

/* What stands in the margins of the paper is painted before the page's own area is cut out. */
static const char in_margin[] = "/Artifact <</Type /Pagination>> BDC\n";
static const char in_area[] = "/Artifact <</Type /Layout>> BDC\n";

static void copy_until(Mender *mender, size_t end) {
  if (end <= mender->copied) return; /* a path with other things in it, which no good content has */
  buf_add(&mender->out, str_slice(mender->content, mender->copied, end));
  mender->copied = end;
}

static void open_artifact(Mender *mender, size_t begin, size_t end) {
  if (!mender->open) {
    copy_until(mender, begin);
    buf_add(&mender->out, str_from_c(mender->artifact));
    mender->open = true;
  }
  mender->painted_end = end;
}

static void close_artifact(Mender *mender) {
  if (!mender->open) return;
  copy_until(mender, mender->painted_end);
  buf_add_lit(&mender->out, "\nEMC");
  mender->open = false;
}

static bool is_dropped(const Content *content, int mcid) {
  return mcid >= 0 && ((size_t)mcid >= content->use_count || (content->uses[mcid] & CONTENT_DROP));
}

/* A mark whose content means nothing after all. */
static void replace_mark(Mender *mender, const ContentStep *step) {
  copy_until(mender, step->begin);
  buf_add_lit(&mender->out, "/Artifact <</Type /Layout>> BDC");
  mender->copied = step->end;
}

static void mend_step(Mender *mender, const Content *content, Marks *marks, const ContentStep *step) {
  bool ends = step->act == ACT_MARK || step->act == ACT_UNMARK || step->act == ACT_BOUNDARY;
  if (ends) close_artifact(mender);
  bool was_held = marks->holder != 0;
  follow(marks, step->act, step->mcid, step->artifact);
  if (step->act == ACT_MARK && !was_held && marks->holder && is_dropped(content, marks->mcid))
    replace_mark(mender, step);
  if (use_of(step->act) && !marks->holder) open_artifact(mender, step->begin, step->end);
  if (step->act == ACT_NO_PAINT || step->act == ACT_MARK) mender->artifact = in_area;
}

Str content_mend(Arena *arena, const Content *content) {
  /* At worst each operator gets marks of its own. */
  Mender mender = {.content = content->text, .out = buf_new(arena, content->text.len * 32 + 64), .artifact = in_margin};
  Marks marks = {0};
  for (size_t i = 0; i < content->step_count; i++) mend_step(&mender, content, &marks, &content->steps[i]);
  close_artifact(&mender);
  copy_until(&mender, content->text.len);
  return buf_str(&mender.out);
}
