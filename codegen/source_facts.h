/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What only the source knows: its comments, the values of its macros, the types of its events, and
 * types that BTF lacks. libclang parses it once; behind its end stands, for each macro that may be
 * a constant,
 *
 *	#ifdef MAX_PEERS
 *	static const __auto_type __bpfbake_constant_MAX_PEERS = (MAX_PEERS);
 *	#endif
 *
 * which clang evaluates for the BPF target. Comments and events are looked for in everything but
 * system headers, libbpf's and vmlinux.h.
 */
#ifndef CODEGEN_SOURCE_FACTS_H
#define CODEGEN_SOURCE_FACTS_H

#include "clang_library.h"
#include "file.h"
#include "source_text.h"
#include "strmap.h"
#include "strvec.h"

/* A declaration of the user's. */
struct source_place {
	const char *comment; /* without its marks, lines with '\n' between; NULL: none */
	const char *file;    /* as clang names it */
	unsigned line;
	struct source_place *next; /* declared later by the same name; types of functions */
};

struct source_constant {
	const char *name;
	const char *literal; /* of a string, or NULL: a number */
	unsigned long long value;
	bool is_unsigned;
	unsigned bytes; /* of its type, promoted: 4, 8 */
	/* It turns around with the byte order: what it is for the other one; NULL: nothing. */
	bool is_swapped;
	const struct source_constant *other;
};

/* A call that sends, or a callback that gets, records through a map. */
struct source_event {
	const char *map;
	const char *type;   /* of the records: "struct event", "__u64"; NULL: not known */
	const char *reason; /* why it is not known: "records of varying size"; or NULL */
	const char *file;   /* of the call */
	unsigned line;
};

/* The definition of a type. */
struct source_type {
	const char *name; /* without "struct" */
	struct bytes
		btf; /* with all that it consists of; a typedef or a tag of that name is there */
};

struct source_facts {
	/* The first struct source_place by what is declared: "variable seen", "function watch",
	 * "struct conn", "struct conn.peer", "enum mode", "enumerator MODE_ON". */
	struct strmap places;
	/* Of the user's enums, by tag or typedef: not NULL, "signed" or "unsigned". */
	struct strmap enum_signs;
	struct source_constant *constants;
	size_t n_constants;
	struct source_event *events; /* in the order of the source */
	size_t n_events;
	struct source_type *types; /* those of the events, and those that were asked for */
	size_t n_types;
	void *kept[2];     /* libclang's own */
	const char *error; /* the first: what libclang does not understand; or NULL */
	const char *error_place;
};

struct source_query {
	const struct clang_library *library;
	const char *path;           /* as clang is given it */
	const struct strvec *flags; /* of clang, without the compiler, -c and -o */
	const struct source_text *text;
	const struct strvec
		*types;   /* to define where the source does: names without "struct", globs */
	bool events_only; /* no constants, no comments */
};

/* False when the source cannot be parsed at all. Takes from `arena` alone, so that it may run in a
 * thread of its own. */
bool source_facts_read(struct source_facts *, struct arena *arena, const struct source_query *);

/* "path:line" of a declaration; `fallback` where it is not known or `facts` is NULL. */
const char *source_facts_where(struct arena *, const struct source_facts *facts, const char *what,
			       const char *fallback);

/* The same of a struct, union or enum, by its name, or that of the typedef that alone names it;
 * else where an event of it is sent first. */
const char *source_facts_where_type(struct arena *, const struct source_facts *facts,
				    const char *name, const char *fallback);

/* All places where types of that name are, "a.bpf.c:4, a.bpf.c:9"; `last` gets the last one. NULL,
 * and `last` stays as it is, where none is known. */
const char *source_facts_where_all(struct arena *, const struct source_facts *facts,
				   const char *name, const char **last);

#endif
