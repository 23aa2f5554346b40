#include "os/watch.h"

#include "os/os.h"

#include <errno.h>
#include <stdio.h>
#include <sys/inotify.h>
#include <unistd.h>

enum {
  WATCHES_MOST = 1 << 16,
  /* For the names of folders, read anew each time that folders change. */
  WATCH_BYTES = 256 << 20,
  EVENTS = IN_CLOSE_WRITE | IN_CREATE | IN_DELETE | IN_MOVED_FROM | IN_MOVED_TO | IN_ATTRIB | IN_DELETE_SELF |
           IN_MOVE_SELF | IN_ONLYDIR
};

typedef struct Folder {
  Str path;
  bool above; /* stands above a root: only that root's name counts */
} Folder;

struct OsWatch {
  const Str *roots;
  size_t root_count;
  Arena memory; /* emptied when everything is watched anew */
  int descriptor;
  bool polls;
  uint64_t state;  /* while it polls: what the roots looked like */
  Folder *folders; /* by watch descriptor */
  size_t folder_count;
};

static bool add_folder(OsWatch *watch, Str path, bool above) {
  char name[OS_PATH_MOST];
  if (path.len >= sizeof name) return true;
  snprintf(name, sizeof name, "%.*s", STR_ARG(path));
  int number = inotify_add_watch(watch->descriptor, name, EVENTS);
  if (number < 0) return errno != ENOSPC; /* what has just gone away is no failure */
  if (number >= WATCHES_MOST) return false;
  if (above && watch->folders[number].path.len) return true; /* what is below a root counts more */
  watch->folders[number] = (Folder){path, above};
  if ((size_t)number >= watch->folder_count) watch->folder_count = (size_t)number + 1;
  return true;
}

static bool is_hidden(Str path) {
  return str_starts(path, STR(".")) || str_find(path, STR("/.")) != STR_NONE;
}

static Str folder_above(Str path) {
  size_t slash = str_find_last_byte(path, '/');
  if (slash == STR_NONE) return STR(".");
  return slash == 0 ? STR("/") : str_slice(path, 0, slash);
}

static bool add_root(OsWatch *watch, Str root) {
  OsEntries entries;
  if (!add_folder(watch, folder_above(root), true)) return false;
  if (os_walk(&watch->memory, root, NULL, &entries)) return true; /* it may come later */
  if (!add_folder(watch, root, false)) return false;
  for (size_t i = 0; i < entries.count; i++) {
    if (entries.items[i].stat.kind != OS_FOLDER || is_hidden(entries.items[i].path)) continue;
    if (!add_folder(watch, STR_CONCAT(&watch->memory, root, STR("/"), entries.items[i].path), false)) return false;
  }
  return true;
}

/* Names, sizes and times of everything, as one number. */
static uint64_t state_of(OsWatch *watch) {
  uint64_t state = 0;
  arena_rewind(&watch->memory, (ArenaMark){watch->memory.begin});
  for (size_t i = 0; i < watch->root_count; i++) {
    OsEntries entries;
    if (os_walk(&watch->memory, watch->roots[i], NULL, &entries)) continue;
    for (size_t j = 0; j < entries.count; j++) {
      const OsEntry *entry = &entries.items[j];
      if (is_hidden(entry->path)) continue;
      state = state * 31 + str_hash(entry->path);
      state = state * 31 + entry->stat.size;
      state = state * 31 + (uint64_t)entry->stat.mtime_ns;
    }
  }
  return state;
}

/* Watches everything, as it stands now. */
static void watch_anew(OsWatch *watch) {
  if (watch->descriptor >= 0) close(watch->descriptor);
  arena_rewind(&watch->memory, (ArenaMark){watch->memory.begin});
  watch->folders = ARENA_ARRAY(&watch->memory, Folder, WATCHES_MOST);
  watch->folder_count = 0;
  watch->descriptor = inotify_init1(IN_NONBLOCK | IN_CLOEXEC);
  watch->polls = watch->descriptor < 0;
  for (size_t i = 0; i < watch->root_count && !watch->polls; i++) watch->polls = !add_root(watch, watch->roots[i]);
  if (!watch->polls) return;
  if (watch->descriptor >= 0) close(watch->descriptor);
  watch->descriptor = -1;
  watch->state = state_of(watch);
}

OsWatch *os_watch_open(Arena *arena, const Str *roots, size_t count) {
  OsWatch *watch = ARENA_NEW(arena, OsWatch);
  *watch = (OsWatch){.roots = roots, .root_count = count, .descriptor = -1};
  watch->memory = arena_reserve(WATCH_BYTES);
  watch_anew(watch);
  return watch;
}

void os_watch_close(OsWatch *watch) {
  if (watch->descriptor >= 0) close(watch->descriptor);
  arena_release(&watch->memory);
}

int os_watch_descriptor(const OsWatch *watch) {
  return watch->descriptor;
}

bool os_watch_polls(const OsWatch *watch) {
  return watch->polls;
}

static void add_change(OsChanges *changes, Str folder, const char *name) {
  char path[OS_PATH_MOST + 258]; /* a folder, a slash, a name of at most 255 bytes */
  int len = snprintf(path, sizeof path, "%.*s/%s", STR_ARG(folder), name);
  Str changed = str_from(path, (size_t)len);
  for (size_t i = 0; i < changes->count; i++)
    if (str_equal(changes->paths[i], changed)) return;
  if (!changes->paths) changes->paths = ARENA_ARRAY(changes->arena, Str, OS_CHANGES_MOST);
  if (changes->count == OS_CHANGES_MOST)
    changes->all = true;
  else
    changes->paths[changes->count++] = str_copy(changes->arena, changed);
}

static Str last_name(Str path) {
  size_t slash = str_find_last_byte(path, '/');
  return slash == STR_NONE ? path : str_skip(path, slash + 1);
}

static bool is_root(const OsWatch *watch, Str name) {
  for (size_t i = 0; i < watch->root_count; i++)
    if (str_equal(last_name(watch->roots[i]), name)) return true;
  return false;
}

/* True: folders have changed, so what is watched has to be found anew. */
static bool take_event(OsWatch *watch, const struct inotify_event *event, OsChanges *changes) {
  if (event->mask & (IN_Q_OVERFLOW | IN_UNMOUNT)) return true;
  if (event->wd < 0 || (size_t)event->wd >= watch->folder_count) return false;
  const Folder *folder = &watch->folders[event->wd];
  if (folder->above) return event->len && is_root(watch, str_from_c(event->name));
  if (event->mask & (IN_DELETE_SELF | IN_MOVE_SELF)) return true;
  if (!event->len || event->name[0] == '.') return false;
  if (event->mask & IN_ISDIR) return (event->mask & IN_ATTRIB) == 0;
  add_change(changes, folder->path, event->name);
  return false;
}

void os_watch_read(OsWatch *watch, OsChanges *changes) {
  if (watch->polls) {
    uint64_t state = state_of(watch);
    changes->all = changes->all || state != watch->state;
    watch->state = state;
    return;
  }
  _Alignas(struct inotify_event) char buffer[16 << 10];
  bool anew = false;
  for (;;) {
    ssize_t got = read(watch->descriptor, buffer, sizeof buffer);
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) break;
    for (char *at = buffer; at < buffer + got;) {
      const struct inotify_event *event = (const struct inotify_event *)at;
      anew = take_event(watch, event, changes) || anew;
      at += sizeof *event + event->len;
    }
  }
  if (!anew) return;
  watch_anew(watch);
  changes->all = true;
}
