/* The reference of all limits, made from their table: `pamphlet help limits`. docs/limits.md is its output. */
#include "base/limits.h"
#include "cli/cli.h"

#include <stdio.h>

typedef struct Limit {
  const char *name;
  int number;
  const char *what;
  const char *why;
} Limit;

static const Limit limits[] = {
#define LIMIT(name, number, what, why) {#name, number, what, why},
#include "base/limits.def"
#undef LIMIT
};

static void print_cell(const char *text) {
  for (; *text; text++) {
    if (*text == '|') putchar('\\');
    putchar(*text);
  }
}

void cli_print_limits(void) {
  fputs("# Every limit\n\n"
        "What people give the generator is bounded, so that no page can stop a build, fill the machine or be published half. Past\n"
        "a limit there is an error at the place, and nothing is published. They are the same for everybody and stand in\n"
        "`generator/base/limits.def`. This page is made by `make docs`.\n\n"
        "| limit | of what | where the number comes from | name in the code |\n|--:|---|---|---|\n",
        stdout);
  for (size_t i = 0; i < sizeof limits / sizeof *limits; i++) {
    printf("| `%d` | ", limits[i].number); /* as code: no phone number */
    print_cell(limits[i].what);
    fputs(" | ", stdout);
    print_cell(limits[i].why);
    printf(" | `%s` |\n", limits[i].name);
  }
}
