#include "workers/workers.h"

#include "os/os.h"
#include "os/process.h"

#include <stdatomic.h>

enum { STATUS_MEMORY = 77 }; /* exit status of a worker whose arena is full: one that nothing else uses */

/* In shared memory, one a worker. Written by the worker, read by the parent after its end. */
typedef struct Slot {
  size_t next; /* what is left of its batch: next to end - 1 */
  size_t end;
  size_t item; /* in work, when busy */
  bool busy;
  Arena arena;
  DiagList diags;
} Slot;

struct Workers {
  Arena all;    /* the whole reservation */
  Arena parent; /* carved out of it */
  size_t share; /* bytes of each arena */
  int jobs;
  _Atomic size_t next; /* first item that nobody has taken */
  _Atomic size_t done;
  Slot slots[WORKERS_MOST];
};

typedef struct Job {
  Workers *workers;
  const WorkersRun *run;
  int number;
} Job;

Workers *workers_open(int jobs) {
  if (jobs < 1) jobs = 1;
  if (jobs > WORKERS_MOST) jobs = WORKERS_MOST;
  Arena all = os_share_memory(WORKERS_SHARED_MOST, WORKERS_SHARED_LEAST);
  if (!all.begin) return NULL;
  Workers *workers = ARENA_NEW(&all, Workers);
  workers->jobs = jobs;
  size_t share = (size_t)(all.end - all.at) / (size_t)(jobs + 1) & ~(size_t)4095;
  workers->share = share;
  workers->parent = arena_over(all.at, share);
  for (int i = 0; i < jobs; i++) {
    Slot *slot = &workers->slots[i];
    slot->arena = arena_over(all.at + share * (size_t)(i + 1), share);
    slot->diags = diag_list_new(&slot->arena);
  }
  workers->all = all;
  return workers;
}

void workers_close(Workers *workers) {
  Arena all = workers->all;
  arena_release(&all);
}

void workers_reset(Workers *workers) {
  arena_rewind(&workers->parent, (ArenaMark){workers->parent.begin});
  for (int i = 0; i < workers->jobs; i++) {
    Slot *slot = &workers->slots[i];
    arena_rewind(&slot->arena, (ArenaMark){slot->arena.begin});
    slot->diags = diag_list_new(&slot->arena);
  }
}

size_t workers_used(const Workers *workers) {
  size_t used = arena_used(&workers->parent);
  for (int i = 0; i < workers->jobs; i++) used += arena_used(&workers->slots[i].arena);
  return used;
}

Arena *workers_arena(Workers *workers) {
  return &workers->parent;
}

static bool take(Workers *workers, const WorkersRun *run, Slot *slot) {
  if (slot->next < slot->end) return true;
  /* Large batches at first, because workers that make files in the same folder wait for each other, and ever smaller
   * ones, so that all end together. */
  size_t begin = atomic_load(&workers->next);
  size_t batch;
  do {
    if (begin >= run->count) return false;
    batch = (run->count - begin) / ((size_t)workers->jobs * 4);
    if (batch < 1) batch = 1;
  } while (!atomic_compare_exchange_weak(&workers->next, &begin, begin + batch));
  slot->next = begin;
  slot->end = begin + batch;
  return true;
}

static void exit_full(void) {
  os_exit(STATUS_MEMORY);
}

static int work(void *context) {
  Job *job = context;
  const WorkersRun *run = job->run;
  Slot *slot = &job->workers->slots[job->number];
  Arena scratch = arena_reserve(WORKERS_SCRATCH_BYTES);
  char *shared_end = slot->arena.begin + job->workers->share;
  Worker worker = {.number = job->number, .shared = &slot->arena, .scratch = &scratch, .diags = &slot->diags};
  arena_on_full(exit_full);
  os_limit_core();
  os_limit_memory(WORKERS_LIBRARY_BYTES);
  if (run->start) run->start(run->context, &worker);
  while (take(job->workers, run, slot)) {
    slot->item = slot->next++;
    slot->busy = true;
    diag_begin_item(&slot->diags);
    os_limit_cpu(run->seconds_an_item);
    /* No rlimit stops shared memory, so the arena counts its own. */
    size_t left = (size_t)(shared_end - slot->arena.at);
    slot->arena.end = slot->arena.at + (left < WORKERS_ITEM_BYTES ? left : WORKERS_ITEM_BYTES);
    run->work(run->context, &worker, slot->item);
    slot->busy = false;
    atomic_fetch_add(&job->workers->done, 1);
    arena_rewind(&scratch, (ArenaMark){scratch.begin});
  }
  os_limit_cpu(0);
  slot->arena.end = shared_end;
  return 0;
}

static bool start(Workers *workers, const WorkersRun *run, int number, int *process) {
  Job job = {workers, run, number};
  return os_fork(work, &job, process) == 0;
}

static bool anything_left(const Workers *workers, const WorkersRun *run, const Slot *slot) {
  return slot->next < slot->end || atomic_load(&workers->next) < run->count;
}

static void tell_loss(const WorkersRun *run, const Slot *slot, const OsEnd *end) {
  WorkerLoss loss = end->signal && os_signal_is_cpu_limit(end->signal) ? LOSS_TIME
                    : !end->signal && end->status == STATUS_MEMORY     ? LOSS_MEMORY
                                                                       : LOSS_CRASH;
  Str name = end->signal ? str_from_c(os_signal_name(end->signal)) : STR("an early exit");
  run->lost(run->context, slot->item, loss, name);
}

/* After a worker's end: another one for what it left, when it ended at an item. False: it can't go on. */
static bool replace(Workers *workers, const WorkersRun *run, const OsEnd *end, int *process) {
  int number = 0;
  while (number < workers->jobs && process[number] != end->process) number++;
  if (number == workers->jobs) return true; /* not ours */
  process[number] = 0;
  Slot *slot = &workers->slots[number];
  bool failed = end->signal || end->status;
  if (!failed) return true;
  if (!slot->busy) return false; /* it fell over before or between items: a new one would too */
  tell_loss(run, slot, end);
  slot->busy = false;
  atomic_fetch_add(&workers->done, 1);
  if (!anything_left(workers, run, slot)) return true;
  return start(workers, run, number, &process[number]);
}

static int running(const Workers *workers, const int *process) {
  int count = 0;
  for (int i = 0; i < workers->jobs; i++) count += process[i] != 0;
  return count;
}

bool workers_run(Workers *workers, const WorkersRun *run, DiagList *diags) {
  int process[WORKERS_MOST] = {0};
  bool good = true;
  atomic_store(&workers->next, 0);
  atomic_store(&workers->done, 0);
  for (int i = 0; i < workers->jobs; i++) {
    workers->slots[i].next = workers->slots[i].end = 0;
    workers->slots[i].busy = false;
    if ((size_t)i < run->count && !start(workers, run, i, &process[i])) break;
  }
  if (run->count && !running(workers, process)) return false;
  while (running(workers, process)) {
    OsEnd end = {0};
    if (os_wait(run->progress ? 0.1 : -1.0, &end)) break;
    if (run->progress) run->progress(run->context, atomic_load(&workers->done));
    if (end.process && !replace(workers, run, &end, process)) good = false;
  }
  for (int i = 0; i < workers->jobs; i++) diag_merge(diags, &workers->slots[i].diags);
  return good && atomic_load(&workers->done) >= run->count;
}
