/* The floor under any generator that uses cmark-gfm: read, parse, render, write, and nothing else.
 *
 *   floor CONTENT OUT [--jobs N] [--bytes N]
 *
 * Every Markdown file below CONTENT goes, without its front matter, through cmark-gfm with the extensions and options
 * that pamphlet uses, into OUT/<its path>/index.html. A page is filled up to --bytes with spaces, so that the kernel
 * gets as much to write as from a generator with a theme around the text. Forked workers take contiguous parts of the
 * list. No error handling beyond stopping: this is a measure, not a tool. */
#define _GNU_SOURCE
#include <cmark-gfm-core-extensions.h>
#include <cmark-gfm.h>
#include <fcntl.h>
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

enum {
  PATH_MOST = 4096,
  FILE_MOST = 1 << 20,   /* of a source; the bench's have about 5 KB */
  BUMP_BYTES = 64 << 20, /* for the tree of one page; a page of 4 KB takes about 100 KB */
  DESCRIPTORS = 32       /* that nftw may hold open */
};

static void stop(const char *what) {
  perror(what);
  exit(1);
}

/* cmark_mem carries no context, so the allocator's state is global; each worker has its own after the fork. */
static char *bump_base;
static size_t bump_used;

static void *bump_take(size_t size) {
  size_t bytes = (size + 31) & ~(size_t)15; /* 16 in front hold the size, for realloc */
  if (bump_used + bytes > BUMP_BYTES) stop("bump allocator");
  char *at = bump_base + bump_used;
  bump_used += bytes;
  *(size_t *)(void *)at = size;
  return at + 16;
}

static void *bump_calloc(size_t count, size_t size) {
  return memset(bump_take(count * size), 0, count * size);
}

/* In place when nothing was taken since, as with the buffer that the HTML grows in. */
static void *bump_realloc(void *old, size_t size) {
  if (!old) return bump_take(size);
  char *at = (char *)old - 16;
  size_t had = *(size_t *)(void *)at;
  if (at + ((had + 31) & ~(size_t)15) == bump_base + bump_used) {
    bump_used = (size_t)(at - bump_base);
    return bump_take(size);
  }
  return memcpy(bump_take(size), old, had < size ? had : size);
}

static void bump_free(void *pointer) {
  (void)pointer;
}

static cmark_mem bump = {bump_calloc, bump_realloc, bump_free};

/* The list of sources; nftw's callback has no context either. */
static char **list;
static size_t list_count, list_room;

static int collect(const char *path, const struct stat *status, int type, struct FTW *walk) {
  (void)status;
  (void)walk;
  size_t length = strlen(path);
  if (type != FTW_F || length < 4 || strcmp(path + length - 3, ".md") != 0) return 0;
  if (list_count == list_room) {
    list_room = list_room ? 2 * list_room : 1024;
    list = realloc(list, list_room * sizeof *list);
    if (!list) stop("list");
  }
  list[list_count++] = strdup(path);
  return 0;
}

static size_t read_file(const char *path, char *bytes) {
  int in = open(path, O_RDONLY);
  if (in < 0) stop(path);
  ssize_t got = read(in, bytes, FILE_MOST);
  if (got < 0) stop(path);
  close(in);
  return (size_t)got;
}

/* Where the Markdown begins: after the line that closes the front matter. */
static size_t skip_front_matter(const char *bytes, size_t length) {
  if (length < 4 || memcmp(bytes, "---\n", 4) != 0) return 0;
  const char *end = memmem(bytes + 3, length - 3, "\n---\n", 5);
  return end ? (size_t)(end - bytes) + 5 : 0;
}

static char *render(const char *bytes, size_t length) {
  static const char *const names[] = {"table", "strikethrough", "autolink", "tasklist"};
  int options = CMARK_OPT_SMART | CMARK_OPT_FOOTNOTES;
  bump_used = 0;
  cmark_parser *parser = cmark_parser_new_with_mem(options, &bump);
  for (size_t i = 0; i < sizeof names / sizeof *names; i++)
    cmark_parser_attach_syntax_extension(parser, cmark_find_syntax_extension(names[i]));
  cmark_parser_feed(parser, bytes, length);
  cmark_node *document = cmark_parser_finish(parser);
  return cmark_render_html_with_mem(document, options, cmark_parser_get_syntax_extensions(parser), &bump);
}

/* section/page.md goes to OUT/section/page/index.html, section/_index.md to OUT/section/index.html. */
static void write_page(const char *out, const char *relative, const char *html, size_t fill) {
  static char spaces[1 << 16];
  char path[PATH_MOST];
  if (!spaces[0]) memset(spaces, ' ', sizeof spaces);
  int length = snprintf(path, sizeof path, "%s/%s", out, relative) - 3;
  const char *index = "_index";
  if (length > 6 && memcmp(path + length - 6, index, 6) == 0) length -= 7;
  path[length] = 0;
  char *slash = strrchr(path, '/');
  if (mkdir(path, 0777) != 0 && slash) { /* there already, or its parent is not: sections come up once each */
    *slash = 0;
    mkdir(path, 0777);
    *slash = '/';
    mkdir(path, 0777);
  }
  memcpy(path + length, "/index.html", sizeof "/index.html");
  int to = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
  if (to < 0) stop(path);
  size_t bytes = strlen(html);
  static char page[FILE_MOST * 2];
  if (bytes > sizeof page) stop("page");
  memcpy(page, html, bytes);
  while (bytes < fill && bytes < sizeof page) {
    size_t part = fill - bytes < sizeof spaces ? fill - bytes : sizeof spaces;
    if (part > sizeof page - bytes) part = sizeof page - bytes;
    memcpy(page + bytes, spaces, part);
    bytes += part;
  }
  if (write(to, page, bytes) != (ssize_t)bytes) stop(path);
  close(to);
}

static void work(const char *content, const char *out, size_t fill, size_t worker, size_t workers) {
  static char bytes[FILE_MOST];
  bump_base = mmap(NULL, BUMP_BYTES, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
  if (bump_base == MAP_FAILED) stop("mmap");
  for (size_t i = list_count * worker / workers; i < list_count * (worker + 1) / workers; i++) {
    size_t length = read_file(list[i], bytes);
    size_t begin = skip_front_matter(bytes, length);
    write_page(out, list[i] + strlen(content) + 1, render(bytes + begin, length - begin), fill);
  }
}

int main(int argc, char **argv) {
  size_t jobs = (size_t)sysconf(_SC_NPROCESSORS_ONLN), fill = 0;
  if (argc < 3) {
    fprintf(stderr, "usage: floor CONTENT OUT [--jobs N] [--bytes N]\n");
    return 2;
  }
  for (int i = 3; i + 1 < argc; i += 2) {
    size_t value = strtoul(argv[i + 1], NULL, 10);
    if (strcmp(argv[i], "--jobs") == 0) jobs = value ? value : 1;
    if (strcmp(argv[i], "--bytes") == 0) fill = value;
  }
  cmark_gfm_core_extensions_ensure_registered();
  if (nftw(argv[1], collect, DESCRIPTORS, FTW_PHYS) != 0) stop(argv[1]);
  mkdir(argv[2], 0777);
  for (size_t worker = 1; worker < jobs; worker++) {
    if (fork() == 0) {
      work(argv[1], argv[2], fill, worker, jobs);
      return 0;
    }
  }
  work(argv[1], argv[2], fill, 0, jobs);
  int status, failed = 0;
  while (wait(&status) > 0) failed |= status;
  return failed ? 1 : 0;
}
