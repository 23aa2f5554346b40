/* Templates: what the comparison with Jinja2 (tests/jinja) cannot see: layers of themes, registered filters, every
 * limit. */
#include "report.h"

#include "base/limits.h"
#include "template/template.h"

#include <string.h>

typedef struct File {
  const char *name;
  int level;
  const char *text;
} File;

typedef struct Bench {
  Arena arena;
  Arena scratch;
  DiagList diags;
  const File *files; /* ends with a NULL name */
  TemplateEngine *engine;
  Value variables;
} Bench;

static Bench bench;

static bool load(void *context, Str name, int from, TemplateSource *source, bool *reported) {
  Bench *b = context;
  if (str_equal(name, STR("unreadable.html"))) {
    DIAG(&b->diags, FILE_READ, ((Span){STR("unreadable.html"), STR_NONE, 0}), STR("permission denied"));
    *reported = true;
    return false;
  }
  for (const File *file = b->files; file->name; file++) {
    if (file->level < from || !str_equal(str_from_c(file->name), name)) continue;
    *source =
        (TemplateSource){str_format(&b->arena, "%d/%s", file->level, file->name), str_from_c(file->text), file->level};
    return true;
  }
  return false;
}

static int set_up(void **state) {
  (void)state;
  memset(&bench, 0, sizeof bench);
  bench.arena = arena_reserve((size_t)1 << 30);
  bench.scratch = arena_reserve((size_t)1 << 30);
  bench.diags = diag_list_new(&bench.arena);
  bench.variables = value_map(&bench.arena, 4);
  TemplateOptions options = {.loader = {.context = &bench, .load = load}};
  bench.engine = template_engine_new(&bench.arena, &options, &bench.diags);
  return 0;
}

static int tear_down(void **state) {
  (void)state;
  arena_release(&bench.arena);
  arena_release(&bench.scratch);
  return 0;
}

/* The page, or what the first error says. */
static const char *rendered(const File *files) {
  bench.files = files;
  Buf out = buf_new(&bench.arena, TEMPLATE_TEXT_MOST);
  const Template *t = template_load(bench.engine, str_from_c(files[0].name));
  ArenaMark mark = arena_mark(&bench.scratch);
  bool good = t && template_render(t, bench.variables, &bench.scratch, &bench.diags, &out);
  arena_rewind(&bench.scratch, mark);
  if (good) return str_to_c(&bench.arena, buf_str(&out));
  assert_non_null(bench.diags.first);
  return str_to_c(&bench.arena, diag_text(&bench.arena, bench.diags.first));
}

static const char *rendered_text(const char *text) {
  File *files = ARENA_ARRAY(&bench.arena, File, 2);
  files[0] = (File){"page.txt", 0, text};
  return rendered(files);
}

/* --- layers --- */

static void a_template_extends_the_file_of_its_own_name_in_the_next_layer(void **state) {
  (void)state;
  const File files[] = {
      {"page.html", 0, "{% extends 'page.html' %}{% block a %}site({{ super() }}){% endblock %}"},
      {"page.html", 1,
       "{% extends 'page.html' %}{% block a %}child({{ super() }}){% endblock %}{% block b %}B{% endblock %}"},
      {"page.html", 2, "<{% block a %}base{% endblock %}{% block b %}{% endblock %}{% include 'foot.html' %}>"},
      {"foot.html", 0, "[{% include 'foot.html' %}{% from 'foot.html' import m %}{{ m() }}]"},
      {"foot.html", 2, "foot{% macro m() %}!{% endmacro %}"},
      {0},
  };
  assert_string_equal(rendered(files), "<site(child(base))B[foot!]>");
}

static void the_last_layer_has_nothing_to_extend(void **state) {
  (void)state;
  const File files[] = {
      {"page.html", 0, "{% extends 'page.html' %}"}, {"page.html", 3, "{% extends 'page.html' %}"}, {0}};
  assert_string_equal(rendered(files),
                      "this is `page.html` itself, and no theme that this one extends has a file of that name");
  assert_int_equal(bench.diags.count, 1);
  assert_true(str_equal(bench.diags.first->span.path, STR("3/page.html")));
}

