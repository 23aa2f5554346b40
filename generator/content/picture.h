/* How many pixels a picture has, from the first bytes of its file: PNG, GIF, JPEG, WebP.
 *
 * Units: pixels. Failure: false: it is none of these, or its size does not stand in the bytes given. SVG has no pixels.
 */
#ifndef PAMPHLET_CONTENT_PICTURE_H
#define PAMPHLET_CONTENT_PICTURE_H

#include "base/str.h"

/* Enough for a JPEG with a preview and a colour profile in front of its size. */
#define PICTURE_HEAD_BYTES ((size_t)256 << 10)
enum { PICTURE_DOTS_LEAST = 150 }; /* an inch on paper; fewer are seen as steps at arm's length */

typedef struct PictureSize {
  unsigned width;
  unsigned height;
} PictureSize;

bool picture_size(Str head, PictureSize *size);
/* Dots an inch on a sheet of A4: a picture is printed as wide as it is on a screen (96 pixels an inch), at most as wide
 * and high as the sheet has room. */
unsigned picture_dots(PictureSize size);

#endif
