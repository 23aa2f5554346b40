#include "cli/print.h"

#include "cli/site_view.h"
#include "data/json.h"
#include "os/interrupt.h"
#include "os/os.h"
#include "print/browser.h"

#include <stdio.h>

enum { STANDARD_ERROR = 2, SECONDS_USUAL = 60, SECONDS_MOST = 3600 };

/* --- the command line --- */

static int check_words(PrintCommand *command, size_t words) {
  bool question = command->ledger_check || command->as_of.len;
  PrintOptions *print = &command->print;
  print->words = command->words;
  print->word_count = words;
  print->which = command->all ? PRINT_ALL : command->changed ? PRINT_CHANGED : PRINT_NAMED;
  if (question && !print->archive.len) return cli_fail_usage(&cli_print_verb, "say which archive: --archive DIR");
  if (command->ledger_check && words) return cli_fail_usage(&cli_print_verb, "--ledger-check takes no pages");
  if (question) return CLI_CLEAN;
  if ((words > 0) + command->all + command->changed != 1)
    return cli_fail_usage(&cli_print_verb, "name pages to print, or say --all or --changed");
  return CLI_CLEAN;
}

static int check_values(PrintCommand *command, int seconds) {
  PrintOptions *print = &command->print;
  if (command->paper.len && !str_equal(command->paper, STR("a4")) && !str_equal(command->paper, STR("letter")))
    return cli_fail_usage(&cli_print_verb, "--paper takes `a4` or `letter`, not `%.*s`", STR_ARG(command->paper));
  if (!str_equal(command->format, STR("text")) && !str_equal(command->format, STR("json")))
    return cli_fail_usage(&cli_print_verb, "--format takes `text` or `json`, not `%.*s`", STR_ARG(command->format));
  if (print->tabs < 1 || print->tabs > BROWSER_TABS_MOST)
    return cli_fail_usage(&cli_print_verb, "--jobs takes a number from 1 to %d", BROWSER_TABS_MOST);
  if (seconds < 1 || seconds > SECONDS_MOST)
    return cli_fail_usage(&cli_print_verb, "--timeout takes seconds from 1 to %d", SECONDS_MOST);
  print->sheet.paper = str_equal(command->paper, STR("letter")) ? PAPER_LETTER : PAPER_A4;
  print->seconds = seconds;
  return CLI_CLEAN;
}

static Str without_slash(Str folder) {
  while (folder.len > 1 && str_ends(folder, STR("/"))) folder.len--;
  return folder;
}

static int read_command(int argc, char **argv, PrintCommand *command) {
  PrintOptions *print = &command->print;
  int seconds = SECONDS_USUAL;
  command->source = STR(".");
  command->format = STR("text");
  print->tabs = os_cpu_count() < BROWSER_TABS_MOST ? os_cpu_count() : BROWSER_TABS_MOST;
  const CliOption options[] = {
      {.name = "--all", .flag = &command->all},
      {.name = "--changed", .flag = &command->changed},
      {.name = "--paper", .text = &command->paper},
      {.name = "--large-print", .flag = &print->sheet.large_print},
      {.name = "--lang", .text = &print->lang},
      {.name = "--source", .text = &command->source},
      {.name = "--out", .text = &print->out},
      {.name = "--jobs", .number = &print->tabs},
      {.name = "--timeout", .number = &seconds},
      {.name = "--archive", .text = &print->archive},
      {.name = "--ledger-check", .flag = &command->ledger_check},
      {.name = "--as-of", .text = &command->as_of},
      {.name = "--format", .text = &command->format},
      {.name = "--quiet", .flag = &command->quiet},
  };
  CliOptions parsed = {.verb = &cli_print_verb,
                       .options = options,
                       .count = sizeof options / sizeof *options,
                       .words = command->words,
                       .word_most = PRINT_WORDS_MOST};
  if (!cli_parse(argc, argv, &parsed)) return CLI_USAGE;
  command->source = without_slash(command->source);
  print->out = without_slash(print->out);
  print->archive = without_slash(print->archive);
  int status = check_values(command, seconds);
  return status == CLI_CLEAN ? check_words(command, parsed.word_count) : status;
}

