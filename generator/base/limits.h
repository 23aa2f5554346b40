/* The bounds on what people may give the generator, as constants; the table with the reason for each is limits.def.
 *
 * Bounds on the code's own affairs (a buffer, a list of names) stand where they are used. */
#ifndef PAMPHLET_BASE_LIMITS_H
#define PAMPHLET_BASE_LIMITS_H

enum {
#define LIMIT(name, number, what, why) name = (number),
#include "base/limits.def"
#undef LIMIT
};

#endif
