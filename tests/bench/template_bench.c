/* Measures what one page costs: a base with 8 includes, a page that extends it, 200 output tags in all.
 *
 * Prints the median and the fastest of many renderings, in microseconds. The arena is taken back after each, as a
 * worker does. Exit status 1 when a rendering fails. `template_bench N` renders N times (20000). */
#define _GNU_SOURCE
#include "template/template.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

enum { ARENA_BYTES = 1 << 28, OUT_MOST = 1 << 20, WARM_UP = 200 };

typedef struct File {
  Str name, text;
} File;

static const char base[] =
    "<!doctype html>\n<html lang=\"{{ lang }}\" dir=\"{{ dir }}\">\n<head>\n{% include \"parts/head.html\" "
    "%}</head>\n<body>\n"
    "{% include \"parts/skip.html\" %}{% include \"parts/header.html\" %}{% include \"parts/menu.html\" %}"
    "{% include \"parts/breadcrumb.html\" %}\n<main id=\"main\">{% block main %}{% endblock %}</main>\n"
    "{% include \"parts/nearby.html\" %}{% include \"parts/footer.html\" %}{% include \"parts/review.html\" "
    "%}</body>\n</html>\n";

static const char page[] =
    "{% extends \"base.html\" %}\n{% block main %}<article>\n<h1>{{ page.title }}</h1>\n"
    "{% if page.description %}<p class=\"lead\">{{ page.description }}</p>{% endif %}\n{{ page.content }}\n"
    "{% for q in page.faq %}<details id=\"{{ q.id }}\"><summary>{{ q.question }}</summary>{{ q.answer }}</details>\n"
    "{% endfor %}<ul>{% for s in page.sources %}<li><a href=\"{{ s.url }}\">{{ s.title }}</a> {{ s.publisher | "
    "default(\"\") }}, "
    "{{ s.date }}</li>\n{% endfor %}</ul>\n</article>{% endblock %}\n";

static const char list[] = "<ul>\n{% for l in links %}<li{% if l.current %} aria-current=\"page\"{% endif %}>"
                           "<a href=\"{{ l.url }}\">{{ l.title }}</a>{{ loop.index }}</li>\n{% endfor %}</ul>\n";

static const File files[] = {
    {{"base.html", 9}, {base, sizeof base - 1}},
    {{"page.html", 9}, {page, sizeof page - 1}},
    {{"list.html", 9}, {list, sizeof list - 1}},
#define FILE_TEXT(name, text)                                                                                          \
  {                                                                                                                    \
    {name, sizeof(name) - 1}, {                                                                                        \
      text, sizeof(text) - 1                                                                                           \
    }                                                                                                                  \
  }
    FILE_TEXT("parts/head.html",
              "<title>{{ page.title }} – {{ site.title }}</title>\n<meta name=\"description\" "
              "content=\"{{ page.description }}\">\n<link rel=\"canonical\" href=\"{{ page.permalink }}\">\n"
              "{% for t in page.translations %}<link rel=\"alternate\" hreflang=\"{{ t.lang }}\" "
              "href=\"{{ t.url }}\">\n{% endfor %}<script type=\"application/ld+json\">{{ page.json_ld|safe }}"
              "</script>\n"),
    FILE_TEXT("parts/skip.html", "<a class=\"skip\" href=\"#main\">{{ site.skip }}</a>\n"),
    FILE_TEXT("parts/header.html",
              "<header><a href=\"{{ site.home }}\">{{ clinic.name }}</a> <p>{{ clinic.emergency.text }} "
              "<a href=\"tel:{{ clinic.emergency.number }}\">{{ clinic.emergency.number }}</a></p></header>\n"),
    FILE_TEXT("parts/menu.html",
              "<nav aria-label=\"{{ site.title }}\"><ul>\n{% for l in site.menu %}<li>"
              "<a href=\"{{ l.url }}\"{% if l.current %} aria-current=\"page\"{% endif %}>{{ l.title }}</a>"
              "</li>\n{% endfor %}</ul></nav>\n"),
    FILE_TEXT("parts/breadcrumb.html",
              "<ol>{% for l in page.breadcrumb %}<li><a href=\"{{ l.url }}\">{{ l.title }}</a></li>"
              "{% endfor %}</ol>\n"),
    FILE_TEXT("parts/nearby.html", "{% if page.prev is defined %}<a rel=\"prev\" href=\"{{ page.prev.url }}\">"
                                   "{{ page.prev.title }}</a>{% endif %}{% if page.next is defined %}<a rel=\"next\" "
                                   "href=\"{{ page.next.url }}\">{{ page.next.title }}</a>{% endif %}\n"),
    FILE_TEXT("parts/footer.html",
              "<footer>{% for p in clinic.locations %}<address>{{ p.name }}, {{ p.street }}, {{ p.city }} "
              "{{ p.postcode }}</address>\n{% endfor %}&copy; {{ build.year }}</footer>\n"),
    FILE_TEXT("parts/review.html", "<p>{{ page.reviewed }} {{ page.reviewer.role | upper }} {{ page.version }}</p>\n"),
};

