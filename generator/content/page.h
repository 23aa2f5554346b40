/* A page: one Markdown file, read on its own.
 *
 * page_load() reads the file, splits the front matter, checks it, and turns the Markdown into HTML with its outline,
 * plain text and links. It knows the table of files (so that links become URLs) and nothing of the other pages'
 * content: what it can't know yet (does the anchor exist, is the target a draft) it leaves in `links` for the site to
 * check.
 *
 * Units: paths as in content/files.h; spans count from the file's start.
 * Owner: everything a Page points to is in the arena given, shared memory when a worker loads it.
 * Failure: reported; `broken` is set when there is nothing that could be rendered. */
#ifndef PAMPHLET_CONTENT_PAGE_H
#define PAMPHLET_CONTENT_PAGE_H

#include "content/files.h"
#include "content/shape.h"
#include "markdown/markdown.h"
#include "markdown/pieces.h"

typedef struct PageLink {
  size_t page;  /* index of the target among pages */
  Str fragment; /* without '#', decoded; empty for the page as a whole */
  Span span;
  const PieceUse *use; /* where the snippet with the link is used, or NULL */
} PageLink;

typedef struct Page {
  const ContentFile *file;
  Str path;      /* as shown to people: "content/car-t/after.md" */
  uint64_t head; /* of the bytes of its front matter: the same when they are */
  Value meta;    /* the front matter, checked, and what its section's cascade adds; a map */
  Value
      inherited; /* the keys of `meta` that come from a cascade, each with the path of its file; a map, or undefined */
  MarkdownDoc doc;      /* without its text, summary and blocks, which only PageLoader.look sees: they are a fifth of a
                           page's memory */
  const Pieces *pieces; /* the files that the text was put together from; NULL: this one alone */
  Str title;
  Str description;
  Str kind;
  Value about; /* what machines are told of its subject (schema/about.h), or undefined */
  PageLink *links;
  size_t link_count;
  int64_t weight;
  bool broken;
  bool draft;
  bool saw_pictures;               /* it was checked by the bytes of other files than its own */
  bool slim;                       /* `doc` is not whole: the site knows the page from an earlier build (site/face.h) */
  const struct Page *original;     /* of a fallback: the page whose text it shows; else NULL */
  const struct ParityText *parity; /* check/parity.h; NULL when the site has one language */

  /* Set when the site is connected: pages by index, or NULL. */
  struct Page *parent;
  struct Page *prev;
  struct Page *next;
  struct Page **children; /* in their order */
  size_t child_count;
  struct Page *
      *translations; /* all languages of this page, in site.yaml's order, this one too; NULL when there is one */
  size_t translation_count;
  const struct TermUse *terms; /* site/terms.h; in the order of the taxonomies, as written */
  size_t term_count;
  const struct Term *term;         /* of the page that lists the pages of a term */
  const struct TermList *taxonomy; /* of the page that lists the terms of a taxonomy */
  const bool *asked_before;        /* of its questions, which another page tells machines of; NULL: none */
  bool generated;                  /* made by the generator, not from a file */
} Page;

/* What pages of one language may use. */
typedef struct PageData {
  Value clinic;
  Value facts;
  Value site;         /* what `{{ site.… }}` may use */
  Str name;           /* the language's own, "Español" */
  Value glossary;     /* glossary_in_language() */
  const Terms *terms; /* of it; NULL for none */
  Str dir;            /* "ltr" or "rtl" */
  bool rtl;
} PageData;

/* Of a kind that people act on: treatment, condition, procedure, faq. */
bool page_kind_is_clinical(Str kind);
/* Its front matter says so, or it is of such a kind and the front matter does not say otherwise. */
bool page_is_handout(Str kind, Value meta);

struct PageMemory;
typedef struct Cascades Cascades; /* content/cascade.h */
struct Glossary;                  /* content/glossary.h */
typedef struct Snippets Snippets; /* content/snippets.h */

/* The keys of a front matter and of a `cascade` in it, with the taxonomies of the site. */
typedef struct FrontMatterKeys {
  Shape page;
  Shape cascade;
} FrontMatterKeys;

typedef struct PageLoader {
  const ContentFiles *files;
  const SiteSettings *settings;
  const PageData *data; /* by language */
  const FrontMatterKeys *keys;
  const Cascades *cascades;
  const struct Glossary *glossary;
  const Snippets *snippets; /* NULL for none */
  Value phones;             /* clinic_phones() */
  Value icons;
  Value (*words)(void *context, Str lang); /* a theme's words */
  void *words_context;
  bool blocks; /* fill MarkdownDoc.blocks */
  /* A look at the finished page with its text, the last moment to take something from that; NULL for none. */
  void (*look)(void *context, const struct PageMemory *memory, const MarkdownText *text, struct Page *page);
  void *look_context;
  /* After the text was read: what is known of it already is put into the page, and it is not looked at; NULL for
   * nothing. */
  bool (*known)(void *context, const struct PageMemory *memory, Str text, struct Page *page);
  void *known_context;
  /* What the checks above want to know of a page's source; NULL for nothing. */
  const struct ParityText *(*inspect)(const struct PageMemory *memory, const MarkdownText *text, Value meta,
                                      const PageData *data);
} PageLoader;

typedef struct PageMemory {
  Arena *arena;
  Arena *scratch;
  DiagList *diags;
} PageMemory;

void page_load(const PageLoader *loader, const ContentFile *file, const PageMemory *memory, Page *page);

/* Where a value of the front matter stands; of one that was taken from a cascade, the page as a whole. */
Span page_span(const Page *page, Str key, Value value);
/* Adds to the last report where such a value was taken from. */
void page_note_origin(const Page *page, Str key, Value value, DiagList *diags);

/* The file at `path` as text that later steps may rely on: UTF-8 without NUL. Reports what is wrong. */
bool page_read_text(const PageMemory *memory, Str path, Str *text);
/* What `{{ … }}` may name in the front matter of a page, a map in scratch. */
Value page_fill_data(const PageLoader *loader, const PageMemory *memory, const ContentFile *file);
/* Fills in every text of a value. */
void page_fill(MarkdownFill *fill, Value *value);

typedef struct FrontMatter {
  const ContentFile *file;
  Str path;
  Str text; /* of the whole file */
  Value meta;
} FrontMatter;

/* A key that every front matter may have, whatever the site's taxonomies. */
bool front_matter_has(Str name);
FrontMatterKeys *front_matter_keys(Arena *arena, const SiteSettings *settings);
/* The front matter of `text`: where its YAML and the Markdown after it begin. False when there is none. */
bool front_matter_find(Str text, size_t *yaml_begin, size_t *yaml_end, size_t *body);
/* Checks keys and types, those of its cascade too; the map is changed as content/shape.h says. */
bool front_matter_check(const PageLoader *loader, const PageMemory *memory, const FrontMatter *front);
/* Checks the values against each other, when all of them are there. */
bool front_matter_check_dates(const PageMemory *memory, const Page *page);

#endif
