/* The verbs below `theme`, and what they share: where the site is, which theme it has, what to print at the end. */
#ifndef PAMPHLET_CLI_THEME_H
#define PAMPHLET_CLI_THEME_H

#include "cli/cli.h"
#include "content/settings.h"
#include "theme/tools.h"

int cli_theme_check(int argc, char **argv);
int cli_theme_diff(int argc, char **argv);
int cli_theme_eject(int argc, char **argv);
int cli_theme_list(int argc, char **argv);
int cli_theme_new(int argc, char **argv);
int cli_theme_preview(int argc, char **argv);
int cli_theme_render(int argc, char **argv);
int cli_theme_settings(int argc, char **argv);

typedef struct ThemeCommand {
  Arena arena;
  DiagList diags;
  Str source;
  Str format; /* "text" or "json" */
  bool strict;
  SiteSettings site; /* all empty when there is no content/site.yaml */
  ThemeOptions options;
} ThemeCommand;

/* Before options are read: defaults, so that options may point into the command. */
void theme_command_begin(ThemeCommand *command);
/* After them: reads content/site.yaml, finds the themes. The theme is `name`, or the site's own when that is empty; the
 * site's settings are used when it is the site's own. False: reported. */
bool theme_command_read(ThemeCommand *command, Str name);
/* Prints the diagnostics and gives the memory back. The exit code. */
int theme_command_end(ThemeCommand *command);
/* Tools that write into the site's themes. */
/* Stands in for the filters that a build registers, so that their names are known. */
void theme_command_add_filters(Theme *theme);
ThemeTools theme_command_tools(ThemeCommand *command);
bool theme_command_wants_json(const ThemeCommand *command);
void theme_command_print_json(ThemeCommand *command, Value value);
/* A line a path. */
void theme_command_print_files(Value files);

#endif
