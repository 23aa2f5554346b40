/* What is wrong with the site, as of its latest texts: for the terminal, for programs, and as a page.
 *
 * Owner: a Messages keeps its own memory, all of it replaced at each messages_begin(). Failure: none. */
#ifndef PAMPHLET_SERVE_MESSAGES_H
#define PAMPHLET_SERVE_MESSAGES_H

#include "serve/serve.h"

typedef struct Messages {
  const ServeOptions *options;
  Arena arenas[2]; /* the last messages are kept until the next are compared with them */
  int current;
  DiagList diags;
  Map keys;      /* of diags */
  uint64_t mark; /* of all of them: the same while they are */
} Messages;

Messages messages_open(const ServeOptions *options);
void messages_close(Messages *messages);

/* An empty list to copy reports into; then messages_end(). */
DiagList *messages_begin(Messages *messages);
/* True: something is different. *news: those that were not there before, for the terminal. */
bool messages_end(Messages *messages, Str *news);

size_t messages_errors(const Messages *messages);
size_t messages_warnings(const Messages *messages);
/* "2 errors and 1 warning", or "nothing is wrong". */
Str messages_count(const Messages *messages, Arena *arena);

Str messages_text(const Messages *messages, Arena *arena);
Str messages_json(const Messages *messages, Arena *arena);
Str messages_page(const Messages *messages, Arena *arena);
/* In place of a page that cannot be shown: the messages about the file `path`, or all when it is empty or has none. */
Str messages_instead(const Messages *messages, Arena *arena, Str title, Str path);

#endif
