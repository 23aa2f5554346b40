/* YAML in, by libfyaml.
 *
 * Reads one YAML document (YAML 1.2 core schema: null, true/false, integers, floats; everything else is text, dates too).
 * Units: `begin` and `end` are byte offsets into `text`, the whole file; Values' origins and diagnostics count from the
 * file's start, so a front matter is read by giving its place in the page.
 * Owner: `arena`; nothing points into `text` afterwards.
 * Failure: false, already reported to `diags` (syntax, duplicate keys, too many values after alias expansion). libfyaml
 * stops at the first syntax error.
 * Limit: YAML_VALUES_MOST values, so that aliases cannot multiply without bound. */
#ifndef PAMPHLET_DATA_YAML_H
#define PAMPHLET_DATA_YAML_H

#include "data/value.h"
#include "diag/diag.h"

enum { YAML_VALUES_MOST = 200000 }; /* a clinic.yaml of a hospital network has a few thousand */

typedef struct YamlText {
  Str path;
  Str text;
  size_t begin;
  size_t end;
} YamlText;

/* An empty document gives an empty map. */
bool yaml_read(Arena *arena, const YamlText *yaml, DiagList *diags, Value *result);

#endif
