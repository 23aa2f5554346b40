/* Forked workers: every item once, whatever the number of workers; a lost item costs itself alone. */
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "workers/workers.h"

enum { ITEMS = 1000 };

typedef struct Sample {
  int *seen;       /* in shared memory: how often each item was done */
  Str *words;      /* in shared memory, made by workers */
  size_t bad_item; /* the one that misbehaves, or STR_NONE */
  WorkerLoss how;
  size_t lost_item;
  size_t lost_count;
  WorkerLoss lost_how;
  char lost_signal[32];
  size_t progress_calls;
} Sample;

static void misbehave(const Sample *sample, Worker *worker) {
  if (sample->how == LOSS_CRASH) abort();
  if (sample->how == LOSS_MEMORY)
    for (;;) arena_alloc(worker->scratch, 1 << 20, 1);
  for (volatile int spin = 0;; spin++) {
  }
}

static void work(void *context, Worker *worker, size_t item) {
  Sample *sample = context;
  if (item == sample->bad_item) misbehave(sample, worker);
  sample->words[item] = str_format(worker->shared, "item %zu", item);
  sample->seen[item]++;
  if (item % 100 == 7) diag_report(worker->diags, DIAG_FILE_NUL, (Span){STR("a.md"), item, 1}, NULL, 0);
}

static void lost(void *context, size_t item, WorkerLoss loss, Str signal_name) {
  Sample *sample = context;
  sample->lost_item = item;
  sample->lost_how = loss;
  sample->lost_count++;
  memcpy(sample->lost_signal, signal_name.s, signal_name.len);
}

static void progress(void *context, size_t done) {
  Sample *sample = context;
  sample->progress_calls++;
  assert_true(done <= ITEMS);
}

static Sample run(int jobs, size_t bad_item, WorkerLoss how, bool expect_good) {
  Workers *workers = workers_open(jobs);
  assert_non_null(workers);
  Arena *arena = workers_arena(workers);
  Sample sample = {.bad_item = bad_item, .how = how};
  sample.seen = ARENA_ARRAY(arena, int, ITEMS);
  sample.words = ARENA_ARRAY(arena, Str, ITEMS);
  DiagList diags = diag_list_new(arena);
  WorkersRun job = {
      .count = ITEMS, .work = work, .lost = lost, .progress = progress, .context = &sample, .seconds_an_item = 0.3};
  assert_int_equal(workers_run(workers, &job, &diags), expect_good);
  for (size_t i = 0; i < ITEMS; i++) {
    assert_int_equal(sample.seen[i], i == bad_item ? 0 : 1);
    if (i == bad_item) continue;
    char expected[32];
    snprintf(expected, sizeof expected, "item %zu", i);
    assert_int_equal(sample.words[i].len, strlen(expected));
    assert_memory_equal(sample.words[i].s, expected, strlen(expected));
  }
  diag_sort(&diags);
  assert_int_equal(diags.count, 10);
  size_t at = 7;
  for (Diag *d = diags.first; d; d = d->next, at += 100) assert_int_equal(d->span.offset, at);
  workers_close(workers);
  return sample;
}

static void every_item_is_done_once(void **state) {
  (void)state;
  static const int jobs[] = {1, 2, 8, WORKERS_MOST, WORKERS_MOST + 10, 0};
  for (size_t i = 0; i < sizeof jobs / sizeof *jobs; i++) {
    Sample sample = run(jobs[i], STR_NONE, LOSS_CRASH, true);
    assert_int_equal(sample.lost_count, 0);
    assert_true(sample.progress_calls > 0);
  }
}

static void a_crash_costs_one_item(void **state) {
  (void)state;
  for (int jobs = 1; jobs <= 4; jobs++) {
    Sample sample = run(jobs, 500, LOSS_CRASH, true);
    assert_int_equal(sample.lost_count, 1);
    assert_int_equal(sample.lost_item, 500);
    assert_int_equal(sample.lost_how, LOSS_CRASH);
    assert_string_equal(sample.lost_signal, "SIGABRT");
  }
}

static void the_last_and_the_first_item_may_crash(void **state) {
  (void)state;
  assert_int_equal(run(2, 0, LOSS_CRASH, true).lost_item, 0);
  assert_int_equal(run(2, ITEMS - 1, LOSS_CRASH, true).lost_item, ITEMS - 1);
}

