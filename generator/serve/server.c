/* The server: one loop over HTTP, the maker, changed files and signals. */
#include "os/event.h"
#include "os/net.h"
#include "os/os.h"
#include "os/process.h"
#include "os/watch.h"
#include "serve/http.h"
#include "serve/maker.h"
#include "site/handouts.h"

#include <errno.h>
#include <stdio.h>

/* Files that are saved together are told together: so long after the last one … */
#define QUIET_SECONDS 0.01
/* … but not longer than this after the first. */
#define CHANGES_SECONDS 0.2
/* Between looks at the files where the system can't say what changes. */
#define LOOK_SECONDS 1.0
/* A maker that ends is not started again at once, so that one that always ends does not keep the machine busy. */
#define MAKER_SECONDS 2.0
/* What it gets to end by itself. */
#define MAKER_END_SECONDS 0.5

enum {
  STANDARD_OUT = 1,
  STANDARD_ERROR = 2,
  CHANGES_TEXT_MOST = 64 << 10, /* of paths in a message: what always fits into the pipe */
};
#define SERVER_BYTES ((size_t)1 << 30)

typedef struct Server {
  const ServeOptions *options;
  Arena memory;         /* as long as the server lives */
  Arena scratch;        /* emptied for each message of the maker */
  Arena changes_memory; /* emptied when they were told */
  int port;
  int signals;
  Http *http;
  Cache cache;
  HttpState state;
  char content[OS_PATH_MOST];
  OsWatch *watch;
  double looked;
  OsChanges changes;
  double changed_first; /* 0: nothing has changed */
  double changed_last;
  bool telling; /* the maker has been told of changes and has not answered yet */
  bool asking;  /* likewise of a question */
  int maker;    /* its process */
  int link;     /* to it; -1: there is none */
  double started;
  bool ready; /* was said */
  size_t errors;
  size_t warnings;
} Server;

/* --- the maker --- */

static void start_maker(Server *server) {
  int ends[2];
  server->started = os_seconds();
  if (os_pair_open(ends)) return;
  MakerStart start = {server->options, ends[1]};
  if (os_fork(maker_run, &start, &server->maker)) {
    os_close(ends[0]);
    ends[0] = -1;
  }
  os_close(ends[1]);
  server->link = ends[0];
  server->telling = server->link >= 0; /* its first message is the state */
  server->asking = false;
}

static void lose_maker(Server *server) {
  OsEnd end = {0};
  os_close(server->link);
  server->link = -1;
  server->telling = server->asking = false;
  os_wait(1.0, &end);
  const char *how = end.signal ? os_signal_name(end.signal) : "an early exit";
  fprintf(stderr,
          "pamphlet: the process that makes the pages ended with %s; it is started again with the next change\n", how);
  http_give_up(server->http, STR("The pages could not be made. Please report this as a mistake in pamphlet; the "
                                 "terminal says more. Save a file to try again.\n"));
}

/* --- what the maker says --- */

static Str address_of(const Server *server, Arena *arena) {
  Str bind = server->options->bind;
  bool any = str_equal(bind, STR("0.0.0.0")) || str_equal(bind, STR("::"));
  Str name = any ? os_host_name(arena) : bind;
  bool brackets = str_find_byte(name, ':') != STR_NONE;
  return str_format(arena, "http://%s%.*s%s:%d%.*s", brackets ? "[" : "", STR_ARG(name), brackets ? "]" : "",
                    server->port, STR_ARG(server->state.site.texts[1]));
}

static void say_ready(Server *server) {
  Str address = address_of(server, &server->scratch);
  size_t pages = server->state.site.pages;
  server->ready = true;
  printf("Serving %zu page%s at %.*s (Ctrl-C ends it)\n", pages, pages == 1 ? "" : "s", STR_ARG(address));
  if (!request_is_loopback(server->options->bind))
    puts("Everyone who reaches this machine over the network can read it, drafts and messages too.");
  fflush(stdout);
  if (!server->options->open) return;
  const char *const argv[] = {"xdg-open", str_to_c(&server->scratch, address), NULL};
  os_launch(argv);
}

