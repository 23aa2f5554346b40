/* The JSON-LD graph: exact output of a page of each kind, and what holds for every graph. */
#include "report.h"

#include <stdio.h>
#include <string.h>

#include "data/json.h"
#include "data/yaml.h"
#include "schema/about.h"
#include "schema/clinic.h"
#include "schema/hours.h"
#include "schema/schema.h"

static Arena arena;

static int set_up(void **state) {
  (void)state;
  arena = arena_reserve((size_t)1 << 28);
  return 0;
}

static int tear_down(void **state) {
  (void)state;
  arena_release(&arena);
  return 0;
}

static Value yaml(const char *text) {
  DiagList diags = diag_list_new(&arena);
  Value value;
  Str all = str_from_c(text);
  if (!yaml_read(&arena, &(YamlText){STR("f"), all, 0, all.len}, &diags, &value))
    fail_msg("%s", str_to_c(&arena, report_print(&arena, &diags, all)));
  return value;
}

static const char site_text[] = "title: Example Clinic\nbase_url: https://clinic.example.org/base/\n";
static const char clinic_text[] = "name: Example Clinic\n"
                                  "department: Hematology\n"
                                  "phones:\n"
                                  "  nurse_line: {label: Nurse line, number: 555-0142}\n"
                                  "  reception: {label: Reception, number: 555-0144}\n"
                                  "email: clinic@example.org\n"
                                  "locations:\n"
                                  "  - {name: Main, street: 1 Example Street, city: Sampleville, postcode: '00000',\n"
                                  "     region: Sample State, country: US, geo: {latitude: 1.5, longitude: -2}}\n"
                                  "hours:\n"
                                  "  - {days: Monday to Friday, opens: '8:00', closes: '17:00'}\n"
                                  "  - {days: [Saturday], closed: true}\n";

#define WEBSITE                                                                                                        \
  "{\"@type\":\"WebSite\",\"@id\":\"https://clinic.example.org/base/#website\","                                       \
  "\"url\":\"https://clinic.example.org/base/\",\"name\":\"Example Clinic\",\"inLanguage\":\"en\","                    \
  "\"publisher\":{\"@id\":\"https://clinic.example.org/base/#clinic\"}}"
#define CLINIC                                                                                                         \
  "{\"@type\":\"MedicalClinic\",\"@id\":\"https://clinic.example.org/base/#clinic\",\"name\":\"Example Clinic\","      \
  "\"url\":\"https://clinic.example.org/base/\",\"telephone\":\"555-0144\",\"contactPoint\":["                         \
  "{\"@type\":\"ContactPoint\",\"contactType\":\"Nurse line\",\"telephone\":\"555-0142\"},"                            \
  "{\"@type\":\"ContactPoint\",\"contactType\":\"Reception\",\"telephone\":\"555-0144\"}],"                            \
  "\"email\":\"clinic@example.org\",\"address\":{\"@type\":\"PostalAddress\",\"name\":\"Main\","                       \
  "\"streetAddress\":\"1 Example Street\",\"addressLocality\":\"Sampleville\",\"addressRegion\":\"Sample State\","     \
  "\"postalCode\":\"00000\",\"addressCountry\":\"US\"},"                                                               \
  "\"geo\":{\"@type\":\"GeoCoordinates\",\"latitude\":1.5,\"longitude\":-2},"                                          \
  "\"openingHoursSpecification\":[{\"@type\":\"OpeningHoursSpecification\",\"dayOfWeek\":["                            \
  "\"https://schema.org/Monday\",\"https://schema.org/Tuesday\",\"https://schema.org/Wednesday\","                     \
  "\"https://schema.org/Thursday\",\"https://schema.org/Friday\"],\"opens\":\"08:00\",\"closes\":\"17:00\"},"          \
  "{\"@type\":\"OpeningHoursSpecification\",\"dayOfWeek\":\"https://schema.org/Saturday\",\"opens\":\"00:00\","        \
  "\"closes\":\"00:00\"}],\"medicalSpecialty\":\"https://schema.org/Hematologic\","                                    \
  "\"department\":{\"@type\":\"MedicalOrganization\",\"name\":\"Hematology\"}}"
