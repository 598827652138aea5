/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What an object means to who loads it, so that two can be compared: its license, maps, programs
 * and subprograms with their instructions, variables with their first values. What CO-RE puts in
 * when it is loaded counts by name. Source lines, unused types and the order of anything do not
 * count.
 */
#ifndef CODEGEN_MEANING_H
#define CODEGEN_MEANING_H

#include "model.h"
#include "strmap.h"
#include "strvec.h"

struct meaning {
	struct meaning_item *items;
	size_t count;
	struct strmap by_name; /* struct meaning_item by "map counts" */
};

struct meaning meaning_read(struct arena *, const struct object *, const struct model *);

/*
 * Appends how `theirs` differs from `ours`, one a thing: "map 'counts': max_entries is 1024, not
 * 2048", "program 'watch': 3 of its 12 instructions differ, the first is instruction 4".
 */
void meaning_compare(struct strvec *differences, struct arena *, const struct meaning *theirs,
		     const struct meaning *ours);

#endif
