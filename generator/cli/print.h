/* `pamphlet print`: what its files share. */
#ifndef PAMPHLET_CLI_PRINT_H
#define PAMPHLET_CLI_PRINT_H

#include "cli/cli.h"
#include "print/print.h"

enum { PRINT_WORDS_MOST = 256 };
#define PRINT_OUTPUT_MOST ((size_t)256 << 20)

typedef struct PrintCommand {
  PrintOptions print;
  Str source;
  Str paper; /* empty: not said */
  Str format;
  Str as_of;
  Str words[PRINT_WORDS_MOST];
  bool all;
  bool changed;
  bool ledger_check;
  bool quiet;
} PrintCommand;

/* The questions to an archive; they need no site. */
int print_answer_check(const PrintCommand *command);
int print_answer_as_of(const PrintCommand *command);

#endif
