/* Snippets: text that several pages use, content/_snippets/NAME.md, or NAME.es.md for pages in Spanish.
 *
 * A line `{{ snippet("NAME") }}` of a page, or of a snippet, stands for the whole snippet, as if it were written there:
 * in a quote, in an item of a list, anywhere a block may begin. Code and comments are left alone. A snippet has no
 * front matter; its links are relative to its own file. It is no page.
 *
 * Owner: the arena. Failure: a snippet that is not there, or uses itself, is reported with the chain of uses, and
 * nothing stands in its place. Limits: SNIPPET_DEPTH; a page with its snippets is no longer than PAGE_FILE_MOST. */
#ifndef PAMPHLET_CONTENT_SNIPPETS_H
#define PAMPHLET_CONTENT_SNIPPETS_H

#include "content/page.h"

enum { SNIPPET_DEPTH = 16 }; /* snippets in snippets; clinics' leaflets have one or two */

Snippets *snippets_new(Arena *arena, const SiteSettings *settings, size_t most);
/* `stem` is the name of the file without its ending: "out-of-hours", "out-of-hours.es". */
void snippets_add(Snippets *snippets, const PageMemory *memory, Str path, Str stem, Str text);
/* Reads them all; NULL when there are none. */
Snippets *snippets_read(Arena *arena, const ContentFiles *files, const SiteSettings *settings, DiagList *diags);

/* The text with its snippets in place, and where each part of it came from; the text as it is, and NULL, when it uses
 * none. `snippets` may be NULL. */
const Pieces *snippets_expand(const Snippets *snippets, const PageMemory *memory, const ContentFile *file,
                              MarkdownText *text);

#endif
