/* The nodes of the website and of the clinic. Private to schema/; conventions as in schema/node.h. */
#ifndef PAMPHLET_SCHEMA_CLINIC_H
#define PAMPHLET_SCHEMA_CLINIC_H

#include "schema/node.h"

Value clinic_make_website(const NodeMaker *maker, Value site, Str lang);
Value clinic_make_node(const NodeMaker *maker, Value clinic);

/* What the home page tells besides: services (`name`, `type`, `url`), and whether new patients are taken. */
void clinic_add_services(const NodeMaker *maker, Value clinic, Value services, Value node);

/* The value of schema.org's MedicalSpecialty for a department's name in English, or empty: "Hematologic". */
Str clinic_specialty(Str department);

#endif
