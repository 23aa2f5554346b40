/* The reference of all messages, made from their table: `pamphlet help messages`. docs/messages.md is its output. */
#include "cli/cli.h"

#include <stdio.h>

/* A cell of a table. Outside of code, what Markdown would take for more than text is written with a backslash. */
static void print_cell(Str text) {
  bool code = false;
  for (size_t i = 0; i < text.len; i++) {
    char c = text.s[i];
    if (c == '`') code = !code;
    bool url = c == ':' && str_starts(str_skip(text, i), STR("://"));
    bool mark = c == '<' || c == '[' || c == ']' || c == '!' || url || str_starts(str_skip(text, i), STR("{{"));
    if (c == '|' || (!code && mark)) fputc('\\', stdout);
    fputc(c, stdout);
  }
}

static void print_message(const DiagMessage *message) {
  static const char *const severities[] = {"error", "warning", "advice"};
  printf("| `%.*s` %s | ", STR_ARG(message->id), severities[message->severity]);
  print_cell(message->text);
  if (message->wcag.len) printf(" (WCAG %.*s)", STR_ARG(message->wcag));
  fputs(" | ", stdout);
  print_cell(message->hint);
  fputs(" |\n", stdout);
}

void cli_print_messages(void) {
  fputs("# Every message\n\n"
        "The word in square brackets at the end of a message is its id. An error stops publishing; with `--strict` a "
        "warning\n"
        "does too. Advice stops nothing. `{0}` to `{3}` are filled in. Where a check is about a success criterion of "
        "WCAG 2.2,\n"
        "that is named. This page is made by `make docs`.\n\n"
        "| id | what it says | how to mend it |\n|---|---|---|\n",
        stdout);
  for (int id = 0; id < DIAG_ID_COUNT; id++) print_message(diag_message((DiagId)id));
}
