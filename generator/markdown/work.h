/* What the files of markdown/ share: one page in work.
 *
 * The page is parsed to cmark's tree, the tree is walked once, and everything that MarkdownDoc holds is written during
 * that walk: HTML and plain text grow side by side, so that the text of a heading, a link or an answer is a slice of
 * the plain text. What a construct needs to know about its content (an id from a heading's text) is put in front of it
 * when the construct ends.
 *
 * Units: offsets into `source` are bytes; `source` has the same bytes at the same places as the file from `begin` on,
 * apart from `{{ … }}` (values.h). Lines and columns are cmark's: 1-based, columns in bytes.
 * Owner: everything is in the scratch arena, rewound at the end of markdown_render(). */
#ifndef PAMPHLET_MARKDOWN_WORK_H
#define PAMPHLET_MARKDOWN_WORK_H

#include <cmark-gfm.h>
#include <cmark-gfm/node.h>
#include <cmark-gfm-core-extensions.h>

#include "base/utf8.h"
#include "markdown/limits.h"
#include "markdown/markdown.h"

/* One `{{ … }}` of the source. */
typedef struct Insert {
  size_t offset; /* in source */
  size_t len;    /* braces counted */
  bool done;     /* text below is known; what is wrong was reported */
  Str text;
  Str name; /* when it stands for something, else empty */
} Insert;

/* A section that a heading opened and a later heading will close. */
typedef struct Section {
  struct Section *outer;
  const struct SectionClass *class;
  const cmark_node *parent; /* where the heading stands; the section ends with it */
  int level;
  bool whole;  /* the page itself, without a heading */
  bool filled; /* it has what its class is for */
  size_t questions;
  Span span;
} Section;

/* The question whose answer is being written. */
typedef struct Question {
  bool open;
  int level;
  const cmark_node *parent;
  Str id;
  Str text;
  size_t answer; /* where it begins in the plain text */
  Span span;
} Question;

/* `{#id .class}` at the end of a heading. */
typedef struct HeadingAttributes {
  Str id;
  Str class;
  Span span;
  bool found;
} HeadingAttributes;

/* A part of the current block's plain text in which digits are no phone number: code, bare URLs. */
typedef struct Quiet {
  size_t begin;
  size_t end;
} Quiet;

/* What stands open at the present place of the walk. Headings, links and paragraphs do not nest. */
typedef struct Open {
  size_t html; /* where its content begins */
  size_t text;
  size_t names; /* links: how many pictures with an alternative text there were before it */
  Span span;
  size_t source_end; /* links: where the search for the next one goes on */
} Open;

/* Where the use of a term begins or ends: an offset in a text node. */
typedef struct TermMark {
  const cmark_node *node;
  size_t offset;
  size_t entry;
  bool begins;
  size_t stop; /* bytes of the mark behind the term that no line may begin with: a full stop, a comma; 0 for none */
} TermMark;

typedef enum DefinitionPart { DEFINITION_NONE, DEFINITION_TERM, DEFINITION_MEANING } DefinitionPart;

