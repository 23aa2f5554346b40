#include "theme/tools.h"
#include "theme/private.h"

static Value both_modes(Arena *arena, const Setting *setting, const Str texts[MODE_COUNT]) {
  if (setting->type == SETTING_BOOLEAN) return value_bool(str_equal(texts[MODE_LIGHT], STR("true")));
  if (setting->type != SETTING_COLOUR) return value_str(texts[MODE_LIGHT]);
  Value map = value_map(arena, 2);
  value_put(map, "light", value_str(texts[MODE_LIGHT]));
  value_put(map, "dark", value_str(texts[MODE_DARK]));
  return map;
}

/* Who gave the value: "site", or the name of a theme. */
static Str given_by(const Theme *theme, const Setting *setting) {
  size_t light = setting->origins[MODE_LIGHT].rank;
  size_t dark = setting->origins[MODE_DARK].rank;
  size_t rank = light > dark ? light : dark;
  return rank >= theme->layer_count ? STR("site") : theme->layers[theme->layer_count - 1 - rank].name;
}

Value theme_settings_table(const Theme *theme, Arena *arena) {
  Value table = value_list(arena, theme->setting_count);
  for (size_t i = 0; i < theme->setting_count; i++) {
    const Setting *setting = &theme->settings[i];
    Value row = value_map(arena, 10);
    value_put(row, "name", value_str(setting->name));
    value_put(row, "type", value_str(setting_type_name(setting->type)));
    value_put(row, "label", value_str(setting->label));
    value_put(row, "help", value_str(setting->help));
    value_put(row, "group", value_str(setting->group));
    if (setting->type == SETTING_CHOICE) value_put(row, "choices", setting->choices);
    value_put(row, "default", both_modes(arena, setting, setting->initial));
    value_put(row, "value", both_modes(arena, setting, setting->given));
    value_put(row, "from", value_str(given_by(theme, setting)));
    value_push(table, row);
  }
  return table;
}

Value theme_pairs_table(const Theme *theme, Arena *arena) {
  Value table = value_list(arena, theme->pair_count * 2);
  for (size_t i = 0; i < theme->pair_count; i++) {
    const Pair *pair = &theme->pairs[i];
    for (int mode = 0; mode < MODE_COUNT; mode++) {
      Value row = value_map(arena, 8);
      value_put(row, "text", value_str(pair->text->name));
      value_put(row, "background", value_str(pair->on->name));
      value_put(row, "kind", value_str(pair_kind_name(pair->kind)));
      value_put(row, "mode", value_str(mode_name((Mode)mode)));
      value_put(row, "ratio", value_float(pair_ratio(pair, (Mode)mode)));
      value_put(row, "minimum", value_float(pair_minimum(pair->kind)));
      value_put(row, "text_colour", value_str(pair->text->css[mode]));
      value_put(row, "background_colour", value_str(pair->on->css[mode]));
      value_push(table, row);
    }
  }
  return table;
}
