/* Building again: only what has changed since the last build is parsed and rendered (docs/rebuild.md).
 *
 * A build leaves a file in the state folder, out/.pamphlet/known, with two tables. One says what is known of a page
 * whose file has certain bytes: its face (site/face.h). The other says what an output became: the hash of its bytes, by
 * a key that is a hash of all that went into it. Both are of contents alone, so that what they say is true whatever
 * happened to files and folders since; what is not in them is made as if there were none. The file is used only by
 * builds whose inputs (site/inputs.h) are the same; one that is damaged or from another program is as good as none.
 *
 * The steps are called in this order, by site_build(); without a Rebuild (site->rebuild is NULL) all is made.
 * Owner: the site's arena. Failure: nothing is reported here; the file is only left away. */
#ifndef PAMPHLET_SITE_REBUILD_H
#define PAMPHLET_SITE_REBUILD_H

#include "site/publish.h"

/* After site_scan(): reads what is known of the site; site->rebuild is set, or stays NULL. */
void rebuild_open(Site *site);
/* PageLoader.known, the context is the Site: true when the page is known. In a worker. */
bool rebuild_know_page(void *site, const PageMemory *memory, Str text, Page *page);
/* In the worker that has loaded a page: keeps its face. */
void rebuild_keep_page(Site *site, const PageMemory *memory, Page *page, const DiagList *diags);
/* As rebuild_know_page() when the text of a slim page is read after all: looks whether the file is as it was. Always
 * false, so that it is loaded. */
bool rebuild_see_page(void *site, const PageMemory *memory, Str text, Page *page);

/* Reads the texts of all pages that are slim still. */
void rebuild_complete(Site *site);
/* Renders what is not known, after what it needs was read. */
void rebuild_render(Site *site, Publication *publication);
/* A file was changed while it was in use: nothing may be published, and the build begins again without a Rebuild. */
bool rebuild_is_stale(const Site *site);
/* Writes what is known now, after everything was published. */
void rebuild_write(const Site *site, Str state);

#endif
