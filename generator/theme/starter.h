/* The texts that a new site and a new page begin with: files below starter/ of a theme, inherited file by file as all
 * its files are, so that a clinic's own theme may replace any of them. themes/base/starter/README.md says what is
 * where.
 *
 * A mark such as @today@ in such a file is filled in; everything else is copied as it stands.
 * Owner: the theme's arena. Failure: false, reported; an unknown mark is an error with its place, so that none is left
 * in a site. */
#ifndef PAMPHLET_THEME_STARTER_H
#define PAMPHLET_THEME_STARTER_H

#include "theme/theme.h"

/* Names below starter/<folder>, a list of text, sorted. `folder` ends with a slash. */
Value starter_names(Theme *theme, Str folder);
/* The words for one language, a map of text; an empty one when there are none. */
Value starter_words(Theme *theme, Str lang);
bool starter_has(Theme *theme, Str file);
/* Reports that there is no such file or folder. False. */
bool starter_fail_missing(Theme *theme, Str file);
/* Reads starter/<file> and fills its marks from a map of text. */
bool starter_fill(Theme *theme, Str file, Value marks, Str *text);

/* Text as a YAML value: as it stands when it reads back the same everywhere, in double quotes otherwise. */
Str starter_yaml(Arena *arena, Str text);

#endif
