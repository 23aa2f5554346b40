/* Between colour.c and colour_parse.c: OKLab to sRGB. May lie outside 0 to 1. */
#ifndef PAMPHLET_THEME_COLOUR_SPACE_H
#define PAMPHLET_THEME_COLOUR_SPACE_H

#include "theme/colour.h"

Colour colour_from_oklab(double lightness, double a, double b, double alpha);

#endif
