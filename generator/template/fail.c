#include "template/render.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

static Span span_of(const Frame *f, const Node *node) {
  return template_span(f->t, node->offset, node->len);
}

enum { NOTES_MOST = 12 }; /* more files and macros inside each other than anyone can follow */

/* Has this place been noted? An endless recursion comes by the same few places. */
static bool is_repeated(const CallSite *first, const CallSite *site) {
  for (; first != site; first = first->outer)
    if (first->node == site->node) return true;
  return false;
}

_Noreturn void fail_report(Frame *f) {
  Render *r = f->r;
  int count = 0;
  for (const CallSite *site = r->site; site && count < NOTES_MOST; site = site->outer) {
    if (is_repeated(r->site, site)) continue;
    count++;
    diag_note(r->diags, template_span(site->t, site->node->offset, site->node->len), str_from_c(site->how));
  }
  longjmp(r->failed, 1);
}

_Noreturn void fail_value(Frame *f, const Node *node, Str what, Str hint) {
  DIAG(f->r->diags, TEMPLATE_VALUE, span_of(f, node), what, hint);
  fail_report(f);
}

_Noreturn void fail_format(Frame *f, const Node *node, const char *format, ...) {
  char text[512]; /* one line of a message; what is longer is cut */
  va_list args;
  va_start(args, format);
  int len = vsnprintf(text, sizeof text, format, args);
  va_end(args);
  if (len < 0) len = 0;
  if ((size_t)len >= sizeof text) {
    len = sizeof text - 1;
    while (len > 0 && ((unsigned char)text[len] & 0xC0) == 0x80) len--;
  }
  fail_value(f, node, str_from(text, (size_t)len), (Str){0});
}

_Noreturn void fail_limit(Frame *f, const Node *node, const char *what, const char *bound, const char *hint) {
  DIAG(f->r->diags, TEMPLATE_LIMIT, span_of(f, node), str_from_c(what), str_from_c(bound), str_from_c(hint));
  fail_report(f);
}

/* --- undefined values --- */

static Value missing(Frame *f, const Missing *what) {
  Render *r = f->r;
  if (r->missing_count == r->missing_capacity) {
    size_t capacity = r->missing_capacity ? r->missing_capacity * 2 : 16;
    Missing *grown = ARENA_ARRAY(r->arena, Missing, capacity);
    if (r->missing_count) memcpy(grown, r->missing, r->missing_count * sizeof *grown);
    r->missing = grown;
    r->missing_capacity = capacity;
  }
  charge(f, what->node, 1);
  r->missing[r->missing_count++] = *what;
  return (Value){.type = VALUE_UNDEFINED, .origin = (uint32_t)r->missing_count, .str = what->name};
}

Value missing_name(Frame *f, const Node *node) {
  return missing(f, &(Missing){.t = f->t, .node = node, .scope = f->scope, .name = node->name->text});
}

Value missing_member(Frame *f, const Node *node, Value base, Str name) {
  return missing(f, &(Missing){.t = f->t, .node = node, .base = base, .name = name});
}

Value missing_because(Frame *f, const Node *node, Str reason, Str hint) {
  return missing(f, &(Missing){.t = f->t, .node = node, .reason = reason, .hint = hint});
}

Value missing_export(Frame *f, const Node *node, Value module, size_t which) {
  Str name = node->import.names[which]->text;
  return missing(
      f, &(Missing){.t = f->t, .node = node, .base = module, .name = name, .offset = node->import.offsets[which]});
}

static Str nearest_text(Arena *arena, Str name, Value names) {
  Str *texts = ARENA_ARRAY(arena, Str, value_count(names));
  for (size_t i = 0; i < value_count(names); i++) texts[i] = value_text(value_at(names, i));
  return str_nearest(name, texts, value_count(names));
}

static Value keys_of(Arena *arena, const ValueMap *map) {
  Value keys = value_list(arena, map->count);
  for (size_t i = 0; i < map->count; i++) value_push(keys, value_str(map->entries[i].key));
  return keys;
}

static Str did_you_mean(Arena *arena, Str nearest) {
  return nearest.len ? str_format(arena, "did you mean `%.*s`?", STR_ARG(nearest)) : (Str){0};
}

static void report_missing_name(Frame *f, Span span, const Missing *m) {
  Arena *arena = f->r->arena;
  Str hint = did_you_mean(arena, nearest_text(arena, m->name, scope_names(f, m->scope)));
  if (!hint.len)
    hint = str_format(arena, "if it may be missing, write `%.*s | default(\"\")`, or test `%.*s is defined` first",
                      STR_ARG(m->name), STR_ARG(m->name));
  DIAG(f->r->diags, TEMPLATE_NAME, span, m->name, hint);
}

/* What was looked into, as its author wrote it: "`page.sources`", or the kind of value it is. */
static Str written(Arena *arena, const Missing *m) {
  const Node *node = m->node;
  const Node *base = node->kind == NODE_MEMBER ? node->member.base
                     : node->kind == NODE_ITEM ? node->item.base
                     : node->kind == NODE_FROM ? node->import.template_name
                                               : NULL;
  if (!base || base->len > 60 || !base->len) return value_type_name(m->base);
  return str_format(arena, "`%.*s`", STR_ARG(str_slice(m->t->text, base->offset, base->offset + base->len)));
}