#define GRAPH(nodes) "{\"@context\":\"https://schema.org\",\"@graph\":[" WEBSITE "," CLINIC "," nodes "]}"
#define SITE_AND_PUBLISHER                                                                                             \
  "\"inLanguage\":\"en\",\"isPartOf\":{\"@id\":\"https://clinic.example.org/base/#website\"},"                         \
  "\"publisher\":{\"@id\":\"https://clinic.example.org/base/#clinic\"}"
#define WORKS_FOR "\"worksFor\":{\"@id\":\"https://clinic.example.org/base/#clinic\"}"

/* --- what holds for every graph --- */

static void collect_ids(Value value, Value ids, bool graph_level) {
  if (value.type == VALUE_LIST)
    for (size_t i = 0; i < value_count(value); i++) collect_ids(value_at(value, i), ids, graph_level);
  if (value.type != VALUE_MAP) return;
  Value id = value_get(value, STR("@id"));
  if (value_is_text(id) && value_count(value) > 1) {
    assert_false(value_is_defined(value_get(ids, id.str)));
    value_set(ids, id.str, value_bool(true));
  }
}

static void check_node(Value value, Value ids) {
  assert_int_not_equal(value.type, VALUE_NULL);
  if (value_is_text(value)) assert_true(value.str.len > 0);
  if (value.type == VALUE_LIST) {
    assert_true(value_count(value) > 0);
    for (size_t i = 0; i < value_count(value); i++) check_node(value_at(value, i), ids);
  }
  if (value.type != VALUE_MAP) return;
  assert_true(value_count(value) > 0);
  if (value_count(value) == 1) { /* a reference: it must lead to a node of this graph */
    Str id = value_text(value_get(value, STR("@id")));
    assert_true(value_is_defined(value_get(ids, id)));
    return;
  }
  assert_true(value_is_defined(value_get(value, STR("@type"))));
  for (size_t i = 0; i < value_count(value); i++) check_node(value.map->entries[i].value, ids);
}

/* The graph as text, after checking that it is JSON, connected, and has nothing empty. */
static const char *graph_of(const char *site, const char *clinic, const char *page) {
  SchemaSite shared = {.site = yaml(site), .clinic = yaml(clinic), .lang = STR("en")};
  SchemaInput input = {.page = yaml(page), .lang = STR("en")};
  input.about = value_get(input.page, STR("about"));
  input.faq = value_get(input.page, STR("faq"));
  input.base_url = value_text(value_get(shared.site, STR("base_url")));
  input.specialty = schema_specialty(&arena, shared.clinic);
  input.original = value_text(value_get(input.page, STR("original")));
  input.original_lang = STR("es");
  input.home = value_text(value_get(input.page, STR("home_word")));
  input.shared = schema_shared(&arena, &shared);
  Buf out = buf_new(&arena, REPORT_MOST);
  schema_write(&arena, &input, &out);

  for (const char *c = "<>&'"; *c; c++) assert_int_equal(str_find_byte(buf_str(&out), *c), STR_NONE);
  DiagList diags = diag_list_new(&arena);
  Value json;
  assert_true(json_read(&arena, STR("graph"), buf_str(&out), &diags, &json));
  Value ids = value_map(&arena, 8);
  Value graph = value_get(json, STR("@graph"));
  collect_ids(graph, ids, true);
  for (size_t i = 0; i < value_count(graph); i++) check_node(value_at(graph, i), ids);
  return str_to_c(&arena, buf_str(&out));
}

