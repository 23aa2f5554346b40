/* Another program to talk with while it runs, over two pipes that are its descriptors 3 (in) and 4 (out).
 *
 * What it writes to standard error goes to a file; it has no standard input, and its standard output is thrown away. It
 * and all that it starts are one process group, which ends as one.
 *
 * Units: seconds of wall clock. Owner: os_peer_start() to os_peer_end().
 * Failure: an errno value. ENOENT: there is no such program on PATH. EPIPE: it closed its end. EFBIG: `in` is full. */
#ifndef PAMPHLET_OS_PEER_H
#define PAMPHLET_OS_PEER_H

#include "base/buf.h"

typedef struct OsPeer {
  int process; /* 0: none runs */
  int to;
  int from;
} OsPeer;

/* `argv` is NULL-ended; argv[0] is looked up on PATH. */
int os_peer_start(OsPeer *peer, const char *const *argv, Str error_file);
/* Writes what it can of *out, which moves on, and adds to `in` what came. Waits at most `seconds` until one or the
 * other is possible; that neither was is no failure. */
int os_peer_exchange(const OsPeer *peer, Str *out, Buf *in, double seconds);
/* Closes the pipes, on which a good program ends, and kills it when it has not ended after `seconds`. */
void os_peer_end(OsPeer *peer, double seconds);

/* The full path of a program on PATH, or the empty Str. With a slash in it, `name` is that path already. */
Str os_find_program(Arena *arena, Str name);
/* Whether this process is the superuser. */
bool os_is_root(void);

#endif
