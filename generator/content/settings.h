/* content/site.yaml, clinic.yaml, facts.yaml: what is true for the whole site.
 *
 * Owner: the arena given. Failure: false, everything reported; a missing clinic.yaml or facts.yaml is an empty map. */
#ifndef PAMPHLET_CONTENT_SETTINGS_H
#define PAMPHLET_CONTENT_SETTINGS_H

#include "content/taxonomy.h"


/* What the site says of itself, in one language. */
typedef struct SiteWords {
  Str title;
  Str description;
  Str disclaimer;
} SiteWords;

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
  SiteWords *words; /* by language */
  bool fallback;    /* a page without a translation is shown among the pages of the other languages all the same */
  Value links;      /* folders outside of content/ that symbolic links in it may lead into, as written */
  Str theme;
  Value theme_settings; /* a map, or undefined */
  bool theme_minify;
  Taxonomies taxonomies;
  Value menu;           /* a list, or undefined */
  Str disclaimer;
  bool overdue_stops;         /* review: {overdue: error} */
  int64_t grade_at_most;      /* reading: {grade_at_most: 9}; 0: no limit */
  int64_t inflesz_at_least;   /* reading: {inflesz_at_least: 55}; 0: no limit */
} SiteSettings;

typedef struct SettingsFiles {
  Arena *arena;
  Str content;  /* the folder, "content" */
  Str base_url; /* from the command line; empty: the file's */
  Str theme;    /* likewise */
  DiagList *diags;
} SettingsFiles;

typedef struct DataFile {
  Str path;
  Str text;
  Value value; /* an empty map when there is no such file */
  bool missing;
} DataFile;

/* Reads one YAML file of content/. */
bool settings_read_file(const SettingsFiles *files, Str name, DataFile *file);
/* The same; its top must be a map. */
bool settings_read_map(const SettingsFiles *files, Str name, DataFile *file);
bool settings_read(const SettingsFiles *files, SiteSettings *settings);
/* Each fact gets a `text` (value and unit) when it has none. */
bool facts_read(const SettingsFiles *files, Value *facts);

/* The index of a language; 0, the site's own, for one that it does not have. */
size_t settings_language_index(const SiteSettings *settings, Str lang);
/* `value` as pages of one language see it: a map whose keys are languages, `{en: 2 weeks, es: 2 semanas}`, becomes the
 * text of that language, or of the first one that has any. What holds no such map is not copied. */
Value settings_in_language(Arena *arena, const SiteSettings *settings, Value value, size_t language);
/* Warns where such a map in the file `name` lacks one of the site's languages. */
void settings_check_languages(const SettingsFiles *files, const SiteSettings *settings, Str name, Value value);

#endif
