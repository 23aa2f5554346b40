#include "cli/cli.h"
#include "data/json.h"
#include "os/os.h"
#include "site/verify.h"

#include <stdio.h>

enum { STANDARD_OUT = 1, STANDARD_ERROR = 2 };

typedef struct Progress {
  double begin;
  bool shown;
} Progress;

/* One line on a terminal, rewritten in place, for builds that take more than a second. */
static void show_progress(void *context, Str step, size_t done, size_t total) {
  Progress *progress = context;
  if (os_seconds() - progress->begin < 1.0) return;
  progress->shown = true;
  fprintf(stderr, "\r\033[K%.*s %zu of %zu", STR_ARG(step), done, total);
  fflush(stderr);
}

static void clear_progress(const Progress *progress) {
  if (progress->shown) fputs("\r\033[K", stderr);
}

typedef struct BuildCommand {
  BuildOptions build;
  Str format;
  bool quiet;
  bool verify;
} BuildCommand;

static int read_command(int argc, char **argv, BuildCommand *command) {
  BuildOptions *build = &command->build;
  build->source = STR(".");
  build->jobs = os_cpu_count();
  build->rebuild = true;
  command->format = STR("text");
  const CliOption options[] = {
      {.name = "--source", .text = &build->source},   {.name = "--out", .text = &build->out},
      {.name = "--theme", .text = &build->theme},     {.name = "--base-url", .text = &build->base_url},
      {.name = "--drafts", .flag = &build->drafts},   {.name = "--jobs", .number = &build->jobs},
      {.name = "--strict", .flag = &build->strict},   {.name = "--format", .text = &command->format},
      {.name = "--quiet", .flag = &command->quiet},   {.name = "--stats", .flag = &build->stats},
      {.name = "--verify", .flag = &command->verify}, {.name = "--fresh", .flag = &build->fresh},
      {.name = "--section", .text = &build->section}, {.name = "--lang", .text = &build->lang},
  };
  CliOptions parsed = {.verb = &cli_build_verb, .options = options, .count = sizeof options / sizeof *options};
  if (!cli_parse(argc, argv, &parsed)) return CLI_USAGE;
  while (build->source.len > 1 && str_ends(build->source, STR("/"))) build->source.len--;
  while (build->out.len > 1 && str_ends(build->out, STR("/"))) build->out.len--;
  while (build->section.len > 1 && str_ends(build->section, STR("/"))) build->section.len--;
  if (build->jobs < 1 || build->jobs > WORKERS_MOST)
    return cli_fail_usage(&cli_build_verb, "--jobs takes a number from 1 to %d", WORKERS_MOST);
  if (!str_equal(command->format, STR("text")) && !str_equal(command->format, STR("json")))
    return cli_fail_usage(&cli_build_verb, "--format takes `text` or `json`, not `%.*s`", STR_ARG(command->format));
  return cli_now(&build->now) ? CLI_CLEAN : CLI_USAGE;
}

static void print_text(Arena *arena, const BuildCommand *command, const BuildResult *result, double seconds) {
  if (command->quiet || !result->published) return;
  Str text =
      str_format(arena, "Built %zu page%s, %zu files in %.*s: %zu written, %zu unchanged, %zu removed, in %.2f s.\n",
                 result->pages, result->pages == 1 ? "" : "s", result->files, STR_ARG(command->build.out),
                 result->written, result->unchanged, result->removed, seconds);
  os_write(STANDARD_OUT, text);
}

/* What an editor or a CI job reads. No time in it: the same input gives the same bytes. */
static void print_json(Arena *arena, const BuildCommand *command, const BuildResult *result, const DiagList *diags) {
  Value map = value_map(arena, 8);
  value_put(map, "published", value_bool(result->published));
  value_put(map, "pages", value_int((int64_t)result->pages));
  value_put(map, "files", value_int((int64_t)result->files));
  value_put(map, "written", value_int((int64_t)result->written));
  value_put(map, "unchanged", value_int((int64_t)result->unchanged));
  value_put(map, "removed", value_int((int64_t)result->removed));
  value_put(map, "rendered", value_int((int64_t)result->rendered));
  if (command->build.stats) value_put(map, "reading", result->reading);
  value_put(map, "diagnostics", cli_diags_value(arena, diags, command->build.strict));
  Buf text = buf_new(arena, (size_t)256 << 20);
  json_write(&text, map, JSON_OUT_UTF8, 2);
  buf_add_byte(&text, '\n');
  cli_print(buf_str(&text));
}

