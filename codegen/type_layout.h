/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * How a BPF struct or union has to be written so that C gives it the same layout on every host:
 * packed or not, with which alignment, and which gaps have to be filled by hand.
 */
#ifndef CODEGEN_TYPE_LAYOUT_H
#define CODEGEN_TYPE_LAYOUT_H

#include "btf_query.h"
#include "types.h"

struct type_layout {
	uint32_t alignment;   /* bytes; 1 when it is packed, unless a flexible array needs more */
	bool is_packed;       /* C would place or size it otherwise */
	bool is_bytes;        /* C cannot say it at all */
	bool has_empty_array; /* one of no elements, also in what it holds by value */
};

struct type_state {
	struct type_definition *definition;
	struct type_layout layout;
	bool has_layout;
	bool is_in_progress; /* it is being required or laid out: to meet it again is a cycle */
};

/* The layout of a struct or union, worked out once. */
const struct type_layout *type_layout(struct types *, uint32_t id);

/*
 * Where C puts the next member after `cursor` bits when it is left to itself: the place on hosts
 * that align 64-bit types to 8 bytes, and (`least`) on those that align them to 4.
 */
struct type_place {
	uint32_t bits, least;
};

struct type_place type_layout_next(struct types *, const struct type_layout *,
				   const struct btf_query_member *, uint32_t cursor);

#endif