static Str member_hint(Arena *arena, const Missing *m) {
  const ValueMap *map = m->base.type == VALUE_MAP              ? m->base.map
                        : is_object(m->base, &namespace_class) ? m->base.object.data
                        : is_object(m->base, &module_class)    ? m->base.object.data
                                                               : NULL;
  if (map) {
    Value keys = keys_of(arena, map);
    Str hint = did_you_mean(arena, nearest_text(arena, m->name, keys));
    if (hint.len) return hint;
    Buf list = buf_new(arena, 1 << 16);
    enum { SHOWN = 12 }; /* names of a map that fit a line or two */
    for (size_t i = 0; i < map->count && i < SHOWN; i++)
      buf_add_format(&list, "%s%.*s", i ? ", " : "", STR_ARG(map->entries[i].key));
    if (map->count == 0) return STR("it is empty");
    return str_format(arena, "it has: %.*s%s", STR_ARG(buf_str(&list)), map->count > SHOWN ? ", …" : "");
  }
  if (m->base.type == VALUE_OBJECT) {
    const ValueClass *class = m->base.object.class;
    Str nearest = class->names ? str_nearest(m->name, class->names, class->name_count) : (Str){0};
    if (str_equal(nearest, m->name))
      return str_format(arena, "%.*s may have none: test `… is defined` first, or write `| default(\"\")` behind it",
                        STR_ARG(class->name));
    return did_you_mean(arena, nearest);
  }
  Str method = nearest_method(m->base, m->name);
  if (method.len) return str_format(arena, "did you mean `%.*s()`?", STR_ARG(method));
  if (m->base.type == VALUE_LIST) return str_format(arena, "it has %zu items", m->base.list->count);
  return str_format(arena, "it is %.*s", STR_ARG(value_type_name(m->base)));
}

_Noreturn void fail_undefined(Frame *f, const Node *node, Value value) {
  Render *r = f->r;
  if (value.origin == 0 || value.origin > r->missing_count) {
    DIAG(r->diags, TEMPLATE_UNDEFINED, span_of(f, node), value.str.len ? value.str : STR("nothing was given"));
    fail_report(f);
  }
  const Missing *m = &r->missing[value.origin - 1];
  Span span = template_span(m->t, m->node->offset, m->node->len);
  size_t offset = m->node->kind == NODE_MEMBER && !m->reason.s ? m->node->member.name_offset : m->offset;
  if (offset) span = template_span(m->t, offset, m->name.len);
  if (m->reason.s)
    DIAG(r->diags, TEMPLATE_UNDEFINED, span, m->reason, m->hint);
  else if (m->scope)
    report_missing_name(f, span, m);
  else
    DIAG(r->diags, TEMPLATE_MEMBER, span, written(r->arena, m), m->name, member_hint(r->arena, m));
  bool elsewhere =
      m->t != f->t || m->node->offset + m->node->len < node->offset || m->node->offset > node->offset + node->len;
  if (elsewhere) diag_note(r->diags, span_of(f, node), STR("used here"));
  fail_report(f);
}

_Noreturn void fail_unknown_callable(Frame *f, const Node *node) {
  Str what = node->kind == NODE_TEST ? STR("test") : STR("filter");
  DIAG(f->r->diags, TEMPLATE_FILTER, template_span(f->t, node->filter.name_offset, node->filter.name->text.len), what,
       node->filter.name->text);
  fail_report(f);
}

/* --- work, memory, stack --- */

_Noreturn void fail_steps(Frame *f, const Node *node) {
  fail_limit(f, node, "this page takes too many steps to render", "20,000,000", "is a loop larger than it should be?");
}

_Noreturn void fail_memory(void *render) {
  Render *r = render;
  r->arena->end = r->arena_end; /* for the report */
  r->arena->full = NULL;
  Frame f = {.r = r, .t = r->t};
  _Static_assert(TEMPLATE_MEMORY_MOST == 64 << 20, "as the message says");
  fail_limit(&f, r->node, "this page takes too much memory to render", "64 MiB", "is a loop larger than it should be?");
}

void charge_text(Frame *f, const Node *node, size_t bytes) {
  if (bytes > TEMPLATE_TEXT_MOST) fail_limit(f, node, "this text grows too long", "16 MiB", "");
  charge(f, node, bytes / 64);
}

Buf new_buf(Frame *f) {
  return buf_new(f->r->arena, TEMPLATE_TEXT_MOST);
}

Str check_buf(Frame *f, const Node *node, const Buf *buf) {
  if (buf->over) fail_limit(f, node, "this text grows too long", "16 MiB", "");
  charge(f, node, buf->len / 64);
  return buf_str(buf);
}

_Noreturn void fail_full(Frame *f, const Node *node) {
  char bound[32];
  snprintf(bound, sizeof bound, "%zu KiB", f->out->max >> 10);
  if (f->out->max % (1 << 20) == 0) snprintf(bound, sizeof bound, "%zu MiB", f->out->max >> 20);
  fail_limit(f, node, "this page grows too long", bound, "is a loop larger than it should be?");
}

_Noreturn void fail_stack(Frame *f, const Node *node) {
  fail_limit(f, node, "calls and expressions are nested too deeply", "4 MiB of stack", "is something calling itself?");
}
