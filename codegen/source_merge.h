/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What several sources say, as if it were one source: places, events and types of all of them, and
 * each constant that has one value wherever it is defined.
 */
#ifndef CODEGEN_SOURCE_MERGE_H
#define CODEGEN_SOURCE_MERGE_H

#include "source_facts.h"

struct source_merge {
	struct strvec disputed; /* constants that are left out: sources differ in their values */
	/* The last one, and what it was made of. */
	const struct source_facts *const *items;
	const struct source_facts *result;
};

/*
 * The facts of all `items` (NULL: none of that source), which must live as long as the result; for
 * those of the call before, the same result again. NULL where all are NULL.
 */
const struct source_facts *source_merge(struct source_merge *, struct arena *,
					const struct source_facts *const *items, size_t count);

#endif
