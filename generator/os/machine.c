#define _GNU_SOURCE
#include "os/os.h"

#include "base/buf.h"

#include <errno.h>
#include <sched.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <time.h>
#include <unistd.h>

int64_t os_now(void) {
  return (int64_t)time(NULL);
}

double os_seconds(void) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

Str os_env(const char *name) {
  return str_from_c(getenv(name));
}

int os_cpu_count(void) {
  cpu_set_t set;
  if (sched_getaffinity(0, sizeof set, &set)) return 1;
  int count = CPU_COUNT(&set);
  return count > 0 ? count : 1;
}

bool os_is_terminal(int descriptor) {
  return isatty(descriptor) == 1;
}

int os_terminal_width(int descriptor) {
  struct winsize size;
  return ioctl(descriptor, TIOCGWINSZ, &size) == 0 && size.ws_col > 0 ? size.ws_col : 80;
}

bool os_read_line(Arena *arena, int descriptor, size_t max, Str *line) {
  Buf text = buf_new(arena, max);
  bool any = false;
  char byte = 0;
  for (;;) {
    ssize_t got = read(descriptor, &byte, 1); /* one at a time: what follows the line is the next reader's */
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0 || byte == '\n') break;
    any = true;
    buf_add_byte(&text, byte);
  }
  *line = buf_str(&text);
  return any || byte == '\n';
}

Str os_program_path(Arena *arena) {
  char path[OS_PATH_MOST];
  ssize_t len = readlink("/proc/self/exe", path, sizeof path);
  return len > 0 && len < (ssize_t)sizeof path ? str_copy(arena, str_from(path, (size_t)len)) : (Str){"", 0};
}
