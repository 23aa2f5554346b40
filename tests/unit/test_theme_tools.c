/* What `theme …` does: tags in sources, line differences, checks, new themes, ejected files, tables. */
#define _GNU_SOURCE
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>
#include <stdlib.h>
#include <string.h>

#include "os/os.h"
#include "theme/tags.h"
#include "theme/tools.h"

static Arena arena;
static DiagList diags;
static char folder[64];
static Str root;
static ThemeOptions options;

static int set_up(void **state) {
  (void)state;
  arena = arena_reserve((size_t)1 << 30);
  diags = diag_list_new(&arena);
  strcpy(folder, "/tmp/pamphlet-tools-XXXXXX");
  if (!mkdtemp(folder)) return -1;
  root = str_from_c(folder);
  options = (ThemeOptions){.roots = &root, .root_count = 1, .settings_span = {STR("site.yaml"), STR_NONE, 0}};
  return 0;
}

static int tear_down(void **state) {
  (void)state;
  os_remove_tree(&arena, root);
  arena_release(&arena);
  return 0;
}

static Str in_folder(const char *path) {
  return STR_CONCAT(&arena, root, STR("/"), str_from_c(path));
}

static void put(const char *path, const char *text) {
  Str full = in_folder(path);
  assert_int_equal(os_make_folders(str_slice(full, 0, str_find_last_byte(full, '/'))), 0);
  assert_int_equal(os_write_file(full, str_from_c(text), NULL), 0);
}

static const char *get(const char *path) {
  Str text;
  assert_int_equal(os_read_file(&arena, in_folder(path), 1 << 20, &text), 0);
  return str_to_c(&arena, text);
}

static void put_base(void) {
  put("base/theme.yaml",
      "name: base\nversion: \"1.0\"\nlanguages: [en, es]\nsettings:\n"
      "  ink: { type: colour, default: { light: \"#111111\", dark: \"#eeeeee\" }, label: Ink, help: All text. }\n"
      "  paper: { type: colour, default: { light: \"#ffffff\", dark: \"#000000\" } }\n"
      "  notes: { type: boolean, default: true }\n"
      "pairs:\n  - { text: ink, background: paper }\n");
  put("base/templates/base.html",
      "{{ 'css/theme.css' | asset }}<p>{% block top %}{% block inner %}{% endblock %}{% endblock %}</p>\n"
      "{% block foot %}\n<i>{{ \"hello\" | t }}{{ icon(\"phone\") }}</i>\n{% endblock foot %}\n");
  put("base/templates/page.html", "{% extends \"base.html\" %}{% block top %}{{ super() }}{% endblock %}");
  put("base/i18n/en.yaml", "hello: Hello {name}\npages: { one: One, other: \"{count}\" }\n");
  put("base/i18n/es.yaml", "hello: Hola {name}\npages: { one: Una, many: M, other: \"{count}\" }\n");
  put("base/icons/phone.svg", "<svg></svg>");
  put("base/assets/css/theme.css", "p{color:var(--ink)}");
}

static ThemeTools tools(void) {
  return (ThemeTools){.arena = &arena, .diags = &diags, .site_root = root, .options = &options};
}

static const char *reported(void) {
  Buf out = buf_new(&arena, 1 << 20);
  diag_sort(&diags);
  for (const Diag *diag = diags.first; diag; diag = diag->next) {
    Str path = diag->span.path;
    if (str_starts(path, root)) path = str_skip(path, root.len + 1);
    Str hint = diag_hint(&arena, diag);
    buf_add_format(&out, "%.*s: %.*s%s%.*s\n", STR_ARG(path), STR_ARG(diag_text(&arena, diag)), hint.len ? " | " : "",
                   STR_ARG(hint));
  }
  return str_to_c(&arena, buf_str(&out));
}

static void assert_reported(const char *part) {
  if (!strstr(reported(), part)) fail_msg("expected: %s\nreported:\n%s", part, reported());
}

/* --- tags --- */

