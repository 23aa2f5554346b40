/* Where a piece of a page's visible text stands in its Markdown.
 *
 * The text has lost marks of emphasis, links' targets and line ends, and has curled quotes; values of `{{ }}` are in
 * it, and not in the source. So the search passes over what is not visible, and gives up where the source has no such
 * text. Units: byte offsets into the file. Failure: false, nothing reported. */
#ifndef PAMPHLET_CHECK_PLACE_H
#define PAMPHLET_CHECK_PLACE_H

#include "markdown/markdown.h"

/* The first place of `text` in the file from *at on, within the lines of `block`; *at moves past it. */
bool place_find(Str file, const MarkdownBlock *block, Str text, size_t *at, Span *span);
/* The same for a sentence, of which a part will do: its first words, or else the first line of the block. */
Span place_sentence(Str file, const MarkdownBlock *block, Str sentence, size_t *at);

#endif
