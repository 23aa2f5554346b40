#include "serve/messages.h"

#include "data/json.h"
#include "serve/html.h"

/* Of address space. DIAG_MOST messages with their arguments and texts need a tenth of it. */
#define MESSAGES_BYTES ((size_t)256 << 20)

Messages messages_open(const ServeOptions *options) {
  Messages messages = {.options = options};
  for (int i = 0; i < 2; i++) messages.arenas[i] = arena_reserve(MESSAGES_BYTES);
  messages.diags = diag_list_new(&messages.arenas[0]);
  messages.keys = map_new(&messages.arenas[0], 1);
  return messages;
}

void messages_close(Messages *messages) {
  for (int i = 0; i < 2; i++) arena_release(&messages->arenas[i]);
}

DiagList *messages_begin(Messages *messages) {
  messages->current = !messages->current;
  Arena *arena = &messages->arenas[messages->current];
  arena_rewind(arena, (ArenaMark){arena->begin});
  messages->diags = diag_list_new(arena);
  return &messages->diags;
}

/* A message stays the same when lines above it come or go. */
static Str key_of(Arena *arena, const Diag *diag) {
  Str id = diag_message(diag->id)->id;
  return STR_CONCAT(arena, id, STR("\n"), diag->span.path, STR("\n"), diag->args[0], STR("\n"), diag->args[1]);
}

static DiagPrinter printer(const Messages *messages, Arena *arena, bool colour) {
  return (DiagPrinter){
      .arena = arena, .read = messages->options->read, .colour = colour, .strict = messages->options->build.strict};
}

bool messages_end(Messages *messages, Str *news) {
  Arena *arena = &messages->arenas[messages->current];
  Map before = messages->keys;
  DiagList fresh = diag_list_new(arena);
  uint64_t mark = 1;
  diag_sort(&messages->diags);
  messages->keys = map_new(arena, messages->diags.count);
  for (const Diag *diag = messages->diags.first; diag; diag = diag->next) {
    Str key = key_of(arena, diag);
    mark = mark * 31 + str_hash(key) + diag->span.offset;
    map_place(&messages->keys, key, NULL);
    if (map_find(&before, key) == STR_NONE) diag_report(&fresh, diag->id, diag->span, diag->args, 4);
  }
  Buf text = buf_new(arena, HTML_MOST);
  DiagPrinter terminal = printer(messages, arena, messages->options->colour);
  diag_print(&terminal, &fresh, &text);
  *news = buf_str(&text);
  bool changed = mark != messages->mark;
  messages->mark = mark;
  return changed;
}

size_t messages_errors(const Messages *messages) {
  const size_t *severities = messages->diags.severities;
  return severities[SEVERITY_ERROR] + (messages->options->build.strict ? severities[SEVERITY_WARNING] : 0);
}

size_t messages_warnings(const Messages *messages) {
  return messages->options->build.strict ? 0 : messages->diags.severities[SEVERITY_WARNING];
}

static void add_count(Buf *text, size_t count, const char *word) {
  if (!count) return;
  if (text->len) buf_add_lit(text, " and ");
  buf_add_format(text, "%zu %s%s", count, word, count == 1 ? "" : "s");
}

Str messages_count(const Messages *messages, Arena *arena) {
  Buf text = buf_new(arena, 128);
  add_count(&text, messages_errors(messages), "error");
  add_count(&text, messages_warnings(messages), "warning");
  if (!text.len) buf_add_lit(&text, "nothing is wrong");
  return buf_str(&text);
}

Str messages_text(const Messages *messages, Arena *arena) {
  Buf text = buf_new(arena, HTML_MOST);
  DiagPrinter plain = printer(messages, arena, false);
  diag_print(&plain, &messages->diags, &text);
  buf_add(&text, messages_count(messages, arena));
  buf_add_lit(&text, "\n");
  return buf_str(&text);
}