static const char *blocks_of(const char *source) {
  size_t count;
  SourceBlock *blocks = source_blocks(&arena, str_from_c(source), &count);
  Buf out = buf_new(&arena, 1 << 16);
  for (size_t i = 0; i < count; i++) {
    Str body = str_slice(str_from_c(source), blocks[i].body_begin, blocks[i].body_end);
    buf_add_format(&out, "%.*s/%d[%.*s]", STR_ARG(blocks[i].name), blocks[i].depth, STR_ARG(body));
  }
  return str_to_c(&arena, buf_str(&out));
}

static void test_blocks_are_found_where_they_are(void **state) {
  (void)state;
  assert_string_equal(blocks_of("a{% block x %}b{% endblock %}c"), "x/0[b]");
  assert_string_equal(blocks_of("{%- block x scoped -%}b{%+ endblock x +%}"), "x/0[b]");
  assert_string_equal(blocks_of("{% block a %}1{% block b %}2{% endblock %}3{% endblock %}{% block c %}{% endblock %}"),
                      "a/0[1{% block b %}2{% endblock %}3]b/1[2]c/0[]");
  assert_string_equal(blocks_of("{# {% block no %} #}{% raw %}{% block no %}{% endraw %}{% block x %}{% endblock %}"),
                      "x/0[]");
  assert_string_equal(blocks_of("{{ '{% block no %}' }}{% set a = \"%} {% block no %}\" %}{% block x %}{% endblock %}"),
                      "x/0[]");
  assert_string_equal(blocks_of("{% block open %}rest"), "open/0[rest]");
  assert_string_equal(blocks_of("{% endblock %}{% block"), "");
  assert_string_equal(blocks_of("{% raw %}{% block x %}"), "");
}

static void test_quoted_texts_are_found_with_what_is_around(void **state) {
  Str source = STR("{{ \"a\" | t(x='b') }}{# 'no' #}{% if icon(\"c\") %}");
  size_t at = 0;
  Tag tag;
  Buf out = buf_new(&arena, 1 << 12);
  (void)state;
  while (tag_next(source, &at, &tag)) {
    size_t inside = 0;
    Literal literal;
    while (literal_next(source, &tag, &inside, &literal)) {
      assert_true(str_equal(str_slice(source, literal.offset, literal.offset + literal.text.len), literal.text));
      buf_add_format(&out, "%.*s<%.*s>%.*s;", STR_ARG(literal.before), STR_ARG(literal.text), STR_ARG(literal.after));
    }
  }
  assert_string_equal(str_to_c(&arena, buf_str(&out)), "<a>| t(x='b');\"a\" | t(x=<b>);if icon(<c>);");
}

/* --- line differences; what is expected is what diff -u prints --- */

static const char *diff(const char *before, const char *after) {
  Buf out = buf_new(&arena, 1 << 20);
  text_diff(&out, STR("a"), str_from_c(before), STR("b"), str_from_c(after));
  return str_to_c(&arena, buf_str(&out));
}

static void test_differences_read_as_diff_u_writes_them(void **state) {
  (void)state;
  assert_string_equal(diff("1\n2\n", "1\n2\n"), "");
  assert_string_equal(diff("1\n2\n3\n", "1\nx\n3\n"), "--- a\n+++ b\n@@ -1,3 +1,3 @@\n 1\n-2\n+x\n 3\n");
  assert_string_equal(diff("1\n2\n3\n4\n5\n6\n7\n8\n9\n", "1\n2\n3\n4\n5\n6\n7\n8\nx\n9\n"),
                      "--- a\n+++ b\n@@ -6,4 +6,5 @@\n 6\n 7\n 8\n+x\n 9\n");
  assert_string_equal(diff("a\n1\n2\n3\n4\n5\n6\n7\n8\nb\n", "A\n1\n2\n3\n4\n5\n6\n7\n8\nB\n"),
                      "--- a\n+++ b\n@@ -1,4 +1,4 @@\n-a\n+A\n 1\n 2\n 3\n@@ -7,4 +7,4 @@\n 6\n 7\n 8\n-b\n+B\n");
  assert_string_equal(diff("", "x\n"), "--- a\n+++ b\n@@ -0,0 +1,1 @@\n+x\n");
  assert_string_equal(diff("x\n", ""), "--- a\n+++ b\n@@ -1,1 +0,0 @@\n-x\n");
  assert_string_equal(diff("a\nb\nc\n", "c\na\nb\n"), "--- a\n+++ b\n@@ -1,3 +1,3 @@\n+c\n a\n b\n-c\n");
}

