#include "serve/events.h"

#include <stdio.h>

typedef struct Listener {
  Events *events;
  struct MHD_Connection *connection; /* NULL: free */
  bool sleeps;
  bool told; /* at least once */
  uint64_t generation;
  uint64_t messages;
  double still_since; /* 0: it is to be told that the connection lives */
  char text[256];
  size_t len;
  size_t sent;
} Listener;

struct Events {
  const HttpState *state;
  bool ended;
  double now;
  Listener listeners[HTTP_LISTENERS_MOST];
};

Events *events_open(Arena *arena, const HttpState *state) {
  Events *events = ARENA_NEW(arena, Events);
  events->state = state;
  return events;
}

static bool has_news(const Listener *listener) {
  const LinkMessage *site = &listener->events->state->site;
  return !listener->told || listener->generation != site->generation || listener->messages != site->messages;
}

/* JSON, put together from numbers. */
static void write_state(Listener *listener) {
  const HttpState *state = listener->events->state;
  const LinkMessage *site = &state->site;
  int len = snprintf(
      listener->text, sizeof listener->text,
      "%sdata: {\"generation\": %llu, \"files\": %llu, \"messages\": %llu, \"errors\": %zu, \"warnings\": %zu}\n\n",
      listener->told ? "" : "retry: 500\n", (unsigned long long)site->generation, (unsigned long long)state->files,
      (unsigned long long)site->messages, site->errors, site->warnings);
  listener->len = (size_t)len;
  listener->told = true;
  listener->generation = site->generation;
  listener->messages = site->messages;
}

static ssize_t next_bytes(void *context, uint64_t at, char *buffer, size_t most) {
  Listener *listener = context;
  (void)at;
  if (listener->events->ended) return MHD_CONTENT_READER_END_OF_STREAM;
  if (listener->sent == listener->len) {
    listener->sent = listener->len = 0;
    if (has_news(listener)) {
      write_state(listener);
    } else if (listener->still_since <= 0) {
      memcpy(listener->text, ":\n\n", 3);
      listener->len = 3;
    } else {
      listener->sleeps = true;
      MHD_suspend_connection(listener->connection);
      return 0;
    }
    listener->still_since = listener->events->now;
  }
  size_t len = listener->len - listener->sent < most ? listener->len - listener->sent : most;
  memcpy(buffer, listener->text + listener->sent, len);
  listener->sent += len;
  return (ssize_t)len;
}

static void forget(void *context) {
  Listener *listener = context;
  listener->connection = NULL;
}

struct MHD_Response *events_response(Events *events, struct MHD_Connection *connection) {
  for (size_t i = 0; i < HTTP_LISTENERS_MOST; i++) {
    Listener *listener = &events->listeners[i];
    if (listener->connection) continue;
    *listener = (Listener){.events = events, .connection = connection};
    struct MHD_Response *response =
        MHD_create_response_from_callback(MHD_SIZE_UNKNOWN, sizeof listener->text, next_bytes, listener, forget);
    if (!response) listener->connection = NULL;
    return response;
  }
  return NULL;
}

static void wake(Listener *listener) {
  listener->sleeps = false;
  MHD_resume_connection(listener->connection);
}

void events_wake(Events *events, double now) {
  events->now = now;
  for (size_t i = 0; i < HTTP_LISTENERS_MOST; i++) {
    Listener *listener = &events->listeners[i];
    if (!listener->connection || !listener->sleeps) continue;
    if (now - listener->still_since > HTTP_STILL_SECONDS) listener->still_since = 0;
    if (listener->still_since <= 0 || has_news(listener)) wake(listener);
  }
}

void events_end(Events *events) {
  events->ended = true;
  for (size_t i = 0; i < HTTP_LISTENERS_MOST; i++)
    if (events->listeners[i].connection && events->listeners[i].sleeps) wake(&events->listeners[i]);
}
