/* A part of the site: `build --section PATH`, `--lang L`, or both.
 *
 * All sources are read, checked and connected as for the whole; then only the outputs of the part are made. Parts for
 * each section and `/`, or for each language, or for each pair of them, hold each file of the whole site once.
 * - A section is a folder of content/: its pages in all languages, their aliases and the other files in it.
 * - `/` is what is in no folder, and what the generator makes for the whole site: style sheets, sitemap, feeds, lists.
 * - What has no language belongs to the first one of site.yaml.
 *
 * Failure: a section or language that the site does not have is reported. */
#ifndef PAMPHLET_SITE_PART_H
#define PAMPHLET_SITE_PART_H

#include "site/site.h"

bool part_is_whole(const BuildOptions *options);
/* Where a build keeps what it knows of the published files: out/.pamphlet, and in there for each part a folder that no
 * other has: parts/car-t, parts/car-t,es, parts/%2F,es. */
Str part_state(Arena *arena, const BuildOptions *options);
/* Leaves the part's outputs in the list. */
void site_keep_part(Site *site);

#endif
