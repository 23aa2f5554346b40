#include "print/print.h"

#include "os/durable.h"
#include "os/os.h"
#include "print/archive.h"
#include "print/browser.h"
#include "print/lint.h"
#include "print/mend.h"
#include "theme/language.h"
#include "theme/plain.h"

#include <errno.h>

enum { PASSES_MOST = 4 }; /* of a booklet: a second for the page numbers, a third when they moved something */

typedef struct Press {
  Site *site;
  const PrintOptions *options;
  DiagList *diags;
  PrintResult *result;
  Handouts before;
  Archive archive;
  PrintItem **work; /* those to print */
  size_t work_count;
  size_t done;
  Value *numbers; /* by work: the page numbers that were filled in last */
} Press;

static Span span_of(const PrintItem *item) {
  return (Span){item->sheet.page->path, STR_NONE, 0};
}

static Str path_of(Arena *arena, const Press *press, Str pdf) {
  return STR_CONCAT(arena, press->options->out, STR("/"), pdf);
}

static void report_write(Press *press, Str path, int error) {
  DIAG(press->diags, PUBLISH_WRITE, ((Span){str_copy(press->site->arena, path), STR_NONE, 0}), os_error_text(error));
  press->result->system_failed = true;
}

/* --- what is current --- */

static bool is_current(Arena *arena, const Press *press, const PrintItem *item) {
  const Handout *handout = handouts_find(&press->before, item->sheet.pdf);
  if (!handout || handout->revision != PRINT_REVISION) return false;
  if (handout->hash[0] != item->hash[0] || handout->hash[1] != item->hash[1]) return false;
  OsStat there = os_stat(path_of(arena, press, item->sheet.pdf));
  return there.kind == OS_FILE && there.size == handout->bytes;
}

/* What was found when it was printed holds as long as its text does, and is said in every run that asks for it. */
static void keep(Press *press, PrintItem *item, const Handout *handout) {
  item->state = PRINT_CURRENT;
  item->bytes = handout->bytes;
  item->pages = handout->pages;
  if (press->options->which != PRINT_CHANGED) lint_findings(press->diags, span_of(item), handout->findings);
}

/* Renders each, so that its hash is known; what has to be printed goes into `work`. */
static void find_work(Press *press) {
  PrintResult *result = press->result;
  Arena scratch = arena_reserve(WORKERS_SCRATCH_BYTES);
  press->work = ARENA_ARRAY(press->site->arena, PrintItem *, result->count + 1);
  press->numbers = ARENA_ARRAY(press->site->arena, Value, result->count + 1);
  size_t kept = 0;
  for (size_t i = 0; i < result->count; i++) {
    PrintItem item = result->items[i];
    SheetText text;
    arena_rewind(&scratch, (ArenaMark){scratch.begin});
    if (press->options->which == PRINT_CHANGED && !handouts_find(&press->before, item.sheet.pdf)) continue;
    bool good = sheet_render(press->site, &item.sheet, &scratch, press->diags, &text) &&
                lint_emergency(press->site, &item.sheet, text.html, press->diags);
    if (good) memcpy(item.hash, text.hash, sizeof item.hash);
    if (good) memcpy(item.text_hash, text.text_hash, sizeof item.text_hash);
    if (good && is_current(&scratch, press, &item)) keep(press, &item, handouts_find(&press->before, item.sheet.pdf));
    if (press->options->which == PRINT_CHANGED && item.state == PRINT_CURRENT) continue;
    result->items[kept] = item;
    if (good && item.state != PRINT_CURRENT) press->work[press->work_count++] = &result->items[kept];
    kept++;
  }
  result->count = kept;
  arena_release(&scratch);
}

/* --- one handout, printed --- */

static bool get_html(void *context, size_t at, Arena *arena, Str *html) {
  Press *press = context;
  SheetText text;
  DiagList again = diag_list_new(arena); /* what there is to report was reported when it was rendered first */
  if (!sheet_render(press->site, &press->work[at]->sheet, arena, &again, &text)) return false;
  *html = text.html;
  return true;
}

