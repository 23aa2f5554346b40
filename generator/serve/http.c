#include "serve/http.h"

#include "os/event.h"
#include "os/net.h"
#include "os/os.h"
#include "serve/events.h"
#include "serve/html.h"
#include "serve/preview.h"
#include "serve/types.h"
#include "site/headers.h"
#include "site/site.h"

#include <stdio.h>

enum {
  SWEEP_SECONDS = 1,
  /* What one request may decode: its path, and each name of its query once. */
  REQUEST_BYTES = 5 * (REQUEST_TARGET_MOST + 1),
};

/* A connection between two requests. */
typedef struct Idle {
  int socket;   /* -1: free */
  double since; /* 0: it is being answered */
} Idle;

typedef struct Request {
  struct Request *next; /* free, or waiting for the maker */
  struct MHD_Connection *connection;
  bool begun;
  bool waits;
  bool too_long;
  size_t body;
  char raw[REQUEST_TARGET_MOST + 1];
  size_t raw_len;
  char memory[REQUEST_BYTES];
  Arena arena;  /* over `memory` */
  bool browser; /* it opens a page, which gets the script */
  LinkMessage question;
  struct MHD_Response *response; /* ready to be queued */
  unsigned status;
} Request;

struct Http {
  HttpOptions options;
  struct MHD_Daemon *daemon;
  Events *events;
  int most; /* connections */
  int used;
  double now;
  double swept;
  Idle idle[HTTP_CONNECTIONS_MOST];
  Request *requests;
  Request *free;
  Request *first; /* waiting */
  Request *last;
};

/* --- responses --- */

static void add_header(struct MHD_Response *response, const char *name, Str value) {
  char text[REQUEST_TARGET_MOST * 4 + 2];
  if (value.len >= sizeof text) return;
  memcpy(text, value.s, value.len);
  text[value.len] = '\0';
  MHD_add_response_header(response, name, text);
}

static struct MHD_Response *bytes_response(Str bytes, Str type) {
  struct MHD_Response *response = MHD_create_response_from_buffer(bytes.len, (void *)bytes.s, MHD_RESPMEM_MUST_COPY);
  if (response) add_header(response, MHD_HTTP_HEADER_CONTENT_TYPE, type);
  return response;
}

static void add_site_headers(struct MHD_Response *response, bool named_by_content) {
  for (size_t i = 0; i < site_header_count; i++)
    MHD_add_response_header(response, site_headers[i].name, site_headers[i].value);
  MHD_add_response_header(response, MHD_HTTP_HEADER_CACHE_CONTROL, headers_cache(named_by_content));
}

/* A page for paper holds its styles, fonts and pictures, since it is printed from a file; the site has no such page. */
static const char sheet_policy[] =
    "default-src 'none'; script-src 'self'; connect-src 'self'; style-src 'self' 'unsafe-inline'; font-src data:; "
    "img-src 'self' data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

static void set_response(Request *request, unsigned status, struct MHD_Response *response) {
  request->status = status;
  request->response = response;
}

/* A short text of the server's own. */
static void set_text(Request *request, unsigned status, Str text) {
  struct MHD_Response *response = bytes_response(text, STR("text/plain; charset=utf-8"));
  if (response) add_site_headers(response, false);
  set_response(request, status, response);
}

static Str header_of(const Request *request, const char *name) {
  return str_from_c(MHD_lookup_connection_value(request->connection, MHD_HEADER_KIND, name));
}

/* The part that Range asks for. If-Range of another version means all of it (RFC 9110, section 13.1.5). */
static RangeKind range_of(const Request *request, Str tag, uint64_t size, uint64_t *first, uint64_t *count) {
  Str condition = header_of(request, MHD_HTTP_HEADER_IF_RANGE);
  *first = 0;
  *count = size;
  if (condition.len && !str_equal(condition, tag)) return RANGE_NONE;
  return request_range(header_of(request, MHD_HTTP_HEADER_RANGE), size, first, count);
}

