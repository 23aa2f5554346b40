/* The shape of a YAML map: which keys it may have and what each holds, as a table.
 *
 * shape_check() reports unknown keys (a warning with the nearest known one, or with what to write instead) and values of the wrong type (an error),
 * all of them, and makes what it can uniform: a text key written as a number keeps its spelling ("version: 1.10"
 * stays 1.10), a single text where a list is wanted becomes a list of one, a person given as text becomes a map with a
 * role. The map is changed in place, and its keys are those of the table. Failure: false when anything was an error;
 * reported. */
#ifndef PAMPHLET_CONTENT_SHAPE_H
#define PAMPHLET_CONTENT_SHAPE_H

#include "data/value.h"
#include "diag/diag.h"

typedef enum ShapeType {
  SHAPE_ANY,
  SHAPE_TEXT,
  SHAPE_WORDS,  /* text, or a map of text by language */
  SHAPE_NUMBER, /* a whole number */
  SHAPE_BOOL,
  SHAPE_DATE,
  SHAPE_TEXTS,
  SHAPE_PERSON,  /* a map with `role` */
  SHAPE_ABOUT,   /* a map with `name` and what shape.c lists; text alone is the name */
  SHAPE_SOURCES, /* a list of maps with `title` */
  SHAPE_CHOICE,
  SHAPE_MAP,
  SHAPE_LIST,
} ShapeType;

typedef struct ShapeKey {
  const char *name;
  ShapeType type;
  const char *const *choices; /* SHAPE_CHOICE: NULL-ended */
} ShapeKey;

/* A key that people know from other generators. */
typedef struct ShapeForeign {
  const char *name;
  const char *instead; /* what to do here, for the hint */
} ShapeForeign;

typedef struct Shape {
  const ShapeKey *keys;
  size_t count;
  const ShapeForeign *foreign; /* to a NULL name; NULL: none */
  const char *vital;           /* a key whose misspelling is an error; NULL: none */
} Shape;

typedef struct ShapeFile {
  Str path;
  Str text;
  Arena *arena;
  DiagList *diags;
} ShapeFile;

bool shape_check(const ShapeFile *file, Value map, const Shape *shape);

/* Reports `url` in `map` when it is there and no address of the web. */
bool shape_check_url(Str path, DiagList *diags, Value map);
/* The place of a value or key read from a file, for a diagnostic. */
Span shape_span(Str path, Value value);
Span shape_key_span(Str path, const ValueEntry *entry);

#endif