typedef struct Work {
  const MarkdownText *text;
  const MarkdownOptions *options;
  Arena *arena;
  Arena *scratch;
  MarkdownDoc *doc;

  Str source;
  size_t *lines; /* where each begins in source; one more entry, source.len, at the end */
  size_t line_count;
  size_t cursor; /* in source: links and pictures before it have been met */
  size_t block_begin;
  size_t block_end; /* the lines of the leaf block in work, in source */

  Insert *inserts;
  size_t insert_count;
  size_t *open_braces; /* offsets of `{{` without an end on its line */
  size_t open_brace_count;
  LimitsSeen seen;
  bool in_link;
  bool in_phone_link;
  Str base_url;

  MarkdownBlock *blocks;
  size_t block_count;
  size_t block_capacity;

  Buf html;
  Buf plain;
  Value ids; /* id to how many headings wanted it */
  MarkdownHeading *outline;
  size_t outline_count;
  MarkdownQuestion *faq;
  size_t faq_count;
  Str *anchors;
  size_t anchor_count;

  int level; /* of the heading above, 1 for the page's title */
  bool title_seen;
  Str heading_id; /* of the heading above, or empty */
  Str heading_text;
  bool heading_used;    /* it names a section or a table region already */
  size_t tables;        /* under that heading */
  size_t table_columns; /* tables do not nest */
  size_t table_column;
  const uint8_t *table_aligns;
  size_t *table_letters; /* by column: of the longest word */
  size_t table_class;    /* where a class of the table may be put into `html` */
  bool table_open;       /* its caption is written already */
  size_t captions;
  bool table_corner; /* the head begins with an empty cell */
  Section *sections;
  DefinitionPart definition; /* of the list in work */
  size_t emergencies;        /* emergency cards that are open */
  size_t warnings;           /* cards that warn, so far */
  Question question;
  size_t footnote_count;
  size_t footnote_capacity;
  size_t *footnote_refs; /* how often each footnote was referred to, by number - 1 */
  bool footnotes_open;
  bool back_link_done;
  const cmark_node *list_slip; /* the paragraph in which one was reported */
  size_t struck_count; /* `~~` that are open */
  size_t struck;       /* where the first of them begins in the plain text */
  size_t pictures;     /* with an alternative text */
  size_t raw_open;     /* raw HTML tags reported in this block */
  size_t phone_cursor; /* in source: phone numbers before it were reported */
  bool figure;
  Open heading;
  size_t heading_links;         /* in it */
  HeadingAttributes attributes; /* of that heading */
  Open link;
  Str link_url;
  Open leaf;                     /* paragraph, table cell */
  bool *terms_used;              /* by entry of the glossary */
  size_t term_count;             /* on the page */
  Buf term_text;                 /* of the block in work, put together (glossary.c) */
  struct TermPiece *term_pieces; /* which nodes it is of */
  size_t term_piece_count;
  TermMark *term_marks; /* in the block in work */
  size_t term_mark_count;
  size_t term_mark_next;
  Quiet *quiet;
  size_t quiet_count;
  size_t quiet_capacity;
} Work;

/* markdown.c: room for one more behind `count` items. */
void *work_grown(Work *work, void *items, size_t count, size_t size);

/* parser.c: cmark-gfm on an arena. The tree lives as long as the arena's memory. */
cmark_node *parser_parse(Arena *scratch, Str source);
/* With those options and extensions, whatever the text holds. */
typedef struct Needs Needs;
cmark_node *parser_parse_with(Arena *scratch, Str source, const Needs *needs);
Str parser_render_bare(Arena *scratch, Str source, Str extensions);
/* Exported by libcmark-gfm-extensions, and in none of its installed headers. */
extern cmark_node_type CMARK_NODE_TABLE, CMARK_NODE_TABLE_ROW, CMARK_NODE_TABLE_CELL, CMARK_NODE_STRIKETHROUGH;

/* positions.c: from cmark's lines and columns to Spans. */
void positions_index(Work *work);
Span positions_span(const Work *work, size_t begin, size_t end);
/* The line without its container's marks and without white space at the ends. */
Span positions_line(const Work *work, int line);
/* Sets the lines of the leaf block in work and moves the cursor to its first. */
void positions_enter_leaf(Work *work, const cmark_node *node);
/* A link or picture: its target in the source (or, when that is not found, all of it) and all of it. */
typedef struct LinkPlace {
  Span target;
  Span whole;
  size_t end;
} LinkPlace;
LinkPlace positions_find_link(Work *work, cmark_node *node);
/* Code was written: what stands in it is not searched any more. */
void positions_pass(Work *work, Str code);
/* The first place of `needle` from the cursor on near `line`, else that line. */
Span positions_find(Work *work, int line, Str needle);

/* values.c: `{{ … }}`. */
void values_scan(Work *work);
/* The text with every insert in its place; `as_source` puts the author's own letters back (code). */
Str values_fill(Work *work, Str text, bool as_source);
/* The next insert of the text from *at on, or NULL; *before is the text before it, or all that is left. */
Insert *values_next(Work *work, Str text, size_t *at, Str *before);
Str values_of(Work *work, Insert *insert);
/* What the name between the braces stands for; *good: it stands for something, else that was reported. */
Str values_text(Work *work, Str name, Span span, bool *good);
/* False: a name in the text has no value; reported. */
bool values_are_good(Work *work, Str text);
/* shortcodes.c: reports what stands between double braces when it is a shortcode; false when it is none. */
bool shortcode_report(Work *work, Str inside, Span span);
/* Reports `{{` that stands in text and has no end. */
void values_check_text(Work *work, Str literal, int line);