static void add_range(struct MHD_Response *response, RangeKind kind, uint64_t size, uint64_t first, uint64_t count) {
  char text[80];
  if (kind == RANGE_OUTSIDE)
    snprintf(text, sizeof text, "bytes */%llu", (unsigned long long)size);
  else
    snprintf(text, sizeof text, "bytes %llu-%llu/%llu", (unsigned long long)first,
             (unsigned long long)(first + count - 1), (unsigned long long)size);
  if (kind != RANGE_NONE) MHD_add_response_header(response, MHD_HTTP_HEADER_CONTENT_RANGE, text);
  MHD_add_response_header(response, MHD_HTTP_HEADER_ACCEPT_RANGES, "bytes");
}

typedef struct Body {
  Str bytes;
  int file; /* -1: the bytes */
  uint64_t size;
  Str type;
  Str tag;
  unsigned status;
  bool named_by_content;
  bool varies; /* by Accept: with the preview's script or without */
} Body;

static struct MHD_Response *part_response(const Body *body, uint64_t first, uint64_t count) {
  if (body->file >= 0) return MHD_create_response_from_fd_at_offset64(count, body->file, first);
  return MHD_create_response_from_buffer(count, (void *)(body->bytes.s + first), MHD_RESPMEM_MUST_COPY);
}

/* The body, the part of it that was asked for, or that it is still the same. */
static void set_body(Request *request, const Body *body) {
  uint64_t first = 0;
  uint64_t count = body->size;
  unsigned status = body->status;
  RangeKind range = RANGE_NONE;
  bool same = status == 200 && request_has_tag(header_of(request, MHD_HTTP_HEADER_IF_NONE_MATCH), body->tag);
  if (status == 200 && !same) range = range_of(request, body->tag, body->size, &first, &count);
  if (same) status = MHD_HTTP_NOT_MODIFIED;
  if (range == RANGE_PART) status = MHD_HTTP_PARTIAL_CONTENT;
  if (range == RANGE_OUTSIDE) status = MHD_HTTP_RANGE_NOT_SATISFIABLE;
  bool empty = same || range == RANGE_OUTSIDE;
  if (empty && body->file >= 0) os_close(body->file);
  struct MHD_Response *response = empty ? bytes_response((Str){"", 0}, body->type) : part_response(body, first, count);
  set_response(request, status, response);
  if (!response) return;
  if (!empty) add_header(response, MHD_HTTP_HEADER_CONTENT_TYPE, body->type);
  if (body->tag.len) add_header(response, MHD_HTTP_HEADER_ETAG, body->tag);
  if (body->status == 200) add_range(response, range, body->size, first, count);
  if (body->varies) MHD_add_response_header(response, MHD_HTTP_HEADER_VARY, "Accept");
  add_site_headers(response, body->named_by_content);
}

static void set_file(Http *http, Request *request, const LinkMessage *answer) {
  Body body = {.type = answer->texts[1], .status = 200};
  int64_t mtime = 0;
  Str root = answer->form == FORM_HANDOUT ? http->options.out : http->options.state->content;
  if (os_open_below(root, answer->texts[0], &body.file, &body.size, &mtime)) {
    set_text(request, 404, STR("There is no such file.\n"));
    return;
  }
  char tag[64];
  snprintf(tag, sizeof tag, "\"%llx-%llx\"", (unsigned long long)mtime, (unsigned long long)body.size);
  body.tag = str_from_c(tag);
  set_body(request, &body);
}

static void set_redirect(Request *request, Str to) {
  char location[REQUEST_TARGET_MOST * 4 + 2];
  Str query = request->question.texts[1];
  int len = snprintf(location, sizeof location, "%.*s%s%.*s", STR_ARG(to), query.len ? "?" : "", STR_ARG(query));
  set_text(request, 302, STR("It is at another address.\n"));
  if (request->response) add_header(request->response, MHD_HTTP_HEADER_LOCATION, str_from(location, (size_t)len));
}

