/* Media types by the ending of a file's name, with the charset where there is one. */
#ifndef PAMPHLET_SERVE_TYPES_H
#define PAMPHLET_SERVE_TYPES_H

#include "base/str.h"

/* "text/html; charset=utf-8"; what is not known is "application/octet-stream". */
Str type_of_path(Str path);

#endif
