/* Questions on a terminal, for what the command line does not say. */
#ifndef PAMPHLET_CLI_ASK_H
#define PAMPHLET_CLI_ASK_H

#include "base/str.h"

/* Whether somebody is there to answer: standard input and standard output are both terminals. */
bool ask_possible(void);

/* Why an answer can't be taken, in words that follow it; the empty Str when it can. */
typedef Str AskCheck(void *context, Arena *arena, Str answer);

typedef struct Question {
  Str text;      /* "Name of the clinic" */
  Str otherwise; /* what an empty answer means */
  AskCheck *check;
  void *context;
} Question;

/* Asks until the answer can be taken. False: there are no more answers (Ctrl-D). */
bool ask(Arena *arena, const Question *question, Str *answer);

#endif
