#include "base/utf8.h"
#include "diag/diag.h"

#include <string.h>

Position diag_position(Str text, Span span) {
  if (span.offset == STR_NONE || span.offset > text.len) return (Position){0};
  size_t line_begin = 0;
  size_t line = 1;
  for (size_t i = 0; i < span.offset; i++) {
    if (text.s[i] != '\n') continue;
    line++;
    line_begin = i + 1;
  }
  size_t line_len = str_find_byte(str_skip(text, line_begin), '\n');
  Str source = str_slice(text, line_begin, line_len == STR_NONE ? text.len : line_begin + line_len);
  if (str_ends(source, STR("\r"))) source.len--;
  size_t begin = span.offset - line_begin;
  if (begin > source.len) begin = source.len;
  size_t end = span.len > source.len - begin ? source.len : begin + span.len;
  return (Position){line, utf8_count(str_slice(source, 0, begin)) + 1, source, begin, end};
}

typedef struct Style {
  const char *path, *error, *warning, *advice, *caret, *dim, *off;
} Style;

static const Style plain_style = {"", "", "", "", "", "", ""};
static const Style colour_style = {"\033[1m",    "\033[1;31m", "\033[1;35m", "\033[1;36m",
                                   "\033[1;32m", "\033[2m",    "\033[0m"};

static void print_place(Buf *out, Str path, Position position) {
  buf_add(out, path);
  if (position.line) buf_add_format(out, ":%zu:%zu", position.line, position.column);
}

/* Control characters of the source would move the terminal's cursor; they are shown as U+FFFD, tabs as one space. */
static void print_source_line(Buf *out, Str line) {
  for (size_t at = 0; at < line.len;) {
    uint32_t c = utf8_next(line, &at);
    if (c == '\t') c = ' ';
    utf8_add(out, c < 0x20 || (c >= 0x7F && c < 0xA0) ? 0xFFFD : c);
  }
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

typedef struct FileText {
  Str path;
  Str text;
} FileText;

static Str read_cached(const DiagPrinter *printer, FileText *cache, Str path) {
  if (path.len == 0) return (Str){0};
  if (!str_equal(cache->path, path)) *cache = (FileText){path, printer->read(printer->context, printer->arena, path)};
  return cache->text;
}

static void print_one(const DiagPrinter *printer, const Diag *diag, FileText *cache, Buf *out) {
  const Style *style = printer->colour ? &colour_style : &plain_style;
  const DiagMessage *message = diag_message(diag->id);
  Position position = diag_position(read_cached(printer, cache, diag->span.path), diag->span);
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
  for (const DiagNote *note = diag->notes; note; note = note->next) {
    FileText other = {0};
    buf_add_lit(out, "  ");
    if (note->span.path.len) {
      print_place(out, note->span.path, diag_position(read_cached(printer, &other, note->span.path), note->span));
      buf_add_lit(out, ": ");
    }
    print_source_line(out, note->text);
    buf_add_byte(out, '\n');
  }
  Str hint = diag_hint(printer->arena, diag);
  if (hint.len) {
    buf_add_format(out, "%shint:%s ", style->caret, style->off);
    print_source_line(out, hint);
    buf_add_byte(out, '\n');
  }
}

void diag_print(const DiagPrinter *printer, const DiagList *list, Buf *out) {
  FileText cache = {0};
  for (const Diag *diag = list->first; diag; diag = diag->next) print_one(printer, diag, &cache, out);
  if (list->dropped) buf_add_format(out, "pamphlet: %zu more reports are not shown\n", list->dropped);
}