/* --- what is printed on the terminal --- */

typedef struct Progress {
  bool shown;
} Progress;

static void show_progress(void *context, size_t done, size_t total) {
  Progress *progress = context;
  progress->shown = true;
  fprintf(stderr, "\r\033[Kprinted %zu of %zu", done, total);
  fflush(stderr);
}

static Str state_name(PrintState state) {
  static const Str names[] = {{"failed", 6}, {"current", 7}, {"printed", 7}};
  return names[state];
}

static void add_lines(const PrintCommand *command, const PrintResult *result, Buf *out) {
  for (size_t i = 0; i < result->count; i++) {
    const PrintItem *item = &result->items[i];
    if (item->state != PRINT_PRINTED) continue;
    buf_add_format(out, "%.*s/%.*s: %llu page%s, %llu KB\n", STR_ARG(command->print.out), STR_ARG(item->sheet.pdf),
                   (unsigned long long)item->pages, item->pages == 1 ? "" : "s",
                   (unsigned long long)(item->bytes + 1023) / 1024);
  }
}

static void print_text(Arena *arena, const PrintCommand *command, const PrintResult *result, double seconds) {
  Buf out = buf_new(arena, PRINT_OUTPUT_MOST);
  if (command->quiet) return;
  add_lines(command, result, &out);
  if (!result->failed || result->printed)
    buf_add_format(&out, "Printed %zu handout%s in %.1f s; %zu %s up to date.\n", result->printed,
                   result->printed == 1 ? "" : "s", seconds, result->current, result->current == 1 ? "was" : "were");
  cli_print(buf_str(&out));
}

static Value item_value(Arena *arena, const PrintCommand *command, const PrintItem *item) {
  const Sheet *sheet = &item->sheet;
  Value map = value_map(arena, 10);
  value_put(map, "pdf", value_str(STR_CONCAT(arena, command->print.out, STR("/"), sheet->pdf)));
  value_put(map, "id", value_str(sheet->id));
  value_put(map, "kind", value_c(handouts_kind_name(sheet->kind)));
  value_put(map, "lang", value_str(sheet->lang));
  value_put(map, "title", value_str(sheet->title));
  value_put(map, "paper", value_c(sheet->options.paper == PAPER_LETTER ? "letter" : "a4"));
  value_put(map, "large_print", value_bool(sheet->options.large_print));
  value_put(map, "state", value_str(state_name(item->state)));
  if (item->state == PRINT_FAILED) return map;
  value_put(map, "pages", value_int((int64_t)item->pages));
  value_put(map, "bytes", value_int((int64_t)item->bytes));
  return map;
}

static void print_json(Arena *arena, const PrintCommand *command, const PrintResult *result, const DiagList *diags) {
  Value map = value_map(arena, 5);
  Value list = value_list(arena, result->count);
  for (size_t i = 0; i < result->count; i++) value_push(list, item_value(arena, command, &result->items[i]));
  value_put(map, "printed", value_int((int64_t)result->printed));
  value_put(map, "current", value_int((int64_t)result->current));
  value_put(map, "failed", value_int((int64_t)result->failed));
  value_put(map, "handouts", list);
  value_put(map, "diagnostics", cli_diags_value(arena, diags, false));
  Buf text = buf_new(arena, PRINT_OUTPUT_MOST);
  json_write(&text, map, JSON_OUT_UTF8, 2);
  buf_add_byte(&text, '\n');
  cli_print(buf_str(&text));
}

/* --- printing --- */

static int status_of(const PrintResult *result, const DiagList *diags) {
  if (result->system_failed) return CLI_SYSTEM;
  if (result->usage) return CLI_USAGE;
  return diag_has_errors(diags, false) || result->failed ? CLI_CONTENT : CLI_CLEAN;
}

