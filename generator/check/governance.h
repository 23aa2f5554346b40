/* Governance: who answers for a page, when it was reviewed, when that is due again.
 *
 * A page that people act on (treatment, condition, procedure, faq) without `owner`, `reviewed` or `review_due` is a
 * warning, one a page. A page whose review is overdue is a warning, or an error when site.yaml says so.
 * Units: dates are ISO 8601 text. Failure: reported. */
#ifndef PAMPHLET_CHECK_GOVERNANCE_H
#define PAMPHLET_CHECK_GOVERNANCE_H

#include "content/page.h"

void governance_check(const Page *page, const SiteSettings *settings, Str today, DiagList *diags);

#endif
