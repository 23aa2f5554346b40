#include "site/rebuild.h"

#include "data/pack.h"
#include "os/os.h"
#include "site/downloads.h"
#include "site/face.h"
#include "site/inputs.h"
#include "site/part.h"

#include <string.h>
#include <xxhash.h>

static const Str header = {"pamphlet known 1\n", 17};
enum { KNOWN_MOST = 1 << 30, FACE_MOST = 64 << 20 };

typedef struct Hash {
  uint64_t half[2];
} Hash;

/* What the last build knew of a page. */
typedef struct KnownPage {
  Hash file;
  Hash shown;
  Str face; /* empty: nothing but that there was such a file */
} KnownPage;

/* What it made of an output, as bytes in the file. */
typedef struct KnownOutput {
  Hash key;
  Hash bytes;
  uint64_t size;
} KnownOutput;

/* Written by the worker that read the page, read by the parent. */
typedef struct SeenPage {
  Hash file;
  Hash shown;
  Str face;    /* of a page that was known */
  bool kept;   /* it has one, made when it is written: all at once they would be 1 KB a page */
  bool failed; /* it has something that cannot be kept */
  bool moved;  /* its file was another one when it was read again */
  bool fresh;  /* its file was not known */
} SeenPage;

typedef struct Rebuild {
  Hash inputs;
  KnownPage *known; /* by page; NULL: the last build had other inputs, or there was none */
  Str outputs;      /* KnownOutput one after the other */
  Map by_key;
  SeenPage *seen; /* by page */
  Hash shown;     /* of the inputs and of all pages' shown parts */
  Hash texts;     /* of all pages' files */
  bool off;       /* a page has something that cannot be kept: nothing is remembered */
} Rebuild;

static Hash hash_of(Str bytes) {
  XXH128_hash_t hash = XXH3_128bits(bytes.s, bytes.len);
  return (Hash){{hash.high64, hash.low64}};
}

static bool same(Hash a, Hash b) {
  return a.half[0] == b.half[0] && a.half[1] == b.half[1];
}

static void add_hash(Buf *out, Hash hash) {
  buf_add(out, str_from((const char *)&hash, sizeof hash));
}

static Hash read_hash(Unpack *in) {
  Hash hash = {{0, 0}};
  Str bytes = unpack_bytes(in, sizeof hash);
  if (bytes.len) memcpy(&hash, bytes.s, sizeof hash);
  return hash;
}

/* --- the file --- */

static Str known_path(Arena *arena, Str state) {
  return STR_CONCAT(arena, state, STR("/known"));
}

static void read_pages(Rebuild *rebuild, Unpack *in, size_t count) {
  KnownPage *pages = ARENA_ARRAY(in->arena, KnownPage, count + 1);
  for (size_t i = 0; i < count; i++) {
    pages[i].file = read_hash(in);
    pages[i].shown = read_hash(in);
    pages[i].face = unpack_text(in);
  }
  rebuild->known = pages;
}

static void read_outputs(Rebuild *rebuild, Unpack *in) {
  size_t count = unpack_count(in);
  rebuild->outputs = unpack_bytes(in, count * sizeof(KnownOutput));
  rebuild->by_key = map_new(in->arena, count);
  for (size_t i = 0; !in->bad && i < count; i++) {
    size_t at = i * sizeof(KnownOutput);
    *map_place(&rebuild->by_key, str_slice(rebuild->outputs, at, at + sizeof(Hash)), NULL) = at;
  }
}

static void read_known(Site *site, Rebuild *rebuild) {
  Arena *arena = site->arena;
  Str path = known_path(arena, part_state(arena, site->options));
  Str text;
  if (os_read_file(arena, path, KNOWN_MOST, &text) || !str_starts(text, header)) return;
  Unpack in = {.arena = arena, .rest = str_skip(text, header.len)};
  Hash sum = read_hash(&in);
  if (in.bad || !same(sum, hash_of(in.rest))) return;
  Hash inputs = read_hash(&in);
  size_t count = unpack_count(&in);
  if (!same(inputs, rebuild->inputs) || count != site->page_count) return;
  read_pages(rebuild, &in, count);
  read_outputs(rebuild, &in);
  if (!in.bad) return;
  rebuild->known = NULL;
  rebuild->by_key = map_new(arena, 0);
}

