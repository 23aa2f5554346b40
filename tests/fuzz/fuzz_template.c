/* Fuzz target: template text and JSON data, split at the first NUL byte, go through the whole of template/.
 *
 * `make fuzz TARGETS=template` runs it over tests/fuzz/seeds/template; `-dict=tests/fuzz/template.dict` helps it along.
 * The template may include, import and extend itself as `again.html`, and a fixed file as `part.html`.
 * Nothing is expected of the output but that it is made in bounded time and memory, and that a failure is always
 * reported. */
#include "data/json.h"
#include "base/limits.h"
#include "template/template.h"

#include <stdlib.h>
#include <string.h>

enum { ARENA_BYTES = 1 << 30, INPUT_MOST = 1 << 16 };

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static bool load(void *context, Str name, int from, TemplateSource *source, bool *reported) {
  (void)reported;
  Str text = *(Str *)context;
  if (from > 1) return false;
  if (str_equal(name, STR("part.html")))
    text = STR("{% macro m(x) %}{{ x }}{{ caller() if caller is defined else 1 }}{% endmacro %}{% set v = 1 %}[{{ a }}]"
               "{% block b %}{{ v }}{% endblock %}");
  else if (!str_equal(name, STR("again.html")) && !str_equal(name, STR("page.html")))
    return false;
  *source = (TemplateSource){.path = name, .text = text, .level = from};
  return true;
}

static void render(Arena *arena, Str text, Value variables) {
  DiagList diags = diag_list_new(arena);
  bool trims = text.len % 2;
  TemplateOptions options = {.loader = {.context = &text, .load = load}, .trim_blocks = trims, .lstrip_blocks = trims};
  TemplateEngine *engine = template_engine_new(arena, &options, &diags);
  const Template *t = template_load(engine, text.len % 3 ? STR("page.html") : STR("page.txt"));
  if (!t) t = template_load(engine, STR("page.html"));
  bool good = false;
  if (t) {
    Arena scratch = arena_reserve(ARENA_BYTES);
    Buf out = buf_new(&scratch, TEMPLATE_TEXT_MOST);
    good = template_render(t, variables, &scratch, &diags, &out);
    arena_release(&scratch);
  }
  if (!good && !diag_has_errors(&diags, false)) abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  if (size > INPUT_MOST) return 0;
  const uint8_t *nul = size ? memchr(data, 0, size) : NULL;
  size_t split = nul ? (size_t)(nul - data) : size;
  Arena arena = arena_reserve(ARENA_BYTES);
  Value variables = value_map(&arena, 0);
  DiagList ignored = diag_list_new(&arena);
  if (nul) {
    Value read;
    Str json = str_from(data + split + 1, size - split - 1);
    if (json_read(&arena, STR("data.json"), json, &ignored, &read) && read.type == VALUE_MAP) variables = read;
  }
  render(&arena, str_copy(&arena, str_from(data, split)), variables);
  arena_release(&arena);
  return 0;
}
