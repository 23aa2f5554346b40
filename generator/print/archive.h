/* Every edition that was ever printed, kept for good: which text did a patient get in March?
 *
 *   DIR/ledger.jsonl           print/ledger.h
 *   DIR/editions/HASH.pdf      a printed handout, named by its own SHA-256; never overwritten
 *   DIR/editions/HASH.txt      what it says
 *   DIR/incoming/              editions on their way: first here, then their line, then to editions/
 * So a line never stands for an edition that is not on the disk, and what is in editions/ always has a line. What an
 * interrupted run left is finished or taken back when the archive is next opened.
 *
 * Owner: archive_open() to archive_close(), during which no other process adds to the archive.
 * Failure: reported; nothing that was in the archive is lost or changed by any. */
#ifndef PAMPHLET_PRINT_ARCHIVE_H
#define PAMPHLET_PRINT_ARCHIVE_H

#include "base/map.h"
#include "print/ledger.h"

typedef struct Archive {
  Str folder; /* empty: there is none, and keeping does nothing */
  Arena *arena;
  DiagList *diags;
  Str now; /* "2026-11-26T21:04:05Z" */
  int lock;
  bool system_failed;
  Ledger ledger; /* as it was when it was opened */
  Map latest;    /* of that, by name: the number of its latest line */
  size_t count;  /* lines now */
  size_t bytes;  /* of the ledger now */
  Str last_hash;
} Archive;

typedef struct Edition {
  Str name;    /* "handouts/car-t/after.es.pdf" */
  Str pdf;     /* the bytes */
  Str text;    /* what it says */
  Value facts; /* what else its line says: a map */
} Edition;

/* An empty `folder` is fine: no archive is kept. */
bool archive_open(Archive *archive, Arena *arena, Str folder, int64_t now, DiagList *diags);
/* Adds the edition, unless it is the latest of its name already. */
bool archive_keep(Archive *archive, Arena *scratch, const Edition *edition);
void archive_close(Archive *archive);

Str archive_ledger_path(Arena *arena, Str folder);
/* "DIR/editions/HASH.pdf" */
Str archive_edition_path(Arena *arena, Str folder, Str hash, const char *ending);
/* The edition's bytes, checked against its name. False: reported at `line`. */
bool archive_read_edition(Arena *arena, Str folder, const LedgerLine *line, bool text, DiagList *diags, Str *bytes);
/* Everything: the lines, their editions, and editions without a line. True: all is as it was written. */
bool archive_check(Arena *arena, Str folder, DiagList *diags, size_t *editions);

#endif
