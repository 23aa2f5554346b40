/* Any bytes as YAML: an answer with a reason, within bounds; what is read can be written as JSON and read again. */
#include <stdlib.h>

#include "base/utf8.h"
#include "data/json.h"
#include "data/yaml.h"

enum { INPUT_MOST = 1 << 16, OUTPUT_MOST = 1 << 26 };

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void require(bool holds) {
  if (!holds) abort();
}

/* Every value lies inside the file; no level is deeper than the limit. Returns how many values there are. */
static size_t check_value(Value value, size_t size, int depth) {
  require(value.origin <= size + 1 && depth <= YAML_DEPTH_MOST);
  size_t count = 1;
  if (value.type == VALUE_LIST)
    for (size_t i = 0; i < value.list->count; i++) count += check_value(value.list->items[i], size, depth + 1);
  if (value.type == VALUE_MAP)
    for (size_t i = 0; i < value.map->count; i++) {
      require(value.map->entries[i].key_origin > 0 && value.map->entries[i].key_origin <= size + 1);
      count += check_value(value.map->entries[i].value, size, depth + 1);
    }
  return count;
}

static Str no_file(void *context, Arena *arena, Str path) {
  (void)arena;
  (void)path;
  return *(Str *)context;
}

static void check_refusal(Arena *arena, const DiagList *diags, Str text) {
  require(diag_has_errors(diags, false));
  for (const Diag *diag = diags->first; diag; diag = diag->next) require(diag->span.offset <= text.len);
  Buf out = buf_new(arena, OUTPUT_MOST);
  DiagPrinter printer = {.arena = arena, .read = no_file, .context = &text};
  diag_print(&printer, diags, &out);
  require(out.len > 0);
}

/* Files with NUL or invalid UTF-8 never reach the reader. */
static Str valid_text(Arena *arena, const uint8_t *data, size_t size) {
  char *bytes = arena_alloc(arena, size + 1, 1);
  for (size_t i = 0; i < size; i++) bytes[i] = data[i] ? (char)data[i] : ' ';
  Str text = str_from(bytes, size);
  for (size_t bad; (bad = utf8_find_invalid(text)) != STR_NONE;) bytes[bad] = '?';
  return text;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  if (size > INPUT_MOST) return 0;
  Arena arena = arena_reserve((size_t)1 << 30);
  Str text = valid_text(&arena, data, size);
  DiagList diags = diag_list_new(&arena);
  Value value;
  size_t begin = size > 8 ? 3 : 0; /* as a front matter lies in a page */
  bool right = yaml_read(&arena, &(YamlText){STR("f"), text, begin, size}, &diags, &value);
  if (right) {
    require(diags.count == 0 && check_value(value, size, 0) <= YAML_VALUES_MOST + 1);
    Buf out = buf_new(&arena, OUTPUT_MOST);
    json_write(&out, value, JSON_OUT_PLAIN, 0);
    require(out.len > 0);
  } else {
    check_refusal(&arena, &diags, text);
  }
  arena_release(&arena);
  return 0;
}
