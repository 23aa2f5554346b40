/* What each build tells of the site's own themes, since nobody would see it: a block that the parent lost in an
 * upgrade, text that stands where nothing shows it, places that a translation of words invents; and what the site's
 * headers keep from working: files of other sites and scripts in the page. */
#include "theme/check.h"
#include "theme/tags.h"
#include "theme/tools.h"

static Str word_of(Str text) {
  size_t len = 0;
  while (len < text.len && !ascii_is_space(text.s[len])) len++;
  return str_slice(text, 0, len);
}

static bool is_one_of(Str word, const char *const *words) {
  for (; *words; words++)
    if (str_equal(word, str_from_c(*words))) return true;
  return false;
}

/* What a statement adds to how deep its text stands. */
static int depth_change(const Tag *tag) {
  static const char *const opens[] = {"block", "macro", "call", "filter",     "if",
                                      "for",   "with",  "raw",  "autoescape", NULL};
  if (tag->kind != TAG_STATEMENT) return 0;
  Str word = word_of(tag->inner);
  if (str_equal(word, STR("set"))) return str_find_byte(tag->inner, '=') == STR_NONE;
  if (is_one_of(word, opens)) return 1;
  return str_starts(word, STR("end")) ? -1 : 0;
}

static bool report_outside(Theme *theme, const Source *source, size_t begin, size_t end) {
  while (begin < end && ascii_is_space(source->text.s[begin])) begin++;
  size_t line = str_find_byte(str_slice(source->text, begin, end), '\n');
  if (begin == end) return false;
  Span span = {source->path, begin, line == STR_NONE ? end - begin : line};
  DIAG(theme->diags, THEME_OUTSIDE, span);
  return true;
}

/* Below `extends`, only what stands in a block is shown; told once for a file. */
static void check_outside(Theme *theme, const Source *source) {
  size_t at = 0;
  size_t text = 0;
  int depth = 0;
  bool extends = false;
  Tag tag;
  while (tag_next(source->text, &at, &tag)) {
    if (extends && depth == 0 && report_outside(theme, source, text, tag.begin)) return;
    bool shown = tag.kind == TAG_OUTPUT || (tag.kind == TAG_STATEMENT && str_equal(word_of(tag.inner), STR("include")));
    if (extends && depth == 0 && shown && report_outside(theme, source, tag.begin, tag.end)) return;
    extends = extends || (tag.kind == TAG_STATEMENT && str_equal(word_of(tag.inner), STR("extends")));
    depth += depth_change(&tag);
    text = str_equal(word_of(tag.inner), STR("raw")) ? at : tag.end;
    if (str_equal(word_of(tag.inner), STR("raw"))) depth--;
  }
  if (extends && depth == 0) report_outside(theme, source, text, source->text.len);
}

/* --- what the page would load --- */

/* The end of an HTML tag: its `>`, quotes and template tags passed over. */
static size_t html_tag_end(Str text, size_t at) {
  char quote = 0;
  for (; at < text.len; at++) {
    char c = text.s[at];
    if (c == '{' && at + 1 < text.len && text.s[at + 1] == '{') {
      size_t close = str_find(str_skip(text, at), STR("}}"));
      if (close == STR_NONE) return text.len;
      at += close + 1;
    } else if (quote) {
      if (c == quote) quote = 0;
    } else if (c == '"' || c == '\'') {
      quote = c;
    } else if (c == '>') {
      return at;
    }
  }
  return text.len;
}

/* The value of an attribute of the tag; empty when it has none. */
static Str attribute(Str tag, const char *name) {
  Str wanted = str_from_c(name);
  for (size_t at = 1; at + wanted.len + 1 < tag.len; at++) {
    bool found = ascii_is_space(tag.s[at - 1]) && str_equal_nocase(str_slice(tag, at, at + wanted.len), wanted) &&
                 tag.s[at + wanted.len] == '=';
    if (!found) continue;
    Str value = str_skip(tag, at + wanted.len + 1);
    char quote = value.len ? value.s[0] : '\0';
    if (quote == '"' || quote == '\'')
      return str_slice(str_skip(value, 1), 0, str_find_byte(str_skip(value, 1), quote));
    size_t len = 0;
    while (len < value.len && !ascii_is_space(value.s[len]) && value.s[len] != '>') len++;
    return str_slice(value, 0, len);
  }
  return (Str){"", 0};
}

