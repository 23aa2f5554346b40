/* What a browser asks for: the parts of an HTTP request that this program reads itself.
 *
 * Units: bytes. Owner: the arena given. Failure: false; the caller answers 400 (or as said below).
 * Everything here takes any bytes. */
#ifndef PAMPHLET_SERVE_REQUEST_H
#define PAMPHLET_SERVE_REQUEST_H

#include "base/str.h"

/* Servers in use take 8 KB; the longest address of a site is a path of 4 KB, and nobody types one. */
enum { REQUEST_TARGET_MOST = 4096 };

typedef struct RequestTarget {
  Str path;      /* decoded: begins with `/`; UTF-8 without control characters, `\`, or a part that is `.` or `..` */
  Str query;     /* as it came, without `?` */
  Str authority; /* "localhost:8080", when the target is a whole URL; else empty */
} RequestTarget;

/* The target of the request line: "/a%20b/?x=1", or a whole URL as proxies send it. */
bool request_target(Arena *arena, Str raw, RequestTarget *target);
/* The value of a name in "paper=a4&large=1", decoded; false: it is not there, or it is no text. */
bool request_query(Arena *arena, Str query, Str name, Str *value);

/* Which names this server goes by. A page of another site can make a browser send requests here under that site's name
 * (DNS rebinding), and must get nothing. */
typedef struct RequestHosts {
  bool loopback; /* only reachable from this machine: names of loopback alone */
  Str bound;     /* the address that it listens on */
  Str machine;   /* the machine's own name */
} RequestHosts;
/* "localhost:8080": is it a name of this server? On loopback: localhost, names that end in .localhost, loopback
 * addresses. Else also any numeric address, since those cannot be rebound, and the machine's name. */
bool request_host_is_ours(const RequestHosts *hosts, Str host);

/* An address of loopback: only this machine reaches it. */
bool request_is_loopback(Str address);

typedef enum RangeKind { RANGE_NONE, RANGE_PART, RANGE_OUTSIDE } RangeKind;
/* "bytes=0-99", "bytes=100-", "bytes=-100" of `size` bytes: *first and *count, for RANGE_PART alone. RANGE_NONE: there
 * is none that is understood, or more than one: all of it is sent (RFC 9110, section 14.2). RANGE_OUTSIDE: answer 416.
 */
RangeKind request_range(Str header, uint64_t size, uint64_t *first, uint64_t *count);
/* Does If-None-Match hold this entity tag, or `*`? */
bool request_has_tag(Str header, Str tag);
/* Does Accept name this type in full: a browser that opens a page names text/html, a program takes anything. */
bool request_accepts(Str header, Str type);

#endif
