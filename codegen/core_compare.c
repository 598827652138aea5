/* SPDX-License-Identifier: BSD-2-Clause */
#include "core_compare.h"

#include <string.h>

#include "btf_query.h"

/* How deep libbpf follows types. */
enum { MAX_DEPTH = 32 };

struct matched {
	uint32_t local, target;
	bool is_behind_pointer;
	int level; /* how many structs may still be entered */
};

static enum core_answer match(struct core_pair *pair, struct matched at);

bool core_pair_may_go_on(struct core_pair *pair)
{
	if (pair->steps)
		pair->steps--;
	return pair->steps;
}

/* X___Y, where neither X nor Y is a '_'. */
static bool is_flavour_at(const char *name)
{
	return name[0] != '_' && !strncmp(name + 1, "___", 3) && name[4] != '_';
}

size_t core_name_length(const char *name)
{
	size_t length = strlen(name);

	for (size_t i = length; i >= 5; i--) {
		if (is_flavour_at(name + i - 5))
			return i - 4;
	}
	return length;
}

bool core_is_same_name(const char *local, const char *target)
{
	size_t length = core_name_length(local);

	return length == core_name_length(target) && !strncmp(local, target, length);
}

bool core_is_same_kind(const struct btf_type *a, const struct btf_type *b)
{
	return btf_kind(a) == btf_kind(b) || (btf_is_any_enum(a) && btf_is_any_enum(b));
}

/* The types behind modifiers and typedefs; their ids are changed. False when there are none. */
static bool resolve(const struct core_pair *pair, uint32_t *local_id, uint32_t *target_id,
		    const struct btf_type *types[2])
{
	*local_id = btf_query_resolve(pair->local, *local_id, NULL);
	*target_id = btf_query_resolve(pair->target, *target_id, NULL);
	types[0] = btf__type_by_id(pair->local, *local_id);
	types[1] = btf__type_by_id(pair->target, *target_id);
	return types[0] && types[1];
}

/* Integers that are a part of their bytes, as BTF once wrote bitfields, are nothing to relocate. */
static enum core_answer compare_integers(const struct btf_type *local,
					 const struct btf_type *target)
{
	return !btf_int_offset(local) && !btf_int_offset(target) ? CORE_YES : CORE_NO;
}

enum core_answer core_compare_fields(struct core_pair *pair, uint32_t local, uint32_t target)
{
	const struct btf_type *types[2];
	const char *names[2];

	for (int i = 0; i < BTF_QUERY_MAX_CHAIN; i++) {
		if (!resolve(pair, &local, &target, types))
			return CORE_REFUSED;
		if (btf_is_composite(types[0]) && btf_is_composite(types[1]))
			return CORE_YES;
		if (!core_is_same_kind(types[0], types[1]))
			return CORE_NO;
		if (btf_is_ptr(types[0]) || btf_is_float(types[0]))
			return CORE_YES;
		if (btf_is_int(types[0]))
			return compare_integers(types[0], types[1]);
		if (btf_is_fwd(types[0]) || btf_is_any_enum(types[0])) {
			names[0] = btf_query_type_name(pair->local, local);
			names[1] = btf_query_type_name(pair->target, target);
			return !*names[0] || !*names[1] || core_is_same_name(names[0], names[1])
				       ? CORE_YES
				       : CORE_NO;
		}
		if (!btf_is_array(types[0]))
			return CORE_NO;
		local = btf_array(types[0])->type;
		target = btf_array(types[1])->type;
	}
	return CORE_REFUSED;
}

static enum core_answer compare_types(struct core_pair *pair, uint32_t local, uint32_t target,
				      int level);

