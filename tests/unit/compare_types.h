/* SPDX-License-Identifier: BSD-2-Clause */
/* Types of one name in two BTFs: sizes, members, enumerators. What differs is printed and counted.
 */
#ifndef TESTS_UNIT_COMPARE_TYPES_H
#define TESTS_UNIT_COMPARE_TYPES_H

#include "test.h"

#include <bpf/btf.h>
#include <stdbool.h>

#include "btf_query.h"
#include "strmap.h"

#define MAX_DEPTH 32

static struct arena arena;

/* What there is of a name; 0: it has two meanings. */
struct index {
	const struct btf *btf;
	struct strmap tags, typedefs;
};

static struct {
	const struct btf *wanted, *btf;
	bool is_clang; /* of which not all knows 64-bit enums */
	int n_types, n_members, n_enumerators, n_wrong;
} compared;

static struct strmap *index_of(struct index *index, const struct btf_type *type)
{
	switch (btf_kind(type)) {
	case BTF_KIND_STRUCT:
	case BTF_KIND_UNION:
	case BTF_KIND_ENUM64:
		return &index->tags;
	case BTF_KIND_ENUM:
		return btf_vlen(type) ? &index->tags : NULL;
	case BTF_KIND_TYPEDEF:
		return &index->typedefs;
	default:
		return NULL;
	}
}

static struct index make_index(const struct btf *btf)
{
	struct index index = {.btf = btf};

	for (uint32_t id = 1; id < btf__type_cnt(btf); id++) {
		const struct btf_type *type = btf__type_by_id(btf, id);
		struct strmap *map = index_of(&index, type);
		const char *name = btf_query_type_name(btf, id);
		void **place;

		if (!map || !*name)
			continue;
		place = strmap_at(map, &arena, name);
		*place = (void *)(uintptr_t)(*place ? UINT32_MAX : id);
	}
	return index;
}

static void differs(const char *type, const char *member, const char *what, int64_t wanted,
		    int64_t value)
{
	compared.n_wrong++;
	print_error("%s%s%s: %s is %lld, not %lld\n", type, *member ? "." : "", member, what,
		    (long long)value, (long long)wanted);
}

/* btf_dump gives the second type of a name another one: "name___2". */
static bool is_same_name(const char *wanted, const char *name)
{
	size_t length = strlen(wanted);

	return !strncmp(wanted, name, length) &&
	       (!name[length] || !strncmp(name + length, "___", 3));
}

/* BPF's va_list is a pointer, x86's a struct. */
static bool has_va_list(uint32_t id, int depth)
{
	const struct btf_type *type;

	while (btf_is_array(btf__type_by_id(compared.wanted,
					    id = btf_query_resolve(compared.wanted, id, NULL))))
		id = btf_array(btf__type_by_id(compared.wanted, id))->type;
	type = btf__type_by_id(compared.wanted, id);
	if (!btf_is_composite(type) || depth > MAX_DEPTH)
		return false;
	if (!strcmp(btf_query_type_name(compared.wanted, id), "__va_list_tag"))
		return true;
	for (uint32_t i = 0; i < btf_vlen(type); i++) {
		if (has_va_list(btf_members(type)[i].type, depth + 1))
			return true;
	}
	return false;
}

static void compare_numbers(const char *type, const char *member, const char *what, int64_t wanted,
			    int64_t value)
{
	if (wanted != value)
		differs(type, member, what, wanted, value);
}

static void compare_names(const char *type, const char *member, const char *wanted,
			  const char *name)
{
	if (is_same_name(wanted, name))
		return;
	compared.n_wrong++;
	print_error("%s%s%s: it is '%s', not '%s'\n", type, *member ? "." : "", member, name,
		    wanted);
}

/* True when they are as many. */
static bool compare_counts(const char *type, uint32_t wanted, uint32_t count)
{
	compare_numbers(type, "", "count", wanted, count);
	return wanted == count;
}

static int64_t enumerator_of(const struct btf_type *type, uint32_t i)
{
	if (btf_is_enum(type))
		return btf_enum(type)[i].val;
	return compared.is_clang ? (int32_t)btf_enum64(type)[i].val_lo32
				 : (int64_t)btf_enum64_value(&btf_enum64(type)[i]);
}

static uint32_t enumerator_name(const struct btf_type *type, uint32_t i)
{
	return btf_is_enum(type) ? btf_enum(type)[i].name_off : btf_enum64(type)[i].name_off;
}

static void compare_enums(const char *name, const struct btf_type *wanted,
			  const struct btf_type *type)
{
	if (!compare_counts(name, btf_vlen(wanted), btf_vlen(type)))
		return;
	for (uint32_t i = 0; i < btf_vlen(wanted); i++) {
		const char *enumerator =
			btf_query_name(compared.wanted, enumerator_name(wanted, i));

		compared.n_enumerators++;
		compare_names(name, enumerator, enumerator,
			      btf_query_name(compared.btf, enumerator_name(type, i)));
		compare_numbers(name, enumerator, "value", enumerator_of(wanted, i),
				enumerator_of(type, i));
	}
}

