#include "site/publish.h"

#include "os/os.h"

#include <errno.h>
#include <string.h>
#include <xxhash.h>

static Str below(Arena *arena, Str folder, Str path) {
  return STR_CONCAT(arena, folder, STR("/"), path);
}

static void report(DiagList *diags, Str path, int error) {
  DIAG(diags, PUBLISH_WRITE, ((Span){path, STR_NONE, 0}), os_error_text(error));
}

bool publish_open(Arena *arena, Str out, DiagList *diags, Publication *publication) {
  *publication = (Publication){.out = out, .arena = arena, .diags = diags};
  publication->state = below(arena, out, STR(".pamphlet"));
  publication->stage = below(arena, publication->state, STR("stage"));
  int error = os_make_folders(publication->state);
  Str lock = below(arena, publication->state, STR("lock"));
  if (!error) error = os_lock(lock, &publication->lock);
  if (error == EWOULDBLOCK) {
    DIAG(diags, PUBLISH_LOCK, ((Span){out, STR_NONE, 0}));
    return false;
  }
  if (!error) error = os_remove_tree(arena, publication->stage); /* what a killed build left */
  if (!error) error = os_make_folder(publication->stage);
  if (error) {
    report(diags, publication->state, error);
    return false;
  }
  manifest_read(arena, below(arena, publication->state, STR("manifest")), diags, &publication->before);
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
  if (!before && there.kind != OS_NOTHING) {
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
  bool pages; /* second pass */
  bool good;
} Move;

static bool is_page(Str path) {
  return str_ends(path, STR(".html"));
}

static void rename_into_place(Move *move, Str from, Str to) {
  int error = os_rename(from, to);
  if (!error) return;
  report(move->publication->diags, to, error);
  move->good = false;
}

/* Renames what is in `folder` of the stage. A folder that is not there yet is renamed as a whole. First the files that
 * pages use, then the pages, so that no reader sees a page without its style sheet. */
static void move_folder(Move *move, Str folder) {
  Arena *arena = move->publication->arena;
  Str from = folder.len ? below(arena, move->publication->stage, folder) : move->publication->stage;
  OsEntries entries;
  int error = os_list(arena, from, &entries);
  if (error) {
    report(move->publication->diags, from, error);
    move->good = false;
    return;
  }
  for (size_t i = 0; i < entries.count; i++) {
    Str path = folder.len ? below(arena, folder, entries.items[i].path) : entries.items[i].path;
    Str source = below(arena, move->publication->stage, path);
    Str target = below(arena, move->publication->out, path);
    bool is_folder = entries.items[i].stat.kind == OS_FOLDER;
    bool assets = str_equal(path, STR("assets"));
    if (is_folder && os_stat(target).kind == OS_FOLDER)
      move_folder(move, path);
    else if (move->pages || assets || (!is_folder && !is_page(path)))
      rename_into_place(move, source, target);
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

static void remove_gone(Publication *publication, const Site *site, BuildResult *result) {
  Map now = map_new(publication->arena, site->output_count);
  for (size_t i = 0; i < site->output_count; i++) *map_place(&now, site->outputs[i].path, NULL) = i;
  for (size_t i = 0; i < publication->before.count; i++) {
    const ManifestEntry *entry = &publication->before.items[i];
    if (map_find(&now, entry->path) != STR_NONE) continue;
    Str path = below(publication->arena, publication->out, entry->path);
    OsStat there = os_stat(path);
    if (there.kind == OS_NOTHING) continue;
    if (!is_as_recorded(entry, there)) {
      DIAG(publication->diags, PUBLISH_KEPT, ((Span){path, STR_NONE, 0}));
      continue;
    }
    if (os_remove_file(path)) continue;
    result->removed++;
    remove_empty_folders(publication, entry->path);
  }
}

static bool write_manifest(Publication *publication, const Site *site) {
  Arena *arena = publication->arena;
  Str path = below(arena, publication->state, STR("manifest"));
  Str fresh = below(arena, publication->state, STR("manifest.new"));
  Str text = manifest_text(arena, site->outputs, site->output_count);
  if (str_equal(text, publication->before.text)) return true;
  int error = os_write_file(fresh, text, NULL);
  if (!error) error = os_rename(fresh, path);
  if (error) report(publication->diags, path, error);
  return !error;
}

static void close_publication(Publication *publication) {
  os_remove_tree(publication->arena, publication->stage);
  os_unlock(publication->lock);
}

bool publish_commit(Publication *publication, Site *site, BuildResult *result) {
  for (size_t i = 0; i < site->output_count; i++) {
    result->written += site->outputs[i].state == OUTPUT_STAGED;
    result->unchanged += site->outputs[i].state == OUTPUT_SAME;
  }
  Move move = {.publication = publication, .good = true};
  if (result->written) {
    int error = os_sync(publication->stage); /* renamed names must not outlive lost bytes */
    if (error) {
      report(publication->diags, publication->stage, error);
      move.good = false;
    }
  }
  for (int pass = 0; pass < 2 && move.good && result->written; pass++) {
    move.pages = pass == 1;
    move_folder(&move, (Str){"", 0});
  }
  if (move.good) {
    remove_gone(publication, site, result);
    move.good = write_manifest(publication, site);
  }
  close_publication(publication);
  return move.good;
}

void publish_abandon(Publication *publication) {
  bool first = publication->before.count == 0;
  close_publication(publication);
  if (!first) return;
  /* Nothing was ever published here: leave no trace. */
  os_remove_file(below(publication->arena, publication->state, STR("lock")));
  os_remove_folder(publication->state);
}
