/* What a language is called by those who read it, and which way it runs; by ICU.
 *
 * Languages are BCP 47 tags. Owner: the arena given. Failure: an unknown tag gives itself and "ltr". */
#ifndef PAMPHLET_THEME_LANGUAGE_H
#define PAMPHLET_THEME_LANGUAGE_H

#include "base/str.h"

Str language_name(Arena *arena, Str lang); /* "English", "Español", "العربية" */
Str language_dir(Str lang);                /* "ltr" or "rtl" */

#endif
