/* Put before the C library (LD_PRELOAD), this counts the calls that a program and its children make of what can fail,
 * and lets one of them fail, be interrupted, do half of its work, or be the last.
 *
 *   FAULT_OF=system|memory   which calls are counted: system calls, or allocations (default: system)
 *   FAULT_AT=N               the number of the call, from 1; not set: all of them work
 *   FAULT_HOW=fail|interrupt|half|kill
 *   FAULT_LOG=FILE           a line for each counted call; with FAULT_RECORD=1 also what changed in the file system
 *
 * Allocations are counted where the generator asks the C library for memory (base/heap.c): libraries ask the generator.
 * The counter is shared by all processes, so that a run with one worker numbers its calls the same each time. */
#define _GNU_SOURCE
#include <dirent.h>
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <sched.h>
#include <signal.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <unistd.h>

enum { FAIL, INTERRUPT, HALF, KILL };

static struct {
  _Atomic long *count;
  long at;
  int how;
  int log; /* -1: none */
  bool memory;
  bool record;
} fault = {.log = -1};

static void say(const char *text, size_t len) {
  if (fault.log >= 0) syscall(SYS_write, fault.log, text, len);
}

__attribute__((format(printf, 1, 2))) static void say_line(const char *format, ...) {
  char line[3 * PATH_MAX];
  va_list args;
  va_start(args, format);
  int len = vsnprintf(line, sizeof line, format, args);
  va_end(args);
  say(line, (size_t)len);
}