/* html.c: writing. */
void html_text(Work *work, Str text); /* escaped, to the HTML; to the plain text as it is */
void html_escape(Buf *out, Str text);
void html_attribute(Buf *out, Str name, Str value);  /* ` name="value"` */
void html_insert(Work *work, size_t at, Str markup); /* in front of what was written since `at` */
void html_line(Work *work);                          /* a new line in the HTML unless at the start of one */
void html_break(Work *work);                         /* the same in the plain text */
Str html_plain_since(const Work *work, size_t from); /* trimmed slice of the plain text */
Str html_fold(Arena *arena, Str text);               /* white space to single spaces, none at the ends */
Str html_fold_lines(Arena *arena, Str text);         /* the same in each line */
/* Of an undefined `[^…]` over several lines cmark keeps as many bytes as the columns of its ends are apart, which may
 * cut a character (inlines.c, handle_close_bracket). The mark is reported (rules.c); what is left has to stay text. */
Str html_whole(const Work *work, Str literal);
Str html_alt(Work *work, cmark_node *image);
Str html_word(const Work *work, Str key, Str otherwise);

/* blocks.c: MarkdownDoc.blocks and .uses. The block's text is the plain text since `text`. */
void blocks_add(Work *work, MarkdownBlockKind kind, size_t text, int level);
void blocks_finish(Work *work, size_t trimmed);

/* outline.c: MarkdownDoc.anchors, .outline and .faq. Texts are given where they stay; an id is put there. */
Str outline_add_anchor(Work *work, Str id);
void outline_add_heading(Work *work, const MarkdownHeading *heading);
void outline_add_question(Work *work, const MarkdownQuestion *question);
void outline_finish(Work *work);

/* needs.c: what cmark has to look for in a text. */
struct Needs {
  bool autolink, smart, strikethrough, table, tasklist, footnotes;
  bool hyphens; /* `--`, which is smart punctuation in text, but mostly the second line of a table */
};
Needs needs_of(Str source);
/* Text has `--` in it: it was parsed without smart punctuation, and should not have been. */
bool needs_hyphens(cmark_node *document);

/* words.c */
size_t words_count(Str text);

/* walk.c */
void walk_page(Work *work, cmark_node *document);

/* The plain text since `begin` holds no phone number. */
void walk_be_quiet(Work *work, size_t begin);

/* headings.c */
bool headings_have_class(Work *work, cmark_node *document, Str class);
void headings_claim_ids(Work *work, cmark_node *document);
Str headings_new_id(Work *work, Str text);
void headings_claim(Work *work, Str id, Span span);
void headings_enter(Work *work, cmark_node *node);
void headings_leave(Work *work, cmark_node *node);

/* sections.c */
bool sections_is_class(Str name);
Str sections_nearest(Str name);
void sections_before_heading(Work *work, const cmark_node *heading, int level);
/* The heading just written (work->heading) opens the section of that class, or is a question of the one it stands in.
 */
void sections_open(Work *work, const cmark_node *heading, Str class);
bool sections_has_question(const Work *work, const cmark_node *heading, int level);
void sections_question(Work *work, const cmark_node *heading, int level);
/* A page of questions: each heading of level 2 is one, when no section of the page has the class. */
void sections_open_page(Work *work, cmark_node *document);
/* The nearest section of that class around the present place, or NULL. */
Section *sections_around(const Work *work, Str class);
void sections_leave(Work *work, const cmark_node *parent);

/* definitions.c: `Term` on a line, `: meaning` on the next. */
bool definitions_is(const cmark_node *paragraph);
void definitions_enter(Work *work, cmark_node *paragraph);
/* True: this line end divides two parts, and was written. */
bool definitions_break(Work *work, const cmark_node *line_end);
void definitions_leave(Work *work, const cmark_node *paragraph);
/* Reports a meaning without a term, in a paragraph that is no definition list. */
void definitions_check(Work *work, const cmark_node *paragraph);

/* cards.c */
typedef struct Card Card;
bool cards_is(const cmark_node *node); /* before or after it was entered */
bool cards_enter(Work *work, cmark_node *quote);
bool cards_leave(Work *work, cmark_node *quote); /* false when the quote is no card */
const Card *cards_of_title(const cmark_node *heading);
void cards_leave_title(Work *work, cmark_node *heading);
/* A line of a "do not" card says so itself. */
void cards_check_line(Work *work, const cmark_node *paragraph, Str text);

