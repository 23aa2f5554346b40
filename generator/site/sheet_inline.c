#include "site/sheet_inline.h"

#include "os/os.h"
#include "theme/data_uri.h"

/* --- tags --- */

Str inline_tag(Str html) {
  char quote = 0;
  for (size_t i = 0; i < html.len; i++) {
    char c = html.s[i];
    if (quote)
      quote = c == quote ? 0 : quote;
    else if (c == '"' || c == '\'')
      quote = c;
    else if (c == '>')
      return str_slice(html, 0, i + 1);
  }
  return html;
}

static bool is_name_end(char c) {
  return ascii_is_space(c) || c == '>' || c == '/' || c == '=';
}

/* Where the value of the next attribute begins and ends; its name. False: there is no more. */
static bool next_attribute(Str tag, size_t *at, Str *name, Str *value) {
  while (*at < tag.len && (ascii_is_space(tag.s[*at]) || tag.s[*at] == '/')) ++*at;
  size_t begin = *at;
  while (*at < tag.len && !is_name_end(tag.s[*at])) ++*at;
  if (*at == begin) return false;
  *name = str_slice(tag, begin, *at);
  *value = str_slice(tag, *at, *at);
  if (*at + 1 >= tag.len || tag.s[*at] != '=') return true;
  char quote = tag.s[++*at];
  if (quote != '"' && quote != '\'') return true;
  size_t end = str_find_byte(str_skip(tag, *at + 1), quote);
  if (end == STR_NONE) return false;
  *value = str_slice(tag, *at + 1, *at + 1 + end);
  *at += end + 2;
  return true;
}

static size_t after_name(Str tag) {
  size_t at = 1;
  while (at < tag.len && !is_name_end(tag.s[at])) at++;
  return at;
}

Str inline_attribute(Str tag, Str wanted) {
  size_t at = after_name(tag);
  Str name;
  Str value;
  while (next_attribute(tag, &at, &name, &value))
    if (str_equal(name, wanted)) return value;
  return (Str){"", 0};
}

/* --- what the site has --- */

typedef struct Inliner {
  const Site *site;
  Arena *arena;
  Buf out;
} Inliner;

static const ThemeAsset *asset_at_url(const Site *site, Str url) {
  for (size_t i = 0; i < theme_asset_count(site->theme); i++)
    if (str_equal(theme_asset(site->theme, i)->url, url)) return theme_asset(site->theme, i);
  return NULL;
}

static const ThemeAsset *asset_at_output(const Site *site, Str output) {
  for (size_t i = 0; i < theme_asset_count(site->theme); i++)
    if (str_equal(theme_asset(site->theme, i)->output, output)) return theme_asset(site->theme, i);
  return NULL;
}

/* The bytes at a URL of this site, as a data: URI; empty when there is no such file. */
static Str uri_of(const Inliner *inliner, Str url) {
  const Site *site = inliner->site;
  const ThemeAsset *asset = asset_at_url(site, url);
  if (asset) return data_uri(inliner->arena, asset->name, asset->bytes);
  const ContentFile *file = files_find_url(&site->files, url);
  Str bytes;
  if (!file || file->role != FILE_ASSET) return (Str){"", 0};
  if (os_read_file(inliner->arena, files_shown(inliner->arena, &site->files, file->path), ASSET_MOST, &bytes))
    return (Str){"", 0};
  return data_uri(inliner->arena, file->path, bytes);
}

/* The asset that "../fonts/a.woff2" means in a sheet published as "assets/css/theme.….css". */
static const ThemeAsset *asset_beside(const Inliner *inliner, Str sheet, Str relative) {
  Str folder = str_slice(sheet, 0, str_find_last_byte(sheet, '/'));
  while (str_starts(relative, STR("../"))) {
    size_t slash = str_find_last_byte(folder, '/');
    folder = str_slice(folder, 0, slash == STR_NONE ? 0 : slash);
    relative = str_skip(relative, 3);
  }
  return asset_at_output(inliner->site, STR_CONCAT(inliner->arena, folder, STR("/"), relative));
}

