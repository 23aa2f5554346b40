/* Colours as CSS writes them, and how readable one is on another.
 *
 * Reads hex, names, rgb(), hsl(), hwb(), oklab() and oklch() with commas or spaces, numbers, percentages, angles,
 * `none` and alpha (CSS Color Module Level 4, sections 5 to 9). A colour beyond sRGB is clipped to it for contrast, as
 * screens do.
 *
 * Units: r, g, b are gamma-encoded sRGB, 0 to 1; alpha 0 to 1. Lightness of OKLCH 0 to 1, hue in degrees.
 * Failure: colour_parse() gives false; nothing is reported.
 * Source of luminance and contrast: WCAG 2.2, "relative luminance", "contrast ratio". */
#ifndef PAMPHLET_THEME_COLOUR_H
#define PAMPHLET_THEME_COLOUR_H

#include "base/buf.h"

typedef struct Colour {
  double r, g, b;
  double alpha;
} Colour;

bool colour_parse(Str text, Colour *colour);

/* `top` seen on an opaque `below`. */
Colour colour_over(Colour top, Colour below);
double colour_luminance(Colour colour);
/* 1 to 21. `text` is laid over `on`; `on` must be opaque. */
double colour_contrast(Colour text, Colour on);

/* The colour of the same hue and, as far as sRGB has it, the same chroma whose lightness differs least from `from` and
 * for which `passes` holds. False when no lightness passes. */
typedef bool ColourTest(const void *context, Colour candidate);
bool colour_nearest(Colour from, ColourTest *passes, const void *context, Colour *nearest);

/* #rrggbb, or #rrggbbaa when it is not opaque. */
void colour_write(Buf *out, Colour colour);

#endif