static void print_summary(Arena *arena, const BuildCommand *command, const BuildResult *result, const DiagList *diags) {
  Str count = cli_count_diags(arena, diags, command->build.strict);
  if (command->quiet || !count.len) return;
  fprintf(stderr, "%.*s. %s\n", STR_ARG(count),
          result->published ? "The site was published."
          : result->begun ? "Each file of the site is whole, but some are old and some new: mend this and build again."
                          : "Nothing was published; the site is as it was before.");
}

/* --verify: reads what was published, and writes nothing. */
static int verify(Arena *arena, const BuildCommand *command) {
  DiagList diags = diag_list_new(arena);
  size_t checked = 0;
  site_verify(arena, command->build.out, &diags, &checked);
  diag_sort(&diags);
  cli_print_diags(arena, &diags, command->build.strict);
  bool wrong = diag_has_errors(&diags, command->build.strict);
  if (!command->quiet && !wrong)
    cli_print(
        str_format(arena, "%zu files in %.*s are as they were published.\n", checked, STR_ARG(command->build.out)));
  return wrong ? CLI_CONTENT : CLI_CLEAN;
}

static int run(int argc, char **argv) {
  BuildCommand command = {0};
  int status = read_command(argc, argv, &command);
  if (status != CLI_CLEAN) return status;
  Progress progress = {.begin = os_seconds()};
  if (!command.quiet && os_is_terminal(STANDARD_ERROR)) {
    command.build.progress = show_progress;
    command.build.progress_context = &progress;
  }
  Workers *workers = workers_open(command.build.jobs);
  if (!workers) {
    fputs("pamphlet: the system grants no memory\n", stderr);
    return CLI_SYSTEM;
  }
  Arena *arena = workers_arena(workers);
  if (!command.build.out.len)
    command.build.out =
        str_equal(command.build.source, STR(".")) ? STR("out") : STR_CONCAT(arena, command.build.source, STR("/out"));
  command.build.theme_roots = cli_theme_roots(arena, command.build.source, &command.build.theme_root_count);
  if (command.verify) {
    status = verify(arena, &command);
    workers_close(workers);
    return status;
  }
  DiagList diags = diag_list_new(arena);
  BuildResult result = site_build(&command.build, workers, &diags);
  clear_progress(&progress);
  if (str_equal(command.format, STR("json"))) {
    print_json(arena, &command, &result, &diags);
  } else {
    cli_print_diags(arena, &diags, command.build.strict);
    print_summary(arena, &command, &result, &diags);
    print_text(arena, &command, &result, os_seconds() - progress.begin);
    if (command.build.stats) cli_print_reading(arena, result.reading);
  }
  workers_close(workers);
  if (result.system_failed) return CLI_SYSTEM;
  return diag_has_errors(&diags, command.build.strict) || !result.published ? CLI_CONTENT : CLI_CLEAN;
}

const Verb cli_build_verb = {
    .name = "build",
    .summary = "make the website",
    .usage =
        "usage: pamphlet build [options]\n"
        "\n"
        "Reads content/ and themes/ and publishes the website into out/. When anything is an error, all of it is\n"
        "reported and the published site stays as it was.\n"
        "\n"
        "  --source DIR      the folder that holds content/ and themes/ (default: this one)\n"
        "  --out DIR         where to publish (default: out/ in the source folder)\n"
        "  --theme NAME      this theme instead of the one in site.yaml\n"
        "  --base-url URL    this address instead of the one in site.yaml\n"
        "  --section PATH    only this folder of content/; / for all that is in none, and what the whole site shares\n"
        "  --lang LANGUAGE   only the pages in this language; docs/scale.md has more of parts\n"
        "  --drafts          publish drafts too\n"
        "  --jobs N          so many worker processes (default: one a processor); the result is the same\n"
        "  --strict          warnings are errors\n"
        "  --format FORMAT   text, or json for editors and CI (default: text)\n"
        "  --stats           print how hard each page is to read, and advice\n"
        "  --fresh           make everything anew, also what has not changed since the last build\n"
        "  --verify          build nothing; check the published files against the list of what was published\n"
        "  --quiet           print diagnostics only\n"
        "\n"
        "Exit status: 0 clean, 1 content or theme, 2 command line, 3 system.\n"
        "SOURCE_DATE_EPOCH sets the day; NO_COLOR turns colour off; PAMPHLET_DATA names a folder with more themes.\n",
    .run = run,
};
