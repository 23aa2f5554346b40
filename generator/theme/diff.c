#include "theme/eject.h"
#include "theme/tools.h"
#include "theme/write.h"

#include "os/os.h"

enum {
  CONTEXT = 3,       /* lines around a change, as `diff -u` has them */
  LINES_MOST = 4000, /* of the part that differs: a table of 16 million entries; more is shown as replaced */
};

typedef struct Lines {
  Str *items;
  size_t count;
} Lines;

static Lines split(Arena *arena, Str text) {
  size_t count = 0;
  for (size_t i = 0; i < text.len; i++) count += text.s[i] == '\n';
  Lines lines = {ARENA_ARRAY(arena, Str, count + 1), 0};
  while (text.len) str_cut(text, '\n', &lines.items[lines.count++], &text);
  return lines;
}

/* One line of the result: kept, taken out or put in, with its place in both texts. */
typedef struct Edit {
  char mark; /* ' ', '-', '+' */
  Str line;
  size_t old_at, new_at; /* lines before it */
} Edit;

typedef struct Edits {
  Edit *items;
  size_t count;
} Edits;

static void push(Edits *edits, char mark, Str line, size_t old_at, size_t new_at) {
  edits->items[edits->count++] = (Edit){mark, line, old_at, new_at};
}

/* Longest common subsequence by the usual table, from the end so that it can be read from the beginning. */
static void middle(Arena *arena, Lines a, Lines b, size_t shift, Edits *edits) {
  size_t width = b.count + 1;
  bool small = a.count <= LINES_MOST && b.count <= LINES_MOST;
  uint16_t *table = small ? ARENA_ARRAY(arena, uint16_t, (a.count + 1) * width) : NULL;
  for (size_t i = a.count; small && i-- > 0;) {
    for (size_t j = b.count; j-- > 0;) {
      uint16_t down = table[(i + 1) * width + j];
      uint16_t right = table[i * width + j + 1];
      bool same = str_equal(a.items[i], b.items[j]);
      table[i * width + j] = same ? (uint16_t)(table[(i + 1) * width + j + 1] + 1) : down > right ? down : right;
    }
  }
  size_t i = 0;
  size_t j = 0;
  while (i < a.count || j < b.count) {
    bool both = i < a.count && j < b.count;
    if (both && str_equal(a.items[i], b.items[j]) && small) {
      push(edits, ' ', a.items[i], shift + i, shift + j);
      i++, j++;
    } else if (i < a.count && (!both || !small || table[(i + 1) * width + j] >= table[i * width + j + 1])) {
      push(edits, '-', a.items[i], shift + i, shift + j);
      i++;
    } else {
      push(edits, '+', b.items[j], shift + i, shift + j);
      j++;
    }
  }
}

static Edits compare_lines(Arena *arena, Lines a, Lines b) {
  Edits edits = {ARENA_ARRAY(arena, Edit, a.count + b.count), 0};
  size_t shortest = a.count < b.count ? a.count : b.count;
  size_t head = 0;
  size_t tail = 0;
  while (head < shortest && str_equal(a.items[head], b.items[head])) head++;
  while (tail < shortest - head && str_equal(a.items[a.count - 1 - tail], b.items[b.count - 1 - tail])) tail++;
  for (size_t i = 0; i < head; i++) push(&edits, ' ', a.items[i], i, i);
  middle(arena, (Lines){a.items + head, a.count - head - tail}, (Lines){b.items + head, b.count - head - tail}, head,
         &edits);
  for (size_t i = tail; i > 0; i--) push(&edits, ' ', a.items[a.count - i], a.count - i, b.count - i);
  return edits;
}

/* Where the hunk that begins at `begin` ends: after the last change that is within reach of the one before. */
static size_t hunk_end(const Edits *edits, size_t begin) {
  size_t last = begin;
  for (size_t i = begin; i < edits->count && i <= last + 2 * CONTEXT; i++)
    if (edits->items[i].mark != ' ') last = i;
  size_t end = last + 1 + CONTEXT;
  return end < edits->count ? end : edits->count;
}

static void add_hunk(Buf *out, const Edits *edits, size_t begin, size_t end) {
  size_t olds = 0;
  size_t news = 0;
  for (size_t i = begin; i < end; i++) {
    olds += edits->items[i].mark != '+';
    news += edits->items[i].mark != '-';
  }
  const Edit *first = &edits->items[begin];
  buf_add_format(out, "@@ -%zu,%zu +%zu,%zu @@\n", first->old_at + (olds > 0), olds, first->new_at + (news > 0), news);
  for (size_t i = begin; i < end; i++) {
    buf_add_byte(out, edits->items[i].mark);
    buf_add(out, edits->items[i].line);
    buf_add_byte(out, '\n');
  }
}

void text_diff(Buf *out, Str old_name, Str old_text, Str new_name, Str new_text) {
  Edits edits = compare_lines(out->arena, split(out->arena, old_text), split(out->arena, new_text));
  bool named = false;
  size_t done = 0;
  for (size_t i = 0; i < edits.count; i++) {
    if (edits.items[i].mark == ' ') continue;
    if (!named) buf_add_format(out, "--- %.*s\n+++ %.*s\n", STR_ARG(old_name), STR_ARG(new_name));
    named = true;
    size_t begin = i > done + CONTEXT ? i - CONTEXT : done;
    size_t end = hunk_end(&edits, i);
    add_hunk(out, &edits, begin, end);
    done = end;
    i = end - 1;
  }
}

/* "templates/base.html@footer" → "templates/base.html:footer" */
static Str what_of(Arena *arena, Str stored) {
  size_t at = str_find_last_byte(stored, '@');
  if (at == STR_NONE) return stored;
  return STR_CONCAT(arena, str_slice(stored, 0, at), STR(":"), str_skip(stored, at + 1));
}

static bool is_text(Str bytes) {
  return str_find_byte(bytes, '\0') == STR_NONE;
}

static void diff_one(Theme *theme, Str stored, Buf *out, size_t *changed) {
  const Layer *own = &theme->layers[0];
  Str what = what_of(theme->arena, stored);
  Str path = STR_CONCAT(theme->arena, own->folder, STR("/.parent/"), stored);
  Str before;
  Ejected now;
  int error = os_read_file(theme->arena, path, THEME_ASSET_MOST, &before);
  if (error) {
    DIAG(theme->diags, FILE_READ, file_span(path), os_error_text(error));
    return;
  }
  if (!eject_find(theme, what, &now)) {
    buf_add_format(out, "%.*s: gone from what `%.*s` extends\n", STR_ARG(what), STR_ARG(own->name));
    ++*changed;
    return;
  }
  if (str_equal(before, now.text)) return;
  ++*changed;
  if (is_text(before) && is_text(now.text))
    text_diff(out, path, before, now.path, now.text);
  else
    buf_add_format(out, "%.*s: changed in %.*s\n", STR_ARG(what), STR_ARG(now.path));
}

bool theme_diff(const ThemeTools *tools, Str child, Buf *out, size_t *changed) {
  *changed = 0;
  Theme *theme = tool_open(tools, child);
  if (!theme) return false;
  bool own = is_site_theme(tools, theme);
  OsEntries entries = {0};
  Str store = STR_CONCAT(tools->arena, theme->layers[0].folder, STR("/.parent"));
  if (own && os_stat(store).kind == OS_FOLDER && !os_walk(tools->arena, store, NULL, &entries)) {
    for (size_t i = 0; i < entries.count; i++)
      if (entries.items[i].stat.kind == OS_FILE) diff_one(theme, entries.items[i].path, out, changed);
  }
  theme_release(theme);
  return own;
}
