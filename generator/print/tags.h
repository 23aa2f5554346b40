/* The structure tree of a PDF, as something that can be changed.
 *
 * tags_read() makes a tree of all structure elements and their content; the mend_… functions change it; tags_write()
 * puts it back, together with the PDF's list of which element holds which content (the parent tree).
 *
 * Units: pages and objects are object numbers. Owner: the arena of the Pdf.
 * Failure: tags_read() is false when there is no tree, or it is deeper than TAGS_DEPTH_MOST. */
#ifndef PAMPHLET_PRINT_TAGS_H
#define PAMPHLET_PRINT_TAGS_H

#include "print/pdf.h"

enum { TAGS_DEPTH_MOST = 1000 }; /* Chromium's parser stops at 512 levels of elements */

typedef enum TagKind {
  TAG_ELEMENT,
  TAG_CONTENT, /* what the mark `mcid` of `page` holds */
  TAG_OBJECT   /* an annotation: `number` */
} TagKind;

typedef struct Tag {
  TagKind kind;
  struct Tag *parent;
  struct Tag *first;
  struct Tag *next;
  int number;     /* of an element, 0: not made yet; of an annotation */
  int page;       /* of leaves; 0: not told */
  int mcid;       /* of content */
  Str type;       /* of elements: "/P" */
  Str attributes; /* the value of /A; empty: none */
  Str id;         /* the value of /ID; empty: none */
  Str others;     /* the other entries of its dictionary that say something */
} Tag;

typedef struct Tags {
  const Pdf *pdf;
  int root_number;
  Str root_dictionary;
  Tag root; /* stands for the StructTreeRoot */
} Tags;

bool tags_read(Tags *tags, const Pdf *pdf);
void tags_write(Tags *tags);

/* The tag after this one in document order, children before siblings; NULL at the end. tags_next(&tags->root) is the
 * first. */
Tag *tags_next(const Tag *tag);
/* Types are names as PDF writes them, literals: STR("/P"). */
bool tag_is(const Tag *tag, Str type);
/* One of that type is above it. */
bool tag_is_below(const Tag *tag, Str type);
/* A new element in the place of the siblings from `first` to `last`, which become its children. */
Tag *tag_wrap(Arena *arena, Tag *first, Tag *last, Str type);
/* Takes a tag out; its children take its place. */
void tag_dissolve(Tag *tag);

#endif
