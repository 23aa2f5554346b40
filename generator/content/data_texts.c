#include "content/data_texts.h"

#include "content/shape.h"
#include "markdown/markdown.h"

typedef void TextCheck(const DataTexts *check, Value phones, Value text);

static void each(const DataTexts *check, Value phones, Value value, TextCheck *look) {
  for (size_t i = 0; value.type == VALUE_LIST && i < value_count(value); i++)
    each(check, phones, value_at(value, i), look);
  for (size_t i = 0; value.type == VALUE_MAP && i < value_count(value); i++)
    each(check, phones, value.map->entries[i].value, look);
  if (value.type == VALUE_STR) look(check, phones, value);
}

static void look_for_name(const DataTexts *check, Value phones, Value text) {
  (void)phones;
  size_t open = str_find(text.str, STR("{{"));
  if (open == STR_NONE) return;
  Str rest = str_skip(text.str, open);
  size_t close = str_find(rest, STR("}}"));
  Str written = str_slice(rest, 0, close == STR_NONE ? 2 : close + 2);
  DIAG(check->diags, VALUE_HERE, shape_span(check->path, text), written);
}

static void look_for_phone(const DataTexts *check, Value phones, Value text) {
  Str unknown = markdown_unknown_phone(check->scratch, phones, text.str);
  if (unknown.len) DIAG(check->diags, PHONE_UNKNOWN, shape_span(check->path, text), unknown);
}

void data_texts_check_names(const DataTexts *check, Value value) {
  each(check, (Value){0}, value, look_for_name);
}

void data_texts_check_phones(const DataTexts *check, Value phones, Value value) {
  if (phones.type == VALUE_LIST) each(check, phones, value, look_for_phone);
}
