/* Putting a style sheet together: @import of the theme's own sheets is replaced by what they hold, and url() of the
 * theme's assets by their published names. A scanner that knows comments, strings and url() is enough for that (CSS
 * Syntax 3, section 4); everything else is passed through as it stands. */
#include "theme/private.h"

#include "content/files.h"

typedef struct Sheet {
  struct Sheet *importer; /* NULL: the one that is published */
  Str name;               /* "css/theme.css" */
  size_t level;           /* of the theme that it is from; layer_count: made by the generator */
  Str path;
  Str text;
  Str published; /* name of the outermost sheet */
} Sheet;

typedef struct Scanner {
  Theme *theme;
  Sheet *sheet;
  Buf *out;
  size_t at;
  size_t copied; /* up to here is in `out` */
  bool good;
  bool begun; /* a rule was seen, after which @import means nothing */
} Scanner;

static void fail_at(Scanner *s, DiagId id, size_t at, size_t len, const Str args[2]) {
  Span span = {s->sheet->path, at, len};
  if (str_equal(s->sheet->path, STR("css/settings.css"))) /* made, of typefaces for what has addresses in it */
    span = font_address_span(s->theme, str_slice(s->sheet->text, at, at + len));
  diag_report(s->theme->diags, id, span, args, 2);
  s->good = false;
}

static Str rest(const Scanner *s) {
  return str_skip(s->sheet->text, s->at);
}

static void copy_until(Scanner *s, size_t at) {
  buf_add(s->out, str_slice(s->sheet->text, s->copied, at));
  s->copied = at;
}

/* Past a comment, or a string with its quotes. One that does not end takes the rest. */
static void skip_comment(Scanner *s) {
  size_t end = str_find(str_skip(rest(s), 2), STR("*/"));
  s->at = end == STR_NONE ? s->sheet->text.len : s->at + 2 + end + 2;
}

/* A comment is for who reads the source; readers of the site need not load it. One that begins with ! is a notice,
 * which stays. */
static void leave_comment_out(Scanner *s) {
  if (str_starts(rest(s), STR("/*!"))) {
    skip_comment(s);
    return;
  }
  copy_until(s, s->at);
  skip_comment(s);
  /* It may be what keeps two words apart. */
  if (s->out->len && !ascii_is_space(s->out->s[s->out->len - 1])) buf_add_byte(s->out, ' ');
  if (s->out->len == 0 || s->out->s[s->out->len - 1] == '\n')
    while (s->at < s->sheet->text.len && ascii_is_space(s->sheet->text.s[s->at])) s->at++;
  s->copied = s->at;
}

static Str skip_string(Scanner *s) {
  Str text = s->sheet->text;
  char quote = text.s[s->at];
  size_t begin = ++s->at;
  while (s->at < text.len && text.s[s->at] != quote && text.s[s->at] != '\n')
    s->at += text.s[s->at] == '\\' && s->at + 1 < text.len ? 2 : 1;
  Str inner = str_slice(text, begin, s->at);
  if (s->at < text.len) s->at++;
  return inner;
}

static void skip_blanks(Scanner *s) {
  for (;;) {
    while (s->at < s->sheet->text.len && ascii_is_space(s->sheet->text.s[s->at])) s->at++;
    if (!str_starts(rest(s), STR("/*"))) return;
    skip_comment(s);
  }
}

static bool at_url(const Scanner *s) {
  Str text = s->sheet->text;
  if (!str_equal_nocase(str_slice(text, s->at, s->at + 4), STR("url("))) return false;
  char before = s->at ? text.s[s->at - 1] : ' ';
  return !ascii_is_alpha(before) && !ascii_is_digit(before) && before != '-' && before != '_';
}

/* Reads url(x), url("x") or url('x'); *begin and the result's length give the address alone. */
static Str take_url(Scanner *s, size_t *begin) {
  Str text = s->sheet->text;
  s->at += 4;
  skip_blanks(s);
  Str address;
  if (s->at < text.len && (text.s[s->at] == '"' || text.s[s->at] == '\'')) {
    *begin = s->at + 1;
    address = skip_string(s);
  } else {
    *begin = s->at;
    while (s->at < text.len && text.s[s->at] != ')') s->at++;
    address = str_trim(str_slice(text, *begin, s->at));
  }
  skip_blanks(s);
  if (s->at < text.len && text.s[s->at] == ')') s->at++;
  return address;
}

static bool is_external(Str address) {
  return str_starts(address, STR("//")) || str_find(address, STR("://")) != STR_NONE;
}

static Value published_names(const Theme *theme) {
  Value names = value_list(theme->arena, theme->asset_count);
  for (size_t i = 0; i < theme->asset_count; i++) value_push(names, value_str(theme->assets[i].name));
  return names;
}

