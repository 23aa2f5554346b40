/* The table of `build --stats`. */
#include "cli/cli.h"
#include "data/value.h"

static Str number(Arena *arena, Value page, Str key) {
  Value value = value_get(page, key);
  if (value.type == VALUE_INT) return str_format(arena, "%lld", (long long)value.i);
  if (value.type == VALUE_FLOAT) return str_format(arena, "%.1f", value.f);
  return STR("-");
}

static bool has_any(Value pages, Str key) {
  for (size_t i = 0; i < value_count(pages); i++)
    if (value_get(value_at(pages, i), key).type == VALUE_FLOAT) return true;
  return false;
}

void cli_print_reading(Arena *arena, Value pages) {
  static const struct {
    Str key;
    Str title;
    bool always;
  } columns[] = {{{"words", 5}, {"words", 5}, true},          {{"sentences", 9}, {"sentences", 9}, true},
                 {{"long_sentences", 14}, {"long", 4}, true}, {{"minutes", 7}, {"minutes", 7}, true},
                 {{"grade", 5}, {"grade", 5}, true},          {{"smog", 4}, {"SMOG", 4}, false},
                 {{"inflesz", 7}, {"INFLESZ", 7}, false}};
  enum { COLUMNS = sizeof columns / sizeof *columns };
  Buf out = buf_new(arena, (size_t)64 << 20);
  bool shown[COLUMNS];
  buf_add_lit(&out, "\n");
  for (size_t k = 0; k < COLUMNS; k++) {
    shown[k] = columns[k].always || has_any(pages, columns[k].key);
    if (shown[k]) buf_add_format(&out, "%11.*s", STR_ARG(columns[k].title));
  }
  buf_add_lit(&out, "  page\n");
  for (size_t i = 0; i < value_count(pages); i++) {
    Value page = value_at(pages, i);
    for (size_t k = 0; k < COLUMNS; k++) {
      Str text = number(arena, page, columns[k].key);
      if (shown[k]) buf_add_format(&out, "%11.*s", STR_ARG(text));
    }
    buf_add_format(&out, "  %.*s\n", STR_ARG(value_text(value_get(page, STR("file")))));
  }
  cli_print(buf_str(&out));
}