static Body body_of(const CacheEntry *entry) {
  const LinkMessage *answer = &entry->answer;
  return (Body){.bytes = answer->texts[0],
                .file = -1,
                .size = answer->texts[0].len,
                .type = answer->texts[1],
                .tag = entry->tag,
                .status = (unsigned)answer->status,
                .named_by_content = answer->named_by_content,
                .varies = answer->is_page};
}

/* What the cache has of a file of the site. */
static void set_entry(Http *http, Request *request, CacheEntry *entry) {
  const LinkMessage *answer = &entry->answer;
  if (answer->form == FORM_REDIRECT) {
    set_redirect(request, answer->texts[0]);
    return;
  }
  if (answer->form == FORM_FILE || answer->form == FORM_HANDOUT) {
    set_file(http, request, answer);
    return;
  }
  Body body = body_of(entry);
  char tag[64];
  if (request->browser && answer->is_page) {
    if (!entry->preview.len)
      entry->preview = preview_page(&http->options.cache->arena, answer->texts[0], answer->generation);
    snprintf(tag, sizeof tag, "\"preview-%.*s", STR_ARG(str_skip(entry->tag, 1)));
    body.tag = str_from_c(tag);
    body.bytes = entry->preview;
    body.size = body.bytes.len;
  }
  set_body(request, &body);
}

/* An answer that nobody else gets: of the preview itself, or that something is wrong. */
static void set_single(Http *http, Request *request, const LinkMessage *answer) {
  Str bytes = answer->texts[0];
  unsigned status = (unsigned)answer->status;
  Arena arena = arena_reserve(PAGE_OUTPUT_MOST * 2);
  bool file = request->question.what == WHAT_FILE;
  if (answer->failed && file && cache_last_good(http->options.cache, request->question.texts[0], &bytes)) status = 200;
  if (answer->is_page && request->browser) bytes = preview_page(&arena, bytes, answer->generation);
  struct MHD_Response *response = bytes_response(bytes, answer->texts[1]);
  arena_release(&arena);
  set_response(request, status, response);
  if (!response) return;
  MHD_add_response_header(response, MHD_HTTP_HEADER_VARY, "Accept");
  if (answer->is_sheet)
    MHD_add_response_header(response, "Content-Security-Policy", sheet_policy);
  else
    add_site_headers(response, false);
}

/* --- requests --- */

static Str own_file(Str path) {
  if (str_equal(path, STR("/__preview.js"))) return preview_script();
  if (str_equal(path, STR("/__preview.css"))) return preview_styles();
  return (Str){"", 0};
}

static void set_own(Request *request, Str path, Str bytes) {
  char tag[32];
  snprintf(tag, sizeof tag, "\"%016llx\"", (unsigned long long)str_hash(bytes));
  set_body(request, &(Body){.bytes = bytes,
                            .file = -1,
                            .size = bytes.len,
                            .type = type_of_path(path),
                            .tag = str_from_c(tag),
                            .status = 200});
}

static void set_events(Http *http, Request *request) {
  struct MHD_Response *response = events_response(http->events, request->connection);
  if (!response) {
    set_text(request, 503, STR("Too many pages follow this site; close some.\n"));
    return;
  }
  MHD_add_response_header(response, MHD_HTTP_HEADER_CONTENT_TYPE, "text/event-stream");
  MHD_add_response_header(response, MHD_HTTP_HEADER_CACHE_CONTROL, "no-store");
  set_response(request, 200, response);
}

/* What a path asks the maker for. */
static LinkWhat what_of(Request *request, Str *path, Str query) {
  Str format;
  if (str_equal(*path, STR("/__pages"))) return WHAT_PAGES;
  if (str_starts(*path, STR("/__print/"))) {
    *path = str_skip(*path, STR("/__print").len);
    return WHAT_SHEET;
  }
  if (!str_equal(*path, STR("/__messages"))) return WHAT_FILE;
  bool asked = request_query(&request->arena, query, STR("format"), &format);
  if (asked && str_equal(format, STR("json"))) return WHAT_MESSAGES_JSON;
  return request->browser && !asked ? WHAT_MESSAGES_PAGE : WHAT_MESSAGES;
}

