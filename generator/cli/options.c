#include "cli/cli.h"

#include <stdarg.h>
#include <stdio.h>

int cli_fail_usage(const Verb *verb, const char *format, ...) {
  va_list args;
  fputs("pamphlet: ", stderr);
  va_start(args, format);
  vfprintf(stderr, format, args);
  va_end(args);
  fprintf(stderr, "\nhint: see `pamphlet help%s%s`\n", verb ? " " : "", verb ? verb->name : "");
  return CLI_USAGE;
}

static const CliOption *find(const CliOptions *options, Str name) {
  for (size_t i = 0; i < options->count; i++)
    if (str_equal(name, str_from_c(options->options[i].name))) return &options->options[i];
  return NULL;
}

static Str nearest(const CliOptions *options, Str name) {
  Str names[32];
  size_t count = 0;
  for (; count < options->count && count < 32; count++) names[count] = str_from_c(options->options[count].name);
  return str_nearest(name, names, count);
}

static bool read_number(Str text, int *number) {
  if (text.len == 0 || text.len > 6) return false;
  *number = 0;
  for (size_t i = 0; i < text.len; i++) {
    if (!ascii_is_digit(text.s[i])) return false;
    *number = *number * 10 + (text.s[i] - '0');
  }
  return true;
}

static bool set(const CliOptions *options, const CliOption *option, Str value) {
  if (option->text) {
    *option->text = value;
    return true;
  }
  if (read_number(value, option->number)) return true;
  cli_fail_usage(options->verb, "%s takes a whole number, not `%.*s`", option->name, STR_ARG(value));
  return false;
}

bool cli_parse(int argc, char **argv, CliOptions *options) {
  bool only_words = false;
  for (int i = 0; i < argc; i++) {
    Str word = str_from_c(argv[i]);
    if (!only_words && str_equal(word, STR("--"))) {
      only_words = true;
      continue;
    }
    if (only_words || !str_starts(word, STR("-")) || word.len == 1) {
      if (options->word_count == options->word_most) {
        cli_fail_usage(options->verb, "`%s` is one word too many", argv[i]);
        return false;
      }
      options->words[options->word_count++] = word;
      continue;
    }
    Str name;
    Str value;
    bool has_value = str_cut(word, '=', &name, &value);
    const CliOption *option = find(options, name);
    if (!option) {
      Str near = nearest(options, name);
      cli_fail_usage(options->verb, "there is no option `%.*s`%s%.*s%s", STR_ARG(name),
                     near.len ? "; did you mean `" : "", STR_ARG(near), near.len ? "`?" : "");
      return false;
    }
    if (option->flag) {
      if (has_value) {
        cli_fail_usage(options->verb, "%s takes no value", option->name);
        return false;
      }
      *option->flag = true;
      continue;
    }
    if (!has_value && i + 1 == argc) {
      cli_fail_usage(options->verb, "%s wants a value", option->name);
      return false;
    }
    if (!set(options, option, has_value ? value : str_from_c(argv[++i]))) return false;
  }
  return true;
}
