#include "cli/theme.h"

#include <stdio.h>

int cli_theme_new(int argc, char **argv) {
  ThemeCommand command;
  Str name = {"", 0};
  Str extends = {"", 0};
  theme_command_begin(&command);
  const CliOption options[] = {{.name = "--source", .text = &command.source}, {.name = "--extends", .text = &extends}};
  CliOptions parsed = {.verb = &cli_theme_verb,
                       .options = options,
                       .count = sizeof options / sizeof *options,
                       .words = &name,
                       .word_most = 1};
  if (!cli_parse(argc, argv, &parsed)) return CLI_USAGE;
  if (!name.len) return cli_fail_usage(&cli_theme_verb, "`theme new` wants a name: pamphlet theme new our-clinic");
  if (!theme_command_read(&command, extends)) return theme_command_end(&command);
  ThemeTools tools = theme_command_tools(&command);
  Value files;
  bool made = theme_create(&tools, name, command.options.name, &files);
  theme_command_print_files(files);
  if (made) printf("Now make it the theme of the site: `theme: { name: %.*s }` in content/site.yaml.\n", STR_ARG(name));
  return theme_command_end(&command);
}
