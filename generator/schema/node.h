/* Nodes of the graph: maps that take only what is worth saying.
 *
 * Private to schema/. A node_put function leaves the member out when its value is empty or not of its kind; so no node
 * has a null, an empty text or an empty list. All memory from the arena given; nothing fails. */
#ifndef PAMPHLET_SCHEMA_NODE_H
#define PAMPHLET_SCHEMA_NODE_H

#include "data/value.h"

typedef struct NodeMaker {
  Arena *arena;
  Str base_url; /* absolute, with a slash at the end; empty when the site has none */
} NodeMaker;

/* A member of a map or of an object of the generator. */
Value node_member(const NodeMaker *maker, Value from, Str name);
/* Its text without white space at the ends; a number as text; empty when it is neither. */
Str node_text(const NodeMaker *maker, Value from, Str name);

Value node_new(const NodeMaker *maker, const char *type);
Value node_with_id(const NodeMaker *maker, const char *type, Str id);
/* `base` + `fragment`, as the @id of a node. */
Str node_id(const NodeMaker *maker, Str base, const char *fragment);
/* {"@id": id} */
Value node_reference(const NodeMaker *maker, Str id);

void node_put(Value node, const char *key, Value value);
void node_put_text(Value node, const char *key, Str text);
void node_put_date(Value node, const char *key, Str text); /* ISO 8601: YYYY-MM-DD, or that with a time */
/* Made absolute from base_url when it begins with one slash; anything else that is not http(s) is left out. */
void node_put_url(const NodeMaker *maker, Value node, const char *key, Str url);
Str node_absolute_url(const NodeMaker *maker, Str url); /* empty when there is none */

#endif
