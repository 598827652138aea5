/* SPDX-License-Identifier: BSD-2-Clause */
/* Which macros of a source may be constants, by their text. Private to source_text.c. */
#ifndef CODEGEN_SOURCE_MACROS_H
#define CODEGEN_SOURCE_MACROS_H

#include <stdbool.h>

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
 * value wherever and whenever it stands; to `swapped`, of these, what depends on the byte order in
 * a way that another definition of __BYTE_ORDER__ and of bpf_endian.h's macros turns around. */
void source_macros_choose(struct source_macros *, struct strvec *names, struct strvec *swapped);

/* Does the body depend on the byte order in another way? */
bool source_macros_is_of_target(struct arena *, const char *body);

#endif
