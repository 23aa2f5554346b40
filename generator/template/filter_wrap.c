/* wordwrap: lines of at most so many characters, as Python's textwrap breaks them. */
#include "template/filters.h"

#include <unicode/uchar.h>

#include "base/utf8.h"

/* A line's characters. */
typedef struct Line {
  const uint32_t *c;
  size_t count;
} Line;

typedef struct Chunk {
  size_t begin, end;
} Chunk;

typedef struct Wrap {
  TemplateCall *call;
  Line line;
  int64_t width;
  bool break_long, break_hyphens;
  Chunk *chunks;
  size_t chunk_count;
  Buf *out;
  Str separator;
  bool any; /* a line was written */
} Wrap;

static bool is_blank(uint32_t c) {
  return c == ' ' || (c >= '\t' && c <= '\r');
}

static bool is_word(uint32_t c) {
  return c == '_' || (U_MASK(u_charType((UChar32)c)) & (U_GC_L_MASK | U_GC_N_MASK)) != 0;
}

static bool is_letter(uint32_t c) {
  return is_word(c) && !u_isdigit((UChar32)c);
}

static uint32_t at(const Wrap *w, size_t i) {
  return i < w->line.count ? w->line.c[i] : 0;
}

/* After a hyphen at i - 1: is this a place to break "well-known"? Two letters before, or "a-b-", and letters after. */
static bool breaks_after_hyphen(const Wrap *w, size_t begin, size_t i) {
  if (i < begin + 2 || at(w, i - 1) != '-') return false;
  bool two = i >= begin + 3 && is_letter(at(w, i - 2)) && is_letter(at(w, i - 3));
  bool apart = i >= 4 && is_letter(at(w, i - 2)) && at(w, i - 3) == '-' && is_letter(at(w, i - 4));
  if (!two && !apart) return false;
  return is_letter(at(w, i)) && (is_letter(at(w, i + 1)) || (at(w, i + 1) == '-' && is_letter(at(w, i + 2))));
}

static bool may_precede_dash(uint32_t c) {
  return is_word(c) || c == '!' || c == '"' || c == '\'' || c == '&' || c == '.' || c == ',' || c == '?';
}

/* At i: two or more hyphens between words. The offset past them, or 0. */
static size_t dash_end(const Wrap *w, size_t i) {
  size_t end = i;
  while (at(w, end) == '-') end++;
  return i > 0 && end - i >= 2 && may_precede_dash(at(w, i - 1)) && is_word(at(w, end)) ? end : 0;
}

static size_t word_end(const Wrap *w, size_t begin) {
  size_t i = begin + 1;
  for (; i < w->line.count && !is_blank(at(w, i)); i++)
    if (w->break_hyphens && (breaks_after_hyphen(w, begin, i) || dash_end(w, i))) break;
  return i;
}

static void split(Wrap *w) {
  w->chunks = ARENA_ARRAY(w->call->arena, Chunk, w->line.count);
  w->chunk_count = 0;
  for (size_t i = 0; i < w->line.count;) {
    size_t begin = i;
    size_t dash = w->break_hyphens ? dash_end(w, i) : 0;
    if (is_blank(at(w, i)))
      while (i < w->line.count && is_blank(at(w, i))) i++;
    else
      i = dash ? dash : word_end(w, i);
    w->chunks[w->chunk_count++] = (Chunk){begin, i};
  }
}

static bool chunk_is_blank(const Wrap *w, Chunk chunk) {
  for (size_t i = chunk.begin; i < chunk.end; i++)
    if (!text_is_space(at(w, i))) return false;
  return true;
}

static void put_line(Wrap *w, size_t begin, size_t end) {
  if (w->any) buf_add(w->out, w->separator);
  w->any = true;
  for (size_t i = begin; i < end; i++) utf8_add(w->out, at(w, i));
}

/* Where to cut a chunk that is longer than a line, with `room` left in the present line. */
static size_t long_cut(const Wrap *w, Chunk chunk, int64_t room) {
  size_t end = chunk.begin + (size_t)(room > 0 ? room : 0);
  if (!w->break_hyphens || end >= chunk.end) return end;
  for (size_t i = end; i > chunk.begin; i--) {
    if (at(w, i - 1) != '-') continue;
    for (size_t k = chunk.begin; k + 1 < i; k++)
      if (at(w, k) != '-') return i;
    break;
  }
  return end;
}

/* One line of output from chunk *next on. */
static void wrap_line(Wrap *w, size_t *next) {
  if (w->any && chunk_is_blank(w, w->chunks[*next])) ++*next;
  if (*next >= w->chunk_count) return;
  size_t first = *next;
  size_t begin = w->chunks[first].begin;
  int64_t length = 0;
  while (*next < w->chunk_count) {
    int64_t more = (int64_t)(w->chunks[*next].end - w->chunks[*next].begin);
    if (length + more > w->width) break;
    length += more;
    ++*next;
  }
  size_t last = *next; /* whole chunks first … last - 1, and perhaps a part of the next */
  size_t cut = 0;
  if (*next < w->chunk_count && (int64_t)(w->chunks[*next].end - w->chunks[*next].begin) > w->width) {
    if (w->break_long) {
      cut = long_cut(w, w->chunks[*next], w->width - length);
      w->chunks[*next].begin = cut;
    } else if (last == first) {
      last = ++*next;
    }
  }
  size_t end = last > first ? w->chunks[last - 1].end : begin;
  if (cut > end)
    end = cut;
  else if (last > first && !cut && chunk_is_blank(w, w->chunks[last - 1]))
    end = w->chunks[last - 1].begin;
  if (end > begin) put_line(w, begin, end);
}

static Line characters(TemplateCall *call, Str text) {
  uint32_t *c = ARENA_ARRAY(call->arena, uint32_t, text.len);
  size_t count = 0;
  for (size_t i = 0; i < text.len;) c[count++] = utf8_next(text, &i);
  return (Line){c, count};
}

Value filter_wordwrap(TemplateCall *call) {
  Value text = call->input;
  if (!value_is_text(text)) return refuse(call, "`wordwrap` wants text, not %.*s", STR_ARG(value_type_name(text)));
  Value separator = filter_or(call, 2, "wrapstring", value_c("\n"));
  if (!value_is_text(separator)) return refuse(call, "`wordwrap` wants text as its `wrapstring`");
  Buf out = filter_buf(call);
  Wrap w = {.call = call, .out = &out, .separator = separator.str};
  if (!filter_whole(call, 0, "width", 79, &w.width)) return value_null();
  if (w.width < 1) return refuse(call, "`wordwrap` wants a width of at least 1");
  Frame *f = call_frame(call);
  w.break_long = is_true(f, call_node(call), filter_or(call, 1, "break_long_words", value_bool(true)));
  w.break_hyphens = is_true(f, call_node(call), filter_or(call, 3, "break_on_hyphens", value_bool(true)));
  charge_text(f, call_node(call), text.str.len);
  Str rest = text.str;
  Str line;
  for (bool first = true; text_next_line(&rest, &line); first = false) {
    if (!first) buf_add(&out, w.separator);
    w.line = characters(call, line);
    w.any = false;
    split(&w);
    for (size_t next = 0; next < w.chunk_count;) {
      charge(f, call_node(call), 1);
      wrap_line(&w, &next);
    }
  }
  return value_str(filter_done(call, &out));
}
