/* Templates in Jinja's syntax: parsed once to a tree, evaluated per page.
 *
 * An engine belongs to one theme (or to `theme render`). Loading a template also loads the parents, includes and
 * imports that it names as literals, so that every syntax error of a theme is reported at once. Names that are computed
 * are loaded when first used, into the rendering's own memory: nothing of an engine changes while pages are rendered.
 *
 * Units: positions are byte offsets into the template's source.
 * Owner: engine, trees and their texts live in the arena given to template_engine_new(). Rendering allocates only from
 * `scratch`; the result is in `out`.
 * Failure: NULL or false, already reported. A missing name, filter or member is an error with its position, the nearest
 * known name, and the chain of includes as notes.
 * Limits: see base/limits.def; the bound is in the message.
 *
 * Source: https://jinja.palletsprojects.com/en/3.1.x/templates/ (differences: docs/jinja.md). */
#ifndef PAMPHLET_TEMPLATE_TEMPLATE_H
#define PAMPHLET_TEMPLATE_TEMPLATE_H

#include "data/value.h"
#include "diag/diag.h"

typedef struct TemplateEngine TemplateEngine;
typedef struct Template Template;

/* Where a template's text comes from. `level` says from which of several layers (a theme and its ancestors, 0 the most
 * derived) it came. */
typedef struct TemplateSource {
  Str path; /* for diagnostics */
  Str text;
  int level;
} TemplateSource;

typedef struct TemplateLoader {
  void *context;
  /* Finds `name` in layer `from` or any after it. A template that extends, includes or imports its own name means the
   * next layer's file: the engine then asks with its own level + 1. False when there is none (the engine reports it); a
   * file that is there but cannot be used is reported by the loader, which then sets *reported. */
  bool (*load)(void *context, Str name, int from, TemplateSource *source, bool *reported);
  /* All names, for "did you mean"; may be NULL. A list of text. */
  Value (*names)(void *context, Arena *arena);
} TemplateLoader;

typedef struct TemplateOptions {
  TemplateLoader loader;
  bool trim_blocks;
  bool lstrip_blocks;
  bool keep_trailing_newline;
} TemplateOptions;

/* One call of a filter, test or function that was registered from outside. */
typedef struct TemplateCall {
  void *context;     /* as registered */
  Arena *arena;      /* for the result; lives as long as the page's rendering */
  Value input;       /* what stands left of the filter or test; undefined for a function */
  const Value *args; /* positional */
  size_t arg_count;
  const ValueEntry *named; /* keyword arguments */
  size_t named_count;
  bool autoescape;                   /* of the template that is calling */
  const struct TemplateFrame *frame; /* for template_call_lookup */
  Str error;                         /* set this to refuse: "`date` wants a date like 2026-03-01, not `soon`" */
  Str hint;
} TemplateCall;

typedef Value TemplateFunction(TemplateCall *call);

/* A variable of the calling template's context ("lang"), or undefined. */
Value template_call_lookup(const TemplateCall *call, Str name);
/* Argument by position or keyword; undefined when not given. */
Value template_call_arg(const TemplateCall *call, size_t position, Str keyword);

TemplateEngine *template_engine_new(Arena *arena, const TemplateOptions *options, DiagList *diags);
void template_add_filter(TemplateEngine *engine, Str name, TemplateFunction *function, void *context);
void template_add_test(TemplateEngine *engine, Str name, TemplateFunction *function, void *context);
void template_add_function(TemplateEngine *engine, Str name, TemplateFunction *function, void *context);

/* Parses, or finds parsed, the file of that name. NULL: not there or wrong, reported. */
const Template *template_load(TemplateEngine *engine, Str name);

/* What a template is made of, for `theme check`. Lists of text, in `arena`. */
Value template_block_names(const Template *t, Arena *arena);
Str template_parent_name(const Template *t); /* empty: extends nothing, or a computed name */

/* What templates print alike on every page, kept from one rendering to the next (memo.c says how that is known): words
 * of the theme, icons, the clinic's addresses. Belongs to one process, which frees it. `steady` are the variables whose
 * values are the same in all renderings of one edition (a language); all renderings have variables of the same names.
 * Made when all templates are loaded. */
typedef struct TemplateMemo TemplateMemo;
TemplateMemo *template_memo_new(const TemplateEngine *engine, const Str *steady, size_t count, size_t editions);
void template_memo_free(TemplateMemo *memo);

typedef struct TemplateRun {
  Value variables; /* a map */
  Arena *scratch;
  DiagList *diags;
  TemplateMemo *memo; /* NULL: nothing is kept */
  size_t edition;
} TemplateRun;

/* Renders. On failure `out` holds a part that must not be used. The memo changes neither output nor reports. */
bool template_run(const Template *t, const TemplateRun *run, Buf *out);
/* The same without a memo. */
bool template_render(const Template *t, Value variables, Arena *scratch, DiagList *diags, Buf *out);

/* Autoescape is decided by the file's name: on for .html and .xml. */
bool template_name_is_autoescaped(Str name);

#endif
