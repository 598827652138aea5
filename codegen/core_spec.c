/* SPDX-License-Identifier: BSD-2-Clause */
#include "core_spec.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "btf_query.h"

static const char *enumerator(const struct btf *btf, const struct btf_type *type, uint32_t i)
{
	return btf_query_name(btf, btf_is_enum(type) ? btf_enum(type)[i].name_off
						     : btf_enum64(type)[i].name_off);
}

static int read_path(struct core_spec *spec, const char *access)
{
	char *end = NULL;

	for (;;) {
		unsigned long number = strtoul(access, &end, 10);

		if (*access < '0' || *access > '9' || number > INT_MAX ||
		    spec->length == CORE_MAX_STEPS)
			return -1;
		spec->path[spec->length++] = (uint32_t)number;
		if (*end != ':')
			return *end ? -1 : 0;
		access = end + 1;
	}
}

/* An array without a number of elements has as many as it is asked for, where it is the last
 * member. */
static bool is_open_ended(const struct btf *btf, const struct core_spec *spec,
			  const struct btf_array *array)
{
	const struct core_step *step = &spec->steps[spec->n_steps - 1];

	return step->name && !array->nelems &&
	       step->index + 1 == btf_vlen(btf__type_by_id(btf, step->type));
}

static int add_element(struct core_spec *spec, const struct btf *btf, uint32_t type, uint32_t index)
{
	int64_t size = btf_query_size(btf, type);

	if (size < 0)
		return -1;
	spec->steps[spec->n_steps++] = (struct core_step){type, index, NULL};
	spec->bit_offset += (uint64_t)size * 8 * index;
	return 0;
}

/* A member or an element of *id, which becomes its type. */
static int read_step(struct core_spec *spec, const struct btf *btf, uint32_t *id, uint32_t index)
{
	uint32_t outer = btf_query_resolve(btf, *id, NULL);
	const struct btf_type *type = btf__type_by_id(btf, outer);
	const struct btf_member *member;
	const char *name;

	if (btf_is_composite(type)) {
		if (index >= btf_vlen(type))
			return -1;
		member = &btf_members(type)[index];
		name = btf_query_name(btf, member->name_off);
		if (*name)
			spec->steps[spec->n_steps++] = (struct core_step){outer, index, name};
		spec->bit_offset += btf_member_bit_offset(type, index);
		*id = member->type;
		return 0;
	}
	if (!btf_is_array(type) ||
	    (index >= btf_array(type)->nelems && !is_open_ended(btf, spec, btf_array(type))))
		return -1;
	*id = btf_query_resolve(btf, btf_array(type)->type, NULL);
	return add_element(spec, btf, *id, index);
}

static int read_enumerator(struct core_spec *spec, const struct btf *btf, uint32_t id)
{
	const struct btf_type *type = btf__type_by_id(btf, id);
	uint32_t index = spec->path[0];

	if (spec->length != 1 || !btf_is_any_enum(type) || index >= btf_vlen(type))
		return -1;
	spec->steps[spec->n_steps++] = (struct core_step){id, index, enumerator(btf, type, index)};
	return 0;
}

int core_spec_read(struct core_spec *spec, const struct btf *btf,
		   const struct core_relocation *relocation)
{
	uint32_t id = relocation->type;

	*spec = (struct core_spec){.root = id};
	if (relocation->kind >= CORE_KIND_COUNT || !btf__type_by_id(btf, id))
		return -1;
	if (!core_kind_is_of_field(relocation->kind) &&
	    !core_kind_is_of_enumerator(relocation->kind))
		return strcmp(relocation->access, "0") ? -1 : 0;
	if (read_path(spec, relocation->access))
		return -1;
	id = btf_query_resolve(btf, id, NULL);
	if (core_kind_is_of_enumerator(relocation->kind))
		return read_enumerator(spec, btf, id);
	if (add_element(spec, btf, id, spec->path[0]))
		return -1;
	for (size_t i = 1; i < spec->length; i++) {
		if (read_step(spec, btf, &id, spec->path[i]))
			return -1;
	}
	return 0;
}

