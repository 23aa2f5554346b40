#include "theme/preview_sample.h"
#include "theme/tags.h"
#include "theme/write.h"

#include "data/yaml.h"
#include "markdown/markdown.h"

#include <math.h>
#include <string.h>

enum { PREVIEW_MOST = 8 << 20, SCRATCH_BYTES = 256 << 20 };

/* A page of the preview: which template, in which language and mode. */
typedef struct PreviewPage {
  const char *file;
  const char *template;
  const char *kind;
  const char *lang;
  const char *title; /* in the list of pages */
  bool dark;
  bool print; /* as on paper */
} PreviewPage;

static const PreviewPage pages[] = {
    {"components.html", "page.html", "treatment", "en", "Every component", false, false},
    {"components-dark.html", "page.html", "treatment", "en", "Every component, dark", true, false},
    {"components-ar.html", "page.html", "treatment", "ar", "Right to left", false, false},
    {"components-print.html", "page.html", "treatment", "en", "Every component, as on paper", false, true},
    {"home.html", "home.html", "home", "en", "Home page", false, false},
    {"section.html", "section.html", "section", "en", "A section", false, false},
    {"taxonomy.html", "taxonomy.html", "taxonomy", "en", "Terms of a taxonomy", false, false},
    {"term.html", "term.html", "term", "en", "Pages of a term", false, false},
    {"lists.html", "page.html", "list", "en", "From A to Z, and what is new", false, false},
    {"handout.html", "handout.html", "treatment", "en", "Handout", false, false},
    {"404.html", "404.html", "404", "en", "Page not found", false, false},
};
enum { PAGE_COUNT = sizeof pages / sizeof *pages };

typedef struct Preview {
  Theme *theme;
  Arena scratch;
  Str out;
  Value *files;
  ThemeTools tools; /* for writing */
} Preview;

static Str keep_target(void *context, const MarkdownTarget *target) {
  (void)context;
  return target->target;
}

static Value sample_phones(Arena *arena) {
  Value phones = value_list(arena, 2);
  value_push(phones, value_c("5550100"));
  value_push(phones, value_c("911"));
  return phones;
}

static MarkdownDoc sample_content(Preview *preview, Str lang, Value data) {
  Theme *theme = preview->theme;
  MarkdownText text = {.path = STR("preview.md"), .file = preview_markdown(str_equal(lang, STR("ar")))};
  MarkdownOptions options = {.scratch = &preview->scratch,
                             .diags = theme->diags,
                             .data = data,
                             .words = theme_words(theme, lang),
                             .icons = theme_icons(theme),
                             .phones = sample_phones(theme->arena),
                             .resolve = keep_target,
                             .rtl = str_equal(lang, STR("ar"))};
  MarkdownDoc doc = {0};
  markdown_render(theme->arena, &text, &options, &doc);
  return doc;
}

static Value translations(Arena *arena, Str lang) {
  static const char *const languages[][4] = {{"en", "English", "ltr", "components.html"},
                                             {"ar", "العربية", "rtl", "components-ar.html"}};
  Value list = value_list(arena, 2);
  for (size_t i = 0; i < 2; i++) {
    Value entry = value_map(arena, 5);
    value_put(entry, "lang", value_c(languages[i][0]));
    value_put(entry, "name", value_c(languages[i][1]));
    value_put(entry, "dir", value_c(languages[i][2]));
    value_put(entry, "url", value_c(languages[i][3]));
    value_put(entry, "current", value_bool(str_equal(lang, str_from_c(languages[i][0]))));
    value_push(list, entry);
  }
  return list;
}

/* Two pages below a home page or section. */
static Value listed_pages(Arena *arena, Value page) {
  Value list = value_list(arena, 2);
  for (int i = 0; i < 2; i++) {
    Value entry = value_map(arena, 16);
    for (size_t j = 0; j < value_count(page); j++)
      value_set(entry, page.map->entries[j].key, page.map->entries[j].value);
    value_put(entry, "text_attributes", value_c(""));
    value_put(entry, "title", value_c(i ? "Another page" : "Every component of this theme"));
    value_push(list, entry);
  }
  return list;
}

