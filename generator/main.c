/* argv to verb, exit code. */
#include "cli/cli.h"

#include <stdio.h>
#include <string.h>

static const Verb *const verbs[] = {&cli_new_verb,   &cli_build_verb, &cli_serve_verb, &cli_due_verb,
                                    &cli_facts_verb, &cli_print_verb, &cli_theme_verb};
enum { VERB_COUNT = sizeof verbs / sizeof *verbs };

static const Verb *find(const char *name) {
  for (size_t i = 0; i < VERB_COUNT; i++)
    if (!strcmp(verbs[i]->name, name)) return verbs[i];
  return NULL;
}

static int fail_unknown(const char *name) {
  static const char *const others[] = {"help", "--help", "--version"};
  enum { OTHERS = sizeof others / sizeof *others };
  Str names[VERB_COUNT + OTHERS];
  for (size_t i = 0; i < VERB_COUNT; i++) names[i] = str_from_c(verbs[i]->name);
  for (size_t i = 0; i < OTHERS; i++) names[VERB_COUNT + i] = str_from_c(others[i]);
  Str near = str_nearest(str_from_c(name), names, VERB_COUNT + OTHERS);
  if (near.len) return cli_fail_usage(NULL, "there is no `%s`; did you mean `%.*s`?", name, STR_ARG(near));
  if (name[0] == '-')
    return cli_fail_usage(
        NULL, "there is no option `%s` here: options come after the verb, as in `pamphlet build --strict`", name);
  return cli_fail_usage(NULL, "there is no `%s`", name);
}

static void print_help(FILE *file) {
  fputs("pamphlet makes a clinic's website and leaflets from Markdown.\n\nusage: pamphlet VERB [options]\n\n", file);
  for (size_t i = 0; i < VERB_COUNT; i++) fprintf(file, "  %-8s %s\n", verbs[i]->name, verbs[i]->summary);
  fputs("  help     what a verb does: pamphlet help build; all messages or limits: pamphlet help messages, limits\n"
        "\n"
        "To begin: pamphlet new site my-clinic\n"
        "\n"
        "pamphlet --version prints the version.\n",
        file);
}

static int help(const char *name) {
  if (!name) {
    print_help(stdout);
    return CLI_CLEAN;
  }
  if (!strcmp(name, "limits")) {
    cli_print_limits();
    return CLI_CLEAN;
  }
  if (!strcmp(name, "messages")) {
    cli_print_messages();
    return CLI_CLEAN;
  }
  const Verb *verb = find(name);
  if (!verb) return fail_unknown(name);
  fputs(verb->usage, stdout);
  return CLI_CLEAN;
}

int main(int argc, char **argv) {
  if (argc < 2) {
    print_help(stderr);
    return CLI_USAGE;
  }
  const char *word = argv[1];
  if (!strcmp(word, "--version") || !strcmp(word, "-V") || !strcmp(word, "version")) {
    puts("pamphlet " PAMPHLET_VERSION);
    return CLI_CLEAN;
  }
  if (!strcmp(word, "help") || !strcmp(word, "--help") || !strcmp(word, "-h")) return help(argc > 2 ? argv[2] : NULL);
  const Verb *verb = find(word);
  if (!verb) return fail_unknown(word);
  for (int i = 2; i < argc; i++)
    if (!strcmp(argv[i], "--help") || !strcmp(argv[i], "-h")) return help(word);
  return verb->run(argc - 2, argv + 2);
}
