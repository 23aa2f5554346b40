#include "cli/ask.h"

#include "os/os.h"

#include <stdio.h>

enum { STANDARD_IN = 0, STANDARD_OUT = 1, ANSWER_MOST = 4000 }; /* bytes; a terminal takes no longer line */

bool ask_possible(void) {
  return os_is_terminal(STANDARD_IN) && os_is_terminal(STANDARD_OUT);
}

bool ask(Arena *arena, const Question *question, Str *answer) {
  for (;;) {
    printf("%.*s [%.*s]: ", STR_ARG(question->text), STR_ARG(question->otherwise));
    fflush(stdout);
    if (!os_read_line(arena, STANDARD_IN, ANSWER_MOST, answer)) {
      putchar('\n');
      return false;
    }
    *answer = str_trim(*answer);
    if (!answer->len) *answer = question->otherwise;
    Str problem = question->check(question->context, arena, *answer);
    if (!problem.len) return true;
    printf("  `%.*s` %.*s\n", STR_ARG(*answer), STR_ARG(problem));
  }
}
