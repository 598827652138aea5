/* SPDX-License-Identifier: BSD-2-Clause */
#include "btf_query.h"

#include <string.h>

const char *btf_query_name(const struct btf *btf, uint32_t offset)
{
	const char *name = btf__name_by_offset(btf, offset);

	return name ? name : "";
}

const char *btf_query_type_name(const struct btf *btf, uint32_t id)
{
	const struct btf_type *type = btf__type_by_id(btf, id);

	return type ? btf_query_name(btf, type->name_off) : "";
}

bool btf_query_is_modifier(const struct btf_type *type)
{
	return btf_is_mod(type) || btf_is_type_tag(type);
}

uint32_t btf_query_resolve(const struct btf *btf, uint32_t id, const char **typedef_name)
{
	if (typedef_name)
		*typedef_name = NULL;
	for (int i = 0; i < BTF_QUERY_MAX_CHAIN; i++) {
		const struct btf_type *type = btf__type_by_id(btf, id);

		if (!type)
			return 0;
		if (btf_is_typedef(type) && typedef_name)
			*typedef_name = btf_query_name(btf, type->name_off);
		if (!btf_query_is_modifier(type) && !btf_is_typedef(type))
			return id;
		id = type->type;
	}
	return 0;
}

int64_t btf_query_size(const struct btf *btf, uint32_t id)
{
	uint64_t elements = 1;

	for (int i = 0; i < BTF_QUERY_MAX_CHAIN; i++) {
		const struct btf_type *type;

		id = btf_query_resolve(btf, id, NULL);
		type = btf__type_by_id(btf, id);
		if (!id || !type)
			return -1;
		if (btf_is_ptr(type))
			return (int64_t)(elements * 8);
		if (btf_is_int(type) || btf_is_composite(type) || btf_is_any_enum(type) ||
		    btf_is_float(type))
			return (int64_t)(elements * type->size);
		if (!btf_is_array(type))
			return -1;
		elements *= btf_array(type)->nelems;
		if (elements > INT32_MAX)
			return -1;
		id = btf_array(type)->type;
	}
	return -1;
}

uint32_t btf_query_find(const struct btf *btf, const char *name)
{
	uint32_t count = btf__type_cnt(btf);

	for (uint32_t id = 1; id < count; id++) {
		const struct btf_type *type = btf__type_by_id(btf, id);

		if (!btf_is_composite(type) && !btf_is_any_enum(type) && !btf_is_typedef(type))
			continue;
		if (!strcmp(btf_query_name(btf, type->name_off), name))
			return id;
	}
	return 0;
}

struct btf_query_member btf_query_member(const struct btf *btf, const struct btf_type *type,
					 uint32_t index)
{
	const struct btf_member *m = &btf_members(type)[index];
	struct btf_query_member member = {
		.name = btf_query_name(btf, m->name_off),
		.type = m->type,
		.bit_offset = btf_member_bit_offset(type, index),
		.width = btf_member_bitfield_size(type, index),
	};
	uint32_t id = btf_query_resolve(btf, m->type, NULL);
	const struct btf_type *integer = btf__type_by_id(btf, id);

	if (!btf_kflag(type) && id && btf_is_int(integer) &&
	    btf_int_bits(integer) != integer->size * 8) {
		member.bit_offset += btf_int_offset(integer);
		member.width = btf_int_bits(integer);
	}
	return member;
}

uint32_t btf_query_datasec(const struct btf *btf, const char *name)
{
	/* clang puts them last. */
	for (uint32_t id = btf__type_cnt(btf) - 1; id >= 1; id--) {
		const struct btf_type *type = btf__type_by_id(btf, id);

		if (btf_is_datasec(type) && !strcmp(btf_query_name(btf, type->name_off), name))
			return id;
	}
	return 0;
}

bool btf_query_knows_signs(const struct btf *btf)
{
	for (uint32_t id = btf__type_cnt(btf) - 1; id >= 1; id--) {
		const struct btf_type *type = btf__type_by_id(btf, id);

		if (btf_is_any_enum(type) && btf_kflag(type))
			return true;
	}
	return false;
}

bool btf_query_enum_is_signed(const struct btf_type *type, bool knows_signs)
{
	bool has_small = false;

	if (btf_kflag(type) || knows_signs || !btf_is_enum(type))
		return btf_kflag(type);
	for (uint32_t i = 0; i < btf_vlen(type); i++) {
		uint32_t value = (uint32_t)btf_enum(type)[i].val;

		if (value >= 0x80000000 && value < 0xffff0000)
			return false;
		has_small |= value >= 0xffff0000;
	}
	return has_small;
}

bool btf_query_is_function_tag(const struct btf *btf, const struct btf_type *type, const char *tag)
{
	const struct btf_type *target;

	if (btf_kind(type) != BTF_KIND_DECL_TAG || btf_decl_tag(type)->component_idx != -1 ||
	    strcmp(btf_query_name(btf, type->name_off), tag) != 0)
		return false;
	target = btf__type_by_id(btf, type->type);
	return target && btf_kind(target) == BTF_KIND_FUNC;
}
