/* Link and image targets of one page: what they mean and which URL is written for them.
 *
 * A target is a file relative to the page (`../side-effects.md#fever`), the page's own anchor (`#fever`), a path from
 * the site's root (`/contact/`), or a URL with a scheme. Failure: reported; the target is written as it stands. */
#ifndef PAMPHLET_CONTENT_TARGETS_H
#define PAMPHLET_CONTENT_TARGETS_H

#include "content/page.h"

typedef struct Targets {
  const PageLoader *loader;
  const ContentFile *from;
  const Pieces *pieces; /* of that page: a link in a snippet is relative to the snippet */
  const PageMemory *memory;
  bool handout; /* its pictures are looked at as paper shows them: */
  bool saw_pictures;
  PageLink *items; /* in scratch */
  size_t count;
  size_t capacity;
} Targets;

/* For MarkdownOptions.resolve; `context` is a Targets. */
Str targets_resolve(void *context, const MarkdownTarget *target);

/* What was found becomes the links of the page. */
void targets_keep_links(const Targets *links, Page *page);

/* "a/b/../c.md" from the folder of `from`; false when it leaves the root. */
bool targets_join(Arena *arena, Str from, Str relative, Str *path);

#endif
