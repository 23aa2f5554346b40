/* What libfyaml 0.7.12 takes too long for, or too much memory, is refused before it sees it.
 *
 * Failure: false, reported at the place. Limits: YAML_STRETCHES_MOST; YAML_VALUES_MOST, which also holds for brackets
 * and commas. A text of a few thousand bytes is within both, and is not looked through. */
#ifndef PAMPHLET_DATA_YAML_LIMITS_H
#define PAMPHLET_DATA_YAML_LIMITS_H

#include "data/yaml.h"

bool yaml_is_within_limits(Arena *scratch, const YamlText *yaml, DiagList *diags);

#endif
