/* Addresses in content/: `base_url` in site.yaml, `aliases`, where a page once stood, and the `url` of a source.
 *
 * Owner: the arena given. Failure: false; nothing is reported, the caller knows the place. */
#ifndef PAMPHLET_CONTENT_ADDRESSES_H
#define PAMPHLET_CONTENT_ADDRESSES_H

#include "base/str.h"

/* "https://example.org/clinic" → base "https://example.org/clinic/", path "/clinic/": ASCII, without query and
 * fragment. */
bool address_split_base(Arena *arena, Str url, Str *base, Str *path);
/* "https://example.org/x?y#z": of the web, in full, so that a link to it cannot run a script. */
bool address_is_web(Str url);
/* "/old/" → "old/index.html", "/old.html" → "old.html": a file that can be published. */
bool address_of_alias(Arena *arena, Str alias, Str *path);

#endif
