#include "cli/theme.h"
#include "markdown/markdown.h"

#include <stdio.h>

int cli_theme_preview(int argc, char **argv) {
  ThemeCommand command;
  Str name = {"", 0};
  Str out = {"", 0};
  theme_command_begin(&command);
  const CliOption options[] = {{.name = "--source", .text = &command.source}, {.name = "--out", .text = &out}};
  CliOptions parsed = {.verb = &cli_theme_verb,
                       .options = options,
                       .count = sizeof options / sizeof *options,
                       .words = &name,
                       .word_most = 1};
  if (!cli_parse(argc, argv, &parsed)) return CLI_USAGE;
  if (!out.len) return cli_fail_usage(&cli_theme_verb, "`theme preview` wants a folder to write to: --out DIR");
  if (!theme_command_read(&command, name)) return theme_command_end(&command);
  command.options.base_path = STR("./"); /* so that it can be opened from the disk */
  Theme *theme = theme_open(&command.arena, &command.options, &command.diags);
  if (!theme) return theme_command_end(&command);
  markdown_start();
  theme_command_add_filters(theme);
  Value files;
  theme_preview(theme, out, &files);
  theme_command_print_files(files);
  theme_release(theme);
  return theme_command_end(&command);
}
