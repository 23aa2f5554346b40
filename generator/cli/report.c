#include "cli/cli.h"
#include "data/value.h"
#include "os/os.h"
#include "os/process.h"

#include <stdio.h>

enum { STANDARD_OUT = 1, STANDARD_ERROR = 2 };

Str cli_read_source(void *context, Arena *arena, Str path) {
  (void)context;
  Str text = {"", 0};
  if (os_read_file(arena, path, (size_t)64 << 20, &text)) return (Str){"", 0};
  return text;
}

void cli_print_diags(Arena *scratch, const DiagList *diags, bool strict) {
  DiagPrinter printer = {.arena = scratch,
                         .read = cli_read_source,
                         .colour = os_is_terminal(STANDARD_ERROR) && os_env("NO_COLOR").len == 0,
                         .strict = strict};
  Buf text = buf_new(scratch, (size_t)256 << 20);
  diag_print(&printer, diags, &text);
  os_write(STANDARD_ERROR, buf_str(&text));
}

void cli_print(Str text) {
  int error = os_write(STANDARD_OUT, text);
  if (!error) return;
  fprintf(stderr, "pamphlet: error: the output cannot be written: %.*s\n", STR_ARG(os_error_text(error)));
  os_exit(CLI_SYSTEM);
}

static void add_count(Buf *text, size_t count, const char *word) {
  if (!count) return;
  if (text->len) buf_add_lit(text, " and ");
  buf_add_format(text, "%zu %s%s", count, word, count == 1 ? "" : "s");
}

Str cli_count_diags(Arena *arena, const DiagList *diags, bool strict) {
  size_t errors = diags->severities[SEVERITY_ERROR];
  size_t warnings = diags->severities[SEVERITY_WARNING];
  if (strict) {
    errors += warnings;
    warnings = 0;
  }
  Buf text = buf_new(arena, 128);
  add_count(&text, errors, "error");
  add_count(&text, warnings, "warning");
  return buf_str(&text);
}

static Value place_value(Arena *arena, DiagPlaces *places, Span span) {
  DiagPrinter printer = {.arena = arena, .read = cli_read_source};
  Value map = value_map(arena, 6);
  Position position;
  diag_find(&printer, places, span, &position);
  value_put(map, "file", value_str(span.path));
  if (position.line) {
    value_put(map, "line", value_int((int64_t)position.line));
    value_put(map, "column", value_int((int64_t)position.column));
    value_put(map, "offset", value_int((int64_t)span.offset));
    value_put(map, "length", value_int((int64_t)span.len));
  }
  return map;
}

/* `places`: of the reports, then of their notes. */
static Value diag_value(Arena *arena, DiagPlaces places[2], const Diag *diag, bool strict) {
  static const char *const severities[] = {"error", "warning", "advice"};
  const DiagMessage *message = diag_message(diag->id);
  Severity severity = strict && message->severity == SEVERITY_WARNING ? SEVERITY_ERROR : message->severity;
  Value map = place_value(arena, &places[0], diag->span);
  value_put(map, "severity", value_c(severities[severity]));
  value_put(map, "id", value_str(message->id));
  value_put(map, "message", value_str(diag_text(arena, diag)));
  Str hint = diag_hint(arena, diag);
  if (hint.len) value_put(map, "hint", value_str(hint));
  if (message->wcag.len) value_put(map, "wcag", value_str(message->wcag));
  if (!diag->notes) return map;
  Value notes = value_list(arena, 2);
  for (const DiagNote *note = diag->notes; note; note = note->next) {
    Value entry = place_value(arena, &places[1], note->span);
    value_put(entry, "message", value_str(note->text));
    value_push(notes, entry);
  }
  value_put(map, "notes", notes);
  return map;
}

Value cli_diags_value(Arena *arena, const DiagList *diags, bool strict) {
  Value list = value_list(arena, diags->count);
  DiagPlaces places[2] = {0};
  for (const Diag *diag = diags->first; diag; diag = diag->next)
    value_push(list, diag_value(arena, places, diag, strict));
  return list;
}
