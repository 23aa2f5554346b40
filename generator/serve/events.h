/* Server-sent events (HTML Standard, section 9.2) to pages that follow the site.
 *
 * Each gets the present state when it connects and again when that changes; a sleeping one costs a connection and
 * nothing else. Owner: the arena given. Failure: events_response() gives NULL when there are too many. */
#ifndef PAMPHLET_SERVE_EVENTS_H
#define PAMPHLET_SERVE_EVENTS_H

#include "serve/http.h"

#include <microhttpd.h>

typedef struct Events Events;

Events *events_open(Arena *arena, const HttpState *state);
struct MHD_Response *events_response(Events *events, struct MHD_Connection *connection);
/* Wakes all that have something to hear: a new state, or that the connection still lives. */
void events_wake(Events *events, double now);
/* All streams come to their end. */
void events_end(Events *events);

#endif
