/* What a theme publishes: its settings as custom properties, style sheets, icons. */
#define _GNU_SOURCE
#include "theme_folder.h"

#include <sys/stat.h>

/* --- settings --- */

static void test_settings_become_custom_properties(void **state) {
  (void)state;
  put_base();
  put("base/assets/img/logo.svg", "<svg></svg>");
  Theme *theme = load_with("base",
                           "ink: { light: rgb(0 0 0 / 90%) }\nmeasure: 40em\nshape: square\nnotes: false\n"
                           "motto: 'Care \"here\"; } <b>'\nlogo: img/logo.svg\nfont_body: Comic Sans MS, serif\n",
                           "/clinic/");
  assert_string_equal(reported(), "");
  const char *text = css(theme, "css/settings.css");
  assert_has(text, ":root{--ink:#000000e6;--paper:#ffffff;--font-body:\"Comic Sans MS\",serif;--measure:40em;"
                   "--shape:square;--notes:0;");
  assert_has(text, "--motto:\"Care \\22 here\\22 ; } \\3c b\\3e \";");
  assert_has(text, "--logo:url(\"/clinic/assets/img/logo.");
  assert_has(text, "prefers-color-scheme:dark){:root:not([data-theme=light]){--ink:#eeeeee;--paper:#000000;}}");
  assert_has(text, ":root[data-theme=dark]{--ink:#eeeeee;--paper:#000000;}");
}

static void test_a_child_changes_defaults_and_adds_settings(void **state) {
  (void)state;
  put_base();
  put("child/theme.yaml",
      "name: child\nextends: base\nsettings:\n  ink: { dark: \"#cccccc\" }\n  measure: { default: 30rem }\n"
      "  extra: { type: length, default: 0 }\n");
  const char *text = css(load("child"), "css/settings.css");
  assert_has(text, "--ink:#111111;");
  assert_has(text, "--ink:#cccccc;");
  assert_has(text, "--measure:30rem;");
  assert_has(text, "--extra:0;");
}

static void test_no_setting_can_write_css(void **state) {
  static const char *const bad[] = {
      "ink: \"#fff;} body{display:none\"",
      "ink: \"red}\"",
      "measure: \"1rem;}\"",
      "measure: \"calc(1px + 2px)\"",
      "measure: \"1rem/*\"",
      "font_body: \"x; }\"",
      "font_body: \"a\\\"b\"",
      "font_body: \"url(x)\"",
      "shape: \"round;}\"",
      "logo: \"javascript:x\"",
      "logo: \"/x\\\");}\"",
      "logo: \"//example.org/x.png\"",
      "logo: \"../../x.png\"",
      "logo: \"/../x\"",
      "notes: \"1;}\"",
      "motto: \"a\\nb\"",
  };
  (void)state;
  put_base();
  for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
    diags = diag_list_new(&arena);
    assert_null(load_with("base", bad[i], "/"));
    assert_reported("content/site.yaml:");
    assert_reported(" must be ");
  }
}

static void test_the_sites_settings_are_checked_at_their_place(void **state) {
  (void)state;
  put_base();
  assert_null(load_with("base", "ink: #111\nshape: sqare\nmesure: 1rem\nnotes: 3\n", "/"));
  assert_string_equal(
      reported(),
      "content/site.yaml:0: the setting `ink` must be a colour such as \"#0b5563\", not null | put the colour "
      "in quotes: in YAML a # after a space begins a comment\n"
      "content/site.yaml:17: the setting `shape` must be one of round, square, not `sqare` | did you mean "
      "`square`?\n"
      "content/site.yaml:23: the theme `base` has no setting `mesure` | did you mean `measure`?\n"
      "content/site.yaml:43: the setting `notes` must be true or false, not `3`\n");
}

