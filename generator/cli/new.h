/* The verbs below `new`, and what they share: files that are made and never overwritten, the marks of starter texts,
 * and what is taken on the command line and as an answer alike. */
#ifndef PAMPHLET_CLI_NEW_H
#define PAMPHLET_CLI_NEW_H

#include "cli/ask.h"
#include "cli/cli.h"
#include "cli/theme.h"

int cli_new_page(int argc, char **argv);
int cli_new_site(int argc, char **argv);

/* Makes a file with its folders and prints its path. False: something is there, or it cannot be written; reported. */
bool new_write(ThemeCommand *command, Str path, Str text);
/* Prints what was reported; the exit code, CLI_SYSTEM when a file could not be written. */
int new_end(ThemeCommand *command);

/* today, half_year and year, from the clock or SOURCE_DATE_EPOCH. False: said so, a usage error. */
bool new_dates(Arena *arena, Value marks);
/* "Example Clinic" gives "EC"; "REF" when there are no letters of use. */
Str new_initials(Arena *arena, Str clinic);
/* A page with one more line in its front matter. */
Str new_front_matter_line(Arena *arena, Str text, Str line);
/* What `source_hash` is in a translation of this page. */
Str new_source_hash(Arena *arena, Str text);

/* Why a text is no title or name, in words that follow it in backticks; empty when it is one. (An AskCheck.) */
Str new_check_title(void *context, Arena *arena, Str text);
/* The texts of a list with commas between them. */
Str new_join(Arena *arena, Value list);

#endif
