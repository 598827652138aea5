/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What a name of the BPF source may become in the header.
 *
 * A name that C, C++ or a system macro has taken gets one '_' behind it; so does one that something
 * else in the same scope has already. A name that is still taken then is an error, and so is one
 * that is no identifier: objects may hold anything.
 */
#ifndef CODEGEN_NAMES_H
#define CODEGEN_NAMES_H

#include <stdbool.h>
#include <stdint.h>

#include "diag.h"
#include "strmap.h"

struct source_facts;

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

/* Words like that with a blank between each two: "unsigned int". */
bool name_is_of_number(const char *name);

/* With '_' for each byte that cannot stand in an identifier, and before a leading digit. */
char *name_sanitize(struct arena *, const char *name);

/* What messages about names need. */
struct name_context {
	struct arena *arena;
	struct diag *diag;
	const struct source_facts *facts; /* or NULL */
	const char *path;                 /* where a message stands that has no better place */
};

/* What has a name. Its strings live as long as the scope. */
struct name_owner {
	const char *what;     /* for messages: "map 'errno'" */
	const char *declared; /* as source_facts.h has it: "variable errno"; NULL: nowhere */
};

/* "map 'errno'" and "variable errno", of "map", "variable" and "errno". */
struct name_owner name_owner(struct arena *, const char *what, const char *kind, const char *name);

/* One scope of C: what is declared in it. */
struct name_scope {
	const struct name_context *context;
	const char *where;      /* for messages: "the header", "struct execs" */
	struct strmap names;    /* struct name_owner */
	struct strmap families; /* struct name_family, by their heads */
};

/*
 * Takes `name` in the scope: the name that its owner gets, mended as above, or NULL after an error,
 * which stands where the owner is declared, and says what has the name already and where that is,
 * or that it is no identifier: nothing else gets into the header.
 */
const char *name_take(struct name_scope *, const char *name, struct name_owner);

/* As name_take for a name that must not change: NULL after an error. */
const char *name_take_exactly(struct name_scope *, const char *name, struct name_owner);

/*
 * Names "HEAD__rest" of one owner, thousands in a large object, which are not kept one by one:
 * has(bits, rest) says which they are. No rest begins with '_' or has "__" in it.
 */
struct name_family {
	struct name_owner owner;
	uint32_t bits;
	bool (*has)(uint32_t bits, const char *rest);
};

/* Takes them all. Families come before single names of that form; one head is one owner's. Nonzero
 * after an error. */
int name_take_family(struct name_scope *, const char *head, struct name_family);

/* Whether the scope has the name. */
bool name_is_taken(const struct name_scope *, const char *name);

#endif