static void test_a_pair_that_fails_names_all_that_is_needed(void **state) {
  (void)state;
  put_base();
  assert_null(load_with("base", "ink: { light: \"#777777\" }\n", "/"));
  assert_string_equal(reported(),
                      "content/site.yaml:14: `ink` on `paper` is hard to read: 4.47:1 in light mode; text needs "
                      "4.5:1 | the nearest colour that passes is `#767676`: write `{ light: \"#767676\" }` to "
                      "change this mode alone\n");
}

static void test_who_set_the_colour_is_told(void **state) {
  (void)state;
  put_base();
  put("child/theme.yaml", "name: child\nextends: base\nsettings:\n  paper: \"#777777\"\n");
  assert_null(load("child"));
  assert_reported("child/theme.yaml:45: `ink` on `paper` is hard to read: ");
  assert_reported("in light mode");
  assert_reported("in dark mode");
}

/* --- assets --- */

static void test_names_carry_the_hash_of_what_is_inside(void **state) {
  (void)state;
  put_base();
  Theme *theme = load_with("base", "", "/clinic/");
  const ThemeAsset *sheet = asset(theme, "css/theme.css");
  assert_true(str_starts(sheet->output, STR("assets/css/theme.")) && str_ends(sheet->output, STR(".css")));
  assert_int_equal(sheet->output.len, strlen("assets/css/theme.0123456789ab.css"));
  assert_string_equal(str_to_c(&arena, sheet->url),
                      str_to_c(&arena, STR_CONCAT(&arena, STR("/clinic/"), sheet->output)));
  /* printf 'p{color:red}' | openssl dgst -sha384 -binary | base64 */
  assert_string_equal(str_to_c(&arena, sheet->integrity),
                      "sha384-fmjM3tAll81TWJvySQni8SaBymKJ5GlctvLrjS0TwyC8mMAW6RDB6buj8mJRR2Dg");
  Str before = sheet->output;
  assert_true(str_equal(asset(load("base"), "css/theme.css")->output, before));
  put("base/assets/css/theme.css", "p{color:tan}");
  assert_false(str_equal(asset(load("base"), "css/theme.css")->output, before));
}

static void test_imports_are_bundled(void **state) {
  (void)state;
  put_base();
  put("base/assets/css/theme.css",
      "@charset \"utf-8\";\n/* @import 'no.css'; */\n@layer a, b;\n@import \"_cards.css\" layer(b);\n"
      "@import url(print/paper.css) print;\n@import 'settings.css';\n"
      "@import \"_cards.css\" supports(display: grid);\np{content:\"@import url(x)\"}");
  put("base/assets/css/_cards.css", ".card{color:red}");
  put("base/assets/css/print/paper.css", "@import '../_cards.css' layer;.paper{}");
  Theme *theme = load("base");
  assert_string_equal(reported(), "");
  const char *text = css(theme, "css/theme.css");
  assert_has(text, "@layer a, b;\n@layer b{.card{color:red}}\n@media print{@layer {.card{color:red}}.paper{}}\n:root{");
  assert_has(text, "@supports (display: grid){.card{color:red}}\np{content:\"@import url(x)\"}");
  assert_lacks(text, "charset");
  for (size_t i = 0; i < theme_asset_count(theme); i++)
    assert_false(str_equal(theme_asset(theme, i)->name, STR("css/_cards.css")));
}

static void test_urls_of_sheets_become_published_names(void **state) {
  (void)state;
  put_base();
  put("base/assets/fonts/a.woff2", "font");
  put("base/assets/css/img/b.svg", "<svg></svg>");
  put("base/assets/css/deep/c.css", "b{x:url( '../../fonts/a.woff2#iefix' );y:URL(../img/b.svg)}");
  put("base/assets/css/theme.css",
      "@import 'deep/c.css';a{x:url(#grad);y:url(data:image/png;base64,AA==);z:url(/root.png);"
      "/*url(none.png)*/curl(none.png)}");
  Theme *theme = load("base");
  assert_string_equal(reported(), "");
  const char *text = css(theme, "css/theme.css");
  Str font = str_skip(asset(theme, "fonts/a.woff2")->output, strlen("assets/"));
  Str image = str_skip(asset(theme, "css/img/b.svg")->output, strlen("assets/"));
  assert_has(text,
             str_format(&arena, "b{x:url(\"../%.*s#iefix\");y:url(\"../%.*s\")}", STR_ARG(font), STR_ARG(image)).s);
  assert_has(text, "a{x:url(#grad);y:url(data:image/png;base64,AA==);z:url(/root.png); curl(none.png)}");
  assert_has(css(theme, "css/deep/c.css"), str_format(&arena, "url(\"../../%.*s#iefix\")", STR_ARG(font)).s);
}