static void a_computed_name_that_is_its_own_means_the_next_layer_too(void **state) {
  (void)state;
  const File files[] = {{"page.html", 0, "{% extends 'page' ~ '.html' %}"}, {"page.html", 1, "below"}, {0}};
  assert_string_equal(rendered(files), "below");
  assert_string_equal(rendered(files), "below");
}

static void what_a_template_is_made_of(void **state) {
  (void)state;
  const File files[] = {
      {"page.html", 0, "{% extends 'b.html' %}{% block x %}{% block y %}{% endblock %}{% endblock %}"},
      {"b.html", 0, "{% block x %}{% endblock %}"},
      {"c.html", 0, "{% extends 'b' ~ '.html' %}"},
      {0}};
  bench.files = files;
  const Template *t = template_load(bench.engine, STR("page.html"));
  Value names = template_block_names(t, &bench.arena);
  assert_int_equal(value_count(names), 2);
  assert_true(str_equal(value_text(value_at(names, 0)), STR("x")));
  assert_true(str_equal(value_text(value_at(names, 1)), STR("y")));
  assert_true(str_equal(template_parent_name(t), STR("b.html")));
  assert_int_equal(template_parent_name(template_load(bench.engine, STR("b.html"))).len, 0);
  assert_int_equal(template_parent_name(template_load(bench.engine, STR("c.html"))).len, 0);
  assert_ptr_equal(template_load(bench.engine, STR("page.html")), t);
}

static void all_files_that_are_wrong_are_reported_at_once(void **state) {
  (void)state;
  const File files[] = {{"page.html", 0, "{% include 'a.html' %}{% include ['b.html'] %}{% include 'gone.html' %}"},
                        {"a.html", 0, "{% if %}"},
                        {"b.html", 0, "{{ 1 + }}"},
                        {0}};
  bench.files = files;
  assert_null(template_load(bench.engine, STR("page.html")));
  assert_int_equal(bench.diags.count, 3);
}

static void a_file_that_cannot_be_read_is_reported_once(void **state) {
  (void)state;
  const File files[] = {{"page.html", 0, "{% include 'unreadable.html' %}"}, {0}};
  assert_string_equal(rendered(files), "this file cannot be read: permission denied");
  assert_int_equal(bench.diags.count, 1);
}

static void only_html_and_xml_are_escaped(void **state) {
  (void)state;
  assert_true(template_name_is_autoescaped(STR("parts/a.html")));
  assert_true(template_name_is_autoescaped(STR("feed.xml")));
  assert_false(template_name_is_autoescaped(STR("a.txt")));
  assert_false(template_name_is_autoescaped(STR("html")));
  assert_false(template_name_is_autoescaped(STR("a.html.js")));
}

/* --- registered from outside --- */

static Value greet(TemplateCall *call) {
  Str word = value_text(template_call_arg(call, 0, STR("word")));
  if (!value_is_text(call->input)) {
    call->error = STR("`greet` wants a name");
    call->hint = STR("give it text");
    return value_null();
  }
  Str lang = value_text(template_call_lookup(call, STR("lang")));
  return value_str(STR_CONCAT(call->arena, word.len ? word : STR("Hello"), STR(" "), value_text(call->input), STR(" "),
                              lang, STR(" "), *(Str *)call->context, call->autoescape ? STR(" <") : STR("")));
}

static Value is_short(TemplateCall *call) {
  return value_bool(value_text(call->input).len < 3);
}

static Value icon(TemplateCall *call) {
  assert_int_equal(call->input.type, VALUE_UNDEFINED);
  return value_markup(
      STR_CONCAT(call->arena, STR("<svg "), value_text(template_call_arg(call, 0, STR("name"))), STR(">")));
}

static Str mark = {"!", 1};

static void register_all(void) {
  template_add_filter(bench.engine, STR("greet"), greet, &mark);
  template_add_test(bench.engine, STR("short"), is_short, NULL);
  template_add_function(bench.engine, STR("icon"), icon, NULL);
  value_put(bench.variables, "lang", value_c("en"));
}

