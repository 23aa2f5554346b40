/* Between eject.c and diff.c: a parent's file, or one block of it, and where the child keeps the parent's text. */
#ifndef PAMPHLET_THEME_EJECT_H
#define PAMPHLET_THEME_EJECT_H

#include "theme/private.h"

typedef struct Ejected {
  Str file;  /* "templates/base.html" */
  Str block; /* empty: the whole file */
  size_t level;
  Str path;
  Str text; /* of the file, or of the block from {% block %} to {% endblock %} */
} Ejected;

/* `what` is "templates/base.html" or "templates/base.html:footer", looked up in what the theme extends. False: not
 * there, not reported; a file that is there but cannot be read is. */
bool eject_find(Theme *theme, Str what, Ejected *found);
/* ".parent/templates/base.html@footer" in the child's folder. */
Str eject_store(Arena *arena, const Layer *own, const Ejected *ejected);

#endif
