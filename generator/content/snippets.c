#include "content/snippets.h"

#include "os/os.h"

#include <errno.h>

typedef struct Snippet {
  Str path; /* as shown to people */
  Str name;
  Str text;
  size_t language;
} Snippet;

struct Snippets {
  Snippet *items;
  size_t count;
  Map by_name; /* "es:out-of-hours" */
  const SiteSettings *settings;
};

static Str key_of(Arena *arena, Str lang, Str name) {
  return STR_CONCAT(arena, lang, STR(":"), name);
}

/* --- reading --- */

/* Cuts "out-of-hours.es" into name and language. */
static void split_language(Snippet *snippet, Str stem, const SiteSettings *settings) {
  size_t dot = str_find_last_byte(stem, '.');
  snippet->name = stem;
  for (size_t i = 0; i < settings->language_count && dot != STR_NONE; i++) {
    if (!str_equal(str_skip(stem, dot + 1), settings->languages[i])) continue;
    snippet->name = str_slice(stem, 0, dot);
    snippet->language = i;
  }
}

Snippets *snippets_new(Arena *arena, const SiteSettings *settings, size_t most) {
  Snippets *snippets = ARENA_NEW(arena, Snippets);
  *snippets = (Snippets){.by_name = map_new(arena, most), .settings = settings};
  snippets->items = ARENA_ARRAY(arena, Snippet, most);
  return snippets;
}

void snippets_add(Snippets *snippets, const PageMemory *memory, Str path, Str stem, Str text) {
  Snippet *snippet = &snippets->items[snippets->count];
  size_t begin = 0;
  size_t end = 0;
  size_t body = 0;
  *snippet = (Snippet){.path = path, .text = text};
  split_language(snippet, stem, snippets->settings);
  if (front_matter_find(text, &begin, &end, &body)) DIAG(memory->diags, SNIPPET_FRONT_MATTER, ((Span){path, 0, 3}));
  Str lang = snippets->settings->languages[snippet->language];
  *map_place(&snippets->by_name, key_of(memory->arena, lang, snippet->name), NULL) = snippets->count++;
}

Snippets *snippets_read(Arena *arena, const ContentFiles *files, const SiteSettings *settings, DiagList *diags) {
  OsEntries entries;
  Str root = files_shown(arena, files, STR("_snippets"));
  int error = os_walk(arena, root, NULL, &entries);
  if (error && error != ENOENT) DIAG(diags, FILE_READ, ((Span){root, STR_NONE, 0}), os_error_text(error));
  if (entries.count == 0) return NULL;
  Snippets *snippets = snippets_new(arena, settings, entries.count);
  PageMemory memory = {arena, arena, diags};
  for (size_t i = 0; i < entries.count; i++) {
    const OsEntry *entry = &entries.items[i];
    Str path = STR_CONCAT(arena, root, STR("/"), entry->path);
    if (entry->error) DIAG(diags, FILE_READ, ((Span){path, STR_NONE, 0}), os_error_text(entry->error));
    if (entry->stat.kind != OS_FILE || !str_ends(entry->path, STR(".md"))) continue;
    Str stem = str_slice(entry->path, 0, entry->path.len - STR(".md").len);
    Str text;
    if (page_read_text(&memory, path, &text)) snippets_add(snippets, &memory, path, stem, text);
  }
  return snippets;
}

/* --- lines --- */

/* What a page, or a snippet in it, is read from. */
typedef struct Source {
  Str path;
  Str text;
  const PieceUse *use;
  const struct Source *outer;
  const Snippet *snippet; /* NULL: the page */
  size_t depth;
} Source;

typedef struct Reader {
  Str text;
  size_t at;
  Str fence; /* of the code block in work: its marks */
  bool comment;
  bool apart;     /* no paragraph can go on here: after an empty line, a heading, or indented code */
  bool container; /* in a list, definition or footnote, whose text is indented too */
} Reader;

