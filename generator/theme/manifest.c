#include "theme/private.h"

#include "data/yaml.h"

/* What theme.yaml may say, and what each must be. */
typedef enum Shape { SHAPE_TEXT, SHAPE_BOOL, SHAPE_MAP, SHAPE_LIST } Shape;

static const struct {
  Str key;
  Shape shape;
  bool needed;
} keys[] = {
    {STR("name"), SHAPE_TEXT, true},           {STR("version"), SHAPE_TEXT, false},
    {STR("requires"), SHAPE_TEXT, false},      {STR("extends"), SHAPE_TEXT, false},
    {STR("description"), SHAPE_TEXT, false},   {STR("preview"), SHAPE_TEXT, false},
    {STR("settings"), SHAPE_MAP, false},       {STR("pairs"), SHAPE_LIST, false},
    {STR("languages"), SHAPE_LIST, false},     {STR("trim_blocks"), SHAPE_BOOL, false},
    {STR("lstrip_blocks"), SHAPE_BOOL, false},
};
enum { KEY_COUNT = sizeof keys / sizeof *keys };

static bool has_shape(Value value, Shape shape) {
  switch (shape) {
    case SHAPE_TEXT: return value.type == VALUE_STR;
    case SHAPE_BOOL: return value.type == VALUE_BOOL;
    case SHAPE_MAP: return value.type == VALUE_MAP;
    case SHAPE_LIST: return value.type == VALUE_LIST;
  }
  return false;
}

static Str shape_name(Shape shape) {
  switch (shape) {
    case SHAPE_TEXT: return STR("text (in quotes when it looks like a number)");
    case SHAPE_BOOL: return STR("true or false");
    case SHAPE_MAP: return STR("a map");
    case SHAPE_LIST: return STR("a list");
  }
  return STR("something else");
}

static size_t find_key(Str key) {
  size_t i = 0;
  while (i < KEY_COUNT && !str_equal(keys[i].key, key)) i++;
  return i;
}

static bool check_keys(Theme *theme, const Layer *layer) {
  bool good = true;
  Str names[KEY_COUNT];
  for (size_t i = 0; i < KEY_COUNT; i++) names[i] = keys[i].key;
  for (size_t i = 0; i < value_count(layer->data); i++) {
    const ValueEntry *entry = &layer->data.map->entries[i];
    size_t key = find_key(entry->key);
    if (key == KEY_COUNT) {
      DIAG(theme->diags, KEY_UNKNOWN, origin_span(layer->manifest, entry->key_origin, entry->key.len), entry->key,
           str_nearest(entry->key, names, KEY_COUNT));
    } else if (!has_shape(entry->value, keys[key].shape)) {
      DIAG(theme->diags, KEY_TYPE, origin_span(layer->manifest, entry->key_origin, entry->key.len), entry->key,
           shape_name(keys[key].shape), value_type_name(entry->value));
      good = false;
    }
  }
  for (size_t i = 0; i < KEY_COUNT; i++) {
    if (!keys[i].needed || value_entry(layer->data, keys[i].key)) continue;
    DIAG(theme->diags, KEY_MISSING, file_span(layer->manifest), keys[i].key);
    good = false;
  }
  return good;
}

typedef struct Version {
  unsigned parts[3];
} Version;

static bool parse_version(Str text, Version *version) {
  *version = (Version){{0}};
  size_t part = 0;
  bool digit = false;
  for (size_t i = 0; i < text.len; i++) {
    if (text.s[i] == '.' && digit && part < 2) {
      part++;
      digit = false;
    } else if (ascii_is_digit(text.s[i]) && version->parts[part] < 100000) {
      version->parts[part] = version->parts[part] * 10 + (unsigned)(text.s[i] - '0');
      digit = true;
    } else {
      return false;
    }
  }
  return digit;
}

static int compare_versions(Version a, Version b) {
  for (size_t i = 0; i < 3; i++)
    if (a.parts[i] != b.parts[i]) return a.parts[i] < b.parts[i] ? -1 : 1;
  return 0;
}

