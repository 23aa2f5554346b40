/* What the filters and methods share. Private to template/.
 *
 * Functions that refuse() an argument return false or null; the caller returns at once. */
#ifndef PAMPHLET_TEMPLATE_FILTERS_H
#define PAMPHLET_TEMPLATE_FILTERS_H

#include "template/render.h"

Value filter_input_text(TemplateCall *call); /* str(input); markup stays markup */
Value filter_input_list(TemplateCall *call); /* what a loop over the input sees */
/* The argument, or `otherwise` when it is not given or none. */
Value filter_or(TemplateCall *call, size_t position, const char *keyword, Value otherwise);
bool filter_whole(TemplateCall *call, size_t position, const char *keyword, int64_t otherwise, int64_t *number);
bool filter_flag(TemplateCall *call, size_t position, const char *keyword);
Buf filter_buf(TemplateCall *call);
Str filter_done(TemplateCall *call, const Buf *buf);

/* "author.name" or 0, looked up in each item. */
typedef struct Path {
  Value key;       /* text or number; none: the item itself */
  bool lower;      /* text in lower case, for comparing without case */
  Value otherwise; /* in place of what is missing; undefined: none */
} Path;
Value path_get(TemplateCall *call, const Path *path, Value item);

Str text_capitalize(Arena *arena, Str text);
Str text_replace(TemplateCall *call, Str text, Str old, Str new, int64_t count);
Str text_pad(TemplateCall *call, Str text, int64_t left, int64_t right);
Str text_center(TemplateCall *call, Str text, int64_t width);
/* Cuts the next line off, as Python's splitlines does. False: there is none. */
bool text_next_line(Str *text, Str *line);

Value filter_wordwrap(TemplateCall *call);
Value filter_urlize(TemplateCall *call);
Value filter_sort(TemplateCall *call);
Value filter_dictsort(TemplateCall *call);
Value filter_groupby(TemplateCall *call);
Value filter_unique(TemplateCall *call);
Value filter_min(TemplateCall *call);
Value filter_max(TemplateCall *call);

#endif