static int print_site(PrintCommand *command, CliSite *cli) {
  Progress progress = {0};
  PrintResult result = {0};
  DiagList diags = diag_list_new(cli->arena);
  double began = os_seconds();
  bool json = str_equal(command->format, STR("json"));
  if (!command->quiet && os_is_terminal(STANDARD_ERROR)) {
    command->print.progress = show_progress;
    command->print.progress_context = &progress;
  }
  cli->site->diags = &diags;
  site_connect(cli->site);
  if (!diag_has_errors(&diags, false)) print_handouts(cli->site, &command->print, &diags, &result);
  command->print.progress = NULL;
  command->print.progress_context = NULL;
  if (progress.shown) fputs("\r\033[K", stderr);
  diag_sort(&diags);
  if (json) {
    print_json(cli->arena, command, &result, &diags);
  } else {
    cli_print_diags(cli->arena, &diags, false);
    print_text(cli->arena, command, &result, os_seconds() - began);
  }
  return status_of(&result, &diags);
}

static int print_command(PrintCommand *command) {
  CliSite cli;
  if (!cli_site_open(&cli, command->source)) return cli.status;
  if (cli.status != CLI_CLEAN) {
    fputs("Nothing was printed.\n", stderr);
    cli_site_close(&cli);
    return cli.status;
  }
  if (!command->print.out.len)
    command->print.out =
        str_equal(command->source, STR(".")) ? STR("out") : STR_CONCAT(cli.arena, command->source, STR("/out"));
  os_catch_interrupts();
  int status = print_site(command, &cli);
  cli_site_close(&cli);
  return status;
}

static int run(int argc, char **argv) {
  PrintCommand command = {0};
  int status = read_command(argc, argv, &command);
  if (status != CLI_CLEAN) return status;
  if (command.ledger_check) return print_answer_check(&command);
  if (command.as_of.len) return print_answer_as_of(&command);
  return print_command(&command);
}

const Verb cli_print_verb = {
    .name = "print",
    .summary = "make PDFs of handouts",
    .usage =
        "usage: pamphlet print [PAGE…|--all|--changed] [options]\n"
        "\n"
        "Prints handouts as PDFs that screen readers can read, into handouts/ of the published site. A handout whose\n"
        "PDF is up to date is not printed again. PAGE is a page by its file, address or name, or another handout by "
        "its\n"
        "name; it is printed in every language that it has. The PDFs are linked by the next `pamphlet build`.\n"
        "\n"
        "  --all             all handouts\n"
        "  --changed         those that were printed before and are out of date\n"
        "  --paper SIZE      a4 or letter (default: a4)\n"
        "  --large-print     18 pt, in a layout of its own\n"
        "  --lang LANGUAGE   this language only\n"
        "  --source DIR      the folder that holds content/ and themes/ (default: this one)\n"
        "  --out DIR         the published site (default: out/ in the source folder)\n"
        "  --jobs N          so many at once (default: one a processor); the result is the same\n"
        "  --timeout N       give a handout up after so many seconds (default: 60)\n"
        "  --archive DIR     keep every edition that is printed in this folder, for good\n"
        "  --format FORMAT   text, or json (default: text)\n"
        "  --quiet           print diagnostics only\n"
        "\n"
        "Questions to an archive; they print nothing:\n"
        "  --archive DIR --ledger-check         is all as it was written?\n"
        "  --archive DIR --as-of DATE [PAGE…]   which editions were handed out on that day (2026-03-14) or in that\n"
        "                                       month (2026-03)? With PAGE: and what did they say?\n"
        "\n"
        "Exit status: 0 clean, 1 content, theme or archive, 2 command line, 3 system.\n"
        "PAMPHLET_BROWSER names the Chromium to use; SOURCE_DATE_EPOCH sets the day.\n",
    .run = run,
};
