/* HTTP, by libmicrohttpd: requests in, responses out. Only this file's .c and events.c know that library.
 *
 * A request that the cache can't answer becomes a question for the maker; the connection sleeps until http_answer().
 * Owner: http_open() to http_close(). Failure: http_open() gives NULL.
 * Limits: below; who holds them up is cut off, so that the others are served. */
#ifndef PAMPHLET_SERVE_HTTP_H
#define PAMPHLET_SERVE_HTTP_H

#include "serve/cache.h"
#include "serve/request.h"

enum {
  HTTP_CONNECTIONS_MOST = 2000,
  HTTP_HEAD_SECONDS = 20,    /* from one request to the end of the next one's head, also on an idle connection */
  HTTP_CROWDED_SECONDS = 2,  /* the same when nearly all connections are in use */
  HTTP_STALLED_SECONDS = 30, /* without any byte, either way */
  HTTP_HEAD_MOST = 32 << 10, /* bytes; browsers send 1 KB, and cookies of other programs on localhost */
  HTTP_BODY_MOST = 64 << 10, /* bytes that are thrown away; no request here has any */
  HTTP_LISTENERS_MOST = 200, /* pages that follow the site's changes */
  HTTP_STILL_SECONDS = 15,   /* between signs of life to those */
};

typedef struct Http Http;

/* What the server knows of the site; kept by serve/server.c. */
typedef struct HttpState {
  LinkMessage site; /* the last LINK_STATE */
  uint64_t files;   /* the last generation in which more than pages changed */
  Str content;      /* the folder of the content */
  bool maker_runs;
} HttpState;

typedef struct HttpOptions {
  Arena *arena;
  int socket; /* listening */
  RequestHosts hosts;
  Str out; /* where `pamphlet print` leaves its PDFs */
  Cache *cache;
  const HttpState *state;
} HttpOptions;

Http *http_open(const HttpOptions *options);
void http_close(Http *http);
/* For os_poll(). */
int http_descriptor(const Http *http);
/* Seconds until http_run() wants to be called, negative: not before the descriptor is ready. */
double http_wait(const Http *http);
void http_run(Http *http, double now);

/* The oldest question that waits; false: none does. It stays the oldest until it is answered. */
bool http_question(Http *http, LinkMessage *question);
/* Answers all that wait for the same as the oldest. */
void http_answer(Http *http, const LinkMessage *answer, bool keep);
/* The maker has ended: answers all that wait with a page that says so. */
void http_give_up(Http *http, Str why);
/* Tells the pages that follow the site of its new state. */
void http_tell(Http *http);

#endif
