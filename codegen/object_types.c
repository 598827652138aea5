/* SPDX-License-Identifier: BSD-2-Clause */
#include "object_types.h"

#include <bpf/libbpf.h>
#include <inttypes.h>
#include <string.h>

#include "btf_query.h"
#include "dwarf_layout.h"

struct type_adder {
	struct object *object;
	struct arena *arena;
	struct diag *diag;
	struct dwarf_reader dwarf;
	bool knows_signs;
};

/* Where members are added to, and where they stand in it. */
struct frame {
	struct arena *arena;
	struct flat_layout *layout;
	const char *parent;
	uint64_t bit_offset;
	int depth;
};

static uint32_t resolve_element(const struct btf *btf, uint32_t id)
{
	for (int i = 0; i < BTF_QUERY_MAX_CHAIN; i++) {
		const struct btf_type *type;

		id = btf_query_resolve(btf, id, NULL);
		type = btf__type_by_id(btf, id);
		if (!id || !type || !btf_is_array(type))
			return id;
		id = btf_array(type)->type;
	}
	return 0;
}

static void add_members(const struct frame *frame, const struct btf *btf, uint32_t id)
{
	const struct btf_type *type = btf__type_by_id(btf, id);
	struct flat_layout *layout = frame->layout;

	if (!type || !btf_is_composite(type) || frame->depth >= FLAT_MAX_DEPTH)
		return;
	for (uint32_t i = 0; i < btf_vlen(type) && layout->n_members < FLAT_MAX_MEMBERS; i++) {
		struct btf_query_member member = btf_query_member(btf, type, i);
		int64_t size = btf_query_size(btf, member.type);
		struct flat_member flat = {
			.path = flat_path(frame->arena, frame->parent, member.name),
			.bit_offset = frame->bit_offset + member.bit_offset,
			.width = member.width ? member.width
				 : size > 0   ? (uint64_t)size * 8
					      : 0,
		};
		struct frame inner = *frame;

		*ARENA_PUSH(frame->arena, layout->members, layout->n_members) = flat;
		inner.parent = *member.name ? flat.path : frame->parent;
		inner.bit_offset = flat.bit_offset;
		inner.depth++;
		add_members(&inner, btf, resolve_element(btf, member.type));
	}
}

static struct flat_layout read_layout(struct arena *arena, const struct btf *btf, uint32_t id)
{
	int64_t size = btf_query_size(btf, id);
	struct flat_layout layout = {.size = size > 0 ? (uint64_t)size : 0};
	struct frame frame = {.arena = arena, .layout = &layout, .parent = ""};

	add_members(&frame, btf, btf_query_resolve(btf, id, NULL));
	return layout;
}

/* "byte 8", or "bit 67" of what begins or ends in a byte. */
static const char *describe_place(struct arena *arena, uint64_t bits)
{
	return bits % 8 ? arena_printf(arena, "bit %" PRIu64, bits)
			: arena_printf(arena, "byte %" PRIu64, bits / 8);
}

static const char *compare_members(struct arena *arena, const struct flat_member *ours,
				   const struct flat_member *theirs)
{
	if (strcmp(ours->path, theirs->path) != 0)
		return arena_printf(arena, "the member '%s' where the compiler has '%s'",
				    ours->path, theirs->path);
	if (ours->bit_offset != theirs->bit_offset)
		return arena_printf(arena, "the member '%s' at %s, the compiler at %s", ours->path,
				    describe_place(arena, ours->bit_offset),
				    describe_place(arena, theirs->bit_offset));
	if (ours->width != theirs->width && ours->width && theirs->width)
		return arena_printf(
			arena, "a member '%s' of %" PRIu64 " bits, the compiler one of %" PRIu64,
			ours->path, ours->width, theirs->width);
	return NULL;
}

