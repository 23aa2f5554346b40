/* What tools that write into themes share. */
#ifndef PAMPHLET_THEME_WRITE_H
#define PAMPHLET_THEME_WRITE_H

#include "theme/private.h"
#include "theme/tools.h"

/* Opens the theme `name` for a tool: without the site's settings. NULL: reported. */
Theme *tool_open(const ThemeTools *tools, Str name);
/* Where a theme of the site lies, whether it is there or not. */
Str site_theme_folder(const ThemeTools *tools, Str name);
/* Refuses when the theme is not one of the site's own. */
bool is_site_theme(const ThemeTools *tools, const Theme *theme);
/* Writes a new file with its folders. Something in its place is refused with the advice. Adds the path to *files. */
bool write_new(const ThemeTools *tools, Str path, Str bytes, Str advice, Value *files);
bool write_over(const ThemeTools *tools, Str path, Str bytes);
/* 16 hex digits of what a text is. */
Str fingerprint(Arena *arena, Str text);

#endif