void rebuild_open(Site *site) {
  const BuildOptions *options = site->options;
  if (!options->rebuild || options->stats) return;
  Rebuild *rebuild = ARENA_NEW(site->arena, Rebuild);
  bool touched;
  if (!site_inputs(site, rebuild->inputs.half, &touched)) return;
  rebuild->seen = ARENA_ARRAY(site->arena, SeenPage, site->page_count + 1);
  rebuild->by_key = map_new(site->arena, 0);
  if (!options->fresh) read_known(site, rebuild);
  site->rebuild = rebuild;
}

/* --- pages --- */

bool rebuild_know_page(void *context, const PageMemory *memory, Str text, Page *page) {
  const Site *site = context;
  const Rebuild *rebuild = site->rebuild;
  size_t index = page->file->page;
  SeenPage *seen = &rebuild->seen[index];
  const KnownPage *known = rebuild->known ? &rebuild->known[index] : NULL;
  *seen = (SeenPage){.file = hash_of(text)};
  seen->fresh = !known || !same(known->file, seen->file);
  if (seen->fresh || !known->face.len) return false;
  Page plain = *page;
  if (!face_read(known->face, site->page_count, memory->arena, page)) {
    *page = plain;
    return false;
  }
  *seen = (SeenPage){.file = known->file, .shown = known->shown, .face = known->face};
  return true;
}

void rebuild_keep_page(Site *site, const PageMemory *memory, Page *page, const DiagList *diags) {
  SeenPage *seen = &site->rebuild->seen[page->file->page];
  if (page->slim) return;
  Buf shown = buf_new(memory->scratch, KNOWN_MOST);
  seen->failed = !face_write_shown(page, &shown) || shown.over;
  seen->shown = hash_of(buf_str(&shown));
  /* What is not published stays out of the folder that is. */
  seen->kept = !page->draft && !page->saw_pictures && !diags->count && !diags->dropped;
}

bool rebuild_see_page(void *context, const PageMemory *memory, Str text, Page *page) {
  (void)memory;
  SeenPage *seen = &((const Site *)context)->rebuild->seen[page->file->page];
  seen->moved = !same(seen->file, hash_of(text));
  return false;
}

bool rebuild_is_stale(const Site *site) {
  for (size_t i = 0; site->rebuild && i < site->page_count; i++)
    if (site->rebuild->seen[i].moved) return true;
  return false;
}

/* A fallback shows its original's text. */
static void complete_fallbacks(Site *site) {
  for (size_t i = 0; i < site->fallback_count; i++) {
    Page *page = &site->fallbacks[i];
    page->doc = page->original->doc;
    page->slim = page->original->slim;
  }
}

static void complete(Site *site, const bool *wanted) {
  size_t *which = ARENA_ARRAY(site->arena, size_t, site->page_count + 1);
  size_t count = 0;
  for (size_t i = 0; i < site->page_count; i++)
    if (site->pages[i].slim && (!wanted || wanted[i])) which[count++] = i;
  if (!count) return;
  for (size_t i = 0; i < count; i++) site->rebuild->seen[which[i]].moved = true; /* until it is seen that it is not */
  site_load_texts(site, which, count);
  complete_fallbacks(site);
}

void rebuild_complete(Site *site) {
  if (site->rebuild) complete(site, NULL);
}

/* --- outputs --- */

static void add_downloads(const Site *site, Buf *out) {
  const Downloads *downloads = site->downloads;
  if (!downloads) return;
  for (size_t i = 0; i < downloads->printed.count; i++) {
    const Handout *handout = &downloads->printed.items[i];
    pack_text(out, handout->pdf);
    pack_text(out, handout->id);
    pack_text(out, handout->lang);
    pack_text(out, handout->title);
    pack_number(out, handout->kind);
    pack_number(out, handout->options.paper);
    pack_number(out, handout->options.large_print);
    pack_number(out, handout->pages);
    pack_number(out, handout->bytes);
  }
}

