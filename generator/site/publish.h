/* Step 4: putting the outputs where readers see them.
 *
 * Workers give each output's bytes to publish_output(), which compares them with what is there and writes what differs
 * to a stage (out/.pamphlet/stage). publish_commit() writes the new manifest beside the old one, has all of it flushed,
 * renames everything into place (what pages use before the pages), removes what is gone from the site, has the names
 * flushed, and renames the manifest last. A build that is killed in between leaves every file whole, old or new, and a
 * list of what it may have put there, so that the next one mends the rest. publish_abandon() leaves the published site
 * as it was.
 *
 * A file that is in the way and that no earlier build made is an error; so is nothing ever lost that is not in the
 * manifest. A part of the site (site/part.h) has a list of its own, in out/.pamphlet/parts, so that it never removes
 * what another part has made; a folder holds either parts or the whole. Owner: the arena given to publish_open().
 * Failure: reported; the old site stays. */
#ifndef PAMPHLET_SITE_PUBLISH_H
#define PAMPHLET_SITE_PUBLISH_H

#include "site/manifest.h"

typedef struct Publication {
  Str out;
  Str top;   /* out/.pamphlet */
  Str state; /* the same, or below it the folder of a part */
  Str stage; /* stage, */
  Str next;  /* manifest.next: there while a build puts its files into place, or when one was stopped then */
  Str both;  /* manifest.begun: `next` to be */
  Str fresh; /* and manifest.new in it: the list to be */
  Manifest before;
  Manifest begun; /* what a stopped build may have put into place */
  Arena *arena;
  DiagList *diags;
  int lock;
} Publication;

bool publish_open(Arena *arena, const BuildOptions *options, DiagList *diags, Publication *publication);
/* In a worker. Reports into `diags`; output->state says what became of it. */
void publish_output(const Publication *publication, Output *output, Str bytes, Worker *worker);
/* Instead of that, when it is known what the bytes would be: true when they are in their place, as published. */
bool publish_keep(const Publication *publication, Output *output, const uint64_t hash[2], uint64_t size, Arena *scratch);
/* False: something could not be put into place; reported. */
bool publish_commit(Publication *publication, Site *site, BuildResult *result);
/* After it: nobody else writes there until then. */
void publish_close(Publication *publication);
/* Instead of both. */
void publish_abandon(Publication *publication);

#endif
