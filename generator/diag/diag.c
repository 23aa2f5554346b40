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

void diag_report(DiagList *list, DiagId id, Span span, const Str *args, size_t count) {
  list->severities[messages[id].severity]++;
  if (list->count >= DIAG_MOST) {
    list->dropped++;
    return;
  }
  Diag *diag = ARENA_NEW(list->arena, Diag);
  diag->id = id;
  diag->span = span;
  for (size_t i = 0; i < count && i < 4; i++) diag->args[i] = str_copy(list->arena, args[i]);
  append(list, diag);
}

void diag_note(DiagList *list, Span span, Str text) {
  if (!list->last || list->dropped) return;
  DiagNote **end = &list->last->notes;
  while (*end) end = &(*end)->next;
  *end = ARENA_NEW(list->arena, DiagNote);
  (*end)->span = span;
  (*end)->text = str_copy(list->arena, text);
}

void diag_merge(DiagList *into, DiagList *from) {
  for (int i = 0; i < 3; i++) into->severities[i] += from->severities[i];
  into->dropped += from->dropped;
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

void diag_sort(DiagList *list) {
  if (list->count < 2) return;
  Diag **all = ARENA_ARRAY(list->arena, Diag *, list->count);
  size_t count = 0;
  for (Diag *diag = list->first; diag; diag = diag->next) all[count++] = diag;
  qsort(all, count, sizeof *all, compare);
  list->first = list->last = NULL;
  list->count = 0;
  for (size_t i = 0; i < count; i++) {
    if (list->last && compare(&list->last, &all[i]) == 0) {
      list->severities[messages[all[i]->id].severity]--;
      continue;
    }
    all[i]->next = NULL;
    append(list, all[i]);
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
