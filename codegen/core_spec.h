/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What a CO-RE relocation of a field or an enumerator names, as steps in the program's types, and
 * the same steps in a type of the kernel's.
 *
 * Source: libbpf's relo_core.c, whose answers these must be.
 */
#ifndef CODEGEN_CORE_SPEC_H
#define CODEGEN_CORE_SPEC_H

#include "core_compare.h"
#include "core_relocations.h"

/* As many as libbpf takes. */
#define CORE_MAX_STEPS 64

struct core_step {
	uint32_t type;    /* whose member it is; of an element: its own type */
	uint32_t index;   /* of the member or the element */
	const char *name; /* of the member or enumerator; NULL: an element */
};

struct core_spec {
	uint32_t root;
	/* Without anonymous members. */
	struct core_step steps[CORE_MAX_STEPS];
	size_t n_steps;
	/* Members, also anonymous ones, and elements: the numbers of the access string. */
	uint32_t path[CORE_MAX_STEPS];
	size_t length;
	uint64_t bit_offset;
};

/* The steps in the object's own types. 0, or -1 when they lead nowhere: a damaged object. */
int core_spec_read(struct core_spec *, const struct btf *, const struct core_relocation *);

/* Does the relocation, whose steps are `local`, fit that type of the target's? Then `target` has
 * the steps there. */
enum core_answer core_spec_match(struct core_pair *, const struct core_relocation *,
				 const struct core_spec *local, uint32_t id,
				 struct core_spec *target);

/* What libbpf would put in, but for the target's number of a type. 0, or -1 where it gives up. */
int core_spec_value(const struct btf *, const struct core_relocation *, const struct core_spec *,
		    uint64_t *value);

#endif
