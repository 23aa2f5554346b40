#include "diag/diag.h"

#include <stdlib.h>
#include <string.h>

static const DiagMessage messages[] = {
#define DIAG_MESSAGE(name, id, severity, text, hint, wcag) {STR(id), severity, STR(text), STR(hint), STR(wcag)},
#include "diag/messages.def"
#undef DIAG_MESSAGE
};

DiagList diag_list_new(Arena *arena) {
  return (DiagList){.arena = arena};
}

const DiagMessage *diag_message(DiagId id) {
  return &messages[id];
}

static void append(DiagList *list, Diag *diag) {
  if (list->last)
    list->last->next = diag;
  else
    list->first = diag;
  list->last = diag;
  list->count++;
}

void diag_begin_item(DiagList *list) {
  list->by_item = true;
  list->item_count = 0;
}

/* An argument may be as long as its page; cut where a character ends. */
static Str shorten(Arena *arena, Str arg) {
  if (arg.len <= DIAG_ARGUMENT_MOST) return str_copy(arena, arg);
  size_t end = DIAG_ARGUMENT_MOST;
  while (end > 0 && ((unsigned char)arg.s[end] & 0xC0) == 0x80) end--;
  return STR_CONCAT(arena, str_slice(arg, 0, end), STR("…"));
}

static int compare_sizes(size_t a, size_t b) {
  return (a > b) - (a < b);
}

static int compare(const void *left, const void *right) {
  const Diag *a = *(Diag *const *)left;
  const Diag *b = *(Diag *const *)right;
  int order = str_compare(a->span.path, b->span.path);
  /* A report on the whole file (STR_NONE) comes first: +1 wraps it to 0. */
  if (!order) order = compare_sizes(a->span.offset + 1, b->span.offset + 1);
  if (!order) order = compare_sizes((size_t)a->id, (size_t)b->id);
  for (size_t i = 0; i < 4 && !order; i++) order = str_compare(a->args[i], b->args[i]);
  return order;
}

/* In order and without repeats. What is past `most` is left out. */
static void sort(DiagList *list, size_t most) {
  if (list->count == 0) return;
  Diag **all = ARENA_ARRAY(list->arena, Diag *, list->count);
  size_t count = 0;
  for (Diag *diag = list->first; diag; diag = diag->next) all[count++] = diag;
  qsort(all, count, sizeof *all, compare);
  list->first = list->last = NULL;
  list->count = 0;
  for (size_t i = 0; i < count; i++) {
    all[i]->next = NULL;
    if (list->last && compare(&list->last, &all[i]) == 0) {
      list->severities[messages[all[i]->id].severity]--;
    } else if (list->count < most) {
      append(list, all[i]);
    } else {
      list->dropped = true;
    }
  }
}

void diag_sort(DiagList *list) {
  sort(list, DIAG_MOST);
}

void diag_report(DiagList *list, DiagId id, Span span, const Str *args, size_t count) {
  list->severities[messages[id].severity]++;
  list->latest = NULL;
  Diag fresh = {.id = id, .span = span};
  const Diag *candidate = &fresh;
  for (size_t i = 0; i < count && i < 4; i++) fresh.args[i] = args[i];
  bool late = list->bound && compare(&candidate, &list->bound) >= 0;
  if (late || (list->by_item && list->item_count >= DIAG_ITEM_MOST)) {
    list->dropped = true;
    return;
  }
  list->item_count++;
  Diag *diag = ARENA_NEW(list->arena, Diag);
  *diag = fresh;
  for (size_t i = 0; i < 4; i++) diag->args[i] = shorten(list->arena, fresh.args[i]);
  append(list, diag);
  list->latest = diag;
  if (list->count < 2 * DIAG_MOST) return;
  sort(list, DIAG_MOST);
  list->bound = list->count == DIAG_MOST ? list->last : NULL;
}

void diag_note(DiagList *list, Span span, Str text) {
  if (!list->latest) return;
  DiagNote **end = &list->latest->notes;
  while (*end) end = &(*end)->next;
  *end = ARENA_NEW(list->arena, DiagNote);
  (*end)->span = span;
  (*end)->text = str_copy(list->arena, text);
}

void diag_drop(DiagList *list, bool (*wanted)(const void *context, const Diag *diag), const void *context) {
  Diag *next = list->first;
  list->first = list->last = list->latest = list->bound = NULL;
  list->count = 0;
  while (next) {
    Diag *diag = next;
    next = diag->next;
    diag->next = NULL;
    if (wanted(context, diag))
      list->severities[messages[diag->id].severity]--;
    else
      append(list, diag);
  }
}

void diag_merge(DiagList *into, DiagList *from) {
  for (int i = 0; i < 3; i++) into->severities[i] += from->severities[i];
  into->dropped = into->dropped || from->dropped;
  into->bound = into->latest = NULL;
  into->count += from->count;
  if (from->first) {
    if (into->last)
      into->last->next = from->first;
    else
      into->first = from->first;
    into->last = from->last;
  }
  *from = diag_list_new(from->arena);
}

static Span copy_span(Arena *arena, Span span) {
  span.path = str_copy(arena, span.path);
  return span;
}

void diag_copy(DiagList *into, const DiagList *from) {
  into->dropped = into->dropped || from->dropped;
  for (const Diag *diag = from->first; diag; diag = diag->next) {
    diag_report(into, diag->id, copy_span(into->arena, diag->span), diag->args, 4);
    for (const DiagNote *note = diag->notes; note; note = note->next)
      diag_note(into, copy_span(into->arena, note->span), note->text);
  }
}

bool diag_has_errors(const DiagList *list, bool strict) {
  return list->severities[SEVERITY_ERROR] > 0 || (strict && list->severities[SEVERITY_WARNING] > 0);
}

/* Fills {0}…{3} in. *empty is set when an argument that is named is empty. */
static Str fill(Arena *arena, Str pattern, const Str *args, bool *empty) {
  Buf out = buf_new(arena, (size_t)1 << 20);
  for (size_t i = 0; i < pattern.len; i++) {
    bool argument = pattern.s[i] == '{' && i + 2 < pattern.len && pattern.s[i + 1] >= '0' && pattern.s[i + 1] <= '3' &&
                    pattern.s[i + 2] == '}';
    if (!argument) {
      buf_add_byte(&out, pattern.s[i]);
      continue;
    }
    Str arg = args[pattern.s[i + 1] - '0'];
    if (arg.len == 0) *empty = true;
    buf_add(&out, arg);
    i += 2;
  }
  return buf_str(&out);
}

Str diag_text(Arena *arena, const Diag *diag) {
  bool empty = false;
  return fill(arena, messages[diag->id].text, diag->args, &empty);
}

Str diag_hint(Arena *arena, const Diag *diag) {
  bool empty = false;
  Str hint = fill(arena, messages[diag->id].hint, diag->args, &empty);
  return empty ? (Str){"", 0} : hint;
}
