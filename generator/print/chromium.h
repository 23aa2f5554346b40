/* One running Chromium: its profile folder, its process, and words for what went wrong with it.
 *
 * Owner: chromium_start() to chromium_end(), which also removes the profile. Failure: BrowserEnd, with a detail. */
#ifndef PAMPHLET_PRINT_CHROMIUM_H
#define PAMPHLET_PRINT_CHROMIUM_H

#include "print/browser.h"
#include "print/cdp.h"

typedef struct Chromium {
  Cdp cdp;
  Str folder; /* its profile and what it says on standard error */
} Chromium;

/* BROWSER_DONE: it runs and answers. */
BrowserEnd chromium_start(Chromium *chromium, const char *program, Arena *arena, Str *detail);
void chromium_end(Chromium *chromium, Arena *arena);

#endif
