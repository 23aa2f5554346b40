/* What an archive of handouts answers: is it whole, and which text did a patient get then? */
#include "cli/print.h"

#include "content/dates.h"
#include "data/json.h"
#include "os/os.h"
#include "print/archive.h"

#include <stdio.h>

/* Two editions and a ledger, in address space: what is not touched costs nothing. */
#define ARCHIVE_ARENA_BYTES ((size_t)8 << 30)

static int end_with(Arena *arena, DiagList *diags, Buf *out) {
  diag_sort(diags);
  cli_print_diags(arena, diags, false);
  if (out) cli_print(buf_str(out));
  int status = diag_has_errors(diags, false) ? CLI_CONTENT : CLI_CLEAN;
  arena_release(arena);
  return status;
}

int print_answer_check(const PrintCommand *command) {
  Arena arena = arena_reserve(ARCHIVE_ARENA_BYTES);
  DiagList diags = diag_list_new(&arena);
  size_t editions = 0;
  Buf out = buf_new(&arena, 4096);
  bool good = archive_check(&arena, command->print.archive, &diags, &editions);
  if (good) buf_add_format(&out, "%zu edition%s, all as they were kept.\n", editions, editions == 1 ? "" : "s");
  return end_with(&arena, &diags, &out);
}

/* --- as of --- */

/* A time from the first to the last moment of a day or a month, as the ledger writes times. */
typedef struct Period {
  Str first; /* "2026-03-01T00:00:00Z" */
  Str last;  /* sorts after every moment of it */
} Period;

static bool read_period(Arena *arena, Str text, Period *period) {
  bool month = text.len == 7;
  Str day = month ? STR_CONCAT(arena, text, STR("-01")) : text;
  if (!date_is_iso(day)) return false;
  period->first = STR_CONCAT(arena, day, STR("T00:00:00Z"));
  period->last = STR_CONCAT(arena, text, month ? STR("-99") : STR("T99"));
  return true;
}

typedef struct Question {
  const PrintCommand *command;
  Arena *arena;
  DiagList *diags;
  Ledger ledger;
  Period period;
  const LedgerLine **until; /* by line: the next of the same name, or NULL */
} Question;

static void find_successors(Question *question) {
  const Ledger *ledger = &question->ledger;
  Map next = map_new(question->arena, ledger->count);
  question->until = ARENA_ARRAY(question->arena, const LedgerLine *, ledger->count + 1);
  for (size_t i = ledger->count; i-- > 0;) {
    bool added;
    size_t *place = map_place(&next, ledger->lines[i].name, &added);
    if (!added) question->until[i] = &ledger->lines[*place];
    *place = i;
  }
}

static Str get(const LedgerLine *line, const char *key) {
  return value_text(value_get(line->value, str_from_c(key)));
}

/* Words name a handout as they do for printing: by its name, its page's file or its address. */
static bool is_named(Arena *arena, const LedgerLine *line, Str word) {
  Str name = print_plain_name(word);
  Str id = get(line, "id");
  Str lang = get(line, "lang");
  return str_equal(name, id) || str_equal(name, STR_CONCAT(arena, id, STR("."), lang)) ||
         str_equal(name, STR_CONCAT(arena, lang, STR("/"), id));
}

static bool is_asked_for(const Question *question, const LedgerLine *line) {
  const PrintOptions *print = &question->command->print;
  if (print->lang.len && !str_equal(print->lang, get(line, "lang"))) return false;
  if (question->command->paper.len && !str_equal(question->command->paper, get(line, "paper"))) return false;
  if (print->sheet.large_print && !value_to_bool(value_get(line->value, STR("large_print")), false)) return false;
  bool named = print->word_count == 0;
  for (size_t i = 0; i < print->word_count && !named; i++) named = is_named(question->arena, line, print->words[i]);
  return named;
}

/* An edition is handed out from when it was kept until the next of its name was. */
static bool was_current(const Question *question, size_t at) {
  const LedgerLine *next = question->until[at];
  if (str_compare(question->ledger.lines[at].time, question->period.last) > 0) return false;
  return !next || str_compare(next->time, question->period.first) >= 0;
}

static void add_fact(Buf *out, const LedgerLine *line, const char *key, const char *words) {
  Value value = value_get(line->value, str_from_c(key));
  if (!value_is_defined(value)) return;
  buf_add_format(out, ", %s ", words);
  if (value_is_text(value))
    buf_add(out, value_text(value));
  else
    json_write(out, value, JSON_OUT_UTF8, 0);
}

