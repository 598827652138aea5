/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Whether objects mean the same by a symbol. Names of typedefs and parameters, const and the like
 * do not count, nor does the sign of a number (glob_sym_btf_matches of libbpf). Of a struct
 * that a pointer points to only the name counts: it may be known to one object and only declared in
 * the other, or be of CO-RE, with the members that each of them needs. An array that is declared
 * without a size has that of the other.
 */
#include <elf.h>
#include <inttypes.h>
#include <string.h>

#include "btf_query.h"
#include "linker_parts.h"

/* Structs by value in structs, and pointers to pointers, are followed as deep. */
#define MAX_DEPTH 32
/* All in all: a damaged object can have a struct of many structs of itself. */
#define MAX_STEPS (1 << 18)

struct type {
	const struct btf *btf;
	uint32_t id;
	uint32_t *n_steps; /* of the comparison */
};

static struct type type_in(const struct type *outer, uint32_t id)
{
	return (struct type){outer->btf, id, outer->n_steps};
}

static const char *compare(struct arena *arena, struct type here, struct type there, int depth);

static const struct btf_type *resolve(struct type *type)
{
	type->id = btf_query_resolve(type->btf, type->id, NULL);
	return btf__type_by_id(type->btf, type->id);
}

/* A name for messages: "struct event", "a pointer". */
static const char *describe(struct arena *arena, const struct type *type)
{
	const struct btf_type *resolved = btf__type_by_id(type->btf, type->id);
	const char *name = btf_query_type_name(type->btf, type->id);

	if (!type->id)
		return "void";
	if (btf_is_ptr(resolved))
		return "a pointer";
	if (btf_is_array(resolved))
		return "an array";
	if (btf_is_func_proto(resolved))
		return "a function";
	return arena_printf(arena, "%s'%s'",
			    btf_is_struct(resolved)     ? "struct "
			    : btf_is_union(resolved)    ? "union "
			    : btf_is_any_enum(resolved) ? "enum "
			    : btf_is_fwd(resolved) ? (btf_kflag(resolved) ? "union " : "struct ")
						   : "",
			    name);
}

static const char *differ(struct arena *arena, const struct type *here, const struct type *there)
{
	return arena_printf(arena, "%s here and %s there", describe(arena, here),
			    describe(arena, there));
}

/* A member, parameter or element, of which that is said. */
static const char *inside(struct arena *arena, const char *what, const char *difference)
{
	return difference ? arena_printf(arena, "%s is %s", what, difference) : NULL;
}

static const char *compare_functions(struct arena *arena, const struct type *here,
				     const struct type *there, int depth)
{
	const struct btf_type *ours = btf__type_by_id(here->btf, here->id);
	const struct btf_type *theirs = btf__type_by_id(there->btf, there->id);
	const char *difference;

	if (btf_vlen(ours) != btf_vlen(theirs))
		return arena_printf(arena, "a function of %u parameters here and %u there",
				    btf_vlen(ours), btf_vlen(theirs));
	difference = inside(
		arena, "what it returns",
		compare(arena, type_in(here, ours->type), type_in(there, theirs->type), depth));
	for (uint32_t i = 0; i < btf_vlen(ours) && !difference; i++)
		difference = inside(arena, arena_printf(arena, "parameter %u", i + 1),
				    compare(arena, type_in(here, btf_params(ours)[i].type),
					    type_in(there, btf_params(theirs)[i].type), depth));
	return difference;
}

