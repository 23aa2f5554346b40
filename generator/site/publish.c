#include "site/publish.h"

#include "os/durable.h"
#include "os/os.h"
#include "site/part.h"

#include <errno.h>
#include <string.h>
#include <xxhash.h>

static Str below(Arena *arena, Str folder, Str path) {
  return STR_CONCAT(arena, folder, STR("/"), path);
}

static void report(DiagList *diags, Str path, int error) {
  DIAG(diags, PUBLISH_WRITE, ((Span){path, STR_NONE, 0}), os_error_text(error));
}

/* Something was published by the lists in this folder, or begun to be. */
static bool has_list(Arena *arena, Str state) {
  return os_stat(below(arena, state, STR("manifest"))).kind != OS_NOTHING ||
         os_stat(below(arena, state, STR("manifest.next"))).kind != OS_NOTHING;
}

static bool has_parts(Arena *arena, Str parts) {
  OsEntries entries = {0};
  if (os_list(arena, parts, &entries)) return false;
  for (size_t i = 0; i < entries.count; i++)
    if (has_list(arena, below(arena, parts, entries.items[i].path))) return true;
  return false;
}

/* Where the list and the stage are: a part has its own. False: reported. */
static bool find_state(Publication *publication, const BuildOptions *options) {
  Arena *arena = publication->arena;
  publication->top = below(arena, publication->out, STR(".pamphlet"));
  publication->state = part_state(arena, options);
  Str parts = below(arena, publication->top, STR("parts"));
  bool whole = part_is_whole(options);
  if (whole ? !has_parts(arena, parts) : !has_list(arena, publication->top)) return true;
  DIAG(publication->diags, PUBLISH_MIXED, ((Span){publication->out, STR_NONE, 0}),
       whole ? STR("parts of the site were") : STR("the whole site was"), whole ? STR("the whole") : STR("the part"));
  return false;
}

bool publish_open(Arena *arena, const BuildOptions *options, DiagList *diags, Publication *publication) {
  *publication = (Publication){.out = options->out, .arena = arena, .diags = diags};
  if (!find_state(publication, options)) return false;
  publication->stage = below(arena, publication->state, STR("stage"));
  int error = os_make_folders(publication->state);
  Str lock = below(arena, publication->top, STR("lock"));
  if (!error) error = os_lock(lock, &publication->lock);
  if (error == EWOULDBLOCK) {
    DIAG(diags, PUBLISH_LOCK, ((Span){options->out, STR_NONE, 0}));
    return false;
  }
  if (!error) error = os_remove_tree(arena, publication->stage); /* what a killed build left */
  if (!error) error = os_make_folder(publication->stage);
  if (error) {
    report(diags, publication->state, error);
    return false;
  }
  publication->next = below(arena, publication->state, STR("manifest.next"));
  publication->fresh = below(arena, publication->state, STR("manifest.new"));
  publication->both = below(arena, publication->state, STR("manifest.begun"));
  os_remove_file(publication->fresh); /* of a killed build; mostly there is none */
  os_remove_file(publication->both);
  manifest_read(arena, below(arena, publication->state, STR("manifest")), diags, &publication->before);
  manifest_read(arena, publication->next, diags, &publication->begun);
  return true;
}

static bool is_as_recorded(const ManifestEntry *entry, OsStat there) {
  return entry && there.kind == OS_FILE && there.size == entry->size && there.mtime_ns == entry->mtime_ns;
}

static void keep(Output *output, OsStat there) {
  output->state = OUTPUT_SAME;
  output->mtime_ns = there.mtime_ns;
}

static void stage(const Publication *publication, Output *output, Str bytes, Worker *worker) {
  Str path = below(worker->scratch, publication->stage, output->path);
  OsStat written;
  /* Most outputs are the only file of their folder. */
  int error = os_make_folders(str_slice(path, 0, str_find_last_byte(path, '/')));
  if (!error) error = os_write_file(path, bytes, &written);
  if (error) {
    report(worker->diags, below(worker->shared, publication->out, output->path), error);
    return;
  }
  output->state = OUTPUT_STAGED;
  output->mtime_ns = written.mtime_ns;
}

bool publish_keep(const Publication *publication, Output *output, const uint64_t hash[2], uint64_t size,
                  Arena *scratch) {
  const ManifestEntry *before = manifest_find(&publication->before, output->path);
  if (!before || before->size != size || before->hash[0] != hash[0] || before->hash[1] != hash[1]) return false;
  ArenaMark mark = arena_mark(scratch);
  OsStat there = os_stat(below(scratch, publication->out, output->path));
  arena_rewind(scratch, mark);
  if (!is_as_recorded(before, there)) return false;
  output->hash[0] = hash[0];
  output->hash[1] = hash[1];
  output->size = size;
  keep(output, there);
  return true;
}