/* The marks of quotes and white space that a line begins with. */
static size_t prefix_len(Str line) {
  size_t len = 0;
  while (len < line.len && (line.s[len] == ' ' || line.s[len] == '\t' || line.s[len] == '>')) len++;
  return len;
}

static Str fence_of(Str line) {
  size_t len = 0;
  while (len < line.len && (line.s[0] == '`' || line.s[0] == '~') && line.s[len] == line.s[0]) len++;
  return len >= 3 ? str_slice(line, 0, len) : (Str){"", 0};
}

/* Follows code blocks and comments; true when the line is in one, or begins or ends one. */
static bool is_quiet(Reader *reader, Str line) {
  Str fence = fence_of(line);
  if (reader->fence.len) {
    bool closes = fence.len >= reader->fence.len && fence.s[0] == reader->fence.s[0];
    if (closes) reader->fence = (Str){"", 0};
    return true;
  }
  if (!reader->comment && fence.len) {
    reader->fence = fence;
    return true;
  }
  bool quiet = reader->comment;
  for (;;) {
    size_t mark = str_find(line, reader->comment ? STR("-->") : STR("<!--"));
    if (mark == STR_NONE) return quiet || reader->comment;
    reader->comment = !reader->comment;
    line = str_skip(line, mark + 3);
  }
}

/* Columns of white space before the text; a tab stands for four. */
static size_t indent_of(Str line) {
  size_t columns = 0;
  for (size_t i = 0; i < line.len && (line.s[i] == ' ' || line.s[i] == '\t'); i++) columns += line.s[i] == '\t' ? 4 : 1;
  return columns;
}

/* Does a list item, a definition or a footnote begin here? */
static bool begins_container(Str text) {
  if (str_starts(text, STR("[^"))) return true;
  size_t digits = 0;
  while (digits < text.len && ascii_is_digit(text.s[digits])) digits++;
  if (digits >= text.len || str_find_byte(digits ? STR(".)") : STR("-+*:"), text.s[digits]) == STR_NONE) return false;
  return digits + 1 == text.len || ascii_is_space(text.s[digits + 1]);
}

/* A line of code that is set off by its indentation (CommonMark 0.31, section 4.4). */
static bool is_indented_code(Reader *reader, Str line) {
  Str text = str_trim(line);
  size_t indent = indent_of(line);
  if (indent >= 4 && text.len && reader->apart && !reader->container) return true;
  if (text.len && indent < 4 && begins_container(text))
    reader->container = true;
  else if (text.len && indent == 0 && reader->apart)
    reader->container = false;
  reader->apart = !text.len || text.s[0] == '#';
  return false;
}

/* Steps over white space and `word`; false when it is not there. */
static bool skip_word(Str *rest, Str word) {
  *rest = str_trim(*rest);
  if (!str_starts(*rest, word)) return false;
  *rest = str_skip(*rest, word.len);
  return true;
}

/* `{{ snippet("out-of-hours") }}` and nothing else. */
static bool is_use(Str line, Str *name) {
  Str rest = line;
  if (!skip_word(&rest, STR("{{")) || !skip_word(&rest, STR("snippet")) || !skip_word(&rest, STR("("))) return false;
  rest = str_trim(rest);
  if (rest.len < 2 || (rest.s[0] != '"' && rest.s[0] != '\'')) return false;
  size_t close = str_find_byte(str_skip(rest, 1), rest.s[0]);
  if (close == STR_NONE) return false;
  *name = str_slice(rest, 1, close + 1);
  rest = str_skip(rest, close + 2);
  return skip_word(&rest, STR(")")) && skip_word(&rest, STR("}}")) && str_trim(rest).len == 0;
}

/* The next line from reader->at on, with its end. */
static Str next_line(Reader *reader) {
  Str rest = str_skip(reader->text, reader->at);
  size_t end = str_find_byte(rest, '\n');
  Str line = str_slice(rest, 0, end == STR_NONE ? rest.len : end + 1);
  reader->at += line.len;
  return line;
}

