#include "print/archive.h"

#include "content/dates.h"
#include "os/durable.h"
#include "os/os.h"

#include <errno.h>

/* As large as what the browser may send (print/cdp.h). */
#define EDITION_BYTES_MOST ((size_t)256 << 20)

static Str below(Arena *arena, Str folder, const char *name) {
  return STR_CONCAT(arena, folder, STR("/"), str_from_c(name));
}

Str archive_ledger_path(Arena *arena, Str folder) {
  return below(arena, folder, "ledger.jsonl");
}

static Str place(Arena *arena, Str folder, const char *where, Str hash, const char *ending) {
  return STR_CONCAT(arena, folder, STR("/"), str_from_c(where), STR("/"), hash, str_from_c(ending));
}

Str archive_edition_path(Arena *arena, Str folder, Str hash, const char *ending) {
  return place(arena, folder, "editions", hash, ending);
}

static bool report_write(Archive *archive, Str path, int error) {
  DIAG(archive->diags, PUBLISH_WRITE, ((Span){str_copy(archive->arena, path), STR_NONE, 0}), os_error_text(error));
  archive->system_failed = true;
  return false;
}

/* --- opening: what an interrupted run left --- */

/* A line that was not written to its end was never told to anyone as kept. */
static bool cut_torn_line(Archive *archive) {
  if (!archive->ledger.torn) return true;
  int error = os_truncate_durable(archive->ledger.path, archive->ledger.bytes);
  if (error) return report_write(archive, archive->ledger.path, error);
  DIAG(archive->diags, LEDGER_TORN_CUT, ((Span){archive->ledger.path, STR_NONE, 0}));
  archive->ledger.torn = false;
  return true;
}

static bool has_line(const Ledger *ledger, Str hash) {
  for (size_t i = 0; i < ledger->count; i++)
    if (str_equal(ledger->lines[i].pdf, hash) || str_equal(ledger->lines[i].text, hash)) return true;
  return false;
}

static bool finish_incoming(Archive *archive) {
  Arena *arena = archive->arena;
  OsEntries entries;
  Str folder = below(arena, archive->folder, "incoming");
  int error = os_list(arena, folder, &entries);
  if (error) return report_write(archive, folder, error);
  for (size_t i = 0; i < entries.count; i++) {
    Str name = entries.items[i].path;
    Str from = STR_CONCAT(arena, folder, STR("/"), name);
    Str to = STR_CONCAT(arena, archive->folder, STR("/editions/"), name);
    bool kept = name.len == LEDGER_HASH + 4 && has_line(&archive->ledger, str_slice(name, 0, LEDGER_HASH)) &&
                os_stat(to).kind == OS_NOTHING;
    error = kept ? os_rename_durable(from, to) : os_remove_file(from);
    if (error) return report_write(archive, from, error);
  }
  return true;
}

static bool make_folders(Archive *archive) {
  static const char *const names[] = {"editions", "incoming"};
  for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
    Str folder = below(archive->arena, archive->folder, names[i]);
    int error = os_make_folders(folder);
    if (error) return report_write(archive, folder, error);
  }
  return true;
}

static bool take_lock(Archive *archive) {
  Str path = below(archive->arena, archive->folder, "lock");
  int error = os_lock(path, &archive->lock);
  if (!error) return true;
  archive->lock = -1;
  if (error != EWOULDBLOCK) return report_write(archive, path, error);
  DIAG(archive->diags, ARCHIVE_LOCK, ((Span){archive->folder, STR_NONE, 0}));
  archive->system_failed = true;
  return false;
}

static bool check_clock(Archive *archive) {
  const Ledger *ledger = &archive->ledger;
  if (!ledger->count || str_compare(ledger->lines[ledger->count - 1].time, archive->now) <= 0) return true;
  DIAG(archive->diags, ARCHIVE_CLOCK, ((Span){ledger->path, STR_NONE, 0}), archive->now,
       ledger->lines[ledger->count - 1].time);
  return false;
}

static Str moment(Arena *arena, int64_t seconds) {
  int64_t day = seconds % 86400;
  return STR_CONCAT(arena, date_from_seconds(arena, seconds),
                    str_format(arena, "T%02d:%02d:%02dZ", (int)(day / 3600), (int)(day / 60 % 60), (int)(day % 60)));
}

