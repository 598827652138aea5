/* SPDX-License-Identifier: BSD-2-Clause */
/* What can be compiled for: -target and its names, which are bpf2go's (Go's architectures). */
#ifndef DRIVER_TARGETS_H
#define DRIVER_TARGETS_H

#include "diag.h"
#include "object.h"

struct target {
	const char *name;         /* "bpfel", "arm64" */
	const char *clang;        /* what clang's -target gets */
	const char *architecture; /* __TARGET_ARCH_<this>; NULL for a generic target */
	const char *suffix;       /* of the object's name: "bpfel", "arm64_bpfel" */
	const char *condition;    /* preprocessor expression: the hosts that it is for */
	bool is_optional;         /* -optional */
};

struct target_list {
	struct target *items; /* those for an architecture first: they are preferred */
	size_t count;
};

/* A comma list as -target takes it; also the kernel's names of architectures, "x86" for 386 and
 * amd64. Two names for the same compilation (386, amd64) become one target for both. 0, or -1 after
 * an error. */
int targets_parse(struct target_list *, struct arena *, struct diag *, const char *text);

/* Marks those of a comma list. 0, or -1 after an error: one is not in the list of targets. */
int targets_set_optional(struct target_list *, struct arena *, struct diag *, const char *text);

/* The generic target of a byte order. */
const struct target *target_of(enum byte_order);

/* Appends all names, each behind a blank. */
struct strbuf;
void targets_add_names(struct strbuf *);

/* The compiler's macros for one of Go's architecture names, as an expression, or NULL. */
const char *target_architecture_condition(const char *name);

#endif