/* As `build --format json` has them, with the line of source that each is about. */
static Value describe(const Messages *messages, Arena *arena) {
  Value list = messages->options->describe(arena, &messages->diags, messages->options->build.strict);
  DiagPrinter plain = printer(messages, arena, false);
  DiagPlaces places = {0};
  size_t i = 0;
  for (const Diag *diag = messages->diags.first; diag; diag = diag->next, i++) {
    Position position;
    diag_find(&plain, &places, diag->span, &position);
    if (position.line) value_put(value_at(list, i), "source", value_str(position.text));
  }
  return list;
}

Str messages_json(const Messages *messages, Arena *arena) {
  Value map = value_map(arena, 4);
  value_put(map, "errors", value_int((int64_t)messages_errors(messages)));
  value_put(map, "warnings", value_int((int64_t)messages_warnings(messages)));
  value_put(map, "diagnostics", describe(messages, arena));
  Buf text = buf_new(arena, (size_t)HTML_MOST * 8);
  json_write(&text, map, JSON_OUT_UTF8, 2);
  buf_add_byte(&text, '\n');
  return buf_str(&text);
}

/* --- as a page --- */

static void add_message(Buf *out, Value message) {
  Str severity = value_text(value_get(message, STR("severity")));
  Value line = value_get(message, STR("line"));
  Str hint = value_text(value_get(message, STR("hint")));
  Str source = value_text(value_get(message, STR("source")));
  buf_add_lit(out, "<li class=\"");
  buf_add_escaped(out, severity);
  buf_add_lit(out, "\"><p><strong>");
  buf_add_escaped(out, severity);
  buf_add_lit(out, "</strong> ");
  buf_add_escaped(out, value_text(value_get(message, STR("message"))));
  buf_add_lit(out, "</p>\n<p class=\"place\">");
  buf_add_escaped(out, value_text(value_get(message, STR("file"))));
  if (value_is_defined(line)) buf_add_format(out, ", line %lld", (long long)value_to_int(line, 0));
  buf_add_lit(out, "</p>\n");
  if (source.len) {
    buf_add_lit(out, "<pre tabindex=\"0\" dir=\"auto\">");
    buf_add_escaped(out, source);
    buf_add_lit(out, "</pre>\n");
  }
  if (hint.len) {
    buf_add_lit(out, "<p class=\"hint\">");
    buf_add_escaped(out, hint);
    buf_add_lit(out, "</p>\n");
  }
  buf_add_lit(out, "</li>\n");
}

static bool is_about(Value message, Str path) {
  return !path.len || str_equal(value_text(value_get(message, STR("file"))), path);
}

static void add_messages(const Messages *messages, Buf *out, Str path) {
  Value list = describe(messages, out->arena);
  size_t about = 0;
  for (size_t i = 0; i < value_count(list); i++) about += is_about(value_at(list, i), path);
  buf_add_lit(out, "<ol class=\"messages\">\n");
  for (size_t i = 0; i < value_count(list); i++)
    if (!about || is_about(value_at(list, i), path)) add_message(out, value_at(list, i));
  buf_add_lit(out, "</ol>\n");
}

/* Strings are made with the same arena, so the Buf is begun last. */
static Str page_of(const Messages *messages, Arena *arena, Str title, Str text, Str path) {
  Str count = messages_count(messages, arena);
  Buf out = buf_new(arena, HTML_MOST);
  html_begin(&out, title);
  buf_add_lit(&out, "<p>");
  buf_add_escaped(&out, text);
  buf_add_lit(&out, " ");
  buf_add_escaped(&out, count);
  buf_add_lit(&out, ".</p>\n");
  add_messages(messages, &out, path);
  html_end(&out);
  return buf_str(&out);
}

Str messages_page(const Messages *messages, Arena *arena) {
  return page_of(messages, arena, STR("Messages"), STR("What a build would say now:"), (Str){"", 0});
}

Str messages_instead(const Messages *messages, Arena *arena, Str title, Str path) {
  return page_of(messages, arena, title, STR("It appears here as soon as this is mended:"), path);
}
