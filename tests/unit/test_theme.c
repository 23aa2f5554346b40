/* Themes that extend each other, and what is refused. */
#define _GNU_SOURCE
#include "theme_folder.h"

#include <sys/stat.h>
#include <unistd.h>

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
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