void publish_output(const Publication *publication, Output *output, Str bytes, Worker *worker) {
  XXH128_hash_t hash = XXH3_128bits(bytes.s, bytes.len);
  output->hash[0] = hash.high64;
  output->hash[1] = hash.low64;
  output->size = bytes.len;
  output->state = OUTPUT_FAILED;
  Str target = below(worker->scratch, publication->out, output->path);
  const ManifestEntry *before = manifest_find(&publication->before, output->path);
  OsStat there = os_stat(target);
  if (is_as_recorded(before, there) && before->hash[0] == output->hash[0] && before->hash[1] == output->hash[1]) {
    keep(output, there);
    return;
  }
  bool ours = before || manifest_find(&publication->begun, output->path);
  if (!ours && there.kind != OS_NOTHING) {
    Str present = {"", 0};
    bool same = there.kind == OS_FILE && there.size == bytes.len &&
                os_read_file(worker->scratch, target, bytes.len, &present) == 0 && str_equal(present, bytes);
    if (same) {
      keep(output, there);
      return;
    }
    DIAG(worker->diags, PUBLISH_FOREIGN, ((Span){str_copy(worker->shared, target), STR_NONE, 0}));
    return;
  }
  stage(publication, output, bytes, worker);
}

/* What publish_commit() carries through the stage. */
typedef struct Move {
  Publication *publication;
  bool good;
} Move;

static bool is_page(Str path) {
  return str_ends(path, STR(".html"));
}

static void fail_move(Move *move, Str path, int error) {
  report(move->publication->diags, path, error);
  move->good = false;
}

/* False: a folder that cannot be renamed as a whole, since its place is on another file system. */
static bool rename_into_place(Move *move, Str path, bool is_folder) {
  Publication *publication = move->publication;
  Str from = below(publication->arena, publication->stage, path);
  Str to = below(publication->arena, publication->out, path);
  int error = os_rename(from, to);
  if (error == EXDEV && is_folder) {
    error = os_make_folder(to);
    if (!error) return false;
  }
  if (error == EXDEV) error = os_move_across(from, to);
  if (error) fail_move(move, to, error);
  return true;
}

/* What no page must be seen without, style sheets and pictures, goes first. A file that is alone in its folder and not
 * a page has no folder yet. Where nothing was published before, nobody is reading. */
static void move_assets(Move *move, const Site *site) {
  Publication *publication = move->publication;
  if (!publication->before.count) return;
  for (size_t i = 0; i < site->output_count && move->good; i++) {
    Str path = site->outputs[i].path;
    if (site->outputs[i].state != OUTPUT_STAGED || is_page(path)) continue;
    size_t slash = str_find_last_byte(path, '/');
    Str folder =
        slash == STR_NONE ? publication->out : below(publication->arena, publication->out, str_slice(path, 0, slash));
    int error = os_make_folders(folder);
    if (error) fail_move(move, folder, error);
    if (!error) rename_into_place(move, path, false);
  }
}

/* Renames what is left in `folder` of the stage. A folder that is not there yet is renamed as a whole. */
static void move_folder(Move *move, Str folder) {
  Arena *arena = move->publication->arena;
  Str from = folder.len ? below(arena, move->publication->stage, folder) : move->publication->stage;
  OsEntries entries;
  int error = os_list(arena, from, &entries);
  if (error) fail_move(move, from, error);
  for (size_t i = 0; i < entries.count && move->good; i++) {
    Str path = folder.len ? below(arena, folder, entries.items[i].path) : entries.items[i].path;
    bool is_folder = entries.items[i].stat.kind == OS_FOLDER;
    OsKind there = is_folder ? os_stat(below(arena, move->publication->out, path)).kind : OS_NOTHING;
    /* A link: the owner put this part of the site elsewhere. */
    if (there == OS_FOLDER || there == OS_LINK || !rename_into_place(move, path, is_folder)) move_folder(move, path);
  }
}

/* Folders that removal left empty go too, up to the top. */
static void remove_empty_folders(Publication *publication, Str path) {
  for (;;) {
    size_t slash = str_find_last_byte(path, '/');
    if (slash == STR_NONE) return;
    path = str_slice(path, 0, slash);
    if (os_remove_folder(below(publication->arena, publication->out, path))) return;
  }
}

/* A file of an earlier build that this one does not have. False: it stays, because somebody changed it. */
static bool remove_one(Publication *publication, const ManifestEntry *entry, BuildResult *result) {
  Str path = below(publication->arena, publication->out, entry->path);
  OsStat there = os_stat(path);
  if (there.kind == OS_NOTHING) return true;
  if (!is_as_recorded(entry, there)) return false;
  if (os_remove_file(path)) return true;
  result->removed++;
  remove_empty_folders(publication, entry->path);
  return true;
}

static void remove_gone(Publication *publication, const Site *site, BuildResult *result) {
  Arena *arena = publication->arena;
  Map now = map_new(arena, site->output_count);
  for (size_t i = 0; i < site->output_count; i++) *map_place(&now, site->outputs[i].path, NULL) = i;
  const Manifest *lists[] = {&publication->before, &publication->begun};
  /* A path may be in both lists, and in the second more than once, with another time each. */
  for (int pass = 0; pass < 2; pass++)
    for (size_t k = 0; k < 2; k++)
      for (size_t i = 0; i < lists[k]->count; i++) {
        const ManifestEntry *entry = &lists[k]->items[i];
        if (map_find(&now, entry->path) != STR_NONE || remove_one(publication, entry, result) || pass == 0) continue;
        DIAG(publication->diags, PUBLISH_KEPT, ((Span){below(arena, publication->out, entry->path), STR_NONE, 0}));
      }
}