static Value read_graph(const char *text) {
  DiagList diags = diag_list_new(&arena);
  Value json;
  assert_true(json_read(&arena, STR("graph"), str_from_c(text), &diags, &json));
  return value_get(json, STR("@graph"));
}

static Value node_of_type(Value graph, const char *type) {
  for (size_t i = 0; i < value_count(graph); i++)
    if (str_equal(value_text(value_get(value_at(graph, i), STR("@type"))), str_from_c(type))) return value_at(graph, i);
  return (Value){0};
}

/* --- a page of each kind --- */

static void home_has_no_breadcrumb_and_is_about_the_clinic(void **state) {
  (void)state;
  assert_string_equal(graph_of(site_text, clinic_text,
                               "{title: Welcome, description: Plain facts., kind: home, clinical: false, url: /base/,\n"
                               " permalink: 'https://clinic.example.org/base/', breadcrumb: [], faq: [], sources: []}"),
                      GRAPH("{\"@type\":\"WebPage\",\"@id\":\"https://clinic.example.org/base/#webpage\","
                            "\"url\":\"https://clinic.example.org/base/\",\"name\":\"Welcome\","
                            "\"description\":\"Plain facts.\"," SITE_AND_PUBLISHER ","
                            "\"about\":{\"@id\":\"https://clinic.example.org/base/#clinic\"}}"));
}

static void a_clinical_page_says_who_reviewed_it_and_when(void **state) {
  (void)state;
  assert_string_equal(
      graph_of(
          site_text, clinic_text,
          "title: CAR T\ndescription: What it is.\nkind: treatment\nclinical: true\nurl: /base/t/car-t/\n"
          "permalink: https://clinic.example.org/base/t/car-t/\n"
          "breadcrumb: [{title: Home, url: /base/}, {title: Treatments, url: /base/t/}]\n"
          "about: {type: MedicalTherapy, name: CAR T-cell therapy}\ndate: 2026-01-02\nupdated: 2026-02-03\nreviewed: 2026-03-04\nversion: '1.10'\n"
          "reviewer: {role: Consultant}\nauthor: {role: Nurse}\naudience: Patients and carers\nfaq: []\n"
          "sources: [{title: A guide, url: 'https://example.org/g', publisher: A society, date: 2025-05-06},\n"
          "          {title: A leaflet, url: '', date: May 2025}]\n"),
      GRAPH("{\"@type\":\"MedicalWebPage\",\"@id\":\"https://clinic.example.org/base/t/car-t/#webpage\","
            "\"url\":\"https://clinic.example.org/base/t/car-t/\",\"name\":\"CAR T\",\"description\":\"What it "
            "is.\"," SITE_AND_PUBLISHER ",\"about\":{\"@type\":\"MedicalTherapy\","
            "\"@id\":\"https://clinic.example.org/base/t/car-t/#about\",\"name\":\"CAR T-cell therapy\"},"
            "\"datePublished\":\"2026-01-02\",\"dateModified\":\"2026-02-03\",\"lastReviewed\":\"2026-03-04\","
            "\"reviewedBy\":{\"@type\":\"Person\",\"jobTitle\":\"Consultant\"," WORKS_FOR "},"
            "\"author\":{\"@type\":\"Person\",\"jobTitle\":\"Nurse\"," WORKS_FOR "},\"version\":\"1.10\","
            "\"audience\":{\"@type\":\"MedicalAudience\",\"audienceType\":\"Patient\",\"name\":\"Patients and "
            "carers\"},\"specialty\":\"https://schema.org/Hematologic\",\"citation\":[{\"@type\":\"CreativeWork\",\"name\":\"A guide\","
            "\"url\":\"https://example.org/g\",\"datePublished\":\"2025-05-06\","
            "\"publisher\":{\"@type\":\"Organization\",\"name\":\"A society\"}},"
            "{\"@type\":\"CreativeWork\",\"name\":\"A leaflet\"}],"
            "\"breadcrumb\":{\"@id\":\"https://clinic.example.org/base/t/car-t/#breadcrumb\"}},"
            "{\"@type\":\"BreadcrumbList\",\"@id\":\"https://clinic.example.org/base/t/car-t/#breadcrumb\","
            "\"itemListElement\":[{\"@type\":\"ListItem\",\"position\":1,\"name\":\"Home\","
            "\"item\":\"https://clinic.example.org/base/\"},{\"@type\":\"ListItem\",\"position\":2,"
            "\"name\":\"Treatments\",\"item\":\"https://clinic.example.org/base/t/\"},{\"@type\":\"ListItem\","
            "\"position\":3,\"name\":\"CAR T\",\"item\":\"https://clinic.example.org/base/t/car-t/\"}]}"));
}

