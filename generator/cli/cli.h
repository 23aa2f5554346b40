/* The command line: verbs, their options, and what they print. One file a verb.
 *
 * Exit codes: 0 clean, 1 something in the content or theme is wrong, 2 the command line is wrong, 3 the system failed.
 * Diagnostics go to standard error, results to standard output. Colour on a terminal only, never with NO_COLOR. */
#ifndef PAMPHLET_CLI_CLI_H
#define PAMPHLET_CLI_CLI_H

#include "data/value.h"
#include "diag/diag.h"

enum { CLI_CLEAN = 0, CLI_CONTENT = 1, CLI_USAGE = 2, CLI_SYSTEM = 3 };

typedef struct Verb {
  const char *name;
  const char *summary;               /* one line */
  const char *usage;                 /* what `pamphlet help NAME` prints */
  int (*run)(int argc, char **argv); /* argv[0] is the first word after the verb */
} Verb;

extern const Verb cli_build_verb;
extern const Verb cli_theme_verb;
extern const Verb cli_due_verb;
extern const Verb cli_facts_verb;
extern const Verb cli_new_verb;
extern const Verb cli_serve_verb;
extern const Verb cli_print_verb;

/* Options of a verb, as a table. A value goes to `text` or `number`; a flag to `flag`. */
typedef struct CliOption {
  const char *name; /* "--jobs" */
  Str *text;
  int *number;
  bool *flag;
} CliOption;

typedef struct CliOptions {
  const Verb *verb;
  const CliOption *options;
  size_t count;
  Str *words; /* what is not an option goes here; NULL when the verb takes none */
  size_t word_most;
  size_t word_count;
} CliOptions;

/* False: the command line is wrong, said so. */
bool cli_parse(int argc, char **argv, CliOptions *options);
int cli_fail_usage(const Verb *verb, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* What a verb was asked for, to standard output. Where it cannot be written, the process ends with CLI_SYSTEM and says
 * why: who reads it must not take a part for all. */
void cli_print(Str text);
/* All of the list on standard error, as text. */
void cli_print_diags(Arena *scratch, const DiagList *diags, bool strict);
/* "1 error and 2 warnings", or the empty Str. */
Str cli_count_diags(Arena *arena, const DiagList *diags, bool strict);
/* The text of a file that a diagnostic points into: a DiagReadFile. */
Str cli_read_source(void *context, Arena *arena, Str path);
/* Diagnostics as a list of maps, for JSON. */
Value cli_diags_value(Arena *arena, const DiagList *diags, bool strict);

/* The table of `build --stats` on standard output: site_reading_value(). */
void cli_print_reading(Arena *arena, Value pages);

/* The reference of all messages, as Markdown, on standard output. */
void cli_print_messages(void);
void cli_print_limits(void);

/* Folders that hold themes: the site's own, $PAMPHLET_DATA/themes, and those installed with the program. */
const Str *cli_theme_roots(Arena *arena, Str source, size_t *count);
/* SOURCE_DATE_EPOCH, or the clock. False: the variable holds no number; said so. */
bool cli_now(int64_t *seconds);

#endif
