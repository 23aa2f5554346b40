#include "cli/cli.h"
#include "os/os.h"
#include "serve/serve.h"

#include <stdio.h>

enum { STANDARD_ERROR = 2, PORT = 8080, PORT_MOST = 65535 };

static int read_command(int argc, char **argv, ServeOptions *serve) {
  BuildOptions *build = &serve->build;
  build->source = STR(".");
  build->jobs = os_cpu_count();
  serve->bind = STR("127.0.0.1");
  serve->port = PORT;
  const CliOption options[] = {
      {.name = "--source", .text = &build->source}, {.name = "--theme", .text = &build->theme},
      {.name = "--drafts", .flag = &build->drafts}, {.name = "--strict", .flag = &build->strict},
      {.name = "--jobs", .number = &build->jobs},   {.name = "--port", .number = &serve->port},
      {.name = "--bind", .text = &serve->bind},     {.name = "--open", .flag = &serve->open},
      {.name = "--quiet", .flag = &serve->quiet},   {.name = "--out", .text = &build->out},
  };
  CliOptions parsed = {.verb = &cli_serve_verb, .options = options, .count = sizeof options / sizeof *options};
  if (!cli_parse(argc, argv, &parsed)) return CLI_USAGE;
  while (build->source.len > 1 && str_ends(build->source, STR("/"))) build->source.len--;
  if (build->jobs < 1 || build->jobs > WORKERS_MOST)
    return cli_fail_usage(&cli_serve_verb, "--jobs takes a number from 1 to %d", WORKERS_MOST);
  if (serve->port > PORT_MOST) return cli_fail_usage(&cli_serve_verb, "--port takes a number from 0 to %d", PORT_MOST);
  /* A day that is given holds; else each new reading of the site asks the clock. */
  if (os_env("SOURCE_DATE_EPOCH").len && !cli_now(&build->now)) return CLI_USAGE;
  return CLI_CLEAN;
}

static int fail_port(const ServeOptions *serve) {
  int free = serve_free_port(serve->bind, serve->port + 1);
  fprintf(stderr, "pamphlet: port %d is taken by another program, maybe another preview\n", serve->port);
  if (free) fprintf(stderr, "hint: port %d is free: `pamphlet serve --port %d`\n", free, free);
  return CLI_SYSTEM;
}

static int run(int argc, char **argv) {
  ServeOptions serve = {.describe = cli_diags_value, .read = cli_read_source};
  int status = read_command(argc, argv, &serve);
  if (status != CLI_CLEAN) return status;
  Arena arena = arena_reserve(1 << 20);
  if (!serve.build.out.len)
    serve.build.out =
        str_equal(serve.build.source, STR(".")) ? STR("out") : STR_CONCAT(&arena, serve.build.source, STR("/out"));
  serve.build.theme_roots = cli_theme_roots(&arena, serve.build.source, &serve.build.theme_root_count);
  serve.colour = os_is_terminal(STANDARD_ERROR) && os_env("NO_COLOR").len == 0;
  ServeEnd end = serve_run(&serve);
  switch (end) {
    case SERVE_ENDED: break;
    case SERVE_PORT_TAKEN: status = fail_port(&serve); break;
    case SERVE_ADDRESS:
      status = cli_fail_usage(&cli_serve_verb, "`%.*s` is no address of this machine", STR_ARG(serve.bind));
      break;
    case SERVE_SYSTEM:
      fputs("pamphlet: the system does not let this program serve pages\n", stderr);
      status = CLI_SYSTEM;
      break;
  }
  arena_release(&arena);
  return status;
}

const Verb cli_serve_verb = {
    .name = "serve",
    .summary = "look at the website while you write it",
    .usage =
        "usage: pamphlet serve [options]\n"
        "\n"
        "Shows the website at http://127.0.0.1:8080/ as a build would publish it, and each change of a file at once.\n"
        "Nothing is written to out/. What is wrong is shown here and over the page; Ctrl-C ends it.\n"
        "\n"
        "  --source DIR      the folder that holds content/ and themes/ (default: this one)\n"
        "  --out DIR         where `pamphlet print` leaves its PDFs (default: out/ in the source folder)\n"
        "  --theme NAME      this theme instead of the one in site.yaml\n"
        "  --drafts          show drafts too\n"
        "  --port N          at this port (default: 8080; 0: any that is free)\n"
        "  --bind ADDRESS    at this address of the machine; 0.0.0.0 lets others on your network look\n"
        "                    (default: 127.0.0.1, this machine alone)\n"
        "  --open            open it in your browser\n"
        "  --jobs N          so many worker processes (default: one a processor)\n"
        "  --strict          warnings are errors\n"
        "  --quiet           print diagnostics and the address only\n"
        "\n"
        "Besides the pages: /__messages (text; ?format=json), /__pages (review and reading level of each page),\n"
        "/__print/ADDRESS-OF-A-PAGE?paper=a4|letter&large=1 (as it will be printed).\n"
        "\n"
        "Exit status: 0 ended by Ctrl-C, 2 command line, 3 system.\n"
        "SOURCE_DATE_EPOCH sets the day; NO_COLOR turns colour off; PAMPHLET_DATA names a folder with more themes.\n",
    .run = run,
};
