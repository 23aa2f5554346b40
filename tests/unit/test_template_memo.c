/* What templates print alike on all pages is kept; everything else is rendered anew. Each case is a set of files that
 * is rendered for several pages with one memo, and must give what a rendering that keeps nothing gives. */
#include "report.h"

#include "base/limits.h"
#include "template/template.h"

#include <string.h>

enum { FILES_MOST = 4 };

/* Files in pairs of name and text; the first is the page. */
typedef struct Case {
  const char *files[2 * FILES_MOST];
} Case;

typedef struct Bench {
  Arena arena;
  Arena scratch;
  DiagList diags;
  const Case *files;
  TemplateEngine *engine;
  int calls; /* of the filter `counted` */
} Bench;

static Bench bench;

static bool load(void *context, Str name, int from, TemplateSource *source, bool *reported) {
  (void)reported;
  const Bench *b = context;
  for (int i = 0; i < FILES_MOST && b->files->files[2 * i]; i++) {
    if (from > 0 || !str_equal(str_from_c(b->files->files[2 * i]), name)) continue;
    *source = (TemplateSource){.path = name, .text = str_from_c(b->files->files[2 * i + 1])};
    return true;
  }
  return false;
}

static Value counted(TemplateCall *call) {
  Bench *b = call->context;
  b->calls++;
  return call->input;
}

static Value lang_of(TemplateCall *call) {
  return template_call_lookup(call, STR("lang"));
}

static int set_up(void **state) {
  (void)state;
  memset(&bench, 0, sizeof bench);
  bench.arena = arena_reserve((size_t)1 << 30);
  bench.scratch = arena_reserve(WORKERS_SCRATCH_BYTES);
  bench.diags = diag_list_new(&bench.arena);
  TemplateOptions options = {.loader = {.context = &bench, .load = load}};
  bench.engine = template_engine_new(&bench.arena, &options, &bench.diags);
  template_add_filter(bench.engine, STR("counted"), counted, &bench);
  template_add_filter(bench.engine, STR("lang_of"), lang_of, &bench);
  return 0;
}

static int tear_down(void **state) {
  (void)state;
  arena_release(&bench.arena);
  arena_release(&bench.scratch);
  return 0;
}

/* Two languages, and pages that differ in a text and in a truth. */
static Value variables_of(int page, size_t language) {
  static const char *const titles[] = {"one", "<two> & more", "", "one"};
  Value clinic = value_map(&bench.arena, 3);
  Value phones = value_list(&bench.arena, 2);
  value_push(phones, value_c("555-0101"));
  value_push(phones, value_c("555-0102"));
  value_put(clinic, "name", value_c(language ? "Clínica" : "Clinic & Co"));
  value_put(clinic, "phones", phones);
  static char text[1 << 20]; /* a search in it counts 65,536 steps */
  memset(text, 'a', sizeof text);
  value_put(clinic, "long", value_str(str_from(text, sizeof text)));
  Value shown = value_map(&bench.arena, 2);
  value_put(shown, "title", value_c(titles[page % 4]));
  value_put(shown, "odd", value_bool(page % 2));
  Value variables = value_map(&bench.arena, 4);
  value_put(variables, "page", shown);
  value_put(variables, "clinic", clinic);
  value_put(variables, "lang", value_c(language ? "es" : "en"));
  return variables;
}

static const char *rendered(const Template *t, TemplateMemo *memo, int page, size_t language) {
  DiagList diags = diag_list_new(&bench.arena);
  Buf out = buf_new(&bench.arena, TEMPLATE_TEXT_MOST);
  TemplateRun run = {variables_of(page, language), &bench.scratch, &diags, memo, language};
  ArenaMark mark = arena_mark(&bench.scratch);
  bool good = template_run(t, &run, &out);
  arena_rewind(&bench.scratch, mark);
  return str_to_c(&bench.arena, good ? buf_str(&out) : diag_text(&bench.arena, diags.first));
}

static TemplateMemo *memo_of(const Case *files, const Template **t) {
  static const Str steady[] = {{"clinic", 6}, {"lang", 4}, {"nobody", 6}};
  bench.files = files;
  *t = template_load(bench.engine, str_from_c(files->files[0]));
  assert_non_null(*t);
  return template_memo_new(bench.engine, steady, 3, 2);
}

