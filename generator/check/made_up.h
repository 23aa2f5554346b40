/* `made_up: true` in clinic.yaml, which a new site has: each build says what there still looks made up, so that
 * nobody's patients call a number that does not exist. Advice: it stops nothing.
 *
 * Made up look a phone number 555-01xx (reserved for that by the North American Numbering Plan), an address of the
 * domains of RFC 2606 (example.org …), and what says Example or Sample. Failure: none. */
#ifndef PAMPHLET_CHECK_MADE_UP_H
#define PAMPHLET_CHECK_MADE_UP_H

#include "content/settings.h"

void made_up_check(Value clinic, const SiteSettings *settings, Str clinic_path, DiagList *diags);

#endif