/* --- putting together --- */

typedef struct Expansion {
  const Snippets *snippets;
  const PageMemory *memory;
  Str lang;
  Buf text;
  Pieces *pieces;
} Expansion;

static void expand(Expansion *expansion, const Source *source, size_t from, Str prefix);

static void add(Expansion *expansion, const Source *source, size_t begin, size_t end) {
  if (begin >= end) return;
  pieces_add(expansion->pieces,
             (Piece){.begin = expansion->text.len, .path = source->path, .offset = begin, .use = source->use});
  buf_add(&expansion->text, str_slice(source->text, begin, end));
}

/* Bytes that nobody wrote, at that place of the source. */
static void add_made(Expansion *expansion, const Source *source, size_t at, Str bytes) {
  if (bytes.len == 0) return;
  pieces_add(
      expansion->pieces,
      (Piece){.begin = expansion->text.len, .path = source->path, .offset = at, .made = true, .use = source->use});
  buf_add(&expansion->text, bytes);
}

static Str shown_chain(const Expansion *expansion, const Source *source, Str name) {
  Str chain = name;
  for (; source && source->snippet; source = source->outer)
    chain = STR_CONCAT(expansion->memory->scratch, source->snippet->name, STR(" → "), chain);
  return chain;
}

static Str nearest_name(const Expansion *expansion, Str name) {
  const Snippets *snippets = expansion->snippets;
  size_t count = snippets ? snippets->count : 0;
  Str *names = ARENA_ARRAY(expansion->memory->scratch, Str, count + 1);
  for (size_t i = 0; i < count; i++) names[i] = snippets->items[i].name;
  return str_nearest(name, names, count);
}

static bool is_in_any_language(const Snippets *snippets, Str name) {
  for (size_t i = 0; snippets && i < snippets->count; i++)
    if (str_equal(snippets->items[i].name, name)) return true;
  return false;
}

/* The snippet, or NULL when there is none that could be put there; reported. */
static const Snippet *find(const Expansion *expansion, const Source *source, Str name, Span span) {
  const PageMemory *memory = expansion->memory;
  const Snippets *snippets = expansion->snippets;
  size_t found = snippets ? map_find(&snippets->by_name, key_of(memory->scratch, expansion->lang, name)) : STR_NONE;
  bool cycle = false;
  for (const Source *outer = source; outer && found != STR_NONE; outer = outer->outer)
    cycle = cycle || outer->snippet == &snippets->items[found];
  if (cycle)
    DIAG(memory->diags, SNIPPET_CYCLE, span, name, shown_chain(expansion, source, name));
  else if (source->depth == SNIPPET_DEPTH)
    DIAG(memory->diags, SNIPPET_LIMIT, span, str_format(memory->scratch, "%d snippets in each other", SNIPPET_DEPTH));
  else if (found != STR_NONE)
    return &snippets->items[found];
  else if (is_in_any_language(snippets, name))
    DIAG(memory->diags, SNIPPET_LANGUAGE, span, name, expansion->lang);
  else
    DIAG(memory->diags, SNIPPET_MISSING, span, name, nearest_name(expansion, name));
  pieces_note(source->use, memory->diags);
  return NULL;
}

static bool ends_in_blank_line(Str text) {
  size_t newline = str_find_last_byte(str_slice(text, 0, text.len ? text.len - 1 : 0), '\n');
  Str last = str_skip(text, newline == STR_NONE ? 0 : newline + 1);
  return str_trim(str_skip(last, prefix_len(last))).len == 0;
}

static void add_blank_line(Expansion *expansion, const Source *source, size_t at, Str prefix) {
  while (prefix.len && ascii_is_space(prefix.s[prefix.len - 1])) prefix.len--;
  add_made(expansion, source, at, STR_CONCAT(expansion->memory->scratch, prefix, STR("\n")));
}

