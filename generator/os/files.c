#define _GNU_SOURCE
#include "os/open.h"
#include "os/os.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

/* A Str as the NUL-terminated path that system calls want. */
typedef struct CPath {
  char s[OS_PATH_MOST];
} CPath;

static int c_path(Str path, CPath *c) {
  if (path.len >= sizeof c->s) return ENAMETOOLONG;
  if (path.len && memchr(path.s, '\0', path.len)) return EINVAL;
  if (path.len) memcpy(c->s, path.s, path.len);
  c->s[path.len] = '\0';
  return 0;
}

Str os_error_text(int error) {
  return str_from_c(strerrordesc_np(error));
}

static OsStat from_stat(const struct stat *st) {
  OsKind kind = S_ISREG(st->st_mode)   ? OS_FILE
                : S_ISDIR(st->st_mode) ? OS_FOLDER
                : S_ISLNK(st->st_mode) ? OS_LINK
                                       : OS_OTHER;
  return (OsStat){kind, (uint64_t)st->st_size, (int64_t)st->st_mtim.tv_sec * 1000000000 + st->st_mtim.tv_nsec,
                  (int64_t)st->st_ctim.tv_sec * 1000000000 + st->st_ctim.tv_nsec};
}

/* `head`: of a file that is larger only the first `max` bytes. */
static int read_open_file(Arena *arena, int fd, size_t max, bool head, Str *text) {
  struct stat st;
  if (fstat(fd, &st)) return errno;
  if (!S_ISREG(st.st_mode)) return S_ISDIR(st.st_mode) ? EISDIR : EINVAL;
  if ((uint64_t)st.st_size > max && !head) return EFBIG;
  size_t size = (uint64_t)st.st_size > max ? max : (size_t)st.st_size;
  char *bytes = arena_alloc(arena, size + 1, 1);
  size_t len = 0;
  while (len < size) {
    ssize_t got = read(fd, bytes + len, size - len);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return errno;
    if (got == 0) break; /* it became shorter meanwhile */
    len += (size_t)got;
  }
  bytes[len] = '\0';
  *text = str_from(bytes, len);
  return 0;
}

static int read_file(Arena *arena, Str path, size_t max, bool head, Str *text) {
  CPath c;
  int error = c_path(path, &c);
  if (error) return error;
  /* O_NONBLOCK: opening a FIFO must not wait for a writer; it changes nothing for a regular file. */
  int fd = open_again(AT_FDCWD, c.s, O_RDONLY | O_NONBLOCK);
  if (fd < 0) return errno;
  error = read_open_file(arena, fd, max, head, text);
  close(fd);
  return error;
}

int os_read_file(Arena *arena, Str path, size_t max, Str *text) {
  return read_file(arena, path, max, false, text);
}

int os_read_head(Arena *arena, Str path, size_t most, Str *text) {
  return read_file(arena, path, most, true, text);
}

int os_write(int fd, Str bytes) {
  size_t at = 0;
  while (at < bytes.len) {
    ssize_t put = write(fd, bytes.s + at, bytes.len - at);
    if (put < 0 && errno == EINTR) continue;
    if (put < 0) return errno;
    at += (size_t)put;
  }
  return 0;
}

static int write_file(Str path, int flags, Str bytes, OsStat *stat_out) {
  CPath c;
  int error = c_path(path, &c);
  if (error) return error;
  int fd = open_again(AT_FDCWD, c.s, O_WRONLY | O_CREAT | flags);
  if (fd < 0) return errno;
  error = os_write(fd, bytes);
  struct stat st;
  if (!error && stat_out && fstat(fd, &st)) error = errno;
  if (!error && stat_out) *stat_out = from_stat(&st);
  if (close(fd) && !error) error = errno; /* some file systems say only here that the disk is full */
  return error;
}

int os_write_file(Str path, Str bytes, OsStat *stat) {
  return write_file(path, O_TRUNC, bytes, stat);
}

int os_write_new_file(Str path, Str bytes) {
  return write_file(path, O_EXCL, bytes, NULL);
}

OsStat os_stat(Str path) {
  CPath c;
  struct stat st;
  if (c_path(path, &c)) return (OsStat){.kind = OS_NOTHING};
  if (!lstat(c.s, &st)) return from_stat(&st);
  bool absent = errno == ENOENT || errno == ENOTDIR || errno == ENAMETOOLONG;
  return (OsStat){.kind = absent ? OS_NOTHING : OS_OTHER};
}

/* Walking: the list is a growing array in the arena; names are put together there too. */
typedef struct Walk {
  Arena *arena;
  const char *const *skip;
  bool flat; /* this folder alone */
  OsEntry *items;
  size_t count;
  size_t capacity;
} Walk;

static void walk_push(Walk *walk, OsEntry entry) {
  if (walk->count == walk->capacity) {
    size_t capacity = walk->capacity ? walk->capacity * 2 : 256;
    OsEntry *items = ARENA_ARRAY(walk->arena, OsEntry, capacity);
    if (walk->count) memcpy(items, walk->items, walk->count * sizeof *items);
    walk->items = items;
    walk->capacity = capacity;
  }
  walk->items[walk->count++] = entry;
}

static bool is_skipped(const Walk *walk, const char *name) {
  if (name[0] == '.' && (!name[1] || (name[1] == '.' && !name[2]))) return true;
  for (const char *const *skip = walk->skip; skip && *skip; skip++)
    if (!strcmp(*skip, name)) return true;
  return false;
}

