/* The text of a piece of HTML: tags gone, character references decoded, white space as a reader sees it; blocks are
 * separated by a space. Scripts and style sheets are no text, nor is what is hidden from readers. By gumbo.
 *
 * Owner: the result is in `arena`.
 * Failure: none. */
#ifndef PAMPHLET_THEME_PLAIN_H
#define PAMPHLET_THEME_PLAIN_H

#include "base/str.h"

Str plain_text(Arena *arena, Str html);

#endif