/* The snippet in place of the line at `at`, each of its lines behind `prefix`, and apart from what stands around. */
static void put(Expansion *expansion, const Source *source, Str line, size_t at, Str prefix) {
  Arena *arena = expansion->memory->arena;
  Str name = {"", 0};
  size_t mark = prefix_len(line);
  Span span = {source->path, at + mark, str_trim(str_skip(line, mark)).len};
  is_use(str_skip(line, mark), &name);
  const Snippet *snippet = find(expansion, source, name, span);
  if (!snippet) {
    add_blank_line(expansion, source, at, prefix);
    return;
  }
  PieceUse *use = ARENA_NEW(arena, PieceUse);
  *use = (PieceUse){span, source->use};
  Source inner = {.path = snippet->path, .use = use, .outer = source, .snippet = snippet, .depth = source->depth + 1};
  inner.text = snippet->text;
  while (inner.text.len && ascii_is_space(inner.text.s[inner.text.len - 1])) inner.text.len--;
  if (!ends_in_blank_line(buf_str(&expansion->text))) add_blank_line(expansion, source, at, prefix);
  expand(expansion, &inner, 0, prefix);
  add_made(expansion, source, at, STR("\n"));
  add_blank_line(expansion, source, at, prefix);
}

static void expand(Expansion *expansion, const Source *source, size_t from, Str prefix) {
  Reader reader = {.text = source->text, .at = from, .apart = true};
  size_t kept = 0; /* text before it was added */
  while (reader.at < source->text.len && !expansion->text.over) {
    size_t at = reader.at;
    Str line = next_line(&reader);
    Str name;
    size_t mark = prefix_len(line);
    bool quiet = is_quiet(&reader, str_skip(line, mark)) || is_indented_code(&reader, line);
    bool use = !quiet && is_use(str_skip(line, mark), &name);
    if (!use && prefix.len == 0) continue;
    add(expansion, source, kept, at);
    kept = reader.at;
    if (use) {
      Str lead = str_slice(line, 0, mark);
      /* White space alone means nothing there, and would make code of what is set apart. */
      if (!reader.container && !str_trim(lead).len) lead.len = 0;
      put(expansion, source, line, at, STR_CONCAT(expansion->memory->scratch, prefix, lead));
    } else {
      add_made(expansion, source, at, prefix);
      add(expansion, source, at, reader.at);
    }
  }
  add(expansion, source, kept, source->text.len);
}

/* A page without is not taken apart. */
static bool may_use(Str text) {
  for (size_t at; (at = str_find(text, STR("{{"))) != STR_NONE;) {
    text = str_skip(text, at + 1);
    size_t word = 1;
    while (word < text.len && ascii_is_space(text.s[word])) word++;
    if (str_starts(str_skip(text, word), STR("snippet"))) return true;
  }
  return false;
}

const Pieces *snippets_expand(const Snippets *snippets, const PageMemory *memory, const ContentFile *file,
                              MarkdownText *text) {
  if (!may_use(str_skip(text->file, text->begin))) return NULL;
  Pieces *pieces = ARENA_NEW(memory->arena, Pieces);
  pieces->arena = memory->arena;
  Expansion expansion = {.snippets = snippets,
                         .memory = memory,
                         .lang = file->lang,
                         .text = buf_new(memory->scratch, PAGE_FILE_MOST),
                         .pieces = pieces};
  Source source = {.path = text->path, .text = text->file};
  expand(&expansion, &source, text->begin, (Str){"", 0});
  if (pieces->count < 2) return NULL; /* it only speaks of snippets */
  if (expansion.text.over) {
    Span whole = {text->path, STR_NONE, 0};
    DIAG(memory->diags, SNIPPET_LIMIT, whole,
         str_format(memory->scratch, "%d bytes with its snippets", PAGE_FILE_MOST));
    text->file = str_slice(text->file, 0, text->begin);
    return NULL;
  }
  text->file = buf_str(&expansion.text);
  return pieces;
}
