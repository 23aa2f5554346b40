/* A theme: its settings, words, assets and templates, with everything inherited already put together.
 *
 * theme_load() reads theme.yaml of the named theme and of all that it extends, merges settings and words, checks
 * contrast of the declared pairs, gives assets their hashed names and makes a template engine with the clinic filters
 * registered.
 *
 * Owner: all of it lives in the arena given; read-only afterwards. ICU's formatters do not: see theme_release().
 * Failure: NULL, reported, all problems in one run.
 * Limits: THEME_DEPTH_MOST ancestors; sizes of files in theme/private.h. */
#ifndef PAMPHLET_THEME_THEME_H
#define PAMPHLET_THEME_THEME_H

#include "template/template.h"

enum { THEME_DEPTH_MOST = 16 }; /* nobody stacks more; a longer chain is a cycle or a mistake */

typedef struct Theme Theme;

typedef struct ThemeOptions {
  Str name;
  const Str *roots; /* folders that hold themes, first wins: the site's own, then the installed ones */
  size_t root_count;
  Value settings;     /* site.yaml's `theme.settings`, or undefined */
  Span settings_span; /* of the file that holds them: path, for diagnostics; origins of the Values give the place */
  Str base_path;      /* what URLs of the site begin with: "/" or "/clinic/" */
  bool minify;        /* comments and space are taken out of style sheets by esbuild, which must be there */
} ThemeOptions;

typedef struct ThemeAsset {
  Str name;   /* "css/theme.css" */
  Str output; /* where it is published, relative to out/: "assets/css/theme.3f29ab01c4d5.css" */
  Str url;    /* base_path + output */
  Str bytes;
  Str integrity; /* "sha384-…", for style sheets and scripts */
} ThemeAsset;

Theme *theme_load(Arena *arena, const ThemeOptions *options, DiagList *diags);
/* Gives ICU's formatters back, the only thing that does not live in the arena. NULL is fine. In the process that loaded
 * it. */
void theme_release(Theme *theme);

Str theme_name(const Theme *theme);
/* The engine: filters date, phone, slug, plain, asset, integrity, url, t; test asset; function icon(name, label).
 * markdown and reading_grade are added by who has them. */
TemplateEngine *theme_engine(Theme *theme);
/* NULL when the theme has no such template (not reported) or it is wrong (reported once). The first call parses all
 * templates of the theme: after the last template_add_filter(), before workers are forked. */
const Template *theme_template(Theme *theme, Str name);
/* The paths of all files of the theme and of what it extends, for who has to know whether one has changed; a list. */
Value theme_files(const Theme *theme, Arena *arena);
size_t theme_asset_count(const Theme *theme);
const ThemeAsset *theme_asset(const Theme *theme, size_t index);
/* The words of a language with what it lacks filled from English; a map of text (or of plural forms). */
Value theme_words(const Theme *theme, Str lang);
/* Warns of each of `languages`, a list read from the file `path`, in which the theme has no words though it has English
 * ones. */
void theme_check_languages(Theme *theme, Value languages, Str path);
/* Warns of what nobody would see in the themes below `site_root`, the folder of the site's own: blocks that the parent
 * does not have (any more), text outside of blocks; refuses files of other sites. After theme_load(). */
void theme_check_site(Theme *theme, Str site_root);
/* Inline SVGs by name, from icons/ of the theme and its ancestors; a map of markup. */
Value theme_icons(const Theme *theme);
/* `theme` as templates see it: name, version, settings. */
Value theme_view(const Theme *theme);

#endif
