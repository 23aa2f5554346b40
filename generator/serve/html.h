/* The pages that the preview makes itself.
 *
 * Owner: the arena of the Buf. Failure: none. */
#ifndef PAMPHLET_SERVE_HTML_H
#define PAMPHLET_SERVE_HTML_H

#include "base/buf.h"

enum { HTML_MOST = 8 << 20 };

/* From the doctype to the page's heading; html_end() closes it all. */
void html_begin(Buf *out, Str title);
void html_end(Buf *out);

#endif