static void a_faq_page_has_its_questions(void **state) {
  (void)state;
  assert_string_equal(
      graph_of(site_text, clinic_text,
               "title: Questions\nkind: faq\nclinical: true\npermalink: https://clinic.example.org/base/q/\n"
               "breadcrumb: []\nreviewed: 2026-03-04\n"
               "faq:\n  - {id: a, question: How long?, answer: 'Two hours. Don''t drive.'}\n"
               "  - {id: b, question: Empty, answer: ' '}\n"),
      GRAPH("{\"@type\":\"MedicalWebPage\",\"@id\":\"https://clinic.example.org/base/q/#webpage\","
            "\"url\":\"https://clinic.example.org/base/q/\",\"name\":\"Questions\"," SITE_AND_PUBLISHER ","
            "\"lastReviewed\":\"2026-03-04\",\"audience\":{\"@type\":\"MedicalAudience\",\"audienceType\":\"Patient\"},"
            "\"specialty\":\"https://schema.org/Hematologic\",\"mainEntity\":{\"@id\":\"https://clinic.example.org/base/q/#faq\"}},"
            "{\"@type\":\"FAQPage\",\"@id\":\"https://clinic.example.org/base/q/#faq\","
            "\"url\":\"https://clinic.example.org/base/q/\",\"name\":\"Questions\",\"inLanguage\":\"en\","
            "\"isPartOf\":{\"@id\":\"https://clinic.example.org/base/q/#webpage\"},"
            "\"mainEntity\":[{\"@type\":\"Question\",\"name\":\"How long?\",\"acceptedAnswer\":{\"@type\":\"Answer\","
            "\"text\":\"Two hours. Don\\u0027t drive.\"}}]}"));
}

static void news_is_an_article_of_the_clinic(void **state) {
  (void)state;
  Value graph = read_graph(graph_of(site_text, clinic_text,
                                    "title: Shorter waits\ndescription: D\nkind: news\nclinical: false\n"
                                    "permalink: https://clinic.example.org/base/n/\ndate: 2026-01-02\n"
                                    "faq: [{id: a, question: Q, answer: A}]\n"));
  Value article = node_of_type(graph, "NewsArticle");
  Value page = node_of_type(graph, "WebPage");
  assert_str(&arena, value_text(value_get(article, STR("headline"))), "Shorter waits");
  assert_str(&arena, value_text(value_get(article, STR("datePublished"))), "2026-01-02");
  assert_str(&arena, value_text(value_path(article, STR("mainEntityOfPage.@id"), &arena)),
             "https://clinic.example.org/base/n/#webpage");
  assert_str(&arena, value_text(value_path(article, STR("author.@id"), &arena)),
             "https://clinic.example.org/base/#clinic");
  assert_str(&arena, value_text(value_path(page, STR("mainEntity.@id"), &arena)),
             "https://clinic.example.org/base/n/#article");
  assert_str(&arena, value_text(value_path(page, STR("hasPart.@id"), &arena)),
             "https://clinic.example.org/base/n/#faq");
}

