/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * How CO-RE compares a type of the program, the local one, with one of the kernel's, the target.
 * Modifiers and typedefs never count. A name counts without its flavour: `sample___old` is a
 * `sample`.
 *
 * Source: libbpf's relo_core.c, whose answers these must be.
 */
#ifndef CODEGEN_CORE_COMPARE_H
#define CODEGEN_CORE_COMPARE_H

#include <bpf/btf.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct core_pair {
	const struct btf *local, *target;
	uint64_t steps; /* that may still be made: a damaged type may be as deep as it likes */
};

enum core_answer {
	CORE_REFUSED = -1, /* libbpf gives up here, or the steps are used up */
	CORE_NO,
	CORE_YES,
};

/* Takes a step. */
bool core_pair_may_go_on(struct core_pair *);

/* How much of a name is not its flavour. */
size_t core_name_length(const char *name);

/* Whether they are one, but for their flavours. */
bool core_is_same_name(const char *local, const char *target);

/* Whether a type may be what another one is relocated to: one kind, or both enums. */
bool core_is_same_kind(const struct btf_type *, const struct btf_type *);

/* Of members: one kind of thing, the size does not count. */
enum core_answer core_compare_fields(struct core_pair *, uint32_t local, uint32_t target);

/* For bpf_core_type_exists and bpf_core_type_size, once the names are the same. */
enum core_answer core_compare_types(struct core_pair *, uint32_t local, uint32_t target);

/* For bpf_core_type_matches: the target has all that the local type has, and alike. */
enum core_answer core_match_types(struct core_pair *, uint32_t local, uint32_t target);

#endif
