/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What a name of the BPF source may become in the header.
 *
 * A name that C, C++ or a system macro has taken gets one '_' behind it; so does one that something
 * else in the same scope has already. A name that is still taken then is an error.
 */
#ifndef CODEGEN_NAMES_H
#define CODEGEN_NAMES_H

#include <stdbool.h>

#include "diag.h"
#include "strmap.h"

enum name_reserved {
	NAME_FREE,
	NAME_CXX_KEYWORD, /* a keyword or alternative token of C++ alone: fine in C */
	NAME_C_KEYWORD,   /* a keyword of C, up to C23 */
	NAME_MACRO,       /* a macro of <errno.h> or a predefined one: linux, unix */
};

enum name_reserved name_reserved_as(const char *name);

/* `-type "struct event"` is fine too: the name without its keyword. */
const char *name_bare(const char *name);

/* [A-Za-z_][A-Za-z0-9_]*; keywords too. */
bool name_is_identifier(const char *name);

/* With '_' for each byte that cannot stand in an identifier, and before a leading digit. */
char *name_sanitize(struct arena *, const char *name);

/* One scope of C: what is declared in it, by name, each with what it is for messages. */
struct name_scope {
	struct strmap names;
	const char *where; /* for messages: "the header", "struct execs" */
};

/*
 * Takes `name` in the scope for `what` ("map 'errno'"): the name that it gets, mended as above, or
 * NULL after an error, which says what has it already.
 */
const char *name_take(struct name_scope *, struct arena *, struct diag *, const char *name,
		      const char *what);

/* As name_take for a name that must not change: NULL after an error. */
const char *name_take_exactly(struct name_scope *, struct arena *, struct diag *, const char *name,
			      const char *what);

#endif
