#include "serve/answer.h"

#include "content/files.h"
#include "serve/pages.h"
#include "serve/request.h"
#include "serve/types.h"
#include "site/sheet.h"

static LinkMessage bytes_answer(int status, Str bytes, Str type) {
  return (LinkMessage){.kind = LINK_ANSWER,
                       .form = FORM_BYTES,
                       .status = status,
                       .is_page = str_starts(type, STR("text/html")),
                       .texts = {bytes, type}};
}

static LinkMessage failed_answer(const Answerer *answerer, int status, Str title, Str path) {
  Str page = messages_instead(answerer->messages, answerer->arena, title, path);
  LinkMessage answer = bytes_answer(status, page, STR("text/html; charset=utf-8"));
  answer.failed = true;
  return answer;
}

static LinkMessage redirect(const Answerer *answerer, Str path) {
  Str to = url_encode(answerer->arena, path);
  return (LinkMessage){.kind = LINK_ANSWER, .form = FORM_REDIRECT, .status = 302, .texts = {to}};
}

/* Where a file of the site goes wrong, so that its messages can be shown first. */
static Str source_of(const Output *output) {
  return output->page ? output->page->path : (Str){"", 0};
}

static LinkMessage output_answer(const Answerer *answerer, const Output *output, int status) {
  const Site *site = &answerer->model->shown;
  Str type = type_of_path(output->path);
  Str bytes;
  if (output->kind == OUTPUT_COPY) {
    Str below = str_skip(output->source, site->files.root.len + 1);
    return (LinkMessage){.kind = LINK_ANSWER, .form = FORM_FILE, .status = status, .texts = {below, type}};
  }
  if (!renderer_output(answerer->renderer, site, output, &bytes))
    return failed_answer(answerer, 500, STR("This page cannot be shown yet"), source_of(output));
  LinkMessage answer = bytes_answer(status, bytes, type);
  answer.named_by_content = output->kind == OUTPUT_BYTES;
  return answer;
}

/* A page whose file is there, but so wrong that the site is made without it. */
static const Page *broken_page(const Model *model, Arena *arena, Str path) {
  const ContentFile *file = files_find_url(&model->read.files, url_encode(arena, path));
  if (!file || file->role == FILE_ASSET) return NULL;
  const Page *page = &model->read.pages[file->page];
  return page->broken ? page : NULL;
}

static LinkMessage not_found(const Answerer *answerer) {
  const Output *output = model_find_output(answerer->model, STR("404.html"));
  if (output) return output_answer(answerer, output, 404);
  return bytes_answer(404, STR("There is no such page.\n"), STR("text/plain; charset=utf-8"));
}

/* As hosts do it: a folder is its index.html, and without the slash at its end it is sent to the address with it. */
static LinkMessage file_answer(const Answerer *answerer, Str path) {
  const Model *model = answerer->model;
  Arena *arena = answerer->arena;
  if (!model || !model->usable) return failed_answer(answerer, 503, STR("The site cannot be shown yet"), (Str){"", 0});
  Str base = model->shown.settings.base_path;
  bool at_base = str_equal(path, str_slice(base, 0, base.len - 1));
  if (at_base || (str_equal(path, STR("/")) && base.len > 1)) return redirect(answerer, base);
  if (!str_starts(path, base)) return not_found(answerer);
  Str name = str_skip(path, base.len);
  bool folder = !name.len || str_ends(name, STR("/"));
  const Output *output = model_find_output(model, folder ? STR_CONCAT(arena, name, STR("index.html")) : name);
  if (output) return output_answer(answerer, output, 200);
  if (!folder && model_find_output(model, STR_CONCAT(arena, name, STR("/index.html"))))
    return redirect(answerer, STR_CONCAT(arena, path, STR("/")));
  if (str_starts(name, STR("handouts/")) && str_ends(name, STR(".pdf")))
    return (LinkMessage){.kind = LINK_ANSWER, .form = FORM_HANDOUT, .status = 200, .texts = {name, type_of_path(name)}};
  const Page *broken = broken_page(model, arena, path);
  if (broken) return failed_answer(answerer, 500, STR("This page cannot be shown yet"), broken->path);
  /* No home page: the messages say so, or why. */
  if (!name.len) return failed_answer(answerer, 503, STR("The site cannot be shown yet"), (Str){"", 0});
  return not_found(answerer);
}