static void registered_filters_tests_and_functions_are_called(void **state) {
  (void)state;
  register_all();
  const File files[] = {
      {"page.html", 0,
       "{{ 'Ann'|greet }}|{{ 'Ann'|greet('Hi') }}|{{ 'Ann'|greet(word='Yo') }}|{% set lang = 'es' %}{{ 'Ann'|greet }}|"
       "{{ 'ab' is short }}{{ 'abc' is short }}{{ ['a', 'bcd']|select('short')|join }}|{{ icon('x') }}{{ "
       "icon(name='y') }}|"
       "{{ ['Bo']|map('greet', 'Hey')|join }}|{% from 'm.html' import m %}{{ m() }}"},
      {"m.html", 0, "{% macro m() %}{{ 'Cy'|greet }}{% endmacro %}"},
      {0}};
  assert_string_equal(rendered(files), "Hello Ann en ! &lt;|Hi Ann en ! &lt;|Yo Ann en ! &lt;|Hello Ann es ! &lt;|"
                                       "TrueFalsea|<svg x><svg y>|Hey Bo es ! &lt;|Hello Cy en ! &lt;");
}

static void a_refusal_is_reported_with_its_hint(void **state) {
  (void)state;
  register_all();
  assert_string_equal(rendered_text("line\n{{ 5|greet }}"), "`greet` wants a name");
  assert_int_equal(bench.diags.first->span.offset, 8);
  assert_true(str_equal(diag_hint(&bench.arena, bench.diags.first), STR("give it text")));
}

static void an_undefined_value_never_reaches_a_registered_filter(void **state) {
  (void)state;
  register_all();
  assert_string_equal(rendered_text("{{ nobody|greet }}"), "`nobody` is not known here");
}

static Value page_member(void *data, Str name, Arena *arena) {
  (void)arena;
  return str_equal(name, STR("title")) ? value_str(*(Str *)data) : (Value){0};
}

static const Str page_names[] = {{"title", 5}, {"url", 3}};
static const ValueClass page_class = {
    .name = {"a page", 6}, .member = page_member, .names = page_names, .name_count = 2};

static void an_object_of_an_upper_folder_has_members(void **state) {
  (void)state;
  Str title = STR("A & B");
  value_put(bench.variables, "page", ((Value){.type = VALUE_OBJECT, .object = {&page_class, &title}}));
  assert_string_equal(rendered_text("{{ page.title }}{{ page['title'] }}{{ page.x is defined }}"), "A & BA & BFalse");
}

static void an_unknown_member_of_an_object_is_an_error(void **state) {
  (void)state;
  Str title = STR("A");
  value_put(bench.variables, "page", ((Value){.type = VALUE_OBJECT, .object = {&page_class, &title}}));
  assert_string_equal(rendered_text("{{ page.titel }}"), "`page` has no `titel`");
  assert_true(str_equal(diag_hint(&bench.arena, bench.diags.first), STR("did you mean `title`?")));
}

static void rendering_again_gives_the_same(void **state) {
  (void)state;
  const File files[] = {
      {"page.html", 0, "{% set l = [1] %}{% set _ = l.append(2) %}{{ l }}{% include 'a' ~ '.html' %}"},
      {"a.html", 0, "{% set x = 1 %}{{ x }}"},
      {0}};
  for (int i = 0; i < 3; i++) assert_string_equal(rendered(files), "[1, 2]1");
}

static void data_of_the_site_cannot_be_changed(void **state) {
  (void)state;
  Value list = value_list(&bench.arena, 1);
  value_put(bench.variables, "tags", list);
  assert_string_equal(rendered_text("{% set _ = tags.append(1) %}"),
                      "this value belongs to the site's data and cannot be changed");
  assert_int_equal(value_count(list), 0);
}

/* --- limits: each ends in its own message, soon --- */

static char *repeated(const char *before, const char *piece, size_t count, const char *after) {
  Buf out = buf_new(&bench.arena, (size_t)64 << 20);
  buf_add(&out, str_from_c(before));
  for (size_t i = 0; i < count; i++) buf_add(&out, str_from_c(piece));
  buf_add(&out, str_from_c(after));
  return str_to_c(&bench.arena, buf_str(&out));
}