static void a_hang_ends_at_its_cpu_limit(void **state) {
  (void)state;
  Sample sample = run(2, 321, LOSS_TIME, true);
  assert_int_equal(sample.lost_count, 1);
  assert_int_equal(sample.lost_item, 321);
  assert_int_equal(sample.lost_how, LOSS_TIME);
}

static void endless_memory_ends_at_the_arena(void **state) {
  (void)state;
  Sample sample = run(2, 42, LOSS_MEMORY, true);
  assert_int_equal(sample.lost_count, 1);
  assert_int_equal(sample.lost_item, 42);
  assert_int_equal(sample.lost_how, LOSS_MEMORY);
}

static void no_items_is_fine(void **state) {
  (void)state;
  Workers *workers = workers_open(3);
  DiagList diags = diag_list_new(workers_arena(workers));
  WorkersRun job = {.count = 0, .work = work, .lost = lost};
  assert_true(workers_run(workers, &job, &diags));
  workers_close(workers);
}

/* Memory that stays is bounded by WORKERS_ITEM_BYTES for each item, and whole again for the next. */
static void take_what_stays(void *context, Worker *worker, size_t item) {
  size_t *taken = context;
  if (item == 1)
    for (;; taken[1]++) arena_alloc(worker->shared, 1 << 20, 1);
  for (taken[item] = 0; taken[item] < (WORKERS_ITEM_BYTES >> 20) - 1; taken[item]++)
    arena_alloc(worker->shared, 1 << 20, 1);
}

static void lost_its_memory(void *context, size_t item, WorkerLoss loss, Str signal_name) {
  (void)context;
  (void)signal_name;
  assert_int_equal(item, 1);
  assert_int_equal(loss, LOSS_MEMORY);
}

static void what_stays_of_an_item_is_bounded(void **state) {
  (void)state;
  Workers *workers = workers_open(1);
  size_t *taken = ARENA_ARRAY(workers_arena(workers), size_t, 4);
  DiagList diags = diag_list_new(workers_arena(workers));
  WorkersRun job = {
      .count = 4, .work = take_what_stays, .lost = lost_its_memory, .context = taken, .seconds_an_item = 10};
  assert_true(workers_run(workers, &job, &diags));
  for (size_t i = 0; i < 4; i++) assert_in_range(taken[i], (WORKERS_ITEM_BYTES >> 20) - 1, WORKERS_ITEM_BYTES >> 20);
  workers_close(workers);
}

#if !defined(__SANITIZE_ADDRESS__)
static void take_of_the_library(void *context, Worker *worker, size_t item) {
  size_t *taken = context;
  (void)worker;
  while (malloc(1 << 20)) taken[item]++; /* ends with the process, soon */
}

static void lost_to_the_library(void *context, size_t item, WorkerLoss loss, Str signal_name) {
  size_t *taken = context;
  (void)signal_name;
  assert_int_equal(loss, LOSS_MEMORY);
  taken[1] = item + 1;
}

/* At WORKERS_LIBRARY_BYTES malloc() ends the worker, and the page is told to need too much memory. */
static void what_libraries_take_is_bounded(void **state) {
  (void)state;
  if (getenv("UNDER_VALGRIND")) skip(); /* whose own memory counts too */
  Workers *workers = workers_open(1);
  size_t *taken = ARENA_ARRAY(workers_arena(workers), size_t, 2);
  DiagList diags = diag_list_new(workers_arena(workers));
  WorkersRun job = {
      .count = 1, .work = take_of_the_library, .lost = lost_to_the_library, .context = taken, .seconds_an_item = 10};
  assert_true(workers_run(workers, &job, &diags));
  assert_in_range(taken[0], (WORKERS_LIBRARY_BYTES >> 20) - 8, WORKERS_LIBRARY_BYTES >> 20);
  assert_int_equal(taken[1], 1);
  workers_close(workers);
}
#endif

int main(void) {
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(every_item_is_done_once),
    cmocka_unit_test(a_crash_costs_one_item),
    cmocka_unit_test(the_last_and_the_first_item_may_crash),
    cmocka_unit_test(a_hang_ends_at_its_cpu_limit),
    cmocka_unit_test(endless_memory_ends_at_the_arena),
    cmocka_unit_test(what_stays_of_an_item_is_bounded),
#if !defined(__SANITIZE_ADDRESS__)
    cmocka_unit_test(what_libraries_take_is_bounded),
#endif
    cmocka_unit_test(no_items_is_fine),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
