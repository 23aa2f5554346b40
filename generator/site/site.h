/* The site and its pipeline: load, connect, render, publish (docs/tour.md follows one page through it).
 *
 * site_build() is the whole of it. The other functions are its steps, in order; each reports what is wrong and leaves
 * the site in a state in which the next step can still check more. Nothing is published when anything was an error.
 * The preview server calls the steps itself, some of them again after each edit.
 *
 * Owner: everything is in the workers' shared memory and goes with site_close().
 * Failure: diagnostics; BuildResult says what kind. Limits: base/limits.def. */
#ifndef PAMPHLET_SITE_SITE_H
#define PAMPHLET_SITE_SITE_H

#include "content/glossary.h"
#include "theme/theme.h"
#include "workers/workers.h"

#define SECONDS_A_PAGE (MILLISECONDS_A_PAGE / 1000.0)

typedef struct BuildOptions {
  Str source;             /* the folder that holds content/ and themes/ */
  Str out;                /* the folder to publish into */
  Str theme;              /* empty: what site.yaml says */
  Str base_url;           /* empty: likewise */
  Str section;            /* of a part of the site (site/part.h): a folder below content/, or "/"; empty: all */
  Str lang;               /* likewise, its language; empty: all */
  const Str *theme_roots; /* folders that hold themes */
  size_t theme_root_count;
  int jobs;
  bool drafts;
  bool strict;
  bool stats;  /* reading figures and advice */
  bool rebuild; /* only what has changed is made; what was made is remembered for the next build (site/rebuild.h) */
  bool fresh;   /* what earlier builds remembered is not used */
  int64_t now; /* seconds since 1970: today, for review dates */
  /* Called about ten times a second; may be NULL. */
  void (*progress)(void *context, Str step, size_t done, size_t total);
  void *progress_context;
} BuildOptions;

typedef struct MenuEntry {
  const Page *page;
  const Str *titles; /* by language; empty: the page's own */
  struct MenuEntry *children;
  size_t child_count;
} MenuEntry;

typedef enum OutputKind {
  OUTPUT_PAGE,
  OUTPUT_404,
  OUTPUT_REDIRECT, /* of an alias to `page` */
  OUTPUT_COPY,     /* of the file `source` */
  OUTPUT_BYTES,
  OUTPUT_SITEMAP, /* part `number`; -1: the index of the parts */
  OUTPUT_FEED,    /* of language `number` */
  OUTPUT_ROBOTS,
  OUTPUT_HEADERS,
} OutputKind;

typedef enum OutputState { OUTPUT_FAILED, OUTPUT_SAME, OUTPUT_STAGED } OutputState;

/* What an output saw of other pages while it was made. */
typedef struct OutputSight {
  bool wide; /* what their texts give */
  bool slim; /* it asked for a text that was not read, and is to be made again */
} OutputSight;

/* One file of the published site. */
typedef struct Output {
  Str path; /* below out/ */
  OutputKind kind;
  const Page *page;
  Str source; /* OUTPUT_COPY: the file; OUTPUT_BYTES: what it holds */
  int number;
  Span origin; /* what to point at when two outputs want one path */

  /* Filled in by the worker that made it. */
  OutputState state;
  uint64_t hash[2];
  uint64_t size;
  int64_t mtime_ns;
  bool rendered; /* it was made, and is no copy of a file */
  bool reported; /* something was said about it */
  OutputSight sight;
} Output;

typedef struct Site {
  const BuildOptions *options;
  Workers *workers;
  Arena *arena;
  DiagList *diags;
  int64_t begun; /* when the build began, by os_file_clock() */
  Str today;
  SiteSettings settings;
  Value clinic; /* as pages in the site's own language see them; data[0] has the same */
  Value facts;
  Glossary glossary;
  Value phones;   /* all that are known, of all languages */
  PageData *data; /* by language: clinic, facts and what Markdown's `{{ site.… }}` may use */
  FrontMatterKeys *keys;
  Cascades *cascades;
  Theme *theme; /* NULL when it can't be used */
  ContentFiles files;
  Page *pages; /* one a Markdown file, in order of the paths */
  const ContentFile **page_files;
  DiagList *page_diags; /* by page: what is wrong in its file, until it is merged into `diags` */
  size_t page_count;
  Page *fallbacks; /* pages of other languages that show the text of one that has no translation (content/files.h) */
  size_t fallback_count;
  struct TermList *term_lists; /* site/terms.h; by taxonomy, and in it by language */
  Page *generated;             /* the pages of terms and taxonomies that no author has written */
  size_t generated_count;
  Page *not_found;    /* the page that 404.html shows */
  Str *schema_shared; /* by language: the structured data that all its pages have */
  Str *schema_home;   /* and its home page, which tells of services too */
  Str specialty;      /* the clinic's, for the data of clinical pages */
  Value *services;    /* by language: what the clinic offers, with the URL of its page */
  Page **homes;       /* by language, in site.yaml's order; NULL where there is none */
  MenuEntry *menu;
  size_t menu_count;
  Output *outputs;
  size_t output_count;
  const Snippets *snippets; /* content/snippets.h; NULL for none */
  struct SheetSet *sets;    /* handouts of several pages: site/sets.h */
  size_t set_count;
  const struct Downloads *downloads; /* site/downloads.h; NULL when there is no PDF to link */
  struct SiteReading *reading;      /* site/reading.h */
  const struct Literals **literals; /* by language: check/literals.h */
  bool literals_wanted;             /* there are any */
  struct Rebuild *rebuild;          /* site/rebuild.h; NULL: all is made */
  size_t compared;                  /* names, since connecting began: see site_may_compare() */
} Site;

