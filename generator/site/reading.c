#include "site/reading.h"

#include "check/reading.h"
#include "base/utf8.h"
#include "content/settings.h"
#include "data/yaml.h"
#include "os/os.h"
#include "theme/plain.h"

#include <math.h>

enum { WORDS_A_MINUTE = 200 }; /* as in site/view.c */

struct SiteReading {
  Reading *reading;
  Value *plainer;     /* by language: a map from word to plainer word */
  ReadingPage *pages; /* by page */
};

bool site_reading_wanted(const Site *site) {
  return site->options->stats || site->settings.grade_at_most || site->settings.inflesz_at_least;
}

/* --- the filters --- */

static Str language_of(const TemplateCall *call) {
  Value lang = template_call_arg(call, 0, STR("lang"));
  if (!value_is_text(lang)) lang = template_call_lookup(call, STR("lang"));
  return value_is_text(lang) ? value_text(lang) : STR("en");
}

/* Markup as plain text, its blocks separated by newlines. */
static Str text_of_markup(Arena *arena, Str html) {
  static const Str ends[] = {{"</p>", 4},  {"</li>", 5}, {"</td>", 5},          {"</th>", 5}, {"</h", 3},
                             {"</dd>", 5}, {"</dt>", 5}, {"</blockquote>", 13}, {"<br", 3},   {"</div>", 6}};
  Buf text = buf_new(arena, PAGE_OUTPUT_MOST);
  size_t from = 0;
  for (size_t at = 0; at <= html.len; at++) {
    bool ended = at == html.len;
    for (size_t i = 0; i < sizeof ends / sizeof *ends && !ended; i++) ended = str_starts(str_skip(html, at), ends[i]);
    if (!ended) continue;
    Str piece = plain_text(arena, str_slice(html, from, at));
    buf_add(&text, piece);
    if (piece.len) buf_add_byte(&text, '\n');
    from = at;
  }
  return buf_str(&text);
}

static Value filter_reading_grade(TemplateCall *call) {
  if (!value_is_text(call->input)) {
    call->error = STR("`reading_grade` wants text");
    return (Value){0};
  }
  bool markup = call->input.type == VALUE_MARKUP;
  Str text = markup ? text_of_markup(call->arena, value_text(call->input)) : value_text(call->input);
  ReadingFigures figures = reading_text(call->context, text, language_of(call));
  return figures.has_grade ? value_float(round(figures.grade * 10) / 10) : value_null();
}

static Str keep_target(void *context, const MarkdownTarget *target) {
  (void)context;
  return target->target;
}

/* The upper half of what a rendering has left; who took it gives it back by setting `end` as it was. */
static Arena take_half(Arena *arena) {
  char *end = arena->end;
  arena->end -= (end - arena->at) / 2;
  Arena half = arena_over(arena->end, (size_t)(end - arena->end));
  half.full = arena->full;
  half.full_context = arena->full_context;
  return half;
}

static Value filter_markdown(TemplateCall *call) {
  if (!value_is_text(call->input)) {
    call->error = STR("`markdown` wants text");
    return (Value){0};
  }
  DiagList diags = diag_list_new(call->arena);
  Arena scratch = take_half(call->arena); /* emptied by markdown_render(), so it is not the result's */
  MarkdownOptions options = {
      .scratch = &scratch, .diags = &diags, .data = value_map(call->arena, 0), .resolve = keep_target};
  MarkdownText text = {STR("text"), value_text(call->input), 0};
  MarkdownDoc doc;
  markdown_render(call->arena, &text, &options, &doc);
  call->arena->end = scratch.end;
  for (const Diag *diag = diags.first; diag; diag = diag->next)
    if (diag_message(diag->id)->severity == SEVERITY_ERROR && !call->error.len)
      call->error = diag_text(call->arena, diag);
  return value_markup(doc.html);
}

/* --- the pages --- */

/* Terms of the glossary that say what to write instead. */
static void read_plainer(Site *site, SiteReading *reading) {
  for (size_t language = 0; language < site->settings.language_count; language++) {
    Value entries = site->data[language].glossary;
    reading->plainer[language] = value_map(site->arena, 0);
    for (size_t i = 0; i < value_count(entries); i++) {
      Value instead = value_get(value_at(entries, i), STR("instead"));
      Str term = value_text(value_get(value_at(entries, i), STR("term")));
      if (value_is_text(instead)) value_set(reading->plainer[language], term, instead);
    }
  }
}

