/* Reading figures of the site's pages, and the template filters that need them or Markdown.
 *
 * Figures are made only when somebody asks: `build --stats`, or a limit in site.yaml. */
#ifndef PAMPHLET_SITE_READING_H
#define PAMPHLET_SITE_READING_H

#include "check/reading.h"
#include "site/site.h"

typedef struct SiteReading SiteReading;

/* Before the theme's templates are parsed and workers are forked: registers `reading_grade` and `markdown`. */
void site_reading_open(Site *site);
void site_reading_close(Site *site);
/* Again, for a theme that was loaded since. */
void site_reading_add_filters(Site *site);
/* For the worker that has loaded a page. */
void site_reading_page(Site *site, const PageMemory *memory, const MarkdownText *text, const Page *page);
/* The figures of one page, which is read again for that: only then is its text there. In a worker; what is wrong in the
 * page is not reported. */
void site_measure_page(Site *site, size_t index, Reading *reading, Worker *worker, ReadingFigures *figures);
/* Whether pages are to be measured. */
bool site_reading_wanted(const Site *site);
/* A list of maps, one a page that is published: file, url, lang, words, minutes, sentences, grade …, sections. */
Value site_reading_value(const Site *site);

#endif
