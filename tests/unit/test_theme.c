/* Themes from folders made for each test: inheritance, settings, words, icons, assets, filters, and what is refused. */
#define _GNU_SOURCE
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "data/yaml.h"
#include "os/os.h"
#include "base/utf8.h"
#include "theme/plain.h"
#include "theme/theme.h"

static Arena arena;
static DiagList diags;
static char folder[64];
static Theme *loaded[64];
static size_t loaded_count;

static int set_up(void **state) {
  (void)state;
  arena = arena_reserve((size_t)1 << 30);
  diags = diag_list_new(&arena);
  strcpy(folder, "/tmp/pamphlet-theme-XXXXXX");
  return mkdtemp(folder) ? 0 : -1;
}

static int tear_down(void **state) {
  (void)state;
  while (loaded_count) theme_release(loaded[--loaded_count]);
  os_remove_tree(&arena, str_from_c(folder));
  arena_release(&arena);
  return 0;
}

static Str in_folder(const char *path) {
  return STR_CONCAT(&arena, str_from_c(folder), STR("/"), str_from_c(path));
}

static void put(const char *path, const char *text) {
  Str full = in_folder(path);
  assert_int_equal(os_make_folders(str_slice(full, 0, str_find_last_byte(full, '/'))), 0);
  assert_int_equal(os_write_file(full, str_from_c(text), NULL), 0);
}

