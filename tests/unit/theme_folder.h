/* A theme in a unit test: made in a folder of its own, loaded, and what was reported about it. */
#ifndef PAMPHLET_TESTS_THEME_FOLDER_H
#define PAMPHLET_TESTS_THEME_FOLDER_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>
#include <stdlib.h>
#include <string.h>

#include "data/yaml.h"
#include "os/os.h"
#include "theme/theme.h"

static Arena arena;
static DiagList diags;
static char folder[64];
static Theme *loaded[64];
static size_t loaded_count;

static inline int set_up(void **state) {
  (void)state;
  arena = arena_reserve((size_t)1 << 30);
  diags = diag_list_new(&arena);
  strcpy(folder, "/tmp/pamphlet-theme-XXXXXX");
  return mkdtemp(folder) ? 0 : -1;
}

static inline int tear_down(void **state) {
  (void)state;
  while (loaded_count) theme_release(loaded[--loaded_count]);
  os_remove_tree(&arena, str_from_c(folder));
  arena_release(&arena);
  return 0;
}

static inline Str in_folder(const char *path) {
  return STR_CONCAT(&arena, str_from_c(folder), STR("/"), str_from_c(path));
}

static inline void put(const char *path, const char *text) {
  Str full = in_folder(path);
  assert_int_equal(os_make_folders(str_slice(full, 0, str_find_last_byte(full, '/'))), 0);
  assert_int_equal(os_write_file(full, str_from_c(text), NULL), 0);
}

/* A theme of the least that works. */
static inline void put_base(void) {
  put("base/theme.yaml", "name: base\nversion: \"1.0\"\nsettings:\n"
                         "  ink: { type: colour, default: { light: \"#111111\", dark: \"#eeeeee\" }, label: Ink }\n"
                         "  paper: { type: colour, default: { light: \"#ffffff\", dark: \"#000000\" } }\n"
                         "  font_body: { type: font, default: 'Georgia, \"Noto Sans\", serif' }\n"
                         "  measure: { type: length, default: 36rem }\n"
                         "  shape: { type: choice, choices: [round, square], default: round }\n"
                         "  notes: { type: boolean, default: true }\n"
                         "  motto: { type: text, default: \"\" }\n"
                         "  logo: { type: image, default: \"\" }\n"
                         "pairs:\n  - { text: ink, background: paper, kind: text }\n");
  put("base/templates/page.html", "<p>{% block main %}base{% endblock %}</p>");
  put("base/i18n/en.yaml", "hello: Hello\nbye: Bye {name}\npages:\n  one: One page\n  other: \"{count} pages\"\n");
  put("base/i18n/ar.yaml", "hello: مرحبا\npages: { zero: z, one: o, two: t, few: \"{count} f\", many: m, other: x }\n");
  put("base/icons/phone.svg", "<svg viewBox=\"0 0 1 1\"><path d=\"M0 0\"/></svg>\n");
  put("base/assets/css/theme.css", "p{color:red}");
}

static inline Theme *load_with(const char *name, const char *site, const char *base_path) {
  Value settings = {0};
  Str path = STR("content/site.yaml");
  Str text = str_from_c(site);
  Str root = str_from_c(folder);
  if (text.len) assert_true(yaml_read(&arena, &(YamlText){path, text, 0, text.len}, &diags, &settings));
  ThemeOptions options = {str_from_c(name), &root, 1, settings, {path, STR_NONE, 0}, str_from_c(base_path), false};
  Theme *theme = theme_load(&arena, &options, &diags);
  if (theme) loaded[loaded_count++] = theme;
  return theme;
}

static inline Theme *load(const char *name) {
  return load_with(name, "", "/");
}

static inline const char *render_with(Theme *theme, const char *name, const char *lang) {
  Value variables = value_map(&arena, 4);
  value_put(variables, "lang", value_c(lang));
  value_put(variables, "link", value_markup(STR("<a href=\"/x\">it</a>")));
  value_put(variables, "html", value_markup(STR("<p>A &amp; <b>b</b>c</p><p>d</p>")));
  Buf out = buf_new(&arena, 1 << 20);
  const Template *page = theme_template(theme, str_from_c(name));
  if (!page || !template_render(page, variables, &arena, &diags, &out)) return "failed";
  return str_to_c(&arena, buf_str(&out));
}

static inline const char *render(Theme *theme, const char *text) {
  put("base/templates/it.html", text);
  Theme *again = load(str_to_c(&arena, theme_name(theme)));
  assert_non_null(again);
  return render_with(again, "it.html", "en");
}

/* The ids and texts of what was reported, a line each, for one comparison. */
static inline const char *reported(void) {
  Buf out = buf_new(&arena, 1 << 20);
  diag_sort(&diags);
  for (const Diag *diag = diags.first; diag; diag = diag->next) {
    Str path = diag->span.path;
    if (str_starts(path, str_from_c(folder))) path = str_skip(path, strlen(folder) + 1);
    buf_add(&out, path);
    if (diag->span.offset != STR_NONE) buf_add_format(&out, ":%zu", diag->span.offset);
    buf_add_lit(&out, ": ");
    buf_add(&out, diag_text(&arena, diag));
    Str hint = diag_hint(&arena, diag);
    if (hint.len) buf_add_lit(&out, " | ");
    buf_add(&out, hint);
    buf_add_lit(&out, "\n");
  }
  return str_to_c(&arena, buf_str(&out));
}

static inline void assert_reported(const char *part) {
  if (!strstr(reported(), part)) fail_msg("expected: %s\nreported:\n%s", part, reported());
}

static inline const ThemeAsset *asset(Theme *theme, const char *name) {
  for (size_t i = 0; i < theme_asset_count(theme); i++)
    if (str_equal(theme_asset(theme, i)->name, str_from_c(name))) return theme_asset(theme, i);
  fail_msg("no asset %s", name);
  return NULL;
}

static inline const char *css(Theme *theme, const char *name) {
  return str_to_c(&arena, asset(theme, name)->bytes);
}

static inline void assert_has(const char *text, const char *part) {
  if (!strstr(text, part)) fail_msg("expected: %s\nin: %s", part, text);
}

static inline void assert_lacks(const char *text, const char *part) {
  if (strstr(text, part)) fail_msg("not expected: %s\nin: %s", part, text);
}

#endif
