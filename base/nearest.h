/* SPDX-License-Identifier: BSD-2-Clause */
/* "Did you mean …?": the name that a mistyped one most likely stands for. */
#ifndef BASE_NEAREST_H
#define BASE_NEAREST_H

#include <stddef.h>

struct nearest {
	const char *name; /* as it was typed */
	const char *best; /* NULL as long as nothing comes near */
	size_t distance;  /* of best: insertions, deletions, exchanges of one byte */
};

/* Candidates that differ in more than a third of the name (but at least one byte) do not count, nor
 * does any for a name of one letter. */
struct nearest nearest_init(const char *name);
void nearest_offer(struct nearest *, const char *candidate);

#endif
