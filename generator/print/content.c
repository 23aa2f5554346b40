#include "print/content.h"

#include "base/buf.h"
#include "base/utf8.h"
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
  ACT_MOVE, /* says where the next text stands */
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
    case WORD('T', 'd', 0):
    case WORD('T', 'D', 0):
    case WORD('T', 'm', 0):
    case WORD('T', '*', 0): return ACT_MOVE;
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
  int space;     /* of text: the code of a space in its font; -1: it has none */
  bool wide;     /* that code has two bytes */
  bool artifact; /* a mark that is one */
  bool placed;   /* of text: it does not go on where the text before it ended */
  Str before;    /* what content_mend() puts in */
  Str after;
} ContentStep;

static void keep_step(Arena *arena, Content *content, size_t *capacity, const Step *step) {
  if (step->act == ACT_NONE || step->act == ACT_PATH || step->act == ACT_FONT || step->act == ACT_MOVE) return;
  if (content->step_count == *capacity) {
    size_t grown = *capacity ? *capacity * 2 : 1024;
    ContentStep *moved = ARENA_ARRAY(arena, ContentStep, grown);
    if (content->step_count) memcpy(moved, content->steps, content->step_count * sizeof *moved);
    content->steps = moved;
    *capacity = grown;
  }
  bool mark = step->act == ACT_MARK;
  content->steps[content->step_count++] = (ContentStep){.begin = step->begin,
                                                        .end = step->end,
                                                        .act = step->act,
                                                        .mcid = mark ? mcid_of(step) : -1,
                                                        .space = -1,
                                                        .artifact = mark && is_artifact(step)};
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

/* Reading goes through the operators once; what it knows on the way. */
typedef struct Reading {
  Arena *arena;
  Content *content;
  Marks marks;
  const Glyphs *font;
  size_t step_capacity;
  size_t use_capacity;
  size_t letter_capacity;
  bool placed;       /* since the last text that was shown, something said where the next one stands */
  size_t span_depth; /* of the Span whose actual text stands for what it holds; 0: none */
  uint32_t span_step;
  Str span_text;
} Reading;

/* --- letters --- */

static void add_letters(Reading *reading, Str text, uint32_t first, uint32_t last) {
  Content *content = reading->content;
  for (size_t at = 0; at < text.len;) {
    if (content->letter_count == reading->letter_capacity) {
      size_t grown = reading->letter_capacity ? reading->letter_capacity * 2 : 2048;
      ContentLetter *moved = ARENA_ARRAY(reading->arena, ContentLetter, grown);
      if (content->letter_count) memcpy(moved, content->letters, content->letter_count * sizeof *moved);
      content->letters = moved;
      reading->letter_capacity = grown;
    }
    content->letters[content->letter_count++] = (ContentLetter){utf8_next(text, &at), reading->marks.mcid, first, last};
  }
}

static void show_string(Reading *reading, Str string) {
  Str bytes = pdf_bytes(reading->arena, string);
  uint32_t step = (uint32_t)reading->content->step_count - 1;
  size_t width = reading->font->wide ? 2 : 1;
  for (size_t at = 0; at + width <= bytes.len; at += width) {
    unsigned code = (unsigned char)bytes.s[at];
    if (width == 2) code = code << 8 | (unsigned char)bytes.s[at + 1];
    add_letters(reading, glyphs_text(reading->font, code), step, step);
  }
}

static void show(Reading *reading, const Step *step) {
  ContentStep *kept = &reading->content->steps[reading->content->step_count - 1];
  kept->placed = reading->placed;
  reading->placed = false;
  if (!reading->font) return;
  kept->wide = reading->font->wide;
  kept->space = reading->font->space;
  if (!reading->marks.holder || reading->marks.mcid < 0 || reading->span_depth) return;
  PdfLexer inside =
      pdf_is_array(step->last_operand) ? pdf_inside(step->last_operand) : (PdfLexer){step->last_operand, 0};
  for (Str text = pdf_value(&inside); text.len; text = pdf_value(&inside))
    if (text.s[0] == '<' || text.s[0] == '(') show_string(reading, text);
}

static void begin_mark(Reading *reading, const Step *step) {
  follow(&reading->marks, ACT_MARK, mcid_of(step), is_artifact(step));
  Str actual = pdf_get(step->last_operand, STR("/ActualText"));
  if (!actual.len || reading->span_depth) return;
  reading->span_depth = reading->marks.depth;
  reading->span_step = (uint32_t)reading->content->step_count - 1;
  reading->span_text = glyphs_text_string(reading->arena, actual);
}

static bool text_between(const Content *content, size_t first) {
  for (size_t i = first; i < content->step_count; i++)
    if (content->steps[i].act == ACT_TEXT) return true;
  return false;
}

static void end_mark(Reading *reading) {
  if (reading->span_depth && reading->span_depth == reading->marks.depth) {
    reading->span_depth = 0;
    bool shown = text_between(reading->content, reading->span_step); /* Chromium leaves empty ones of clipped text */
    if (shown && reading->marks.holder && reading->marks.mcid >= 0)
      add_letters(reading, reading->span_text, reading->span_step, (uint32_t)reading->content->step_count - 1);
  }
  follow(&reading->marks, ACT_UNMARK, -1, false);
}

Content content_read(Arena *arena, Str text, ContentFont *font, void *context) {
  Content content = {.text = text};
  Reader reader = {.lexer = {text, 0}};
  Reading reading = {.arena = arena, .content = &content};
  Step step;
  while (next_step(&reader, &step)) {
    keep_step(arena, &content, &reading.step_capacity, &step);
    if (step.act == ACT_MARK) begin_mark(&reading, &step);
    if (step.act == ACT_UNMARK) end_mark(&reading);
    if (reading.marks.holder)
      note_use(arena, &content, &reading.use_capacity, reading.marks.mcid, CONTENT_SEEN | use_of(step.act));
    if (step.act == ACT_FONT) reading.font = font(context, step.first_operand);
    if (step.act == ACT_MOVE || step.act == ACT_BOUNDARY) reading.placed = true;
    if (step.act != ACT_TEXT) continue;
    show(&reading, &step);
    bool wide = reading.font && reading.font->wide;
    if (wide && !content.lacks_glyph) content.lacks_glyph = lacks_glyph(step.last_operand);
  }
  return content;
}

/* --- spaces --- */

/* The first step from there on that shows text; NULL: there is none. */
static ContentStep *text_from(const Content *content, size_t at) {
  while (at < content->step_count && content->steps[at].act != ACT_TEXT) at++;
  return at < content->step_count ? &content->steps[at] : NULL;
}

static Str space_in(Arena *arena, const ContentStep *text) {
  return str_format(arena, text->wide ? "<%04x> Tj" : "<%02x> Tj", (unsigned)text->space);
}

/* A Span that holds all of a text object has no room for a text operator beside it. */
static bool is_in_text_object(const Content *content, const ContentLetter *letter) {
  for (size_t i = letter->first; i <= letter->last; i++)
    if (content->steps[i].act == ACT_BOUNDARY) return false;
  return true;
}

bool content_add_space(Arena *arena, Content *content, size_t letter, bool after) {
  const ContentLetter *at = &content->letters[letter];
  const ContentStep *text = text_from(content, at->first);
  if (!text || text->space < 0 || !is_in_text_object(content, at)) return false;
  if (after) {
    const ContentStep *next = text_from(content, (size_t)at->last + 1);
    if (next && !next->placed) return false; /* it would move */
    content->steps[at->last].after = STR_CONCAT(arena, STR(" "), space_in(arena, text));
    return true;
  }
  if (!text->placed) return false;
  /* What follows begins where the space began. */
  content->steps[at->first].before = STR_CONCAT(arena, space_in(arena, text), STR(" 0 0 Td "));
  return true;
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

static void put_in(Mender *mender, size_t at, Str text) {
  if (!text.len) return;
  copy_until(mender, at);
  buf_add(&mender->out, text);
}

static bool is_erased(const Content *content, const Marks *marks, const ContentStep *step) {
  return step->act == ACT_TEXT && marks->holder && marks->mcid >= 0 && (size_t)marks->mcid < content->use_count &&
         (content->uses[marks->mcid] & CONTENT_ERASE);
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
  if (step->act == ACT_NO_PAINT || marks->holder) mender->artifact = in_area;
}

Str content_mend(Arena *arena, const Content *content) {
  /* At worst each operator gets marks of its own. */
  Mender mender = {.content = content->text, .out = buf_new(arena, content->text.len * 32 + 64), .artifact = in_margin};
  Marks marks = {0};
  for (size_t i = 0; i < content->step_count; i++) {
    const ContentStep *step = &content->steps[i];
    put_in(&mender, step->begin, step->before);
    mend_step(&mender, content, &marks, step);
    if (is_erased(content, &marks, step)) {
      copy_until(&mender, step->begin);
      mender.copied = step->end;
    }
    put_in(&mender, step->end, step->after);
  }
  close_artifact(&mender);
  copy_until(&mender, content->text.len);
  return buf_str(&mender.out);
}
