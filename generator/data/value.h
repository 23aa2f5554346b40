/* Value: what YAML, JSON and templates hold.
 *
 * A small tagged value, passed by copy; lists, maps and text it points to live in the arena they were made in.
 * Maps keep the order in which keys were added. Markup is a type of its own: text that is already HTML, so that
 * escaping is decided by type.
 * Units: `origin` is a byte offset into the file the value was read from plus one; 0 when it was not read from a file.
 * Failure: none, apart from the arena's. Looking up what is not there gives an undefined Value. */
#ifndef PAMPHLET_DATA_VALUE_H
#define PAMPHLET_DATA_VALUE_H

#include "base/str.h"

typedef enum ValueType {
  VALUE_UNDEFINED,
  VALUE_NULL,
  VALUE_BOOL,
  VALUE_INT,
  VALUE_FLOAT,
  VALUE_STR,
  VALUE_MARKUP,
  VALUE_LIST,
  VALUE_MAP,
  VALUE_OBJECT,
} ValueType;

typedef struct Value Value;
typedef struct ValueList ValueList;
typedef struct ValueMap ValueMap;
typedef struct ValueClass ValueClass;

typedef struct ValueObject {
  const ValueClass *class;
  void *data;
} ValueObject;

struct Value {
  uint8_t type; /* ValueType */
  uint8_t flags; /* for the owner of an object's class; in lists and undefined values for template/; 0 elsewhere */
  uint32_t origin;
  union {
    bool b;
    int64_t i;
    double f;
    Str str;         /* VALUE_STR, VALUE_MARKUP; for VALUE_UNDEFINED the name that was missing, or empty */
    ValueList *list;
    ValueMap *map;
    ValueObject object;
  };
};

struct ValueList {
  Arena *arena;
  Value *items;
  size_t count;
  size_t capacity;
};

typedef struct ValueEntry {
  Str key;
  uint32_t key_origin; /* as Value.origin */
  Value value;
} ValueEntry;

struct ValueMap {
  Arena *arena;
  ValueEntry *entries;
  uint32_t *index; /* hash table of entry numbers plus one, made when the map outgrows a linear look */
  size_t index_size;
  size_t count;
  size_t capacity;
};

/* An object made by an upper folder or by the template engine. Members are computed when asked for. */
struct ValueClass {
  Str name; /* for messages: "loop", "macro", "page" */
  /* The member, or undefined. The result may be put into `arena`; that may be NULL, and then the object uses memory of its
   * own. NULL: no members. */
  Value (*member)(void *data, Str name, Arena *arena);
  /* All members that there may be, for "did you mean"; NULL: not told. */
  const Str *names;
  size_t name_count;
};

Value value_null(void);
Value value_bool(bool b);
Value value_int(int64_t i);
Value value_float(double f);
Value value_str(Str str);    /* the bytes are not copied */
Value value_markup(Str html);
Value value_c(const char *c);
Value value_list(Arena *arena, size_t capacity);
Value value_map(Arena *arena, size_t capacity);

void value_push(Value list, Value item);
/* Adds or replaces. The key is not copied. */
void value_set(Value into, Str key, Value value);
#define value_put(map, literal, value) value_set((map), STR(literal), (value))

Value value_get(Value from, Str key);   /* of a map or an object; undefined when there is none */
Value value_at(Value list, size_t index);
/* Looks down through maps and objects: value_path(v, STR("clinic.phones.nurse_line")). */
Value value_path(Value from, Str dotted, Arena *arena);
const ValueEntry *value_entry(Value map, Str key); /* NULL when there is none */

/* A value that was made in `scratch`, to stay in `arena`: a copy of all that lies in scratch, its lists and maps without
 * the room that growing leaves; what lies elsewhere is shared. */
Value value_keep(Arena *arena, const Arena *scratch, Value value);

bool value_is_defined(Value value);
bool value_is_text(Value value);        /* VALUE_STR or VALUE_MARKUP */
size_t value_count(Value value);        /* items of a list or map, 0 otherwise */
Str value_text(Value value);            /* the bytes of text, else empty */
int64_t value_to_int(Value value, int64_t otherwise);
bool value_to_bool(Value value, bool otherwise); /* of VALUE_BOOL only */
Str value_type_name(Value value);       /* "text", "list", "number": for messages */
/* Python's ==: numbers by value whatever their type, lists and maps by content, markup equal to the same text. */
bool value_equal(Value a, Value b);

#endif