static void wait_for_maker(Http *http, Request *request) {
  request->waits = true;
  request->next = NULL;
  if (http->last)
    http->last->next = request;
  else
    http->first = request;
  http->last = request;
  MHD_suspend_connection(request->connection);
}

/* False: it is somebody's who calls this server by another's name. */
static bool check_host(Http *http, Request *request, Str authority) {
  Str host = authority.len ? authority : header_of(request, MHD_HTTP_HEADER_HOST);
  if (request_host_is_ours(&http->options.hosts, host)) return true;
  set_text(request, 403,
           STR("This preview does not answer to that name. Open it by the address that `pamphlet serve` shows.\n"));
  return false;
}

static void take_request(Http *http, Request *request) {
  RequestTarget target;
  if (request->too_long) {
    set_text(request, 414, STR("This address is too long.\n"));
    return;
  }
  if (!request_target(&request->arena, str_from(request->raw, request->raw_len), &target)) {
    set_text(request, 400, STR("This is no address of a page.\n"));
    return;
  }
  if (!check_host(http, request, target.authority)) return;
  request->browser = request_accepts(header_of(request, MHD_HTTP_HEADER_ACCEPT), STR("text/html"));
  Str own = own_file(target.path);
  if (own.len) {
    set_own(request, target.path, own);
    return;
  }
  if (str_equal(target.path, STR("/__events"))) {
    set_events(http, request);
    return;
  }
  Str path = target.path;
  LinkWhat what = what_of(request, &path, target.query);
  request->question = (LinkMessage){.kind = LINK_ASK, .what = what, .texts = {path, target.query}};
  CacheEntry *entry = what == WHAT_FILE ? cache_find(http->options.cache, path) : NULL;
  if (entry)
    set_entry(http, request, entry);
  else
    wait_for_maker(http, request);
}

static enum MHD_Result queue(Request *request) {
  if (!request->response) return MHD_NO; /* no memory: the connection is closed */
  enum MHD_Result result = MHD_queue_response(request->connection, request->status, request->response);
  MHD_destroy_response(request->response);
  request->response = NULL;
  return result;
}

static Idle *idle_of(struct MHD_Connection *connection) {
  const union MHD_ConnectionInfo *info = MHD_get_connection_info(connection, MHD_CONNECTION_INFO_SOCKET_CONTEXT);
  return info ? info->socket_context : NULL;
}

/* libmicrohttpd calls this when the head is there, for each part of a body, and when a sleeping connection wakes. */
static enum MHD_Result handle(void *context, struct MHD_Connection *connection, const char *url, const char *method,
                              const char *version, const char *body, size_t *body_len, void **own) {
  (void)url, (void)version, (void)body;
  Http *http = context;
  Request *request = *own;
  if (!request) return MHD_NO;
  if (!request->begun) {
    Idle *idle = idle_of(connection);
    if (idle) idle->since = 0;
    request->begun = true;
    request->connection = connection;
    if (!strcmp(method, MHD_HTTP_METHOD_GET) || !strcmp(method, MHD_HTTP_METHOD_HEAD)) return MHD_YES;
    set_text(request, 405, STR("Pages can only be read.\n"));
    if (request->response) MHD_add_response_header(request->response, MHD_HTTP_HEADER_ALLOW, "GET, HEAD");
    return queue(request);
  }
  if (*body_len) {
    request->body += *body_len;
    *body_len = 0;
    return request->body > HTTP_BODY_MOST ? MHD_NO : MHD_YES;
  }
  if (!request->response) take_request(http, request);
  return request->waits ? MHD_YES : queue(request);
}

