/* open() of a path, again when a signal interrupts it, as it can on network file systems. Private to os/.
 *
 * The descriptor is closed when another program is started. Failure: -1 and errno. */
#ifndef PAMPHLET_OS_OPEN_H
#define PAMPHLET_OS_OPEN_H

#include <errno.h>
#include <fcntl.h>

/* `path` in the folder that `at` stands for, or AT_FDCWD. A file that is made may be read and written as the umask
 * says. */
static inline int open_again(int at, const char *path, int flags) {
  int fd;
  do fd = openat(at, path, flags | O_CLOEXEC, 0666);
  while (fd < 0 && errno == EINTR);
  return fd;
}

#endif
