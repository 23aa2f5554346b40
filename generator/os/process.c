#define _GNU_SOURCE
#include "os/process.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/pidfd.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

int os_fork(int (*run)(void *context), void *context, int *process) {
  fflush(NULL); /* what is buffered must not be printed twice */
  /* Held back so that os_wait() can wait for it with a time limit. */
  sigset_t child;
  sigemptyset(&child);
  sigaddset(&child, SIGCHLD);
  sigprocmask(SIG_BLOCK, &child, NULL);
  pid_t parent = getpid();
  pid_t pid = fork();
  if (pid < 0) return errno;
  if (pid == 0) {
    prctl(PR_SET_PDEATHSIG, SIGKILL); /* a killed parent leaves nobody behind */
    if (getppid() != parent) _exit(0);
    _exit(run(context));
  }
  *process = pid;
  return 0;
}

static int reap(int flags, OsEnd *end) {
  int status = 0;
  pid_t pid;
  do pid = waitpid(-1, &status, flags);
  while (pid < 0 && errno == EINTR);
  if (pid < 0) return errno;
  *end = (OsEnd){.process = pid,
                 .status = WIFEXITED(status) ? WEXITSTATUS(status) : 0,
                 .signal = WIFSIGNALED(status) ? WTERMSIG(status) : 0};
  return 0;
}

int os_wait(double seconds, OsEnd *end) {
  if (seconds < 0) return reap(0, end);
  int error = reap(WNOHANG, end);
  if (error || end->process) return error;
  sigset_t child;
  sigemptyset(&child);
  sigaddset(&child, SIGCHLD);
  time_t whole = (time_t)seconds;
  struct timespec limit = {whole, (long)((seconds - (double)whole) * 1e9)};
  sigtimedwait(&child, NULL, &limit);
  return reap(WNOHANG, end);
}

void os_kill(int process) {
  kill(process, SIGKILL);
}

int os_process_open(int process) {
  return pidfd_open(process, 0);
}

void os_process_end(int descriptor) {
  pidfd_send_signal(descriptor, SIGKILL, NULL, 0);
  siginfo_t info;
  while (waitid(P_PIDFD, (id_t)descriptor, &info, WEXITED) && errno == EINTR) continue;
  close(descriptor);
}

_Noreturn void os_exit(int status) {
  _exit(status);
}

const char *os_signal_name(int signal) {
  static const struct {
    int number;
    const char *name;
  } names[] = {{SIGSEGV, "SIGSEGV"}, {SIGABRT, "SIGABRT"}, {SIGBUS, "SIGBUS"},   {SIGFPE, "SIGFPE"},
               {SIGILL, "SIGILL"},   {SIGKILL, "SIGKILL"}, {SIGTERM, "SIGTERM"}, {SIGPROF, "SIGPROF"},
               {SIGXCPU, "SIGXCPU"}, {SIGXFSZ, "SIGXFSZ"}, {SIGINT, "SIGINT"},   {SIGTRAP, "SIGTRAP"}};
  for (size_t i = 0; i < sizeof names / sizeof *names; i++)
    if (names[i].number == signal) return names[i].name;
  return "a signal";
}

bool os_signal_is_cpu_limit(int signal) {
  return signal == SIGPROF;
}

void os_limit_cpu(double seconds) {
  struct itimerval timer = {0};
  timer.it_value.tv_sec = (time_t)seconds;
  timer.it_value.tv_usec = (suseconds_t)((seconds - (double)timer.it_value.tv_sec) * 1e6);
  setitimer(ITIMER_PROF, &timer, NULL);
}

static struct {
  Str words;
  int status;
} last_words;

static void say_last_words(int signal) {
  (void)signal;
  ssize_t said = write(STDERR_FILENO, last_words.words.s, last_words.words.len);
  (void)said;
  _exit(last_words.status);
}

void os_end_after_cpu(double seconds, Str words, int status) {
  last_words.words = words;
  last_words.status = status;
  signal(SIGPROF, seconds > 0 ? say_last_words : SIG_DFL);
  os_limit_cpu(seconds);
}

void os_limit_memory(size_t more) {
#if defined(__SANITIZE_ADDRESS__)
  (void)more; /* its shadow memory counts as the process's own */
#else
  FILE *statm = fopen("/proc/self/statm", "re");
  if (!statm) return;
  unsigned long pages = 0;
  int got = fscanf(statm, "%*u %*u %*u %*u %*u %lu", &pages); /* sixth: data and stack */
  fclose(statm);
  if (got != 1) return;
  rlim_t bytes = (rlim_t)pages * (rlim_t)sysconf(_SC_PAGESIZE) + more;
  setrlimit(RLIMIT_DATA, &(struct rlimit){bytes, bytes});
#endif
}

void os_limit_core(void) {
  setrlimit(RLIMIT_CORE, &(struct rlimit){0, 0});
}

Arena os_share_memory(size_t bytes, size_t least) {
  for (; bytes >= least; bytes /= 2) {
    void *memory = mmap(NULL, bytes, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    if (memory != MAP_FAILED) return arena_over(memory, bytes);
  }
  return (Arena){0};
}
