/* Any bytes as JSON: what is read, written in any form and read again is the same, and never ends a script element. */
#include <stdlib.h>

#include "data/json.h"

enum { INPUT_MOST = 1 << 16, OUTPUT_MOST = 1 << 26 };

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void require(bool holds) {
  if (!holds) abort();
}

static int depth_of(Value value) {
  int deepest = 0;
  for (size_t i = 0; i < value_count(value); i++) {
    int depth = 1 + depth_of(value.type == VALUE_LIST ? value.list->items[i] : value.map->entries[i].value);
    if (depth > deepest) deepest = depth;
  }
  return deepest;
}

static void check_form(Arena *arena, Value value, int flags, int indent) {
  Buf out = buf_new(arena, OUTPUT_MOST);
  json_write(&out, value, (JsonFlags)flags, indent);
  require(!out.over);
  DiagList diags = diag_list_new(arena);
  Value again;
  require(json_read(arena, STR("again"), buf_str(&out), &diags, &again));
  require(value_equal(value, again));
  if (!(flags & JSON_OUT_SCRIPT)) return;
  for (const char *c = "<>&'"; *c; c++) require(str_find_byte(buf_str(&out), *c) == STR_NONE);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  if (size > INPUT_MOST) return 0;
  Arena arena = arena_reserve((size_t)1 << 30);
  DiagList diags = diag_list_new(&arena);
  Value value;
  if (!json_read(&arena, STR("f"), str_from(data, size), &diags, &value)) {
    require(diag_has_errors(&diags, false) && diags.first->span.offset <= size);
  } else if (depth_of(value) < 500) { /* deeper is cut when written */
    check_form(&arena, value, JSON_OUT_PLAIN, 0);
    check_form(&arena, value, JSON_OUT_SCRIPT | JSON_OUT_UTF8 | JSON_OUT_COMPACT, 0);
    check_form(&arena, value, JSON_OUT_SORTED | JSON_OUT_SCRIPT, 2);
  }
  arena_release(&arena);
  return 0;
}