static void say_messages(Server *server, const LinkMessage *state) {
  bool same = state->errors == server->errors && state->warnings == server->warnings;
  os_write(STANDARD_ERROR, state->texts[0]);
  if (!same && !server->options->quiet) {
    if (state->errors || state->warnings)
      fprintf(stderr, "%zu error%s, %zu warning%s.\n", state->errors, state->errors == 1 ? "" : "s", state->warnings,
              state->warnings == 1 ? "" : "s");
    else
      fputs("Nothing is wrong any more.\n", stderr);
  }
  server->errors = state->errors;
  server->warnings = state->warnings;
}

static void take_state(Server *server, const LinkMessage *state) {
  if (state->generation != server->state.site.generation) cache_empty(&server->cache);
  if (state->files_changed) server->state.files = state->generation;
  server->state.site = *state;
  server->state.site.texts[0] = (Str){"", 0};
  snprintf(server->content, sizeof server->content, "%.*s", STR_ARG(state->texts[2]));
  server->state.content = str_from_c(server->content);
  say_messages(server, state);
  if (!server->ready) say_ready(server);
  http_tell(server->http);
}

static void hear_maker(Server *server) {
  LinkMessage message;
  arena_rewind(&server->scratch, (ArenaMark){server->scratch.begin});
  if (!link_receive(server->link, &server->scratch, &message)) {
    lose_maker(server);
    return;
  }
  if (message.kind == LINK_STATE) {
    server->telling = server->telling && !message.reply;
    take_state(server, &message);
    return;
  }
  server->asking = false;
  http_answer(server->http, &message, !server->telling && message.generation == server->state.site.generation);
}

/* --- what the maker is told --- */

static void ask_maker(Server *server) {
  LinkMessage question;
  if (server->asking || server->link < 0 || !http_question(server->http, &question)) return;
  server->asking = link_send(server->link, &question);
}

static LinkMessage changes_message(Server *server) {
  Buf paths = buf_new(&server->changes_memory, CHANGES_TEXT_MOST);
  for (size_t i = 0; i < server->changes.count; i++) {
    buf_add(&paths, server->changes.paths[i]);
    buf_add_byte(&paths, '\0');
  }
  return (LinkMessage){.kind = LINK_CHANGED, .all = server->changes.all || paths.over, .texts = {buf_str(&paths)}};
}

static void forget_changes(Server *server) {
  arena_rewind(&server->changes_memory, (ArenaMark){server->changes_memory.begin});
  server->changes = (OsChanges){.arena = &server->changes_memory};
  server->changed_first = 0;
}

static void tell_maker(Server *server, double now) {
  if (!server->changed_first || server->telling) return;
  bool due = now - server->changed_last >= QUIET_SECONDS || now - server->changed_first >= CHANGES_SECONDS;
  if (!due) return;
  cache_empty(&server->cache); /* from now on nobody gets what was made before the change */
  if (server->link < 0) {
    start_maker(server); /* it reads everything */
  } else {
    LinkMessage message = changes_message(server);
    server->telling = link_send(server->link, &message);
  }
  forget_changes(server);
}

static void look_at_files(Server *server, bool ready, double now) {
  bool polls = os_watch_polls(server->watch);
  if (polls ? now - server->looked < LOOK_SECONDS : !ready) return;
  server->looked = now;
  os_watch_read(server->watch, &server->changes);
  if (!server->changes.count && !server->changes.all) return;
  server->changed_last = now;
  if (!server->changed_first) server->changed_first = now;
}

/* --- the loop --- */

static double least(double a, double b) {
  return a < 0 || (b >= 0 && b < a) ? b : a;
}

static double wait_of(const Server *server, double now) {
  double wait = http_wait(server->http);
  if (os_watch_polls(server->watch)) wait = least(wait, LOOK_SECONDS);
  if (!server->changed_first || server->telling) return wait;
  double quiet = server->changed_last + QUIET_SECONDS - now;
  return least(wait, quiet > 0 ? quiet : 0);
}

/* A question while there is no maker: another try, but not all the time. */
static void revive_maker(Server *server, double now) {
  LinkMessage question;
  if (server->link >= 0 || !http_question(server->http, &question)) return;
  if (now - server->started >= MAKER_SECONDS)
    start_maker(server);
  else
    http_give_up(server->http, STR("The pages could not be made; the terminal says more. Try again in a moment.\n"));
}