static void assert_limit(const char *text, const char *message) {
  assert_string_equal(rendered_text(text), message);
  assert_true(str_equal(diag_message(bench.diags.first->id)->id, STR("template-limit")));
}

#define LIMIT(name, text, message)                                                                                     \
  static void name(void **state) {                                                                                     \
    (void)state;                                                                                                       \
    assert_limit((text), (message));                                                                                   \
  }

static const char too_deep[] = "this expression is nested too deeply: the limit is 200";
static const char too_long[] = "this text grows too long: the limit is 16 MiB";
static const char too_many_steps[] = "this page takes too many steps to render: the limit is 20,000,000";
static const char too_much_memory[] = "this page takes too much memory to render: the limit is 64 MiB";
static const char too_many_calls[] = "calls are nested too deeply: the limit is 200";
static const char too_deep_to_print[] = "these values are nested too deeply to print: the limit is 100";
static const char too_deep_to_compare[] = "these values are nested too deeply to compare: the limit is 100";
static const char list_too_long[] = "this list grows too long: the limit is 100000";
/* TEMPLATE_STACK_MOST */
static const char stack[] = "calls and expressions are nested too deeply: the limit is 4 MiB of stack";
#define NEST "{% set ns = namespace(x=[]) %}{% for i in range(200) %}{% set ns.x = [ns.x] %}{% endfor %}"
#define GROW(step) "{% set ns = namespace(x='abcdefgh') %}{% for i in range(40) %}{% set ns.x = " step " %}{% endfor %}"

LIMIT(limit_source, repeated("", "0123456789abcdef", (1 << 16) + 1, ""),
      "this template is too large: the limit is 1048576 bytes")
LIMIT(limit_parens, repeated("{{ ", "(", 201, repeated("1", ")", 201, " }}")), too_deep)
LIMIT(limit_not, repeated("{{ ", "not ", 300, "1 }}"), too_deep)
LIMIT(limit_minus, repeated("{{ ", "-", 300, "1 }}"), too_deep)
LIMIT(limit_lists, repeated("{{ ", "[", 210, repeated("1", "]", 210, " }}")), too_deep)
LIMIT(limit_tags, repeated("", "{% if 1 %}", 101, ""), "tags are nested too deeply: the limit is 100")
LIMIT(limit_member_chain, repeated("{% set a = {} %}{{ a", ".b", 200000, " }}"), stack)
LIMIT(limit_sum_chain, repeated("{{ 1", "+1", 200000, " }}"), stack)
LIMIT(limit_macro, "{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}", too_many_calls)
LIMIT(
    limit_caller,
    "{% macro m() %}{% call m() %}{{ caller() }}{% endcall %}{{ caller() }}{% endmacro %}{% call m() %}x{% endcall %}",
    too_many_calls)
LIMIT(limit_loop, "{% for x in [1] recursive %}{{ loop([1]) }}{% endfor %}", too_many_calls)
LIMIT(limit_self, "{% block b %}{{ self.b() }}{% endblock %}", too_many_calls)
LIMIT(limit_steps, "{% set r = range(100000) %}{% for a in r %}{% for b in r %}{% endfor %}{% endfor %}",
      too_many_steps)
/* TEMPLATE_MEMORY_MOST */
LIMIT(limit_memory,
      "{% set ns = namespace(x=[]) %}{% for a in range(100000) %}{% set ns.x = [ns.x] * 900 %}{% endfor %}",
      too_much_memory)
LIMIT(limit_memory_in_one_step, "{{ ('a' * 99999 * 100) | list | length }}", too_much_memory)
LIMIT(limit_memory_of_lists,
      "{% set ns = namespace(x=[1]) %}{% for a in range(40) %}{% set ns.x = ns.x + ns.x %}{% endfor %}",
      too_much_memory)
LIMIT(limit_output, "{% set x = 'x' * 1000000 %}{% for a in range(100) %}{{ x }}{% endfor %}",
      "this page grows too long: the limit is 16 MiB")
