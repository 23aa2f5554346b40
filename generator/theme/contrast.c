#include "theme/private.h"

#include <math.h>
#include <string.h>

static const Str kind_names[PAIR_KIND_COUNT] = {{"text", 4}, {"large", 5}, {"ui", 2}};

Str pair_kind_name(PairKind kind) {
  return kind_names[kind];
}

Str mode_name(Mode mode) {
  return mode == MODE_LIGHT ? STR("light") : STR("dark");
}

/* WCAG 2.2: 1.4.3 for text and large text, 1.4.11 for what is not text. */
double pair_minimum(PairKind kind) {
  return kind == PAIR_TEXT ? 4.5 : 3;
}

/* A background that lets something through lies on the browser's own canvas. */
static double ratio_of(Colour text, Colour on, Mode mode) {
  Colour canvas = mode == MODE_LIGHT ? (Colour){1, 1, 1, 1} : (Colour){0, 0, 0, 1};
  return colour_contrast(text, colour_over(on, canvas));
}

double pair_ratio(const Pair *pair, Mode mode) {
  return ratio_of(pair->text->colours[mode], pair->on->colours[mode], mode);
}

static const Setting *colour_named(Theme *theme, const Layer *layer, Value name, Span at) {
  const Setting *setting = value_is_text(name) ? find_setting(theme, name.str) : NULL;
  if (setting && setting->type == SETTING_COLOUR) return setting;
  Value colours = value_list(theme->arena, theme->setting_count);
  for (size_t i = 0; i < theme->setting_count; i++)
    if (theme->settings[i].type == SETTING_COLOUR) value_push(colours, value_str(theme->settings[i].name));
  DIAG(theme->diags, THEME_PAIR_NAME, value_is_text(name) ? value_span(layer->manifest, name) : at, value_text(name),
       nearest_in_list(value_text(name), colours, theme->arena));
  theme->failed = true;
  return NULL;
}

static bool pair_kind_from(Value name, PairKind *kind) {
  *kind = PAIR_TEXT;
  if (!value_is_defined(name)) return true;
  for (int i = 0; i < PAIR_KIND_COUNT; i++) {
    if (!str_equal(value_text(name), kind_names[i])) continue;
    *kind = (PairKind)i;
    return true;
  }
  return false;
}

static void add_pair(Theme *theme, Pair pair) {
  for (size_t i = 0; i < theme->pair_count; i++) {
    const Pair *known = &theme->pairs[i];
    if (known->text == pair.text && known->on == pair.on && known->kind == pair.kind) return;
  }
  if (theme->pair_count == theme->pair_capacity) {
    theme->pair_capacity = theme->pair_capacity ? theme->pair_capacity * 2 : 64;
    Pair *pairs = ARENA_ARRAY(theme->arena, Pair, theme->pair_capacity);
    if (theme->pair_count) memcpy(pairs, theme->pairs, theme->pair_count * sizeof *pairs);
    theme->pairs = pairs;
  }
  theme->pairs[theme->pair_count++] = pair;
}

static void check_pair_keys(Theme *theme, const Layer *layer, Value entry) {
  static const Str keys[] = {{"text", 4}, {"background", 10}, {"kind", 4}};
  for (size_t i = 0; i < value_count(entry); i++) {
    const ValueEntry *given = &entry.map->entries[i];
    size_t key = 0;
    while (key < 3 && !str_equal(keys[key], given->key)) key++;
    if (key == 3)
      DIAG(theme->diags, KEY_UNKNOWN, origin_span(layer->manifest, given->key_origin, given->key.len), given->key,
           str_nearest(given->key, keys, 3));
  }
}

static void collect_pair(Theme *theme, const Layer *layer, Value entry) {
  Span at = value_span(layer->manifest, entry);
  Value kind_name = value_get(entry, STR("kind"));
  Pair pair;
  if (entry.type != VALUE_MAP) {
    DIAG(theme->diags, KEY_TYPE, at, STR("pairs"),
         STR("a list of maps like { text: ink, background: paper, kind: text }"),
         STR_CONCAT(theme->arena, STR("a list with "), value_type_name(entry)));
    theme->failed = true;
    return;
  }
  check_pair_keys(theme, layer, entry);
  pair.text = colour_named(theme, layer, value_get(entry, STR("text")), at);
  pair.on = colour_named(theme, layer, value_get(entry, STR("background")), at);
  if (!pair_kind_from(kind_name, &pair.kind)) {
    DIAG(theme->diags, THEME_PAIR_KIND, value_span(layer->manifest, kind_name), value_text(kind_name));
    theme->failed = true;
    return;
  }
  if (pair.text && pair.on) add_pair(theme, pair);
}

