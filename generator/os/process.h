/* Processes: starting one, waiting for it, and what it may use.
 *
 * Failure: as in os/os.h. Limits that the system refuses are not set; the caller's own bounds still hold. */
#ifndef PAMPHLET_OS_PROCESS_H
#define PAMPHLET_OS_PROCESS_H

#include "base/str.h"

#include <stdbool.h>

typedef struct OsEnd {
  int process; /* its id; 0: nobody ended in time */
  int status;  /* exit status when `signal` is 0 */
  int signal;
} OsEnd;

/* Runs `main` in a child and ends it with what that returns. *process is its id. */
int os_fork(int (*main)(void *context), void *context, int *process);
/* The next child to end; waits at most `seconds` (negative: for ever). ECHILD: there is none. */
int os_wait(double seconds, OsEnd *end);
void os_kill(int process);
/* A descriptor that stands for a child, also when os_wait() has told its end already: ready for os_poll() when the
 * child has ended; -1: it could not be made. */
int os_process_open(int process);
/* Ends that child if it still runs, waits for its end, and closes the descriptor. */
void os_process_end(int descriptor);
/* Ends this process at once with `status`; nothing is flushed or cleaned. */
_Noreturn void os_exit(int status);
/* Name of a signal ("SIGSEGV"). */
const char *os_signal_name(int signal);
/* True for the signal that os_limit_cpu() ends a process with. */
bool os_signal_is_cpu_limit(int signal);

/* From now on this process may use so much CPU time before a signal ends it; 0 takes the limit away. */
void os_limit_cpu(double seconds);
/* From now on this process may use so much CPU time before it says `words` on standard error and ends with `status`; 0
 * takes the limit away, which is needed before os_fork(). Nothing is flushed or cleaned. `words` stay the caller's. */
void os_end_after_cpu(double seconds, Str words, int status);
/* This process may allocate so many bytes more of private memory; malloc fails beyond. Not under a sanitizer. */
void os_limit_memory(size_t more_bytes);
/* No core file when this process crashes. */
void os_limit_core(void);

/* Zeroed memory that children made later share, as large as the system grants: `bytes`, else half of it and so on down
 * to `least`. Begin NULL: not even that. It costs memory only where it is touched. */
Arena os_share_memory(size_t bytes, size_t least);

#endif