/* Taking the marks away gives both texts back, whatever they are (four lines: all are within the context). */
static void test_differences_hold_both_texts(void **state) {
  (void)state;
  unsigned seed = 1;
  for (int round = 0; round < 200; round++) {
    Buf texts[2] = {buf_new(&arena, 4096), buf_new(&arena, 4096)};
    for (int which = 0; which < 2; which++)
      for (int line = 0; line < 4; line++) {
        seed = seed * 1103515245u + 12345u;
        buf_add_format(&texts[which], "%c\n", 'a' + (char)((seed >> 16) % 3));
      }
    const char *both = diff(str_to_c(&arena, buf_str(&texts[0])), str_to_c(&arena, buf_str(&texts[1])));
    if (!*both) continue;
    Buf sides[2] = {buf_new(&arena, 4096), buf_new(&arena, 4096)};
    Str rest = str_from_c(both), line;
    while (rest.len) {
      str_cut(rest, '\n', &line, &rest);
      if (str_starts(line, STR("---")) || str_starts(line, STR("+++")) || str_starts(line, STR("@@"))) continue;
      for (int which = 0; which < 2; which++)
        if (line.s[0] != (which ? '-' : '+')) buf_add_format(&sides[which], "%.*s\n", STR_ARG(str_skip(line, 1)));
    }
    for (int which = 0; which < 2; which++) assert_true(str_equal(buf_str(&sides[which]), buf_str(&texts[which])));
  }
}

/* --- check --- */

static const char *check(const char *name) {
  options.name = str_from_c(name);
  Theme *theme = theme_open(&arena, &options, &diags);
  assert_non_null(theme);
  theme_check(theme);
  theme_release(theme);
  return reported();
}

static void test_a_good_theme_is_in_order(void **state) {
  (void)state;
  put_base();
  assert_string_equal(check("base"), "");
}

static void test_check_tells_everything_at_once(void **state) {
  (void)state;
  put_base();
  put("child/theme.yaml", "name: child\nextends: base\nlanguages: [en, es, ar]\n");
  put("child/templates/page.html",
      "{% extends 'page.html' %}{% block tpo %}{% endblock %}{% block top %}{% block mine %}"
      "{% endblock %}{{ 'helo' | t }}{{ icon('fone') }}{{ 'css/thme.css' | asset }}"
      "{{ theme.settings.note }}{% endblock %}");
  put("child/templates/broken.html", "{% if %}");
  put("child/templates/lonely.html", "nobody asks for this");
  put("child/i18n/en.yaml", "bye: Bye\n");
  put("child/i18n/es.yaml", "hello: Hola {nombre}\nadios: Adios\npages: { one: Una, other: x }\n");
  put("child/assets/css/theme.css",
      "@import 'theme.css';a{color:var(--inc);b:var(--none, 1px);c:var(--own)}:root{--own:1}");
  put("child/assets/img/old.png", "x");
  put("child/template/base.html", "x");
  put("child/notes.txt", "x");
  put("child/README.md", "x");
  check("child");
  assert_reported("child/templates/page.html: the parent `page.html` has no block `tpo`, so nothing shows it | did you "
                  "mean `top`?");
  assert_reported("child/templates/page.html: the theme has no words `helo` | did you mean `hello`?");
  assert_reported("child/templates/page.html: the theme has no icon `fone`");
  assert_reported("child/templates/page.html: the theme has no asset `css/thme.css` | did you mean `css/theme.css`?");
  assert_reported("child/templates/page.html: the theme has no setting `note` | did you mean `notes`?");
  assert_reported("child/templates/broken.html: ");
  assert_reported("child/templates/lonely.html: nothing uses this file");
  assert_reported("child/i18n/es.yaml: 1 of 3 words have no `es`, so they show in English: bye");
  assert_reported("child/i18n/es.yaml: `hello` says `{nombre}`, which the English words do not have");
  assert_reported("child/i18n/es.yaml: the words `adios` are not in English");
  assert_reported("child/i18n/es.yaml: `pages` lacks the plural form `many`, which es has");
  assert_reported(
      "child/theme.yaml: the theme says that it speaks `ar`, but neither it nor what it extends has i18n/ar.yaml");
  assert_reported("child/assets/css/theme.css: nothing gives `--inc` a value | did you mean `--ink`?");
  assert_reported("child/assets/img/old.png: nothing uses this file");
  assert_reported("child/template/base.html: nothing uses this file | did you mean the folder `templates/`?");
  assert_reported("child/notes.txt: nothing uses this file");
  assert_null(strstr(reported(), "mine"));
  assert_null(strstr(reported(), "--none"));
  assert_null(strstr(reported(), "--own"));
  assert_null(strstr(reported(), "README"));
  assert_null(strstr(reported(), "page.html: nothing"));
}