static void add_edition(const Question *question, size_t at, Buf *out) {
  const LedgerLine *line = &question->ledger.lines[at];
  const LedgerLine *next = question->until[at];
  int64_t pages = value_to_int(value_get(line->value, STR("pages")), 0);
  Str title = get(line, "title");
  Str lang = get(line, "lang");
  Str path = archive_edition_path(question->arena, question->command->print.archive, line->pdf, ".pdf");
  buf_add_format(out, "%.*s: %.*s (%.*s)\n", STR_ARG(line->name), STR_ARG(title), STR_ARG(lang));
  buf_add_format(out, "  from %.*s to %.*s, %lld page%s", STR_ARG(line->time), STR_ARG(next ? next->time : STR("now")),
                 (long long)pages, pages == 1 ? "" : "s");
  add_fact(out, line, "reference", "reference");
  add_fact(out, line, "version", "version");
  add_fact(out, line, "reviewed", "reviewed");
  buf_add_format(out, "\n  %.*s\n", STR_ARG(path));
}

/* What it says, once for all papers and sizes of print. */
static void add_text(const Question *question, size_t at, Map *shown, Buf *out) {
  bool added;
  Str text;
  const LedgerLine *line = &question->ledger.lines[at];
  map_place(shown, line->text, &added);
  if (!added) {
    buf_add_lit(out, "  It says the same as one above.\n");
    return;
  }
  if (!archive_read_edition(question->arena, question->command->print.archive, line, true, question->diags, &text))
    return;
  buf_add_byte(out, '\n');
  while (text.len) {
    Str row;
    str_cut(text, '\n', &row, &text);
    buf_add_format(out, "    %.*s\n", STR_ARG(row));
  }
}

static Value edition_value(const Question *question, size_t at) {
  Arena *arena = question->arena;
  const LedgerLine *line = &question->ledger.lines[at];
  const LedgerLine *next = question->until[at];
  Str archive = question->command->print.archive;
  Value map = value_map(arena, 20);
  value_put(map, "path", value_str(archive_edition_path(arena, archive, line->pdf, ".pdf")));
  value_put(map, "text_path", value_str(archive_edition_path(arena, archive, line->text, ".txt")));
  value_put(map, "until", next ? value_str(next->time) : value_null());
  for (size_t i = 0; i < line->value.map->count; i++)
    value_set(map, line->value.map->entries[i].key, line->value.map->entries[i].value);
  return map;
}

static void answer(const Question *question, Buf *out) {
  bool json = str_equal(question->command->format, STR("json"));
  Value list = value_list(question->arena, 16);
  Map shown = map_new(question->arena, 16);
  size_t count = 0;
  for (size_t i = 0; i < question->ledger.count; i++) {
    const LedgerLine *line = &question->ledger.lines[i];
    Str pdf;
    if (!was_current(question, i) || !is_asked_for(question, line)) continue;
    if (!archive_read_edition(question->arena, question->command->print.archive, line, false, question->diags, &pdf))
      continue;
    if (count++ && !json) buf_add_byte(out, '\n');
    if (json)
      value_push(list, edition_value(question, i));
    else
      add_edition(question, i, out);
    if (!json && question->command->print.word_count) add_text(question, i, &shown, out);
  }
  if (json) {
    json_write(out, list, JSON_OUT_UTF8, 2);
    buf_add_byte(out, '\n');
  } else if (!count) {
    buf_add_lit(out, "No such handout was in the archive then.\n");
  }
}

int print_answer_as_of(const PrintCommand *command) {
  Arena arena = arena_reserve(ARCHIVE_ARENA_BYTES);
  DiagList diags = diag_list_new(&arena);
  Question question = {.command = command, .arena = &arena, .diags = &diags};
  Buf out = buf_new(&arena, PRINT_OUTPUT_MOST);
  Str path = archive_ledger_path(&arena, command->print.archive);
  if (!read_period(&arena, command->as_of, &question.period)) {
    arena_release(&arena);
    return cli_fail_usage(&cli_print_verb, "--as-of takes a day like 2026-03-14 or a month like 2026-03, not `%.*s`",
                          STR_ARG(command->as_of));
  }
  if (os_stat(path).kind == OS_NOTHING) {
    DIAG(&diags, ARCHIVE_MISSING, ((Span){path, STR_NONE, 0}));
    return end_with(&arena, &diags, NULL);
  }
  ledger_read(&arena, path, &diags, &question.ledger);
  if (question.ledger.broken) return end_with(&arena, &diags, NULL);
  find_successors(&question);
  answer(&question, &out);
  return end_with(&arena, &diags, &out);
}