__attribute__((constructor)) static void begin(void) {
  const char *at = getenv("FAULT_AT");
  const char *of = getenv("FAULT_OF");
  const char *how = getenv("FAULT_HOW");
  const char *log = getenv("FAULT_LOG");
  void *shared = (void *)syscall(SYS_mmap, NULL, 4096, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  fault.at = at ? strtol(at, NULL, 10) : 0;
  fault.memory = of && !strcmp(of, "memory");
  fault.how = !how || !strcmp(how, "fail") ? FAIL : how[0] == 'i' ? INTERRUPT : how[0] == 'h' ? HALF : KILL;
  fault.record = getenv("FAULT_RECORD") != NULL;
  if (log) fault.log = (int)syscall(SYS_openat, AT_FDCWD, log, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0666);
  fault.count = shared;
}

/* Whether this call is the one. */
static bool is_due(const char *name) {
  if (!fault.count) return false; /* before begin(): the loader's own */
  long number = atomic_fetch_add(fault.count, 1) + 1;
  if (!fault.record && fault.log >= 0) say_line("%s\n", name);
  if (number != fault.at) return false;
  if (fault.how == KILL) kill(0, SIGKILL);
  return true;
}

static bool is_due_system(const char *name) {
  return !fault.memory && is_due(name);
}

#define REAL(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))

/* A call that gives `bad` and sets errno to `why` when it is due; `interrupts`: it may also be interrupted by a signal.
 */
#define SHIM(type, name, params, args, bad, why, interrupts)                                                           \
  type name params {                                                                                                   \
    static __typeof__(&name) real;                                                                                     \
    if (!real) real = REAL(name);                                                                                      \
    if (is_due_system(#name)) {                                                                                        \
      bool fails = fault.how == FAIL;                                                                                  \
      errno = fails ? (why) : EINTR;                                                                                   \
      if (fails || (fault.how == INTERRUPT && (interrupts))) return bad;                                               \
    }                                                                                                                  \
    return real args;                                                                                                  \
  }

/* What changed in the file system, for playing it again: `name path [path]`. */
static void note(const char *name, const char *path, const char *to) {
  if (!fault.record) return;
  if (to)
    say_line("%s\t%s\t%s\n", name, path, to);
  else
    say_line("%s\t%s\n", name, path);
}

#define SHIM_NOTED(name, params, args, why, noted)                                                                     \
  int name params {                                                                                                    \
    static __typeof__(&name) real;                                                                                     \
    if (!real) real = REAL(name);                                                                                      \
    if (is_due_system(#name) && fault.how == FAIL) {                                                                   \
      errno = (why);                                                                                                   \
      return -1;                                                                                                       \
    }                                                                                                                  \
    int result = real args;                                                                                            \
    int error = errno;                                                                                                 \
    if (!result) note noted;                                                                                           \
    errno = error;                                                                                                     \
    return result;                                                                                                     \
  }

SHIM_NOTED(mkdir, (const char *path, mode_t mode), (path, mode), ENOSPC, (__func__, path, NULL))
SHIM_NOTED(rmdir, (const char *path), (path), EIO, (__func__, path, NULL))
SHIM_NOTED(unlink, (const char *path), (path), EIO, (__func__, path, NULL))
SHIM_NOTED(rename, (const char *from, const char *to), (from, to), EIO, (__func__, from, to))

static const char *name_of(int fd) {
  static char name[PATH_MAX];
  char link[64];
  snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
  long len = syscall(SYS_readlinkat, AT_FDCWD, link, name, sizeof name - 1);
  name[len > 0 ? len : 0] = '\0';
  return name;
}

static int synced(int fd, const char *name, int result) {
  int error = errno;
  if (!result) note(name, name_of(fd), NULL);
  errno = error;
  return result;
}

#define SHIM_SYNC(name)                                                                                                \
  int name(int fd) {                                                                                                   \
    if (is_due_system(#name) && fault.how == FAIL) {                                                                   \
      errno = EIO;                                                                                                     \
      return -1;                                                                                                       \
    }                                                                                                                  \
    return synced(fd, #name, REAL(name)(fd));                                                                          \
  }

SHIM_SYNC(fsync)
SHIM_SYNC(syncfs)

static mode_t mode_of(int flags, va_list args) {
  return flags & (O_CREAT | O_TMPFILE) ? va_arg(args, mode_t) : 0;
}

static int opened(int fd, int flags) {
  int error = errno;
  if (fd >= 0 && (flags & (O_CREAT | O_TRUNC))) note(flags & O_TRUNC ? "truncate" : "create", name_of(fd), NULL);
  errno = error;
  return fd;
}

static bool refuses_open(const char *name) {
  if (!is_due_system(name)) return false;
  errno = fault.how == FAIL ? EIO : EINTR;
  return fault.how == FAIL || fault.how == INTERRUPT;
}

int open(const char *path, int flags, ...) {
  va_list args;
  va_start(args, flags);
  mode_t mode = mode_of(flags, args);
  va_end(args);
  return refuses_open("open") ? -1 : opened((int)syscall(SYS_openat, AT_FDCWD, path, flags, mode), flags);
}

int openat(int folder, const char *path, int flags, ...) {
  va_list args;
  va_start(args, flags);
  mode_t mode = mode_of(flags, args);
  va_end(args);
  return refuses_open("openat") ? -1 : opened((int)syscall(SYS_openat, folder, path, flags, mode), flags);
}

int __openat_2(int folder, const char *path, int flags);
int __openat_2(int folder, const char *path, int flags) {
  return refuses_open("openat") ? -1 : (int)syscall(SYS_openat, folder, path, flags, 0);
}

ssize_t read(int fd, void *bytes, size_t count) {
  if (is_due_system("read")) {
    errno = fault.how == INTERRUPT ? EINTR : EIO;
    if (fault.how == FAIL || fault.how == INTERRUPT) return -1;
    if (count > 1) count /= 2;
  }
  return syscall(SYS_read, fd, bytes, count);
}

/* Where the bytes go and when the file was changed last, then the bytes. */
static void note_bytes(int fd, const void *bytes, size_t count) {
  int error = errno;
  struct stat st;
  if (fault.record && !fstat(fd, &st) && S_ISREG(st.st_mode)) {
    say_line("write\t%s\t%zu\t%lld\n", name_of(fd), count,
             (long long)st.st_mtim.tv_sec * 1000000000 + st.st_mtim.tv_nsec);
    say(bytes, count);
    say("\n", 1);
  }
  errno = error;
}

ssize_t write(int fd, const void *bytes, size_t count) {
  if (is_due_system("write")) {
    errno = fault.how == INTERRUPT ? EINTR : ENOSPC;
    if (fault.how == FAIL || fault.how == INTERRUPT) return -1;
    if (count > 1) count /= 2;
  }
  ssize_t put = syscall(SYS_write, fd, bytes, count);
  if (put >= 0) note_bytes(fd, bytes, (size_t)put);
  return put;
}

/* As Linux does it, the descriptor is closed all the same. */
int close(int fd) {
  bool due = is_due_system("close");
  long result = syscall(SYS_close, fd);
  if (due && fault.how == FAIL) {
    errno = EIO;
    return -1;
  }
  return (int)result;
}

/* So is a folder, and what the library keeps of it is given back. */
int closedir(DIR *folder) {
  bool due = is_due_system("closedir");
  int result = REAL(closedir)(folder);
  if (due && fault.how == FAIL) {
    errno = EIO;
    return -1;
  }
  return result;
}

SHIM(int, access, (const char *path, int mode), (path, mode), -1, EIO, false)
SHIM(DIR *, fdopendir, (int fd), (fd), NULL, ENOMEM, false)
SHIM(struct dirent *, readdir, (DIR * folder), (folder), NULL, EIO, false)
SHIM(FILE *, fopen, (const char *path, const char *mode), (path, mode), NULL, EMFILE, false)
SHIM(int, flock, (int fd, int operation), (fd, operation), -1, ENOLCK, true)
SHIM(pid_t, fork, (void), (), -1, EAGAIN, false)
SHIM(int, fstat, (int fd, struct stat *st), (fd, st), -1, EIO, false)
SHIM(int, futimens, (int fd, const struct timespec times[2]), (fd, times), -1, EIO, false)
SHIM(int, lstat, (const char *path, struct stat *st), (path, st), -1, EIO, false)
SHIM(int, fstatat, (int folder, const char *path, struct stat *st, int flags), (folder, path, st, flags), -1, EIO,
     false)
SHIM(ssize_t, readlink, (const char *path, char *to, size_t size), (path, to, size), -1, EIO, false)
SHIM(char *, realpath, (const char *path, char *to), (path, to), NULL, EIO, false)
SHIM(int, sched_getaffinity, (pid_t pid, size_t size, cpu_set_t *set), (pid, size, set), -1, EFAULT, false)
SHIM(int, setitimer, (__itimer_which_t which, const struct itimerval *new, struct itimerval *old), (which, new, old),
     -1, EFAULT, false)
SHIM(int, setrlimit, (__rlimit_resource_t what, const struct rlimit *limit), (what, limit), -1, EPERM, false)
SHIM(int, sigprocmask, (int how, const sigset_t *set, sigset_t *old), (how, set, old), -1, EINVAL, false)
SHIM(void *, mmap, (void *at, size_t len, int protection, int flags, int fd, off_t offset),
     (at, len, protection, flags, fd, offset), MAP_FAILED, ENOMEM, false)

/* Only a signal can make it fail while there are children. */
SHIM(pid_t, waitpid, (pid_t pid, int *status, int options), (pid, status, options), -1, EINTR, true)

/* prctl() takes any number of arguments; the generator gives two. */
int prctl(int option, ...) {
  va_list args;
  va_start(args, option);
  unsigned long value = va_arg(args, unsigned long);
  va_end(args);
  if (is_due_system("prctl") && fault.how == FAIL) {
    errno = EINVAL;
    return -1;
  }
  return (int)syscall(SYS_prctl, option, value, 0, 0, 0);
}

/* --- memory --- */

void *__libc_malloc(size_t bytes);
void *__libc_calloc(size_t count, size_t size);
void *__libc_realloc(void *old, size_t bytes);

static bool refuses_memory(const char *name) {
  if (!fault.memory || !is_due(name) || fault.how != FAIL) return false;
  errno = ENOMEM;
  return true;
}

void *__libc_malloc(size_t bytes) {
  static __typeof__(&__libc_malloc) real;
  if (!real) real = REAL(__libc_malloc);
  return refuses_memory("malloc") ? NULL : real(bytes);
}

void *__libc_calloc(size_t count, size_t size) {
  static __typeof__(&__libc_calloc) real;
  if (!real) real = REAL(__libc_calloc);
  return refuses_memory("calloc") ? NULL : real(count, size);
}

void *__libc_realloc(void *old, size_t bytes) {
  static __typeof__(&__libc_realloc) real;
  if (!real) real = REAL(__libc_realloc);
  return refuses_memory("realloc") ? NULL : real(old, bytes);
}
