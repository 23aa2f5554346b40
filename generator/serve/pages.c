#include "serve/pages.h"

#include "serve/html.h"
#include "site/reading.h"

typedef struct Listing {
  Site *site;
  Reading *reading;
  Buf *out;
  Worker *worker;
} Listing;

static void add_cell(Buf *out, Str text) {
  buf_add_lit(out, "<td>");
  buf_add_escaped(out, text);
  buf_add_lit(out, "</td>");
}

static void add_review(const Listing *listing, const Page *page) {
  Str due = value_text(value_get(page->meta, STR("review_due")));
  bool overdue = due.len && str_compare(due, listing->site->today) < 0;
  buf_add(listing->out, overdue ? STR("<td class=\"wrong\">overdue since ") : STR("<td>"));
  if (due.len && !overdue) buf_add_lit(listing->out, "due ");
  buf_add_escaped(listing->out, due);
  if (!due.len && page_kind_is_clinical(page->kind)) buf_add_lit(listing->out, "no date");
  buf_add_lit(listing->out, "</td>");
}

static void add_level(const Listing *listing, size_t index) {
  const SiteSettings *settings = &listing->site->settings;
  ReadingFigures figures = {0};
  ArenaMark mark = arena_mark(listing->worker->scratch);
  site_measure_page(listing->site, index, listing->reading, listing->worker, &figures);
  arena_rewind(listing->worker->scratch, mark);
  bool hard = (figures.has_grade && settings->grade_at_most && figures.grade > (double)settings->grade_at_most) ||
              (figures.has_ease && settings->inflesz_at_least && figures.ease < (double)settings->inflesz_at_least);
  buf_add(listing->out, hard ? STR("<td class=\"wrong\">") : STR("<td>"));
  if (figures.has_grade) buf_add_format(listing->out, "grade %.1f", figures.grade);
  if (figures.has_ease) buf_add_format(listing->out, "INFLESZ %.0f", figures.ease);
  buf_add_format(listing->out, "</td><td>%zu</td>", figures.words);
}

static void add_page(const Listing *listing, size_t index) {
  Buf *out = listing->out;
  const Page *page = &listing->site->pages[index];
  bool shown = site_has_page(listing->site, page);
  buf_add_lit(out, "<tr><th scope=\"row\">");
  if (shown) {
    buf_add_lit(out, "<a href=\"");
    buf_add_escaped(out, page->file->url);
    buf_add_lit(out, "\">");
  }
  buf_add_escaped(out, page->title.len ? page->title : page->file->path);
  if (shown) buf_add_lit(out, "</a>");
  buf_add_lit(out, "</th>");
  add_cell(out, page->file->path);
  add_cell(out, page->file->lang);
  add_cell(out, page->broken ? STR("broken") : page->draft ? STR("draft") : page->kind);
  add_review(listing, page);
  add_cell(out, value_text(value_get(page->meta, STR("owner"))));
  add_level(listing, index);
  buf_add_lit(out, "</tr>\n");
}

static void add_way(Buf *out, size_t from, const char *words) {
  buf_add_format(out, "<a href=\"/__pages?from=%zu\">%s</a> ", from, words);
}

Str pages_list(Site *site, Worker *worker, size_t from) {
  if (from >= site->page_count) from = 0;
  size_t end = from + PAGES_A_SHEET < site->page_count ? from + PAGES_A_SHEET : site->page_count;
  /* Measuring takes memory too: the Buf has its own, so that it need not move. */
  Arena text = arena_reserve(HTML_MOST * 2);
  Buf out = buf_new(&text, HTML_MOST);
  Listing listing = {site, reading_open(), &out, worker};
  markdown_start();
  html_begin(&out, STR("Pages"));
  buf_add_format(&out, "<p>%zu to %zu of %zu. ", from + (end > 0), end, site->page_count);
  if (from > 0) add_way(&out, from > PAGES_A_SHEET ? from - PAGES_A_SHEET : 0, "The ones before");
  if (end < site->page_count) add_way(&out, end, "The next ones");
  buf_add_lit(&out,
              "</p>\n<div class=\"wide\" tabindex=\"0\" role=\"region\" aria-label=\"All pages\">\n<table>\n<thead><tr>"
              "<th scope=\"col\">Page</th><th scope=\"col\">File</th><th scope=\"col\">Language</th>"
              "<th scope=\"col\">Kind</th><th scope=\"col\">Review</th><th scope=\"col\">Owner</th>"
              "<th scope=\"col\">Reading level</th><th scope=\"col\">Words</th></tr></thead>\n<tbody>\n");
  for (size_t i = from; i < end; i++) add_page(&listing, i);
  buf_add_lit(&out, "</tbody>\n</table>\n</div>\n");
  html_end(&out);
  reading_close(listing.reading);
  Str result = str_copy(worker->scratch, buf_str(&out));
  arena_release(&text);
  return result;
}