/* What the keys of all outputs have in common. False: a page has something that cannot be told. */
static bool sum_up(Site *site) {
  Rebuild *rebuild = site->rebuild;
  Buf shown = buf_new(site->arena, KNOWN_MOST);
  add_hash(&shown, rebuild->inputs);
  for (size_t i = 0; i < site->page_count; i++) {
    if (rebuild->seen[i].failed) return false;
    add_hash(&shown, rebuild->seen[i].shown);
  }
  add_downloads(site, &shown);
  rebuild->shown = hash_of(buf_str(&shown));
  shown.len = 0;
  for (size_t i = 0; i < site->page_count; i++) add_hash(&shown, rebuild->seen[i].file);
  rebuild->texts = hash_of(buf_str(&shown));
  return true;
}

static bool is_page_of_author(const Site *site, const Page *page) {
  return page && page >= site->pages && page < site->pages + site->page_count;
}

/* `wide`: its template shows what the texts of other pages give. */
static Hash output_key(const Site *site, Arena *scratch, const Output *output, bool wide) {
  const Rebuild *rebuild = site->rebuild;
  ArenaMark mark = arena_mark(scratch);
  Buf text = buf_new(scratch, KNOWN_MOST);
  add_hash(&text, rebuild->shown);
  pack_number(&text, wide);
  if (wide) add_hash(&text, rebuild->texts);
  pack_text(&text, output->path);
  pack_number(&text, output->kind);
  pack_number(&text, (uint64_t)output->number);
  const Page *page = output->page && output->page->original ? output->page->original : output->page;
  if (is_page_of_author(site, page)) {
    add_hash(&text, rebuild->seen[page - site->pages].file);
    for (size_t i = 0; page->asked_before && i < page->doc.faq_count; i++)
      pack_number(&text, page->asked_before[i]);
  }
  Hash key = hash_of(buf_str(&text));
  arena_rewind(scratch, mark);
  return key;
}

/* Bytes that are at hand or have to be looked at in any case. */
static bool is_always_made(const Output *output) {
  return output->kind == OUTPUT_COPY || output->kind == OUTPUT_BYTES;
}

static bool find_output(const Site *site, Hash key, KnownOutput *known) {
  size_t at = map_find(&site->rebuild->by_key, str_from((const char *)&key, sizeof key));
  if (at == STR_NONE) return false;
  memcpy(known, site->rebuild->outputs.s + at, sizeof *known);
  return true;
}

/* It is known what it would become, and that is in its place. */
static bool is_there(const Site *site, const Publication *publication, Arena *scratch, Output *output) {
  KnownOutput known;
  if (is_always_made(output) || !site->rebuild->by_key.count) return false;
  for (int wide = 0; wide < 2; wide++) {
    if (!find_output(site, output_key(site, scratch, output, wide), &known)) continue;
    output->sight.wide = wide;
    return publish_keep(publication, output, known.bytes.half, known.size, scratch);
  }
  return false;
}

/* The pages whose text an output shows, as far as can be told before it is rendered. */
static void want_texts(const Site *site, const Output *output, bool *wanted) {
  const Page *page = output->page && output->page->original ? output->page->original : output->page;
  if (is_page_of_author(site, page)) wanted[page - site->pages] = true;
}

/* Templates that show more of other pages than could be known: rendered again with all texts. */
static void render_wide(Site *site, Publication *publication, const size_t *which, size_t count) {
  size_t *again = ARENA_ARRAY(site->arena, size_t, count + 1);
  size_t more = 0;
  for (size_t i = 0; i < count; i++)
    if (site->outputs[which[i]].sight.slim) again[more++] = which[i];
  if (!more) return;
  complete(site, NULL);
  site_render_some(site, publication, again, more);
}

