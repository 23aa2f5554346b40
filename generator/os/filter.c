#define _GNU_SOURCE
#include "os/filter.h"

#include "base/buf.h"
#include "os/os.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

extern char **environ;

enum { IN, OUT, ERROR, STREAMS };

typedef struct Run {
  int fds[STREAMS]; /* our ends; -1 when closed */
  Str left;         /* of the input */
  Buf texts[STREAMS];
  pid_t pid;
} Run;

static void close_one(int *fd) {
  if (*fd >= 0) close(*fd);
  *fd = -1;
}

static int start(Run *run, const char *const *argv) {
  int pipes[STREAMS][2] = {{-1, -1}, {-1, -1}, {-1, -1}};
  posix_spawn_file_actions_t actions;
  posix_spawnattr_t attributes;
  sigset_t defaults;
  int error = 0;
  for (int i = 0; i < STREAMS && !error; i++)
    if (pipe2(pipes[i], O_CLOEXEC)) error = errno;
  posix_spawn_file_actions_init(&actions);
  posix_spawnattr_init(&attributes);
  sigemptyset(&defaults);
  sigaddset(&defaults, SIGPIPE);
  posix_spawnattr_setsigdefault(&attributes, &defaults);
  posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGDEF);
  for (int i = 0; i < STREAMS && !error; i++) error = posix_spawn_file_actions_adddup2(&actions, pipes[i][i != IN], i);
  /* posix_spawnp takes pointers to non-const by tradition and changes nothing. */
  if (!error) error = posix_spawnp(&run->pid, argv[0], &actions, &attributes, (char *const *)(uintptr_t)argv, environ);
  posix_spawn_file_actions_destroy(&actions);
  posix_spawnattr_destroy(&attributes);
  for (int i = 0; i < STREAMS; i++) {
    close_one(&pipes[i][i != IN]);
    run->fds[i] = pipes[i][i == IN];
    if (error) close_one(&run->fds[i]);
  }
  return error;
}

static void feed(Run *run) {
  ssize_t put = run->left.len ? write(run->fds[IN], run->left.s, run->left.len) : 0;
  if (put > 0) run->left = str_skip(run->left, (size_t)put);
  /* EPIPE: it reads no further, which is its right. */
  if (!run->left.len || (put < 0 && errno != EAGAIN && errno != EINTR)) close_one(&run->fds[IN]);
}

static int drain(Run *run, int stream) {
  char bytes[16384];
  ssize_t got = read(run->fds[stream], bytes, sizeof bytes);
  if (got < 0 && (errno == EINTR || errno == EAGAIN)) return 0;
  if (got <= 0) close_one(&run->fds[stream]);
  if (got > 0) buf_add(&run->texts[stream], str_from(bytes, (size_t)got));
  return run->texts[stream].over ? EFBIG : 0;
}

static int converse(Run *run, double until) {
  while (run->fds[OUT] >= 0 || run->fds[ERROR] >= 0) {
    struct pollfd polls[STREAMS];
    for (int i = 0; i < STREAMS; i++) polls[i] = (struct pollfd){run->fds[i], i == IN ? POLLOUT : POLLIN, 0};
    double left = until - os_seconds();
    if (left <= 0) return ETIMEDOUT;
    int ready = poll(polls, STREAMS, (int)(left * 1000) + 1);
    if (ready < 0 && errno != EINTR) return errno;
    if (ready <= 0) continue;
    if (polls[IN].revents) feed(run);
    for (int i = OUT; i < STREAMS; i++) {
      int error = polls[i].revents ? drain(run, i) : 0;
      if (error) return error;
    }
  }
  return 0;
}

static int reap(Run *run, bool ended) {
  int status = 0;
  if (!ended) kill(run->pid, SIGKILL);
  while (waitpid(run->pid, &status, 0) < 0 && errno == EINTR) {
  }
  return WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
}

int os_filter(Arena *arena, OsFilter *filter) {
  struct sigaction ignore = {.sa_handler = SIG_IGN};
  struct sigaction before;
  Run run = {.left = filter->input};
  for (int i = OUT; i < STREAMS; i++) run.texts[i] = buf_new(arena, filter->most);
  int error = start(&run, filter->argv);
  if (error) return error;
  fcntl(run.fds[IN], F_SETFL, O_NONBLOCK);
  sigaction(SIGPIPE, &ignore, &before); /* a program that stops reading must not end this one */
  error = converse(&run, os_seconds() + filter->seconds);
  sigaction(SIGPIPE, &before, NULL);
  for (int i = 0; i < STREAMS; i++) close_one(&run.fds[i]);
  filter->status = reap(&run, !error);
  filter->output = buf_str(&run.texts[OUT]);
  filter->messages = buf_str(&run.texts[ERROR]);
  /* POSIX lets posix_spawn() succeed although the program can't be run; its child then ends with 127. */
  if (!error && filter->status == 127) error = ENOENT;
  return error;
}
