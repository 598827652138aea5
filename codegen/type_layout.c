/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * BTF gives offsets and sizes, but neither `packed` nor `aligned`. A struct is written packed when
 * a member stands where its type's alignment would not let it, a bitfield crosses the border of its
 * unit, or the size is no multiple of the alignment:
 *
 *	struct { char a; int b; }   b at bit 8, not at a multiple of 32: packed
 *	struct { int a:20, b:20; }  b at bit 20, crosses bit 32: packed
 *
 * A larger alignment than the natural one shows only as gaps, which are filled.
 */
#include "type_layout.h"

static uint32_t round_up(uint32_t value, uint32_t unit)
{
	return (value + unit - 1) / unit * unit;
}

/* The type behind arrays; 0: there is none. */
static uint32_t element(const struct types *types, uint32_t id)
{
	for (int i = 0; i < BTF_QUERY_MAX_CHAIN; i++) {
		id = btf_query_resolve(types->btf, id, NULL);
		if (!id || !btf_is_array(btf__type_by_id(types->btf, id)))
			return id;
		id = btf_array(btf__type_by_id(types->btf, id))->type;
	}
	return 0;
}

bool types_has_empty_array(struct types *types, uint32_t id)
{
	if (!btf_query_size(types->btf, id))
		return true;
	id = element(types, id);
	return id && btf_is_composite(btf__type_by_id(types->btf, id)) &&
	       type_layout(types, id)->has_empty_array;
}

uint32_t types_alignment(struct types *types, uint32_t id, uint32_t *least)
{
	const struct btf_type *type;
	uint32_t alignment;

	*least = 1;
	id = element(types, id);
	if (!id)
		return 1;
	type = btf__type_by_id(types->btf, id);
	if (btf_is_composite(type))
		return *least = type_layout(types, id)->alignment;
	alignment = btf_is_ptr(type) ? 8 : type->size;
	if (!alignment || alignment > 16 || (alignment & (alignment - 1)))
		return 1;
	/* i386 aligns 64 bits to 4 bytes, s390x 128 bits to 8. */
	*least = alignment >= 8 ? alignment / 2 : alignment;
	return alignment;
}

/* Whether a bitfield lies across the border of two units of its type. */
static bool straddles(const struct btf_query_member *member, uint32_t unit)
{
	return !unit || member->bit_offset % unit + member->width > unit;
}

static void add_member(struct types *types, struct type_layout *layout,
		       const struct btf_query_member *member)
{
	int64_t size = btf_query_size(types->btf, member->type);
	uint32_t least, alignment = types_alignment(types, member->type, &least);

	if (size < 0 || (!member->width && member->bit_offset % 8)) {
		layout->is_bytes = true;
	} else if (member->width) {
		if (size > 8 || member->width > size * 8)
			layout->is_bytes = true;
		else if (straddles(member, (uint32_t)size * 8))
			layout->is_packed = true;
	} else if (member->bit_offset % (alignment * 8)) {
		layout->is_packed = true;
	}
	if (alignment > layout->alignment)
		layout->alignment = alignment;
	if (!member->width)
		layout->has_empty_array |= types_has_empty_array(types, member->type);
}

/*
 * A flexible array must stay the last member, so what follows it can only come from the struct's
 * alignment: the smallest one that gives its size.
 */
static uint32_t flexible_alignment(struct types *types, const struct btf_type *type,
				   uint32_t alignment)
{
	uint32_t count = btf_vlen(type), end;
	struct btf_query_member last;

	if (!count || !btf_is_struct(type))
		return alignment;
	last = btf_query_member(types->btf, type, count - 1);
	end = last.bit_offset / 8;
	if (last.width || btf_query_size(types->btf, last.type) != 0)
		return alignment;
	for (uint32_t wanted = alignment; wanted && wanted <= type->size; wanted *= 2) {
		if (type->size % wanted == 0 && round_up(end, wanted) == type->size)
			return wanted;
	}
	return alignment;
}

const struct type_layout *type_layout(struct types *types, uint32_t id)
{
	const struct btf_type *type = btf__type_by_id(types->btf, id);
	struct type_state *state = &types->states[id];
	struct type_layout layout = {.alignment = 1};

	if (state->has_layout)
		return &state->layout;
	if (state->is_in_progress || types->depth > BTF_QUERY_MAX_CHAIN) {
		state->layout = (struct type_layout){.alignment = 1, .is_bytes = true};
		return &state->layout;
	}
	state->is_in_progress = true;
	types->depth++;
	for (uint32_t i = 0; i < btf_vlen(type); i++) {
		struct btf_query_member member = btf_query_member(types->btf, type, i);

		add_member(types, &layout, &member);
	}
	types->depth--;
	state->is_in_progress = false;
	if (type->size % layout.alignment)
		layout.is_packed = true;
	if (layout.is_packed || layout.is_bytes)
		layout.alignment = 1;
	if (layout.is_bytes)
		layout.has_empty_array = false;
	else
		layout.alignment = flexible_alignment(types, type, layout.alignment);
	state->layout = layout;
	state->has_layout = true;
	return &state->layout;
}

struct type_place type_layout_next(struct types *types, const struct type_layout *layout,
				   const struct btf_query_member *member, uint32_t cursor)
{
	uint32_t least, alignment;
	struct type_place place = {cursor, cursor};

	if (member->width) {
		uint32_t unit = (uint32_t)btf_query_size(types->btf, member->type) * 8;

		/* i386 aligns units of 64 bits to 32: more fits behind what stands there. */
		uint32_t least_border = unit == 64 ? 32 : unit;

		if (!layout->is_packed && cursor % unit + member->width > unit)
			place.bits = round_up(cursor, unit);
		if (!layout->is_packed && cursor % least_border + member->width > unit)
			place.least = round_up(cursor, least_border);
		return place;
	}
	cursor = round_up(cursor, 8);
	alignment = types_alignment(types, member->type, &least);
	if (layout->is_packed)
		alignment = least = 1;
	place.bits = round_up(cursor, alignment * 8);
	place.least = round_up(cursor, least * 8);
	return place;
}