/* A theme of the least that works. */
static void put_base(void) {
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

static Theme *load_with(const char *name, const char *site, const char *base_path) {
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

static Theme *load(const char *name) {
  return load_with(name, "", "/");
}

static const char *render_with(Theme *theme, const char *name, const char *lang) {
  Value variables = value_map(&arena, 4);
  value_put(variables, "lang", value_c(lang));
  value_put(variables, "link", value_markup(STR("<a href=\"/x\">it</a>")));
  value_put(variables, "html", value_markup(STR("<p>A &amp; <b>b</b>c</p><p>d</p>")));
  Buf out = buf_new(&arena, 1 << 20);
  const Template *page = theme_template(theme, str_from_c(name));
  if (!page || !template_render(page, variables, &arena, &diags, &out)) return "failed";
  return str_to_c(&arena, buf_str(&out));
}

static const char *render(Theme *theme, const char *text) {
  put("base/templates/it.html", text);
  Theme *again = load(str_to_c(&arena, theme_name(theme)));
  assert_non_null(again);
  return render_with(again, "it.html", "en");
}

/* The ids and texts of what was reported, a line each, for one comparison. */
static const char *reported(void) {
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

static void assert_reported(const char *part) {
  if (!strstr(reported(), part)) fail_msg("expected: %s\nreported:\n%s", part, reported());
}

static const ThemeAsset *asset(Theme *theme, const char *name) {
  for (size_t i = 0; i < theme_asset_count(theme); i++)
    if (str_equal(theme_asset(theme, i)->name, str_from_c(name))) return theme_asset(theme, i);
  fail_msg("no asset %s", name);
  return NULL;
}

static const char *css(Theme *theme, const char *name) {
  return str_to_c(&arena, asset(theme, name)->bytes);
}

static void assert_has(const char *text, const char *part) {
  if (!strstr(text, part)) fail_msg("expected: %s\nin: %s", part, text);
}

static void assert_lacks(const char *text, const char *part) {
  if (strstr(text, part)) fail_msg("not expected: %s\nin: %s", part, text);
}

/* --- inheritance --- */

static void test_a_child_of_one_file_is_its_parent(void **state) {
  (void)state;
  put_base();
  put("child/theme.yaml", "name: child\nextends: base\n");
  Theme *theme = load("child");
  assert_non_null(theme);
  assert_string_equal(reported(), "");
  assert_string_equal(render_with(theme, "page.html", "en"), "<p>base</p>");
  assert_string_equal(css(theme, "css/theme.css"), "p{color:red}");
}

static void test_a_template_that_extends_its_own_name_means_the_parents(void **state) {
  (void)state;
  put_base();
  put("child/theme.yaml", "name: child\nextends: base\n");
  put("child/templates/page.html", "{% extends 'page.html' %}{% block main %}child of {{ super() }}{% endblock %}");
  put("grand/theme.yaml", "name: grand\nextends: child\n");
  put("grand/templates/page.html", "{% extends 'page.html' %}{% block main %}grandchild, {{ super() }}{% endblock %}");
  assert_string_equal(render_with(load("grand"), "page.html", "en"), "<p>grandchild, child of base</p>");
}

static void test_files_of_the_child_win(void **state) {
  (void)state;
  put_base();
  put("child/theme.yaml", "name: child\nextends: base\n");
  put("child/assets/css/theme.css", "p{color:blue}");
  put("child/icons/phone.svg", "<svg class=\"mine\"></svg>");
  put("child/i18n/en.yaml", "hello: Howdy\n");
  Theme *theme = load("child");
  assert_string_equal(css(theme, "css/theme.css"), "p{color:blue}");
  assert_true(str_starts(value_text(value_get(theme_icons(theme), STR("phone"))), STR("<svg aria-hidden=\"true\"")));
  assert_string_equal(str_to_c(&arena, value_text(value_get(theme_words(theme, STR("en")), STR("hello")))), "Howdy");
  assert_string_equal(str_to_c(&arena, value_text(value_get(theme_words(theme, STR("ar")), STR("bye")))), "Bye {name}");
}

static void test_a_sheet_that_imports_its_own_name_means_the_parents(void **state) {
  (void)state;
  put_base();
  put("child/theme.yaml", "name: child\nextends: base\n");
  put("child/assets/css/theme.css", "@import \"theme.css\";\nh1{color:blue}");
  assert_string_equal(css(load("child"), "css/theme.css"), "p{color:red}\nh1{color:blue}");
}

static void test_a_cycle_is_told_with_its_chain(void **state) {
  (void)state;
  put("a/theme.yaml", "name: a\nextends: b\n");
  put("b/theme.yaml", "name: b\nextends: a\n");
  assert_null(load("a"));
  assert_string_equal(reported(),
                      "b/theme.yaml:17: the theme `a` extends itself: a → b → a | take one `extends` out\n");
}

static void test_a_chain_may_not_be_endless(void **state) {
  (void)state;
  for (int i = 0; i < THEME_DEPTH_MOST + 1; i++) {
    Str path = str_format(&arena, "t%d/theme.yaml", i);
    Str text = str_format(&arena, "name: t%d\nextends: t%d\n", i, i + 1);
    put(path.s, text.s);
  }
  assert_null(load("t0"));
  assert_reported("more than 16 themes extend each other");
}

static void test_an_unknown_theme_is_told_with_the_nearest(void **state) {
  (void)state;
  put_base();
  put("child/theme.yaml", "name: child\nextends: bsae\n");
  assert_null(load("child"));
  assert_reported("child/theme.yaml:21: there is no theme `bsae` in ");
  assert_reported("did you mean `base`?");
}

static void test_the_first_root_wins_and_the_second_is_found(void **state) {
  (void)state;
  put("site/mine/theme.yaml", "name: mine\nextends: base\n");
  put("site/base/theme.yaml", "name: base\nversion: site\n");
  put("installed/base/theme.yaml", "name: base\nversion: installed\n");
  put("installed/far/theme.yaml", "name: far\n");
  Str roots[] = {in_folder("site"), in_folder("installed")};
  ThemeOptions options = {STR("mine"), roots, 2, {0}, {STR("site.yaml"), STR_NONE, 0}, STR("/"), false};
  assert_non_null(loaded[loaded_count++] = theme_load(&arena, &options, &diags));
  options.name = STR("far");
  assert_non_null(loaded[loaded_count++] = theme_load(&arena, &options, &diags));
  options.name = STR("base");
  Theme *base = theme_load(&arena, &options, &diags);
  assert_non_null(loaded[loaded_count++] = base);
  assert_string_equal(str_to_c(&arena, value_text(value_get(theme_view(base), STR("version")))), "site");
}

/* --- bad themes --- */

static void test_names_may_not_lead_out(void **state) {
  static const char *const names[] = {"../base", "/etc", "a/b", "..", ".", "", "-x", "a b"};
  (void)state;
  put_base();
  for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
    diags = diag_list_new(&arena);
    assert_null(load(names[i]));
    assert_reported("cannot be the name of a theme");
  }
}

static void test_links_may_not_lead_out(void **state) {
  (void)state;
  put_base();
  put("outside/secret.html", "secret");
  assert_int_equal(symlink("/etc/passwd", str_to_c(&arena, in_folder("base/templates/users.html"))), 0);
  assert_int_equal(symlink("../../outside", str_to_c(&arena, in_folder("base/assets/out"))), 0);
  assert_int_equal(symlink("page.html", str_to_c(&arena, in_folder("base/templates/same.html"))), 0);
  assert_null(load("base"));
  assert_reported("base/templates/users.html: this is not a file of the theme `base`");
  assert_reported("base/assets/out: this is not a file of the theme `base`");
  assert_lacks(reported(), "same.html");
}

static void test_a_theme_folder_may_not_be_elsewhere(void **state) {
  (void)state;
  put_base();
  assert_int_equal(symlink("/etc", str_to_c(&arena, in_folder("evil"))), 0);
  assert_null(load("evil"));
  assert_reported("evil: this is not a file of the theme `evil`");
}

static void test_templates_are_not_found_outside(void **state) {
  (void)state;
  put_base();
  put("secret.html", "secret");
  Theme *theme = load("base");
  assert_null(theme_template(theme, STR("../../secret.html")));
  assert_null(theme_template(theme, STR("../theme.yaml")));
  put("base/templates/it.html", "{% include '../../secret.html' %}");
  assert_string_equal(render_with(load("base"), "it.html", "en"), "failed");
}

static void test_everything_wrong_is_told_in_one_run(void **state) {
  (void)state;
  put_base();
  put("bad/theme.yaml",
      "name: worse\nextends: base\nrequires: \">=99\"\ndescripton: x\nsettings:\n"
      "  inc: \"#fff\"\n  measure: 12\n  Shape: { type: text, default: x }\n"
      "  neu: { type: color, default: \"#fff\" }\n  nix: { type: text }\n"
      "pairs:\n  - { text: inc, background: paper }\n  - { text: ink, background: paper, kind: huge }\n");
  put("bad/i18n/en.yaml", "a: 5\nb: { oen: x, other: y }\nc: { one: x }\n");
  put("bad/icons/x.svg", "<svg onload=\"x()\"><script>y()</script></svg>");
  put("bad/assets/css/a.css",
      "@import \"nope.css\";\np{background:url(https://example.org/x.png)}\n@import \"a.css\";");
  put("bad/templates/utf.html", "\xff");
  assert_null(load("bad"));
  assert_reported("bad/theme.yaml:6: this theme calls itself `worse`, but its folder is `bad`");
  assert_reported("the theme `bad` needs pamphlet >=99; this is ");
  assert_reported("`descripton` is not a known key, so it is ignored | did you mean `description`?");
  assert_reported("the theme `base` has no setting `inc` | did you mean `ink`?");
  assert_reported("the setting `measure` must be a length with its unit such as 1.25rem, not `12`");
  assert_reported("`Shape` cannot be the name of a setting");
  assert_reported("the setting `neu` needs a `type`");
  assert_reported("`color` is none; did you mean `colour`?");
  assert_reported("the setting `nix` has no `default`");
  assert_reported("`inc` is no colour setting of this theme | did you mean `ink`?");
  assert_reported("`huge` is no kind of pair");
  assert_reported("bad/i18n/en.yaml:0: the words `a` must be text, not a number");
  assert_reported("`b` has `oen`, which is no plural form | did you mean `one`?");
  assert_reported("`c` lacks the plural form `other`");
  assert_reported("an icon stands in the page itself, so it may not hold a script");
  assert_reported("bad/assets/css/a.css:9: the theme has no style sheet `css/nope.css`");
  assert_reported("`https://example.org/x.png` would be loaded from another site");
  assert_reported("this @import comes after a rule");
}

static void test_requirements_are_compared_as_versions(void **state) {
  static const char *const good[] = {">=0.0.1", ">= 0.1, <2", "<99.1.2", "> 0.0"};
  static const char *const bad[] = {">=0.99", "<0.1", "=9.9.9", ">=0.1, <0.1"};
  static const char *const unclear[] = {"soon", ">=x", "~1", "1.2.3.4", ">=1..2", ">=", ","};
  (void)state;
  for (size_t i = 0; i < sizeof good / sizeof *good; i++) {
    put("v/theme.yaml", str_format(&arena, "name: v\nrequires: \"%s\"\n", good[i]).s);
    assert_non_null(load("v"));
  }
  for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
    put("v/theme.yaml", str_format(&arena, "name: v\nrequires: \"%s\"\n", bad[i]).s);
    assert_null(load("v"));
    assert_reported("the theme `v` needs pamphlet ");
    diags = diag_list_new(&arena);
  }
  for (size_t i = 0; i < sizeof unclear / sizeof *unclear; i++) {
    put("v/theme.yaml", str_format(&arena, "name: v\nrequires: \"%s\"\n", unclear[i]).s);
    assert_null(load("v"));
    assert_reported("is not a version that can be required");
    diags = diag_list_new(&arena);
  }
}

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

/* --- filters --- */

static void test_filters(void **state) {
  static const char *const cases[][2] = {
      {"{{ '2026-03-03' | date }}", "March 3, 2026"},
      {"{{ '2026-03-03' | date('short') }}", "Mar 3, 2026"},
      {"{{ '2026-03-03' | date(style='month') }}", "March 2026"},
      {"{{ '+1 (555) 555-0100' | phone }}", "tel:+15555550100"},
      {"{{ '555-0100 ext. 12' | phone }}", "tel:5550100;ext=12"},
      {"{{ '٥٥٥-٠١٠٠' | phone }}", "tel:5550100"},
      {"{{ 911 | phone }}", "tel:911"},
      {"{{ {'number': '555-0101'} | phone }}", "tel:5550101"},
      {"{{ 'Side Effects & Fever' | slug }}", "side-effects-fever"},
      {"{{ html | plain }}", "A &amp; bc d"},
      {"{{ 'a <b> c' | plain }}", "a &lt;b&gt; c"},
      {"{{ '/contact/' | url }}", "/contact/"},
      {"{{ 'hello' | t }}", "Hello"},
      {"{{ 'bye' | t(name='A & B') }}", "Bye A &amp; B"},
      {"{{ 'bye' | t(name=link) }}", "Bye <a href=\"/x\">it</a>"},
      {"{{ 'pages' | t(count=1) }}", "One page"},
      {"{{ 'pages' | t(count=1500) }}", "1,500 pages"},
      {"{{ icon('phone', label='Call \"us\"') }}", "<svg class=\"icon icon-phone\" role=\"img\" aria-label=\"Call "
                                                   "&#34;us&#34;\" viewBox=\"0 0 1 1\">"
                                                   "<path d=\"M0 0\"/></svg>"},
      {"{% if 'css/theme.css' is asset %}yes{% endif %}{% if 'x.js' is asset %}no{% endif %}", "yes"},
  };
  (void)state;
  put_base();
  Theme *theme = load("base");
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    assert_string_equal(render(theme, cases[i][0]), cases[i][1]);
    theme_release(loaded[--loaded_count]);
  }
  assert_string_equal(reported(), "");
}