/* --- new, eject, diff --- */

static void test_a_new_theme_has_three_files_and_works(void **state) {
  ThemeTools t = tools();
  Str languages[] = {STR("en"), STR("es")};
  Value files;
  (void)state;
  put_base();
  t.languages = languages;
  t.language_count = 2;
  assert_true(theme_create(&t, STR("mine"), STR("base"), &files));
  assert_int_equal(value_count(files), 3);
  assert_non_null(strstr(get("mine/theme.yaml"), "extends: base\n"));
  assert_non_null(strstr(get("mine/theme.yaml"), "languages: [en, es]\n"));
  assert_non_null(strstr(get("mine/templates/base.html"), "top, inner, foot."));
  assert_non_null(strstr(get("mine/assets/css/theme.css"), "@import \"theme.css\";"));
  assert_string_equal(check("mine"), "");
  put("mine/theme.yaml", "name: mine # changed\n");
  assert_false(theme_create(&t, STR("mine"), STR("base"), &files));
  assert_reported("mine: this is already there, and nothing is overwritten");
  assert_string_equal(get("mine/theme.yaml"), "name: mine # changed\n");
}

static void test_an_ejected_block_stands_in_the_child(void **state) {
  ThemeTools t = tools();
  Value files;
  (void)state;
  put_base();
  put("mine/theme.yaml", "name: mine\nextends: base\nlanguages: [en]\n");
  assert_true(theme_eject(&t, STR("mine"), STR("templates/base.html:foot"), &files));
  const char *text = get("mine/templates/base.html");
  assert_non_null(strstr(text, "{% extends \"base.html\" %}\n\n{#- From base 1.0, templates/base.html, block foot ("));
  assert_non_null(
      strstr(text, "{% block foot %}\n<i>{{ \"hello\" | t }}{{ icon(\"phone\") }}</i>\n{% endblock foot %}\n"));
  assert_true(theme_eject(&t, STR("mine"), STR("templates/base.html:inner"), &files));
  text = get("mine/templates/base.html");
  assert_non_null(strstr(text, "endblock foot %}\n\n{#- From base 1.0, templates/base.html, block inner"));
  assert_string_equal(check("mine"), "");
  assert_false(theme_eject(&t, STR("mine"), STR("templates/base.html:foot"), &files));
  assert_reported("mine/templates/base.html: this is already there");
}

/* page.html of the child of a child: the block is in base.html of neither, but further up. */
static void test_a_block_is_found_further_up(void **state) {
  ThemeTools t = tools();
  Value files;
  (void)state;
  put_base();
  put("mid/theme.yaml", "name: mid\nextends: base\n");
  put("mid/templates/base.html", "{% extends 'base.html' %}{% block top %}mid{% endblock %}");
  put("mine/theme.yaml", "name: mine\nextends: mid\n");
  assert_true(theme_eject(&t, STR("mine"), STR("templates/base.html:foot"), &files));
  assert_non_null(strstr(get("mine/templates/base.html"), "From base 1.0"));
  assert_true(theme_eject(&t, STR("mine"), STR("templates/base.html:top"), &files));
  assert_non_null(strstr(get("mine/templates/base.html"), "{#- From mid, templates/base.html, block top"));
}