static bool is_elsewhere(Str url) {
  return str_starts(url, STR("https://")) || str_starts(url, STR("http://")) || str_starts(url, STR("//"));
}

static void check_load(Theme *theme, const Source *source, Str name, Str tag) {
  static const char *const loading[] = {"script", "img", "iframe", "source", "video", "audio", "embed", "track", NULL};
  static const char *const links[] = {"stylesheet",   "preload",       "icon", "preconnect",
                                      "dns-prefetch", "modulepreload", NULL};
  bool link = str_equal(name, STR("link")) && is_one_of(word_of(attribute(tag, "rel")), links);
  if (!link && !is_one_of(name, loading)) return;
  Str url = attribute(tag, link ? "href" : "src");
  if (is_elsewhere(url)) {
    Span span = {source->path, (size_t)(url.s - source->text.s), url.len};
    DIAG(theme->diags, THEME_EXTERNAL, span, url);
  }
}

static void check_inline(Theme *theme, const Source *source, Str name, Str tag) {
  Str type = attribute(tag, "type");
  bool data = str_ends(type, STR("json"));
  bool script = str_equal(name, STR("script")) && !attribute(tag, "src").len && !data;
  if (!script && !str_equal(name, STR("style"))) return;
  Span span = {source->path, (size_t)(tag.s - source->text.s), tag.len};
  DIAG(theme->diags, THEME_INLINE, span, script ? STR("script") : STR("style sheet"),
       script ? STR("js/ours.js") : STR("css/ours.css"));
}

/* Past a comment or a tag of the template, or a comment of HTML, that begins at `at`, or `at`. */
static size_t skip_no_html(Str text, size_t at) {
  static const struct {
    Str open, close;
  } kinds[] = {{{"{#", 2}, {"#}", 2}}, {{"{{", 2}, {"}}", 2}}, {{"{%", 2}, {"%}", 2}}, {{"<!--", 4}, {"-->", 3}}};
  Str rest = str_skip(text, at);
  for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
    if (!str_starts(rest, kinds[i].open)) continue;
    size_t close = str_find(rest, kinds[i].close);
    return close == STR_NONE ? text.len : at + close + kinds[i].close.len;
  }
  return at;
}

static void check_html(Theme *theme, const Source *source) {
  Str text = source->text;
  for (size_t at = 0; at + 1 < text.len; at++) {
    if (text.s[at] != '<' && text.s[at] != '{') continue;
    size_t after = skip_no_html(text, at);
    size_t len = 0;
    while (at + 1 + len < text.len && ascii_is_alpha(text.s[at + 1 + len])) len++;
    if (after > at) {
      at = after - 1;
    } else if (text.s[at] == '<' && len) {
      size_t end = html_tag_end(text, at);
      Str tag = str_slice(text, at, end < text.len ? end + 1 : end);
      check_load(theme, source, str_slice(tag, 1, 1 + len), tag);
      check_inline(theme, source, str_slice(tag, 1, 1 + len), tag);
      at = end; /* never twice over the same text */
    }
  }
}

void check_template(Theme *theme, const Source *source) {
  check_blocks(theme, source);
  check_outside(theme, source);
  check_html(theme, source);
}

void theme_check_site(Theme *theme, Str site_root) {
  for (size_t level = 0; level < theme->layer_count; level++) {
    const Layer *layer = &theme->layers[level];
    if (!str_starts(layer->folder, site_root)) continue;
    for (size_t i = 0; i < layer->file_count; i++) {
      Source source;
      if (!str_starts(layer->files[i], STR("templates/")) || !check_read(theme, level, layer->files[i], &source))
        continue;
      check_template(theme, &source);
    }
    check_word_places(theme, level);
  }
}