/* Where a folder is to be and a file is, or the other way round: an earlier build's files make way, another's do not.
 */
static bool clear_way(Publication *publication, const Output *output, BuildResult *result) {
  Arena *arena = publication->arena;
  for (size_t end = 0; end < output->path.len;) {
    size_t slash = str_find_byte(str_skip(output->path, end + (end > 0)), '/');
    end = slash == STR_NONE ? output->path.len : end + (end > 0) + slash;
    Str path = str_slice(output->path, 0, end);
    bool folder = end < output->path.len;
    Str target = below(arena, publication->out, path);
    OsKind kind = os_stat(target).kind;
    if (kind == OS_NOTHING) return true;
    if (kind == OS_LINK && folder) kind = OS_FOLDER; /* the owner put this part of the site elsewhere */
    if (folder ? kind == OS_FOLDER : kind != OS_FOLDER) continue;
    Str inside = STR_CONCAT(arena, path, STR("/"));
    for (size_t i = 0; i < publication->before.count; i++) {
      const ManifestEntry *entry = &publication->before.items[i];
      if (str_equal(entry->path, path) || str_starts(entry->path, inside)) remove_one(publication, entry, result);
    }
    if (os_stat(target).kind == OS_NOTHING) return true;
    DIAG(publication->diags, PUBLISH_FOREIGN, ((Span){target, STR_NONE, 0}));
    return false;
  }
  return true;
}

/* The new list and what stopped builds may have put there besides: this one may be stopped too. */
static Str with_begun(const Publication *publication, Str text) {
  Buf all = buf_new(publication->arena, text.len + publication->begun.text.len);
  buf_add(&all, text);
  for (size_t i = 0; i < publication->begun.count; i++) manifest_add_line(&all, &publication->begun.items[i]);
  return buf_str(&all);
}

/* The list of what this build publishes, beside that of the last one, until all is in its place. *changed: it differs.
 */
static bool begin_manifest(Publication *publication, const Site *site, bool *changed) {
  Str text = manifest_text(publication->arena, site->outputs, site->output_count);
  *changed = !str_equal(text, publication->before.text) || publication->begun.count;
  if (!*changed) return true;
  int error = os_write_file(publication->fresh, text, NULL);
  if (!error) error = os_write_file(publication->both, with_begun(publication, text), NULL);
  if (!error) error = os_sync(publication->stage); /* renamed names must not outlive lost bytes */
  /* The list is on its medium before the first name that it tells of. */
  if (!error) error = os_rename_durable(publication->both, publication->next);
  if (error) report(publication->diags, publication->next, error);
  return !error;
}

void publish_close(Publication *publication) {
  os_remove_tree(publication->arena, publication->stage);
  os_unlock(publication->lock);
}

static bool put_into_place(Publication *publication, Site *site, BuildResult *result) {
  Move move = {.publication = publication, .good = true};
  bool changed = false;
  for (size_t i = 0; i < site->output_count; i++)
    if (site->outputs[i].state == OUTPUT_STAGED)
      move.good = clear_way(publication, &site->outputs[i], result) && move.good;
  if (!move.good || !begin_manifest(publication, site, &changed)) return false;
  if (!changed) return true;
  result->begun = true;
  move_assets(&move, site);
  if (move.good && result->written) move_folder(&move, (Str){"", 0});
  if (!move.good) return false;
  remove_gone(publication, site, result);
  Str list = below(publication->arena, publication->state, STR("manifest"));
  int error = os_sync(publication->state); /* nor may the list outlive a name */
  if (!error) error = os_rename_durable(publication->fresh, list);
  if (!error) error = os_remove_file(publication->next);
  if (error) report(publication->diags, list, error);
  return !error;
}

bool publish_commit(Publication *publication, Site *site, BuildResult *result) {
  for (size_t i = 0; i < site->output_count; i++) {
    result->written += site->outputs[i].state == OUTPUT_STAGED;
    result->unchanged += site->outputs[i].state == OUTPUT_SAME;
    result->rendered += site->outputs[i].rendered;
  }
  return put_into_place(publication, site, result);
}

void publish_abandon(Publication *publication) {
  bool first = publication->before.count == 0 && publication->begun.count == 0;
  publish_close(publication);
  if (!first) return;
  /* Nothing was ever published here: leave no trace. */
  if (!str_equal(publication->state, publication->top)) {
    os_remove_folder(publication->state);
    if (os_remove_folder(below(publication->arena, publication->top, STR("parts")))) return; /* other parts are there */
  }
  os_remove_file(below(publication->arena, publication->top, STR("lock")));
  os_remove_folder(publication->top);
}
