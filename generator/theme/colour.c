#include "theme/colour.h"
#include "theme/colour_space.h"

#include <math.h>

/* One step of the search for a readable lightness: finer than the 8 bits of a screen. */
static const double lightness_step = 1.0 / 1024;

typedef struct Oklch {
  double lightness, chroma, hue; /* hue in radians */
} Oklch;

static double clamp01(double value) {
  return value < 0 ? 0 : value > 1 ? 1 : value;
}

static Colour clipped(Colour colour) {
  return (Colour){clamp01(colour.r), clamp01(colour.g), clamp01(colour.b), clamp01(colour.alpha)};
}

/* CSS Color 4, section 10.2: sRGB's transfer function, odd-symmetric for values beyond it. */
static double to_linear(double encoded) {
  double size = fabs(encoded);
  double linear = size <= 0.04045 ? size / 12.92 : pow((size + 0.055) / 1.055, 2.4);
  return copysign(linear, encoded);
}

static double to_encoded(double linear) {
  double size = fabs(linear);
  double encoded = size <= 0.0031308 ? size * 12.92 : 1.055 * pow(size, 1 / 2.4) - 0.055;
  return copysign(encoded, linear);
}

/* The matrices are Björn Ottosson's, https://bottosson.github.io/posts/oklab/ . */
Colour colour_from_oklab(double lightness, double a, double b, double alpha) {
  double l = pow(lightness + 0.3963377774 * a + 0.2158037573 * b, 3);
  double m = pow(lightness - 0.1055613458 * a - 0.0638541728 * b, 3);
  double s = pow(lightness - 0.0894841775 * a - 1.2914855480 * b, 3);
  return (Colour){to_encoded(4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s),
                  to_encoded(-1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s),
                  to_encoded(-0.0041960863 * l - 0.7034186147 * m + 1.7076147010 * s), alpha};
}

static Oklch to_oklch(Colour colour) {
  double r = to_linear(colour.r);
  double g = to_linear(colour.g);
  double b = to_linear(colour.b);
  double l = cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b);
  double m = cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b);
  double s = cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b);
  double a_axis = 1.9779984951 * l - 2.4285922050 * m + 0.4505937099 * s;
  double b_axis = 0.0259040371 * l + 0.7827717662 * m - 0.8086757660 * s;
  return (Oklch){0.2104542553 * l + 0.7936177850 * m - 0.0040720468 * s, hypot(a_axis, b_axis), atan2(b_axis, a_axis)};
}

static Colour from_oklch(Oklch colour, double alpha) {
  return colour_from_oklab(colour.lightness, colour.chroma * cos(colour.hue), colour.chroma * sin(colour.hue), alpha);
}

Colour colour_over(Colour top, Colour below) {
  Colour over = clipped(top);
  Colour under = clipped(below);
  double through = 1 - over.alpha;
  return (Colour){over.r * over.alpha + under.r * through, over.g * over.alpha + under.g * through,
                  over.b * over.alpha + under.b * through, 1};
}

double colour_luminance(Colour colour) {
  Colour seen = clipped(colour);
  return 0.2126 * to_linear(seen.r) + 0.7152 * to_linear(seen.g) + 0.0722 * to_linear(seen.b);
}

double colour_contrast(Colour text, Colour on) {
  double front = colour_luminance(colour_over(text, on));
  double back = colour_luminance(on);
  return front > back ? (front + 0.05) / (back + 0.05) : (back + 0.05) / (front + 0.05);
}

static double rounded(double value) {
  return round(clamp01(value) * 255) / 255;
}

/* As it is when written with 8 bits a channel, so that a colour that is proposed passes as proposed. */
static Colour as_written(Colour colour) {
  return (Colour){rounded(colour.r), rounded(colour.g), rounded(colour.b), rounded(colour.alpha)};
}

static bool in_srgb(Colour c) {
  const double slack = 1e-4;
  return c.r >= -slack && c.r <= 1 + slack && c.g >= -slack && c.g <= 1 + slack && c.b >= -slack && c.b <= 1 + slack;
}

/* Clipping would turn the hue, so chroma gives way instead. */
static Colour fitted(Oklch colour, double alpha) {
  Colour whole = from_oklch(colour, alpha);
  if (in_srgb(whole)) return as_written(whole);
  double fits = 0;
  double too_much = colour.chroma;
  for (int i = 0; i < 16; i++) {
    double middle = (fits + too_much) / 2;
    if (in_srgb(from_oklch((Oklch){colour.lightness, middle, colour.hue}, alpha)))
      fits = middle;
    else
      too_much = middle;
  }
  return as_written(from_oklch((Oklch){colour.lightness, fits, colour.hue}, alpha));
}

bool colour_nearest(Colour from, ColourTest *passes, const void *context, Colour *nearest) {
  Oklch start = to_oklch(clipped(from));
  for (int step = 0; step * lightness_step <= 1; step++) {
    for (int sign = -1; sign <= 1; sign += 2) {
      double lightness = start.lightness + sign * step * lightness_step;
      if (lightness < -lightness_step || lightness > 1 + lightness_step) continue;
      *nearest = fitted((Oklch){clamp01(lightness), start.chroma, start.hue}, from.alpha);
      if (passes(context, *nearest)) return true;
    }
  }
  return false;
}

void colour_write(Buf *out, Colour colour) {
  Colour written = as_written(colour);
  buf_add_format(out, "#%02x%02x%02x", (unsigned)lround(written.r * 255), (unsigned)lround(written.g * 255),
                 (unsigned)lround(written.b * 255));
  if (written.alpha < 1) buf_add_format(out, "%02x", (unsigned)lround(written.alpha * 255));
}
