/* Where themes are, and what day it is. */
#include "cli/cli.h"
#include "os/os.h"

#include <stdio.h>

const Str *cli_theme_roots(Arena *arena, Str source, size_t *count) {
  Str *roots = ARENA_ARRAY(arena, Str, 4);
  *count = 0;
  roots[(*count)++] = str_equal(source, STR(".")) ? STR("themes") : STR_CONCAT(arena, source, STR("/themes"));
  Str data = os_env("PAMPHLET_DATA");
  if (data.len) roots[(*count)++] = STR_CONCAT(arena, data, STR("/themes"));
  /* bin/pamphlet beside share/pamphlet, wherever both were put. */
  Str program = os_program_path(arena);
  for (int up = 0; up < 2; up++) program = str_slice(program, 0, str_find_last_byte(program, '/'));
  if (program.len) roots[(*count)++] = STR_CONCAT(arena, program, STR("/share/pamphlet/themes"));
  if (!str_equal(roots[*count - 1], STR(PAMPHLET_DATADIR "/themes")))
    roots[(*count)++] = STR(PAMPHLET_DATADIR "/themes");
  return roots;
}

bool cli_now(int64_t *seconds) {
  Str epoch = os_env("SOURCE_DATE_EPOCH");
  *seconds = os_now();
  if (!epoch.len) return true;
  *seconds = 0;
  bool good = epoch.len <= 12;
  for (size_t i = 0; i < epoch.len && good; i++) {
    good = ascii_is_digit(epoch.s[i]);
    *seconds = *seconds * 10 + (epoch.s[i] - '0');
  }
  if (!good) fprintf(stderr, "pamphlet: SOURCE_DATE_EPOCH takes seconds since 1970, not `%.*s`\n", STR_ARG(epoch));
  return good;
}