LIMIT(limit_range, "{{ range(100001) }}", "this range is too long: the limit is 100000")
LIMIT(limit_range_far, "{{ range(0, 9223372036854775807, 3) }}", "this range is too long: the limit is 100000")
LIMIT(limit_repeat, "{{ 'abc' * 9223372036854775807 }}", too_long)
LIMIT(limit_repeat_list, "{{ [1] * 100001 }}", list_too_long)
LIMIT(limit_add, GROW("ns.x + ns.x"), too_long)
LIMIT(limit_concat, GROW("ns.x ~ ns.x"), too_long)
LIMIT(limit_join, GROW("[ns.x, ns.x]|join"), too_long)
LIMIT(limit_replace, GROW("ns.x|replace('a', ns.x)"), too_long)
LIMIT(limit_escape,
      "{% set x = '<' * 900000 %}{{ x|e|length }}{{ x|e|forceescape|forceescape|forceescape|forceescape|forceescape }}",
      too_much_memory)
LIMIT(limit_center, "{{ 'a'|center(99999999999) }}", too_long)
LIMIT(limit_indent, "{{ 'a'|indent(99999999999) }}", too_long)
LIMIT(limit_ljust, "{{ 'a'.ljust(99999999999) }}", too_long)
LIMIT(limit_zfill, "{{ 'a'.zfill(99999999999) }}", too_long)
LIMIT(limit_percent, "{{ '%999999999d'|format(1) }}", "this field is too wide: the limit is 100000")
LIMIT(limit_braces, "{{ '{:999999999}'.format(1) }}", "this field is too wide: the limit is 100000")
LIMIT(limit_batch, "{{ [1]|batch(999999999, 0) }}", "this row is too long: the limit is 100000")
LIMIT(limit_slice, "{{ [1]|slice(999999999) }}", "these are too many slices: the limit is 100000")
LIMIT(limit_print, NEST "{{ ns.x }}", too_deep_to_print)
LIMIT(limit_json, NEST "{{ ns.x|tojson }}", too_deep_to_print)
LIMIT(
    limit_equal,
    NEST
    "{% set a = ns.x %}{% set ns.x = [] %}{% for i in range(200) %}{% set ns.x = [ns.x] %}{% endfor %}{{ a == ns.x }}",
    too_deep_to_compare)
LIMIT(limit_order,
      NEST
      "{% set a = ns.x %}{% set ns.x = [] %}{% for i in range(200) %}{% set ns.x = [ns.x] %}{% endfor %}{{ a < ns.x }}",
      too_deep_to_compare)
LIMIT(limit_itself, "{% set l = [] %}{% set _ = l.append(l) %}{{ l }}", too_deep_to_print)
LIMIT(limit_shared,
      "{% set ns = namespace(x=[1]) %}{% for i in range(60) %}{% set ns.x = [ns.x, ns.x] %}{% endfor %}{{ ns.x }}",
      too_long)
LIMIT(
    limit_shared_json,
    "{% set ns = namespace(x=[1]) %}{% for i in range(60) %}{% set ns.x = [ns.x, ns.x] %}{% endfor %}{{ ns.x|tojson }}",
    too_many_steps)

static void too_much_memory_is_reported_where_it_was_taken(void **state) {
  (void)state;
  const File files[] = {{"page.html", 0, "{% from 'm.html' import m %}\n{{ m() }}"},
                        {"m.html", 0, "{% macro m() %}{{ ('a' * 99999 * 100) | list }}{% endmacro %}"},
                        {0}};
  assert_string_equal(rendered(files), too_much_memory);
  const Diag *report = bench.diags.first;
  assert_null(report->next);
  assert_true(str_equal(report->span.path, STR("0/m.html")));
  assert_int_equal(report->span.offset, strlen("{% macro m() %}{{ ("));
  assert_true(str_equal(report->notes->span.path, STR("0/page.html")));
  Arena *arena = &bench.scratch;
  assert_null(arena->full); /* it is whole again */
  assert_int_equal(arena->end - arena->begin, (size_t)1 << 30);
}

