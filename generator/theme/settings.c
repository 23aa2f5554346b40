#include "theme/private.h"

#include <string.h>

/* The keys that a setting's description may have. */
static const Str description_keys[] = {{"type", 4},  {"default", 7}, {"choices", 7},
                                       {"label", 5}, {"help", 4},    {"group", 5}};
enum { DESCRIPTION_KEY_COUNT = sizeof description_keys / sizeof *description_keys };

Setting *find_setting(const Theme *theme, Str name) {
  for (size_t i = 0; i < theme->setting_count; i++)
    if (str_equal(theme->settings[i].name, name)) return &theme->settings[i];
  return NULL;
}

Value setting_names(const Theme *theme) {
  Value names = value_list(theme->arena, theme->setting_count);
  for (size_t i = 0; i < theme->setting_count; i++) value_push(names, value_str(theme->settings[i].name));
  return names;
}

/* Templates write theme.settings.ink_soft, CSS var(--ink-soft): so letters, digits and underscores. */
static bool is_setting_name(Str name) {
  if (name.len == 0 || !(name.s[0] >= 'a' && name.s[0] <= 'z')) return false;
  for (size_t i = 0; i < name.len; i++) {
    char c = name.s[i];
    if (!(c >= 'a' && c <= 'z') && !ascii_is_digit(c) && c != '_') return false;
  }
  return true;
}

/* A map that says more than `light` and `dark` describes a setting; anything else is a new default for an inherited
 * one. */
static bool is_description(Value value) {
  if (value.type != VALUE_MAP) return false;
  for (size_t i = 0; i < DESCRIPTION_KEY_COUNT; i++)
    if (value_entry(value, description_keys[i])) return true;
  return false;
}

static bool fail(Theme *theme) {
  theme->failed = true;
  return false;
}

static void check_description(Theme *theme, const Layer *layer, Value description) {
  for (size_t i = 0; i < value_count(description); i++) {
    const ValueEntry *entry = &description.map->entries[i];
    size_t key = 0;
    while (key < DESCRIPTION_KEY_COUNT && !str_equal(description_keys[key], entry->key)) key++;
    if (key == DESCRIPTION_KEY_COUNT)
      DIAG(theme->diags, KEY_UNKNOWN, origin_span(layer->manifest, entry->key_origin, entry->key.len), entry->key,
           str_nearest(entry->key, description_keys, DESCRIPTION_KEY_COUNT));
  }
}

/* Choices go into CSS and class names, so they are words. */
static bool check_choices(Theme *theme, const Layer *layer, const Setting *setting, Value choices, Span at) {
  if (choices.type != VALUE_LIST || value_count(choices) == 0) {
    DIAG(theme->diags, THEME_CHOICES, at, setting->name);
    return fail(theme);
  }
  for (size_t i = 0; i < value_count(choices); i++) {
    Value choice = value_at(choices, i);
    if (choice.type == VALUE_STR && is_theme_name(choice.str)) continue;
    DIAG(theme->diags, THEME_CHOICES, value_span(layer->manifest, choice), setting->name);
    return fail(theme);
  }
  return true;
}

static bool describe_type(Theme *theme, const Layer *layer, Setting *setting, Value description) {
  Value type = value_get(description, STR("type"));
  SettingType wanted = SETTING_TEXT;
  if (!value_is_defined(type) && setting->declared_by.len) return true;
  if (!value_is_text(type) || !setting_type_from(type.str, &wanted)) {
    Str names[SETTING_TYPE_COUNT];
    for (int i = 0; i < SETTING_TYPE_COUNT; i++) names[i] = setting_type_name((SettingType)i);
    DIAG(theme->diags, THEME_SETTING_KIND,
         value_is_defined(type) ? value_span(layer->manifest, type) : setting->origins[0].span, setting->name,
         value_text(type), str_nearest(value_text(type), names, SETTING_TYPE_COUNT));
    return fail(theme);
  }
  if (setting->declared_by.len && wanted != setting->type) {
    DIAG(theme->diags, THEME_SETTING_RETYPED, value_span(layer->manifest, type), setting->name, setting->declared_by,
         setting_type_name(setting->type));
    return fail(theme);
  }
  setting->type = wanted;
  return true;
}

static void describe_texts(Setting *setting, Value description) {
  Value label = value_get(description, STR("label"));
  Value help = value_get(description, STR("help"));
  Value group = value_get(description, STR("group"));
  if (value_is_text(label)) setting->label = label.str;
  if (value_is_text(help)) setting->help = help.str;
  if (value_is_text(group)) setting->group = group.str;
}

