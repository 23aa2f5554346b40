/* What `pamphlet theme …` does, apart from reading its command line.
 *
 * Owner: the arena of the Theme or of ThemeTools. Failure: false, reported; what is only remarked on is a warning. */
#ifndef PAMPHLET_THEME_TOOLS_H
#define PAMPHLET_THEME_TOOLS_H

#include "theme/theme.h"

/* As theme_load(), but a theme with mistakes in it can still be looked at. NULL only when its chain is not complete. */
Theme *theme_open(Arena *arena, const ThemeOptions *options, DiagList *diags);

/* Themes in the roots, by name, first root wins: maps of name, version, extends, description, folder. */
Value theme_list(Arena *arena, const Str *roots, size_t root_count);

/* Every setting: name, type, label, help, group, default, value (text; of colours maps of light and dark), choices,
 * from. */
Value theme_settings_table(const Theme *theme, Arena *arena);
/* Every pair in both modes: text, background, kind, mode, ratio, minimum, text_colour, background_colour. */
Value theme_pairs_table(const Theme *theme, Arena *arena);

/* Templates parse, blocks that are overridden exist, settings, words, icons and assets that are named exist, words are
 * translated, files are used. Reports into the list that the theme was opened with. */
void theme_check(Theme *theme);

/* Where tools write. */
typedef struct ThemeTools {
  Arena *arena;
  DiagList *diags;
  Str site_root;        /* the folder of the site's own themes: "themes" */
  const Str *languages; /* of the site, for a new theme; may be none */
  size_t language_count;
  ThemeOptions *options; /* roots; `name` is set by each call */
} ThemeTools;

/* A child of three files. *files becomes the list of paths that were made. Nothing is overwritten. */
bool theme_create(const ThemeTools *tools, Str name, Str extends, Value *files);
/* Copies `what`, "templates/base.html" or "templates/base.html:footer", from what `child` extends into `child`, and
 * keeps the parent's text in .parent/ for theme_diff(). */
bool theme_eject(const ThemeTools *tools, Str child, Str what, Value *files);
/* Adds to `out` what the parents changed since files were ejected, and counts the files. */
bool theme_diff(const ThemeTools *tools, Str child, Buf *out, size_t *changed);

/* Writes pages with every component and every colour pair into the folder `out`. *files: what was written. */
bool theme_preview(Theme *theme, Str out, Value *files);

/* The lines that differ, as `diff -u` writes them; nothing when there are none. */
void text_diff(Buf *out, Str old_name, Str old_text, Str new_name, Str new_text);

#endif