static void test_what_changed_since_is_told(void **state) {
  ThemeTools t = tools();
  Value files;
  Buf out = buf_new(&arena, 1 << 20);
  size_t changed;
  (void)state;
  put_base();
  put("mine/theme.yaml", "name: mine\nextends: base\n");
  put("base/assets/pic.png", "\x89PNG\0");
  assert_true(theme_eject(&t, STR("mine"), STR("templates/base.html:foot"), &files));
  assert_true(theme_eject(&t, STR("mine"), STR("assets/css/theme.css"), &files));
  assert_true(theme_eject(&t, STR("mine"), STR("icons/phone.svg"), &files));
  assert_true(theme_diff(&t, STR("mine"), &out, &changed));
  assert_int_equal(changed, 0);
  assert_int_equal(out.len, 0);
  put("mine/assets/css/theme.css", "p{}"); /* what the child does is its own business */
  put("base/assets/css/theme.css", "p{color:var(--ink);margin:0}\n");
  put("base/templates/base.html", "{% block top %}{% endblock %}");
  assert_true(theme_diff(&t, STR("mine"), &out, &changed));
  assert_int_equal(changed, 2);
  const char *text = str_to_c(&arena, buf_str(&out));
  assert_non_null(strstr(text, "-p{color:var(--ink)}\n+p{color:var(--ink);margin:0}\n"));
  assert_non_null(strstr(text, "templates/base.html:foot: gone from what `mine` extends\n"));
}

static void test_a_theme_that_extends_nothing_has_nothing_to_eject(void **state) {
  ThemeTools t = tools();
  Value files;
  (void)state;
  put_base();
  assert_false(theme_eject(&t, STR("base"), STR("templates/base.html"), &files));
  assert_reported("base/theme.yaml: the theme `base` extends nothing");
}

/* --- tables --- */

static void test_tables_for_people_and_tools(void **state) {
  (void)state;
  put_base();
  put("child/theme.yaml", "name: child\nextends: base\ndescription: A child.\nsettings: { notes: false }\n");
  put("nothing/readme", "x");
  Value list = theme_list(&arena, &root, 1);
  assert_int_equal(value_count(list), 2);
  assert_string_equal(str_to_c(&arena, value_text(value_get(value_at(list, 1), STR("description")))), "A child.");
  options.name = STR("child");
  Theme *theme = theme_open(&arena, &options, &diags);
  Value table = theme_settings_table(theme, &arena);
  assert_int_equal(value_count(table), 3);
  assert_string_equal(str_to_c(&arena, value_text(value_path(value_at(table, 0), STR("default.light"), &arena))),
                      "#111111");
  assert_string_equal(str_to_c(&arena, value_text(value_get(value_at(table, 2), STR("from")))), "child");
  assert_false(value_to_bool(value_get(value_at(table, 2), STR("value")), true));
  Value pairs = theme_pairs_table(theme, &arena);
  assert_int_equal(value_count(pairs), 2);
  assert_true(value_get(value_at(pairs, 0), STR("ratio")).f > 18);
  theme_release(theme);
}

int main(void) {
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
  const struct CMUnitTest tests[] = {
      TEST(test_blocks_are_found_where_they_are),
      TEST(test_quoted_texts_are_found_with_what_is_around),
      TEST(test_differences_read_as_diff_u_writes_them),
      TEST(test_differences_hold_both_texts),
      TEST(test_a_good_theme_is_in_order),
      TEST(test_check_tells_everything_at_once),
      TEST(test_a_new_theme_has_three_files_and_works),
      TEST(test_an_ejected_block_stands_in_the_child),
      TEST(test_a_block_is_found_further_up),
      TEST(test_what_changed_since_is_told),
      TEST(test_a_theme_that_extends_nothing_has_nothing_to_eject),
      TEST(test_tables_for_people_and_tools),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