static const char *compare_members(struct arena *arena, const struct type *here,
				   const struct type *there, int depth)
{
	const struct btf_type *ours = btf__type_by_id(here->btf, here->id);
	const struct btf_type *theirs = btf__type_by_id(there->btf, there->id);
	const char *difference = NULL;

	if (ours->size != theirs->size)
		return arena_printf(arena, "%s of %u bytes here and of %u there",
				    describe(arena, here), ours->size, theirs->size);
	if (btf_vlen(ours) != btf_vlen(theirs))
		return arena_printf(arena, "%s of %u members here and of %u there",
				    describe(arena, here), btf_vlen(ours), btf_vlen(theirs));
	for (uint32_t i = 0; i < btf_vlen(ours) && !difference; i++) {
		struct btf_query_member a = btf_query_member(here->btf, ours, i);
		struct btf_query_member b = btf_query_member(there->btf, theirs, i);

		if (strcmp(a.name, b.name) != 0 || a.bit_offset != b.bit_offset ||
		    a.width != b.width)
			return arena_printf(arena, "%s, whose member '%s' is at another place",
					    describe(arena, here), a.name);
		difference = inside(
			arena, arena_printf(arena, "member '%s'", a.name),
			compare(arena, type_in(here, a.type), type_in(there, b.type), depth));
	}
	return difference;
}

static bool is_composite(const struct btf_type *type)
{
	return btf_is_composite(type) || btf_is_fwd(type);
}

/* What a pointer points to: a struct is not looked into. */
static const char *compare_targets(struct arena *arena, struct type here, struct type there,
				   int depth)
{
	const struct btf_type *ours = resolve(&here), *theirs = resolve(&there);
	bool is_known = btf_is_composite(ours) && btf_is_composite(theirs);

	if (!is_composite(ours) || !is_composite(theirs))
		return compare(arena, here, there, depth);
	if (strcmp(btf_query_type_name(here.btf, here.id),
		   btf_query_type_name(there.btf, there.id)) != 0 ||
	    (is_known && btf_kind(ours) != btf_kind(theirs)))
		return arena_printf(arena, "a pointer to %s", differ(arena, &here, &there));
	return NULL;
}

static const char *compare_arrays(struct arena *arena, const struct type *here,
				  const struct type *there, int depth)
{
	const struct btf_array *ours = btf_array(btf__type_by_id(here->btf, here->id));
	const struct btf_array *theirs = btf_array(btf__type_by_id(there->btf, there->id));

	if (ours->nelems && theirs->nelems && ours->nelems != theirs->nelems)
		return arena_printf(arena, "an array of %u elements here and of %u there",
				    ours->nelems, theirs->nelems);
	return inside(
		arena, "its element",
		compare(arena, type_in(here, ours->type), type_in(there, theirs->type), depth));
}

static const char *compare(struct arena *arena, struct type here, struct type there, int depth)
{
	const struct btf_type *ours = resolve(&here), *theirs = resolve(&there);
	bool is_number;

	if (depth > MAX_DEPTH || (!here.id && !there.id))
		return NULL;
	if (++*here.n_steps > MAX_STEPS)
		return "its type has more types inside than can be compared";
	if (!here.id || !there.id || btf_kind(ours) != btf_kind(theirs))
		return differ(arena, &here, &there);
	switch (btf_kind(ours)) {
	case BTF_KIND_PTR:
		return compare_targets(arena, type_in(&here, ours->type),
				       type_in(&there, theirs->type), depth + 1);
	case BTF_KIND_ARRAY:
		return compare_arrays(arena, &here, &there, depth + 1);
	case BTF_KIND_FUNC_PROTO:
		return compare_functions(arena, &here, &there, depth + 1);
	default:
		break;
	}
	is_number = btf_is_int(ours) || btf_is_float(ours);
	if (strcmp(btf_query_type_name(here.btf, here.id),
		   btf_query_type_name(there.btf, there.id)) != 0 &&
	    !(is_number && ours->size == theirs->size))
		return differ(arena, &here, &there);
	if (btf_is_composite(ours))
		return compare_members(arena, &here, &there, depth + 1);
	if (!btf_is_fwd(ours) && ours->size != theirs->size)
		return arena_printf(arena, "%s of %u bytes here and of %u there",
				    describe(arena, &here), ours->size, theirs->size);
	return NULL;
}

/* What a variable or function is made of. */
static struct type type_of(const struct linker_mention *mention, uint32_t *n_steps)
{
	const struct btf *btf = mention->input->object->btf;

