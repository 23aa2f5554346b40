/* What the files of theme_check() share. Everything found here is a warning: the site can be built. */
#ifndef PAMPHLET_THEME_CHECK_H
#define PAMPHLET_THEME_CHECK_H

#include "theme/private.h"

typedef struct Source {
  Str name; /* "templates/base.html" */
  Str path;
  Str text;
  size_t level;
} Source;

/* A text file of the theme or of an ancestor; false, and nothing reported, when it cannot be read. */
bool check_read(Theme *theme, size_t level, Str file, Source *source);
void check_words(Theme *theme);
void check_files(Theme *theme);
void check_properties(Theme *theme);

#endif
