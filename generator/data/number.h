/* Numbers as text, the way YAML 1.2 (core schema) and Python write them.
 *
 * Failure: number_read() returns false for text that is no number. Limits: integers of 64 bits; a longer one reads as a
 * float, as it would lose digits otherwise only in silence. */
#ifndef PAMPHLET_DATA_NUMBER_H
#define PAMPHLET_DATA_NUMBER_H

#include "base/buf.h"
#include "data/value.h"

/* 12, -3, 0x1F, 0o17, 1.5, 1e3, .inf, -.Inf, .nan: *result becomes an integer or a float. */
bool number_read(Str text, Value *result);

void number_add_int(Buf *out, int64_t number);

/* The shortest text that reads back as the same number, as Python's repr: 0.1, 1.0, 1e-05, 1e+16, inf, nan. */
void number_add_float(Buf *out, double number);
/* As people write it: 38, not 38.0. */
void number_add_plain(Buf *out, double number);

#endif
