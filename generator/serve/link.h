/* Between the server (the process that speaks HTTP) and the maker (the process that knows the site).
 *
 * The server asks one thing at a time and hears of every new state of the site; docs/serve.md says why there are two
 * processes. A message is a fixed head and up to three texts.
 * Owner: texts that are received lie in the arena given. Failure: false: the other process is gone, or what it sent is
 * no message. */
#ifndef PAMPHLET_SERVE_LINK_H
#define PAMPHLET_SERVE_LINK_H

#include "base/str.h"

typedef enum LinkKind {
  /* To the maker. */
  LINK_ASK,     /* `what` of texts[0] (a path below the site), texts[1] (query) */
  LINK_CHANGED, /* texts[0]: paths with NUL after each; `all`: whatever has changed */
  /* To the server. */
  LINK_ANSWER, /* to the LINK_ASK */
  LINK_STATE,  /* the site is another one, or what is wrong with it is */
} LinkKind;

typedef enum LinkWhat {
  WHAT_FILE,     /* of the site */
  WHAT_SHEET,    /* a page as it will be printed */
  WHAT_MESSAGES, /* as text */
  WHAT_MESSAGES_JSON,
  WHAT_MESSAGES_PAGE, /* as HTML */
  WHAT_PAGES,
} LinkWhat;

typedef enum LinkForm {
  FORM_BYTES,    /* texts[0]: what to send, texts[1]: its type */
  FORM_FILE,     /* texts[0]: path of a file below content/, texts[1]: its type */
  FORM_HANDOUT,  /* the same below out/: what `pamphlet print` has left there */
  FORM_REDIRECT, /* texts[0]: where to; the query goes with it */
} LinkForm;

enum { LINK_TEXTS = 3 };

typedef struct LinkMessage {
  LinkKind kind;
  LinkWhat what;
  LinkForm form;
  int status;            /* of HTTP */
  bool all;              /* LINK_CHANGED */
  bool is_page;          /* LINK_ANSWER: HTML that gets the preview's script */
  bool is_sheet;         /* LINK_ANSWER: a page for paper, which has its styles in it */
  bool failed;           /* LINK_ANSWER: no bytes of the site: something is wrong with it */
  bool named_by_content; /* LINK_ANSWER: never changes under this name */
  bool reply;            /* LINK_STATE: to LINK_CHANGED, or a new maker's first */
  bool files_changed;    /* LINK_STATE: also what pages only point at */
  uint64_t generation;   /* LINK_ANSWER, LINK_STATE: rises with each change of the site */
  uint64_t messages;     /* LINK_STATE: rises with each change of the messages */
  size_t errors;         /* LINK_STATE */
  size_t warnings;
  size_t pages;
  Str texts[LINK_TEXTS]; /* LINK_STATE: texts[0]: for the terminal, texts[1]: the site's base path, texts[2]: the folder
                            of the content */
} LinkMessage;

bool link_send(int descriptor, const LinkMessage *message);
/* Waits for a whole message. */
bool link_receive(int descriptor, Arena *arena, LinkMessage *message);

#endif
