#include "schema/schema.h"

#include "data/json.h"
#include "schema/clinic.h"
#include "schema/node.h"

/* A page's graph is a few KB; one with a very long FAQ stays far below. */
enum { GRAPH_MOST = 4 << 20 };

static const JsonFlags how = (JsonFlags)(JSON_OUT_SCRIPT | JSON_OUT_UTF8 | JSON_OUT_COMPACT);

typedef struct PageGraph {
  NodeMaker maker;
  const SchemaInput *input;
  Value page;
  Value webpage;
  Str permalink;
  Str title;
  Value nodes;
  bool clinical;
} PageGraph;

static Str text_of(const PageGraph *graph, Str name) {
  return node_text(&graph->maker, graph->page, name);
}

static Value member_of(const PageGraph *graph, Str name) {
  return node_member(&graph->maker, graph->page, name);
}

static Value clinic_reference(const PageGraph *graph) {
  return node_reference(&graph->maker, node_id(&graph->maker, graph->maker.base_url, "clinic"));
}

static Str page_id(const PageGraph *graph, const char *fragment) {
  return node_id(&graph->maker, graph->permalink, fragment);
}

/* Adds a node of the page's own and names it from the page. */
static void connect(PageGraph *graph, const char *member, Value node) {
  node_put(graph->webpage, member, node_reference(&graph->maker, value_text(value_get(node, STR("@id")))));
  value_push(graph->nodes, node);
}

/* Pages name people by their role; a name is there only if the clinic chose to give one. */
static Value make_person(const PageGraph *graph, Value person) {
  Value node = node_new(&graph->maker, "Person");
  node_put_text(node, "name", node_text(&graph->maker, person, STR("name")));
  node_put_text(node, "jobTitle", node_text(&graph->maker, person, STR("role")));
  if (value_count(node) == 1) return (Value){0};
  node_put(node, "worksFor", clinic_reference(graph));
  return node;
}

static Value make_citations(const PageGraph *graph) {
  const NodeMaker *maker = &graph->maker;
  Value sources = member_of(graph, STR("sources"));
  Value list = value_list(maker->arena, value_count(sources));
  for (size_t i = 0; i < value_count(sources); i++) {
    Value source = value_at(sources, i);
    Value node = node_new(maker, "CreativeWork");
    node_put_text(node, "name", node_text(maker, source, STR("title")));
    node_put_url(maker, node, "url", node_text(maker, source, STR("url")));
    node_put_date(node, "datePublished", node_text(maker, source, STR("date")));
    Str publisher = node_text(maker, source, STR("publisher"));
    if (publisher.len) {
      Value organization = node_new(maker, "Organization");
      node_put_text(organization, "name", publisher);
      node_put(node, "publisher", organization);
    }
    if (value_count(node) > 1) value_push(list, node);
  }
  return list;
}

static void put_named(const PageGraph *graph, Value node, const char *key, const char *type) {
  Value names = node_member(&graph->maker, graph->input->about, str_from_c(key));
  Value list = value_list(graph->maker.arena, value_count(names));
  for (size_t i = 0; i < value_count(names); i++) {
    Value named = node_new(&graph->maker, type);
    node_put(named, "name", value_at(names, i));
    value_push(list, named);
  }
  node_put(node, key, list);
}

static Value make_codes(const PageGraph *graph) {
  Value codes = node_member(&graph->maker, graph->input->about, STR("codes"));
  Value list = value_list(graph->maker.arena, value_count(codes));
  for (size_t i = 0; i < value_count(codes); i++) {
    Value code = node_new(&graph->maker, "MedicalCode");
    node_put_text(code, "codeValue", node_text(&graph->maker, value_at(codes, i), STR("code")));
    node_put_text(code, "codingSystem", node_text(&graph->maker, value_at(codes, i), STR("system")));
    value_push(list, code);
  }
  return list;
}

static Value make_about(const PageGraph *graph, Str kind) {
  static const char *const texts[] = {"preparation", "howPerformed", "followup"};
  const NodeMaker *maker = &graph->maker;
  Value about = graph->input->about;
  Str name = node_text(maker, about, STR("name"));
  if (name.len == 0) return str_equal(kind, STR("home")) ? clinic_reference(graph) : (Value){0};
  const char *type = str_to_c(maker->arena, node_text(maker, about, STR("type")));
  Value node = node_with_id(maker, type, page_id(graph, "about"));
  node_put_text(node, "name", name);
  node_put(node, "code", make_codes(graph));
  for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
    node_put_text(node, texts[i], node_text(maker, about, str_from_c(texts[i])));
  put_named(graph, node, "adverseOutcome", "MedicalEntity");
  put_named(graph, node, "seriousAdverseOutcome", "MedicalEntity");
  put_named(graph, node, "possibleTreatment", "MedicalTherapy");
  return node;
}