static void test_assets_in_templates(void **state) {
  (void)state;
  put_base();
  Theme *theme = load("base");
  const ThemeAsset *sheet = asset(theme, "css/theme.css");
  assert_string_equal(render(theme, "{{ 'css/theme.css' | asset }} {{ 'css/theme.css' | integrity }}"),
                      str_to_c(&arena, STR_CONCAT(&arena, sheet->url, STR(" "), sheet->integrity)));
}

static void test_words_follow_the_page(void **state) {
  (void)state;
  put_base();
  put("base/templates/it.html",
      "{{ 'hello' | t }} {{ 'pages' | t(count=3) }} {{ 'pages' | t(count=2) }} {{ 'bye' | t(name='x') }}");
  Theme *theme = load("base");
  assert_string_equal(render_with(theme, "it.html", "ar"), "مرحبا ٣ f t Bye x");
  assert_string_equal(render_with(theme, "it.html", "ar-EG"), "مرحبا ٣ f t Bye x");
  assert_string_equal(render_with(theme, "it.html", "de"), "Hello 3 pages 2 pages Bye x");
}

static void test_filters_refuse_with_words(void **state) {
  static const char *const cases[][2] = {
      {"{{ 'soon' | date }}", "`date` wants a date like 2026-03-01, not `soon`"},
      {"{{ 5 | date }}", "`date` wants text, not a number"},
      {"{{ '2026-03-03' | date('shrt') }}", "`date` has no style `shrt` | did you mean `short`?"},
      {"{{ 'call us' | phone }}", "`phone` wants a phone number like 555-0100, not `call us`"},
      {"{{ '' | phone }}", "`phone` wants a phone number"},
      {"{{ 'https://example.org/' | url }}", "`url` wants a path of this site like /contact/"},
      {"{{ '//example.org/' | url }}", "`url` wants a path of this site like /contact/"},
      {"{{ 'javascript:alert(1)' | url }}", "`url` wants a path of this site like /contact/"},
      {"{{ 'css/them.css' | asset }}", "the theme has no asset `css/them.css` | did you mean `css/theme.css`?"},
      {"{{ icon('fone') }}", "the theme has no icon `fone`"},
      {"{{ 'helo' | t }}", "the theme has no words `helo` | did you mean `hello`?"},
      {"{{ 'bye' | t }}", "the words `bye` need `name` | write `| t(name=…)`"},
      {"{{ 'pages' | t }}", "the words `pages` have plural forms, so they need a number"},
  };
  (void)state;
  put_base();
  Theme *theme = load("base");
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    diags = diag_list_new(&arena);
    assert_string_equal(render(theme, cases[i][0]), "failed");
    assert_reported("base/templates/it.html:");
    assert_reported(cases[i][1]);
    theme_release(loaded[--loaded_count]);
  }
}

