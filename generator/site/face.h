/* The face of a page: what the others need of it, without its text, as bytes.
 *
 * Two parts. What is *shown* is all that another page's template may see of it but what its text gives; the second is
 * what the checks between pages need: links, anchors, questions, numbers. face_read() gives a page of which `slim` is
 * set: it can be connected (site/connect.c), and rendered only after its text was read (site_load_texts()).
 * Owner: text of a page that was read lies in the face. Failure: false; nothing is reported. */
#ifndef PAMPHLET_SITE_FACE_H
#define PAMPHLET_SITE_FACE_H

#include "content/page.h"

/* False: there is something in it that cannot be kept. */
bool face_write_shown(const Page *page, Buf *out);
bool face_write_checked(const Page *page, Buf *out);
/* `page` has its file and path; of `page_count` pages. */
bool face_read(Str face, size_t page_count, Arena *arena, Page *page);

#endif
