/* Workers: forked processes that share an arena.
 *
 * One reservation of shared address space is made before any fork and carved into arenas: one for the parent, one for
 * each worker. What a worker builds in its arena is valid in the parent, pointers and all. Workers take items in
 * batches from a shared counter. A slot in shared memory says which item a worker is on, so that a worker that crashes,
 * hangs or needs too much memory costs that item alone: another takes over the rest of its batch.
 *
 * Why processes and not threads: docs/workers.md.
 * Units: items are numbers from 0 to count - 1, done in no particular order. Who uses workers makes the result
 * independent of the order (by writing to the item's own place) and of the number of workers. Owner: workers_open() to
 * workers_close(). The arenas last as long; a worker's scratch arena is emptied after each item. Failure:
 * workers_open() gives NULL when the system grants no memory. A lost item is told to `lost` in the parent, once.
 * workers_run() is false when no process could be made at all or it ended before its time for no item's fault.
 * Limits: below. */
#ifndef PAMPHLET_WORKERS_WORKERS_H
#define PAMPHLET_WORKERS_WORKERS_H

#include "base/limits.h"
#include "diag/diag.h"

enum { WORKERS_MOST = 64 }; /* more than any machine that builds a clinic's site has use for */
/* Address space; touched pages alone cost memory. 64 GiB fails under valgrind. */
#define WORKERS_SHARED_MOST ((size_t)32 << 30)
#define WORKERS_SHARED_LEAST ((size_t)1 << 30)

typedef struct Workers Workers;

typedef struct Worker {
  int number;      /* 0-based */
  Arena *shared;   /* what outlives the run */
  Arena *scratch;  /* emptied after each item */
  DiagList *diags; /* merged into the parent's list at the end of the run */
  void *own;       /* what start() made for this process alone, else NULL */
} Worker;

typedef enum WorkerLoss { LOSS_CRASH, LOSS_TIME, LOSS_MEMORY } WorkerLoss;

typedef struct WorkersRun {
  size_t count;
  void (*start)(void *context, Worker *worker); /* once in each process; may be NULL */
  void (*work)(void *context, Worker *worker, size_t item);
  /* In the parent: `item` was lost; `signal` names what ended it when it crashed. */
  void (*lost)(void *context, size_t item, WorkerLoss loss, Str signal);
  void (*progress)(void *context, size_t done); /* in the parent, about ten times a second; may be NULL */
  void *context;
  double seconds_an_item; /* of CPU time */
} WorkersRun;

Workers *workers_open(int jobs);
void workers_close(Workers *workers);
/* Empties all arenas: nothing that was made in them may be used any more. */
void workers_reset(Workers *workers);
/* Bytes handed out by all arenas. */
size_t workers_used(const Workers *workers);
/* The parent's own arena in the shared memory. */
Arena *workers_arena(Workers *workers);
bool workers_run(Workers *workers, const WorkersRun *run, DiagList *diags);

#endif
