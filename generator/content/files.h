/* The files of content/ and where each goes on the site.
 *
 * A page's URL follows from its path alone, so that a link can be written while its page is read. `a/_index.md` is
 * the section /a/, `a/b.md` the page /a/b/, `a/b.es.md` its Spanish version /es/a/b/. Where there is no such file and
 * the site says `fallback`, the Spanish version is a file made up here, a fallback: the text of `a/b.md` at /es/a/b/.
 * Names become URL parts by utf8_slug(). Everything else is an asset and keeps its path. Names that begin with `.` or
 * `_` (but `_index`) and editors' backup files are left out; the data files at the top are read, not published.
 *
 * Units: paths relative to content/, `/` between parts. `url` is root-relative, percent-encoded, with the base path.
 * Owner: the arena given. Failure: files that can't be used are reported. */
#ifndef PAMPHLET_CONTENT_FILES_H
#define PAMPHLET_CONTENT_FILES_H

#include "base/map.h"
#include "content/settings.h"
#include "os/os.h"

typedef enum FileRole { FILE_PAGE, FILE_SECTION, FILE_ASSET } FileRole;

typedef struct ContentFile {
  Str path;   /* "car-t/after.md" */
  Str name;   /* path without language and ending: the same for all translations of a page, "car-t/after" */
  Str url;    /* "/car-t/after/" */
  Str output; /* "car-t/after/index.html" */
  Str lang;
  size_t language; /* its index in site.yaml */
  FileRole role;
  bool fallback;
  size_t page; /* index among pages, of a fallback the page whose text it shows; STR_NONE for an asset */
  /* By language, shared by all versions of a page; NULL where there is none. Of assets and of a site with one language
   * NULL as a whole. */
  const struct ContentFile **versions;
} ContentFile;

typedef struct ContentFiles {
  Str root;           /* "content", as shown to people */
  ContentFile *items; /* in byte order of the paths */
  size_t count;
  size_t page_count;
  ContentFile *fallbacks;
  size_t fallback_count;
  Map by_path;
  Map by_url;
} ContentFiles;

/* The names of the data files at the top of content/, NULL-ended. */
extern const char *const files_data[];
/* Walks `root`. False when it can't be read at all; reported. */
bool files_scan(Arena *arena, Str root, const SiteSettings *settings, DiagList *diags, ContentFiles *files);
/* The second half of it: what was found in `files->root`, all else of `files` empty, gets its place. */
bool files_place(Arena *arena, const OsEntries *entries, const SiteSettings *settings, DiagList *diags,
                 ContentFiles *files);
/* file_names.c: warns of names that mean something to other generators alone. */
void files_check_names(Arena *arena, const ContentFiles *files, const SiteSettings *settings, DiagList *diags);
const ContentFile *files_find(const ContentFiles *files, Str path);
/* The file at a root-relative URL, a fallback too. */
const ContentFile *files_find_url(const ContentFiles *files, Str url);
/* The same page in another language: a file, a fallback, or, when there is neither, `file` itself. */
const ContentFile *files_version(const ContentFile *file, size_t language);
/* The path of the file as shown to people: root and path. */
Str files_shown(Arena *arena, const ContentFiles *files, Str path);

/* Bytes that may not stand in a URL's path become %XX; `/` stays. */
Str url_encode(Arena *arena, Str path);

#endif
