/* Values as bytes and back, for what the generator keeps for itself between two builds.
 *
 * Numbers are written seven bits a byte, the lowest first; text with its length before it; a Value with its type and
 * its origin. Objects cannot be kept. Owner: text that was unpacked lies in the bytes it came from; lists and maps are
 * in the arena given. Failure: pack_value() says false; reading past the end, or of what pack_value() does not write,
 * sets `bad` and gives zeros from then on. Whoever reads looks at `bad` once, at the end. Limits: PACK_DEPTH_MOST lists
 * and maps in each other. */
#ifndef PAMPHLET_DATA_PACK_H
#define PAMPHLET_DATA_PACK_H

#include "base/buf.h"
#include "data/value.h"

enum { PACK_DEPTH_MOST = 80 }; /* YAML has at most 64, and a face adds none */

void pack_number(Buf *out, uint64_t number);
void pack_text(Buf *out, Str text);
bool pack_value(Buf *out, Value value);

typedef struct Unpack {
  Arena *arena;
  Str rest;
  bool bad;
} Unpack;

uint64_t unpack_number(Unpack *in);
/* Of what is to come, each at least one byte long: no more than there are bytes. */
size_t unpack_count(Unpack *in);
Str unpack_text(Unpack *in);
Str unpack_bytes(Unpack *in, size_t len); /* without a length before them */
Value unpack_value(Unpack *in);

#endif