/* The request line is there: what it asks for, before libmicrohttpd decodes it. */
static void *begin_request(void *context, const char *raw, struct MHD_Connection *connection) {
  (void)connection;
  Http *http = context;
  Request *request = http->free;
  if (!request) return NULL;
  http->free = request->next;
  request->next = NULL;
  request->connection = NULL;
  request->begun = request->waits = request->browser = false;
  request->body = 0;
  request->response = NULL;
  request->raw_len = strlen(raw);
  request->too_long = request->raw_len > REQUEST_TARGET_MOST;
  if (!request->too_long) memcpy(request->raw, raw, request->raw_len + 1);
  request->arena = arena_over(request->memory, sizeof request->memory);
  return request;
}

static void leave_line(Http *http, Request *request) {
  request->waits = false;
  Request *before = NULL;
  Request **link = &http->first;
  for (; *link && *link != request; link = &before->next) before = *link;
  if (*link) *link = request->next;
  if (http->last == request) http->last = before;
}

static void end_request(void *context, struct MHD_Connection *connection, void **own,
                        enum MHD_RequestTerminationCode how) {
  (void)how;
  Http *http = context;
  Request *request = *own;
  *own = NULL;
  Idle *idle = idle_of(connection);
  if (idle) idle->since = http->now;
  if (!request) return;
  if (request->waits) leave_line(http, request);
  if (request->response) MHD_destroy_response(request->response);
  request->response = NULL;
  request->next = http->free;
  http->free = request;
}

/* --- connections --- */

static void begin_connection(Http *http, struct MHD_Connection *connection, void **own) {
  const union MHD_ConnectionInfo *info = MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CONNECTION_FD);
  for (int i = 0; i < http->most && info; i++) {
    if (http->idle[i].socket >= 0) continue;
    http->idle[i] = (Idle){info->connect_fd, http->now};
    http->used++;
    *own = &http->idle[i];
    return;
  }
}

static void notify_connection(void *context, struct MHD_Connection *connection, void **own,
                              enum MHD_ConnectionNotificationCode what) {
  Http *http = context;
  if (what == MHD_CONNECTION_NOTIFY_STARTED) {
    begin_connection(http, connection, own);
    return;
  }
  Idle *idle = *own;
  if (!idle) return;
  idle->socket = -1;
  http->used--;
}

/* Ends connections that wait for a request too long. libmicrohttpd's own timeout begins anew with each byte. */
static void sweep(Http *http) {
  if (http->now - http->swept < SWEEP_SECONDS) return;
  http->swept = http->now;
  bool crowded = http->used > http->most - http->most / 16;
  double most = crowded ? HTTP_CROWDED_SECONDS : HTTP_HEAD_SECONDS;
  for (int i = 0; i < http->most; i++) {
    const Idle *idle = &http->idle[i];
    if (idle->socket >= 0 && idle->since > 0 && http->now - idle->since > most) os_socket_end(idle->socket);
  }
}

/* --- the whole --- */

static size_t leave_encoded(void *context, struct MHD_Connection *connection, char *text) {
  (void)context, (void)connection;
  return strlen(text);
}

static void be_quiet(void *context, const char *format, va_list arguments) {
  (void)context, (void)format, (void)arguments;
}

static struct MHD_Daemon *start(Http *http) {
  return MHD_start_daemon(MHD_USE_EPOLL | MHD_ALLOW_SUSPEND_RESUME | MHD_USE_ERROR_LOG, 0, NULL, NULL, handle, http,
                          MHD_OPTION_EXTERNAL_LOGGER, be_quiet, NULL, MHD_OPTION_LISTEN_SOCKET, http->options.socket,
                          MHD_OPTION_CONNECTION_LIMIT, (unsigned)http->most, MHD_OPTION_CONNECTION_TIMEOUT,
                          (unsigned)HTTP_STALLED_SECONDS, MHD_OPTION_CONNECTION_MEMORY_LIMIT, (size_t)HTTP_HEAD_MOST,
                          MHD_OPTION_URI_LOG_CALLBACK, begin_request, http, MHD_OPTION_UNESCAPE_CALLBACK, leave_encoded,
                          NULL, MHD_OPTION_NOTIFY_COMPLETED, end_request, http, MHD_OPTION_NOTIFY_CONNECTION,
                          notify_connection, http, MHD_OPTION_END);
}

