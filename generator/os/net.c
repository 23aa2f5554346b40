#define _GNU_SOURCE
#include "os/net.h"

#include "os/open.h"
#include "os/os.h"

#include <errno.h>
#include <fcntl.h>
#include <netdb.h>
#include <netinet/in.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

enum { BACKLOG = 512 };

static int listen_on(const struct addrinfo *where, int *listening) {
  int fd = socket(where->ai_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
  if (fd < 0) return errno;
  int yes = 1;
  setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes); /* right after another run; a live one still keeps it */
  if (!bind(fd, where->ai_addr, where->ai_addrlen) && !listen(fd, BACKLOG)) {
    *listening = fd;
    return 0;
  }
  int error = errno;
  close(fd);
  return error;
}

int os_listen(Str address, int port, int *listening) {
  char host[64];
  char service[16];
  if (address.len >= sizeof host) return EINVAL;
  snprintf(host, sizeof host, "%.*s", STR_ARG(address));
  snprintf(service, sizeof service, "%d", port);
  struct addrinfo wanted = {.ai_socktype = SOCK_STREAM, .ai_flags = AI_NUMERICHOST | AI_NUMERICSERV | AI_PASSIVE};
  struct addrinfo *found = NULL;
  if (getaddrinfo(host, service, &wanted, &found)) return EINVAL;
  int error = listen_on(found, listening);
  freeaddrinfo(found);
  return error;
}

int os_socket_port(int socket) {
  union {
    struct sockaddr any;
    struct sockaddr_in v4;
    struct sockaddr_in6 v6;
  } address;
  memset(&address, 0, sizeof address);
  socklen_t len = sizeof address;
  if (getsockname(socket, &address.any, &len)) return 0;
  return ntohs(address.any.sa_family == AF_INET6 ? address.v6.sin6_port : address.v4.sin_port);
}

void os_socket_end(int socket) {
  shutdown(socket, SHUT_RDWR);
}

Str os_host_name(Arena *arena) {
  char name[256];
  if (gethostname(name, sizeof name)) return (Str){"", 0};
  name[sizeof name - 1] = '\0';
  return str_copy(arena, str_from_c(name));
}

/* `part` of the folder `at`, which is closed. */
static int open_part(int at, Str part, bool last) {
  char name[256]; /* NAME_MAX and its end */
  int flags = O_RDONLY | O_NOFOLLOW | O_NONBLOCK | (last ? 0 : O_DIRECTORY);
  int fd = -1;
  if (part.len >= sizeof name || str_find_byte(part, '\0') != STR_NONE)
    errno = EINVAL;
  else if (str_equal(part, STR("..")))
    errno = EACCES;
  else {
    snprintf(name, sizeof name, "%.*s", STR_ARG(part));
    fd = open_again(at, name, flags);
  }
  int error = errno;
  close(at);
  errno = error;
  return fd;
}

int os_open_below(Str root, Str path, int *descriptor, uint64_t *size, int64_t *mtime_ns) {
  char name[OS_PATH_MOST];
  if (root.len >= sizeof name) return ENAMETOOLONG;
  snprintf(name, sizeof name, "%.*s", STR_ARG(root));
  int fd = open_again(AT_FDCWD, name, O_RDONLY | O_DIRECTORY);
  while (fd >= 0 && path.len) {
    Str part;
    str_cut(path, '/', &part, &path);
    fd = open_part(fd, part, path.len == 0);
  }
  if (fd < 0) return errno;
  struct stat st;
  int error = fstat(fd, &st) ? errno : S_ISREG(st.st_mode) ? 0 : EINVAL;
  if (error) {
    close(fd);
    return error;
  }
  *descriptor = fd;
  *size = (uint64_t)st.st_size;
  *mtime_ns = (int64_t)st.st_mtim.tv_sec * 1000000000 + st.st_mtim.tv_nsec;
  return 0;
}

/* In the child of a child, so that nobody has to wait for it. */
static void become(const char *const *argv) {
  int nowhere = open_again(AT_FDCWD, "/dev/null", O_RDWR);
  for (int fd = 0; fd <= STDERR_FILENO; fd++) dup2(nowhere, fd);
  close_range(STDERR_FILENO + 1, ~0u, 0);
  sigset_t none;
  sigemptyset(&none);
  sigprocmask(SIG_SETMASK, &none, NULL);
  setsid();
  execvp(argv[0], (char *const *)argv);
  _exit(127);
}

int os_launch(const char *const *argv) {
  pid_t child = fork();
  if (child < 0) return errno;
  if (child == 0) {
    if (fork() == 0) become(argv);
    _exit(0);
  }
  while (waitpid(child, NULL, 0) < 0 && errno == EINTR) continue;
  return 0;
}
