/* Any text as the text of a page: numbers and units are found inside of it, in order, and a number says the same as
 * itself. Each line alone is also read as a number of YAML, which is written and read again. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "check/numbers.h"
#include "check/quantities.h"
#include "data/number.h"

enum { INPUT_MOST = 1 << 14 };

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void require(bool holds) {
  if (!holds) abort();
}

static void check_quantities(Arena *arena, Str text, Str lang) {
  const Str *forms = NULL;
  size_t count = quantities_unit_forms(arena, STR("weeks"), &forms);
  Quantity quantity;
  size_t before = 0;
  for (size_t at = 0; quantities_next(text, &at, lang, &quantity); before = quantity.end) {
    require(quantity.begin >= before && quantity.begin < quantity.end && quantity.end <= text.len &&
            at >= quantity.end);
    require(quantities_equal(quantity.value, quantity.value) || !isfinite(quantity.value));
    size_t unit = quantities_unit_at(text, quantity.end, forms, count);
    require(unit == 0 || (unit > quantity.end && unit <= text.len));
  }
}

static void check_numbers(Arena *arena, Str text) {
  Value data = value_map(arena, 1);
  Numbers numbers = {.arena = arena};
  numbers_read(&numbers, text, 0, text.len, data);
  NumberCustom custom = {.point = true, .comma = text.len % 2 == 0};
  require(numbers.count <= NUMBERS_MOST);
  for (size_t i = 0; i < numbers.count; i++) {
    const Number *number = &numbers.items[i];
    require(number->offset <= text.len && number->len <= text.len - number->offset);
    require(i == 0 || number->offset >= numbers.items[i - 1].offset);
    require(numbers_match(number, custom, number, custom));
  }
}

static void check_scalar(Arena *arena, Str text) {
  Value value;
  if (!number_read(text, &value) || value.type != VALUE_FLOAT) return;
  Buf written = buf_new(arena, 64);
  number_add_float(&written, value.f);
  Value again;
  require(!written.over);
  if (!isfinite(value.f)) return;
  require(number_read(buf_str(&written), &again) && (again.type == VALUE_FLOAT ? again.f : (double)again.i) == value.f);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  if (size > INPUT_MOST || (size && memchr(data, 0, size))) return 0;
  if (utf8_find_invalid(str_from(data, size)) != STR_NONE) return 0;
  Arena arena = arena_reserve((size_t)256 << 20);
  Str text = str_copy(&arena, str_from(data, size));
  check_quantities(&arena, text, size % 2 ? STR("es") : STR("en"));
  check_numbers(&arena, text);
  for (Str rest = text, line; rest.len;) {
    str_cut(rest, '\n', &line, &rest);
    check_scalar(&arena, line);
  }
  arena_release(&arena);
  return 0;
}