struct matcher {
	struct core_pair *pair;
	struct core_spec *spec; /* of the target */
	const struct btf_type *local;
	const struct core_step *step; /* a member of it */
};

/* The member of that name in a type or in its anonymous members; *id becomes its type. */
static enum core_answer match_member(const struct matcher *m, uint32_t *id)
{
	const struct btf *btf = m->pair->target;
	uint32_t outer = btf_query_resolve(btf, *id, NULL);
	const struct btf_type *type = btf__type_by_id(btf, outer);
	const struct btf_member *members = btf_members(type);
	enum core_answer answer = CORE_NO;

	for (uint32_t i = 0; btf_is_composite(type) && i < btf_vlen(type); i++) {
		const char *name = btf_query_name(btf, members[i].name_off);
		bool is_found = !strcmp(name, m->step->name);

		if (m->spec->length == CORE_MAX_STEPS || !core_pair_may_go_on(m->pair))
			return CORE_REFUSED;
		if (*name && !is_found)
			continue;
		m->spec->path[m->spec->length++] = i;
		m->spec->bit_offset += btf_member_bit_offset(type, i);
		*id = members[i].type;
		if (is_found) {
			m->spec->steps[m->spec->n_steps++] = (struct core_step){outer, i, name};
			return core_compare_fields(m->pair,
						   btf_members(m->local)[m->step->index].type, *id);
		}
		answer = match_member(m, id);
		if (answer != CORE_NO)
			return answer;
		m->spec->length--;
		m->spec->bit_offset -= btf_member_bit_offset(type, i);
	}
	return CORE_NO;
}

static enum core_answer match_element(struct core_pair *pair, const struct core_step *step,
				      uint32_t *id, struct core_spec *target)
{
	const struct btf_type *type;

	*id = btf_query_resolve(pair->target, *id, NULL);
	/* The first one is behind the pointer, no array. */
	if (target->n_steps) {
		type = btf__type_by_id(pair->target, *id);
		if (!btf_is_array(type) || (step->index >= btf_array(type)->nelems &&
					    !is_open_ended(pair->target, target, btf_array(type))))
			return CORE_NO;
		*id = btf_query_resolve(pair->target, btf_array(type)->type, NULL);
	}
	if (target->length == CORE_MAX_STEPS)
		return CORE_REFUSED;
	target->path[target->length++] = step->index;
	return add_element(target, pair->target, *id, step->index) ? CORE_REFUSED : CORE_YES;
}

static enum core_answer match_field(struct core_pair *pair, const struct core_spec *local,
				    uint32_t id, struct core_spec *target)
{
	enum core_answer answer = CORE_YES;

	for (size_t i = 0; i < local->n_steps && answer == CORE_YES; i++) {
		const struct core_step *step = &local->steps[i];
		struct matcher matcher = {pair, target, btf__type_by_id(pair->local, step->type),
					  step};

		answer = step->name ? match_member(&matcher, &id)
				    : match_element(pair, step, &id, target);
	}
	return answer;
}

static enum core_answer match_enumerator(struct core_pair *pair, const struct core_spec *local,
					 uint32_t id, struct core_spec *target)
{
	const struct btf_type *type;

	id = btf_query_resolve(pair->target, id, NULL);
	type = btf__type_by_id(pair->target, id);
	for (uint32_t i = 0; btf_is_any_enum(type) && i < btf_vlen(type); i++) {
		const char *name = enumerator(pair->target, type, i);

		if (!core_pair_may_go_on(pair))
			return CORE_REFUSED;
		if (!core_is_same_name(local->steps[0].name, name))
			continue;
		target->steps[target->n_steps++] = (struct core_step){id, i, name};
		target->path[target->length++] = i;
		return CORE_YES;
	}
	return CORE_NO;
}