static bool holds(int order, Str operator) {
  if (str_equal(operator, STR(">="))) return order >= 0;
  if (str_equal(operator, STR("<="))) return order <= 0;
  if (str_equal(operator, STR(">"))) return order > 0;
  if (str_equal(operator, STR("<"))) return order < 0;
  return order == 0;
}

/* ">=0.1" or ">=0.1, <2": all must hold. A bare number means exactly that. */
bool version_satisfies(Str version, Str requirement, bool *understood) {
  Version have, want;
  bool all = true;
  *understood = parse_version(version, &have) && str_trim(requirement).len > 0;
  while (requirement.len && *understood) {
    Str term;
    str_cut(requirement, ',', &term, &requirement);
    term = str_trim(term);
    size_t digits = 0;
    while (digits < term.len && !ascii_is_digit(term.s[digits])) digits++;
    Str operator= str_trim(str_slice(term, 0, digits));
    bool known = operator.len == 0 || str_equal(operator, STR(">=")) || str_equal(operator, STR("<=")) ||
                 str_equal(operator, STR(">")) || str_equal(operator, STR("<")) || str_equal(operator, STR("="));
    *understood = known && parse_version(str_skip(term, digits), &want);
    if (*understood && !holds(compare_versions(have, want), operator)) all = false;
  }
  return all && *understood;
}

static bool check_requires(Theme *theme, const Layer *layer) {
  Value requires = value_get(layer->data, STR("requires"));
  bool understood = false;
  Str ours = STR(PAMPHLET_VERSION);
  if (!value_is_text(requires) || version_satisfies(ours, requires.str, &understood)) return true;
  if (understood)
    DIAG(theme->diags, THEME_REQUIRES, value_span(layer->manifest, requires), layer->name, requires.str, ours);
  else
    DIAG(theme->diags, THEME_REQUIRES_FORM, value_span(layer->manifest, requires), requires.str);
  return false;
}

static bool check_name(Theme *theme, const Layer *layer) {
  Value name = value_get(layer->data, STR("name"));
  if (!value_is_text(name) || str_equal(name.str, layer->name)) return true;
  DIAG(theme->diags, THEME_NAME_DIFFERS, value_span(layer->manifest, name), name.str, layer->name);
  return false;
}

static bool check_preview(Theme *theme, const Layer *layer) {
  Value preview = value_get(layer->data, STR("preview"));
  if (!value_is_text(preview) || preview.str.len == 0 || layer_has(layer, preview.str)) return true;
  Value files = value_list(theme->arena, layer->file_count);
  for (size_t i = 0; i < layer->file_count; i++) value_push(files, value_str(layer->files[i]));
  DIAG(theme->diags, THEME_PREVIEW, value_span(layer->manifest, preview), preview.str,
       nearest_in_list(preview.str, files, theme->arena));
  return true;
}

static bool read_yaml(Theme *theme, Layer *layer) {
  Str text;
  layer->data = value_map(theme->arena, 0);
  if (!layer_has(layer, STR("theme.yaml"))) {
    DIAG(theme->diags, THEME_NO_MANIFEST, file_span(layer->folder), layer->name);
    return false;
  }
  Value data;
  if (!read_text(theme, layer->manifest, &text)) return false;
  if (!yaml_read(theme->arena, &(YamlText){layer->manifest, text, 0, text.len}, theme->diags, &data)) return false;
  if (data.type != VALUE_MAP) {
    DIAG(theme->diags, KEY_TYPE, file_span(layer->manifest), STR("theme.yaml"), shape_name(SHAPE_MAP),
         value_type_name(data));
    return false;
  }
  layer->data = data;
  return true;
}

bool read_manifest(Theme *theme, Layer *layer) {
  if (!read_yaml(theme, layer)) return false;
  bool good = check_keys(theme, layer);
  good = check_requires(theme, layer) && good;
  good = check_name(theme, layer) && good;
  good = check_preview(theme, layer) && good;
  Value extends = value_get(layer->data, STR("extends"));
  layer->version = value_text(value_get(layer->data, STR("version")));
  layer->extends = value_text(extends);
  layer->extends_origin = extends.origin;
  return good;
}
