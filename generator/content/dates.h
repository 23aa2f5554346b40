/* Dates as clinics write them: ISO 8601 calendar dates, "2026-03-01".
 *
 * Kept as text: ISO dates sort as text does. Source: ISO 8601-1:2019, 5.2.2.1. Years 0001 to 9999. */
#ifndef PAMPHLET_CONTENT_DATES_H
#define PAMPHLET_CONTENT_DATES_H

#include "base/str.h"

bool date_is_iso(Str text); /* of a day that exists */
/* Seconds since 1970-01-01 UTC as a date, in UTC. */
Str date_from_seconds(Arena *arena, int64_t seconds);
/* So many months later, on the same day, or on the last one of a month that has no such day. */
Str date_add_months(Arena *arena, Str iso, int months);
/* Days since 1970-01-01 of an ISO date (date_is_iso()); a difference of two is a number of days. */
int64_t date_days(Str iso);

#endif