/* The page in the language that it was written in; what it says of itself stands there. */
static Value make_original(const PageGraph *graph) {
  const SchemaInput *input = graph->input;
  if (!input->original.len) return (Value){0};
  const char *type = graph->clinical ? "MedicalWebPage" : "WebPage";
  Value node = node_with_id(&graph->maker, type, node_id(&graph->maker, input->original, "webpage"));
  node_put_url(&graph->maker, node, "url", input->original);
  node_put_text(node, "inLanguage", input->original_lang);
  return node;
}

static Value make_audience(const PageGraph *graph) {
  if (!graph->clinical) return (Value){0};
  Value node = node_new(&graph->maker, "MedicalAudience");
  node_put_text(node, "audienceType", STR("Patient"));
  node_put_text(node, "name", text_of(graph, STR("audience")));
  return node;
}

static const char *webpage_type(const PageGraph *graph, Str kind) {
  bool list = str_equal(kind, STR("taxonomy")) || str_equal(kind, STR("term")) || text_of(graph, STR("list")).len;
  if (graph->clinical) return "MedicalWebPage";
  if (str_equal(kind, STR("person"))) return "ProfilePage";
  return list ? "CollectionPage" : "WebPage";
}

static void make_webpage(PageGraph *graph, Str kind) {
  const NodeMaker *maker = &graph->maker;
  Value node = node_with_id(maker, webpage_type(graph, kind), page_id(graph, "webpage"));
  graph->webpage = node;
  value_push(graph->nodes, node);
  node_put_url(maker, node, "url", graph->permalink);
  node_put_text(node, "name", graph->title);
  node_put_text(node, "description", text_of(graph, STR("description")));
  node_put_text(node, "inLanguage", graph->input->lang);
  node_put(node, "isPartOf", node_reference(maker, node_id(maker, maker->base_url, "website")));
  node_put(node, "publisher", clinic_reference(graph));
  node_put(node, "about", make_about(graph, kind));
  node_put_date(node, "datePublished", text_of(graph, STR("date")));
  node_put_date(node, "dateModified", text_of(graph, STR("updated")));
  node_put_date(node, "lastReviewed", text_of(graph, STR("reviewed")));
  node_put(node, "reviewedBy", make_person(graph, member_of(graph, STR("reviewer"))));
  node_put(node, "author", make_person(graph, member_of(graph, STR("author"))));
  node_put_text(node, "version", text_of(graph, STR("version")));
  node_put(node, "translationOfWork", make_original(graph));
  node_put(node, "audience", make_audience(graph));
  if (graph->clinical) node_put_text(node, "specialty", graph->input->specialty);
  node_put(node, "citation", make_citations(graph));
}

static void add_breadcrumb_item(const PageGraph *graph, Value items, Str name, Str url) {
  Value item = node_new(&graph->maker, "ListItem");
  node_put(item, "position", value_int((int64_t)value_count(items) + 1));
  node_put_text(item, "name", name);
  node_put_url(&graph->maker, item, "item", url);
  value_push(items, item);
}

static void make_breadcrumb(PageGraph *graph) {
  const NodeMaker *maker = &graph->maker;
  Value links = member_of(graph, STR("breadcrumb"));
  if (value_count(links) == 0) return;
  Value items = value_list(maker->arena, value_count(links) + 1);
  for (size_t i = 0; i < value_count(links); i++) {
    Value link = value_at(links, i);
    Str name = i == 0 && graph->input->home.len ? graph->input->home : node_text(maker, link, STR("title"));
    add_breadcrumb_item(graph, items, name, node_text(maker, link, STR("url")));
  }
  add_breadcrumb_item(graph, items, graph->title, graph->permalink);
  Value node = node_with_id(maker, "BreadcrumbList", page_id(graph, "breadcrumb"));
  node_put(node, "itemListElement", items);
  connect(graph, "breadcrumb", node);
}

static void make_faq(PageGraph *graph) {
  const NodeMaker *maker = &graph->maker;
  Value faq = graph->input->faq;
  Value questions = value_list(maker->arena, value_count(faq));
  for (size_t i = 0; i < value_count(faq); i++) {
    Value entry = value_at(faq, i);
    Str question = node_text(maker, entry, STR("question"));
    Str answer = node_text(maker, entry, STR("answer"));
    if (question.len == 0 || answer.len == 0) continue;
    Value node = node_new(maker, "Question");
    node_put_text(node, "name", question);
    Value accepted = node_new(maker, "Answer");
    node_put_text(accepted, "text", answer);
    node_put(node, "acceptedAnswer", accepted);
    value_push(questions, node);
  }
  if (value_count(questions) == 0) return;
  Value node = node_with_id(maker, "FAQPage", page_id(graph, "faq"));
  node_put_url(maker, node, "url", graph->permalink);
  node_put_text(node, "name", graph->title);
  node_put_text(node, "inLanguage", graph->input->lang);
  node_put(node, "isPartOf", node_reference(maker, page_id(graph, "webpage")));
  node_put(node, "mainEntity", questions);
  bool has_article = value_is_defined(value_get(graph->webpage, STR("mainEntity")));
  connect(graph, has_article ? "hasPart" : "mainEntity", node);
}

