/* The HTTP headers that the site's files are to be served with: the only place that knows them. The build publishes
 * them as the file `_headers`, which several hosts read, and the preview server sends them itself.
 *
 * Owner: static, or the arena given. Failure: none. */
#ifndef PAMPHLET_SITE_HEADERS_H
#define PAMPHLET_SITE_HEADERS_H

#include "base/buf.h"

typedef struct SiteHeader {
  const char *name;
  const char *value;
} SiteHeader;

/* Of every file. */
extern const SiteHeader site_headers[];
extern const size_t site_header_count;
/* Cache-Control of a file. The theme's have a hash of their bytes in their names (theme/assets.c) and never change. */
const char *headers_cache(bool named_by_content);
/* `_headers` for a site at this path of its host, "/" or "/clinic/". `assets_named_by_content`: so is every file below
 * assets/. */
Str headers_file(Arena *arena, Str base_path, bool assets_named_by_content);

#endif