/* The parameters; what comes back is compared by the caller. */
static enum core_answer compare_parameters(struct core_pair *pair, const struct btf_type *local,
					   const struct btf_type *target, int level)
{
	enum core_answer answer = CORE_YES;

	if (btf_vlen(local) != btf_vlen(target))
		return CORE_NO;
	for (uint32_t i = 0; i < btf_vlen(local) && answer == CORE_YES; i++)
		answer = level <= 0 ? CORE_REFUSED
				    : compare_types(pair, btf_params(local)[i].type,
						    btf_params(target)[i].type, level - 1);
	return answer;
}

static enum core_answer compare_types(struct core_pair *pair, uint32_t local, uint32_t target,
				      int level)
{
	const struct btf_type *types[2];
	enum core_answer answer;

	for (int i = 0; i < MAX_DEPTH; i++) {
		if (!core_pair_may_go_on(pair) || !resolve(pair, &local, &target, types))
			return CORE_REFUSED;
		if (!core_is_same_kind(types[0], types[1]))
			return CORE_NO;
		if (!local || btf_is_composite(types[0]) || btf_is_any_enum(types[0]) ||
		    btf_is_fwd(types[0]))
			return CORE_YES;
		if (btf_is_int(types[0]))
			return compare_integers(types[0], types[1]);
		if (btf_is_func_proto(types[0])) {
			answer = compare_parameters(pair, types[0], types[1], level);
			if (answer != CORE_YES)
				return answer;
		} else if (!btf_is_ptr(types[0]) && !btf_is_array(types[0])) {
			return CORE_NO;
		}
		local = btf_is_array(types[0]) ? btf_array(types[0])->type : types[0]->type;
		target = btf_is_array(types[1]) ? btf_array(types[1])->type : types[1]->type;
	}
	return CORE_REFUSED;
}

enum core_answer core_compare_types(struct core_pair *pair, uint32_t local, uint32_t target)
{
	const struct btf_type *a = btf__type_by_id(pair->local, local);
	const struct btf_type *b = btf__type_by_id(pair->target, target);

	return core_is_same_kind(a, b) ? compare_types(pair, local, target, MAX_DEPTH) : CORE_NO;
}

static const char *enumerator(const struct btf *btf, const struct btf_type *type, uint32_t i)
{
	return btf_query_name(btf, btf_is_enum(type) ? btf_enum(type)[i].name_off
						     : btf_enum64(type)[i].name_off);
}

/* Each of the names, whatever its value. */
static enum core_answer match_enums(struct core_pair *pair, const struct btf_type *local,
				    const struct btf_type *target)
{
	if (local->size != target->size || btf_vlen(local) > btf_vlen(target))
		return CORE_NO;
	for (uint32_t i = 0; i < btf_vlen(local); i++) {
		const char *name = enumerator(pair->local, local, i);
		uint32_t j = 0;

		while (j < btf_vlen(target) &&
		       !core_is_same_name(name, enumerator(pair->target, target, j))) {
			if (!core_pair_may_go_on(pair))
				return CORE_REFUSED;
			j++;
		}
		if (j == btf_vlen(target))
			return CORE_NO;
	}
	return CORE_YES;
}

/* Is there a member of that name and type? */
static enum core_answer match_member(struct core_pair *pair, const struct btf_member *local,
				     const struct btf_type *target, struct matched at)
{
	const struct btf_member *members = btf_members(target);
	const char *name = btf_query_name(pair->local, local->name_off);
	enum core_answer answer = CORE_NO;

	at.level--;
	at.local = local->type;
	for (uint32_t i = 0; i < btf_vlen(target) && answer == CORE_NO; i++) {
		if (!core_pair_may_go_on(pair))
			return CORE_REFUSED;
		if (!core_is_same_name(name, btf_query_name(pair->target, members[i].name_off)))
			continue;
		at.target = members[i].type;
		answer = match(pair, at);
	}
	return answer;
}

static enum core_answer match_members(struct core_pair *pair, const struct btf_type *local,
				      const struct btf_type *target, struct matched at)
{
	enum core_answer answer = CORE_YES;

	if (btf_vlen(local) > btf_vlen(target))
		return CORE_NO;
	for (uint32_t i = 0; i < btf_vlen(local) && answer == CORE_YES; i++)
		answer = match_member(pair, &btf_members(local)[i], target, at);
	return answer;
}

