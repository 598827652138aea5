/* SPDX-License-Identifier: BSD-2-Clause */
/* -tags: bpf2go's build constraints, for the C preprocessor. */
#ifndef DRIVER_TAGS_H
#define DRIVER_TAGS_H

#include "arena.h"
#include "diag.h"

/*
 * A comma list of tags that must all hold, as one expression: "linux" is __linux__, Go's names of
 * architectures are the compiler's macros, any other `t` is defined(t); "!t" is its opposite. NULL
 * after an error: a tag that is no identifier.
 */
const char *tags_condition(struct arena *, struct diag *, const char *text);

#endif
