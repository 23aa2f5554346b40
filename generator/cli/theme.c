#include "cli/theme.h"

#include <string.h>

/* The verbs below `theme`, by name. */
static const struct {
  const char *name;
  int (*run)(int argc, char **argv);
} verbs[] = {
    {"list", cli_theme_list},     {"settings", cli_theme_settings}, {"check", cli_theme_check},
    {"render", cli_theme_render}, {"new", cli_theme_new},           {"eject", cli_theme_eject},
    {"diff", cli_theme_diff},     {"preview", cli_theme_preview},
};
enum { VERB_COUNT = sizeof verbs / sizeof *verbs };

static int run(int argc, char **argv) {
  if (argc < 1) return cli_fail_usage(&cli_theme_verb, "`theme` wants a second word, such as `theme list`");
  Str names[VERB_COUNT];
  for (size_t i = 0; i < VERB_COUNT; i++) {
    if (!strcmp(verbs[i].name, argv[0])) return verbs[i].run(argc - 1, argv + 1);
    names[i] = str_from_c(verbs[i].name);
  }
  Str near = str_nearest(str_from_c(argv[0]), names, VERB_COUNT);
  if (near.len)
    return cli_fail_usage(&cli_theme_verb, "there is no `theme %s`; did you mean `%.*s`?", argv[0], STR_ARG(near));
  return cli_fail_usage(&cli_theme_verb, "there is no `theme %s`", argv[0]);
}

const Verb cli_theme_verb = {
    .name = "theme",
    .summary = "look at themes, make one, change one",
    .usage = "usage: pamphlet theme list [--format json]\n"
             "       pamphlet theme settings [NAME] [--format json]\n"
             "       pamphlet theme check [NAME] [--strict] [--format json]\n"
             "       pamphlet theme render TEMPLATE --data FILE.json\n"
             "       pamphlet theme preview [NAME] --out DIR\n"
             "       pamphlet theme new NAME [--extends THEME]\n"
             "       pamphlet theme eject FILE[:BLOCK] [--into NAME]\n"
             "       pamphlet theme diff [NAME]\n"
             "\n"
             "  list       the themes that there are; * marks the site's own\n"
             "  settings   what a theme lets you set, and what it is set to\n"
             "  check      templates, blocks, settings, colours, translations and unused files of a theme\n"
             "  render     one template with data of your own, to standard output\n"
             "  preview    pages with every component and every pair of colours, to open in a browser\n"
             "  new        a theme of your own, which extends another: three files\n"
             "  eject      copies a file, or one block of a template, from the theme that yours extends into yours\n"
             "  diff       what that theme has changed since, in files that were ejected\n"
             "\n"
             "Without NAME the theme is the one in content/site.yaml. All take --source DIR, the folder that holds "
             "content/\n"
             "and themes/ (default: this one).\n"
             "\n"
             "Exit status: 0 clean, 1 theme or content, 2 command line, 3 system.\n",
    .run = run,
};
