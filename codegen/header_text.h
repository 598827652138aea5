/* SPDX-License-Identifier: BSD-2-Clause */
/* A generated C file taken apart again, to be compared: its lines, and the bytes that it embeds. */
#ifndef CODEGEN_HEADER_TEXT_H
#define CODEGEN_HEADER_TEXT_H

#include <stdbool.h>

#include "diag.h"
#include "file.h"
#include "strvec.h"

struct header_text {
	/* Each line as it stands, but those of the bytes, those that follow from others, and
	 * those of the first comment, which names who made it, with which flags, and what. */
	struct header_line {
		const char *text;
		unsigned number; /* from 1 */
	} * lines;
	size_t n_lines;
	struct bytes *objects; /* the embedded bytes, in the order of the file */
	size_t n_objects;
	const char *made_by; /* that line; "" when there is none */
	bool has_begun;      /* behind the first comment */
};

void header_text_read(struct header_text *, struct arena *, struct bytes);

/* What zlib has compressed; empty when it is damaged. */
struct bytes header_text_inflate(struct arena *, struct bytes);

/* The text of `path` and the text that it should be: appends the first `max_places` where they
 * differ, each with its lines behind '-' and '+', and the number of the others. Returns whether
 * they differ. */
bool header_text_compare(struct strvec *differences, struct arena *, const char *path,
			 const struct header_text *theirs, const struct header_text *ours,
			 size_t max_places);

#endif