static void the_subject_has_what_its_page_says(void **state) {
  (void)state;
  Value graph = read_graph(graph_of(site_text, clinic_text,
                                    "title: T\nkind: treatment\nclinical: true\nurl: /x/\n"
                                    "about:\n  type: MedicalTherapy\n  name: X\n  codes: [{system: MeSH, code: D1}]\n"
                                    "  preparation: Drink.\n  howPerformed: By vein.\n  followup: Call.\n"
                                    "  adverseOutcome: [rash, fever]\n  seriousAdverseOutcome: [fit]\n"));
  Value about = value_path(node_of_type(graph, "MedicalWebPage"), STR("about"), &arena);
  assert_str(&arena, value_text(value_get(about, STR("@type"))), "MedicalTherapy");
  assert_str(&arena, value_text(value_get(about, STR("@id"))), "https://clinic.example.org/x/#about");
  Value code = value_at(value_get(about, STR("code")), 0);
  assert_str(&arena, value_text(value_get(code, STR("codeValue"))), "D1");
  assert_str(&arena, value_text(value_get(code, STR("codingSystem"))), "MeSH");
  assert_str(&arena, value_text(value_get(about, STR("howPerformed"))), "By vein.");
  Value outcomes = value_get(about, STR("adverseOutcome"));
  assert_int_equal(value_count(outcomes), 2);
  assert_str(&arena, value_text(value_get(value_at(outcomes, 1), STR("name"))), "fever");
  assert_int_equal(value_count(value_get(about, STR("seriousAdverseOutcome"))), 1);

  graph = read_graph(graph_of(site_text, clinic_text,
                              "title: T\nkind: condition\nclinical: true\nurl: /x/\n"
                              "about: {type: MedicalCondition, name: X, possibleTreatment: [rest]}\n"));
  about = value_path(node_of_type(graph, "MedicalWebPage"), STR("about"), &arena);
  assert_str(&arena, value_text(value_get(value_at(value_get(about, STR("possibleTreatment")), 0), STR("@type"))),
             "MedicalTherapy");
}

static void a_translation_names_its_original(void **state) {
  (void)state;
  Value graph = read_graph(graph_of(site_text, clinic_text,
                                    "title: T\nkind: treatment\nclinical: true\nurl: /x/\n"
                                    "original: 'https://clinic.example.org/base/es/x/'\n"));
  Value original = value_path(node_of_type(graph, "MedicalWebPage"), STR("translationOfWork"), &arena);
  assert_str(&arena, value_text(value_get(original, STR("@id"))), "https://clinic.example.org/base/es/x/#webpage");
  assert_str(&arena, value_text(value_get(original, STR("inLanguage"))), "es");
}

static void people_and_lists_have_types_of_their_own(void **state) {
  (void)state;
  Value graph = read_graph(graph_of(site_text, clinic_text,
                                    "title: Sam Sample\nkind: person\nclinical: false\nurl: /x/\n"
                                    "person: {role: Hematologist, specialty: Hematology}\n"));
  assert_true(value_is_defined(node_of_type(graph, "ProfilePage")));
  Value person = value_at(graph, value_count(graph) - 1);
  assert_int_equal(value_count(value_get(person, STR("@type"))), 2);
  assert_str(&arena, value_text(value_get(person, STR("jobTitle"))), "Hematologist");
  assert_str(&arena, value_text(value_get(person, STR("medicalSpecialty"))), "https://schema.org/Hematologic");

  graph = read_graph(graph_of(site_text, clinic_text, "title: A porter\nkind: person\nurl: /x/\nperson: {role: Porter}\n"));
  assert_true(value_is_defined(node_of_type(graph, "Person")));
  graph = read_graph(graph_of(site_text, clinic_text, "title: Leukemia\nkind: term\nurl: /x/\n"));
  assert_true(value_is_defined(node_of_type(graph, "CollectionPage")));
}