static void run(Server *server) {
  for (;;) {
    double now = os_seconds();
    OsPoll items[] = {{.descriptor = server->signals},
                      {.descriptor = http_descriptor(server->http)},
                      {.descriptor = server->link},
                      {.descriptor = os_watch_descriptor(server->watch)}};
    os_poll(items, sizeof items / sizeof *items, wait_of(server, now));
    now = os_seconds();
    if (items[0].ready) return;
    look_at_files(server, items[3].ready, now);
    tell_maker(server, now);
    if (items[2].ready) hear_maker(server);
    http_run(server->http, now);
    revive_maker(server, now);
    ask_maker(server);
  }
}

/* --- beginning and end --- */

/* content/, every folder that themes are looked for in, and the PDFs that pages link. */
static void watch_files(Server *server) {
  const BuildOptions *build = &server->options->build;
  Arena *arena = &server->memory;
  enum { OWN_ROOTS = 3 };
  Str *roots = ARENA_ARRAY(arena, Str, build->theme_root_count + OWN_ROOTS);
  bool here = str_equal(build->source, STR("."));
  roots[0] = here ? STR("content") : STR_CONCAT(arena, build->source, STR("/content"));
  roots[1] = STR_CONCAT(arena, build->out, STR("/handouts"));
  roots[2] = handouts_path(arena, build->out);
  for (size_t i = 0; i < build->theme_root_count; i++) roots[i + OWN_ROOTS] = build->theme_roots[i];
  server->watch = os_watch_open(arena, roots, build->theme_root_count + OWN_ROOTS);
}

static ServeEnd listen_at(Server *server, int *listening) {
  int error = os_listen(server->options->bind, server->options->port, listening);
  if (error) return error == EADDRINUSE ? SERVE_PORT_TAKEN : SERVE_ADDRESS;
  server->port = os_socket_port(*listening);
  return SERVE_ENDED;
}

static bool open_http(Server *server, int listening) {
  server->state.content = STR("content");
  server->state.site.texts[1] = STR("/");
  HttpOptions options = {.arena = &server->memory,
                         .socket = listening,
                         .hosts = {.loopback = request_is_loopback(server->options->bind),
                                   .bound = server->options->bind,
                                   .machine = os_host_name(&server->memory)},
                         .out = server->options->build.out,
                         .cache = &server->cache,
                         .state = &server->state};
  server->http = http_open(&options);
  return server->http != NULL;
}

/* It ends by itself when nobody is there any more, unless it is in the middle of something long. Its workers end with
 * it. */
static void end_maker(Server *server) {
  if (server->link < 0) return;
  OsEnd end = {0};
  os_close(server->link);
  for (double begin = os_seconds(); !end.process && os_seconds() - begin < MAKER_END_SECONDS;)
    if (os_wait(0.05, &end)) return;
  if (end.process) return;
  os_kill(server->maker);
  os_wait(-1.0, &end);
}

int serve_free_port(Str bind, int from) {
  for (int port = from; port < from + 100 && port <= 65535; port++) {
    int listening;
    if (os_listen(bind, port, &listening)) continue;
    os_close(listening);
    return port;
  }
  return 0;
}

ServeEnd serve_run(const ServeOptions *options) {
  Server server = {.options = options, .link = -1};
  int listening;
  server.memory = arena_reserve(SERVER_BYTES);
  server.scratch = arena_reserve(SERVER_BYTES);
  server.changes_memory = arena_reserve(1 << 22);
  ServeEnd end = listen_at(&server, &listening);
  if (end != SERVE_ENDED) return end;
  if (os_signals_open(&server.signals)) return SERVE_SYSTEM;
  forget_changes(&server);
  watch_files(&server);
  start_maker(&server);
  server.cache = cache_open();
  if (!open_http(&server, listening)) return SERVE_SYSTEM;
  run(&server);
  end_maker(&server);
  http_close(server.http);
  cache_close(&server.cache);
  os_watch_close(server.watch);
  return SERVE_ENDED;
}