static bool sample_variables(Preview *preview, const PreviewPage *about, Value *variables) {
  Theme *theme = preview->theme;
  Arena *arena = theme->arena;
  Str lang = str_from_c(about->lang);
  Str yaml = preview_data();
  if (!yaml_read(arena, &(YamlText){STR("preview.yaml"), yaml, 0, yaml.len}, theme->diags, variables)) return false;
  Value page = value_get(*variables, STR("page"));
  MarkdownDoc doc = sample_content(preview, lang, *variables);
  bool inner = !strcmp(about->kind, "treatment");
  value_put(page, "pages", inner ? value_list(arena, 0) : listed_pages(arena, page));
  value_put(page, "kind", value_c(about->kind));
  value_put(page, "clinical", value_bool(inner));
  if (!strcmp(about->kind, "list")) value_put(page, "list", value_c("a-z"));
  value_put(page, "content", value_markup(inner ? doc.html : STR("<p>The text of this page.</p>")));
  value_put(page, "outline", inner ? markdown_outline_value(arena, &doc) : value_list(arena, 0));
  value_put(page, "faq", markdown_faq_value(arena, &doc, NULL));
  if (str_equal(lang, STR("ar"))) {
    value_put(page, "title", value_c("كل مكونات هذا المظهر"));
    value_put(page, "description", value_c("صفحة لمشاهدة المظهر أثناء إعداده."));
    value_put(page, "lead", value_get(page, STR("description")));
  }
  value_put(page, "translations", translations(arena, lang));
  value_put(value_get(*variables, STR("site")), "languages", translations(arena, lang));
  value_put(*variables, "lang", value_str(lang));
  value_put(*variables, "dir", str_equal(lang, STR("ar")) ? value_c("rtl") : value_c("ltr"));
  value_put(*variables, "theme", theme_view(theme));
  return true;
}

static bool write_page(Preview *preview, Str file, Str bytes) {
  Str path = STR_CONCAT(preview->theme->arena, preview->out, STR("/"), file);
  if (!write_over(&preview->tools, path, bytes)) return false;
  value_push(*preview->files, value_str(path));
  return true;
}

/* Every `from` replaced by `to`. */
static Str replaced(Arena *arena, Str text, Str from, Str to) {
  Buf out = buf_new(arena, PREVIEW_MOST);
  for (size_t at = str_find(text, from); at != STR_NONE; at = str_find(text, from)) {
    buf_add(&out, str_slice(text, 0, at));
    buf_add(&out, to);
    text = str_skip(text, at + from.len);
  }
  buf_add(&out, text);
  return buf_str(&out);
}

/* A sheet whose rules for paper are seen on the screen, and the other way round. */
static Str media_swapped(Arena *arena, Str css) {
  css = replaced(arena, css, STR("@media print"), STR("@media paper"));
  css = replaced(arena, css, STR("@media screen"), STR("@media print"));
  return replaced(arena, css, STR("@media paper"), STR("@media screen"));
}

/* What is opened from a disk has no origin, and browsers then refuse every `integrity`. */
static Str without_integrity(Arena *arena, Str html) {
  static const Str attribute = {" integrity=\"", 12};
  Buf out = buf_new(arena, PREVIEW_MOST);
  for (size_t at = str_find(html, attribute); at != STR_NONE; at = str_find(html, attribute)) {
    size_t end = str_find_byte(str_skip(html, at + attribute.len), '"');
    buf_add(&out, str_slice(html, 0, at));
    html = str_skip(html, end == STR_NONE ? html.len : at + attribute.len + end + 1);
  }
  buf_add(&out, html);
  return buf_str(&out);
}

static Str finished(Arena *arena, Str html, const PreviewPage *about) {
  html = without_integrity(arena, html);
  if (about->dark) html = replaced(arena, html, STR("<html "), STR("<html data-theme=\"dark\" "));
  if (!about->print) return html;
  html = replaced(arena, html, STR(" media=\"print\""), STR(""));
  return replaced(arena, html, STR("=\"./assets/"), STR("=\"./assets-print/"));
}

static bool preview_page(Preview *preview, const PreviewPage *about) {
  Value variables;
  Buf html = buf_new(preview->theme->arena, PREVIEW_MOST);
  const Template *template = theme_template(preview->theme, str_from_c(about->template));
  if (!template) return true; /* a theme need not have all; a wrong one has been reported */
  if (!sample_variables(preview, about, &variables)) return false;
  if (!template_render(template, variables, &preview->scratch, preview->theme->diags, &html)) return false;
  return write_page(preview, str_from_c(about->file), finished(preview->theme->arena, buf_str(&html), about));
}

/* --- the first page: what there is, and every pair of colours --- */