/* The page numbers that a booklet's contents still lack; undefined when they are right, or nothing asks for any. */
static Value missing_numbers(Press *press, size_t at, Arena *arena, const BrowserPrint *print) {
  if (press->work[at]->sheet.kind != SHEET_BOOKLET || print->pass >= PASSES_MOST) return (Value){0};
  Value numbers = mend_destinations(arena, print->pdf);
  if (!value_count(numbers) || value_equal(numbers, press->numbers[at])) return (Value){0};
  press->numbers[at] = value_map(press->site->arena, value_count(numbers));
  for (size_t i = 0; i < numbers.map->count; i++) {
    const ValueEntry *entry = &numbers.map->entries[i];
    Str page = str_copy(press->site->arena, value_text(entry->value));
    value_set(press->numbers[at], str_copy(press->site->arena, entry->key), value_str(page));
  }
  return numbers;
}

static MendWords words_of(const Press *press, const PrintItem *item, Value facts) {
  const Page *page = item->sheet.page;
  return (MendWords){.title = item->sheet.title,
                     .lang = item->sheet.lang,
                     .rtl = str_equal(language_dir(item->sheet.lang), STR("rtl")),
                     .author = value_text(value_get(press->site->data[item->sheet.language].clinic, STR("name"))),
                     .reference = value_text(value_get(page->meta, STR("reference"))),
                     .date = site_page_changed(page),
                     .facts = facts};
}

/* What the ledger says of an edition beside its bytes. */
static Value facts_of(Arena *arena, const PrintItem *item) {
  static const char *const kept[] = {"reference", "version", "reviewed", "review_due"};
  const Sheet *sheet = &item->sheet;
  Value facts = value_map(arena, 12);
  value_put(facts, "id", value_str(sheet->id));
  value_put(facts, "kind", value_c(handouts_kind_name(sheet->kind)));
  value_put(facts, "lang", value_str(sheet->lang));
  value_put(facts, "title", value_str(sheet->title));
  value_put(facts, "paper", value_c(sheet->options.paper == PAPER_LETTER ? "letter" : "a4"));
  value_put(facts, "large_print", value_bool(sheet->options.large_print));
  for (size_t i = 0; i < sizeof kept / sizeof *kept; i++) {
    Value value = value_get(sheet->page->meta, str_from_c(kept[i]));
    if (value_is_defined(value)) value_set(facts, str_from_c(kept[i]), value);
  }
  value_put(facts, "pages", value_int((int64_t)item->pages));
  value_put(facts, "bytes", value_int((int64_t)item->bytes));
  return facts;
}

static bool archive(Press *press, Arena *arena, const PrintItem *item, Str pdf) {
  SheetText text;
  DiagList again = diag_list_new(arena);
  if (!press->options->archive.len) return true;
  if (!sheet_render(press->site, &item->sheet, arena, &again, &text)) return false;
  Edition edition = {
      .name = item->sheet.pdf, .pdf = pdf, .text = plain_text(arena, text.body), .facts = facts_of(arena, item)};
  return archive_keep(&press->archive, arena, &edition);
}

static bool store(Press *press, Arena *arena, const PrintItem *item, Str pdf) {
  Str path = path_of(arena, press, item->sheet.pdf);
  int error = os_make_folders(str_slice(path, 0, str_find_last_byte(path, '/')));
  if (!error) error = os_write_durable(path, pdf);
  if (error) report_write(press, path, error);
  return !error;
}

