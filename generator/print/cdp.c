#include "print/cdp.h"

#include "data/json.h"
#include "os/os.h"

#include <errno.h>

int cdp_start(Cdp *cdp, const char *const *argv, Str error_file) {
  *cdp = (Cdp){0};
  int error = os_peer_start(&cdp->peer, argv, error_file);
  if (error) return error;
  /* Twice the largest message, for a Buf that moves while it grows; only what is touched costs memory. */
  cdp->out_arena = arena_reserve(CDP_BYTES_MOST * 4);
  cdp->in_arena = arena_reserve(CDP_BYTES_MOST * 4);
  cdp->out = buf_new(&cdp->out_arena, CDP_BYTES_MOST);
  cdp->in = buf_new(&cdp->in_arena, CDP_BYTES_MOST);
  return 0;
}

void cdp_end(Cdp *cdp, double seconds) {
  if (!cdp->peer.process) return;
  os_peer_end(&cdp->peer, seconds);
  arena_release(&cdp->out_arena);
  arena_release(&cdp->in_arena);
}

int64_t cdp_send(Cdp *cdp, Str session, Str method, Value params) {
  if (cdp->out_at == cdp->out.len) { /* all is sent: begin at the front again */
    arena_rewind(&cdp->out_arena, (ArenaMark){cdp->out_arena.begin});
    cdp->out = buf_new(&cdp->out_arena, CDP_BYTES_MOST);
    cdp->out_at = 0;
  }
  buf_add_format(&cdp->out, "{\"id\":%lld,\"method\":\"%.*s\"", (long long)++cdp->last_id, STR_ARG(method));
  if (session.len) buf_add_format(&cdp->out, ",\"sessionId\":\"%.*s\"", STR_ARG(session));
  if (value_is_defined(params)) {
    buf_add_lit(&cdp->out, ",\"params\":");
    json_write(&cdp->out, params, JSON_OUT_UTF8 | JSON_OUT_COMPACT, 0);
  }
  buf_add_byte(&cdp->out, '}');
  buf_add_byte(&cdp->out, '\0');
  return cdp->last_id;
}

/* Takes the first whole message out of what came. */
static bool take(Cdp *cdp, Str *text) {
  size_t end = str_find_byte(str_skip(buf_str(&cdp->in), cdp->in_searched), '\0');
  if (end == STR_NONE) {
    cdp->in_searched = cdp->in.len;
    return false;
  }
  end += cdp->in_searched;
  *text = str_slice(buf_str(&cdp->in), cdp->in_at, end);
  cdp->in_at = cdp->in_searched = end + 1;
  return true;
}

/* Moves what is left of the last reading to the front. */
static void forget_taken(Cdp *cdp) {
  if (!cdp->in_at) return;
  memmove(cdp->in.s, cdp->in.s + cdp->in_at, cdp->in.len - cdp->in_at);
  cdp->in.len -= cdp->in_at;
  cdp->in_searched -= cdp->in_at;
  cdp->in_at = 0;
}

/* Only a PDF is so long, and base64 has no character that JSON escapes: it need not go through jansson. */
enum { DATA_BYTES_LEAST = 4096 };

/* The value of `"data":"…"` in the text, empty when it is short or there is none. */
static Str find_data(Str text) {
  static const Str key = {"\"data\":\"", 8};
  size_t at = text.len >= DATA_BYTES_LEAST ? str_find(str_slice(text, 0, DATA_BYTES_LEAST), key) : STR_NONE;
  if (at == STR_NONE) return str_slice(text, 0, 0);
  Str data = str_skip(text, at + key.len);
  size_t end = str_find_byte(data, '"');
  if (end == STR_NONE || end < DATA_BYTES_LEAST) return str_slice(text, 0, 0);
  return str_slice(data, 0, end);
}

static int parse(Arena *arena, Str text, Value *message) {
  DiagList ignored = diag_list_new(arena);
  Str data = find_data(text);
  if (data.len) {
    Str before = str_slice(text, 0, (size_t)(data.s - text.s));
    text = STR_CONCAT(arena, before, str_skip(text, before.len + data.len));
  }
  if (!json_read(arena, STR("browser"), text, &ignored, message) || message->type != VALUE_MAP) return EPROTO;
  Value result = value_get(*message, STR("result"));
  if (data.len && result.type == VALUE_MAP) value_put(result, "data", value_str(data));
  return 0;
}

int cdp_receive(Cdp *cdp, Arena *arena, double seconds, Value *message) {
  double until = os_seconds() + seconds;
  Str text;
  *message = (Value){0};
  while (!take(cdp, &text)) {
    forget_taken(cdp);
    if (cdp->out.over) return EFBIG;
    Str out = str_skip(buf_str(&cdp->out), cdp->out_at);
    double left = until - os_seconds();
    int error = os_peer_exchange(&cdp->peer, &out, &cdp->in, left > 0 ? left : 0);
    cdp->out_at = cdp->out.len - out.len;
    if (error) return error;
    if (left <= 0 && cdp->in.len == cdp->in_searched) return 0;
  }
  return parse(arena, text, message);
}
