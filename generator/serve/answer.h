/* What a path of the preview leads to: a file of the site, or why there is none.
 *
 * Owner: texts of the answer live until the next call or the next change of the model. Failure: an answer with `failed`
 * set and a page that says why. */
#ifndef PAMPHLET_SERVE_ANSWER_H
#define PAMPHLET_SERVE_ANSWER_H

#include "serve/link.h"
#include "serve/messages.h"
#include "serve/model.h"
#include "serve/render.h"

typedef struct Answerer {
  Model *model; /* NULL, or not usable: there is no site yet */
  const Messages *messages;
  Renderer *renderer;
  Arena *arena; /* for the answer */
} Answerer;

/* `question`: a LINK_ASK. */
LinkMessage answer_question(const Answerer *answerer, const LinkMessage *question);

#endif