void rebuild_render(Site *site, Publication *publication) {
  if (!site->rebuild || !sum_up(site)) {
    if (site->rebuild) site->rebuild->off = true;
    rebuild_complete(site);
    site_render(site, publication);
    return;
  }
  size_t *which = ARENA_ARRAY(site->arena, size_t, site->output_count + 1);
  bool *wanted = ARENA_ARRAY(site->arena, bool, site->page_count + 1);
  size_t count = 0;
  Arena scratch = arena_reserve((size_t)1 << 20);
  for (size_t i = 0; i < site->output_count; i++) {
    if (is_there(site, publication, &scratch, &site->outputs[i])) continue;
    which[count++] = i;
    want_texts(site, &site->outputs[i], wanted);
  }
  arena_release(&scratch);
  complete(site, wanted);
  site_render_some(site, publication, which, count);
  render_wide(site, publication, which, count);
}

/* --- what is known now --- */

static Str face_of(const Site *site, size_t index, Arena *scratch) {
  const SeenPage *seen = &site->rebuild->seen[index];
  const Page *page = &site->pages[index];
  if (seen->face.len || !seen->kept) return seen->face;
  Buf face = buf_new(scratch, FACE_MOST);
  bool whole = face_write_shown(page, &face) && face_write_checked(page, &face) && !face.over;
  return whole ? buf_str(&face) : (Str){"", 0};
}

static void add_pages(const Site *site, Buf *out) {
  Arena scratch = arena_reserve((size_t)FACE_MOST * 3);
  pack_number(out, site->page_count);
  for (size_t i = 0; i < site->page_count; i++) {
    const SeenPage *seen = &site->rebuild->seen[i];
    add_hash(out, seen->file);
    add_hash(out, seen->shown);
    pack_text(out, face_of(site, i, &scratch));
    arena_rewind(&scratch, (ArenaMark){scratch.begin});
  }
  arena_release(&scratch);
}

static void add_outputs(const Site *site, Buf *out) {
  Arena scratch = arena_reserve((size_t)1 << 20);
  Buf records = buf_new(site->arena, KNOWN_MOST);
  for (size_t i = 0; i < site->output_count; i++) {
    const Output *output = &site->outputs[i];
    if (is_always_made(output) || output->reported) continue;
    KnownOutput known = {.key = output_key(site, &scratch, output, output->sight.wide),
                         .bytes = {{output->hash[0], output->hash[1]}},
                         .size = output->size};
    buf_add(&records, str_from((const char *)&known, sizeof known));
  }
  arena_release(&scratch);
  pack_number(out, records.len / sizeof(KnownOutput));
  buf_add(out, buf_str(&records));
}

static bool is_new(const Site *site) {
  for (size_t i = 0; i < site->page_count; i++)
    if (site->rebuild->seen[i].fresh) return true;
  for (size_t i = 0; i < site->output_count; i++)
    if (site->outputs[i].rendered && !site->outputs[i].reported) return true;
  return false;
}

void rebuild_write(const Site *site, Str state) {
  Hash inputs = {{0, 0}};
  if (!site->rebuild || site->rebuild->off || !is_new(site)) return;
  /* A file of the theme or a data file that was saved meanwhile may have been read before or after. */
  bool touched;
  if (!site_inputs(site, inputs.half, &touched) || touched || !same(inputs, site->rebuild->inputs)) return;
  Buf text = buf_new(site->arena, KNOWN_MOST);
  Hash sum = {{0, 0}};
  buf_add(&text, header);
  add_hash(&text, sum);
  add_hash(&text, inputs);
  add_pages(site, &text);
  add_outputs(site, &text);
  if (text.over) return;
  sum = hash_of(str_skip(buf_str(&text), header.len + sizeof sum));
  memcpy(text.s + header.len, &sum, sizeof sum);
  Str fresh = STR_CONCAT(site->arena, state, STR("/known.new"));
  int error = os_write_file(fresh, buf_str(&text), NULL);
  if (!error) error = os_rename(fresh, known_path(site->arena, state));
  if (error) os_remove_file(fresh);
}
