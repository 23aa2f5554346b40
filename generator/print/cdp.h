/* Chromium's DevTools protocol: requests out, answers and events in, as JSON texts that end in NUL.
 *
 * Source: https://chromedevtools.github.io/devtools-protocol/ and Chromium's `--remote-debugging-pipe`.
 * Owner: cdp_start() to cdp_end(); a message lives in the arena given, a long `data` of its result (a PDF) until the
 * next cdp_receive(). Requests are sent while that waits. Failure: an errno value; EPIPE: the browser is gone; EPROTO:
 * it says what is no JSON; EFBIG: a message or the waiting requests are longer than CDP_BYTES_MOST. */
#ifndef PAMPHLET_PRINT_CDP_H
#define PAMPHLET_PRINT_CDP_H

#include "data/value.h"
#include "os/peer.h"

/* A PDF comes as base64 in one message. A booklet with many photographs has 40 MB. */
#define CDP_BYTES_MOST ((size_t)256 << 20)

typedef struct Cdp {
  OsPeer peer;
  Arena out_arena;
  Arena in_arena;
  Buf out;
  size_t out_at; /* sent so far */
  Buf in;
  size_t in_at;       /* taken so far */
  size_t in_searched; /* no message ends before this */
  int64_t last_id;
} Cdp;

int cdp_start(Cdp *cdp, const char *const *argv, Str error_file);
void cdp_end(Cdp *cdp, double seconds);
/* The request's id, which its answer bears. `session` may be empty: a request to the browser as a whole. */
int64_t cdp_send(Cdp *cdp, Str session, Str method, Value params);
/* The next message, undefined when none came within `seconds`. */
int cdp_receive(Cdp *cdp, Arena *arena, double seconds, Value *message);

#endif
