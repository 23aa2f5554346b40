#define _GNU_SOURCE
#include "os/os.h"

#include <errno.h>
#include <link.h>
#include <sched.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <time.h>
#include <unistd.h>

int64_t os_now(void) {
  return (int64_t)time(NULL);
}

int64_t os_file_clock(void) {
  struct timespec now;
  clock_gettime(CLOCK_REALTIME_COARSE, &now);
  return (int64_t)now.tv_sec * 1000000000 + now.tv_nsec;
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

typedef struct BuildIds {
  Buf *out;
  size_t objects;
  bool own; /* the program, which comes first, has one */
} BuildIds;

/* A note: three numbers, its owner's name and its bytes, both filled up to `align`. */
static bool add_build_id(Buf *out, Str notes, size_t align) {
  bool found = false;
  while (notes.len >= sizeof(ElfW(Nhdr))) {
    ElfW(Nhdr) head;
    memcpy(&head, notes.s, sizeof head);
    size_t name = sizeof head;
    size_t bytes = (name + head.n_namesz + align - 1) & ~(align - 1);
    size_t end = (bytes + head.n_descsz + align - 1) & ~(align - 1);
    if (bytes + head.n_descsz > notes.len) break;
    if (head.n_type == NT_GNU_BUILD_ID && str_equal(str_slice(notes, name, name + head.n_namesz), str_from("GNU", 4))) {
      buf_add(out, str_slice(notes, bytes, bytes + head.n_descsz));
      found = true;
    }
    notes = str_skip(notes, end < notes.len ? end : notes.len);
  }
  return found;
}

static int add_object(struct dl_phdr_info *info, size_t size, void *context) {
  (void)size;
  BuildIds *ids = context;
  for (size_t i = 0; i < info->dlpi_phnum; i++) {
    const ElfW(Phdr) *part = &info->dlpi_phdr[i];
    if (part->p_type != PT_NOTE) continue;
    const char *at = (const char *)(uintptr_t)(info->dlpi_addr + part->p_vaddr);
    bool found = add_build_id(ids->out, str_from(at, part->p_memsz), part->p_align == 8 ? 8 : 4);
    if (found && ids->objects == 0) ids->own = true;
  }
  ids->objects++;
  return 0;
}

bool os_program_build(Buf *out) {
  BuildIds ids = {.out = out};
  dl_iterate_phdr(add_object, &ids);
  return ids.own;
}