void site_reading_add_filters(Site *site) {
  if (!site->theme) return;
  template_add_filter(theme_engine(site->theme), STR("reading_grade"), filter_reading_grade, site->reading->reading);
  template_add_filter(theme_engine(site->theme), STR("markdown"), filter_markdown, NULL);
}

void site_reading_open(Site *site) {
  SiteReading *reading = ARENA_NEW(site->arena, SiteReading);
  site->reading = reading;
  reading->reading = reading_open();
  markdown_start();
  site_reading_add_filters(site);
  if (!site_reading_wanted(site)) return;
  reading->pages = ARENA_ARRAY(site->arena, ReadingPage, site->files.page_count + 1);
  reading->plainer = ARENA_ARRAY(site->arena, Value, site->settings.language_count);
  read_plainer(site, reading);
}

void site_reading_close(Site *site) {
  if (site->reading) reading_close(site->reading->reading);
  site->reading = NULL;
}

static void check_limits(const Site *site, const Page *page, const ReadingFigures *figures, DiagList *diags) {
  const SiteSettings *settings = &site->settings;
  Span whole = {page->path, STR_NONE, 0};
  if (settings->grade_at_most && figures->has_grade && figures->grade > (double)settings->grade_at_most)
    DIAG(diags, READING_GRADE, whole, str_format(diags->arena, "%.1f", figures->grade),
         str_format(diags->arena, "%lld", (long long)settings->grade_at_most));
  if (settings->inflesz_at_least && figures->has_ease && figures->ease < (double)settings->inflesz_at_least)
    DIAG(diags, READING_INFLESZ, whole, str_format(diags->arena, "%.1f", figures->ease),
         str_format(diags->arena, "%lld", (long long)settings->inflesz_at_least));
}

void site_reading_page(Site *site, const PageMemory *memory, const MarkdownText *text, const Page *page) {
  SiteReading *reading = site->reading;
  if (!site_reading_wanted(site) || !site_has_page(site, page)) return;
  Str lang = page->file->lang;
  ReadingPage *measured = &reading->pages[page->file->page];
  *measured = reading_page(reading->reading, memory->arena, &page->doc, lang);
  check_limits(site, page, &measured->figures, memory->diags);
  ReadingAdvice advice = {reading->reading, reading->plainer[page->file->language], lang, memory->diags};
  if (site->options->stats) reading_advise(&advice, text, &page->doc);
}

/* --- for the command line --- */

static void put_number(Value map, Str key, bool known, double number) {
  value_set(map, key, known ? value_float(round(number * 10) / 10) : value_null());
}

static void put_figures(Value map, const ReadingFigures *figures) {
  value_put(map, "prose_words", value_int((int64_t)figures->words));
  value_put(map, "sentences", value_int((int64_t)figures->sentences));
  value_put(map, "long_sentences", value_int((int64_t)figures->long_sentences));
  put_number(map, STR("grade"), figures->has_grade, figures->grade);
  put_number(map, STR("smog"), figures->has_smog, figures->smog);
  put_number(map, STR("inflesz"), figures->has_ease, figures->ease);
}

static Value page_value(Arena *arena, const Page *page, const ReadingPage *measured) {
  Value map = value_map(arena, 12);
  size_t words = page->doc.words;
  value_put(map, "file", value_str(page->path));
  value_put(map, "url", value_str(page->file->url));
  value_put(map, "lang", value_str(page->file->lang));
  value_put(map, "words", value_int((int64_t)words));
  value_put(map, "minutes", value_int((int64_t)((words + WORDS_A_MINUTE - 1) / WORDS_A_MINUTE)));
  put_figures(map, &measured->figures);
  Value sections = value_list(arena, measured->section_count);
  for (size_t i = 0; i < measured->section_count; i++) {
    Value section = value_map(arena, 8);
    value_put(section, "title", value_str(measured->sections[i].title));
    put_figures(section, &measured->sections[i].figures);
    value_push(sections, section);
  }
  value_put(map, "sections", sections);
  return map;
}

Value site_reading_value(const Site *site) {
  Value list = value_list(site->arena, site->page_count);
  if (!site->reading || !site->reading->pages) return list;
  for (size_t i = 0; i < site->page_count; i++)
    if (site_has_page(site, &site->pages[i]))
      value_push(list, page_value(site->arena, &site->pages[i], &site->reading->pages[i]));
  return list;
}