/* A struct or union, or what is only declared to be one. */
static enum core_answer match_composites(struct core_pair *pair, const struct btf_type *local,
					 const struct btf_type *target, struct matched at)
{
	bool is_union = btf_is_fwd(local) ? btf_kflag(local) : btf_is_union(local);
	bool is_target_union = btf_is_fwd(target) ? btf_kflag(target) : btf_is_union(target);

	if ((!btf_is_fwd(target) && !btf_is_composite(target)) || is_union != is_target_union)
		return CORE_NO;
	if (at.is_behind_pointer)
		return CORE_YES;
	if (btf_kind(local) != btf_kind(target))
		return CORE_NO;
	return btf_is_fwd(local) ? CORE_YES : match_members(pair, local, target, at);
}

static enum core_answer match_parameters(struct core_pair *pair, const struct btf_type *local,
					 const struct btf_type *target, struct matched at)
{
	enum core_answer answer = CORE_YES;

	if (btf_vlen(local) != btf_vlen(target))
		return CORE_NO;
	at.level--;
	for (uint32_t i = 0; i < btf_vlen(local) && answer == CORE_YES; i++) {
		at.local = btf_params(local)[i].type;
		at.target = btf_params(target)[i].type;
		answer = match(pair, at);
	}
	return answer;
}

static bool is_same_integer(const struct btf_type *local, const struct btf_type *target)
{
	return local->size == target->size &&
	       !((btf_int_encoding(local) ^ btf_int_encoding(target)) & BTF_INT_SIGNED);
}

/* What is no pointer, array or function, behind which another type stands. */
static enum core_answer match_ends(struct core_pair *pair, const struct btf_type *local,
				   const struct btf_type *target, struct matched at)
{
	if (btf_is_fwd(local) || btf_is_composite(local))
		return match_composites(pair, local, target, at);
	if (!core_is_same_kind(local, target))
		return CORE_NO;
	if (btf_is_any_enum(local))
		return match_enums(pair, local, target);
	if (btf_is_int(local))
		return is_same_integer(local, target) ? CORE_YES : CORE_NO;
	return at.local ? CORE_NO : CORE_YES;
}

static enum core_answer match(struct core_pair *pair, struct matched at)
{
	const struct btf_type *types[2];
	enum core_answer answer;

	if (at.level <= 0)
		return CORE_REFUSED;
	for (int i = 0; i < MAX_DEPTH; i++) {
		if (!core_pair_may_go_on(pair) || !resolve(pair, &at.local, &at.target, types))
			return CORE_REFUSED;
		if (!core_is_same_name(btf_query_type_name(pair->local, at.local),
				       btf_query_type_name(pair->target, at.target)))
			return CORE_NO;
		if (!btf_is_ptr(types[0]) && !btf_is_array(types[0]) &&
		    !btf_is_func_proto(types[0]))
			return match_ends(pair, types[0], types[1], at);
		if (btf_kind(types[0]) != btf_kind(types[1]))
			return CORE_NO;
		if (btf_is_array(types[0])) {
			if (btf_array(types[0])->nelems != btf_array(types[1])->nelems)
				return CORE_NO;
			at.local = btf_array(types[0])->type;
			at.target = btf_array(types[1])->type;
			continue;
		}
		if (btf_is_func_proto(types[0])) {
			answer = match_parameters(pair, types[0], types[1], at);
			if (answer != CORE_YES)
				return answer;
		}
		at.is_behind_pointer |= btf_is_ptr(types[0]);
		at.local = types[0]->type;
		at.target = types[1]->type;
	}
	return CORE_REFUSED;
}

enum core_answer core_match_types(struct core_pair *pair, uint32_t local, uint32_t target)
{
	return match(pair, (struct matched){local, target, false, MAX_DEPTH});
}
