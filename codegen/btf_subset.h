/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A smaller BTF: those types, members and enumerators of another one that are asked for. What is
 * kept refers to other types without the typedefs and modifiers between them, which CO-RE looks
 * through; a pointer that nobody follows is a pointer to void.
 */
#ifndef CODEGEN_BTF_SUBSET_H
#define CODEGEN_BTF_SUBSET_H

#include <bpf/btf.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "arena.h"
#include "strbuf.h"

struct btf_subset {
	struct arena *arena;
	const struct btf *btf; /* checked (btf_check.h) */
	uint32_t count;        /* of its types */
	unsigned char *flags;  /* by type */
	unsigned char **parts; /* by type: which members or enumerators; NULL: none so far */
	struct btf_subset_next
		*next; /* types that are kept, with what they consist of still to do */
	size_t n_next, n_done;
	uint32_t *order; /* of the types that are kept */
	size_t n_order;
};

/* How much of a type is kept. */
enum btf_subset_depth {
	/* Its kind, name and size, and what its elements are; no member, no enumerator, not what a
	 * pointer points to. */
	BTF_SUBSET_OUTSIDE,
	/* The same also of what it points to, and of parameters. */
	BTF_SUBSET_FOLLOW,
	/* All of it, but of structs behind a pointer only the outside. */
	BTF_SUBSET_WHOLE,
};

void btf_subset_init(struct btf_subset *, struct arena *, const struct btf *);

/* A type under its name: also a typedef. */
void btf_subset_keep(struct btf_subset *, uint32_t id, enum btf_subset_depth);

/* A member, which is of the type behind `id`, and the outside of its own type. */
void btf_subset_keep_member(struct btf_subset *, uint32_t id, uint32_t index);

/* An enumerator of the enum behind `id`. */
void btf_subset_keep_enumerator(struct btf_subset *, uint32_t id, uint32_t index);

/* Appends the BTF that has them, in the byte order of the other one; the types are in the order
 * in which they were asked for. */
void btf_subset_write(struct btf_subset *, struct strbuf *out);

#endif
