/* Another program as a filter: text in, text out.
 *
 * Units: `seconds` of wall clock for the whole run; outputs are cut at `most` bytes.
 * Owner: `arena`. Failure: an errno value: ENOENT: there is no such program on PATH; ETIMEDOUT: it was ended;
 * EFBIG: it wrote more than `most`. An exit status that is not 0 is no failure here. */
#ifndef PAMPHLET_OS_FILTER_H
#define PAMPHLET_OS_FILTER_H

#include "base/str.h"

typedef struct OsFilter {
  const char *const *argv; /* NULL-ended; argv[0] is looked up on PATH */
  Str input;
  size_t most;
  double seconds;
  Str output;   /* result: what it wrote to standard output */
  Str messages; /* result: what it wrote to standard error */
  int status;   /* result: its exit status, 128 + the signal when one ended it */
} OsFilter;

int os_filter(Arena *arena, OsFilter *filter);

#endif
