#include "cli/theme.h"

#include <stdio.h>

enum { DIFF_MOST = 64 << 20 };

int cli_theme_diff(int argc, char **argv) {
  ThemeCommand command;
  Str name = {"", 0};
  theme_command_begin(&command);
  const CliOption options[] = {{.name = "--source", .text = &command.source}};
  CliOptions parsed = {.verb = &cli_theme_verb,
                       .options = options,
                       .count = sizeof options / sizeof *options,
                       .words = &name,
                       .word_most = 1};
  if (!cli_parse(argc, argv, &parsed)) return CLI_USAGE;
  if (!theme_command_read(&command, name)) return theme_command_end(&command);
  ThemeTools tools = theme_command_tools(&command);
  Buf text = buf_new(&command.arena, DIFF_MOST);
  size_t changed = 0;
  bool compared = theme_diff(&tools, command.options.name, &text, &changed);
  cli_print(buf_str(&text));
  if (compared && !changed) fputs("Nothing that was ejected has changed since.\n", stderr);
  return theme_command_end(&command);
}
