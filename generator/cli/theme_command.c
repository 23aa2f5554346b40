#include "cli/theme.h"
#include "data/json.h"
#include "os/os.h"

#include <stdio.h>

enum { ARENA_BYTES = 1 << 30, JSON_MOST = 64 << 20 };

void theme_command_begin(ThemeCommand *command) {
  *command = (ThemeCommand){.arena = arena_reserve(ARENA_BYTES), .source = STR("."), .format = STR("text")};
}

/* A site need not be complete, or be there at all, for a theme to be looked at. */
static bool read_site(ThemeCommand *command) {
  Arena *arena = &command->arena;
  Str content =
      str_equal(command->source, STR(".")) ? STR("content") : STR_CONCAT(arena, command->source, STR("/content"));
  if (os_stat(STR_CONCAT(arena, content, STR("/site.yaml"))).kind == OS_NOTHING) return true;
  SettingsFiles files = {.arena = arena, .content = content, .diags = &command->diags};
  return settings_read(&files, &command->site);
}

bool theme_command_read(ThemeCommand *command, Str name) {
  Arena *arena = &command->arena;
  command->diags = diag_list_new(arena);
  while (command->source.len > 1 && str_ends(command->source, STR("/"))) command->source.len--;
  if (!read_site(command)) return false;
  ThemeOptions *options = &command->options;
  options->name = name.len ? name : command->site.theme.len ? command->site.theme : STR("clinic");
  options->roots = cli_theme_roots(arena, command->source, &options->root_count);
  options->base_path = command->site.base_path.len ? command->site.base_path : STR("/");
  options->settings_span = (Span){command->site.path.len ? command->site.path : options->roots[0], STR_NONE, 0};
  options->minify = command->site.theme_minify;
  if (str_equal(options->name, command->site.theme)) options->settings = command->site.theme_settings;
  return true;
}

int theme_command_end(ThemeCommand *command) {
  diag_sort(&command->diags);
  cli_print_diags(&command->arena, &command->diags, command->strict);
  Str count = cli_count_diags(&command->arena, &command->diags, command->strict);
  if (count.len) fprintf(stderr, "%.*s.\n", STR_ARG(count));
  bool failed = diag_has_errors(&command->diags, command->strict);
  arena_release(&command->arena);
  return failed ? CLI_CONTENT : CLI_CLEAN;
}

ThemeTools theme_command_tools(ThemeCommand *command) {
  return (ThemeTools){.arena = &command->arena,
                      .diags = &command->diags,
                      .site_root = command->options.roots[0],
                      .languages = command->site.languages,
                      .language_count = command->site.language_count,
                      .options = &command->options};
}

bool theme_command_wants_json(const ThemeCommand *command) {
  return str_equal(command->format, STR("json"));
}

void theme_command_print_json(ThemeCommand *command, Value value) {
  Buf text = buf_new(&command->arena, JSON_MOST);
  json_write(&text, value, JSON_OUT_UTF8, 2);
  buf_add_byte(&text, '\n');
  cli_print(buf_str(&text));
}

void theme_command_print_files(Value files) {
  for (size_t i = 0; i < value_count(files); i++) printf("%.*s\n", STR_ARG(value_text(value_at(files, i))));
}

/* What upper folders register in a build. Here only their names matter. */
static Value leave_alone(TemplateCall *call) {
  return call->input;
}

void theme_command_add_filters(Theme *theme) {
  static const char *const names[] = {"markdown", "reading_grade"};
  for (size_t i = 0; i < sizeof names / sizeof *names; i++)
    template_add_filter(theme_engine(theme), str_from_c(names[i]), leave_alone, NULL);
}