void collect_pairs(Theme *theme) {
  for (size_t level = theme->layer_count; level-- > 0;) {
    const Layer *layer = &theme->layers[level];
    Value pairs = value_get(layer->data, STR("pairs"));
    if (pairs.type != VALUE_LIST) continue;
    for (size_t i = 0; i < value_count(pairs); i++) collect_pair(theme, layer, value_at(pairs, i));
  }
}

/* A colour that could not be read, and has no earlier value to stand for it, has no contrast. */
static bool is_known(const Pair *pair, Mode mode) {
  return pair->text->css[mode].len && pair->on->css[mode].len;
}

/* What a proposed colour must do: make one pair readable and, when there is such a colour, all others with the setting.
 */
typedef struct Wish {
  const Theme *theme;
  const Pair *pair;
  const Setting *setting;
  Mode mode;
  bool others;
} Wish;

static double ratio_with(const Pair *pair, const Wish *wish, Colour candidate) {
  Colour text = pair->text == wish->setting ? candidate : pair->text->colours[wish->mode];
  Colour on = pair->on == wish->setting ? candidate : pair->on->colours[wish->mode];
  return ratio_of(text, on, wish->mode);
}

static bool grants(const void *context, Colour candidate) {
  const Wish *wish = context;
  if (ratio_with(wish->pair, wish, candidate) < pair_minimum(wish->pair->kind)) return false;
  for (size_t i = 0; wish->others && i < wish->theme->pair_count; i++) {
    const Pair *pair = &wish->theme->pairs[i];
    if (pair->text != wish->setting && pair->on != wish->setting) continue;
    if (is_known(pair, wish->mode) && ratio_with(pair, wish, candidate) < pair_minimum(pair->kind)) return false;
  }
  return true;
}

/* `accent: "#0a58ca"`, for both modes: what is not said would be the parent's. */
static bool is_one_value(const Setting *setting) {
  const Span *light = &setting->origins[MODE_LIGHT].span;
  const Span *dark = &setting->origins[MODE_DARK].span;
  return light->offset == dark->offset && str_equal(light->path, dark->path);
}

static Str advice(Theme *theme, const Pair *pair, const Setting *setting, Mode mode) {
  Colour nearest;
  Wish wish = {theme, pair, setting, mode, true};
  bool found = colour_nearest(setting->colours[mode], grants, &wish, &nearest);
  wish.others = false;
  if (!found && !colour_nearest(setting->colours[mode], grants, &wish, &nearest)) return (Str){"", 0};
  Buf hint = buf_new(theme->arena, THEME_TEXT_MOST);
  buf_add_lit(&hint, "the nearest colour that passes is `");
  colour_write(&hint, nearest);
  buf_add_lit(&hint, "`: write `{ ");
  for (int each = 0; each < MODE_COUNT; each++) {
    if (each != (int)mode && !is_one_value(setting)) continue;
    buf_add_format(&hint, "%s%.*s: \"", each && is_one_value(setting) ? ", " : "", STR_ARG(mode_name((Mode)each)));
    if (each == (int)mode)
      colour_write(&hint, nearest);
    else
      buf_add(&hint, setting->given[each]);
    buf_add_byte(&hint, '"');
  }
  buf_add_lit(&hint, " }` to change this mode alone");
  return buf_str(&hint);
}

/* The one that was set later, by the site rather than by a theme, by a child rather than by its parent. */
static const Setting *to_blame(const Pair *pair, Mode mode) {
  return pair->on->origins[mode].rank > pair->text->origins[mode].rank ? pair->on : pair->text;
}

static void report_pair(Theme *theme, const Pair *pair, Mode mode) {
  const Setting *blamed = to_blame(pair, mode);
  double seen = floor(pair_ratio(pair, mode) * 100) / 100; /* 4.499 is not 4.5 */
  Str detail = str_format(theme->arena, "%.2f:1 in %.*s mode; %s %.1f:1", seen, STR_ARG(mode_name(mode)),
                          pair->kind == PAIR_TEXT    ? "text needs"
                          : pair->kind == PAIR_LARGE ? "large text needs"
                                                     : "borders and icons need",
                          pair_minimum(pair->kind));
  DiagId id = pair->kind == PAIR_UI ? DIAG_THEME_CONTRAST_UI : DIAG_THEME_CONTRAST;
  diag_report(theme->diags, id, blamed->origins[mode].span,
              (Str[]){pair->text->name, pair->on->name, detail, advice(theme, pair, blamed, mode)}, 4);
  theme->failed = true;
}

void check_pairs(Theme *theme) {
  for (size_t i = 0; i < theme->pair_count; i++) {
    const Pair *pair = &theme->pairs[i];
    for (int mode = 0; mode < MODE_COUNT; mode++)
      if (is_known(pair, (Mode)mode) && pair_ratio(pair, (Mode)mode) < pair_minimum(pair->kind))
        report_pair(theme, pair, (Mode)mode);
  }
}