/* Takes over `fd`. */
static int walk_folder(Walk *walk, int fd, Str prefix) {
  if (prefix.len >= OS_PATH_MOST) {
    close(fd);
    return ENAMETOOLONG;
  }
  DIR *folder = fdopendir(fd);
  if (!folder) {
    int error = errno;
    close(fd);
    return error;
  }
  int error = 0;
  for (;;) {
    errno = 0;
    const struct dirent *item = readdir(folder);
    if (!item) {
      error = errno;
      break;
    }
    if (is_skipped(walk, item->d_name)) continue;
    Str name = str_from_c(item->d_name);
    OsEntry entry = {0};
    entry.path = prefix.len ? STR_CONCAT(walk->arena, prefix, STR("/"), name) : str_copy(walk->arena, name);
    struct stat st;
    if (!fstatat(dirfd(folder), item->d_name, &st, AT_SYMLINK_NOFOLLOW))
      entry.stat = from_stat(&st);
    else if (errno == ENOENT) /* it went away meanwhile */
      continue;
    else
      entry = (OsEntry){entry.path, {.kind = OS_OTHER}, errno};
    size_t at = walk->count;
    walk_push(walk, entry);
    if (entry.stat.kind != OS_FOLDER || walk->flat) continue;
    int below = open_again(dirfd(folder), item->d_name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW);
    int failed = below < 0 ? errno : walk_folder(walk, below, entry.path);
    walk->items[at].error = failed;
  }
  closedir(folder);
  return error;
}

static int compare_entries(const void *a, const void *b) {
  return str_compare(((const OsEntry *)a)->path, ((const OsEntry *)b)->path);
}

static int walk_root(Walk *walk, Str root, OsEntries *entries) {
  CPath c;
  *entries = (OsEntries){0};
  int error = c_path(root, &c);
  if (error) return error;
  int fd = open_again(AT_FDCWD, c.s, O_RDONLY | O_DIRECTORY);
  if (fd < 0) return errno;
  error = walk_folder(walk, fd, (Str){"", 0});
  if (walk->count) qsort(walk->items, walk->count, sizeof *walk->items, compare_entries);
  *entries = (OsEntries){walk->items, walk->count};
  return error;
}

int os_walk(Arena *arena, Str root, const char *const *skip, OsEntries *entries) {
  Walk walk = {.arena = arena, .skip = skip};
  return walk_root(&walk, root, entries);
}

int os_list(Arena *arena, Str root, OsEntries *entries) {
  Walk walk = {.arena = arena, .flat = true};
  return walk_root(&walk, root, entries);
}

int os_real_path(Arena *arena, Str path, Str *real) {
  CPath c;
  int error = c_path(path, &c);
  if (error) return error;
  char *found = realpath(c.s, NULL);
  if (!found) return errno;
  *real = str_copy(arena, str_from_c(found));
  free(found);
  return 0;
}

static int make_folder(const char *path) {
  if (!mkdir(path, 0777) || errno == EEXIST) return 0;
  return errno;
}

int os_make_folder(Str path) {
  CPath c;
  int error = c_path(path, &c);
  return error ? error : make_folder(c.s);
}

int os_make_folders(Str path) {
  CPath c;
  int error = c_path(path, &c);
  if (error) return error;
  if (!make_folder(c.s)) return 0; /* the parents are there, as they mostly are */
  for (char *slash = strchr(c.s + 1, '/'); slash; slash = strchr(slash + 1, '/')) {
    *slash = '\0';
    error = make_folder(c.s);
    *slash = '/';
    if (error) return error;
  }
  return make_folder(c.s);
}

int os_rename(Str from, Str to) {
  CPath a;
  CPath b;
  int error = c_path(from, &a);
  if (!error) error = c_path(to, &b);
  if (error) return error;
  return rename(a.s, b.s) ? errno : 0;
}

int os_remove_file(Str path) {
  CPath c;
  int error = c_path(path, &c);
  if (error) return error;
  return unlink(c.s) ? errno : 0;
}

int os_remove_folder(Str path) {
  CPath c;
  int error = c_path(path, &c);
  if (error) return error;
  return rmdir(c.s) ? errno : 0;
}

int os_remove_tree(Arena *arena, Str path) {
  if (os_stat(path).kind == OS_NOTHING) return 0;
  OsEntries entries;
  int error = os_walk(arena, path, NULL, &entries);
  if (error) return error;
  for (size_t i = entries.count; i-- > 0;) { /* backwards: what is in a folder comes after it */
    Str full = STR_CONCAT(arena, path, STR("/"), entries.items[i].path);
    int failed = entries.items[i].stat.kind == OS_FOLDER ? os_remove_folder(full) : os_remove_file(full);
    if (failed && !error) error = failed;
  }
  int failed = os_remove_folder(path);
  return error ? error : failed;
}

int os_sync(Str path) {
  CPath c;
  int error = c_path(path, &c);
  if (error) return error;
  int fd = open_again(AT_FDCWD, c.s, O_RDONLY);
  if (fd < 0) return errno;
  error = syncfs(fd) ? errno : 0;
  close(fd);
  return error;
}

int os_lock(Str path, int *lock) {
  CPath c;
  int error = c_path(path, &c);
  if (error) return error;
  int fd = open_again(AT_FDCWD, c.s, O_RDWR | O_CREAT);
  if (fd < 0) return errno;
  while (flock(fd, LOCK_EX | LOCK_NB)) {
    if (errno == EINTR) continue;
    error = errno;
    close(fd);
    return error;
  }
  *lock = fd;
  return 0;
}

void os_unlock(int lock) {
  close(lock);
}
