#define _GNU_SOURCE
#include "os/event.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <unistd.h>

void os_poll(OsPoll *items, size_t count, double seconds) {
  struct pollfd polled[OS_POLL_MOST];
  for (size_t i = 0; i < count; i++) {
    polled[i] = (struct pollfd){.fd = items[i].descriptor, .events = POLLIN};
    items[i].ready = false;
  }
  /* Rounded up: waiting 0 ms for what is due in 0.5 ms would spin. */
  int wait = seconds < 0 ? -1 : (int)(seconds * 1000 + 0.999);
  if (poll(polled, count, wait) <= 0) return;
  for (size_t i = 0; i < count; i++) items[i].ready = polled[i].revents != 0;
}

static void end_signals(sigset_t *set) {
  sigemptyset(set);
  sigaddset(set, SIGINT);
  sigaddset(set, SIGTERM);
  sigaddset(set, SIGHUP);
}

int os_signals_open(int *descriptor) {
  sigset_t set;
  end_signals(&set);
  signal(SIGPIPE, SIG_IGN);
  if (sigprocmask(SIG_BLOCK, &set, NULL)) return errno;
  *descriptor = signalfd(-1, &set, SFD_CLOEXEC | SFD_NONBLOCK);
  return *descriptor < 0 ? errno : 0;
}

void os_signals_leave(void) {
  sigset_t set;
  end_signals(&set);
  signal(SIGINT, SIG_IGN);
  signal(SIGHUP, SIG_IGN);
  sigprocmask(SIG_UNBLOCK, &set, NULL);
}

int os_pair_open(int ends[2]) {
  return socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) ? errno : 0;
}

void os_close(int descriptor) {
  close(descriptor);
}

void os_close_others(int keep) {
  if (keep > STDERR_FILENO + 1) close_range(STDERR_FILENO + 1, (unsigned)keep - 1, 0);
  close_range((unsigned)keep + 1, ~0u, 0);
}

bool os_send(int descriptor, const void *bytes, size_t len) {
  const char *at = bytes;
  while (len) {
    ssize_t put = send(descriptor, at, len, MSG_NOSIGNAL);
    if (put < 0 && errno == EINTR) continue;
    if (put <= 0) return false;
    at += put;
    len -= (size_t)put;
  }
  return true;
}

bool os_receive(int descriptor, void *bytes, size_t len) {
  char *at = bytes;
  while (len) {
    ssize_t got = read(descriptor, at, len);
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) return false;
    at += got;
    len -= (size_t)got;
  }
  return true;
}

size_t os_raise_descriptors(void) {
  struct rlimit limit;
  if (getrlimit(RLIMIT_NOFILE, &limit)) return 1024;
  limit.rlim_cur = limit.rlim_max;
  setrlimit(RLIMIT_NOFILE, &limit);
  getrlimit(RLIMIT_NOFILE, &limit);
  return (size_t)limit.rlim_cur;
}

void os_give_way(void) {
  if (nice(10) < 0) errno = 0; /* then it runs as the others do */
}
