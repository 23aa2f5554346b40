/* Lists of pages as templates see them: terms, related pages, the index from A to Z, what is new. Made when a template
 * asks; everything lives in the View's arena. Failure: none, a list that a page does not have is empty. */
#ifndef PAMPHLET_SITE_LISTS_H
#define PAMPHLET_SITE_LISTS_H

#include "site/view.h"

/* The taxonomies that the page has terms of: `name`, `title`, `url`, `terms`. */
Value lists_page_taxonomies(View *view, const Page *page);
/* All of the language that have terms, as above without `terms`. */
Value lists_site_taxonomies(View *view);
/* Of a taxonomy's page: its terms in the order of the language, each with `title`, `url`, `description`, `count`. */
Value lists_terms(View *view, const Page *page);
/* Of a term's page: the term with its `taxonomy` and `pages`; else undefined. */
Value lists_term(View *view, const Page *page);
Value lists_related(View *view, const Page *page);
/* Of a page with `list: a-z`: `letter`, `id` and `pages` for each letter that has any. */
Value lists_index(View *view, const Page *page);
/* Of a page with `list: new`: `page`, `date` and `what` (`new`, `updated`, `reviewed`), the newest first. */
Value lists_changes(View *view, const Page *page);

#endif