	return (struct type){btf, btf__type_by_id(btf, mention->declaration->type)->type, n_steps};
}

int linker_compare_types(struct linker *linker, const struct linker_mention *here,
			 const struct linker_mention *there)
{
	const char *difference;
	uint32_t n_steps = 0;

	if (btf_kind(btf__type_by_id(here->input->object->btf, here->declaration->type)) !=
	    btf_kind(btf__type_by_id(there->input->object->btf, there->declaration->type)))
		difference = "a function and a variable";
	else
		difference = compare(linker->arena, type_of(here, &n_steps),
				     type_of(there, &n_steps), 0);
	return difference ? diag_error(linker->diag, linker_where(linker, here),
				       "'%s' is not declared as in %s: %s", here->symbol->name,
				       linker_where(linker, there), difference)
			  : 0;
}

/* __uint(max_entries, 16) is int (*max_entries)[16]: its number, or -1 for another member. */
static int64_t map_number(const struct btf *btf, uint32_t id)
{
	const struct btf_type *type = btf__type_by_id(btf, btf_query_resolve(btf, id, NULL));

	if (!btf_is_ptr(type))
		return -1;
	type = btf__type_by_id(btf, btf_query_resolve(btf, type->type, NULL));
	return btf_is_array(type) ? (int64_t)btf_array(type)->nelems : -1;
}

static const char *compare_map_member(struct arena *arena, const struct type *here,
				      const struct type *there, const char *name)
{
	int64_t ours = map_number(here->btf, here->id), theirs = map_number(there->btf, there->id);

	if (ours >= 0 && theirs >= 0)
		return ours == theirs
			       ? NULL
			       : arena_printf(arena, "%s is %" PRId64 " here and %" PRId64 " there",
					      name, ours, theirs);
	return inside(arena, arena_printf(arena, "the type of its %s", name),
		      compare(arena, *here, *there, 0));
}

/* The member of that name in a map's definition; 0: there is none. */
static uint32_t find_member(const struct type *map, const char *name)
{
	const struct btf_type *type = btf__type_by_id(map->btf, map->id);

	for (uint32_t i = 0; i < btf_vlen(type); i++) {
		struct btf_query_member member = btf_query_member(map->btf, type, i);

		if (!strcmp(member.name, name))
			return member.type;
	}
	return 0;
}

/* Of the members of one; with `other_only` those alone that the other one lacks. */
static const char *compare_definitions(struct arena *arena, const struct type *one,
				       const struct type *other, const char *where)
{
	const struct btf_type *type = btf__type_by_id(one->btf, one->id);
	const char *difference = NULL;

	for (uint32_t i = 0; i < btf_vlen(type) && !difference; i++) {
		struct btf_query_member member = btf_query_member(one->btf, type, i);
		struct type here = type_in(one, member.type);
		struct type there = type_in(other, find_member(other, member.name));

		if (!there.id)
			return arena_printf(arena, "%s is given %s alone", member.name, where);
		difference = compare_map_member(arena, &here, &there, member.name);
	}
	return difference;
}

int linker_compare_maps(struct linker *linker, const struct linker_mention *here,
			const struct linker_mention *there)
{
	uint32_t n_steps = 0;
	struct type ours = type_of(here, &n_steps), theirs = type_of(there, &n_steps);
	const char *difference;

	if (!btf_is_struct(resolve(&ours)) || !btf_is_struct(resolve(&theirs)))
		return linker_compare_types(linker, here, there);
	difference = compare_definitions(linker->arena, &ours, &theirs, "here");
	if (!difference)
		difference = compare_definitions(linker->arena, &theirs, &ours, "there");
	return difference ? diag_error(linker->diag, linker_where(linker, here),
				       "the map '%s' is not defined as in %s: %s; write the same "
				       "definition in both, in a header",
				       here->symbol->name, linker_where(linker, there), difference)
			  : 0;
}
