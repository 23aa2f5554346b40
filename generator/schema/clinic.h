/* The nodes of the website and of the clinic. Private to schema/; conventions as in schema/node.h. */
#ifndef PAMPHLET_SCHEMA_CLINIC_H
#define PAMPHLET_SCHEMA_CLINIC_H

#include "schema/node.h"

Value clinic_make_website(const NodeMaker *maker, Value site, Str lang);
Value clinic_make_node(const NodeMaker *maker, Value clinic);

/* Adds the days that a text names to `days`, as schema.org's URLs (https://schema.org/Monday), each once: "Monday",
 * "Mon-Fri", "Saturday and Sunday", "Fri to Mon". Text that names no day adds nothing. */
void clinic_add_days(Str text, Value days);

/* The value of schema.org's MedicalSpecialty for a department's name in English, or empty: "Hematologic". */
Str clinic_specialty(Str department);

#endif
