/* SPDX-License-Identifier: BSD-2-Clause */
/* What the readers of a source have in common. Private to source_*.c. */
#ifndef CODEGEN_SOURCE_READER_H
#define CODEGEN_SOURCE_READER_H

#include "source_facts.h"

struct source_reader {
	struct source_facts *facts;
	struct arena *arena;
	const struct clang_library *clang;
	const struct source_query *query;
	/* The file at hand, asked for once. */
	void *file;
	bool is_of_user;
	const char *file_name;
	/* The comment before a type without a name: it is about what is declared with the type. */
	const char *pending;
	/* While members are visited: "struct conn". */
	const char *owner;
	struct strmap types;        /* those that are defined, by name */
	unsigned last_line;         /* of the source; behind it stand variables for macros */
	struct strmap no_constants; /* lines of such variables of which clang says something */
	struct source_function *functions;
	size_t n_functions;
};

/* Copies it into the arena and gives it back. */
const char *source_take_string(struct source_reader *, CXString);
const char *source_name(struct source_reader *, CXCursor);

/* "struct", "union", "enum"; "" for others. */
const char *source_keyword(CXCursor);

/* The tag of a struct, union or enum, or "": a typedef's name is none. */
const char *source_tag(struct source_reader *, CXCursor);

/* What a cursor consists of, in the arena. */
struct source_children {
	CXCursor *items;
	size_t count;
};

struct source_children source_children(struct source_reader *, CXCursor);

/* Sets the file; the line, or 0 for what is not the user's. */
unsigned source_find_place(struct source_reader *, CXCursor);

/* source_attach.c: the comments on a declaration, with their marks; "" for none. */
struct source_remarks {
	const char *before, *behind;
};

struct source_remarks source_attach(struct source_reader *, CXCursor);

/* source_comments.c: what is declared, where, and what the source says of it. */
void source_read_declaration(struct source_reader *, CXCursor, unsigned line);

/* source_types.c: T without qualifiers, and without what only wraps it. */
CXType source_bare_type(const struct clang_library *, CXType);

/* How events name it ("struct conn", "packet_t", "__u64"), or NULL for what has no name. */
const char *source_type_name(struct source_reader *, CXType);

/* Adds the definition to the facts. False for a type that has none, and for another type of the
 * same name. */
bool source_define_type(struct source_reader *, const char *name, CXType);

/* source_events.c: keeps the body of a function. */
void source_add_function(struct source_reader *, CXCursor);

/* After the last function: finds who sends what. */
void source_find_events(struct source_reader *);

#endif
