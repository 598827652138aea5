/* SPDX-License-Identifier: BSD-2-Clause */
/* The macros of a source that may be constants, by their text. Private to source_*.c. */
#ifndef CODEGEN_SOURCE_MACROS_H
#define CODEGEN_SOURCE_MACROS_H

#include "file.h"
#include "strvec.h"

/* Names in the order of their definitions, each once. */
struct source_macros {
	struct strvec numbers, strings;
};

/*
 * Appends the names of object-like macros whose body could be an expression, defined in the text or
 * in files that it includes by "…" (relative to `directory`; vmlinux.h and what cannot be read are
 * left out). Those whose body begins with a quote are strings.
 */
void source_macros_find(struct source_macros *, struct arena *, struct bytes text,
			const char *directory);

#endif
