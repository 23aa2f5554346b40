#include "serve/link.h"

#include "os/event.h"

/* The longest text: a file of the theme. */
#define LINK_TEXT_MOST ((size_t)256 << 20)

bool link_send(int descriptor, const LinkMessage *message) {
  if (!os_send(descriptor, message, sizeof *message)) return false;
  for (int i = 0; i < LINK_TEXTS; i++)
    if (!os_send(descriptor, message->texts[i].s, message->texts[i].len)) return false;
  return true;
}

bool link_receive(int descriptor, Arena *arena, LinkMessage *message) {
  if (!os_receive(descriptor, message, sizeof *message)) return false;
  for (int i = 0; i < LINK_TEXTS; i++) {
    size_t len = message->texts[i].len;
    if (len > LINK_TEXT_MOST) return false;
    char *bytes = arena_alloc(arena, len + 1, 1);
    if (!os_receive(descriptor, bytes, len)) return false;
    bytes[len] = '\0';
    message->texts[i] = str_from(bytes, len);
  }
  return true;
}