static const Case cases[] = {
    {{"p.html", "{{ 'x' | upper }} {{ page.title | upper }} {{ clinic.name | upper }} {{ lang ~ page.title }}"}},
    {{"p.html",
      "{% if clinic.name %}a{% if page.odd %}b{% endif %}c{% endif %}{% if page.odd %}{{ 1 | abs }}{% endif %}"}},
    {{"p.html", "{% for n in clinic.phones %}{{ n }}{{ loop.index }}{{ page.title }}{{ '!' | upper }}{% endfor %}"}},
    {{"p.html", "{% for n in [page.title, 'z'] %}{% for m in clinic.phones %}{{ m }}{% endfor %}"
                "{% for m in clinic.phones %}{{ n }}{{ m ~ n }}{% endfor %}{% endfor %}"}},
    /* what a part sets is a result too */
    {{"p.html", "{% if clinic.name %}{% set x = 'set' %}{% endif %}{{ x | default(page.title) }}"}},
    {{"p.html", "{% if page.odd %}{% set x = 'set' %}{% endif %}{{ x | default('none') }}{{ x is defined | string }}"}},
    {{"p.html",
      "{% if page.odd %}{% set clinic = {'name': page.title} %}{% endif %}{{ clinic.name | upper }}"
      "{% include 'i.html' %}",
      "i.html", "{{ clinic.name | lower }}{% for n in [1] %}{{ clinic.name }}{% endfor %}"}},
    {{"p.html",
      "{% set ns = namespace(n=0) %}{% for n in clinic.phones %}{% set ns.n = ns.n + 1 %}{% endfor %}{{ ns.n }}"}},
    {{"p.html",
      "{% set c = cycler('a', 'b', 'c') %}{% for n in [1, 2, 3, 4] %}{{ c.next() }}{% if true %}{{ c.next() }}"
      "{% endif %}{% endfor %}"}},
    {{"p.html", "{% set j = joiner('+') %}{% for n in clinic.phones %}{{ j() }}{{ n }}{% endfor %}{{ j() }}"}},
    /* files and blocks */
    {{"p.html", "{% include 'i.html' %}{% set phones = 'mine' %}{% include 'i.html' %}", "i.html",
      "{% set own = clinic.phones %}{% for n in own %}{{ n }}{% endfor %}{{ phones | default('none') }}"}},
    {{"p.html", "{% include 'i.html' without context %}{% include 'i.html' %}", "i.html",
      "{{ clinic.name | default('no clinic') }}{{ page.title | default('no page') }}"}},
    {{"p.html", "{% extends 'b.html' %}{% block a %}[{{ super() }}{{ clinic.name | upper }}]{% endblock %}", "b.html",
      "{% include 'i.html' %}<{% block a %}{{ 'base' | upper }}{{ page.title }}{% endblock %}{{ self.a() }}>", "i.html",
      "{% block a %}{{ 'own' | upper }}{% endblock %}"}},
    {{"p.html",
      "{% if page.odd %}{% extends 'b.html' %}{% endif %}{% if clinic.name %}not{% endif %}"
      "{% block a %}{{ 'A' | lower }}{% endblock %}",
      "b.html", "({% block a %}{% endblock %})"}},
    {{"p.html", "{% macro m(x) %}{{ x | upper }}{{ clinic.name | upper }}{{ caller() if caller else '' }}{% endmacro %}"
                "{{ m('a') }}{{ m(page.title) }}{% call m('b') %}{{ page.title }}{% endcall %}"}},
    {{"p.html",
      "{% import 'i.html' as i %}{{ i.m(page.title) }}{{ i.m('x') }}{% from 'i.html' import m with context %}"
      "{{ m('y') }}",
      "i.html", "{% macro m(x) %}{{ x ~ lang | default('no') }}{% endmacro %}"}},
    {{"p.html", "{% include page.title ~ 'i.html' ignore missing %}{% include 'i.html' %}", "i.html",
      "{{ clinic.name | upper }}", "onei.html", "{% set clinic = {'name': 'set'} %}{% include 'i.html' %}"}},
    {{"p.html",
      "{% macro m() %}{{ '<b>' | string }}{{ clinic.name ~ '' }}{% endmacro %}{{ m() }}"
      "{% autoescape false %}{{ m() }}{{ '<b>' | string }}{% endautoescape %}{% include 'i.txt' %}",
      "i.txt", "{{ '<i>' | string }}"}},
    {{"p.html", "{% filter upper %}{{ 'a' | lower }}{{ page.title }}{% endfilter %}{% set s %}{{ 'b' | upper }}"
                "{% endset %}{{ s ~ s }}"}},
    {{"p.html", "{{ 'x' | lang_of | upper }}{% with lang = page.title %}{{ 'x' | lang_of | upper }}{% endwith %}"}},
    {{"p.html",
      "{% for n in [1, 2] recursive %}{{ n | string }}{% if n is number and n < 2 %}{{ loop([5]) }}{% endif %}"
      "{% endfor %}"}},
    {{"p.html", "{{ nobody | default('nobody') | upper }}{{ page.gone | default('gone') | upper }}"}},
    /* errors: the same ones with the same words */
    {{"p.html",
      "{{ clinic.name | upper }}{% if page.odd %}{% if clinic.name %}{{ clinic.nmae | upper }}{% endif %}{% endif %}"}},
    {{"p.html", "{% include 'i.html' %}{{ page.title / 2 }}", "i.html", "{{ clinic.name | upper }}"}},
};

