/* What the files of theme/ share. A theme is a chain of layers: the theme itself is layer 0, what it extends layer 1,
 * and so on to the one that extends nothing. Files are always looked up in the layers' listings, never by a path put
 * together from what someone wrote, so that no name can lead out of a theme's folder.
 *
 * Owner: everything lives in the theme's arena, apart from what `locale` holds (see locale.h).
 * Failure: functions that return bool have reported when they return false. */
#ifndef PAMPHLET_THEME_PRIVATE_H
#define PAMPHLET_THEME_PRIVATE_H

#include "base/limits.h"
#include "theme/colour.h"
#include "theme/locale.h"
#include "theme/theme.h"

typedef struct Layer {
  Str name;
  Str folder;   /* "themes/clinic" */
  Str manifest; /* "themes/clinic/theme.yaml" */
  Value data;   /* what it holds; a map */
  Str version;
  Str extends; /* empty: nothing */
  uint32_t extends_origin;
  const Str *files; /* below folder, in byte order, without names that begin with a dot */
  size_t file_count;
} Layer;

typedef enum SettingType {
  SETTING_COLOUR,
  SETTING_FONT,
  SETTING_LENGTH,
  SETTING_CHOICE,
  SETTING_BOOLEAN,
  SETTING_TEXT,
  SETTING_IMAGE,
  SETTING_TYPE_COUNT
} SettingType;

typedef enum Mode { MODE_LIGHT, MODE_DARK, MODE_COUNT } Mode;

/* Where a value was given, and by whom: the later of two is to blame for what they do together. */
typedef struct Origin {
  Span span;
  size_t rank; /* 0 the root theme … layer_count - 1 the theme itself, layer_count the site */
} Origin;

typedef struct Setting {
  Str name;
  SettingType type;
  Str label;
  Str help;
  Str group;
  Value choices;   /* of a choice: list of text */
  Str declared_by; /* the theme that has it first */
  Origin origins[MODE_COUNT];
  Str given[MODE_COUNT];   /* as written, for people; both the same unless it is a colour */
  Str initial[MODE_COUNT]; /* the same before the site's settings */
  Str css[MODE_COUNT];     /* as a value in CSS; an image's is made when assets have their names */
  Colour colours[MODE_COUNT];
  Value view; /* as templates see it */
} Setting;

typedef enum PairKind { PAIR_TEXT, PAIR_LARGE, PAIR_UI, PAIR_KIND_COUNT } PairKind;

typedef struct Pair {
  const Setting *text;
  const Setting *on;
  PairKind kind;
} Pair;

typedef struct WordFile {
  Str lang;
  Str path;
  size_t level;
  Value words;
} WordFile;

struct Theme {
  Arena *arena;
  DiagList *diags;
  Str base_path;
  Layer *layers; /* 0 the most derived */
  size_t layer_count;
  Setting *settings;
  size_t setting_count;
  size_t setting_capacity;
  Pair *pairs;
  size_t pair_count;
  size_t pair_capacity;
  ThemeAsset *assets; /* in byte order of their names */
  size_t asset_count;
  Value asset_index; /* name → number in assets */
  WordFile *word_files;
  size_t word_file_count;
  Value words; /* language → map of words, filled up from English */
  Value icons;
  Value view;
  bool trim_blocks;
  bool lstrip_blocks;
  bool minify;
  Span settings_span;
  bool failed; /* something was reported; the rest is still looked at, so that all problems come in one run */
  TemplateEngine *engine;
  bool parsed; /* all templates were */
  Locale *locale;
};

/* files.c */
Span file_span(Str path);
Span value_span(Str path, Value value);
Span origin_span(Str path, uint32_t origin, size_t len);
/* Reads a text file of the theme: UTF-8, no NUL. */
bool read_text(Theme *theme, Str path, Str *text);
bool list_files(Theme *theme, Layer *layer);
bool layer_has(const Layer *layer, Str file);
Str layer_path(Arena *arena, const Layer *layer, Str file);
/* The first layer from `from` on that has the file, or layer_count. */
size_t find_layer(const Theme *theme, Str file, size_t from);
/* "css/a.css" and "../img/b.svg" give "img/b.svg"; empty when it leaves the folder. */
Str join_path(Arena *arena, Str from_file, Str relative);
/* All names below `folder` ("templates/") in any layer, without the folder; sorted, each once; a list of text. */
Value names_below(const Theme *theme, Str folder, Arena *arena);
Str nearest_in_list(Str name, Value list, Arena *arena);
Str nearest_key(Str name, Value map, Arena *arena);

/* chain.c */
bool is_theme_name(Str name);
/* False: the chain is not complete, so nothing else can be looked at. Lesser problems only set `failed`. */
bool load_chain(Theme *theme, const ThemeOptions *options);

/* manifest.c */
bool read_manifest(Theme *theme, Layer *layer);
bool version_satisfies(Str version, Str requirement, bool *understood);

/* settings.c. These set `failed`. */
void collect_settings(Theme *theme, const ThemeOptions *options);
Setting *find_setting(const Theme *theme, Str name);
Value setting_names(const Theme *theme);

/* setting_value.c */
Str setting_type_name(SettingType type);
bool setting_type_from(Str name, SettingType *type);
/* Takes a value as written. Reports what is wrong with it at its place. */
bool setting_assign(Theme *theme, Setting *setting, Value value, Origin origin);

/* contrast.c */
void collect_pairs(Theme *theme);
void check_pairs(Theme *theme);
double pair_ratio(const Pair *pair, Mode mode);
double pair_minimum(PairKind kind);
Str pair_kind_name(PairKind kind);
Str mode_name(Mode mode);

/* assets.c, css.c */
void load_assets(Theme *theme);
const ThemeAsset *find_asset(const Theme *theme, Str name);
Str settings_css(Theme *theme);
bool bundle_css(Theme *theme, Str name, Str *css);

/* minify.c: without comments and space, by esbuild. */
bool minify_css(Theme *theme, Str name, Str *css);

/* fonts.c: the @font-face rules that the theme's font settings call for. */
void add_font_faces(Theme *theme, Buf *css);
/* Where an address in those rules is written: css/settings.css is no file. */
Span font_address_span(Theme *theme, Str address);

/* words.c, icons.c */
void load_words(Theme *theme);
void load_icons(Theme *theme);
/* check_words.c: do the words hold `{count}` or the like, in any plural form? */
bool word_has_place(Value word, Str place);

/* theme.c: parses every template once. */
void theme_parse(Theme *theme);

/* filters.c */
void add_filters(Theme *theme);

#endif
