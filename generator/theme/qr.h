/* A QR code as an inline SVG, by libqrencode (ISO/IEC 18004, model 2).
 *
 * One unit of the SVG is a module; the quiet zone of four is in it. Error correction M: a fold or a stain of 15 % may
 * be lost. Owner: the arena given. Failure: the empty Str for text that no QR code holds (2,331 bytes) or no memory. */
#ifndef PAMPHLET_THEME_QR_H
#define PAMPHLET_THEME_QR_H

#include "base/str.h"

/* `label` is the text alternative; plain text. */
Str qr_svg(Arena *arena, Str text, Str label);

#endif
