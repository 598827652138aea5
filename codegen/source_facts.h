/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What only the source knows: its comments, and the values of its macros. libclang parses it once;
 * behind its end stands, for each macro that may be a constant,
 *
 *	#ifdef MAX_PEERS
 *	static const __auto_type __bpfbake_constant_MAX_PEERS = (MAX_PEERS);
 *	#endif
 *
 * which clang evaluates for the BPF target. Macros are looked for in the source and in what it
 * includes by "…", comments in everything but system headers and vmlinux.h.
 */
#ifndef CODEGEN_SOURCE_FACTS_H
#define CODEGEN_SOURCE_FACTS_H

#include "clang_library.h"
#include "strmap.h"
#include "strvec.h"

struct source_comment {
	const char *text; /* without its marks, lines with '\n' between */
	const char *file; /* base name */
	unsigned line;    /* of what it is about */
};

struct source_constant {
	const char *name;
	const char *text;         /* of a string; NULL for a number */
	unsigned long long value; /* in two's complement */
	bool is_unsigned;
	unsigned bytes; /* of its type: 4, 8 */
};

struct source_facts {
	/* struct source_comment by what it is about: "variable seen", "function watch", "struct
	 * conn", "struct conn.peer", "enum mode", "enumerator MODE_ON". */
	struct strmap comments;
	struct source_constant *constants;
	size_t n_constants;
};

struct source_query {
	const struct clang_library *library;
	const char *path;           /* as clang is given it */
	const struct strvec *flags; /* of clang, without the compiler, -c and -o */
	bool wants_constants;
};

/* False when the source cannot be parsed at all. Takes from `arena` alone, so that it may run in a
 * thread of its own. */
bool source_facts_read(struct source_facts *, struct arena *arena, const struct source_query *);

#endif
