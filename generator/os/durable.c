#define _GNU_SOURCE
#include "os/durable.h"

#include "os/open.h"
#include "os/os.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

typedef struct CPath {
  char s[OS_PATH_MOST];
} CPath;

static int c_path(Str path, const char *ending, CPath *c) {
  if (path.len && memchr(path.s, '\0', path.len)) return EINVAL;
  int len = snprintf(c->s, sizeof c->s, "%.*s%s", STR_ARG(path), ending);
  return len < 0 || (size_t)len >= sizeof c->s ? ENAMETOOLONG : 0;
}

static int write_and_sync(int fd, Str bytes) {
  int error = os_write(fd, bytes);
  if (!error && fsync(fd)) error = errno;
  if (close(fd) && !error) error = errno;
  return error;
}

static int sync_folder_of(Str path) {
  size_t slash = str_find_last_byte(path, '/');
  CPath folder;
  int error = c_path(slash == STR_NONE ? STR(".") : slash == 0 ? STR("/") : str_slice(path, 0, slash), "", &folder);
  if (error) return error;
  int fd = open_again(AT_FDCWD, folder.s, O_RDONLY | O_DIRECTORY);
  if (fd < 0) return errno;
  error = fsync(fd) ? errno : 0;
  close(fd);
  return error == EINVAL ? 0 : error; /* some file systems cannot sync a folder and need not */
}

int os_write_durable(Str path, Str bytes) {
  CPath fresh;
  CPath final;
  int error = c_path(path, ".new", &fresh);
  if (!error) error = c_path(path, "", &final);
  if (error) return error;
  int fd = open_again(AT_FDCWD, fresh.s, O_WRONLY | O_CREAT | O_TRUNC);
  if (fd < 0) return errno;
  error = write_and_sync(fd, bytes);
  if (!error && rename(fresh.s, final.s)) error = errno;
  if (error) {
    unlink(fresh.s);
    return error;
  }
  return sync_folder_of(path);
}

int os_rename_durable(Str from, Str to) {
  int error = os_rename(from, to);
  return error ? error : sync_folder_of(to);
}

/* Everything that `in` holds, and its time of change. */
static int copy_open_file(int in, int out) {
  char buffer[1 << 16];
  struct stat st;
  for (;;) {
    ssize_t got = read(in, buffer, sizeof buffer);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return errno;
    if (got == 0) break;
    int error = os_write(out, str_from(buffer, (size_t)got));
    if (error) return error;
  }
  if (fstat(in, &st)) return errno;
  struct timespec times[2] = {st.st_atim, st.st_mtim};
  return futimens(out, times) || fsync(out) ? errno : 0;
}

static int copy_file(const char *from, const char *to) {
  int in = open_again(AT_FDCWD, from, O_RDONLY);
  if (in < 0) return errno;
  int out = open_again(AT_FDCWD, to, O_WRONLY | O_CREAT | O_TRUNC);
  int error = out < 0 ? errno : copy_open_file(in, out);
  if (out >= 0 && close(out) && !error) error = errno;
  close(in);
  return error;
}

int os_move_across(Str from, Str to) {
  CPath old;
  CPath fresh;
  CPath final;
  int error = c_path(from, "", &old);
  if (!error) error = c_path(to, ".new", &fresh);
  if (!error) error = c_path(to, "", &final);
  if (error) return error;
  error = copy_file(old.s, fresh.s);
  if (!error && rename(fresh.s, final.s)) error = errno;
  if (error) unlink(fresh.s);
  return error || !unlink(old.s) ? error : errno;
}

int os_append_durable(Str path, Str bytes) {
  CPath c;
  int error = c_path(path, "", &c);
  if (error) return error;
  bool fresh = os_stat(path).kind == OS_NOTHING;
  int fd = open_again(AT_FDCWD, c.s, O_WRONLY | O_CREAT | O_APPEND);
  if (fd < 0) return errno;
  error = write_and_sync(fd, bytes);
  return error || !fresh ? error : sync_folder_of(path);
}

int os_truncate_durable(Str path, uint64_t size) {
  CPath c;
  int error = c_path(path, "", &c);
  if (error) return error;
  int fd = open_again(AT_FDCWD, c.s, O_WRONLY);
  if (fd < 0) return errno;
  error = ftruncate(fd, (off_t)size) ? errno : 0;
  if (!error && fsync(fd)) error = errno;
  close(fd);
  return error;
}

int os_make_temporary_folder(Arena *arena, Str prefix, Str *path) {
  Str base = os_env("TMPDIR");
  char *name = str_to_c(arena, STR_CONCAT(arena, base.len ? base : STR("/tmp"), STR("/"), prefix, STR("XXXXXX")));
  if (!mkdtemp(name)) return errno;
  *path = str_from_c(name);
  return 0;
}