static void find_latest(Archive *archive) {
  archive->latest = map_new(archive->arena, archive->ledger.count);
  for (size_t i = 0; i < archive->ledger.count; i++)
    *map_place(&archive->latest, archive->ledger.lines[i].name, NULL) = i;
  archive->count = archive->ledger.count;
  archive->bytes = archive->ledger.bytes;
  archive->last_hash = archive->ledger.last_hash;
}

bool archive_open(Archive *archive, Arena *arena, Str folder, int64_t now, DiagList *diags) {
  *archive = (Archive){.folder = folder, .arena = arena, .diags = diags, .lock = -1, .now = moment(arena, now)};
  if (!folder.len) return true;
  if (!make_folders(archive) || !take_lock(archive)) return false;
  ledger_read(arena, archive_ledger_path(arena, folder), diags, &archive->ledger);
  if (archive->ledger.broken) {
    DIAG(diags, ARCHIVE_BROKEN, ((Span){archive->ledger.path, STR_NONE, 0}));
    return false;
  }
  if (!check_clock(archive) || !cut_torn_line(archive) || !finish_incoming(archive)) return false;
  find_latest(archive);
  return true;
}

void archive_close(Archive *archive) {
  if (archive->lock >= 0) os_unlock(archive->lock);
  archive->lock = -1;
}

/* --- keeping --- */

/* An edition that is there already must be the same bytes; it is never written again. */
static bool bring_in(Archive *archive, Arena *scratch, Str bytes, Str hash, const char *ending) {
  Str kept = archive_edition_path(scratch, archive->folder, hash, ending);
  if (os_stat(kept).kind != OS_NOTHING) {
    Str there = {"", 0};
    if (!os_read_file(scratch, kept, EDITION_BYTES_MOST, &there) && str_equal(there, bytes)) return true;
    DIAG(archive->diags, ARCHIVE_EDITION, ((Span){str_copy(archive->arena, kept), STR_NONE, 0}));
    return false;
  }
  Str path = place(scratch, archive->folder, "incoming", hash, ending);
  int error = os_write_durable(path, bytes);
  return error ? report_write(archive, path, error) : true;
}

static bool settle(Archive *archive, Arena *scratch, Str hash, const char *ending) {
  Str from = place(scratch, archive->folder, "incoming", hash, ending);
  Str to = archive_edition_path(scratch, archive->folder, hash, ending);
  if (os_stat(from).kind == OS_NOTHING) return true; /* it was kept before */
  int error = os_rename_durable(from, to);
  return error ? report_write(archive, to, error) : true;
}

static Value facts_of(const Archive *archive, Arena *scratch, const Edition *edition, Str pdf_hash, Str text_hash) {
  Value facts = value_map(scratch, value_count(edition->facts) + 4);
  value_put(facts, "time", value_str(archive->now));
  value_put(facts, "name", value_str(edition->name));
  value_put(facts, "pdf", value_str(pdf_hash));
  value_put(facts, "text", value_str(text_hash));
  for (size_t i = 0; i < value_count(edition->facts); i++)
    value_set(facts, edition->facts.map->entries[i].key, edition->facts.map->entries[i].value);
  return facts;
}

/* With a full disk the ledger ends as it did before. */
static bool add_line(Archive *archive, Arena *scratch, Value facts) {
  Str line = ledger_line(scratch, archive->count + 1, archive->last_hash, facts);
  int error = os_append_durable(archive->ledger.path, STR_CONCAT(scratch, line, STR("\n")));
  if (error) {
    os_truncate_durable(archive->ledger.path, archive->bytes);
    return report_write(archive, archive->ledger.path, error);
  }
  archive->count++;
  archive->bytes += line.len + 1;
  archive->last_hash = sha256_hex(archive->arena, line);
  return true;
}

static bool is_latest(const Archive *archive, Str name, Str pdf_hash, Str text_hash) {
  size_t at = map_find(&archive->latest, name);
  if (at == STR_NONE) return false;
  const LedgerLine *line = &archive->ledger.lines[at];
  return str_equal(line->pdf, pdf_hash) && str_equal(line->text, text_hash);
}