typedef struct BuildResult {
  size_t pages;
  size_t files;
  size_t written;
  size_t unchanged;
  size_t removed;
  size_t rendered; /* outputs that were made, copies of files not counted: the rest is known from an earlier build */
  bool published;
  bool begun;         /* files were put into place; without `published` not all of them */
  Value reading;      /* with BuildOptions.stats: site_reading_value() */
  bool system_failed; /* a crash, a full disk …: not the content's fault */
} BuildResult;

/* Runs all steps; `workers` and `diags` are the caller's. */
BuildResult site_build(const BuildOptions *options, Workers *workers, DiagList *diags);

/* The steps. site_load() is the first five, with what they found merged into `diags`. */
bool site_is_there(Site *site);   /* false, and reported: there is no content/ */
void site_read_data(Site *site);  /* settings, clinic, facts */
void site_load_theme(Site *site); /* may be called again when the theme has changed: site->theme is the new one */
bool site_scan(Site *site);       /* the table of files, and what pages need to know of each other when they are read */
/* These pages, or all when `which` is NULL; may be called again for pages that have changed. What is wrong in a page is
 * in its page_diags. */
bool site_load_pages(Site *site, const size_t *which, size_t count);
/* The texts of pages that are slim. What cannot be read is left without. */
bool site_load_texts(Site *site, const size_t *which, size_t count);
bool site_load(Site *site);
/* Sections, order, links, menu, outputs. Changes pages and nothing else that was loaded, so that it can be done again
 * on a copy of the Site and its pages. */
void site_connect(Site *site);
/* Gives a page of a connected site the text of `fresh`, when that is all that follows from it: other pages see of it
 * what they saw. Its checks and those of its translations are done again. False: nothing was changed, connect anew. */
bool site_take_text(Site *site, size_t index, const Page *fresh);
/* What connecting checks of one page: its links, its review, its numbers against those of the original. */
void site_check_page(Site *site, const Page *page);
void site_make_menu(Site *site);
void site_list_outputs(Site *site);
void site_prepare(Site *site); /* what the outputs have in common; templates are parsed */
/* The bytes of one output, in worker->scratch or longer-lived memory. False: reported. `sight` may be NULL. */
bool site_make_output(const Site *site, const Output *output, Worker *worker, Str *bytes, OutputSight *sight);
struct Publication; /* site/publish.h */
/* All outputs. Without a publication everything is rendered and checked, and nothing written. */
void site_render(Site *site, struct Publication *publication);
/* These outputs, by number, or all when `which` is NULL. */
void site_render_some(Site *site, struct Publication *publication, const size_t *which, size_t count);

/* In the parent, when a worker was lost on the page or file of `span`. */
void site_report_loss(DiagList *diags, Span span, WorkerLoss loss, Str signal);

/* Whether one more `did you mean` is looked for among so many names: a file with thousands of wrong names would take
 * minutes to say what each of them is near to. */
bool site_may_compare(Site *site, size_t names);
/* The path of the page that was probably meant, or an empty text. */
Str site_nearest_page(Site *site, Str path);

/* A page that is neither broken nor left out as a draft. */
bool site_has_page(const Site *site, const Page *page);
/* When it was last changed in a way that readers should know: updated, else reviewed, else date; else empty. */
Str site_page_changed(const Page *page);
/* There is another language's text of it (a fallback is none). */
bool site_is_translated(const Page *page);
/* The pages, the fallbacks, the generated ones. */
size_t site_shown_count(const Site *site);
Page *site_shown_page(const Site *site, size_t index);
/* The page in that language, or itself when there is none. */
const Page *site_page_in(const Page *page, size_t language);

#endif