/* What libclang gives a type otherwise than the compiler; NULL: nothing. */
static const char *compare(struct arena *arena, const struct flat_layout *ours,
			   const struct flat_layout *theirs)
{
	const char *difference = NULL;
	size_t i;

	for (i = 0; i < ours->n_members && i < theirs->n_members && !difference; i++)
		difference = compare_members(arena, &ours->members[i], &theirs->members[i]);
	if (difference)
		return difference;
	if (i < ours->n_members)
		return arena_printf(arena, "the member '%s', the compiler does not",
				    ours->members[i].path);
	if (i < theirs->n_members)
		return arena_printf(arena, "no member '%s', the compiler does",
				    theirs->members[i].path);
	if (ours->size != theirs->size && ours->size && theirs->size)
		return arena_printf(arena, "%" PRIu64 " bytes, the compiler %" PRIu64, ours->size,
				    theirs->size);
	return NULL;
}

/* What DWARF says against it; NULL: nothing, also where it does not know the type. One of several
 * definitions is enough: they are local to functions, and one function is the one that libclang
 * looked at. */
static const char *compare_dwarf(struct type_adder *adder, const char *name,
				 const struct flat_layout *ours)
{
	struct dwarf_layouts theirs = dwarf_layout_find(&adder->dwarf, name);
	const char *first = NULL;

	for (size_t i = 0; i < theirs.count; i++) {
		const char *difference = compare(adder->arena, ours, &theirs.items[i]);

		if (!difference)
			return NULL;
		if (!first)
			first = difference;
	}
	return first;
}

/* Without the sign's flag on enums, when the object's compiler does not set it: whether it does is
 * a property of the whole BTF (btf_query_knows_signs). */
static void forget_signs(struct btf *btf)
{
	for (uint32_t id = 1; id < btf__type_cnt(btf); id++) {
		struct btf_type *type = (struct btf_type *)btf__type_by_id(btf, id);

		if (btf_is_any_enum(type))
			type->info &= ~(1U << 31);
	}
}

static void warn(struct type_adder *adder, const char *name, const char *difference,
		 const char *outcome)
{
	const struct object *object = adder->object;

	diag_warning(adder->diag,
		     source_facts_where_type(adder->arena, object->facts, name, object->path),
		     "libclang gives the type '%s' %s; %s let BPFBAKE_LIBCLANG name the "
		     "compiler's own libclang",
		     name, difference, outcome);
}

static void add_type(struct type_adder *adder, const struct source_type *type)
{
	struct object *object = adder->object;
	struct btf *btf = btf__new(type->btf.data, (__u32)type->btf.size);
	uint32_t id = btf_query_find(object->btf, type->name);
	struct flat_layout ours, theirs;
	const char *difference;

	if (libbpf_get_error(btf))
		return;
	ours = read_layout(adder->arena, btf, btf_query_find(btf, type->name));
	if (id) {
		theirs = read_layout(adder->arena, object->btf, id);
		difference = compare(adder->arena, &ours, &theirs);
		if (difference) {
			warn(adder, type->name, difference,
			     "callbacks that would get it are untyped; rename one of two types of "
			     "that name, or");
			strvec_push(&object->disputed_types, adder->arena, type->name);
		}
	} else {
		difference = compare_dwarf(adder, type->name, &ours);
		if (difference)
			warn(adder, type->name, difference,
			     "the type is left out, and callbacks that would get it are untyped;");
		if (!adder->knows_signs)
			forget_signs(btf);
		if (!difference)
			btf__add_btf(object->btf, btf);
	}
	btf__free(btf);
}

void object_add_types(struct object *object, struct arena *arena, struct diag *diag)
{
	const struct source_facts *facts = object->facts;
	struct type_adder adder = {
		.object = object,
		.arena = arena,
		.diag = diag,
		.dwarf = {.arena = arena, .object = object},
		.knows_signs =
			object->knows_signs || (object->btf && btf_query_knows_signs(object->btf)),
	};

	for (size_t i = 0; object->btf && facts && i < facts->n_types; i++)
		add_type(&adder, &facts->types[i]);
	dwarf_reader_release(&adder.dwarf);
}
