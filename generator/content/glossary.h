/* content/glossary.yaml: medical words and what they mean in plain words.
 *
 *     - term: {en: fatigue, es: fatiga}
 *       plain: {en: Being very tired., es: Mucho cansancio.}
 *       forms: {en: [fatigued]}
 *       instead: feeling very tired
 *
 * An entry belongs to the languages that it has a meaning in; one whose meaning is a plain text, to the site's own. A
 * page of the kind `glossary` shows all terms of its language, A to Z.
 *
 * Owner: the arena given. Failure: reported; what cannot be used is left out. */
#ifndef PAMPHLET_CONTENT_GLOSSARY_H
#define PAMPHLET_CONTENT_GLOSSARY_H

#include "content/page.h"

typedef struct Glossary {
  Str path; /* "content/glossary.yaml" */
  Str text;
  Value entries; /* a list of maps, as they were read and checked */
} Glossary;

/* An empty one when there is no such file. */
void glossary_read(const SettingsFiles *files, const SiteSettings *settings, Glossary *glossary);
/* The entries of a language, a list of maps { term, plain, forms, instead } in the order of its alphabet. Two
 * that are the same are reported. */
Value glossary_in_language(Arena *arena, const Glossary *glossary, const SiteSettings *settings, size_t language,
                           DiagList *diags);
/* Clinic data and facts in the meanings: `entries` as pages show them. */
Value glossary_fill(MarkdownFill *fill, Value entries);

/* Puts the terms behind the text of a page of the kind `glossary`; what page->pieces becomes. */
const Pieces *glossary_append(const PageLoader *loader, const PageMemory *memory, const Page *page, MarkdownText *text);

#endif
