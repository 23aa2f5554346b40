/* Diagnostics: what is wrong, where, and how to mend it.
 *
 * The code that knows the position reports, once; callers only pass failure on. A report goes into a DiagList, which
 * lives in an arena (a worker's list may lie in shared memory) and is merged, sorted and printed at the end of the run.
 *
 * Units: a Span's offset and length are bytes in the original file, 0-based, front matter counted. Line and column
 * (1-based, column in code points) are computed when printed, from the file itself.
 * Owner: the list's arena keeps copies of the arguments; Span.path must live as long as the list.
 * Failure: none here. Limits: base/limits.def. What is past them is left out, so that no broken file fills memory, and
 * which reports those are does not depend on the number of workers: a list keeps its first ones in the order of
 * diag_sort().
 *
 * Every message's id, severity, text and hint stand in messages.def. `{0}` to `{3}` are the arguments; a hint that
 * names an empty argument is left out (that is how "did you mean" works). */
#ifndef PAMPHLET_DIAG_DIAG_H
#define PAMPHLET_DIAG_DIAG_H

#include "base/buf.h"
#include "base/limits.h"
#include "base/map.h"

typedef enum Severity { SEVERITY_ERROR, SEVERITY_WARNING, SEVERITY_ADVICE } Severity;

typedef enum DiagId {
#define DIAG_MESSAGE(name, id, severity, text, hint, wcag) DIAG_##name,
#include "diag/messages.def"
#undef DIAG_MESSAGE
  DIAG_ID_COUNT
} DiagId;

typedef struct DiagMessage {
  Str id;
  Severity severity;
  Str text;
  Str hint;
  Str wcag; /* success criterion, "1.1.1 Non-text Content", or empty */
} DiagMessage;

/* A place in a file. `path` is both shown and opened. offset STR_NONE: the file as a whole. */
typedef struct Span {
  Str path;
  size_t offset;
  size_t len;
} Span;

typedef struct DiagNote {
  struct DiagNote *next;
  Span span;
  Str text; /* "included from here" */
} DiagNote;

typedef struct Diag {
  struct Diag *next;
  DiagId id;
  Span span;
  Str args[4];
  DiagNote *notes; /* first to last */
} Diag;

typedef struct DiagList {
  Arena *arena;
  Diag *first;
  Diag *last;
  Diag *latest;      /* that diag_note() adds to; NULL: it was left out */
  Diag *bound;       /* what comes after it is left out; NULL while the list has room */
  size_t count;      /* kept */
  size_t item_count; /* since diag_begin_item() */
  bool by_item;      /* DIAG_ITEM_MOST holds */
  bool dropped;      /* some were left out */
  size_t severities[3];
} DiagList;

DiagList diag_list_new(Arena *arena);
/* What is reported from now on is about another page; before the first call there is no bound for one. */
void diag_begin_item(DiagList *list);
const DiagMessage *diag_message(DiagId id);

void diag_report(DiagList *list, DiagId id, Span span, const Str *args, size_t count);
/* DIAG(list, LINK_TARGET, span, target, nearest): arguments are Str. */
#define DIAG(list, name, span, ...)                                                                                    \
  diag_report((list), DIAG_##name, (span), (const Str[]){{"", 0}, ##__VA_ARGS__} + 1,                                  \
              sizeof((const Str[]){{"", 0}, ##__VA_ARGS__}) / sizeof(Str) - 1)

/* Adds a further place to the last report of the list: the chain of includes, the other of two positions. */
void diag_note(DiagList *list, Span span, Str text);

/* Takes those out for which `wanted` is true; of a list that is bounded (`dropped`) none may be. */
void diag_drop(DiagList *list, bool (*wanted)(const void *context, const Diag *diag), const void *context);
/* Moves all of `from` to the end of `into`; both lists' arenas must outlive `into`. */
void diag_merge(DiagList *into, DiagList *from);
/* Adds copies of all of `from` to `into`, paths too; `from` may then go. */
void diag_copy(DiagList *into, const DiagList *from);
/* Sorts by path, offset, id, arguments, and removes exact repeats: the same order for any number of workers. */
void diag_sort(DiagList *list);
bool diag_has_errors(const DiagList *list, bool strict); /* strict: warnings count */

/* The message and hint of one report with its arguments filled in. */
Str diag_text(Arena *arena, const Diag *diag);
Str diag_hint(Arena *arena, const Diag *diag);

/* Where a span is, for people. Line and column 1-based, 0 when unknown; column and caret_* in code points. */
typedef struct Position {
  size_t line;
  size_t column;
  Str text;           /* the source line, without its end */
  size_t caret_begin; /* 0-based, bytes in text */
  size_t caret_end;
} Position;
Position diag_position(Str file_text, Span span);
/* A file's text and how far it was read. From one span to the next costs the bytes between them; those that come in
 * rising order cost each byte once. */
typedef struct DiagCursor {
  Str text;
  size_t line;  /* 0: not begun */
  size_t begin; /* of that line */
  size_t end;   /* without the line's end */
  size_t at;    /* column `column` is here */
  size_t column;
} DiagCursor;
Position diag_position_next(DiagCursor *cursor, Span span);

/* Reads a file for printing; empty when it cannot be read. Given by the caller, so that diag/ does not choose a root.
 */
typedef Str DiagReadFile(void *context, Arena *arena, Str path);

typedef struct DiagPrinter {
  Arena *arena; /* scratch */
  DiagReadFile *read;
  void *context;
  bool colour;
  bool strict; /* warnings are printed as errors */
} DiagPrinter;

/* The files that were looked at, for diag_find(): each is read once. Begins as {0}. */
typedef struct DiagPlaces {
  Map cursors; /* by path: the address of a DiagCursor */
} DiagPlaces;
/* Where `span` is; quick when a list that was sorted is gone through in its order. */
void diag_find(const DiagPrinter *printer, DiagPlaces *places, Span span, Position *position);

/* Adds the whole list as text in the form that docs/messages.md shows. */
void diag_print(const DiagPrinter *printer, const DiagList *list, Buf *out);

#endif
