/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The order of types in BTF, where the compiler leaves it to chance: clang 19 writes structs and
 * unions that are only declared in the order of addresses in its memory, which follows from flags
 * that mean nothing. They stand in a row, and here that row is sorted by their names.
 *
 * Source: BTFDebug::endModule of LLVM, whose map of pointers to such types has pointers for keys.
 */
#ifndef CODEGEN_BTF_ORDER_H
#define CODEGEN_BTF_ORDER_H

#include <stdint.h>

#include "arena.h"

struct btf;
struct btf_type;

/* Ids of types, 0 to the number of types; NULL: they stay as they are. */
struct btf_order {
	uint32_t *old; /* by the new id */
	uint32_t *new; /* by the old id */
};

struct btf_order btf_order_find(struct arena *, const struct btf *);

/* Gives the types that a copied type refers to their new ids. */
void btf_order_apply(const struct btf_order *, struct btf_type *);

#endif
