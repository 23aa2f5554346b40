/* Footnotes that cmark leaves out with no word: those that nothing leads to, and a second one of the same name, as when
 * two texts, or a page and a snippet, are put together. They are gone from the tree, so that the text is looked at. */
#include "markdown/work.h"

#include "base/map.h"

typedef struct Note {
  Str mark; /* as written: `[^dose]` */
  size_t uses;
  size_t written;
  Span span;
} Note;

typedef struct NoteCheck {
  Work *work;
  Map names;
  Note *notes;
  size_t count;
  char fence; /* of the code block in work, or 0 */
} NoteCheck;

static Note *note_of(NoteCheck *check, Str mark) {
  bool added;
  Str name = utf8_lower(check->work->scratch, html_fold(check->work->scratch, mark)); /* names as cmark compares them */
  size_t *place = map_place(&check->names, name, &added);
  if (added) {
    check->notes = work_grown(check->work, check->notes, check->count, sizeof *check->notes);
    *place = check->count;
    check->notes[check->count++] = (Note){.mark = mark};
  }
  return &check->notes[*place];
}

static size_t skip_marks(Str line) {
  size_t at = 0;
  while (at < line.len && (line.s[at] == ' ' || line.s[at] == '>' || line.s[at] == '\t')) at++;
  return at;
}

/* True: the line is code, or begins or ends it. */
static bool is_code(NoteCheck *check, Str line) {
  static const Str fences[] = {{"```", 3}, {"~~~", 3}};
  Str text = str_skip(line, skip_marks(line));
  for (size_t i = 0; i < 2; i++) {
    char c = fences[i].s[0];
    if (!str_starts(text, fences[i]) || (check->fence && check->fence != c)) continue;
    check->fence = check->fence ? 0 : c;
    return true;
  }
  return check->fence != 0;
}

static void look_at_line(NoteCheck *check, Str line) {
  size_t begin = skip_marks(line);
  for (size_t at = str_find(line, STR("[^")); at != STR_NONE;) {
    Str rest = str_skip(line, at);
    size_t close = str_find_byte(rest, ']');
    if (close == STR_NONE) return;
    Str mark = str_slice(rest, 0, close + 1);
    bool escaped = at > 0 && line.s[at - 1] == '\\';
    bool written = at == begin && close + 1 < rest.len && rest.s[close + 1] == ':';
    Note *note = escaped ? NULL : note_of(check, mark);
    size_t offset = (size_t)(line.s - check->work->source.s) + at;
    Span span = positions_span(check->work, offset, offset + mark.len);
    if (note && !written) note->uses++;
    if (note && written && note->written++) DIAG(check->work->options->diags, FOOTNOTE_TWICE, span, mark);
    if (note && written && note->written == 1) note->span = span;
    size_t next = str_find(str_skip(rest, close), STR("[^"));
    at = next == STR_NONE ? STR_NONE : at + close + next;
  }
}

void footnotes_check(Work *work) {
  NoteCheck check = {.work = work, .names = map_new(work->scratch, 16)};
  for (size_t i = 0; i < work->line_count; i++) {
    Str line = str_slice(work->source, work->lines[i], work->lines[i + 1]);
    if (!is_code(&check, line)) look_at_line(&check, line);
  }
  for (size_t i = 0; i < check.count; i++)
    if (check.notes[i].written && !check.notes[i].uses)
      DIAG(work->options->diags, FOOTNOTE_UNUSED, check.notes[i].span, check.notes[i].mark);
}
