/* Filters of a theme in its templates. */
#define _GNU_SOURCE
#include "theme_folder.h"

#include "base/utf8.h"
#include "theme/plain.h"

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
  put("base/templates/it.html", "{{ 'hello' | t }} {{ 'hello' | t(lang='ar') }} {{ 'pages' | t(count=3, lang='ar') }}");
  assert_string_equal(render_with(load("base"), "it.html", "en"), "Hello مرحبا ٣ f");
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
      TEST(test_filters),
      TEST(test_assets_in_templates),
      TEST(test_words_follow_the_page),
      TEST(test_filters_refuse_with_words),
      TEST(test_settings_in_templates),
      TEST(test_plain_text_reads_as_the_page_does),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