static bool finish(Press *press, PrintItem *item, Arena *arena, const BrowserPrint *print) {
  MendResult mended;
  MendWords words = words_of(press, item, print->facts);
  if (!lint_findings(press->diags, span_of(item), value_get(print->facts, STR("findings")))) return false;
  if (!mend_pdf(arena, print->pdf, &words, &mended)) {
    DIAG(press->diags, PRINT_MEND, span_of(item), mended.fault);
    press->result->system_failed = true;
    return false;
  }
  if (mended.lacks_glyph) {
    DIAG(press->diags, PRINT_GLYPH, span_of(item), item->sheet.lang);
    return false;
  }
  item->bytes = mended.pdf.len;
  item->pages = (uint64_t)mended.pages;
  item->findings = lint_keep(press->site->arena, value_get(print->facts, STR("findings")));
  if (!archive(press, arena, item, mended.pdf)) return false;
  return store(press, arena, item, mended.pdf);
}

static void count_done(Press *press) {
  press->done++;
  if (press->options->progress)
    press->options->progress(press->options->progress_context, press->done, press->work_count);
}

static Value take_printed(void *context, size_t at, Arena *arena, const BrowserPrint *print) {
  Press *press = context;
  PrintItem *item = press->work[at];
  Value numbers = missing_numbers(press, at, arena, print);
  if (value_is_defined(numbers)) return numbers;
  if (finish(press, item, arena, print)) item->state = PRINT_PRINTED;
  count_done(press);
  return (Value){0};
}

static void take_lost(void *context, size_t at, BrowserLoss loss, Str detail) {
  Press *press = context;
  Span span = span_of(press->work[at]);
  switch (loss) {
    case BROWSER_LOSS_CRASH: DIAG(press->diags, PRINT_CRASH, span); break;
    case BROWSER_LOSS_TIME:
      DIAG(press->diags, PRINT_TIME, span, str_format(press->site->arena, "%g", press->options->seconds));
      break;
    case BROWSER_LOSS_REQUEST: DIAG(press->diags, PRINT_REQUEST, span, detail); break;
    case BROWSER_LOSS_PICTURE: DIAG(press->diags, PRINT_PICTURE, span, detail); break;
    case BROWSER_LOSS_REFUSED: DIAG(press->diags, PRINT_REFUSED, span, detail); break;
  }
  if (loss != BROWSER_LOSS_REQUEST && loss != BROWSER_LOSS_PICTURE) press->result->system_failed = true;
  count_done(press);
}

static void report_end(Press *press, BrowserEnd end, Str program, Str detail) {
  Span none = {STR("print"), STR_NONE, 0};
  if (program.len) none.path = program;
  switch (end) {
    case BROWSER_DONE: return;
    case BROWSER_MISSING: DIAG(press->diags, PRINT_BROWSER_MISSING, none); break;
    case BROWSER_NO_START: DIAG(press->diags, PRINT_BROWSER_START, none, detail); break;
    case BROWSER_NO_FOLDER: DIAG(press->diags, PRINT_BROWSER_FOLDER, none, detail); break;
    case BROWSER_STOPPED: DIAG(press->diags, PRINT_STOPPED, none); break;
  }
  press->result->system_failed = true;
}

static void run_browser(Press *press) {
  Arena *arena = press->site->arena;
  if (!press->work_count) return;
  Str program = browser_find(arena);
  if (!program.len) {
    report_end(press, BROWSER_MISSING, os_env("PAMPHLET_BROWSER"), (Str){"", 0});
    return;
  }
  int tabs = press->options->tabs;
  if ((size_t)tabs > press->work_count) tabs = (int)press->work_count;
  BrowserRun run = {.program = str_to_c(arena, program),
                    .count = press->work_count,
                    .tabs = tabs,
                    .seconds = press->options->seconds,
                    .html = get_html,
                    .printed = take_printed,
                    .lost = take_lost,
                    .context = press};
  Str detail = {"", 0};
  report_end(press, browser_run(&run, arena, &detail), program, detail);
}

/* --- the list for the site --- */

static Handout handout_of(const PrintItem *item) {
  Handout handout = {.pdf = item->sheet.pdf,
                     .id = item->sheet.id,
                     .kind = item->sheet.kind,
                     .lang = item->sheet.lang,
                     .title = item->sheet.title,
                     .options = item->sheet.options,
                     .bytes = item->bytes,
                     .pages = item->pages,
                     .findings = item->findings,
                     .revision = PRINT_REVISION};
  memcpy(handout.hash, item->hash, sizeof handout.hash);
  memcpy(handout.text_hash, item->text_hash, sizeof handout.text_hash);
  return handout;
}