/* A program of that name that takes the spaces out, first on PATH. */
static void test_sheets_are_minified_by_a_program_when_asked(void **state) {
  (void)state;
  put_base();
  put("base/assets/css/theme.css", "p { color : red }");
  put("bin/esbuild", "#!/bin/sh\nexec tr -d ' '\n");
  assert_int_equal(chmod(str_to_c(&arena, in_folder("bin/esbuild")), 0755), 0);
  const char *before = str_to_c(&arena, str_from_c(getenv("PATH")));
  Str root = str_from_c(folder);
  ThemeOptions options = {STR("base"), &root, 1, {0}, {STR("content/site.yaml"), STR_NONE, 0}, STR("/"), true};
  setenv("PATH", str_to_c(&arena, STR_CONCAT(&arena, in_folder("bin"), STR(":"), str_from_c(before))), 1);
  Theme *theme = theme_load(&arena, &options, &diags);
  assert_non_null(theme);
  loaded[loaded_count++] = theme;
  assert_string_equal(css(theme, "css/theme.css"), "p{color:red}");
  setenv("PATH", "/nonexistent", 1);
  assert_null(theme_load(&arena, &options, &diags));
  assert_reported(
      "content/site.yaml: `minify: true`, but esbuild cannot be run on css/settings.css: No such file or directory");
  put("bin/esbuild", "#!/bin/sh\necho 'no, thanks' >&2\nexit 1\n");
  setenv("PATH", str_to_c(&arena, STR_CONCAT(&arena, in_folder("bin"), STR(":"), str_from_c(before))), 1);
  diags = diag_list_new(&arena);
  assert_null(theme_load(&arena, &options, &diags));
  assert_reported("esbuild cannot be run on css/theme.css: no, thanks");
  setenv("PATH", before, 1);
}

static void test_only_typefaces_that_are_named_are_declared(void **state) {
  (void)state;
  put_base();
  put("base/assets/fonts/a.woff2", "font");
  put("base/assets/fonts/b.woff2", "font");
  put("base/assets/fonts/_fonts.css", "@font-face{font-family:\"Noto Sans\";src:url(\"../fonts/a.woff2\")}\n"
                                      "@font-face { font-family: 'Other'; src: url(../fonts/b.woff2) }\n");
  Theme *theme = load("base");
  const char *text = css(theme, "css/settings.css");
  Str file = str_skip(asset(theme, "fonts/a.woff2")->output, strlen("assets/"));
  assert_true(str_starts(
      str_from_c(text),
      str_format(&arena, "@font-face{font-family:\"Noto Sans\";src:url(\"../%.*s\")}\n:root{", STR_ARG(file))));
  assert_lacks(text, "Other");
}

static void test_names_with_spaces_are_encoded_in_urls(void **state) {
  (void)state;
  put_base();
  put("base/assets/img/a b\".svg", "<svg></svg>");
  put("base/assets/css/theme.css", "p{y:url(../img/a b\".svg)}");
  Theme *theme = load("base");
  const ThemeAsset *image = asset(theme, "img/a b\".svg");
  assert_has(str_to_c(&arena, image->output), "assets/img/a b\".");
  assert_has(str_to_c(&arena, image->url), "/assets/img/a%20b%22.");
  assert_has(css(theme, "css/theme.css"), "p{y:url(\"../img/a%20b%22.");
}

