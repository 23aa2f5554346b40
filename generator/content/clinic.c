#include "content/clinic.h"

#include "content/shape.h"
#include "content/written.h"

/* --- the shape of what themes show --- */

typedef enum Form { WORDS, ONE, NAMED, SEVERAL } Form;

/* A part of the file: words, a map, a map of maps, or a list of maps, each with the member `needs`. */
typedef struct Part {
  Str key;
  Form form;
  Str needs;
  Str wanted;
  bool alone; /* text alone is that member */
  bool times; /* opens and closes, unless closed */
} Part;

typedef struct Reading {
  Arena *arena;
  DiagList *diags;
  Str path;
  bool good;
} Reading;

static const Part parts[] = {
    {.key = STR("name"), .form = WORDS, .wanted = STR("text, or text by language")},
    {.key = STR("department"), .form = WORDS, .wanted = STR("text, or text by language")},
    {.key = STR("email"), .form = WORDS, .wanted = STR("text")},
    {STR("emergency"), ONE, STR("number"), STR("a map with `number`"), true, false},
    {STR("phones"), NAMED, STR("number"), STR("a map of names, each with a `number`"), true, false},
    {.key = STR("locations"), .form = SEVERAL, .wanted = STR("a list of maps, such as `- street: …`")},
    {STR("hours"), SEVERAL, STR("days"), STR("a list of maps with `days`"), false, true},
    {STR("holidays"), SEVERAL, STR("date"), STR("a list of maps with `date`"), false, true},
    {STR("departments"), SEVERAL, STR("name"), STR("a list of maps with `name`"), true, false},
    {STR("services"), SEVERAL, STR("name"), STR("a list of maps with `name`"), true, false},
};

static bool refuse(Reading *reading, const Part *part, const ValueEntry *entry, Value value) {
  Span span = value.origin ? shape_span(reading->path, value) : shape_key_span(reading->path, entry);
  DIAG(reading->diags, KEY_TYPE, span, part->key, part->wanted, value_type_name(value));
  return reading->good = false;
}

static bool has(Reading *reading, const ValueEntry *entry, Value value, Str key) {
  Value member = value_get(value, key);
  bool list = member.type == VALUE_LIST && !str_equal(key, STR("days"));
  if (value_is_defined(member) && member.type != VALUE_NULL && !list) return true;
  Span span = value.origin ? shape_span(reading->path, value) : shape_key_span(reading->path, entry);
  if (list)
    DIAG(reading->diags, KEY_TYPE, shape_span(reading->path, member), key, STR("text"), value_type_name(member));
  else
    DIAG(reading->diags, KEY_MISSING, span, key);
  return reading->good = false;
}

/* Whether one map is as it must be; text alone is made one. */
static bool fits(Reading *reading, const Part *part, const ValueEntry *entry, Value *value) {
  if (part->alone && value_is_text(*value)) {
    Value map = value_map(reading->arena, 1);
    map.origin = value->origin;
    value_set(map, part->needs, *value);
    *value = map;
  }
  if (value->type != VALUE_MAP) return refuse(reading, part, entry, *value);
  bool named = value_is_defined(value_get(*value, STR("page"))); /* a service is called as its page is */
  if (part->needs.len && !named && !has(reading, entry, *value, part->needs)) return false;
  if (!part->times || value_to_bool(value_get(*value, STR("closed")), false)) return true;
  bool opens = has(reading, entry, *value, STR("opens"));
  return has(reading, entry, *value, STR("closes")) && opens;
}

/* The part without what is not as it must be; undefined when nothing of it is. */
static Value read_part(Reading *reading, const Part *part, const ValueEntry *entry) {
  Value value = entry->value;
  bool words = value_is_text(value) || value.type == VALUE_MAP;
  if (part->form == WORDS && !words) refuse(reading, part, entry, value);
  if (part->form == WORDS) return value;
  if (part->form == ONE) return fits(reading, part, entry, &value) ? value : (Value){0};
  Value kept = part->form == NAMED ? value_map(reading->arena, value_count(value))
                                   : value_list(reading->arena, value_count(value) + 1);
  kept.origin = value.origin;
  if (part->form == NAMED && value.type == VALUE_MAP) {
    for (size_t i = 0; i < value_count(value); i++) {
      ValueEntry *one = &value.map->entries[i];
      if (!fits(reading, part, one, &one->value)) continue;
      value_set(kept, one->key, one->value);
      kept.map->entries[kept.map->count - 1].key_origin = one->key_origin;
    }
  } else if (part->form == SEVERAL && value.type == VALUE_LIST) {
    for (size_t i = 0; i < value_count(value); i++)
      if (fits(reading, part, entry, &value.list->items[i])) value_push(kept, value.list->items[i]);
  } else if (part->form == SEVERAL && value.type == VALUE_MAP) {
    if (fits(reading, part, entry, &value)) value_push(kept, value); /* one alone */
  } else if (value.type != VALUE_NULL) {
    refuse(reading, part, entry, value);
  }
  return value_count(kept) ? kept : (Value){0};
}

