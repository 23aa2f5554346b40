/* Documents to PDF, by one Chromium with several tabs.
 *
 * Each document is HTML that needs nothing else: whatever it asks the network for is an error. A browser that crashes
 * or hangs is started again; the documents that were in it then are tried once more, one by one when it is not known
 * whose fault it was, so that one bad document costs no other.
 *
 * Units: seconds of wall clock. Owner: what a callback gets lives until it returns. Order: as documents become ready.
 * Failure: of a document: told to `lost`, once. Of the browser as a whole: browser_run() says which; documents that
 * were neither printed nor lost then stay undone. Limits: CDP_BYTES_MOST a document (print/cdp.h), BROWSER_TABS_MOST.
 */
#ifndef PAMPHLET_PRINT_BROWSER_H
#define PAMPHLET_PRINT_BROWSER_H

#include "data/value.h"

enum { BROWSER_TABS_MOST = 16 }; /* about 60 MB each; more were no faster on 8 processors' worth of tabs */

typedef enum BrowserLoss {
  BROWSER_LOSS_CRASH,
  BROWSER_LOSS_TIME,
  BROWSER_LOSS_REQUEST, /* detail: the address that it wanted */
  BROWSER_LOSS_PICTURE, /* detail: the text alternative of one that cannot be shown */
  BROWSER_LOSS_REFUSED  /* detail: what the browser says */
} BrowserLoss;

typedef struct BrowserPrint {
  Str pdf;
  Value facts; /* print/scripts.h */
  int pass;    /* 1: the first time this document was printed */
} BrowserPrint;

typedef struct BrowserRun {
  const char *program;
  size_t count; /* documents, 0 to count - 1 */
  int tabs;
  double seconds; /* that one document may take */
  /* The document's HTML into `arena`; false: it has none, which was reported. May be asked for again. */
  bool (*html)(void *context, size_t item, Arena *arena, Str *html);
  /* Undefined: done. A map: fill these texts in (print/scripts.h) and print once more. */
  Value (*printed)(void *context, size_t item, Arena *arena, const BrowserPrint *print);
  void (*lost)(void *context, size_t item, BrowserLoss loss, Str detail);
  void *context;
} BrowserRun;

typedef enum BrowserEnd {
  BROWSER_DONE,
  BROWSER_MISSING,   /* no such program */
  BROWSER_NO_START,  /* detail: the last line of what it said */
  BROWSER_NO_FOLDER, /* detail: why there is no place for its profile */
  BROWSER_STOPPED    /* the user said so (os/interrupt.h) */
} BrowserEnd;

BrowserEnd browser_run(const BrowserRun *run, Arena *arena, Str *detail);

/* The browser to use: $PAMPHLET_BROWSER, or the first of the usual names on PATH; empty: there is none. */
Str browser_find(Arena *arena);

#endif