/* The address as it must stand in the published sheet: relative, so that the site may lie in any folder. */
static void add_address(Scanner *s, const ThemeAsset *asset, Str suffix) {
  for (size_t i = 0; i < s->sheet->published.len; i++)
    if (s->sheet->published.s[i] == '/') buf_add_lit(s->out, "../");
  buf_add(s->out, url_encode(s->theme->arena, str_skip(asset->output, sizeof "assets/" - 1)));
  buf_add(s->out, suffix);
}

static void rewrite_url(Scanner *s) {
  size_t begin = 0;
  size_t url = s->at;
  Str address = take_url(s, &begin);
  if (address.len == 0 || address.s[0] == '#' || str_starts(address, STR("data:"))) return;
  if (is_external(address)) {
    fail_at(s, DIAG_CSS_EXTERNAL, begin, address.len, (Str[]){address, {"", 0}});
    return;
  }
  if (address.s[0] == '/') return;
  size_t end = 0;
  while (end < address.len && address.s[end] != '?' && address.s[end] != '#') end++;
  Str name = join_path(s->theme->arena, s->sheet->name, str_slice(address, 0, end));
  const ThemeAsset *asset = find_asset(s->theme, name);
  if (!asset || !asset->output.len) {
    fail_at(s, name.len ? DIAG_CSS_URL : DIAG_CSS_PATH, begin, address.len,
            (Str[]){name.len ? name : address, nearest_in_list(name, published_names(s->theme), s->theme->arena)});
    return;
  }
  copy_until(s, url);
  buf_add_lit(s->out, "url(\"");
  add_address(s, asset, str_skip(address, end));
  buf_add_lit(s->out, "\")");
  s->copied = s->at;
}

static bool bundle(Theme *theme, Sheet *sheet, Buf *out);

static bool is_imported_already(const Sheet *sheet, Str name, size_t level) {
  for (; sheet; sheet = sheet->importer)
    if (str_equal(sheet->name, name) && sheet->level == level) return true;
  return false;
}

static size_t import_depth(const Sheet *sheet) {
  size_t depth = 0;
  for (; sheet; sheet = sheet->importer) depth++;
  return depth;
}

/* Finds the sheet that `name` means. A sheet that imports its own name means the parent theme's. */
static bool find_sheet(Scanner *s, Str name, Sheet *found) {
  Theme *theme = s->theme;
  Str file = STR_CONCAT(theme->arena, STR("assets/"), name);
  *found = (Sheet){.importer = s->sheet, .name = name, .published = s->sheet->published, .level = theme->layer_count};
  if (str_equal(name, STR("css/settings.css"))) {
    found->path = name;
    found->text = settings_css(theme);
    return true;
  }
  found->level = find_layer(theme, file, str_equal(name, s->sheet->name) ? s->sheet->level + 1 : 0);
  if (found->level >= theme->layer_count) return false;
  found->path = layer_path(theme->arena, &theme->layers[found->level], file);
  return true;
}

static void open_wrapper(Scanner *s, Str condition, size_t *open) {
  Str layer = {"", 0};
  if (str_starts(condition, STR("layer"))) {
    size_t end = str_find_byte(condition, ')');
    bool named = str_starts(condition, STR("layer(")) && end != STR_NONE;
    layer = named ? str_slice(condition, 6, end) : layer;
    condition = str_trim(str_skip(condition, named ? end + 1 : 5));
    buf_add_lit(s->out, "@layer ");
    buf_add(s->out, layer);
    buf_add_lit(s->out, "{");
    ++*open;
  }
  if (!condition.len) return;
  bool supports = str_starts(condition, STR("supports("));
  size_t end = supports ? str_find_last_byte(condition, ')') : STR_NONE;
  buf_add(s->out, supports ? STR("@supports ") : STR("@media "));
  buf_add(s->out, supports && end != STR_NONE ? str_slice(condition, 8, end + 1) : condition);
  buf_add_lit(s->out, "{");
  ++*open;
}

static Value sheet_names(Theme *theme) {
  Value all = names_below(theme, STR("assets/"), theme->arena);
  Value sheets = value_list(theme->arena, value_count(all) + 1);
  value_push(sheets, value_c("css/settings.css"));
  for (size_t i = 0; i < value_count(all); i++)
    if (str_ends(value_text(value_at(all, i)), STR(".css"))) value_push(sheets, value_at(all, i));
  return sheets;
}