static void the_output_is_the_same_as_without_a_memo(void **state) {
  (void)state;
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    void *none = NULL;
    tear_down(&none);
    set_up(&none);
    const Template *t;
    TemplateMemo *memo = memo_of(&cases[i], &t);
    for (int page = 0; page < 8; page++)
      for (size_t language = 0; language < 2; language++)
        assert_string_equal(rendered(t, memo, page, language), rendered(t, NULL, page, language));
    template_memo_free(memo);
  }
}

static int calls_for_pages(const char *page, const char *included) {
  void *none = NULL;
  tear_down(&none);
  set_up(&none);
  Case files = {{"p.html", page, "i.html", included}};
  const Template *t;
  TemplateMemo *memo = memo_of(&files, &t);
  for (int i = 0; i < 5; i++) rendered(t, memo, i, 0);
  template_memo_free(memo);
  return bench.calls;
}

static void what_does_not_depend_on_the_page_runs_once(void **state) {
  (void)state;
  assert_int_equal(calls_for_pages("{{ clinic.name | counted }}", ""), 1);
  assert_int_equal(calls_for_pages("{{ page.title | counted }}", ""), 5);
  assert_int_equal(calls_for_pages("{% if page %}{% include 'i.html' %}{% endif %}",
                                   "{% set p = clinic.phones %}{% for n in p %}{{ n | counted }}{% endfor %}"),
                   2);
  assert_int_equal(calls_for_pages("{% include 'i.html' %}", "{{ 'a' | counted }}{{ page.title }}{{ lang | counted }}"),
                   2);
  assert_int_equal(calls_for_pages("{% set lang = 'x' %}{% include 'i.html' %}", "{{ lang | counted }}"), 5);
}

/* A rendering that keeps parts is as near to its bounds as one that runs them. */
static void bounds_hold_for_what_is_kept(void **state) {
  (void)state;
  static const Case many = {
      {"p.html", "{% for i in range(page.title | length * 80) %}{{ ('b' in clinic.long) | string }}{% endfor %}"}};
  static const Case deep = {{"p.html", "{% include 'i.html' %}{% if page.odd %}{% include 'j.html' %}{% endif %}",
                             "i.html", "{{ 'x' | upper }}", "j.html", "{% include 'i.html' %}{% include 'k.html' %}",
                             "k.html", "{% include 'j.html' %}"}};
  /* On page 3 more than half of what a rendering may use, on page 1 more than all of it, as of steps above. */
  static const Case large = {
      {"p.html", "{% for i in range(page.title | length * 150) %}{{ ('a' * 300 * 300) is string }}{% endfor %}"}};
  const Case *const all[] = {&many, &deep, &large};
  for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
    void *none = NULL;
    tear_down(&none);
    set_up(&none);
    const Template *t;
    TemplateMemo *memo = memo_of(all[i], &t);
    for (int page = 3; page >= 1; page--) assert_string_equal(rendered(t, memo, page, 0), rendered(t, NULL, page, 0));
    template_memo_free(memo);
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test_setup_teardown(the_output_is_the_same_as_without_a_memo, set_up, tear_down),
      cmocka_unit_test_setup_teardown(what_does_not_depend_on_the_page_runs_once, set_up, tear_down),
      cmocka_unit_test_setup_teardown(bounds_hold_for_what_is_kept, set_up, tear_down),
  };
  return cmocka_run_group_tests_name("template memo", tests, NULL, NULL);
}