static void test_bad_sheets_are_refused_at_the_place(void **state) {
  (void)state;
  put_base();
  put("base/assets/css/theme.css", "@import 'a.css';\n@import '//example.org/x.css';\n@import '../../theme.yaml';\n"
                                   "p{x:url(none.png);y:url(../../../etc/passwd)}");
  put("base/assets/css/a.css", "@import 'b.css';");
  put("base/assets/css/b.css", "@import 'a.css';");
  assert_null(load("base"));
  assert_reported("base/assets/css/b.css:9: `css/a.css` imports itself");
  assert_reported("base/assets/css/theme.css:26: `//example.org/x.css` would be loaded from another site");
  assert_reported("base/assets/css/theme.css:57: `../../theme.yaml` leads out of the theme's assets/");
  assert_reported("the theme has no asset `css/none.png`");
  assert_reported("`../../../etc/passwd` leads out of the theme's assets/");
}

static void test_broken_css_ends_without_trouble(void **state) {
  static const char *const broken[] = {"/* open",
                                       "@import",
                                       "@import '",
                                       "@import url(",
                                       "p{x:url(",
                                       "p{x:url('",
                                       "\"",
                                       "\\",
                                       "@",
                                       "@layer",
                                       "p{x:'\\",
                                       "@import 'settings.css' layer(",
                                       "@import \"settings.css\" supports("};
  (void)state;
  for (size_t i = 0; i < sizeof broken / sizeof *broken; i++) {
    put_base();
    put("base/assets/css/theme.css", broken[i]);
    load("base");
  }
  assert_true(loaded_count > 0);
}

static void test_icons_are_finished_and_harmless(void **state) {
  (void)state;
  put_base();
  put("base/icons/full.svg", "<?xml version=\"1.0\"?>\n<svg class=\"c\" aria-hidden=\"true\"><path/></svg>");
  Theme *theme = load("base");
  assert_string_equal(str_to_c(&arena, value_text(value_get(theme_icons(theme), STR("phone")))),
                      "<svg class=\"icon icon-phone\" aria-hidden=\"true\" viewBox=\"0 0 1 1\">"
                      "<path d=\"M0 0\"/></svg>");
  assert_string_equal(str_to_c(&arena, value_text(value_get(theme_icons(theme), STR("full")))),
                      "<svg class=\"c\" aria-hidden=\"true\"><path/></svg>");
  put("base/icons/ids.svg", "<svg><g id=\"a\"/></svg>");
  put("base/icons/none.svg", "<p>no</p>");
  put("base/icons/link.svg", "<svg><use xlink:href=\"#a\"/></svg>");
  assert_null(load("base"));
  assert_reported("base/icons/ids.svg:7: an icon stands in the page itself, so it may not hold an id");
  assert_reported("base/icons/none.svg: this icon is no SVG");
  assert_reported("base/icons/link.svg:16: an icon stands in the page itself, so it may not hold a link");
}

int main(void) {
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
  const struct CMUnitTest tests[] = {
      TEST(test_settings_become_custom_properties),
      TEST(test_a_child_changes_defaults_and_adds_settings),
      TEST(test_no_setting_can_write_css),
      TEST(test_the_sites_settings_are_checked_at_their_place),
      TEST(test_a_pair_that_fails_names_all_that_is_needed),
      TEST(test_who_set_the_colour_is_told),
      TEST(test_names_carry_the_hash_of_what_is_inside),
      TEST(test_imports_are_bundled),
      TEST(test_urls_of_sheets_become_published_names),
      TEST(test_sheets_are_minified_by_a_program_when_asked),
      TEST(test_only_typefaces_that_are_named_are_declared),
      TEST(test_names_with_spaces_are_encoded_in_urls),
      TEST(test_bad_sheets_are_refused_at_the_place),
      TEST(test_broken_css_ends_without_trouble),
      TEST(test_icons_are_finished_and_harmless),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
