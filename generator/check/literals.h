/* Numbers that an author wrote by hand beside a fact of facts.yaml.
 *
 * "Do not drive for 8 weeks" beside `no_driving: {value: 2, unit: weeks, watch: [drive, driving]}`: a number with the
 * fact's unit, in a sentence or a row of a table that has one of the fact's watch words. The same value is a warning to
 * use the fact, another one that it contradicts it. Without `watch` all words of the fact's name must stand there.
 * Values in `was` are accepted where the sentence, or the head of the column, speaks of former times.
 * `<!-- facts: ok -->` in the block keeps it quiet. Number words are known in English and Spanish, digits in any
 * script.
 *
 * Owner: the arena; read-only afterwards. Failure: reported as warnings, at their position in the file. */
#ifndef PAMPHLET_CHECK_LITERALS_H
#define PAMPHLET_CHECK_LITERALS_H

#include "markdown/markdown.h"

typedef struct Literals Literals;

/* `facts` as pages of `lang` see them. NULL: no fact has a number and a unit. */
Literals *literals_new(Arena *arena, Value facts, Str lang);
/* `doc` has blocks. NULL for literals is fine. */
void literals_check(const Literals *literals, const MarkdownText *text, const MarkdownDoc *doc, DiagList *diags);
/* The same for a text of the front matter. */
void literals_check_value(const Literals *literals, const MarkdownText *text, Value value, DiagList *diags);

#endif