static Setting *add_setting(Theme *theme, Str name) {
  if (theme->setting_count == theme->setting_capacity) {
    size_t capacity = theme->setting_capacity ? theme->setting_capacity * 2 : 64;
    Setting *settings = ARENA_ARRAY(theme->arena, Setting, capacity);
    if (theme->setting_count) memcpy(settings, theme->settings, theme->setting_count * sizeof *settings);
    theme->settings = settings;
    theme->setting_capacity = capacity;
  }
  Setting *setting = &theme->settings[theme->setting_count++];
  *setting = (Setting){.name = name};
  return setting;
}

static void describe(Theme *theme, size_t level, const ValueEntry *entry, Setting *setting) {
  const Layer *layer = &theme->layers[level];
  Value description = entry->value;
  Span at = origin_span(layer->manifest, entry->key_origin, entry->key.len);
  bool is_new = setting->declared_by.len == 0;
  if (is_new) setting->origins[0] = setting->origins[1] = (Origin){at, theme->layer_count - 1 - level};
  check_description(theme, layer, description);
  describe_texts(setting, description);
  bool usable = describe_type(theme, layer, setting, description);
  Value choices = value_get(description, STR("choices"));
  if (usable && setting->type == SETTING_CHOICE && (is_new || value_is_defined(choices))) {
    usable = check_choices(theme, layer, setting, choices, at);
    setting->choices = choices;
  }
  if (is_new) setting->declared_by = layer->name;
  Value given = value_get(description, STR("default"));
  if (!value_is_defined(given)) {
    if (!is_new) return;
    DIAG(theme->diags, THEME_SETTING_DEFAULT, at, setting->name);
    theme->failed = true;
  } else if (usable && !setting_assign(theme, setting, given, (Origin){at, theme->layer_count - 1 - level})) {
    theme->failed = true;
  }
}

/* What may have been meant by a name that is no setting. */
static Str other_setting(Theme *theme, Str name) {
  Str nearest = nearest_in_list(name, setting_names(theme), theme->arena);
  if (nearest.len) return STR_CONCAT(theme->arena, STR("did you mean `"), nearest, STR("`?"));
  return STR("`pamphlet theme settings` lists those that there are");
}

static void collect_entry(Theme *theme, size_t level, const ValueEntry *entry) {
  const Layer *layer = &theme->layers[level];
  Span at = origin_span(layer->manifest, entry->key_origin, entry->key.len);
  Setting *setting = find_setting(theme, entry->key);
  if (!setting && !is_description(entry->value)) {
    DIAG(theme->diags, THEME_SETTING_UNKNOWN, at, level + 1 < theme->layer_count ? layer[1].name : layer->name,
         entry->key, other_setting(theme, entry->key));
    theme->failed = true;
    return;
  }
  if (!setting && !is_setting_name(entry->key)) {
    DIAG(theme->diags, THEME_SETTING_NAME, at, entry->key);
    theme->failed = true;
    return;
  }
  if (!setting) setting = add_setting(theme, entry->key);
  if (is_description(entry->value))
    describe(theme, level, entry, setting);
  else if (!setting_assign(theme, setting, entry->value, (Origin){at, theme->layer_count - 1 - level}))
    theme->failed = true;
}

static void apply_site(Theme *theme, const ThemeOptions *options) {
  Str path = options->settings_span.path;
  if (!value_is_defined(options->settings) || options->settings.type == VALUE_NULL) return;
  if (options->settings.type != VALUE_MAP) {
    DIAG(theme->diags, KEY_TYPE, value_span(path, options->settings), STR("settings"), STR("a map"),
         value_type_name(options->settings));
    theme->failed = true;
    return;
  }
  for (size_t i = 0; i < value_count(options->settings); i++) {
    const ValueEntry *entry = &options->settings.map->entries[i];
    Span at = origin_span(path, entry->key_origin, entry->key.len);
    Setting *setting = find_setting(theme, entry->key);
    if (!setting) {
      DIAG(theme->diags, THEME_SETTING_UNKNOWN, at, theme->layers[0].name, entry->key,
           other_setting(theme, entry->key));
      theme->failed = true;
    } else if (!setting_assign(theme, setting, entry->value, (Origin){at, theme->layer_count})) {
      theme->failed = true;
    }
  }
}

void collect_settings(Theme *theme, const ThemeOptions *options) {
  for (size_t level = theme->layer_count; level-- > 0;) {
    Value settings = value_get(theme->layers[level].data, STR("settings"));
    if (settings.type != VALUE_MAP) continue;
    for (size_t i = 0; i < value_count(settings); i++) collect_entry(theme, level, &settings.map->entries[i]);
  }
  for (size_t i = 0; i < theme->setting_count; i++)
    memcpy(theme->settings[i].initial, theme->settings[i].given, sizeof theme->settings[i].initial);
  apply_site(theme, options);
}