Http *http_open(const HttpOptions *options) {
  Http *http = ARENA_NEW(options->arena, Http);
  http->options = *options;
  size_t descriptors = os_raise_descriptors();
  http->most = descriptors < HTTP_CONNECTIONS_MOST + 64 ? (int)descriptors - 64 : HTTP_CONNECTIONS_MOST;
  if (http->most < 16) return NULL;
  http->now = os_seconds();
  http->events = events_open(options->arena, options->state);
  for (int i = 0; i < http->most; i++) http->idle[i].socket = -1;
  http->requests = arena_alloc(options->arena, sizeof(Request) * (size_t)http->most, _Alignof(Request));
  for (int i = 0; i < http->most; i++) {
    http->requests[i].next = http->free;
    http->free = &http->requests[i];
  }
  http->daemon = start(http);
  return http->daemon ? http : NULL;
}

void http_close(Http *http) {
  events_end(http->events);
  http_give_up(http, STR("This preview has ended."));
  MHD_run(http->daemon);
  MHD_stop_daemon(http->daemon);
}

int http_descriptor(const Http *http) {
  return MHD_get_daemon_info(http->daemon, MHD_DAEMON_INFO_EPOLL_FD)->epoll_fd;
}

double http_wait(const Http *http) {
  MHD_UNSIGNED_LONG_LONG milliseconds;
  double most = http->used ? SWEEP_SECONDS : -1;
  if (MHD_get_timeout(http->daemon, &milliseconds) != MHD_YES) return most;
  double wait = (double)milliseconds / 1000;
  return most < 0 || wait < most ? wait : most;
}

void http_run(Http *http, double now) {
  http->now = now;
  events_wake(http->events, now);
  MHD_run(http->daemon);
  sweep(http);
}

void http_tell(Http *http) {
  events_wake(http->events, os_seconds());
}

bool http_question(Http *http, LinkMessage *question) {
  if (!http->first) return false;
  *question = http->first->question;
  return true;
}

static bool is_same(const LinkMessage *a, const LinkMessage *b) {
  if (a->what != b->what || !str_equal(a->texts[0], b->texts[0])) return false;
  return a->what == WHAT_FILE || str_equal(a->texts[1], b->texts[1]);
}

static void wake(Http *http, Request *request) {
  leave_line(http, request);
  MHD_resume_connection(request->connection);
}

void http_answer(Http *http, const LinkMessage *answer, bool keep) {
  if (!http->first) return;
  Cache *cache = http->options.cache;
  LinkMessage question = http->first->question;
  bool file = question.what == WHAT_FILE && !answer->failed;
  CacheEntry *entry = file ? cache_add(cache, question.texts[0], answer) : NULL;
  for (Request *request = http->first, *next; request; request = next) {
    next = request->next;
    if (!is_same(&request->question, &question)) continue;
    if (entry)
      set_entry(http, request, entry);
    else
      set_single(http, request, answer);
    wake(http, request);
  }
  if (file && !keep) cache_empty(cache);
}

void http_give_up(Http *http, Str why) {
  if (!http->first) return;
  Arena arena = arena_reserve(HTML_MOST);
  Buf page = buf_new(&arena, HTML_MOST / 2);
  html_begin(&page, STR("The site cannot be shown now"));
  buf_add_lit(&page, "<p>");
  buf_add_escaped(&page, why);
  buf_add_lit(&page, "</p>\n");
  html_end(&page);
  LinkMessage answer = {.status = 503,
                        .is_page = true,
                        .failed = true,
                        .generation = http->options.state->site.generation,
                        .texts = {buf_str(&page), STR("text/html; charset=utf-8")}};
  while (http->first) {
    set_single(http, http->first, &answer);
    wake(http, http->first);
  }
  arena_release(&arena);
}
