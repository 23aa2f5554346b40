/* A file as a data: URI (RFC 2397), its media type told by its name.
 *
 * Owner: the arena given. Failure: none; an ending that is not known gives application/octet-stream. */
#ifndef PAMPHLET_THEME_DATA_URI_H
#define PAMPHLET_THEME_DATA_URI_H

#include "base/str.h"

Str data_uri(Arena *arena, Str name, Str bytes);

#endif
