/* What a part of a template prints is kept when it came from nothing that differs between pages, and printed again
 * without running the part.
 *
 * Whether it did is seen, not guessed: while a part runs for the first time, every name that is looked up or set counts
 * as a dependency (scope.c), on the scope where it was found, or on the page. Scopes are numbered as they are made; a
 * part that depended on none older than itself, and on no variable but the steady ones, does and prints the same again.
 * A steady name that some template sets is treated as the page's.
 * Steps and memory of the kept run are charged each time, so that bounds hold as if it had run. Depths are bounds too:
 * where the part stands deeper than it did, it runs. */
#include "template/render.h"

#include <string.h>

/* Text kept by one process: a theme's steady parts are about 20 KB a language. */
enum { TEXT_MOST = 4 << 20 };

typedef enum State { UNKNOWN, KEPT, VARIES } State;

/* Of one node, in one edition. */
typedef struct Kept {
  uint8_t state; /* State */
  bool autoescape;
  int include_depth, call_depth;
  size_t stack;
  uint64_t steps;
  size_t memory;
  Str text;
} Kept;

struct TemplateMemo {
  const TemplateEngine *engine;
  Arena arena;
  bool *steady; /* by number of a name */
  uint32_t name_count;
  Kept **editions; /* an array of all nodes with a number each, made when first asked for */
  size_t edition_count;
  size_t text_bytes;
};

TemplateMemo *template_memo_new(const TemplateEngine *engine, const Str *steady, size_t count, size_t editions) {
  size_t tables = editions * (sizeof(Kept *) + (engine->memo_count + 1) * sizeof(Kept));
  uint32_t name_count = template_name_count(engine);
  Arena arena = arena_reserve(TEXT_MOST + tables + name_count + 4096);
  TemplateMemo *memo = ARENA_NEW(&arena, TemplateMemo);
  memo->engine = engine;
  memo->name_count = name_count;
  memo->steady = ARENA_ARRAY(&arena, bool, name_count);
  for (size_t i = 0; i < count; i++) {
    const Name *name = template_name_find(engine, steady[i]);
    if (name && !name->assigned) memo->steady[name->number] = true;
  }
  memo->editions = ARENA_ARRAY(&arena, Kept *, editions);
  memo->edition_count = editions;
  memo->arena = arena;
  return memo;
}

void template_memo_free(TemplateMemo *memo) {
  Arena arena = memo->arena;
  arena_release(&arena);
}

bool memo_is_steady(const TemplateMemo *memo, const Name *name) {
  return name->number < memo->name_count && memo->steady[name->number];
}

static Kept *place(const Render *r, const Node *node) {
  TemplateMemo *memo = r->memo;
  Kept **edition = &memo->editions[r->edition];
  if (!*edition) *edition = ARENA_ARRAY(&memo->arena, Kept, memo->engine->memo_count + 1);
  return &(*edition)[node->memo];
}

static size_t stack_used(const Render *r) {
  return (size_t)(r->stack_begin - (const char *)__builtin_frame_address(0));
}

static bool is_no_deeper(const Frame *f, const Kept *kept) {
  const Render *r = f->r;
  return f->autoescape == kept->autoescape && r->include_depth <= kept->include_depth &&
         r->call_depth <= kept->call_depth && stack_used(r) <= kept->stack;
}

static void print_kept(Frame *f, const Node *node, const Kept *kept) {
  Render *r = f->r;
  buf_add(f->out, kept->text);
  check_out(f, node);
  charge(f, node, kept->steps);
  if (kept->memory > (size_t)(r->arena->end - r->arena->at)) fail_memory(r);
  r->arena->end -= kept->memory;
}

static void keep(Frame *f, Kept *kept, const Kept *before, size_t out_before) {
  Render *r = f->r;
  TemplateMemo *memo = r->memo;
  Str text = str_skip(buf_str(f->out), out_before);
  if (text.len > TEXT_MOST - memo->text_bytes || r->engine->templates) return;
  *kept = *before;
  kept->state = KEPT;
  kept->text = str_from(arena_alloc(&memo->arena, text.len, 1), text.len);
  if (text.len) memcpy((char *)(uintptr_t)kept->text.s, text.s, text.len);
  kept->steps = r->steps - before->steps;
  kept->memory = (size_t)(r->arena->at - r->arena->begin) - before->memory;
  memo->text_bytes += text.len;
}

/* Runs the part and sees what it depended on. */
static void run_seen(Frame *f, const Node *node, Kept *kept) {
  Render *r = f->r;
  uint32_t outer = r->oldest;
  uint32_t first = r->scope_count;
  size_t out_before = f->out->len;
  size_t diags_before = r->diags->count;
  Kept before = {.autoescape = f->autoescape,
                 .include_depth = r->include_depth,
                 .call_depth = r->call_depth,
                 .stack = stack_used(r),
                 .steps = r->steps,
                 .memory = (size_t)(r->arena->at - r->arena->begin)};
  r->oldest = UINT32_MAX;
  exec_one(f, node);
  kept->state = VARIES;
  if (r->oldest > first && r->diags->count == diags_before) keep(f, kept, &before, out_before);
  if (outer < r->oldest) r->oldest = outer;
}

void exec_memo(Frame *f, const Node *node) {
  const Render *r = f->r;
  Kept *kept = is_silent(f) || r->engine->templates ? NULL : place(r, node);
  if (!kept || kept->state == VARIES)
    exec_one(f, node);
  else if (kept->state == UNKNOWN)
    run_seen(f, node, kept);
  else if (is_no_deeper(f, kept))
    print_kept(f, node, kept);
  else
    exec_one(f, node);
}
