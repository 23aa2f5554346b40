/* What `theme preview` shows: Markdown with every component once, and the data around it. All of it made up. */
#ifndef PAMPHLET_THEME_PREVIEW_SAMPLE_H
#define PAMPHLET_THEME_PREVIEW_SAMPLE_H

#include "base/str.h"

Str preview_markdown(bool arabic);
Str preview_data(void);    /* YAML: page, site, clinic, facts, build */
Str preview_picture(void); /* an SVG */

#endif
