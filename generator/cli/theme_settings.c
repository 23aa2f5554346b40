#include "cli/theme.h"

#include <stdio.h>

static void print_value(const char *name, Value value) {
  if (value.type == VALUE_MAP) {
    Str light = value_text(value_get(value, STR("light")));
    Str dark = value_text(value_get(value, STR("dark")));
    printf("    %s: %.*s light, %.*s dark\n", name, STR_ARG(light), STR_ARG(dark));
  } else if (value.type == VALUE_BOOL) {
    printf("    %s: %s\n", name, value.b ? "true" : "false");
  } else {
    printf("    %s: %.*s\n", name, STR_ARG(value.str.len ? value.str : STR("(none)")));
  }
}

static void print_setting(Value row) {
  Str name = value_text(value_get(row, STR("name")));
  Str label = value_text(value_get(row, STR("label")));
  Str help = value_text(value_get(row, STR("help")));
  Str from = value_text(value_get(row, STR("from")));
  Value choices = value_get(row, STR("choices"));
  printf("%.*s (%.*s)%s%.*s\n", STR_ARG(name), STR_ARG(value_text(value_get(row, STR("type")))), label.len ? ": " : "",
         STR_ARG(label));
  if (help.len) printf("    %.*s\n", STR_ARG(help));
  if (value_count(choices)) fputs("    one of:", stdout);
  for (size_t i = 0; i < value_count(choices); i++) printf(" %.*s", STR_ARG(value_text(value_at(choices, i))));
  if (value_count(choices)) putchar('\n');
  print_value("default", value_get(row, STR("default")));
  if (str_equal(from, STR("site"))) print_value("set in content/site.yaml to", value_get(row, STR("value")));
}

int cli_theme_settings(int argc, char **argv) {
  ThemeCommand command;
  Str name = {"", 0};
  theme_command_begin(&command);
  const CliOption options[] = {{.name = "--source", .text = &command.source},
                               {.name = "--format", .text = &command.format}};
  CliOptions parsed = {.verb = &cli_theme_verb,
                       .options = options,
                       .count = sizeof options / sizeof *options,
                       .words = &name,
                       .word_most = 1};
  if (!cli_parse(argc, argv, &parsed)) return CLI_USAGE;
  if (!theme_command_read(&command, name)) return theme_command_end(&command);
  Theme *theme = theme_open(&command.arena, &command.options, &command.diags);
  if (!theme) return theme_command_end(&command);
  Value table = theme_settings_table(theme, &command.arena);
  if (theme_command_wants_json(&command))
    theme_command_print_json(&command, table);
  else
    for (size_t i = 0; i < value_count(table); i++) print_setting(value_at(table, i));
  theme_release(theme);
  return theme_command_end(&command);
}