static void the_home_page_tells_of_services(void **state) {
  (void)state;
  SchemaSite shared = {.site = yaml(site_text),
                       .clinic = yaml("name: C\naccepting_new_patients: false\n"),
                       .services = yaml("[{name: Scans, type: test, url: /scans/}, {name: Infusions}]\n"),
                       .lang = STR("en")};
  const char *text = str_to_c(&arena, schema_shared(&arena, &shared));
  assert_non_null(strstr(text, "\"availableService\":[{\"@type\":\"MedicalTest\",\"name\":\"Scans\","
                               "\"url\":\"https://clinic.example.org/scans/\"},"
                               "{\"@type\":\"MedicalTherapy\",\"name\":\"Infusions\"}]"));
  assert_non_null(strstr(text, "\"isAcceptingNewPatients\":false"));
}

static void hours_of_clinic_yaml_are_made_ready(void **state) {
  (void)state;
  Value clinic = yaml("hours:\n"
                      "  - {days: {en: Monday, es: lunes}, opens: '9:00', closes: late}\n"
                      "  - {days: lunes, weekdays: Tuesday, opens: '9:00', closes: '10:00'}\n"
                      "  - {days: lunes, closed: true}\n"
                      "holidays:\n"
                      "  - {name: Over, date: 2026-01-01, closed: true}\n"
                      "  - {name: Now, date: 2026-01-30, until: 2026-02-02, closed: true}\n"
                      "  - {name: Backwards, date: 2026-03-02, until: 2026-03-01, opens: '9:00', closes: '10:00'}\n"
                      "  - {name: Never, date: soon}\n");
  DiagList diags = diag_list_new(&arena);
  hours_read(&(HoursFile){&arena, STR("clinic.yaml"), STR("2026-02-01"), &diags}, clinic);
  NodeMaker maker = {.arena = &arena};
  Value week = hours_make_week(&maker, value_get(clinic, STR("hours")));
  assert_int_equal(value_count(week), 1);
  assert_str(&arena, value_text(value_get(value_at(week, 0), STR("dayOfWeek"))), "https://schema.org/Tuesday");
  Value holidays = hours_make_holidays(&maker, value_get(clinic, STR("holidays")));
  assert_int_equal(value_count(holidays), 2);
  assert_str(&arena, value_text(value_get(value_at(holidays, 0), STR("validThrough"))), "2026-02-02");
  assert_str(&arena, value_text(value_get(value_at(holidays, 1), STR("validThrough"))), "2026-03-02");
  static const DiagId wanted[] = {DIAG_HOURS_TIME, DIAG_HOURS_DAYS, DIAG_HOURS_UNTIL, DIAG_DATE_ISO};
  const Diag *diag = diags.first;
  for (size_t i = 0; i < sizeof wanted / sizeof *wanted; i++, diag = diag->next) {
    assert_non_null(diag);
    assert_int_equal(diag->id, wanted[i]);
  }
  assert_null(diag);
}

static void sections_end_where_the_next_begins(void **state) {
  (void)state;
  const char *html = "<section class=\"steps\" aria-labelledby=\"a\">\n<h2 id=\"a\">A <em>b</em></h2>\n"
                     "<p>One &amp; <strong>two</strong>,\nthree.<svg aria-hidden=\"true\"><title>no</title></svg></p>\n<h3 id=\"c\">C</h3>"
                     "<ul><li>x</li><li>y &lt; z</li></ul>\n</section>\n<p id=\"p\">after</p>\n<h2 id=\"d\">D</h2>\n<p>end</p>";
  static const char *const cases[][2] = {
      {"a", "One & two, three. C x y < z"}, {"c", "x y < z"}, {"d", "end"}, {"p", ""}, {"none", ""}};
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
    assert_str(&arena, about_section_text(&arena, str_from_c(html), str_from_c(cases[i][0])), cases[i][1]);
  assert_str(&arena,
             about_section_text(&arena, STR("<h2 id=\"a\">A</h2>very <button popovertarget=\"t\">low</button>"
                                            "<span class=\"meaning\" id=\"t\" popover>not high</span>, and"),
                                STR("a")),
             "very low, and");
  assert_str(&arena, about_section_text(&arena, STR("<h2 id=\"a\">A</h2> text <"), STR("a")), "text <");
  assert_str(&arena, about_section_text(&arena, STR("<h2 id=\"a\">A"), STR("a")), "");
}

