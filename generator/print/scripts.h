/* What runs in a tab around printing: JavaScript as text. Sheets themselves may run none.
 *
 * script_prepare resolves, when fonts and pictures are there, to
 *   { headings: [{level, text}], links: [{href, text}], broken: ["text alternative of a picture that cannot be shown"]
 * } of what is shown on paper, in document order. It also names groups where Chromium's tags would otherwise lose a
 * language, and hides rules, which say nothing. script_fill() writes texts into the elements that ask for them: `<span
 * data-page-of="ID">`. */
#ifndef PAMPHLET_PRINT_SCRIPTS_H
#define PAMPHLET_PRINT_SCRIPTS_H

#include "data/value.h"

extern const Str script_prepare;
/* `texts`: a map from IDs to texts. */
Str script_fill(Arena *arena, Value texts);

#endif
