#include "base/utf8.h"
#include "diag/diag.h"

#include <string.h>

static void find_line(DiagCursor *cursor, size_t begin) {
  size_t len = str_find_byte(str_skip(cursor->text, begin), '\n');
  size_t end = len == STR_NONE ? cursor->text.len : begin + len;
  if (end > begin && cursor->text.s[end - 1] == '\r') end--;
  cursor->begin = cursor->at = begin;
  cursor->end = end;
  cursor->column = 1;
}

Position diag_position_next(DiagCursor *cursor, Span span) {
  Str text = cursor->text;
  if (span.offset == STR_NONE || span.offset > text.len) return (Position){0};
  if (!cursor->line) {
    cursor->line = 1;
    find_line(cursor, 0);
  }
  size_t begin = cursor->begin;
  if (span.offset < begin) {
    for (; begin > span.offset; begin--) cursor->line -= text.s[begin - 1] == '\n';
    while (begin > 0 && text.s[begin - 1] != '\n') begin--;
  } else if (span.offset < cursor->at) {
    find_line(cursor, begin);
  }
  for (size_t i = cursor->end; i < span.offset; i++) {
    if (text.s[i] != '\n') continue;
    cursor->line++;
    begin = i + 1;
  }
  if (begin != cursor->begin) find_line(cursor, begin);
  Str source = str_slice(text, cursor->begin, cursor->end);
  size_t at = span.offset < cursor->end ? span.offset : cursor->end;
  size_t whole = at; /* a span may begin inside a character; the cursor does not */
  while (whole > cursor->at && whole < text.len && ((unsigned char)text.s[whole] & 0xC0) == 0x80) whole--;
  cursor->column += utf8_count(str_slice(text, cursor->at, whole));
  cursor->at = whole;
  size_t from = at - cursor->begin;
  size_t to = span.len > source.len - from ? source.len : from + span.len;
  return (Position){cursor->line, cursor->column + utf8_count(str_slice(text, whole, at)), source, from, to};
}

Position diag_position(Str text, Span span) {
  DiagCursor cursor = {.text = text};
  return diag_position_next(&cursor, span);
}

typedef struct Style {
  const char *path, *error, *warning, *advice, *caret, *dim, *off;
} Style;

static const Style plain_style = {"", "", "", "", "", "", ""};
static const Style colour_style = {"\033[1m",    "\033[1;31m", "\033[1;35m", "\033[1;36m",
                                   "\033[1;32m", "\033[2m",    "\033[0m"};

/* Control characters of the source would move the terminal's cursor; they are shown as U+FFFD, tabs as one space. */
static void print_source_line(Buf *out, Str line) {
  for (size_t at = 0; at < line.len;) {
    uint32_t c = utf8_next(line, &at);
    if (c == '\t') c = ' ';
    utf8_add(out, c < 0x20 || (c >= 0x7F && c < 0xA0) ? 0xFFFD : c);
  }
}

static void print_place(Buf *out, Str path, Position position) {
  print_source_line(out, path);
  if (position.line) buf_add_format(out, ":%zu:%zu", position.line, position.column);
}

static int columns(Str text) {
  int width = 0;
  for (size_t at = 0; at < text.len;) width += utf8_width(utf8_next(text, &at));
  return width;
}

enum { EXCERPT_MOST = 160 }; /* bytes of a source line shown; a minified line would hide the message */

static void print_excerpt(Buf *out, Position position, const Style *style) {
  if (!position.line || position.text.len == 0) return;
  Str line = position.text;
  size_t from = 0;
  if (position.caret_begin > EXCERPT_MOST / 2) {
    from = position.caret_begin - EXCERPT_MOST / 2;
    while (from > 0 && ((unsigned char)line.s[from] & 0xC0) == 0x80) from--;
  }
  size_t to = line.len;
  if (to - from > EXCERPT_MOST) {
    to = from + EXCERPT_MOST;
    while (to > from && ((unsigned char)line.s[to] & 0xC0) == 0x80) to--;
  }
  size_t caret_end = position.caret_end < to ? position.caret_end : to;
  size_t caret_begin = position.caret_begin < caret_end ? position.caret_begin : caret_end;
  buf_add_format(out, "%s%7zu |%s ", style->dim, position.line, style->off);
  print_source_line(out, str_slice(line, from, to));
  int indent = columns(str_slice(line, from, caret_begin));
  int width = columns(str_slice(line, caret_begin, caret_end));
  buf_add_format(out, "\n%s        |%s %*s%s", style->dim, style->off, indent, "", style->caret);
  for (int i = 0; i < (width > 0 ? width : 1); i++) buf_add_byte(out, '^');
  buf_add_format(out, "%s\n", style->off);
}

void diag_find(const DiagPrinter *printer, DiagPlaces *places, Span span, Position *position) {
  *position = (Position){0};
  if (span.path.len == 0) return;
  if (!places->cursors.size) places->cursors = map_new(printer->arena, 0);
  bool added;
  size_t *place = map_place(&places->cursors, span.path, &added);
  if (added) {
    DiagCursor *cursor = ARENA_NEW(printer->arena, DiagCursor);
    cursor->text = printer->read(printer->context, printer->arena, span.path);
    *place = (size_t)(uintptr_t)cursor;
  }
  *position = diag_position_next((DiagCursor *)(uintptr_t)*place, span);
}

static void print_notes(const DiagPrinter *printer, const Diag *diag, DiagPlaces *places, Buf *out) {
  for (const DiagNote *note = diag->notes; note; note = note->next) {
    Position position;
    diag_find(printer, places, note->span, &position);
    buf_add_lit(out, "  ");
    if (note->span.path.len) {
      print_place(out, note->span.path, position);
      buf_add_lit(out, ": ");
    }
    print_source_line(out, note->text);
    buf_add_byte(out, '\n');
  }
}

/* `places`: of the reports, then of their notes. */
static void print_one(const DiagPrinter *printer, const Diag *diag, DiagPlaces places[2], Buf *out) {
  const Style *style = printer->colour ? &colour_style : &plain_style;
  const DiagMessage *message = diag_message(diag->id);
  Position position;
  diag_find(printer, &places[0], diag->span, &position);
  Severity severity = message->severity;
  if (printer->strict && severity == SEVERITY_WARNING) severity = SEVERITY_ERROR;
  static const char *const words[] = {"error", "warning", "advice"};
  const char *const colours[] = {style->error, style->warning, style->advice};

  if (diag->span.path.len) {
    buf_add(out, str_from_c(style->path));
    print_place(out, diag->span.path, position);
    buf_add_format(out, "%s: ", style->off);
  } else {
    buf_add_lit(out, "pamphlet: ");
  }
  buf_add_format(out, "%s%s:%s ", colours[severity], words[severity], style->off);
  print_source_line(out, diag_text(printer->arena, diag));
  buf_add_format(out, " %s[%.*s]%s\n", style->dim, STR_ARG(message->id), style->off);
  print_excerpt(out, position, style);
  print_notes(printer, diag, &places[1], out);
  Str hint = diag_hint(printer->arena, diag);
  if (hint.len) {
    buf_add_format(out, "%shint:%s ", style->caret, style->off);
    print_source_line(out, hint);
    buf_add_byte(out, '\n');
  }
}

void diag_print(const DiagPrinter *printer, const DiagList *list, Buf *out) {
  DiagPlaces places[2] = {0};
  for (const Diag *diag = list->first; diag; diag = diag->next) print_one(printer, diag, places, out);
  if (list->dropped) buf_add_lit(out, "pamphlet: more reports are not shown\n");
}
