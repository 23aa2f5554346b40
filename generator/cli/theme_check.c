#include "cli/theme.h"
#include "data/json.h"

#include <stdio.h>

static int finish(ThemeCommand *command) {
  bool clean = !command->diags.count;
  Str name = command->options.name;
  if (theme_command_wants_json(command)) {
    diag_sort(&command->diags);
    theme_command_print_json(command, cli_diags_value(&command->arena, &command->diags, command->strict));
  } else if (clean) {
    printf("The theme `%.*s` is in order.\n", STR_ARG(name));
  }
  return theme_command_end(command);
}

int cli_theme_check(int argc, char **argv) {
  ThemeCommand command;
  Str name = {"", 0};
  theme_command_begin(&command);
  const CliOption options[] = {{.name = "--source", .text = &command.source},
                               {.name = "--format", .text = &command.format},
                               {.name = "--strict", .flag = &command.strict}};
  CliOptions parsed = {.verb = &cli_theme_verb,
                       .options = options,
                       .count = sizeof options / sizeof *options,
                       .words = &name,
                       .word_most = 1};
  if (!cli_parse(argc, argv, &parsed)) return CLI_USAGE;
  if (!theme_command_read(&command, name)) return theme_command_end(&command);
  Theme *theme = theme_open(&command.arena, &command.options, &command.diags);
  if (theme) {
    theme_command_add_filters(theme);
    theme_check(theme);
    theme_release(theme);
  }
  return finish(&command);
}
