/* The reference of all messages, made from their table: `pamphlet help messages`. docs/messages.md is its output. */
#include "cli/cli.h"

#include <stdio.h>

static void print_cell(Str text) {
  for (size_t i = 0; i < text.len; i++) {
    if (text.s[i] == '|') fputc('\\', stdout);
    fputc(text.s[i], stdout);
  }
}

static void print_message(const DiagMessage *message) {
  static const char *const severities[] = {"error", "warning", "advice"};
  printf("| `%.*s` | %s | ", STR_ARG(message->id), severities[message->severity]);
  print_cell(message->text);
  fputs(" | ", stdout);
  print_cell(message->hint);
  fputs(" | ", stdout);
  print_cell(message->wcag);
  fputs(" |\n", stdout);
}

void cli_print_messages(void) {
  fputs("# Every message\n\n"
        "The word in square brackets at the end of a message is its id. An error stops publishing; with `--strict` a warning\n"
        "does too. `{0}` to `{3}` are filled in. The last column names the success criterion of WCAG 2.2 that the check is\n"
        "about. This page is made by `make docs`.\n\n"
        "| id | kind | what it says | how to mend it | WCAG |\n|---|---|---|---|---|\n",
        stdout);
  for (int id = 0; id < DIAG_ID_COUNT; id++) print_message(diag_message((DiagId)id));
}