static void limit_blocks(void **state) {
  (void)state;
  Buf out = buf_new(&bench.arena, (size_t)1 << 20);
  for (int i = 0; i <= TEMPLATE_BLOCKS_MOST; i++) buf_add_format(&out, "{%% block b%d %%}{%% endblock %%}", i);
  assert_limit(str_to_c(&bench.arena, buf_str(&out)), "this file has too many blocks: the limit is 1000");
}

static void limit_includes(void **state) {
  (void)state;
  const File files[] = {{"page.html", 0, "{% include 'a.html' %}"}, {"a.html", 0, "{% include 'page.html' %}"}, {0}};
  assert_string_equal(rendered(files), "templates include each other too deeply: the limit is 50");
}

static void limit_parents(void **state) {
  (void)state;
  const File files[] = {{"page.html", 0, "{% extends 'a.html' %}"}, {"a.html", 0, "{% extends 'page.html' %}"}, {0}};
  assert_string_equal(rendered(files), "templates extend each other too deeply: the limit is 50");
}

static void limit_imports(void **state) {
  (void)state;
  const File files[] = {
      {"page.html", 0, "{% import 'a.html' as a %}"}, {"a.html", 0, "{% import 'page.html' as p %}"}, {0}};
  assert_string_equal(rendered(files), "templates include each other too deeply: the limit is 50");
}

static void just_inside_the_limits_all_is_well(void **state) {
  (void)state;
  assert_string_equal(rendered_text("{{ range(100000)|length }}{{ ('a' * 16777216)|length }}"), "10000016777216");
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void) {
  const struct CMUnitTest tests[] = {
      CASE(a_template_extends_the_file_of_its_own_name_in_the_next_layer),
      CASE(the_last_layer_has_nothing_to_extend),
      CASE(a_computed_name_that_is_its_own_means_the_next_layer_too),
      CASE(what_a_template_is_made_of),
      CASE(all_files_that_are_wrong_are_reported_at_once),
      CASE(a_file_that_cannot_be_read_is_reported_once),
      CASE(only_html_and_xml_are_escaped),
      CASE(registered_filters_tests_and_functions_are_called),
      CASE(a_refusal_is_reported_with_its_hint),
      CASE(an_undefined_value_never_reaches_a_registered_filter),
      CASE(an_object_of_an_upper_folder_has_members),
      CASE(an_unknown_member_of_an_object_is_an_error),
      CASE(rendering_again_gives_the_same),
      CASE(data_of_the_site_cannot_be_changed),
      CASE(limit_source),
      CASE(limit_parens),
      CASE(limit_not),
      CASE(limit_minus),
      CASE(limit_lists),
      CASE(limit_tags),
      CASE(limit_member_chain),
      CASE(limit_sum_chain),
      CASE(limit_macro),
      CASE(limit_caller),
      CASE(limit_loop),
      CASE(limit_self),
      CASE(limit_steps),
      CASE(limit_memory),
      CASE(limit_memory_in_one_step),
      CASE(limit_memory_of_lists),
      CASE(too_much_memory_is_reported_where_it_was_taken),
      CASE(limit_output),
      CASE(limit_range),
      CASE(limit_range_far),
      CASE(limit_repeat),
      CASE(limit_repeat_list),
      CASE(limit_add),
      CASE(limit_concat),
      CASE(limit_join),
      CASE(limit_replace),
      CASE(limit_escape),
      CASE(limit_center),
      CASE(limit_indent),
      CASE(limit_ljust),
      CASE(limit_zfill),
      CASE(limit_percent),
      CASE(limit_braces),
      CASE(limit_batch),
      CASE(limit_slice),
      CASE(limit_print),
      CASE(limit_json),
      CASE(limit_equal),
      CASE(limit_order),
      CASE(limit_itself),
      CASE(limit_shared),
      CASE(limit_shared_json),
      CASE(limit_blocks),
      CASE(limit_includes),
      CASE(limit_parents),
      CASE(limit_imports),
      CASE(just_inside_the_limits_all_is_well),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
