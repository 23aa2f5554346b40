/* Any bytes as what a build has kept of a page: refused, or a page that can be written and read again. */
#include <stdlib.h>

#include "site/face.h"

enum { PAGES = 100, INPUT_MOST = 1 << 16, OUTPUT_MOST = 1 << 22 };

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void require(bool holds) {
  if (!holds) abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  if (size > INPUT_MOST) return 0;
  Arena arena = arena_reserve((size_t)1 << 30);
  Page page = {.path = STR("a.md")};
  if (face_read(str_from((const char *)data, size), PAGES, &arena, &page)) {
    for (size_t i = 0; i < page.link_count; i++) require(page.links[i].page < PAGES);
    Buf face = buf_new(&arena, OUTPUT_MOST);
    require(face_write_shown(&page, &face) && face_write_checked(&page, &face));
    Page again = {.path = page.path};
    require(face_read(buf_str(&face), PAGES, &arena, &again));
  }
  arena_release(&arena);
  return 0;
}
