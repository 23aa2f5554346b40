/* `pamphlet serve`: the site on this machine, as a build would publish it, and every edit at once.
 *
 * Two processes (docs/serve.md): the server speaks HTTP, watches files and keeps nothing but bytes; the maker knows the
 * site. Nothing is written anywhere.
 * Failure: serve_run() says what is wrong with the system on standard error; mistakes in the content are no failure. */
#ifndef PAMPHLET_SERVE_SERVE_H
#define PAMPHLET_SERVE_SERVE_H

#include "data/value.h"
#include "site/site.h"

typedef struct ServeOptions {
  BuildOptions build; /* `now` 0: the clock's day, each time the site is read */
  Str bind;           /* a numeric address */
  int port;           /* 0: any that is free */
  bool open;          /* in the user's browser */
  bool quiet;
  bool colour; /* on standard error */
  /* How the command line shows messages: as data, and the text of a file they point into. */
  Value (*describe)(Arena *arena, const DiagList *diags, bool strict);
  DiagReadFile *read;
} ServeOptions;

typedef enum ServeEnd { SERVE_ENDED, SERVE_PORT_TAKEN, SERVE_ADDRESS, SERVE_SYSTEM } ServeEnd;

/* Until a signal ends it. */
ServeEnd serve_run(const ServeOptions *options);
/* The first port from `from` on that nobody has; 0: there is none near. */
int serve_free_port(Str bind, int from);

#endif