static void add_pair(Buf *out, Value row) {
  double ratio = value_get(row, STR("ratio")).f;
  double minimum = value_get(row, STR("minimum")).f;
  Str ground = value_text(value_get(row, STR("background_colour")));
  Str colour = value_text(value_get(row, STR("text_colour")));
  buf_add_format(out, "<tr><td style=\"background:%.*s;color:%.*s\">", STR_ARG(ground), STR_ARG(colour));
  if (minimum < 4)
    buf_add_format(out, "<span class=\"edge\" style=\"border-color:%.*s\">Border</span>", STR_ARG(colour));
  else
    buf_add_lit(out, "Call the nurse line");
  buf_add_format(out, "</td><td>%.*s on %.*s</td><td>%.*s</td>", STR_ARG(value_text(value_get(row, STR("text")))),
                 STR_ARG(value_text(value_get(row, STR("background")))),
                 STR_ARG(value_text(value_get(row, STR("mode")))));
  buf_add_format(out,
                 "<td>%.*s on %.*s</td><td class=\"number\">%.2f</td><td class=\"number\">%.1f</td><td>%s</td></tr>\n",
                 STR_ARG(colour), STR_ARG(ground), floor(ratio * 100) / 100, minimum,
                 ratio >= minimum ? "passes" : "<b>fails</b>");
}

static Str first_page(Preview *preview) {
  Theme *theme = preview->theme;
  Buf out = buf_new(theme->arena, PREVIEW_MOST);
  Value pairs = theme_pairs_table(theme, theme->arena);
  Str name = theme_name(theme);
  buf_add_format(
      &out,
      "<!DOCTYPE html>\n<html lang=\"en\">\n<head><meta charset=\"utf-8\">"
      "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"><title>Theme %.*s</title>\n<style>"
      "body{font:1.125rem/1.5 system-ui,sans-serif;max-width:64rem;margin:2rem auto;padding:0 1rem}"
      "table{border-collapse:collapse;width:100%%}th,td{white-space:nowrap;padding:.5rem .75rem;border:1px solid "
      "#767676;text-align:left}"
      ".number{font-variant-numeric:tabular-nums;text-align:right}.edge{border:2px solid;padding:0 .5rem}"
      "</style></head>\n<body>\n<main>\n<h1>Theme %.*s</h1>\n<h2>Pages</h2>\n<ul>\n",
      STR_ARG(name), STR_ARG(name));
  for (size_t i = 0; i < PAGE_COUNT; i++)
    if (theme_template(theme, str_from_c(pages[i].template)))
      buf_add_format(&out, "<li><a href=\"%s\">%s</a></li>\n", pages[i].file, pages[i].title);
  buf_add_lit(
      &out, "</ul>\n<h2>Pairs of colours</h2>\n<table>\n<thead><tr><th scope=\"col\">Sample</th>"
            "<th scope=\"col\">Pair</th><th scope=\"col\">Mode</th><th scope=\"col\">Colours</th>"
            "<th scope=\"col\">Contrast</th><th scope=\"col\">At least</th><th scope=\"col\">Result</th></tr></thead>\n"
            "<tbody>\n");
  for (size_t i = 0; i < value_count(pairs); i++) add_pair(&out, value_at(pairs, i));
  buf_add_lit(&out, "</tbody>\n</table>\n</main>\n</body>\n</html>\n");
  return buf_str(&out);
}

static bool write_asset(Preview *preview, const ThemeAsset *asset) {
  Arena *arena = preview->theme->arena;
  bool css = str_ends(asset->name, STR(".css"));
  Str swapped = css ? media_swapped(arena, asset->bytes) : asset->bytes;
  Str below = str_skip(asset->output, sizeof "assets" - 1);
  return write_over(&preview->tools, STR_CONCAT(arena, preview->out, STR("/assets"), below), asset->bytes) &&
         write_over(&preview->tools, STR_CONCAT(arena, preview->out, STR("/assets-print"), below), swapped);
}

static bool write_assets(Preview *preview) {
  for (size_t i = 0; i < preview->theme->asset_count; i++) {
    const ThemeAsset *asset = &preview->theme->assets[i];
    if (asset->output.len && !write_asset(preview, asset)) return false;
  }
  return write_over(&preview->tools, STR_CONCAT(preview->theme->arena, preview->out, STR("/picture.svg")),
                    preview_picture());
}

bool theme_preview(Theme *theme, Str out, Value *files) {
  *files = value_list(theme->arena, PAGE_COUNT + 1);
  Preview preview = {.theme = theme,
                     .scratch = arena_reserve(SCRATCH_BYTES),
                     .out = out,
                     .files = files,
                     .tools = {.arena = theme->arena, .diags = theme->diags}};
  bool good = write_page(&preview, STR("index.html"), first_page(&preview)) && write_assets(&preview);
  for (size_t i = 0; i < PAGE_COUNT && good; i++) good = preview_page(&preview, &pages[i]);
  arena_release(&preview.scratch);
  return good;
}