static void test_settings_in_templates(void **state) {
  (void)state;
  put_base();
  Theme *theme = load("base");
  Value settings = value_get(theme_view(theme), STR("settings"));
  assert_string_equal(str_to_c(&arena, value_text(value_path(settings, STR("ink.dark"), &arena))), "#eeeeee");
  assert_true(value_to_bool(value_get(settings, STR("notes")), false));
  assert_string_equal(str_to_c(&arena, value_text(value_get(settings, STR("measure")))), "36rem");
}

static const char *plain(const char *html) {
  return str_to_c(&arena, plain_text(&arena, str_from_c(html)));
}

static void test_plain_text_reads_as_the_page_does(void **state) {
  (void)state;
  assert_string_equal(plain("a"), "a");
  assert_string_equal(plain("<p>One</p>\n<p>two <b>th</b>ree</p>"), "One two three");
  assert_string_equal(plain("a &lt;b&gt; &eacute; &#233; &amp;amp;"), "a <b> é é &amp;");
  assert_string_equal(plain("a<script>x()</script><style>p{}</style><!-- c -->b"), "a b");
  assert_string_equal(plain("<ul><li>a</li><li>b<ul><li>c</li></ul></li></ul>d"), "a b c d");
  assert_string_equal(plain("<p>unclosed <i>x"), "unclosed x");
  assert_int_equal(utf8_find_invalid(plain_text(&arena, STR("a&#3666666666662;b"))), STR_NONE);
  /* Each becomes U+FFFD, of three bytes: what is read is whole. */
  char control[200] = "<b>";
  memset(control + 3, 0x14, sizeof control - 4);
  Str read = plain_text(&arena, str_from_c(control));
  assert_int_equal(read.len, (sizeof control - 4) * 3);
}

int main(void) {
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
  const struct CMUnitTest tests[] = {
      TEST(test_a_child_of_one_file_is_its_parent),
      TEST(test_a_template_that_extends_its_own_name_means_the_parents),
      TEST(test_files_of_the_child_win),
      TEST(test_a_sheet_that_imports_its_own_name_means_the_parents),
      TEST(test_a_cycle_is_told_with_its_chain),
      TEST(test_a_chain_may_not_be_endless),
      TEST(test_an_unknown_theme_is_told_with_the_nearest),
      TEST(test_the_first_root_wins_and_the_second_is_found),
      TEST(test_names_may_not_lead_out),
      TEST(test_links_may_not_lead_out),
      TEST(test_a_theme_folder_may_not_be_elsewhere),
      TEST(test_templates_are_not_found_outside),
      TEST(test_everything_wrong_is_told_in_one_run),
      TEST(test_requirements_are_compared_as_versions),
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
      TEST(test_filters),
      TEST(test_assets_in_templates),
      TEST(test_words_follow_the_page),
      TEST(test_filters_refuse_with_words),
      TEST(test_settings_in_templates),
      TEST(test_plain_text_reads_as_the_page_does),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