/* --- content that would break out, and content that is missing --- */

static void no_content_can_end_the_script(void **state) {
  (void)state;
  const char *evil = "title: \"</script><script>alert('1')</script> \\\" & \\u2028\\u2029 <!--\"\n"
                     "description: \"</SCRIPT>\"\nkind: faq\nclinical: true\nurl: /x/\nabout: {type: Thing, name: '<!--<script>'}\n"
                     "reviewer: {role: \"<b>'&\"}\n"
                     "faq: [{id: a, question: '</script>', answer: \"a\\nb\\t\\\\ </script> \\u2028\"}]\n";
  const char *text = graph_of(site_text, clinic_text, evil);
  assert_null(strstr(text, "\xE2\x80\xA8"));
  assert_null(strstr(text, "\xE2\x80\xA9"));
  Value answer = value_path(value_at(value_get(node_of_type(read_graph(text), "FAQPage"), STR("mainEntity")), 0),
                            STR("acceptedAnswer.text"), &arena);
  assert_str(&arena, value_text(answer), "a\nb\t\\ </script> \xE2\x80\xA8");
}

static void what_is_missing_is_left_out(void **state) {
  (void)state;
  const char *sites[] = {"{}", "base_url: ''\n", "title:\nbase_url: https://x.example.org\n", site_text};
  const char *clinics[] = {"{}", "name:\nphones:\nlocations:\nhours:\n",
                           "phones: {a: {label: x}, b: 3}\nlocations: [{}, 1]\n",
                           "hours: [{days: someday, opens: '1', closes: 'x'}, {days: Monday}, {}]\nlocations: text\n",
                           "locations: [{geo: {latitude: north}}]\nphones: [1]\ndepartment: Nothing known\n"};
  const char *pages[] = {
      "{}",
      "title:\nkind: treatment\nclinical: true\n",
      "reviewed: yesterday\ndate: 2026\nreviewer: {}\n",
      "sources: [{}, {url: 'javascript:x'}, 3]\nbreadcrumb: [{title: X, url: '//evil.example.org/'}]\n",
      "faq: [{question: Q}, {answer: A}, {}]\nkind: news\n",
      "faq: text\nsources: text\nbreadcrumb: 3\n",
      "reviewed: 2026-01-02Tx\npermalink: 'ftp://x'\nurl: relative/\n"};
  for (size_t s = 0; s < 4; s++)
    for (size_t c = 0; c < 5; c++)
      for (size_t p = 0; p < 7; p++) {
        const char *text = graph_of(sites[s], clinics[c], pages[p]);
        assert_null(strstr(text, "javascript:"));
        assert_null(strstr(text, "//evil"));
        assert_null(strstr(text, "yesterday"));
        assert_null(strstr(text, "02Tx"));
      }
}

static void several_languages_and_places_are_lists(void **state) {
  (void)state;
  Value graph = read_graph(graph_of("title: T\nbase_url: https://x.example.org/\nlanguages: [{lang: en}, {lang: es}]\n",
                                    "name: C\nlocations: [{name: A, geo: {latitude: 1, longitude: 2}}, {name: B}]\n",
                                    "title: P\n"));
  assert_int_equal(value_count(value_get(node_of_type(graph, "WebSite"), STR("inLanguage"))), 2);
  Value clinic = node_of_type(graph, "MedicalClinic");
  assert_int_equal(value_count(value_get(clinic, STR("address"))), 2);
  assert_false(value_is_defined(value_get(clinic, STR("geo"))));
}

