/* Values as text, the way Python prints them, and text by the code point. Private to template/.
 *
 * Units: bytes, except where a name says code points.
 * Owner: results are in the given arena or point into the argument.
 * Failure: false from the writers when values are nested deeper than TEMPLATE_VALUE_DEPTH_MOST or the Buf is full. */
#ifndef PAMPHLET_TEMPLATE_TEXT_H
#define PAMPHLET_TEMPLATE_TEXT_H

#include "base/buf.h"
#include "data/value.h"

/* What Value.flags says about a VALUE_LIST inside template/. */
typedef enum ListKind {
  LIST_PLAIN,
  LIST_TUPLE,
  LIST_GROUP, /* a tuple with the members `grouper` and `list` */
  LIST_KEYS,
  LIST_VALUES,
  LIST_ITEMS,
} ListKind;

/* Value.flags of a VALUE_UNDEFINED that may be printed (as nothing) and looped over: `"x" if false`, as in Jinja. */
enum { UNDEFINED_LENIENT = 1 };

bool text_is_space(uint32_t code_point); /* as Python's str.isspace */

typedef enum TextStrip { TEXT_STRIP_LEFT = 1, TEXT_STRIP_RIGHT = 2, TEXT_STRIP_BOTH = 3 } TextStrip;
/* `chars`: the characters to strip; with s == NULL white space. */
Str text_strip(Str text, Str chars, TextStrip sides);

void text_write_int(Buf *out, int64_t number);
/* str(value): text as it is. */
bool text_write(Buf *out, Value value);
/* repr(value): text in quotes. */
bool text_write_repr(Buf *out, Value value);
void text_write_escaped(Buf *out, Str text); /* as buf_add_escaped; faster on text with nothing to escape */

#endif
