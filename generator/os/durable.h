/* Files that are there whole or not at all, also after a power cut; and folders for a while.
 *
 * Paths as in os/os.h. Failure: an errno value; what stood under the name before is then still there, unchanged (of
 * os_append_durable: with a part of the bytes after it at worst). */
#ifndef PAMPHLET_OS_DURABLE_H
#define PAMPHLET_OS_DURABLE_H

#include "base/str.h"

/* Written under another name beside it, brought to its medium, renamed. The folder must be there. */
int os_write_durable(Str path, Str bytes);
/* Moves a durable file to another name on the same file system. */
int os_rename_durable(Str from, Str to);
/* Moves a file to another file system, with its time of change; folders of `to` must be there. */
int os_move_across(Str from, Str to);
/* Adds to the end of a file, made when missing. */
int os_append_durable(Str path, Str bytes);
/* Cuts a file after `size` bytes. */
int os_truncate_durable(Str path, uint64_t size);

/* A new empty folder that only this user may enter, below $TMPDIR or /tmp; its name begins with `prefix`. */
int os_make_temporary_folder(Arena *arena, Str prefix, Str *path);

#endif