/* links.c, images.c */
void links_enter(Work *work, cmark_node *node);
void links_leave(Work *work, cmark_node *node);
void links_url(Buf *out, Str url); /* percent-encoded where a URL must be, and escaped */
Str links_resolve(Work *work, cmark_node *node, const LinkPlace *place);
bool images_is_figure(const cmark_node *paragraph);
void images_write(Work *work, cmark_node *node);
void images_caption(Work *work, cmark_node *node);

/* tables.c, lists.c, footnotes.c, raw.c */
bool tables_is_caption(Work *work, const cmark_node *paragraph);
void tables_enter_caption(Work *work, cmark_node *paragraph);
void tables_leave_caption(Work *work);
bool tables_enter(Work *work, cmark_node *node);
void tables_leave(Work *work, cmark_node *node);
void lists_enter(Work *work, cmark_node *list);
void lists_leave(Work *work, cmark_node *list);
void lists_enter_item(Work *work, cmark_node *item);
void footnotes_refer(Work *work, cmark_node *node);
void footnotes_enter(Work *work, cmark_node *node);
void footnotes_back(Work *work);
void footnotes_leave(Work *work);
void footnotes_close(Work *work);
/* footnote_check.c: reports those that the tree has lost. */
void footnotes_check(Work *work);
void raw_block(Work *work, cmark_node *node);
void raw_inline(Work *work, cmark_node *node);

/* glossary.c: marks the first uses of terms in a block of text; the rest is done while its text is written. */
void glossary_enter_leaf(Work *work, cmark_node *block);
void glossary_leave_leaf(Work *work);
/* Writes a text node through `write`, with the terms in it; false when it has none, and nothing was written. */
bool glossary_text(Work *work, const cmark_node *node, Str literal, void (*write)(Work *work, Str literal));
void glossary_finish(Work *work);

/* contact.c: html_text() with the marks of `{{ … }}` in it, for a contact section. */
void contact_text(Work *work, Str literal);

/* phones.c */
typedef struct Phone {
  size_t begin; /* in the text */
  size_t end;
  Str digits;
} Phone;
/* The next phone number from *at on; false when there is none. The digits are put into `arena`. */
bool phones_next(Arena *arena, Str text, size_t *at, Phone *phone);
int phones_digit(uint32_t code_point); /* 0 to 9, or -1 */
Str phones_digits(Arena *arena, Str text);
bool phones_known(Value phones, Str digits);
Str phones_dial(Arena *arena, Str number); /* as it stands in a tel: URL */
/* The emergency number of some country, in digits. */
bool phones_is_emergency(Str digits);
/* What ends at `at` is a part of a number, or counts something: "112 days". */
bool phones_goes_on(Str text, size_t at);
/* html_text() with marks around phone numbers, so that no line ends inside of one. */
void phones_text(Work *work, Str text);

/* paper.c: cards and tables that no sheet of paper has room for. `from`: where a card's text begins in the plain text.
 */
void paper_check_card(Work *work, size_t from, Span title);
void paper_enter_table(Work *work);
void paper_add_cell(Work *work, Str text);
void paper_check_table(Work *work, const cmark_node *table);
Str paper_table_class(const Work *work); /* empty, or begins with a space */

/* bidi.c: html_text() for pages that run from right to left. */
void bidi_text(Work *work, Str text);

/* rules.c: what must hold on a page, as a table. */
typedef enum RuleEvent { RULE_HEADING, RULE_LINK, RULE_IMAGE, RULE_BLOCK, RULE_PARAGRAPH, RULE_TABLE } RuleEvent;
typedef struct RuleSubject {
  const cmark_node *node;
  Str text;   /* visible text; for a picture its alternative text */
  Str target; /* links and pictures */
  Span span;
  int level;  /* headings */
  bool named; /* links: a picture with an alternative text is inside */
} RuleSubject;
void rules_check(Work *work, RuleEvent event, const RuleSubject *subject);
/* phone_rules.c */
void phones_are_known(Work *work, const RuleSubject *subject);
void phones_link_is_right(Work *work, const RuleSubject *subject);
void phones_emergency_is_ours(Work *work, const RuleSubject *subject);
/* Slips that cmark leaves as text: references without a definition. */
void rules_text(Work *work, const cmark_node *node, Str literal);

/* slips.c: marks that were meant to mean something. */
void slips_text(Work *work, const cmark_node *node, Str literal);

static inline Str work_chunk(cmark_chunk chunk) {
  return (Str){chunk.data ? (const char *)chunk.data : "", (size_t)chunk.len};
}
static inline Str work_literal(const cmark_node *node) {
  return work_chunk(node->as.literal);
}

#endif
