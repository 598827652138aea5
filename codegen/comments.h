/* SPDX-License-Identifier: BSD-2-Clause */
/* The source's comments as comments of the header. */
#ifndef CODEGEN_COMMENTS_H
#define CODEGEN_COMMENTS_H

#include "source_facts.h"

/*
 * The comment on `about` (source_facts.h), `depth` tabs deep, wrapped, with the place that it is
 * about; its last line ends in a newline. "" when there is none, or `facts` is NULL.
 */
const char *comment_on(struct arena *, const struct source_facts *facts, int depth,
		       const char *about);

/* The same without what makes it a comment, to stand in a larger one: each line begins with " *".
 */
const char *comment_lines(struct arena *, const struct source_facts *facts, const char *about);

/* A text for one line of a larger comment, whatever it holds. */
const char *comment_line(struct arena *, const char *text);

/* A sentence as a comment, wrapped; it ends without a newline. */
const char *comment_wrap(struct arena *, const char *sentence);

#endif
