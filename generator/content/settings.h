/* content/site.yaml, clinic.yaml, facts.yaml: what is true for the whole site.
 *
 * Owner: the arena given. Failure: false, everything reported; a missing clinic.yaml or facts.yaml is an empty map. */
#ifndef PAMPHLET_CONTENT_SETTINGS_H
#define PAMPHLET_CONTENT_SETTINGS_H

#include "data/value.h"
#include "diag/diag.h"

enum { DATA_FILE_MOST = 4 << 20 }; /* bytes; 40 times the largest clinic directory seen */

typedef struct SiteSettings {
  Str path; /* "content/site.yaml", for diagnostics */
  Value raw;
  Str title;
  Str description;
  Str base_url;  /* with a slash at the end */
  Str base_path; /* the path in it: "/" or "/clinic/" */
  Str lang;      /* the first of languages */
  const Str *languages;
  size_t language_count;
  Str theme;
  Value theme_settings; /* a map, or undefined */
  Value menu;           /* a list, or undefined */
  Str disclaimer;
} SiteSettings;

typedef struct SettingsFiles {
  Arena *arena;
  Str content;  /* the folder, "content" */
  Str base_url; /* from the command line; empty: the file's */
  Str theme;    /* likewise */
  DiagList *diags;
} SettingsFiles;

bool settings_read(const SettingsFiles *files, SiteSettings *settings);
/* `emergency`, `phones` … as templates and Markdown see them. */
bool clinic_read(const SettingsFiles *files, Value *clinic);
/* Each fact gets a `text` (value and unit) when it has none. */
bool facts_read(const SettingsFiles *files, Value *facts);
/* Every phone number in the clinic's data, digits only; a list of text. */
Value clinic_phones(Arena *arena, Value clinic);

#endif