/* theme/css.c has written every address of an asset as url("…"). */
static void add_css(Inliner *inliner, const ThemeAsset *sheet) {
  static const Str begin = {"url(\"", 5};
  Buf css = buf_new(inliner->arena, PAGE_OUTPUT_MOST);
  Str text = sheet->bytes;
  for (size_t at; (at = str_find(text, begin)) != STR_NONE;) {
    buf_add(&css, str_slice(text, 0, at + begin.len));
    text = str_skip(text, at + begin.len);
    Str address = str_slice(text, 0, str_find_byte(text, '"'));
    const ThemeAsset *asset = asset_beside(inliner, sheet->output, address);
    if (!asset) continue;
    buf_add(&css, data_uri(inliner->arena, asset->name, asset->bytes));
    text = str_skip(text, address.len);
  }
  buf_add(&css, text);
  Str rest = buf_str(&css);
  for (size_t at; (at = str_find(rest, STR("</"))) != STR_NONE; rest = str_skip(rest, at + 2)) {
    buf_add(&inliner->out, str_slice(rest, 0, at));
    buf_add_lit(&inliner->out, "<\\/"); /* `</style` in a string must not end the element */
  }
  buf_add(&inliner->out, rest);
}

/* --- the document --- */

static void take_link(Inliner *inliner, Str tag) {
  if (!str_equal(inline_attribute(tag, STR("rel")), STR("stylesheet"))) return;
  const ThemeAsset *sheet = asset_at_url(inliner->site, inline_attribute(tag, STR("href")));
  if (!sheet) return;
  Str media = inline_attribute(tag, STR("media"));
  buf_add_lit(&inliner->out, "<style");
  if (media.len) {
    buf_add_lit(&inliner->out, " media=\"");
    buf_add(&inliner->out, media);
    buf_add_lit(&inliner->out, "\"");
  }
  buf_add_lit(&inliner->out, ">");
  add_css(inliner, sheet);
  buf_add_lit(&inliner->out, "</style>");
}

/* The tag with the value of one attribute put in place of what it has. */
static void replace(Inliner *inliner, Str tag, Str old, Str value) {
  size_t begin = (size_t)(old.s - tag.s);
  buf_add(&inliner->out, str_slice(tag, 0, begin));
  buf_add(&inliner->out, value);
  buf_add(&inliner->out, str_skip(tag, begin + old.len));
}

static void take_picture(Inliner *inliner, Str tag) {
  Str source = inline_attribute(tag, STR("src"));
  Str uri = uri_of(inliner, source);
  if (uri.len)
    replace(inliner, tag, source, uri);
  else
    buf_add(&inliner->out, tag);
}

static void take_anchor(Inliner *inliner, Str tag) {
  Str href = inline_attribute(tag, STR("href"));
  bool of_site = str_starts(href, inliner->site->settings.base_path) && !str_starts(href, STR("//"));
  if (!of_site) {
    buf_add(&inliner->out, tag);
    return;
  }
  Str below = str_skip(href, inliner->site->settings.base_path.len);
  replace(inliner, tag, href, STR_CONCAT(inliner->arena, inliner->site->settings.base_url, below));
}

static bool is_tag(Str html, Str start) {
  return str_starts(html, start) && html.len > start.len && is_name_end(html.s[start.len]);
}

/* What only a screen can open: a meaning behind its word. On paper the word is text, and its meaning is in the list of
 * words. How much to leave out, or 0. */
static size_t skipped(Str html, Str tag) {
  if (str_equal(tag, STR("</button>"))) return tag.len;
  if (!str_equal(inline_attribute(tag, STR("class")), STR("term")) &&
      !str_equal(inline_attribute(tag, STR("class")), STR("meaning")))
    return 0;
  if (is_tag(html, STR("<button"))) return tag.len;
  if (!is_tag(html, STR("<span"))) return 0;
  size_t end = str_find(html, STR("</span>"));
  return end == STR_NONE ? 0 : end + sizeof "</span>" - 1;
}

/* Takes the tag or comment that `html` begins with; gives how much that was. */
static size_t take_tag(Inliner *inliner, Str html) {
  if (is_tag(html, STR("<script"))) {
    size_t end = str_find(html, STR("</script>"));
    return end == STR_NONE ? html.len : end + sizeof "</script>" - 1;
  }
  Str tag = inline_tag(html);
  size_t skip = skipped(html, tag);
  if (skip) return skip;
  if (is_tag(html, STR("<link")))
    take_link(inliner, tag);
  else if (is_tag(html, STR("<img")))
    take_picture(inliner, tag);
  else if (is_tag(html, STR("<a")))
    take_anchor(inliner, tag);
  else
    buf_add(&inliner->out, tag);
  return tag.len;
}

Str inline_document(const Site *site, Arena *arena, Str html) {
  Inliner inliner = {.site = site, .arena = arena, .out = buf_new(arena, PAGE_OUTPUT_MOST * 4)};
  for (size_t at; (at = str_find_byte(html, '<')) != STR_NONE;) {
    buf_add(&inliner.out, str_slice(html, 0, at));
    html = str_skip(html, at);
    html = str_skip(html, take_tag(&inliner, html));
  }
  buf_add(&inliner.out, html);
  return buf_str(&inliner.out);
}
