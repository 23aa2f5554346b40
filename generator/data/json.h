/* JSON in and out, by jansson (of writing: the escaping of text; why, is in json.c).
 * Reading: as data/yaml.h (owner, failure reported with its position); origins are 0.
 * Writing cannot fail except through the Buf's maximum; undefined becomes null; markup is text; objects are null.
 * Output is pure ASCII with `, ` and `: ` between items, as Python's json.dumps writes it, unless JSON_OUT_COMPACT. */
#ifndef PAMPHLET_DATA_JSON_H
#define PAMPHLET_DATA_JSON_H

#include "data/value.h"
#include "diag/diag.h"

typedef enum JsonFlags {
  JSON_OUT_PLAIN = 0,
  JSON_OUT_SORTED = 1,  /* keys in byte order */
  JSON_OUT_SCRIPT = 2,  /* < > & ' become \u003c …: safe inside a script element and a single-quoted attribute */
  JSON_OUT_COMPACT = 4, /* no spaces */
  JSON_OUT_UTF8 = 8,    /* text as UTF-8 instead of \u escapes; U+2028 and U+2029 are still escaped */
} JsonFlags;

bool json_read(Arena *arena, Str path, Str text, DiagList *diags, Value *result);
/* `indent` spaces a level; 0 for one line. */
void json_write(Buf *out, Value value, JsonFlags flags, int indent);

#endif