static void days_are_read_from_words(void **state) {
  (void)state;
  static const char *const cases[][2] = {
      {"Monday to Friday", "MTWTF"},
      {"Mon-Fri", "MTWTF"},
      {"mon \xE2\x80\x93 wed", "MTW"},
      {"Saturdays and Sundays", "SS"},
      {"Friday to Monday", "FSSM"},
      {"Tues, Thurs", "TT"},
      {"Monday through Wednesday and Friday", "MTWF"},
      {"daily", "MTWTFSS"},
      {"someday", ""},
      {"", ""},
      {"Monday, Monday", "M"},
      {"to Friday", "F"},
      {"month", ""},
      {"Every day, Monday", "M"},
      {"Monday to Friday except Wednesday", ""},
      {"first Monday", ""},
      {"Mon, 9-12", ""},
  };
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    Value days = value_list(&arena, 7);
    hours_add_days(str_from_c(cases[i][0]), days);
    char initials[8] = "";
    for (size_t d = 0; d < value_count(days) && d < 7; d++)
      initials[d] = value_text(value_at(days, d)).s[sizeof "https://schema.org/" - 1];
    assert_string_equal(initials, cases[i][1]);
  }
}

static void dates_are_iso_or_left_out(void **state) {
  (void)state;
  static const char *const right[] = {"2026-01-02", "2026-01-02T10:30", "2026-01-02T10:30:00.5Z",
                                      "2026-01-02T10:30:00+01:00"};
  static const char *const wrong[] = {"2026",        "2026-1-2",     "02/01/2026",
                                      "2026-01-02T", "2026-01-02Tx", "2026-01-02T10:30 x"};
  for (size_t i = 0; i < sizeof right / sizeof *right; i++) {
    Str page = str_format(&arena, "updated: '%s'\n", right[i]);
    Value node = node_of_type(read_graph(graph_of(site_text, clinic_text, str_to_c(&arena, page))), "WebPage");
    assert_str(&arena, value_text(value_get(node, STR("dateModified"))), right[i]);
  }
  for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
    Str page = str_format(&arena, "updated: '%s'\n", wrong[i]);
    assert_null(strstr(graph_of(site_text, clinic_text, str_to_c(&arena, page)), "dateModified"));
  }
}

static void departments_become_specialties(void **state) {
  (void)state;
  assert_str(&arena, clinic_specialty(STR("Hematology")), "Hematologic");
  assert_str(&arena, clinic_specialty(STR("haematology and oncology")), "Hematologic");
  assert_str(&arena, clinic_specialty(STR("Paediatrics")), "Pediatric");
  assert_str(&arena, clinic_specialty(STR("Billing")), "");
  assert_str(&arena, clinic_specialty(STR("")), "");
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(home_has_no_breadcrumb_and_is_about_the_clinic),
      cmocka_unit_test(a_clinical_page_says_who_reviewed_it_and_when),
      cmocka_unit_test(a_faq_page_has_its_questions),
      cmocka_unit_test(news_is_an_article_of_the_clinic),
      cmocka_unit_test(the_subject_has_what_its_page_says),
      cmocka_unit_test(a_translation_names_its_original),
      cmocka_unit_test(people_and_lists_have_types_of_their_own),
      cmocka_unit_test(the_home_page_tells_of_services),
      cmocka_unit_test(hours_of_clinic_yaml_are_made_ready),
      cmocka_unit_test(sections_end_where_the_next_begins),
      cmocka_unit_test(no_content_can_end_the_script),
      cmocka_unit_test(what_is_missing_is_left_out),
      cmocka_unit_test(several_languages_and_places_are_lists),
      cmocka_unit_test(days_are_read_from_words),
      cmocka_unit_test(dates_are_iso_or_left_out),
      cmocka_unit_test(departments_become_specialties),
  };
  return cmocka_run_group_tests_name("schema", tests, set_up, tear_down);
}