enum core_answer core_spec_match(struct core_pair *pair, const struct core_relocation *relocation,
				 const struct core_spec *local, uint32_t id,
				 struct core_spec *target)
{
	*target = (struct core_spec){.root = id};
	if (core_kind_is_of_field(relocation->kind))
		return match_field(pair, local, id, target);
	if (core_kind_is_of_enumerator(relocation->kind))
		return match_enumerator(pair, local, id, target);
	return relocation->kind == CORE_TYPE_MATCHES ? core_match_types(pair, local->root, id)
						     : core_compare_types(pair, local->root, id);
}

/* A bitfield is read with the integers around it that hold all of it. */
struct place {
	uint64_t byte_offset, byte_size, bits;
};

static int find_place(const struct btf *btf, const struct core_spec *spec, struct place *place)
{
	const struct core_step *step = &spec->steps[spec->n_steps - 1];
	const struct btf_type *type = btf__type_by_id(btf, step->type);
	uint32_t id = step->name ? btf_members(type)[step->index].type : step->type;
	uint64_t bits = step->name ? btf_member_bitfield_size(type, step->index) : 0;
	int64_t size = btf_query_size(btf, id);

	if (size < 0 || (bits && !size))
		return -1;
	*place = (struct place){spec->bit_offset / 8, (uint64_t)size, bits};
	if (!bits)
		return 0;
	place->byte_offset = spec->bit_offset / 8 / place->byte_size * place->byte_size;
	while (spec->bit_offset + bits - place->byte_offset * 8 > place->byte_size * 8) {
		if (place->byte_size >= 8)
			return -1;
		place->byte_size *= 2;
		place->byte_offset = spec->bit_offset / 8 / place->byte_size * place->byte_size;
	}
	return 0;
}

static uint64_t is_signed(const struct btf *btf, const struct core_spec *spec)
{
	const struct core_step *step = &spec->steps[spec->n_steps - 1];
	const struct btf_type *type = btf__type_by_id(btf, step->type);

	type = btf__type_by_id(btf,
			       btf_query_resolve(btf, btf_members(type)[step->index].type, NULL));
	return btf_is_any_enum(type) ? btf_kflag(type)
				     : btf_is_int(type) && btf_int_encoding(type) & BTF_INT_SIGNED;
}

/* The shifts depend on the host's byte order, and on nothing but what is compared here. */
static int field_value(const struct btf *btf, enum core_kind kind, const struct core_spec *spec,
		       uint64_t *value)
{
	struct place place;

	*value = 1;
	if (kind == CORE_FIELD_EXISTS)
		return 0;
	if (!spec->steps[spec->n_steps - 1].name && kind > CORE_FIELD_EXISTS)
		return -1;
	if (find_place(btf, spec, &place))
		return -1;
	if (kind == CORE_FIELD_BYTE_OFFSET)
		*value = place.byte_offset;
	else if (kind == CORE_FIELD_SIGNED)
		*value = is_signed(btf, spec);
	else
		*value = kind == CORE_FIELD_BYTE_SIZE || !place.bits ? place.byte_size : place.bits;
	return 0;
}

static uint64_t enumerator_value(const struct btf *btf, const struct core_spec *spec)
{
	const struct btf_type *type = btf__type_by_id(btf, spec->steps[0].type);
	uint32_t index = spec->steps[0].index;

	return btf_is_enum(type) ? (uint64_t)btf_enum(type)[index].val
				 : btf_enum64_value(&btf_enum64(type)[index]);
}

int core_spec_value(const struct btf *btf, const struct core_relocation *relocation,
		    const struct core_spec *spec, uint64_t *value)
{
	int64_t size;

	if (core_kind_is_of_field(relocation->kind))
		return field_value(btf, relocation->kind, spec, value);
	*value = 1;
	if (relocation->kind == CORE_ENUMVAL_VALUE)
		*value = enumerator_value(btf, spec);
	if (relocation->kind == CORE_TYPE_ID_TARGET)
		*value = spec->root;
	if (relocation->kind != CORE_TYPE_SIZE)
		return 0;
	size = btf_query_size(btf, spec->root);
	*value = (uint64_t)size;
	return size < 0 ? -1 : 0;
}
