/* The operating system behind a few functions: files, folders, clock, terminal. Processes: os/process.h.
 *
 * Paths are Str, relative to the current folder unless absolute; none may hold NUL.
 * Failure: functions that can fail return 0 or an errno value and report nothing: the caller knows the position.
 * os_error_text() gives words for it. Calls interrupted by a signal are repeated. */
#ifndef PAMPHLET_OS_OS_H
#define PAMPHLET_OS_OS_H

#include "base/buf.h"

enum { OS_PATH_MOST = 4096 }; /* bytes, with the final NUL: Linux's PATH_MAX */

/* OS_OTHER: a device or the like, or something that the system gives no look at. */
typedef enum OsKind { OS_NOTHING, OS_FILE, OS_FOLDER, OS_LINK, OS_OTHER } OsKind;

typedef struct OsStat {
  OsKind kind; /* a link is a link: it is not followed */
  uint64_t size;
  int64_t mtime_ns;
  int64_t changed_ns; /* of the last change of any kind, another name too; nobody can set it */
} OsStat;

typedef struct OsEntry {
  Str path; /* below the walked folder, "a/b.md" */
  OsStat stat;
  int error; /* it could not be looked at, or the folder not be read; else 0 */
} OsEntry;

typedef struct OsEntries {
  OsEntry *items;
  size_t count;
} OsEntries;

Str os_error_text(int error);

/* The whole file, with a NUL after it that is not counted. EFBIG: larger than `max`. EINVAL: not a regular file. */
int os_read_file(Arena *arena, Str path, size_t max, Str *text);
/* The same, at most the first `most` bytes of it. */
int os_read_head(Arena *arena, Str path, size_t most, Str *text);
/* A new or truncated file; *stat (may be NULL) is what it became. What was written may be part of a failed call. */
int os_write_file(Str path, Str bytes, OsStat *stat);
/* A file that was not there; EEXIST when anything is in its place. */
int os_write_new_file(Str path, Str bytes);
OsStat os_stat(Str path);
/* Everything below `root`, folders too, in byte order of the paths; links are listed, not followed. Names in `skip`, a
 * NULL-ended list or NULL, are left out together with what is below them. */
int os_walk(Arena *arena, Str root, const char *const *skip, OsEntries *entries);
/* What stands directly in `root`, in byte order. */
int os_list(Arena *arena, Str root, OsEntries *entries);
/* The path with all links followed, or an error. */
int os_real_path(Arena *arena, Str path, Str *real);

int os_make_folder(Str path);  /* fine when it is there */
int os_make_folders(Str path); /* with all its parents */
int os_rename(Str from, Str to);
int os_remove_file(Str path);
int os_remove_folder(Str path);             /* an empty one */
int os_remove_tree(Arena *arena, Str path); /* fine when it is not there */
int os_sync(Str path); /* everything written to the file system that holds `path` is on its medium */

/* Takes the lock file `path`, made when missing. EWOULDBLOCK: another process has it. Given back when the process ends.
 */
int os_lock(Str path, int *lock);
void os_unlock(int lock);

int64_t os_now(void);         /* seconds since 1970-01-01 UTC */
int64_t os_file_clock(void);  /* nanoseconds by the clock that gives files their times */
double os_seconds(void);      /* a clock that only goes forward */
Str os_env(const char *name); /* empty when not set */
int os_cpu_count(void);       /* that this process may use, at least 1 */
bool os_is_terminal(int descriptor);
int os_terminal_width(int descriptor); /* 80 when unknown */
int os_write(int descriptor, Str bytes);
/* One line of at most `max` bytes (what is longer is cut) without its end. False: there is none any more. */
bool os_read_line(Arena *arena, int descriptor, size_t max, Str *line);
/* Where the running program is, for finding what is installed beside it; empty when unknown. */
Str os_program_path(Arena *arena);
/* Adds what names the running program and each library that it uses: the build ids that the linker gave them. False: the
 * program has none. */
bool os_program_build(Buf *out);

#endif
