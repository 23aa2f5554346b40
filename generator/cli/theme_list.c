#include "cli/theme.h"

#include <stdio.h>

static void print_theme(Value theme, Str current) {
  Str name = value_text(value_get(theme, STR("name")));
  Str version = value_text(value_get(theme, STR("version")));
  Str extends = value_text(value_get(theme, STR("extends")));
  printf("%s %-12.*s %-8.*s", str_equal(name, current) ? "*" : " ", STR_ARG(name), STR_ARG(version));
  printf(" %.*s", STR_ARG(value_text(value_get(theme, STR("description")))));
  if (extends.len) printf(" Extends %.*s.", STR_ARG(extends));
  printf(" (%.*s)\n", STR_ARG(value_text(value_get(theme, STR("folder")))));
}

int cli_theme_list(int argc, char **argv) {
  ThemeCommand command;
  theme_command_begin(&command);
  const CliOption options[] = {{.name = "--source", .text = &command.source},
                               {.name = "--format", .text = &command.format}};
  CliOptions parsed = {.verb = &cli_theme_verb, .options = options, .count = sizeof options / sizeof *options};
  if (!cli_parse(argc, argv, &parsed)) return CLI_USAGE;
  if (!theme_command_read(&command, (Str){"", 0})) return theme_command_end(&command);
  Value list = theme_list(&command.arena, command.options.roots, command.options.root_count);
  if (theme_command_wants_json(&command))
    theme_command_print_json(&command, list);
  else
    for (size_t i = 0; i < value_count(list); i++) print_theme(value_at(list, i), command.options.name);
  return theme_command_end(&command);
}
