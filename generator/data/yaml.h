/* YAML in, by libfyaml.
 *
 * Reads one YAML document (YAML 1.2 core schema: null, true/false, integers, floats; everything else is text, dates
 * too).
 *
 * Keys are text, whatever they look like (`1:` is "1"). An alias gives a copy of its own; the copy's origin is the
 * alias, those of its members the place where they stand. `<<` merges. Tags other than the core schema's are refused.
 *
 * Assumes: `text` is valid UTF-8 without NUL (libfyaml 0.7.12 leaks on some text that is not).
 *
 * Units: `begin` and `end` are byte offsets into `text`, the whole file; Values' origins and diagnostics count from the
 * file's start, so a front matter is read by giving its place in the page.
 *
 * Owner: `arena`; nothing points into `text` afterwards.
 *
 * Failure: false, already reported to `diags` (syntax, duplicate keys, too many values after alias expansion). libfyaml
 * stops at the first syntax error.
 *
 * Limits: YAML_VALUES_MOST values after aliases, so that they cannot multiply without bound; YAML_DEPTH_MOST levels;
 * YAML_STRETCHES_MOST. */
#ifndef PAMPHLET_DATA_YAML_H
#define PAMPHLET_DATA_YAML_H

#include "base/limits.h"
#include "data/value.h"
#include "diag/diag.h"

typedef struct YamlText {
  Str path;
  Str text;
  size_t begin;
  size_t end;
} YamlText;

/* An empty document gives an empty map. */
bool yaml_read(Arena *arena, const YamlText *yaml, DiagList *diags, Value *result);

/* A number as it stands in the file: "1.10" for the version 1.1, "02134" for the postcode 2134. `text` is the file. */
Str yaml_as_written(Str text, Value number);

#endif
