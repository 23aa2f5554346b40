/* The YAML that most front matters are written in, without the library.
 *
 * Maps of `key: value` in blocks, lists of `- value`, `[a, b]` and `{key: value}` on one line; text that is plain or in
 * quotes, on one line, with nothing to undo; comments on lines of their own. libfyaml needs 150,000 instructions for the
 * front matter of a usual page, a fifth of all that reading the page takes; this needs a twentieth of that.
 *
 * Units and owner: as data/yaml.h. Failure: false when there is anything that is not surely so simple, mistakes too;
 * nothing was reported, and the library decides (tests/unit/test_yaml_simple.c and tests/fuzz/fuzz_yaml.c hold the two
 * against each other). */
#ifndef PAMPHLET_DATA_YAML_SIMPLE_H
#define PAMPHLET_DATA_YAML_SIMPLE_H

#include "data/yaml.h"

bool yaml_read_simple(Arena *arena, const YamlText *yaml, Value *result);

/* yaml.c: what plain text means in the core schema. */
Value yaml_plain_value(Str text);

#endif
