/* What runs in a tab around printing: JavaScript as text. Sheets themselves may run none.
 *
 * script_prepare() (prepare.js) resolves, when fonts and pictures are there, to what is shown on paper, in document
 * order: { headings: [{level, text}], links: [{href, text}], texts: ["…" of each text node], broken: ["text alternative
 * of a picture that cannot be shown"], findings: [{kind: "tall" | "wide" | "cut" | "coarse" | "grey", what, is, most}]
 * } (print/lint.h). It also makes lists of tables that are wider than their place, names groups where Chromium's tags
 * would otherwise lose a language, and hides rules, which say nothing. script_fill() writes texts into the elements
 * that ask for them:
 * `<span data-page-of="ID">`. */
#ifndef PAMPHLET_PRINT_SCRIPTS_H
#define PAMPHLET_PRINT_SCRIPTS_H

#include "data/value.h"

/* Static. */
Str script_prepare(void);
/* `texts`: a map from IDs to texts. */
Str script_fill(Arena *arena, Value texts);

#endif
