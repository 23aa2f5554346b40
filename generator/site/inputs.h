/* What a build depends on besides the files of its pages, as one number.
 *
 * The program and its libraries, the options, today's date, the data files, snippets, the table of files, the cascades,
 * every file of the theme and of those that it extends. Two builds with the same number and the same bytes of a page
 * read that page alike.
 * Failure: false when it cannot be told; nothing is reported. */
#ifndef PAMPHLET_SITE_INPUTS_H
#define PAMPHLET_SITE_INPUTS_H

#include "site/site.h"

/* After site_scan(). Reads the files again; *touched: one was changed after the build began, so that what the site has of
 * it may be older than what the number tells of. */
bool site_inputs(const Site *site, uint64_t hash[2], bool *touched);

#endif
