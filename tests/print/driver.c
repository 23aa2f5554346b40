/* Prints HTML files as `pamphlet print` prints sheets, without a site: driver OUT TABS FILE.html…
 * A line for each: its name and `printed`, or why it was not. */
#include "os/os.h"
#include "print/browser.h"
#include "print/mend.h"

#include <stdio.h>
#include <stdlib.h>

typedef struct Job {
  char **names;
  Str out;
} Job;

static Str name_of(const Job *job, size_t item) {
  Str name = str_from_c(job->names[item]);
  size_t slash = str_find_last_byte(name, '/');
  return slash == STR_NONE ? name : str_skip(name, slash + 1);
}

static bool get_html(void *context, size_t item, Arena *arena, Str *text) {
  const Job *job = context;
  return os_read_file(arena, str_from_c(job->names[item]), (size_t)16 << 20, text) == 0;
}

static Value take_printed(void *context, size_t item, Arena *arena, const BrowserPrint *print) {
  const Job *job = context;
  Str name = name_of(job, item);
  MendResult mended;
  MendWords words = {.title = name, .lang = STR("en"), .date = STR("2026-01-01"), .facts = print->facts};
  if (!mend_pdf(arena, print->pdf, &words, &mended)) {
    printf("%.*s mend %.*s\n", STR_ARG(name), STR_ARG(mended.fault));
    return (Value){0};
  }
  Str path = STR_CONCAT(arena, job->out, STR("/"), str_slice(name, 0, str_find_byte(name, '.')), STR(".pdf"));
  int error = os_write_file(path, mended.pdf, NULL);
  printf("%.*s %s%s\n", STR_ARG(name), error ? "write" : "printed", mended.lacks_glyph ? " lacks-glyph" : "");
  return (Value){0};
}

static void take_lost(void *context, size_t item, BrowserLoss loss, Str detail) {
  static const char *const words[] = {"crash", "time", "request", "picture", "refused"};
  Str name = name_of(context, item);
  printf("%.*s %s %.*s\n", STR_ARG(name), words[loss], STR_ARG(detail));
}

int main(int argc, char **argv) {
  if (argc < 4) return 2;
  Arena arena = arena_reserve((size_t)1 << 30);
  Job job = {argv + 3, str_from_c(argv[1])};
  Str program = browser_find(&arena);
  BrowserRun run = {.program = str_to_c(&arena, program),
                    .count = (size_t)argc - 3,
                    .tabs = atoi(argv[2]),
                    .seconds = 60,
                    .html = get_html,
                    .printed = take_printed,
                    .lost = take_lost,
                    .context = &job};
  Str detail = {"", 0};
  BrowserEnd end = browser_run(&run, &arena, &detail);
  if (end != BROWSER_DONE) printf("end %d %.*s\n", end, STR_ARG(detail));
  return end == BROWSER_DONE ? 0 : 1;
}
