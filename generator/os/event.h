/* Waiting for several things at once: descriptors, signals, a message from another process.
 *
 * Failure: as in os/os.h. */
#ifndef PAMPHLET_OS_EVENT_H
#define PAMPHLET_OS_EVENT_H

#include "base/str.h"

enum { OS_POLL_MOST = 8 };

typedef struct OsPoll {
  int descriptor; /* -1: none, never ready */
  bool ready;     /* result: it can be read, or its other end is gone */
} OsPoll;

/* Waits until one is ready, at most `seconds` (negative: for ever). At most OS_POLL_MOST. */
void os_poll(OsPoll *items, size_t count, double seconds);

/* SIGINT, SIGTERM and SIGHUP no longer end this process but make *descriptor readable. SIGPIPE is ignored. */
int os_signals_open(int *descriptor);
/* In a child of such a process: SIGINT and SIGHUP, which a terminal sends to all, are ignored, SIGTERM ends it. */
void os_signals_leave(void);

/* Two ends of a connection between a process and the child that it will fork. */
int os_pair_open(int ends[2]);
void os_close(int descriptor);
/* In a child: everything but the standard descriptors and `keep` is closed. */
void os_close_others(int keep);
/* All bytes, waiting where needed. False: the other end is gone. */
bool os_send(int descriptor, const void *bytes, size_t len);
bool os_receive(int descriptor, void *bytes, size_t len);

/* So many descriptors may be open as the system allows; the number. */
size_t os_raise_descriptors(void);
/* This process gives way to others. */
void os_give_way(void);

#endif
