/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Layouts. A bitfield goes to the next bit, unless it would then cross a boundary of its type:
 *
 *	int a : 20;     0
 *	int b : 20;     32, packed 20
 *	int : 0;        moves on to the next int
 *	char c;         the next byte, also of the same int
 *
 * Those without a name have no part in the alignment of the whole.
 */
#include <bpf/btf.h>

#include "btf_query.h"
#include "vmlinux_types.h"

/* Bits have to be less than 2^32. */
#define MAX_SIZE (UINT64_C(1) << 28)

struct extent {
	uint64_t size, align; /* bytes */
	bool is_integer;
};

struct layout {
	uint64_t bits; /* the next one that is free; of a union, its largest member */
	uint64_t align;
	bool is_union, is_packed;
};

static bool is_reference(uint32_t kind)
{
	return kind == BTF_KIND_TYPEDEF || kind == BTF_KIND_CONST || kind == BTF_KIND_VOLATILE ||
	       kind == BTF_KIND_RESTRICT || kind == BTF_KIND_TYPE_TAG || kind == BTF_KIND_ARRAY;
}

static bool has_body(uint32_t kind)
{
	return kind == BTF_KIND_STRUCT || kind == BTF_KIND_UNION || kind == BTF_KIND_ENUM;
}

/* False: it has none, or one beyond all measure. */
static bool find_extent(const struct vmlinux_type *type, struct extent *extent)
{
	uint64_t count = 1;
	bool has_arrays = false;

	for (int i = 0; is_reference(type->kind); i++) {
		if (i == BTF_QUERY_MAX_CHAIN)
			return false;
		has_arrays |= type->kind == BTF_KIND_ARRAY;
		if (type->kind == BTF_KIND_ARRAY &&
		    __builtin_mul_overflow(count, type->count, &count))
			return false;
		type = type->target;
	}
	if (has_body(type->kind) && !type->is_defined)
		return false;
	extent->align = type->align;
	extent->is_integer =
		!has_arrays && (type->kind == BTF_KIND_INT || type->kind == BTF_KIND_ENUM);
	return type->align && !__builtin_mul_overflow(count, type->size, &extent->size) &&
	       extent->size <= MAX_SIZE;
}

static uint64_t round_up(uint64_t value, uint64_t step)
{
	return (value + step - 1) / step * step;
}

static uint64_t larger(uint64_t a, uint64_t b)
{
	return a > b ? a : b;
}

static bool place_bitfield(struct layout *layout, struct vmlinux_member *member,
			   struct extent extent)
{
	uint64_t unit = 8 * extent.size, at = layout->is_union ? 0 : layout->bits;
	bool is_packed = (layout->is_packed || member->is_packed) && member->width;
	uint64_t align = is_packed ? 1 : 8 * extent.align;

	if (!extent.is_integer || member->width > unit || member->align ||
	    (!member->width && member->name))
		return false;
	if (!member->width || at % align + member->width > unit)
		at = round_up(at, align);
	member->bit_offset = at;
	layout->bits = larger(layout->bits, at + member->width);
	if (member->name && !is_packed)
		layout->align = larger(layout->align, extent.align);
	return true;
}

static void place_member(struct layout *layout, struct vmlinux_member *member, struct extent extent)
{
	uint64_t natural = layout->is_packed || member->is_packed ? 1 : extent.align;
	uint64_t align = larger(natural, member->align);

	member->bit_offset = layout->is_union ? 0 : round_up(layout->bits, 8 * align);
	layout->bits = larger(layout->bits, member->bit_offset + 8 * extent.size);
	layout->align = larger(layout->align, align);
}

bool vmlinux_layout(struct vmlinux_type *type)
{
	struct layout layout = {
		.align = larger(type->align, 1),
		.is_union = type->kind == BTF_KIND_UNION,
		.is_packed = type->is_packed,
	};

	for (size_t i = 0; i < type->n_members; i++) {
		struct vmlinux_member *member = &type->members[i];
		struct extent extent;

		if (!find_extent(member->type, &extent))
			return false;
		if (!member->is_bitfield)
			place_member(&layout, member, extent);
		else if (!place_bitfield(&layout, member, extent))
			return false;
		if (layout.bits > 8 * MAX_SIZE)
			return false;
	}
	type->align = layout.align;
	type->size = round_up(round_up(layout.bits, 8) / 8, layout.align);
	return true;
}

/* int, unsigned int, long or unsigned long, the first that has all values. */
bool vmlinux_layout_enum(struct vmlinux_type *type, uint64_t mode)
{
	uint64_t highest = 0, size = 4;
	int64_t lowest = 0;

	for (size_t i = 0; i < type->n_enumerators; i++) {
		const struct vmlinux_enumerator *enumerator = &type->enumerators[i];

		if (!enumerator->is_negative)
			highest = larger(highest, enumerator->value);
		else if ((int64_t)enumerator->value < lowest)
			lowest = (int64_t)enumerator->value;
	}
	type->is_signed = lowest < 0;
	if (highest > (type->is_signed ? INT32_MAX : UINT32_MAX) || lowest < INT32_MIN)
		size = 8;
	type->size = mode ? mode : size;
	type->align = type->size;
	return !(size == 8 && type->is_signed && highest > INT64_MAX) && type->size >= (size & 8);
}
