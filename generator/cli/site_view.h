/* A site that is read and not built: for verbs that tell about its pages (`due`, `facts`).
 *
 * Owner: everything is in the workers' arena until cli_site_close(). Failure: cli_site_open() prints every error of the
 * content on standard error; what could be read is there all the same. */
#ifndef PAMPHLET_CLI_SITE_VIEW_H
#define PAMPHLET_CLI_SITE_VIEW_H

#include "cli/cli.h"
#include "site/site.h"

typedef struct CliSite {
  Site *site;
  Workers *workers;
  Arena *arena;
  BuildOptions options;
  DiagList diags;
  int status; /* CLI_CLEAN, or CLI_CONTENT when a page or a file of data is wrong and so may be missing */
} CliSite;

/* False: nothing could be read; `status` says what to end with, and why was said. */
bool cli_site_open(CliSite *cli, Str source);
void cli_site_close(CliSite *cli);

#endif