static const Part *part_of(Str key) {
  for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
    if (str_equal(parts[i].key, key)) return &parts[i];
  return NULL;
}

static Value read_parts(Reading *reading, Value clinic) {
  Value kept = value_map(reading->arena, value_count(clinic));
  kept.origin = clinic.origin;
  for (size_t i = 0; i < value_count(clinic); i++) {
    const ValueEntry *entry = &clinic.map->entries[i];
    const Part *part = part_of(entry->key);
    Value value = part ? read_part(reading, part, entry) : entry->value;
    if (!value_is_defined(value)) continue;
    value_set(kept, entry->key, value);
    kept.map->entries[kept.map->count - 1].key_origin = entry->key_origin;
  }
  return kept;
}

/* --- reading it --- */

/* `emergency: false` says that there is none on purpose; then templates find it no more than if nobody had written it.
 */
static Value without_refused(Arena *arena, Value clinic, const char *const *keys, size_t count, bool *refused) {
  Value kept = value_map(arena, value_count(clinic));
  for (size_t i = 0; i < value_count(clinic); i++) {
    const ValueEntry *entry = &clinic.map->entries[i];
    bool drop = false;
    for (size_t k = 0; k < count; k++)
      if (str_equal(entry->key, str_from_c(keys[k])) && entry->value.type == VALUE_BOOL && !entry->value.b)
        drop = refused[k] = true;
    if (drop) continue;
    value_set(kept, entry->key, entry->value);
    kept.map->entries[kept.map->count - 1].key_origin = entry->key_origin;
  }
  kept.origin = clinic.origin;
  return kept;
}

bool clinic_read(const SettingsFiles *files, Value *clinic) {
  static const char *const wanted[] = {"name", "emergency", "phones"};
  enum { COUNT = sizeof wanted / sizeof *wanted };
  bool refused[COUNT] = {false};
  DataFile file;
  bool good = settings_read_map(files, STR("clinic.yaml"), &file);
  *clinic = file.value.type == VALUE_MAP ? without_refused(files->arena, file.value, wanted, COUNT, refused)
                                         : value_map(files->arena, 0);
  if (!good) return false;
  written_keep(files->arena, file.text, *clinic);
  Span whole = {file.path, STR_NONE, 0};
  for (size_t i = 0; i < COUNT; i++) {
    Str name = str_from_c(wanted[i]);
    if (refused[i] || value_is_defined(value_get(*clinic, name))) continue;
    DIAG(files->diags, CLINIC_INCOMPLETE, whole, str_equal(name, STR("emergency")) ? STR("emergency.number") : name);
  }
  Reading reading = {files->arena, files->diags, file.path, true};
  *clinic = read_parts(&reading, *clinic);
  return reading.good;
}

/* --- phone numbers --- */

/* The digits of each number of "555-0142 ext. 5", which is one, and "555-0142 or 555-0143". */
static void add_phones(Arena *arena, Str text, Value list) {
  enum { DIGITS_LEAST = 7 }; /* of a number that follows another one; fewer are an extension */
  Buf digits = buf_new(arena, text.len + 1);
  size_t begin = 0;
  size_t count = 0;
  for (size_t i = 0; i <= text.len; i++) {
    if (i < text.len && ascii_is_digit(text.s[i])) buf_add_byte(&digits, text.s[i]);
    if (i < text.len && !ascii_is_alpha(text.s[i]) && text.s[i] != ';') continue;
    Str number = str_skip(buf_str(&digits), begin);
    begin = digits.len;
    if (number.len && (count == 0 || number.len >= DIGITS_LEAST)) value_push(list, value_str(number));
    count += number.len > 0;
  }
}

/* Phone numbers stand under `number`, or as text under `phones`. */
static void collect_phones(Arena *arena, Value from, bool phones, Value list) {
  if (from.type == VALUE_LIST)
    for (size_t i = 0; i < from.list->count; i++) collect_phones(arena, from.list->items[i], phones, list);
  if (from.type != VALUE_MAP) return;
  for (size_t i = 0; i < from.map->count; i++) {
    const ValueEntry *entry = &from.map->entries[i];
    static const char *const names[] = {"number", "phone", "telephone", "fax"};
    bool number = phones && value_is_text(entry->value) && !str_equal(entry->key, STR("label")) &&
                  !str_equal(entry->key, STR("hours"));
    for (size_t k = 0; k < sizeof names / sizeof *names; k++)
      number = number || str_equal(entry->key, str_from_c(names[k]));
    if (number && value_is_text(entry->value)) add_phones(arena, value_text(entry->value), list);
    collect_phones(arena, entry->value, phones || str_equal(entry->key, STR("phones")), list);
  }
}

Value clinic_phones(Arena *arena, Value clinic) {
  Value list = value_list(arena, 8);
  collect_phones(arena, clinic, false, list);
  return list;
}
