/* SPDX-License-Identifier: BSD-2-Clause */
/* Which macros of a source may be constants, by their text. Private to source_text.c. */
#ifndef CODEGEN_SOURCE_MACROS_H
#define CODEGEN_SOURCE_MACROS_H

#include "strmap.h"
#include "strvec.h"

struct source_macros {
	struct arena *arena;
	struct strmap by_name;
	struct source_macro **items; /* in the order of their definitions, each once */
	size_t count;
};

/* What stands behind "#define": "NAME body" or "NAME(x) body", without comments. */
void source_macros_add(struct source_macros *, const char *definition);

/* Appends the names of those without parameters whose body could be an expression that has one
 * value wherever and whenever it stands. */
void source_macros_choose(struct source_macros *, struct strvec *names);

#endif
