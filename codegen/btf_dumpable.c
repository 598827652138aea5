/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A walk over what btf_dump needs before it can write a type, in its own way (btf_dump_order_type):
 * behind a pointer, a struct or union with a name is only declared, and all else is needed whole.
 * Each type is walked once as such, and once as what a pointer points to; how deep and how large
 * its text becomes is added up on the way back, since types without a name are written wherever
 * they are used.
 */
#include "btf_dumpable.h"

#include <stdint.h>
#include <string.h>

#include "btf_query.h"

/* Of one declaration. */
#define MAX_DEPTH  256
#define MAX_WEIGHT 1000000    /* parts */
#define MAX_HOLE   (1u << 20) /* bytes */
#define MAX_STEPS  1000000    /* of btf__align_of, through all that is held by value */
#define MAX_SIZE   (1u << 27) /* bytes: libbpf counts their bits in an int */

/* Of all together; a kernel's types have less than a twentieth of it. */
#define MAX_ALL_PARTS (UINT64_C(1) << 25)
#define MAX_ALL_HOLES (UINT64_C(1) << 24) /* each eight bytes may be a line of padding */

struct visit {
	uint32_t weight; /* 0: not walked yet */
	uint32_t steps;
	uint16_t depth;
	bool is_open; /* it is being walked */
};

struct walker {
	const struct btf *btf;
	struct visit *visits;  /* two by each type: as such, and behind a pointer */
	uint64_t parts, holes; /* of all so far */
};

static bool walk(struct walker *, uint32_t id, bool is_behind_pointer, int depth);

/* Adds a part to what it is a part of. */
static bool add(struct walker *walker, struct visit *whole, uint32_t id, bool is_behind_pointer,
		int depth)
{
	const struct btf_type *type = btf__type_by_id(walker->btf, id);
	const struct visit *part = &walker->visits[2 * id + is_behind_pointer];
	bool has_name = type->name_off &&
			(btf_is_composite(type) || btf_is_any_enum(type) || btf_is_typedef(type));

	if (!walk(walker, id, is_behind_pointer, depth + 1))
		return false;
	if (part->depth + 1 > whole->depth)
		whole->depth = (uint16_t)(part->depth + 1);
	whole->weight += has_name ? 1 : part->weight;
	if (!is_behind_pointer)
		whole->steps += part->steps;
	return whole->depth <= MAX_DEPTH && whole->weight <= MAX_WEIGHT &&
	       whole->steps <= MAX_STEPS;
}

static bool walk_parts(struct walker *walker, struct visit *visit, const struct btf_type *type,
		       bool is_behind_pointer, int depth)
{
	switch (btf_kind(type)) {
	case BTF_KIND_PTR:
		return add(walker, visit, type->type, true, depth);
	case BTF_KIND_CONST:
	case BTF_KIND_VOLATILE:
	case BTF_KIND_RESTRICT:
	case BTF_KIND_TYPE_TAG:
	case BTF_KIND_TYPEDEF:
		return add(walker, visit, type->type, is_behind_pointer, depth);
	case BTF_KIND_ARRAY:
		return add(walker, visit, btf_array(type)->type, false, depth);
	case BTF_KIND_ENUM:
	case BTF_KIND_ENUM64:
		visit->weight += btf_vlen(type);
		return true;
	case BTF_KIND_STRUCT:
	case BTF_KIND_UNION:
		for (uint32_t i = 0; i < btf_vlen(type) && (!is_behind_pointer || !type->name_off);
		     i++) {
			if (!add(walker, visit, btf_members(type)[i].type, false, depth))
				return false;
		}
		return true;
	case BTF_KIND_FUNC_PROTO:
		for (uint32_t i = 0; i < btf_vlen(type); i++) {
			if (!add(walker, visit, btf_params(type)[i].type, is_behind_pointer, depth))
				return false;
		}
		return add(walker, visit, type->type, is_behind_pointer, depth);
	default:
		return true;
	}
}

/* False: it consists of itself, or is too deep or too large. */
static bool walk(struct walker *walker, uint32_t id, bool is_behind_pointer, int depth)
{
	struct visit *visit = &walker->visits[2 * id + is_behind_pointer];

	if (visit->is_open || depth > MAX_DEPTH)
		return false;
	if (visit->weight)
		return true;
	visit->is_open = true;
	visit->weight = 1;
	visit->steps = 1;
	if (!walk_parts(walker, visit, btf__type_by_id(walker->btf, id), is_behind_pointer, depth))
		return false;
	visit->is_open = false;
	return true;
}

/* Is it of a kind that can be a member? What cannot has no alignment, by which btf_dump divides. */
static bool can_be_member(const struct btf *btf, uint32_t id)
{
	const struct btf_type *type;

	for (int i = 0; i < BTF_QUERY_MAX_CHAIN; i++) {
		id = btf_query_resolve(btf, id, NULL);
		type = btf__type_by_id(btf, id);
		if (!btf_is_array(type))
			return btf_is_int(type) || btf_is_float(type) || btf_is_any_enum(type) ||
			       btf_is_ptr(type) || btf_is_composite(type);
		id = btf_array(type)->type;
	}
	return false;
}

