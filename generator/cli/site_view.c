#include "cli/site_view.h"

#include "os/os.h"
#include "site/reading.h"

#include <stdio.h>

/* Warnings are the build's business. */
static void print_errors(CliSite *cli) {
  DiagList errors = diag_list_new(cli->arena);
  for (const Diag *diag = cli->diags.first; diag; diag = diag->next)
    if (diag_message(diag->id)->severity == SEVERITY_ERROR)
      diag_report(&errors, diag->id, diag->span, diag->args, sizeof diag->args / sizeof *diag->args);
  if (!errors.count) return;
  diag_sort(&errors);
  cli_print_diags(cli->arena, &errors, false);
  cli->status = CLI_CONTENT;
}

bool cli_site_open(CliSite *cli, Str source) {
  *cli = (CliSite){.status = CLI_CLEAN};
  BuildOptions *options = &cli->options;
  options->source = source;
  while (options->source.len > 1 && str_ends(options->source, STR("/"))) options->source.len--;
  options->jobs = os_cpu_count();
  if (options->jobs > WORKERS_MOST) options->jobs = WORKERS_MOST;
  if (!cli_now(&options->now)) {
    cli->status = CLI_USAGE;
    return false;
  }
  cli->workers = workers_open(options->jobs);
  if (!cli->workers) {
    fputs("pamphlet: the system grants no memory\n", stderr);
    cli->status = CLI_SYSTEM;
    return false;
  }
  cli->arena = workers_arena(cli->workers);
  options->theme_roots = cli_theme_roots(cli->arena, options->source, &options->theme_root_count);
  cli->diags = diag_list_new(cli->arena);
  cli->site = ARENA_NEW(cli->arena, Site);
  cli->site->options = options;
  cli->site->workers = cli->workers;
  cli->site->arena = cli->arena;
  cli->site->diags = &cli->diags;
  bool loaded = site_load(cli->site);
  print_errors(cli);
  if (!loaded) cli_site_close(cli);
  return loaded;
}

void cli_site_close(CliSite *cli) {
  site_reading_close(cli->site);
  theme_release(cli->site->theme);
  workers_close(cli->workers);
}