static bool import_sheet(Scanner *s, Str address, size_t begin, Sheet *sheet) {
  Theme *theme = s->theme;
  if (is_external(address)) {
    fail_at(s, DIAG_CSS_EXTERNAL, begin, address.len, (Str[]){address, {"", 0}});
    return false;
  }
  Str name = join_path(theme->arena, s->sheet->name, address);
  if (!name.len || address.s[0] == '/') {
    fail_at(s, DIAG_CSS_PATH, begin, address.len, (Str[]){address, {"", 0}});
    return false;
  }
  if (!find_sheet(s, name, sheet)) {
    fail_at(s, DIAG_CSS_IMPORT, begin, address.len,
            (Str[]){name, nearest_in_list(name, sheet_names(theme), theme->arena)});
    return false;
  }
  if (is_imported_already(s->sheet, sheet->name, sheet->level) || import_depth(s->sheet) >= THEME_IMPORT_DEPTH_MOST) {
    fail_at(s, DIAG_CSS_CYCLE, begin, address.len, (Str[]){name, {"", 0}});
    return false;
  }
  if (sheet->text.s || read_text(theme, sheet->path, &sheet->text)) return true;
  s->good = false;
  return false;
}

static void take_import(Scanner *s) {
  Str text = s->sheet->text;
  size_t rule = s->at;
  size_t begin = 0;
  s->at += sizeof "@import" - 1;
  skip_blanks(s);
  Str address = {"", 0};
  if (at_url(s)) {
    address = take_url(s, &begin);
  } else if (s->at < text.len && (text.s[s->at] == '"' || text.s[s->at] == '\'')) {
    begin = s->at + 1;
    address = skip_string(s);
  }
  size_t after = s->at;
  while (s->at < text.len && text.s[s->at] != ';') s->at++;
  Str condition = str_trim(str_slice(text, after, s->at));
  if (s->at < text.len) s->at++;
  if (s->begun) {
    fail_at(s, DIAG_CSS_IMPORT_LATE, rule, s->at - rule, (Str[]){address, {"", 0}});
    return;
  }
  Sheet imported;
  if (!import_sheet(s, address, begin, &imported)) return;
  size_t open = 0;
  copy_until(s, rule);
  open_wrapper(s, condition, &open);
  s->good = bundle(s->theme, &imported, s->out) && s->good;
  while (open-- > 0) buf_add_lit(s->out, "}");
  s->copied = s->at;
}

/* A rule that begins with @. Only @charset and `@layer a, b;` may stand before @import. */
static void take_at_rule(Scanner *s) {
  Str here = rest(s);
  if (str_starts(here, STR("@import"))) {
    take_import(s);
  } else if (str_starts(here, STR("@charset"))) {
    copy_until(s, s->at);
    size_t end = str_find_byte(here, ';');
    s->at += end == STR_NONE ? here.len : end + 1;
    s->copied = s->at; /* the published sheet is UTF-8 and says so nowhere but in its header */
  } else {
    size_t end = 1;
    if (str_starts(here, STR("@layer")))
      while (end < here.len && here.s[end] != ';' && here.s[end] != '{') end++;
    bool order_only = end > 1 && end < here.len && here.s[end] == ';';
    s->begun = s->begun || !order_only;
    s->at += end;
  }
}

static bool bundle(Theme *theme, Sheet *sheet, Buf *out) {
  Scanner s = {.theme = theme, .sheet = sheet, .out = out, .good = true};
  while (s.at < sheet->text.len) {
    char c = sheet->text.s[s.at];
    if (ascii_is_space(c)) {
      s.at++;
    } else if (str_starts(rest(&s), STR("/*"))) {
      leave_comment_out(&s);
    } else if (c == '"' || c == '\'') {
      skip_string(&s);
    } else if (c == '@') {
      take_at_rule(&s);
    } else if (at_url(&s)) {
      s.begun = true;
      rewrite_url(&s);
    } else {
      if (c != ';') s.begun = true;
      s.at += c == '\\' && s.at + 1 < sheet->text.len ? 2 : 1;
    }
  }
  copy_until(&s, sheet->text.len);
  return s.good;
}

bool bundle_css(Theme *theme, Str name, Str *css) {
  Sheet none = {.name = {"", 0}, .published = name};
  Scanner outside = {.theme = theme, .sheet = &none};
  Sheet sheet;
  if (!find_sheet(&outside, name, &sheet)) return false;
  sheet.importer = NULL;
  if (!sheet.text.s && !read_text(theme, sheet.path, &sheet.text)) return false;
  Buf out = buf_new(theme->arena, THEME_CSS_MOST);
  bool good = bundle(theme, &sheet, &out);
  *css = buf_str(&out);
  if (!out.over) return good;
  DIAG(theme->diags, CSS_TOO_LARGE, file_span(sheet.path), str_format(theme->arena, "%d", THEME_CSS_MOST));
  return false;
}
