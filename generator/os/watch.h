/* Watching folders for changes, by Linux's inotify.
 *
 * A watch sees files that are written, made, renamed or removed, in the roots and all folders below them (not in hidden
 * ones). Paths are as the roots were given: "content/car-t/after.md".
 * When a folder itself comes, goes or is renamed, when the kernel's queue was too long, or when what is watched had to
 * be opened anew, single paths say nothing: `all` is set. Owner: os_watch_open() to os_watch_close(); changes live in
 * the arena given. Failure: an errno value. ENOSPC: the system allows no more watches; then os_watch_polls() is true,
 * and who calls os_watch_read() every second or so gets `all` when the roots differ from what they were. */
#ifndef PAMPHLET_OS_WATCH_H
#define PAMPHLET_OS_WATCH_H

#include "base/str.h"

typedef struct OsWatch OsWatch;

typedef struct OsChanges {
  Arena *arena;
  Str *paths; /* each once; in the order of the first change */
  size_t count;
  size_t capacity;
  bool all;
} OsChanges;

enum { OS_CHANGES_MOST = 500 }; /* paths told one by one; more are `all` */

/* A root may be a file. `roots` that are not there yet are found when they come, if the folder above them is there. */
OsWatch *os_watch_open(Arena *arena, const Str *roots, size_t count);
void os_watch_close(OsWatch *watch);
/* For os_poll(); -1 while it polls. It may be another after os_watch_read(). */
int os_watch_descriptor(const OsWatch *watch);
bool os_watch_polls(const OsWatch *watch);
/* Adds what has changed since; does not wait. */
void os_watch_read(OsWatch *watch, OsChanges *changes);

#endif
