/* What machines read beside the pages: sitemap.xml, Atom feeds, robots.txt; XML by libxml2's writer.
 *
 * Sources: https://www.sitemaps.org/protocol.html, RFC 4287 (Atom), RFC 9309 (robots).
 * Owner: results are in the arena given. Failure: the empty Str when libxml2 has no memory; not reported.
 * Limits: SITEMAP_MOST pages a file (the protocol's), FEED_MOST entries. */
#ifndef PAMPHLET_SITE_FEEDS_H
#define PAMPHLET_SITE_FEEDS_H

#include "site/site.h"

enum { SITEMAP_MOST = 50000, FEED_MOST = 50 };

size_t feeds_sitemap_parts(const Site *site);
Str feeds_sitemap(const Site *site, Arena *arena, int part); /* -1: the index of the parts */
Str feeds_atom(const Site *site, Arena *arena, size_t language);
Str feeds_path(const Site *site, Arena *arena, size_t language); /* "feed.xml", "es/feed.xml" */
/* Of the pages of a language that say when they changed (site_page_changed()), the newest FEED_MOST that are `wanted`
 * (NULL: all are), the newest first. Gives how many. */
size_t feeds_newest(const Site *site, size_t language, bool (*wanted)(const Page *page), const Page *newest[FEED_MOST]);
Str feeds_robots(const Site *site, Arena *arena);
/* base_url and a root-relative URL of this site as one absolute URL. */
Str feeds_absolute(const Site *site, Arena *arena, Str url);

#endif
