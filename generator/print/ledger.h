/* The ledger of an archive: one line of JSON for each edition that was ever printed, each with the hash of the line
 * before.
 *
 * A line cannot be changed, taken out or put in between without the lines after it saying so. ledger_read() checks
 * that, and reports each place where it is not so. Units: `time` is UTC, "2026-11-26T21:04:05Z"; hashes are SHA-256 in
 * hexadecimal. Owner: the arena given. Failure: reported, `broken` is set. Limit: LEDGER_BYTES_MOST. */
#ifndef PAMPHLET_PRINT_LEDGER_H
#define PAMPHLET_PRINT_LEDGER_H

#include "data/value.h"
#include "diag/diag.h"

#define LEDGER_BYTES_MOST ((size_t)1 << 30) /* a line has about 600: well over a million editions */
enum { LEDGER_HASH = 64 };                  /* letters of a hash */

typedef struct LedgerLine {
  Span span;
  Value value;
  Str time;
  Str name; /* "handouts/car-t/after.es.pdf" */
  Str pdf;  /* its hash */
  Str text; /* hash of what it says */
} LedgerLine;

typedef struct Ledger {
  Str path;
  LedgerLine *lines;
  size_t count;
  size_t bytes;  /* of whole lines */
  Str last_hash; /* of the last whole line; of none: zeros */
  bool torn;     /* the last line was never written to its end */
  bool broken;
} Ledger;

/* No ledger is an empty one. */
void ledger_read(Arena *arena, Str path, DiagList *diags, Ledger *ledger);
/* The line `number` for `value`, after one with the hash `before`; without its end. */
Str ledger_line(Arena *arena, size_t number, Str before, Value value);
Str sha256_hex(Arena *arena, Str bytes);

#endif
