/* What the files of theme_check() share. What is found here are warnings, but for files of other sites. */
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
/* Blocks that the parent does not have. */
void check_blocks(Theme *theme, const Source *source);
/* check_site.c: what else nobody would see, and what would be loaded from elsewhere. */
void check_template(Theme *theme, const Source *source);
void check_words(Theme *theme);
/* `{name}` in the words of a layer that the English ones don't have. */
void check_word_places(Theme *theme, size_t level);
void check_files(Theme *theme);
void check_properties(Theme *theme);

#endif