static bool load(void *context, Str name, int from, TemplateSource *source, bool *reported) {
  (void)context;
  (void)reported;
  for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
    if (from || !str_equal(files[i].name, name)) continue;
    *source = (TemplateSource){.path = name, .text = files[i].text};
    return true;
  }
  return false;
}

static Value map_of(Arena *arena, const char *const *names, size_t count) {
  Value map = value_map(arena, count);
  for (size_t i = 0; i < count; i++)
    value_set(map, str_from_c(names[i]), value_str(str_format(arena, "%s of a page & more", names[i])));
  return map;
}
#define MAP(arena, ...)                                                                                                \
  map_of((arena), (const char *const[]){__VA_ARGS__}, sizeof((const char *const[]){__VA_ARGS__}) / sizeof(char *))

static Value links(Arena *arena, size_t count) {
  Value all = value_list(arena, count);
  for (size_t i = 0; i < count; i++) {
    Value link = MAP(arena, "title", "url", "description", "lang", "id", "question", "answer", "publisher", "date");
    value_put(link, "current", value_bool(i == 2));
    value_push(all, link);
  }
  return all;
}

static Value page_of(Arena *arena) {
  Value made =
      MAP(arena, "title", "description", "permalink", "reviewed", "version", "kind", "url", "json_ld", "owner");
  char *content = arena_alloc(arena, 4096, 1);
  for (size_t i = 0; i < 4096; i++) content[i] = "<p>text of the page</p>\n"[i % 24];
  value_put(made, "content", value_markup(str_from(content, 4096)));
  value_put(made, "faq", links(arena, 16));
  value_put(made, "sources", links(arena, 14));
  value_put(made, "translations", links(arena, 4));
  value_put(made, "breadcrumb", links(arena, 3));
  value_put(made, "next", value_at(links(arena, 1), 0));
  value_put(made, "prev", value_at(links(arena, 1), 0));
  value_put(made, "reviewer", MAP(arena, "role"));
  return made;
}

static Value variables_of(Arena *arena) {
  Value all = MAP(arena, "lang", "dir");
  Value site = MAP(arena, "title", "home", "skip", "base_url");
  Value clinic = MAP(arena, "name", "email");
  Value places = value_list(arena, 5);
  for (int i = 0; i < 5; i++) value_push(places, MAP(arena, "name", "street", "city", "postcode"));
  value_put(site, "menu", links(arena, 20));
  value_put(clinic, "locations", places);
  value_put(clinic, "emergency", MAP(arena, "number", "text"));
  value_put(all, "page", page_of(arena));
  value_put(all, "site", site);
  value_put(all, "clinic", clinic);
  value_put(all, "build", MAP(arena, "year"));
  return all;
}

static int by_size(const void *a, const void *b) {
  double left = *(const double *)a;
  double right = *(const double *)b;
  return (left > right) - (left < right);
}

static double now(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return (double)t.tv_sec * 1e6 + (double)t.tv_nsec / 1e3;
}

int main(int argc, char **argv) {
  long count = argc > 1 ? strtol(argv[1], NULL, 10) : 20000;
  if (count < 1 || count > 10000000) return 2;
  Arena arena = arena_reserve(ARENA_BYTES);
  Arena scratch = arena_reserve(ARENA_BYTES);
  DiagList diags = diag_list_new(&arena);
  TemplateOptions options = {.loader = {.load = load}, .trim_blocks = true, .lstrip_blocks = true};
  TemplateEngine *engine = template_engine_new(&arena, &options, &diags);
  const Template *t = template_load(engine, STR("page.html"));
  Value variables = variables_of(&arena);
  double *times = ARENA_ARRAY(&arena, double, (size_t)count);
  size_t bytes = 0;
  for (long i = -WARM_UP; t && i < count; i++) {
    ArenaMark mark = arena_mark(&scratch);
    double begin = now();
    Buf out = buf_new(&scratch, OUT_MOST);
    if (!template_render(t, variables, &scratch, &diags, &out)) break;
    if (i >= 0) times[i] = now() - begin;
    bytes = out.len;
    arena_rewind(&scratch, mark);
  }
  if (!t || diag_has_errors(&diags, false)) {
    fprintf(stderr, "template_bench: the page does not render\n");
    return 1;
  }
  qsort(times, (size_t)count, sizeof *times, by_size);
  printf("template: %.1f us a page (median of %ld, fastest %.1f us), %zu bytes\n", times[count / 2], count, times[0],
         bytes);
  return 0;
}
