/* An HTML document of this site that asks nobody for anything: style sheets, fonts and pictures become part of it,
 * scripts go, links become absolute.
 *
 * Assumes HTML that the theme's templates wrote: quoted attributes, no markup in attributes. What is not a file of the
 * site is left as it is. Owner: the arena given. Failure: none; a picture that cannot be read any more is left out. */
#ifndef PAMPHLET_SITE_SHEET_INLINE_H
#define PAMPHLET_SITE_SHEET_INLINE_H

#include "site/site.h"

Str inline_document(const Site *site, Arena *arena, Str html);

/* The tag that `html` begins with, from `<` to `>`. */
Str inline_tag(Str html);
/* As written, references not decoded; empty when there is none. */
Str inline_attribute(Str tag, Str name);

#endif
