#include "print/chromium.h"

#include "os/durable.h"
#include "os/interrupt.h"
#include "os/os.h"

#include <errno.h>

#define SECONDS_TO_START 60.0 /* 1.5 s alone, 5 s with a machine that does four other things */
#define SECONDS_TO_END 3.0
#define MESSAGES_MOST ((size_t)1 << 20)

/* A headless shell is the same engine without what is around a page on a screen: it starts in a third of the time and
 * prints the same bytes for half the work. */
static const Str names[] = {{"chromium-headless-shell", 23}, {"chrome-headless-shell", 21}, {"chromium", 8},
                            {"chromium-browser", 16},        {"google-chrome-stable", 20},  {"google-chrome", 13},
                            {"chrome", 6}};

Str browser_find(Arena *arena) {
  Str chosen = os_env("PAMPHLET_BROWSER");
  if (chosen.len) return os_find_program(arena, chosen);
  for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
    Str found = os_find_program(arena, names[i]);
    if (found.len) return found;
  }
  return (Str){"", 0};
}

static Str messages_file(Arena *arena, const Chromium *chromium) {
  return STR_CONCAT(arena, chromium->folder, STR("/messages"));
}

static int start_process(Chromium *chromium, const char *program, Arena *arena) {
  Str profile = STR_CONCAT(arena, STR("--user-data-dir="), chromium->folder, STR("/profile"));
  const char *const argv[] = {
      program,
      "--headless",
      "--remote-debugging-pipe",
      str_to_c(arena, profile),
      "--disable-gpu",
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
      "--disable-extensions",
      "--disable-breakpad",
      "--disable-renderer-backgrounding",      /* its windows are hidden, and yet it has nothing else to do */
      "--disable-dev-shm-usage",               /* /dev/shm of a container has 64 MB */
      "--host-resolver-rules=MAP * ~NOTFOUND", /* sheets need no network, and get none */
      "--font-render-hinting=none",            /* letters stand on paper where the typeface puts them */
      "--force-color-profile=srgb",
      os_is_root() ? "--no-sandbox" : "about:blank", /* its sandbox refuses to work for root, as in most containers */
      "about:blank",
      NULL};
  return cdp_start(&chromium->cdp, argv, messages_file(arena, chromium));
}

/* The last line that says something of what it wrote to standard error. */
static Str last_message(const Chromium *chromium, Arena *arena) {
  Str text = {"", 0};
  if (os_read_file(arena, messages_file(arena, chromium), MESSAGES_MOST, &text)) return STR("it said nothing");
  text = str_trim(text);
  size_t line = str_find_last_byte(text, '\n');
  text = line == STR_NONE ? text : str_skip(text, line + 1);
  return text.len ? text : STR("it said nothing");
}

/* It runs when it answers. */
static int greet(Cdp *cdp, Arena *arena) {
  double until = os_seconds() + SECONDS_TO_START;
  int64_t id = cdp_send(cdp, (Str){"", 0}, STR("Browser.getVersion"), (Value){0});
  for (;;) {
    Value message;
    double left = until - os_seconds();
    if (left <= 0) return ETIMEDOUT;
    if (os_interrupted()) return EINTR;
    int error = cdp_receive(cdp, arena, left, &message);
    if (error) return error;
    if (value_to_int(value_get(message, STR("id")), 0) == id) return 0;
  }
}

static BrowserEnd explain(const Chromium *chromium, Arena *arena, int error, Str *detail) {
  if (error == ENOENT || error == EACCES) return BROWSER_MISSING;
  if (error == EINTR) return BROWSER_STOPPED;
  *detail = error == ETIMEDOUT ? str_format(arena, "it did not answer within %g seconds", SECONDS_TO_START)
            : error == EPIPE   ? last_message(chromium, arena)
                               : os_error_text(error);
  return BROWSER_NO_START;
}

BrowserEnd chromium_start(Chromium *chromium, const char *program, Arena *arena, Str *detail) {
  *chromium = (Chromium){0};
  int error = os_make_temporary_folder(arena, STR("pamphlet-print-"), &chromium->folder);
  if (error) {
    *detail = os_error_text(error);
    return BROWSER_NO_FOLDER;
  }
  error = start_process(chromium, program, arena);
  if (!error) error = greet(&chromium->cdp, arena);
  if (!error) return BROWSER_DONE;
  BrowserEnd end = explain(chromium, arena, error, detail);
  chromium_end(chromium, arena);
  return end;
}

void chromium_end(Chromium *chromium, Arena *arena) {
  cdp_end(&chromium->cdp, SECONDS_TO_END);
  os_remove_tree(arena, chromium->folder);
}
