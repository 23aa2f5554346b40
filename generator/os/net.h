/* What a server needs of the network and of files that it hands out.
 *
 * Failure: as in os/os.h. */
#ifndef PAMPHLET_OS_NET_H
#define PAMPHLET_OS_NET_H

#include "base/str.h"

/* A socket that listens on a numeric address ("127.0.0.1", "::1", "0.0.0.0"). EINVAL: it is none. EADDRINUSE: the port
 * is taken. */
int os_listen(Str address, int port, int *socket);
/* The port that a listening socket has, when 0 was asked for. */
int os_socket_port(int socket);
/* Whoever reads or writes the connection finds it closed; the descriptor stays. */
void os_socket_end(int socket);
/* The machine's own name; empty when unknown. */
Str os_host_name(Arena *arena);

/* Opens the regular file `path` below `root` for reading; none of the folders or the file itself may be a link, so that
 * nothing outside of the root is ever opened. */
int os_open_below(Str root, Str path, int *descriptor, uint64_t *size, int64_t *mtime_ns);

/* Starts a program that lives on by itself, its output thrown away; argv is NULL-ended. */
int os_launch(const char *const *argv);

#endif