static void compare_types(const char *name, const char *member, uint32_t wanted_id, uint32_t id,
			  int depth);

static void compare_members(const char *name, const struct btf_type *wanted,
			    const struct btf_type *type, int depth)
{
	if (!compare_counts(name, btf_vlen(wanted), btf_vlen(type)))
		return;
	for (uint32_t i = 0; i < btf_vlen(wanted); i++) {
		struct btf_query_member a = btf_query_member(compared.wanted, wanted, i);
		struct btf_query_member b = btf_query_member(compared.btf, type, i);

		compared.n_members++;
		compare_names(name, a.name, a.name, b.name);
		compare_numbers(name, a.name, "bit offset", a.bit_offset, b.bit_offset);
		compare_numbers(name, a.name, "width", a.width, b.width);
		compare_types(name, a.name, a.type, b.type, depth + 1);
	}
}

static bool is_enum(const struct btf_type *type)
{
	return btf_is_enum(type) || btf_kind(type) == BTF_KIND_ENUM64;
}

/* The kernel's own char is unsigned, and BPF's is not. */
static bool is_kernels_char(uint32_t id)
{
	return !compared.is_clang && !strcmp(btf_query_type_name(compared.wanted, id), "char");
}

/* What can be said without what a type is made of. False: they are not even of one kind. */
static bool compare_outside(const char *name, const char *member, uint32_t wanted_id, uint32_t id)
{
	const struct btf_type *wanted = btf__type_by_id(compared.wanted, wanted_id);
	const struct btf_type *type = btf__type_by_id(compared.btf, id);

	if (btf_kind(wanted) != btf_kind(type) && !(is_enum(wanted) && is_enum(type))) {
		differs(name, member, "kind", btf_kind(wanted), btf_kind(type));
		return false;
	}
	if (btf_is_composite(wanted))
		compare_names(name, member, btf_query_type_name(compared.wanted, wanted_id),
			      btf_query_type_name(compared.btf, id));
	if (btf_is_int(wanted) && !is_kernels_char(wanted_id))
		compare_numbers(name, member, "encoding", btf_int_encoding(wanted),
				btf_int_encoding(type));
	return true;
}

/* `depth` 0: the type itself; from there on only what has no name of its own. */
static void compare_types(const char *name, const char *member, uint32_t wanted_id, uint32_t id,
			  int depth)
{
	uint32_t wanted_plain = btf_query_resolve(compared.wanted, wanted_id, NULL);
	uint32_t plain = btf_query_resolve(compared.btf, id, NULL);
	const struct btf_type *wanted = btf__type_by_id(compared.wanted, wanted_plain);
	const struct btf_type *type = btf__type_by_id(compared.btf, plain);

	/* clang leaves out what it reaches by a member's pointer alone. */
	if (compared.is_clang && btf_kind(wanted) == BTF_KIND_FWD)
		return;
	/* One whose members were all without names comes from the kernel without any. */
	if (!compared.is_clang && btf_is_composite(wanted) && !btf_vlen(wanted))
		return;
	compare_numbers(name, member, "size", btf_query_size(compared.wanted, wanted_id),
			btf_query_size(compared.btf, id));
	if (!compare_outside(name, member, wanted_plain, plain))
		return;
	if (btf_is_array(wanted)) {
		compare_numbers(name, member, "length", btf_array(wanted)->nelems,
				btf_array(type)->nelems);
		compare_types(name, member, btf_array(wanted)->type, btf_array(type)->type,
			      depth + 1);
	}
	if (depth && (wanted->name_off || depth > MAX_DEPTH))
		return;
	if (is_enum(wanted))
		compare_enums(name, wanted, type);
	else if (btf_is_composite(wanted))
		compare_members(name, wanted, type, depth);
}

/* All that `wanted` has a name for, with what `btf` has by it. */
static void compare(const struct btf *wanted, const struct btf *btf, bool is_clang)
{
	struct index all = make_index(wanted), own = make_index(btf);

	memset(&compared, 0, sizeof(compared));
	compared.wanted = wanted;
	compared.btf = btf;
	compared.is_clang = is_clang;
	for (uint32_t id = 1; id < btf__type_cnt(wanted); id++) {
		const struct btf_type *type = btf__type_by_id(wanted, id);
		const char *name = btf_query_type_name(wanted, id);
		struct strmap *map = index_of(&all, type);
		uint32_t there;

		if (!map || !*name || (uint32_t)(uintptr_t)strmap_get(map, name) == UINT32_MAX ||
		    (!is_clang && has_va_list(id, 0)))
			continue;
		there = (uint32_t)(uintptr_t)strmap_get(index_of(&own, type), name);
		compared.n_types++;
		if (!there || there == UINT32_MAX)
			differs(name, "", "its id", id, there);
		else
			compare_types(name, "", id, there, 0);
	}
	print_message("compared: %d types, %d members, %d enumerators; %d differences\n",
		      compared.n_types, compared.n_members, compared.n_enumerators,
		      compared.n_wrong);
}

#endif