/* What was printed now, and of what was there before what still is. */
static void write_list(Press *press) {
  Arena *arena = press->site->arena;
  const PrintResult *result = press->result;
  Handout *list = ARENA_ARRAY(arena, Handout, press->before.count + result->count + 1);
  Map printed = map_new(arena, result->count);
  size_t count = 0;
  for (size_t i = 0; i < result->count; i++) {
    if (result->items[i].state != PRINT_PRINTED) continue;
    *map_place(&printed, result->items[i].sheet.pdf, NULL) = i;
    list[count++] = handout_of(&result->items[i]);
  }
  for (size_t i = 0; i < press->before.count; i++) {
    const Handout *handout = &press->before.items[i];
    bool there = os_stat(path_of(arena, press, handout->pdf)).kind == OS_FILE;
    if (there && map_find(&printed, handout->pdf) == STR_NONE) list[count++] = *handout;
  }
  Str path = handouts_path(arena, press->options->out);
  int error = os_write_durable(path, handouts_text(arena, list, count));
  if (error) report_write(press, path, error);
}

/* --- all of it --- */

static bool take_lock(Press *press, int *lock) {
  Arena *arena = press->site->arena;
  Str folder = STR_CONCAT(arena, press->options->out, STR("/.pamphlet"));
  Str path = STR_CONCAT(arena, folder, STR("/print.lock"));
  int error = os_make_folders(folder);
  if (!error) error = os_lock(path, lock);
  if (error == EWOULDBLOCK)
    DIAG(press->diags, PRINT_LOCK, ((Span){press->options->out, STR_NONE, 0}));
  else if (error)
    report_write(press, path, error);
  if (error) press->result->system_failed = true;
  return !error;
}

/* An archive lacks what was printed before it was begun: such a handout is current and still has to be kept. */
static void archive_current(Press *press) {
  Arena scratch = arena_reserve(WORKERS_SCRATCH_BYTES);
  for (size_t i = 0; i < press->result->count; i++) {
    PrintItem *item = &press->result->items[i];
    Str pdf;
    arena_rewind(&scratch, (ArenaMark){scratch.begin});
    if (item->state != PRINT_CURRENT) continue;
    Str path = path_of(&scratch, press, item->sheet.pdf);
    int error = os_read_file(&scratch, path, item->bytes, &pdf);
    if (error) report_write(press, path, error);
    if (error || !archive(press, &scratch, item, pdf)) item->state = PRINT_FAILED;
  }
  arena_release(&scratch);
}

static void print_locked(Press *press) {
  handouts_read(press->site->arena, press->options->out, press->diags, &press->before);
  find_work(press);
  run_browser(press);
  if (press->options->archive.len) archive_current(press);
  write_list(press);
}

void print_handouts(Site *site, const PrintOptions *options, DiagList *diags, PrintResult *result) {
  Press press = {.site = site, .options = options, .diags = diags, .result = result};
  int lock;
  *result = (PrintResult){0};
  if (!sheets_prepare(site)) return;
  if (!print_select(site, options, diags, result)) {
    result->usage = true;
    result->count = 0;
    return;
  }
  if (!take_lock(&press, &lock)) return;
  if (archive_open(&press.archive, site->arena, options->archive, site->options->now, diags)) print_locked(&press);
  archive_close(&press.archive);
  result->system_failed = result->system_failed || press.archive.system_failed;
  os_unlock(lock);
  for (size_t i = 0; i < result->count; i++) {
    result->printed += result->items[i].state == PRINT_PRINTED;
    result->current += result->items[i].state == PRINT_CURRENT;
    result->failed += result->items[i].state == PRINT_FAILED;
  }
}