bool archive_keep(Archive *archive, Arena *scratch, const Edition *edition) {
  if (!archive->folder.len) return true;
  Str pdf_hash = sha256_hex(scratch, edition->pdf);
  Str text_hash = sha256_hex(scratch, edition->text);
  if (is_latest(archive, edition->name, pdf_hash, text_hash)) return true;
  return bring_in(archive, scratch, edition->pdf, pdf_hash, ".pdf") &&
         bring_in(archive, scratch, edition->text, text_hash, ".txt") &&
         add_line(archive, scratch, facts_of(archive, scratch, edition, pdf_hash, text_hash)) &&
         settle(archive, scratch, pdf_hash, ".pdf") && settle(archive, scratch, text_hash, ".txt");
}

/* --- reading and checking --- */

/* Where an edition is: an interrupted run may have left it in incoming/. */
static Str find_edition(Arena *arena, Str folder, Str hash, const char *ending) {
  Str path = archive_edition_path(arena, folder, hash, ending);
  Str incoming = place(arena, folder, "incoming", hash, ending);
  return os_stat(path).kind == OS_NOTHING && os_stat(incoming).kind != OS_NOTHING ? incoming : path;
}

bool archive_read_edition(Arena *arena, Str folder, const LedgerLine *line, bool text, DiagList *diags, Str *bytes) {
  Str hash = text ? line->text : line->pdf;
  Str path = find_edition(arena, folder, hash, text ? ".txt" : ".pdf");
  int error = os_read_file(arena, path, EDITION_BYTES_MOST, bytes);
  if (error == ENOENT)
    DIAG(diags, LEDGER_EDITION_MISSING, line->span, path);
  else if (error)
    DIAG(diags, FILE_READ, ((Span){path, STR_NONE, 0}), os_error_text(error));
  else if (!str_equal(sha256_hex(arena, *bytes), hash))
    DIAG(diags, LEDGER_EDITION_CHANGED, line->span, path);
  else
    return true;
  return false;
}

/* What stands in editions/ and in no line: the end of the ledger is gone, or somebody put it there. */
static bool check_strays(Arena *arena, Str folder, const Ledger *ledger, DiagList *diags) {
  OsEntries entries;
  bool good = true;
  Map known = map_new(arena, ledger->count * 2);
  for (size_t i = 0; i < ledger->count; i++) {
    map_place(&known, ledger->lines[i].pdf, NULL);
    map_place(&known, ledger->lines[i].text, NULL);
  }
  if (os_list(arena, below(arena, folder, "editions"), &entries)) return true;
  for (size_t i = 0; i < entries.count; i++) {
    Str name = entries.items[i].path;
    Str path = STR_CONCAT(arena, folder, STR("/editions/"), name);
    if (map_find(&known, str_slice(name, 0, LEDGER_HASH)) != STR_NONE && name.len == LEDGER_HASH + 4) continue;
    DIAG(diags, LEDGER_STRAY, ((Span){path, STR_NONE, 0}));
    good = false;
  }
  return good;
}

bool archive_check(Arena *arena, Str folder, DiagList *diags, size_t *editions) {
  Ledger ledger;
  Str path = archive_ledger_path(arena, folder);
  *editions = 0;
  if (os_stat(path).kind == OS_NOTHING) {
    DIAG(diags, ARCHIVE_MISSING, ((Span){path, STR_NONE, 0}));
    return false;
  }
  ledger_read(arena, path, diags, &ledger);
  bool good = !ledger.broken;
  if (ledger.torn) DIAG(diags, LEDGER_TORN, ((Span){path, ledger.bytes, 1}));
  for (size_t i = 0; i < ledger.count; i++) {
    ArenaMark mark = arena_mark(arena);
    Str bytes;
    bool whole = archive_read_edition(arena, folder, &ledger.lines[i], false, diags, &bytes);
    whole = archive_read_edition(arena, folder, &ledger.lines[i], true, diags, &bytes) && whole;
    good = good && whole;
    if (whole) arena_rewind(arena, mark);
  }
  *editions = ledger.count;
  return check_strays(arena, folder, &ledger, diags) && good && !ledger.torn;
}