static void make_article(PageGraph *graph) {
  const NodeMaker *maker = &graph->maker;
  Value node = node_with_id(maker, "NewsArticle", page_id(graph, "article"));
  node_put_text(node, "headline", graph->title);
  node_put_text(node, "description", text_of(graph, STR("description")));
  node_put_text(node, "inLanguage", graph->input->lang);
  node_put_date(node, "datePublished", text_of(graph, STR("date")));
  node_put_date(node, "dateModified", text_of(graph, STR("updated")));
  Value author = make_person(graph, member_of(graph, STR("author")));
  node_put(node, "author", value_is_defined(author) ? author : clinic_reference(graph));
  node_put(node, "publisher", clinic_reference(graph));
  node_put(node, "mainEntityOfPage", node_reference(maker, page_id(graph, "webpage")));
  connect(graph, "mainEntity", node);
}

/* Who the page is about. A specialty makes a physician of a person (IndividualPhysician has the first, Person the job).
 */
static void make_person_node(PageGraph *graph) {
  const NodeMaker *maker = &graph->maker;
  Value person = member_of(graph, STR("person"));
  Str specialty = clinic_specialty(node_text(maker, person, STR("specialty")));
  Value node = node_with_id(maker, "Person", page_id(graph, "person"));
  if (specialty.len) {
    Value types = value_list(maker->arena, 2);
    value_push(types, value_c("Person"));
    value_push(types, value_c("IndividualPhysician"));
    node_put(node, "@type", types);
    node_put_text(node, "medicalSpecialty", STR_CONCAT(maker->arena, STR("https://schema.org/"), specialty));
    node_put(node, "practicesAt", clinic_reference(graph));
  }
  node_put_text(node, "name", graph->title);
  node_put_text(node, "jobTitle", node_text(maker, person, STR("role")));
  node_put_text(node, "description", text_of(graph, STR("description")));
  node_put(node, "worksFor", clinic_reference(graph));
  node_put(node, "mainEntityOfPage", node_reference(maker, page_id(graph, "webpage")));
  connect(graph, "mainEntity", node);
}

static Str base_url_of(Arena *arena, Value site) {
  NodeMaker maker = {.arena = arena};
  return node_text(&maker, site, STR("base_url"));
}

/* A list as JSON without its brackets. */
static Str inner_json(Arena *arena, Value list) {
  Buf json = buf_new(arena, GRAPH_MOST);
  json_write(&json, list, how, 0);
  return str_slice(buf_str(&json), 1, json.len ? json.len - 1 : 0);
}

Str schema_shared(Arena *arena, const SchemaSite *shared) {
  NodeMaker maker = {arena, base_url_of(arena, shared->site)};
  Value nodes = value_list(arena, 2);
  value_push(nodes, clinic_make_website(&maker, shared->site, shared->lang));
  Value clinic = clinic_make_node(&maker, shared->clinic);
  if (value_is_defined(shared->services)) clinic_add_services(&maker, shared->clinic, shared->services, clinic);
  value_push(nodes, clinic);
  return inner_json(arena, nodes);
}

Str schema_specialty(Arena *arena, Value clinic) {
  NodeMaker maker = {.arena = arena};
  return node_text(&maker, clinic_make_node(&maker, clinic), STR("medicalSpecialty"));
}

void schema_write(Arena *scratch, const SchemaInput *input, Buf *out) {
  PageGraph graph = {.maker = {scratch, input->base_url}, .input = input, .page = input->page};
  graph.permalink = node_absolute_url(&graph.maker, text_of(&graph, STR("permalink")));
  if (graph.permalink.len == 0) graph.permalink = node_absolute_url(&graph.maker, text_of(&graph, STR("url")));
  graph.title = text_of(&graph, STR("title"));
  graph.clinical = value_to_bool(member_of(&graph, STR("clinical")), false);
  graph.nodes = value_list(scratch, 4);

  Str kind = text_of(&graph, STR("kind"));
  make_webpage(&graph, kind);
  make_breadcrumb(&graph);
  if (str_equal(kind, STR("news"))) make_article(&graph);
  if (str_equal(kind, STR("person"))) make_person_node(&graph);
  make_faq(&graph);

  buf_add_lit(out, "{\"@context\":\"https://schema.org\",\"@graph\":[");
  buf_add(out, input->shared);
  buf_add_lit(out, ",");
  buf_add(out, inner_json(scratch, graph.nodes));
  buf_add_lit(out, "]}");
}