/* Takes note of a hole from `end` to `start`, in bits. False: no C gives it. */
static bool add_hole(struct walker *walker, uint64_t end, uint64_t start)
{
	uint64_t bytes = start > end ? (start - end) / 8 : 0;

	walker->holes += bytes;
	return bytes <= MAX_HOLE && walker->holes <= MAX_ALL_HOLES;
}

/* Do the members lie within the struct, in their order, without a hole that no C gives? */
static bool has_layout(struct walker *walker, const struct btf_type *type)
{
	uint64_t size = (uint64_t)type->size * 8, start = 0, end = 0, last = 0;
	const struct btf *btf = walker->btf;

	if (type->size > MAX_SIZE)
		return false;
	for (uint32_t i = 0; i < btf_vlen(type); i++) {
		struct btf_query_member member = btf_query_member(btf, type, i);
		int64_t bytes = btf_query_size(btf, member.type);
		uint64_t bits = member.width ? member.width : (uint64_t)bytes * 8;

		if (!can_be_member(btf, member.type) || bytes < 0 || member.bit_offset < start ||
		    member.bit_offset + bits > size ||
		    (!btf_is_union(type) && !add_hole(walker, end, member.bit_offset)))
			return false;
		start = member.bit_offset;
		end = start + bits;
		last = end > last ? end : last;
	}
	/* btf_dump pads from the last member on; of a union, from its largest one. */
	return add_hole(walker, btf_is_union(type) ? last : end, size);
}

/* A letter, a digit, '_' or, as compilers and the kernel have it, '.'. A kernel's BTF has many
 * millions.
 */
static bool is_of_name(char c)
{
	return (c >= 'a' && c <= 'z') || c == '_' || (c >= '0' && c <= '9') ||
	       (c >= 'A' && c <= 'Z') || c == '.';
}

/* None at all is fine, too; several words for a number: "unsigned int". */
static bool is_name(const char *name, bool is_number)
{
	while (is_of_name(*name) || (is_number && *name == ' '))
		name++;
	return !*name;
}

/* Of a type tag, which is written within quotes. */
static bool is_quotable(const char *text)
{
	for (; *text; text++) {
		if (*text < ' ' || *text > '~' || *text == '"' || *text == '\\')
			return false;
	}
	return true;
}

/* Of a type tag that stands for an attribute, and is written without quotes: "address_space(1)". */
static bool is_attribute(const char *text)
{
	while (is_of_name(*text))
		text++;
	if (!*text)
		return true;
	if (*text++ != '(')
		return false;
	while (is_of_name(*text) || *text == ',' || *text == ' ')
		text++;
	return !strcmp(text, ")");
}

static bool has_name(const struct btf *btf, const struct btf_type *type)
{
	const char *name = btf_query_name(btf, type->name_off);

	switch (btf_kind(type)) {
	case BTF_KIND_TYPE_TAG:
		return btf_kflag(type) ? is_attribute(name) : is_quotable(name);
	case BTF_KIND_VAR:
	case BTF_KIND_DATASEC:
	case BTF_KIND_DECL_TAG:
		return true;
	default:
		return is_name(name, btf_is_int(type) || btf_is_float(type));
	}
}

/* Of members, enumerators, parameters. */
static bool have_parts_names(const struct btf *btf, const struct btf_type *type)
{
	for (uint32_t i = 0; i < btf_vlen(type); i++) {
		uint32_t name = 0;

		if (btf_is_composite(type))
			name = btf_members(type)[i].name_off;
		else if (btf_is_enum(type))
			name = btf_enum(type)[i].name_off;
		else if (btf_is_enum64(type))
			name = btf_enum64(type)[i].name_off;
		else if (btf_is_func_proto(type))
			name = btf_params(type)[i].name_off;
		else
			return true;
		if (name && !is_name(btf_query_name(btf, name), false))
			return false;
	}
	return true;
}

/* Of a number or an enum, whose alignment is its size. */
static bool has_size(const struct btf_type *type)
{
	return type->size && type->size <= 16;
}

static bool is_dumpable(struct walker *walker, uint32_t id)
{
	const struct btf_type *type = btf__type_by_id(walker->btf, id);
	const struct visit *visit = &walker->visits[2 * id];

	if (btf_is_composite(type) && !has_layout(walker, type))
		return false;
	if ((btf_is_int(type) || btf_is_float(type) || btf_is_any_enum(type)) && !has_size(type))
		return false;
	if (!has_name(walker->btf, type) || !have_parts_names(walker->btf, type) ||
	    !walk(walker, id, false, 0))
		return false;
	walker->parts += visit->weight + visit->steps;
	return walker->parts <= MAX_ALL_PARTS;
}

bool btf_is_dumpable(struct arena *arena, const struct btf *btf)
{
	uint32_t count = btf__type_cnt(btf);
	struct walker walker = {
		.btf = btf,
		.visits = ARENA_ARRAY(arena, struct visit, (size_t)count * 2),
	};

	for (uint32_t id = 1; id < count; id++) {
		if (!is_dumpable(&walker, id))
			return false;
	}
	return true;
}
