/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Functions of the source, read for one question: where do pointers and sizes come from, and what
 * becomes of what a call returns? Private to source_*.c.
 *
 *	struct conn *c = bpf_ringbuf_reserve(&closed, sizeof(*c), 0);
 *
 * is a call whose result goes to a pointer to struct conn, and whose first argument means the map
 * `closed`. No control flow: what a variable may be is all that is ever assigned to it.
 */
#ifndef CODEGEN_SOURCE_FLOW_H
#define CODEGEN_SOURCE_FLOW_H

#include "source_reader.h"

enum source_goal_kind {
	GOAL_NONE,
	GOAL_TYPE,     /* a pointer to `type` */
	GOAL_VARIABLE, /* a void pointer: what becomes of it is to be looked for there */
	GOAL_RESULT,   /* the caller gets it */
};

/* What becomes of a value. */
struct source_goal {
	enum source_goal_kind kind;
	CXType type;
	struct source_variable *variable;
};

struct source_variable {
	struct source_variable *next;
	CXCursor declaration;
	int parameter;                  /* its index, or -1 */
	struct source_children sources; /* what is assigned to it */
	bool is_changed;                /* in ways that may make less of a number */
	struct source_goal *goals;      /* what it is assigned to in its turn */
	size_t n_goals;
};

struct source_call {
	CXCursor cursor;
	const char *name; /* of the function or helper */
	struct source_children arguments;
	struct source_goal goal;
	const char *file;
	unsigned line;
};

struct source_function {
	CXCursor definition;
	const char *name;
	bool is_static;
	CXType result; /* of the function */
	struct source_variable *variables;
	struct source_variable **parameters;
	size_t n_parameters;
	struct source_call *calls; /* those of helpers and of functions that have a body here */
	size_t n_calls;
	struct source_children returned;
	const char **functions; /* that it names, to call them or to have them called */
	size_t n_functions;
	bool is_walked;
	bool is_entered; /* source_meaning.c looks for what it gives back */
	/* source_events.c's: what is sent here, but for what the callers say. */
	struct source_sink *sinks;
	size_t n_sinks;
	bool is_begun;
};

enum source_meaning_kind {
	MEANING_UNKNOWN,
	MEANING_MAP,       /* the address of the global variable `map` */
	MEANING_TYPE,      /* a pointer to `type` */
	MEANING_PARAMETER, /* what the caller gives for it */
	MEANING_RESULT,    /* what the caller makes of what it gets */
};

struct source_meaning {
	enum source_meaning_kind kind;
	const char *map;
	CXType type;
	int parameter;
};

#define SOURCE_MAX_MEANINGS 8

/* What an expression may be, each once; none is unknown as well. */
struct source_meanings {
	struct source_meaning items[SOURCE_MAX_MEANINGS];
	size_t count;
};

/* A number of bytes. */
struct source_size {
	long long least; /* it cannot be less; 0: nothing is known */
	int parameter;   /* it is what the caller gives for it; or -1 */
	bool has_type;   /* "sizeof(struct conn)" stands there */
	CXType type;
};

/* Fills all but `sinks` by walking the body; does nothing the second time. */
void source_flow_read(struct source_reader *, struct source_function *);

struct source_function *source_flow_function(struct source_reader *, const char *name);

/* No argument. */
#define SOURCE_NOWHERE (-1)

/* An argument by its index; NULL: there is none. */
const CXCursor *source_flow_argument(const struct source_call *, int index);

/* source_dynptr.c: what stands at the start of the record behind a dynptr. `end` gets where the
 * accesses elsewhere in it end, in bytes; INT64_MAX: that cannot be told. */
struct source_meanings source_flow_dynptr(struct source_reader *, struct source_function *,
					  const struct source_variable *, long long *end);

/* The variable that an expression is, or whose address it is; NULL for anything else. */
struct source_variable *source_flow_variable(struct source_reader *, struct source_function *,
					     CXCursor expression);

/* The function whose address an expression is; NULL for anything else. */
struct source_function *source_flow_callback(struct source_reader *, CXCursor expression);

/* Behind brackets, casts and conversions. */
CXCursor source_flow_strip(struct source_reader *, CXCursor);

/* The number that an expression is for the compiler; -1 for none. */
long long source_flow_number(struct source_reader *, CXCursor expression);

/* The function that a call is of, helpers by their usual names; "" where it is not known. */
const char *source_flow_callee(struct source_reader *, CXCursor call);

struct source_meanings source_flow_map(struct source_reader *, struct source_function *,
				       CXCursor expression);
struct source_meanings source_flow_pointer(struct source_reader *, struct source_function *,
					   CXCursor expression);
struct source_meanings source_flow_goal(struct source_reader *, const struct source_goal *);
struct source_size source_flow_size(struct source_reader *, struct source_function *,
				    CXCursor expression);

/* Are the two parts of a binary operator added? False where that cannot be told. */
bool source_flow_is_sum(struct source_reader *, const struct source_children *parts);

void source_meanings_add(struct source_meanings *, const struct clang_library *,
			 const struct source_meaning *);

#endif
