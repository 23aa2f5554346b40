#define _GNU_SOURCE
#include "os/peer.h"

#include "os/os.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

extern char **environ;

/* Descriptors above those that the program gets, so that putting one in place cannot overwrite another. */
enum { FIRST_FREE = 10, PEER_IN = 3, PEER_OUT = 4 };
enum { READ_AT_ONCE = 1 << 18 }; /* a pipe holds 64 KiB, a socket 208 */

static int lift(int *fd) {
  int lifted = fcntl(*fd, F_DUPFD_CLOEXEC, FIRST_FREE);
  int error = lifted < 0 ? errno : 0;
  close(*fd);
  *fd = lifted;
  return error;
}

static int make_pipe(int ends[2]) {
  if (pipe2(ends, O_CLOEXEC)) {
    ends[0] = ends[1] = -1;
    return errno;
  }
  int error = lift(&ends[0]);
  int other = lift(&ends[1]);
  return error ? error : other;
}

static void close_pipe(int ends[2]) {
  for (int i = 0; i < 2; i++)
    if (ends[i] >= 0) close(ends[i]);
}

static int spawn(pid_t *pid, const char *const *argv, const char *error_file, int in, int out) {
  posix_spawn_file_actions_t actions;
  posix_spawnattr_t attributes;
  sigset_t signals;
  posix_spawn_file_actions_init(&actions);
  posix_spawnattr_init(&attributes);
  sigemptyset(&signals);
  posix_spawnattr_setsigmask(&attributes, &signals); /* os_fork() holds SIGCHLD back */
  sigaddset(&signals, SIGPIPE);
  posix_spawnattr_setsigdefault(&attributes, &signals);
  posix_spawnattr_setpgroup(&attributes, 0);
  posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETPGROUP);
  int error = posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
  if (!error) error = posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
  if (!error)
    error = posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, error_file, O_WRONLY | O_CREAT | O_TRUNC, 0600);
  if (!error) error = posix_spawn_file_actions_adddup2(&actions, in, PEER_IN);
  if (!error) error = posix_spawn_file_actions_adddup2(&actions, out, PEER_OUT);
  /* posix_spawnp takes pointers to non-const by tradition and changes nothing. */
  if (!error) error = posix_spawnp(pid, argv[0], &actions, &attributes, (char *const *)(uintptr_t)argv, environ);
  posix_spawn_file_actions_destroy(&actions);
  posix_spawnattr_destroy(&attributes);
  return error;
}

int os_peer_start(OsPeer *peer, const char *const *argv, Str error_file) {
  char path[OS_PATH_MOST];
  int to[2] = {-1, -1};
  int from[2] = {-1, -1};
  pid_t pid = 0;
  *peer = (OsPeer){0, -1, -1};
  if (error_file.len >= sizeof path) return ENAMETOOLONG;
  memcpy(path, error_file.s, error_file.len);
  path[error_file.len] = '\0';
  int error = make_pipe(to);
  if (!error) error = make_pipe(from);
  if (!error) error = spawn(&pid, argv, path, to[0], from[1]);
  if (error) {
    close_pipe(to);
    close_pipe(from);
    return error;
  }
  close(to[0]);
  close(from[1]);
  fcntl(to[1], F_SETFL, O_NONBLOCK);
  fcntl(from[0], F_SETFL, O_NONBLOCK);
  *peer = (OsPeer){pid, to[1], from[0]};
  return 0;
}

/* A program that has closed its end must not end this one by SIGPIPE. */
static ssize_t write_unsignalled(int fd, Str bytes) {
  struct sigaction ignore = {.sa_handler = SIG_IGN};
  struct sigaction before;
  sigaction(SIGPIPE, &ignore, &before);
  ssize_t put = write(fd, bytes.s, bytes.len);
  int error = errno;
  sigaction(SIGPIPE, &before, NULL);
  errno = error;
  return put;
}

static int put_some(const OsPeer *peer, Str *out) {
  ssize_t put = write_unsignalled(peer->to, *out);
  if (put >= 0) {
    *out = str_skip(*out, (size_t)put);
    return 0;
  }
  return errno == EAGAIN || errno == EINTR ? 0 : errno;
}

static int get_some(const OsPeer *peer, Buf *in) {
  char *room = buf_room(in, READ_AT_ONCE);
  if (!room) return EFBIG;
  ssize_t got = read(peer->from, room, READ_AT_ONCE);
  if (got > 0) in->len += (size_t)got;
  if (got == 0) return EPIPE;
  return got > 0 || errno == EAGAIN || errno == EINTR ? 0 : errno;
}

int os_peer_exchange(const OsPeer *peer, Str *out, Buf *in, double seconds) {
  struct pollfd polls[] = {{peer->from, POLLIN, 0}, {out->len ? peer->to : -1, POLLOUT, 0}};
  int ready = poll(polls, 2, seconds > 0 ? (int)(seconds * 1000) + 1 : 0);
  if (ready < 0) return errno == EINTR ? 0 : errno;
  int error = polls[1].revents ? put_some(peer, out) : 0;
  /* Reading comes first in what is reported: the last words of a program that ended are still there. */
  if (polls[0].revents) return get_some(peer, in);
  return error;
}

static bool has_ended(int process) {
  int status;
  pid_t pid = waitpid(process, &status, WNOHANG);
  return pid == process || (pid < 0 && errno != EINTR);
}

void os_peer_end(OsPeer *peer, double seconds) {
  if (!peer->process) return;
  close(peer->to);
  close(peer->from);
  double until = os_seconds() + seconds;
  bool ended = has_ended(peer->process);
  while (!ended && os_seconds() < until) {
    nanosleep(&(struct timespec){0, 5000000}, NULL);
    ended = has_ended(peer->process);
  }
  kill(-peer->process, SIGKILL); /* what it started may outlive it */
  while (!ended && waitpid(peer->process, NULL, 0) < 0 && errno == EINTR) {
  }
  *peer = (OsPeer){0, -1, -1};
}

Str os_find_program(Arena *arena, Str name) {
  if (str_find_byte(name, '/') != STR_NONE) return access(str_to_c(arena, name), X_OK) == 0 ? name : (Str){"", 0};
  Str path = os_env("PATH");
  while (path.len) {
    Str folder;
    str_cut(path, ':', &folder, &path);
    Str full = STR_CONCAT(arena, folder.len ? folder : STR("."), STR("/"), name);
    if (os_stat(full).kind != OS_FOLDER && access(str_to_c(arena, full), X_OK) == 0) return full;
  }
  return (Str){"", 0};
}

bool os_is_root(void) {
  return geteuid() == 0;
}