/* The page at this path, with or without the slash at its end; NULL: there is none. */
static const Output *page_output(const Answerer *answerer, Str path) {
  const Model *model = answerer->model;
  Str base = model->shown.settings.base_path;
  if (!str_starts(path, base)) return NULL;
  Str name = str_skip(path, base.len);
  bool folder = !name.len || str_ends(name, STR("/"));
  Str file = STR_CONCAT(answerer->arena, name, folder ? STR("index.html") : STR("/index.html"));
  return model_find_output(model, file);
}

typedef struct PagesWanted {
  Site *site;
  size_t from;
} PagesWanted;

static bool make_pages(void *context, Worker *worker, Str *bytes) {
  const PagesWanted *wanted = context;
  *bytes = pages_list(wanted->site, worker, wanted->from);
  return true;
}

static size_t number_in(Arena *arena, Str query, Str name) {
  Str text;
  size_t number = 0;
  if (!request_query(arena, query, name, &text) || text.len > 9) return 0;
  for (size_t i = 0; i < text.len && ascii_is_digit(text.s[i]); i++) number = number * 10 + (size_t)(text.s[i] - '0');
  return number;
}

static LinkMessage pages_answer(const Answerer *answerer, Str query) {
  Model *model = answerer->model;
  Str bytes;
  if (!model || !model->usable) return failed_answer(answerer, 503, STR("The site cannot be shown yet"), (Str){"", 0});
  PagesWanted wanted = {&model->shown, number_in(answerer->arena, query, STR("from"))};
  if (!renderer_run(answerer->renderer, make_pages, &wanted, &bytes))
    return failed_answer(answerer, 500, STR("The pages cannot be listed"), (Str){"", 0});
  return bytes_answer(200, bytes, STR("text/html; charset=utf-8"));
}

/* --- sheets --- */

typedef struct SheetWanted {
  const Site *site;
  const Page *page;
  SheetOptions options;
} SheetWanted;

static bool make_sheet(void *context, Worker *worker, Str *bytes) {
  const SheetWanted *wanted = context;
  Sheet sheet = sheet_of_page(worker->scratch, wanted->page, wanted->options);
  SheetText text;
  if (!sheet_render(wanted->site, &sheet, worker->scratch, worker->diags, &text)) return false;
  *bytes = text.html;
  return true;
}

static SheetOptions sheet_options(Arena *arena, Str query) {
  Str paper;
  Str large;
  bool letter = request_query(arena, query, STR("paper"), &paper) && str_equal(paper, STR("letter"));
  bool large_print = request_query(arena, query, STR("large"), &large) && str_equal(large, STR("1"));
  return (SheetOptions){letter ? PAPER_LETTER : PAPER_A4, large_print};
}

/* `path` is that of the page on the site. */
static LinkMessage sheet_answer(const Answerer *answerer, Str path, Str query) {
  const Model *model = answerer->model;
  Str bytes;
  if (!model || !model->usable) return failed_answer(answerer, 503, STR("The site cannot be shown yet"), (Str){"", 0});
  const Output *output = page_output(answerer, path);
  if (!output || output->kind != OUTPUT_PAGE) return not_found(answerer);
  SheetWanted wanted = {&model->shown, output->page, sheet_options(answerer->arena, query)};
  if (!renderer_run(answerer->renderer, make_sheet, &wanted, &bytes))
    return failed_answer(answerer, 500, STR("This page cannot be printed yet"), source_of(output));
  LinkMessage answer = bytes_answer(200, bytes, STR("text/html; charset=utf-8"));
  answer.is_sheet = true;
  return answer;
}

LinkMessage answer_question(const Answerer *answerer, const LinkMessage *question) {
  const Messages *messages = answerer->messages;
  Arena *arena = answerer->arena;
  switch (question->what) {
    case WHAT_FILE: return file_answer(answerer, question->texts[0]);
    case WHAT_PAGES: return pages_answer(answerer, question->texts[1]);
    case WHAT_MESSAGES: return bytes_answer(200, messages_text(messages, arena), STR("text/plain; charset=utf-8"));
    case WHAT_MESSAGES_JSON: return bytes_answer(200, messages_json(messages, arena), STR("application/json"));
    case WHAT_MESSAGES_PAGE: return bytes_answer(200, messages_page(messages, arena), STR("text/html; charset=utf-8"));
    case WHAT_SHEET: return sheet_answer(answerer, question->texts[0], question->texts[1]);
  }
  return not_found(answerer);
}
