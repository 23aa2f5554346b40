/* Opening hours and holidays of clinic.yaml.
 *
 * hours_read() makes them ready once, for all languages: `weekdays` of each entry of `hours` becomes a list of
 * schema.org's days, from `weekdays` as written, else from the English text of `days`; `holidays` keeps what is not
 * over yet, each with an `until`. The other two make nodes of them. Failure: what machines cannot be told is a warning,
 * a date that is none an error; reported. */
#ifndef PAMPHLET_SCHEMA_HOURS_H
#define PAMPHLET_SCHEMA_HOURS_H

#include "diag/diag.h"
#include "schema/node.h"

typedef struct HoursFile {
  Arena *arena;
  Str path; /* of clinic.yaml, for diagnostics */
  Str today;
  DiagList *diags;
} HoursFile;

void hours_read(const HoursFile *file, Value clinic);

/* Lists of OpeningHoursSpecification. */
Value hours_make_week(const NodeMaker *maker, Value hours);
Value hours_make_holidays(const NodeMaker *maker, Value holidays);

/* Adds the days that a text names to `days`, as schema.org's URLs (https://schema.org/Monday), each once: "Monday",
 * "Mon-Fri", "Saturday and Sunday", "Fri to Mon". Text that names no day adds nothing. */
void hours_add_days(Str text, Value days);

#endif
