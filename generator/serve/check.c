#include "serve/check.h"

#include "os/event.h"
#include "os/process.h"
#include "site/downloads.h"

/* In the memory of its workers, which the child shares with us. */
struct CheckRun {
  Workers *workers;
  Site site;
  DiagList diags;
  bool complete;
  bool pdfs_hold;
};

static int render_all(void *context) {
  CheckRun *run = context;
  os_give_way();
  site_render(&run->site, NULL);
  run->pdfs_hold = site_downloads_hold(&run->site, NULL);
  run->complete = true;
  return 0;
}

void check_start(Check *check, const Site *site, int jobs) {
  *check = (Check){.descriptor = -1};
  Workers *workers = workers_open(jobs);
  if (!workers) return;
  CheckRun *run = ARENA_NEW(workers_arena(workers), CheckRun);
  *run = (CheckRun){.workers = workers, .site = *site, .diags = diag_list_new(workers_arena(workers))};
  run->site.workers = workers;
  run->site.arena = workers_arena(workers);
  run->site.diags = &run->diags;
  check->run = run;
  int process;
  if (!os_fork(render_all, run, &process)) check->descriptor = os_process_open(process);
  if (check->descriptor < 0) check_stop(check);
}

bool check_take(Check *check, DiagList *diags) {
  bool complete = check->run->complete;
  bool hold = !complete || check->run->pdfs_hold;
  if (complete) diag_copy(diags, &check->run->diags);
  check_stop(check);
  return hold;
}

void check_stop(Check *check) {
  if (check->descriptor >= 0) os_process_end(check->descriptor);
  if (check->run) workers_close(check->run->workers);
  *check = (Check){.descriptor = -1};
}
