#include "cli/theme.h"

#include <stdio.h>

int cli_theme_eject(int argc, char **argv) {
  ThemeCommand command;
  Str what = {"", 0};
  Str into = {"", 0};
  theme_command_begin(&command);
  const CliOption options[] = {{.name = "--source", .text = &command.source}, {.name = "--into", .text = &into}};
  CliOptions parsed = {.verb = &cli_theme_verb,
                       .options = options,
                       .count = sizeof options / sizeof *options,
                       .words = &what,
                       .word_most = 1};
  if (!cli_parse(argc, argv, &parsed)) return CLI_USAGE;
  if (!what.len)
    return cli_fail_usage(&cli_theme_verb, "`theme eject` wants a file or a block: templates/base.html or "
                                           "templates/base.html:footer");
  if (!theme_command_read(&command, into)) return theme_command_end(&command);
  ThemeTools tools = theme_command_tools(&command);
  Value files;
  theme_eject(&tools, command.options.name, what, &files);
  theme_command_print_files(files);
  return theme_command_end(&command);
}
