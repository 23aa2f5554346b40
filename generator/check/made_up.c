#include "check/made_up.h"

#include "content/shape.h"

enum { NAMED_MOST = 4 }; /* what fits a line; each build says it */

typedef struct MadeUp {
  const SiteSettings *settings;
  Buf names;
  size_t count;
} MadeUp;

static bool is_reserved_number(Str text) {
  char digits[32];
  size_t count = 0;
  for (size_t i = 0; i < text.len; i++)
    if (ascii_is_digit(text.s[i]) && count < sizeof digits) digits[count++] = text.s[i];
  return count >= 7 && count < sizeof digits && str_equal(str_from(digits + count - 7, 5), STR("55501"));
}

static bool looks_made_up(Str text) {
  static const Str marks[] = {{"Example", 7}, {"Sample", 6}, {"example.", 8}, {".example", 8}};
  for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
    if (str_find(text, marks[i]) != STR_NONE) return true;
  return is_reserved_number(text);
}

static void add_name(MadeUp *found, Str name) {
  if (++found->count > NAMED_MOST) return;
  if (found->count > 1) buf_add_lit(&found->names, ", ");
  buf_add_format(&found->names, "`%.*s`", STR_ARG(name));
}

/* True when the value, or any of its languages, is a text that looks made up. */
static bool is_made_up_text(const MadeUp *found, Value value) {
  if (value_is_text(value)) return looks_made_up(value_text(value));
  if (value.type != VALUE_MAP || !value_count(value)) return false;
  for (size_t i = 0; i < value.map->count; i++) {
    const ValueEntry *entry = &value.map->entries[i];
    bool language =
        str_equal(found->settings->languages[settings_language_index(found->settings, entry->key)], entry->key);
    if (language && looks_made_up(value_text(entry->value))) return true;
  }
  return false;
}

static void look(MadeUp *found, Value value, Str name) {
  Arena *arena = found->names.arena;
  if (is_made_up_text(found, value)) {
    add_name(found, name);
    return;
  }
  Str dot = name.len ? STR(".") : STR("");
  for (size_t i = 0; value.type == VALUE_MAP && i < value.map->count; i++)
    look(found, value.map->entries[i].value, STR_CONCAT(arena, name, dot, value.map->entries[i].key));
  for (size_t i = 0; value.type == VALUE_LIST && i < value.list->count; i++)
    look(found, value.list->items[i], str_format(arena, "%.*s.%zu", STR_ARG(name), i));
}

void made_up_check(Value clinic, const SiteSettings *settings, Str clinic_path, DiagList *diags) {
  const ValueEntry *entry = value_entry(clinic, STR("made_up"));
  if (!entry || !value_to_bool(entry->value, false) || !settings->language_count) return;
  MadeUp found = {.settings = settings, .names = buf_new(diags->arena, (size_t)1 << 16)};
  look(&found, clinic, STR(""));
  if (looks_made_up(settings->base_url)) add_name(&found, STR("base_url"));
  Span span = shape_key_span(clinic_path, entry);
  if (found.count > NAMED_MOST) buf_add_format(&found.names, " and %zu more", found.count - NAMED_MOST);
  if (found.count)
    DIAG(diags, MADE_UP, span, buf_str(&found.names));
  else
    DIAG(diags, MADE_UP_GONE, span);
}
