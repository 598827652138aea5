/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Two passes: the types that stay are marked, with a list of those whose parts are still to be
 * looked at in place of recursion; then they are numbered in the order in which they
 * were marked and written: so that two kernels for which the same is kept get the same bytes,
 * however their own BTF is ordered. A BTF is words of 32 bits but for the start of its header, so
 * that its byte order is a matter of one function.
 */
#include "btf_subset.h"

#include <string.h>

#include "btf_query.h"
#include "bug.h"
#include "strmap.h"

enum {
	KEPT = 1,     /* by its outside */
	FOLLOWED = 2, /* it is a pointer whose target is kept */
	BEHIND = 4,   /* done as BTF_SUBSET_WHOLE behind a pointer */
	WHOLE = 8,    /* done as BTF_SUBSET_WHOLE */
};

struct btf_subset_next {
	uint32_t id;
	enum btf_subset_depth depth;
	bool is_behind_pointer;
};

void btf_subset_init(struct btf_subset *subset, struct arena *arena, const struct btf *btf)
{
	*subset = (struct btf_subset){.arena = arena, .btf = btf, .count = btf__type_cnt(btf)};
	subset->flags = ARENA_ARRAY(arena, unsigned char, subset->count);
	subset->parts = ARENA_ARRAY(arena, unsigned char *, subset->count);
}

/* What no type of a program refers to; only damaged BTF does. */
static bool is_no_type(const struct btf_type *type)
{
	return btf_is_func(type) || btf_is_var(type) || btf_is_datasec(type) ||
	       btf_is_decl_tag(type);
}

static void add(struct btf_subset *subset, uint32_t id, enum btf_subset_depth depth,
		bool is_behind_pointer)
{
	static const unsigned char done[][2] = {
		[BTF_SUBSET_OUTSIDE] = {KEPT, KEPT},
		[BTF_SUBSET_FOLLOW] = {KEPT | FOLLOWED, KEPT | FOLLOWED},
		[BTF_SUBSET_WHOLE] = {KEPT | FOLLOWED | WHOLE, KEPT | FOLLOWED | BEHIND},
	};
	unsigned char flags = done[depth][is_behind_pointer];

	if (!id || id >= subset->count || (subset->flags[id] & flags) == flags ||
	    is_no_type(btf__type_by_id(subset->btf, id)))
		return;
	if (!(subset->flags[id] & KEPT))
		*ARENA_PUSH(subset->arena, subset->order, subset->n_order) = id;
	subset->flags[id] |= flags;
	*ARENA_PUSH(subset->arena, subset->next, subset->n_next) =
		(struct btf_subset_next){id, depth, is_behind_pointer};
}

/* What a kept type refers to. */
static void refer(struct btf_subset *subset, uint32_t id, enum btf_subset_depth depth,
		  bool is_behind_pointer)
{
	add(subset, btf_query_resolve(subset->btf, id, NULL), depth, is_behind_pointer);
}

static unsigned char *parts_of(struct btf_subset *subset, uint32_t id)
{
	uint32_t count = btf_vlen(btf__type_by_id(subset->btf, id));

	if (!subset->parts[id])
		subset->parts[id] = ARENA_ARRAY(subset->arena, unsigned char, count + 1);
	return subset->parts[id];
}

static void keep_parts(struct btf_subset *subset, uint32_t id, const struct btf_type *type)
{
	memset(parts_of(subset, id), 1, btf_vlen(type));
	for (uint32_t i = 0; btf_is_composite(type) && i < btf_vlen(type); i++)
		refer(subset, btf_members(type)[i].type, BTF_SUBSET_WHOLE, false);
}

static void keep_references(struct btf_subset *subset, const struct btf_subset_next *next)
{
	const struct btf_type *type = btf__type_by_id(subset->btf, next->id);
	enum btf_subset_depth depth = next->depth;

	if (btf_is_ptr(type) && depth != BTF_SUBSET_OUTSIDE) {
		refer(subset, type->type, depth, depth == BTF_SUBSET_WHOLE);
	} else if (btf_is_typedef(type) || btf_query_is_modifier(type)) {
		refer(subset, type->type, depth, next->is_behind_pointer);
	} else if (btf_is_array(type)) {
		refer(subset, btf_array(type)->type, depth, false);
		refer(subset, btf_array(type)->index_type, BTF_SUBSET_OUTSIDE, false);
	} else if (btf_is_func_proto(type)) {
		refer(subset, type->type, depth, false);
		for (uint32_t i = 0; i < btf_vlen(type); i++)
			refer(subset, btf_params(type)[i].type, depth, false);
	} else if (depth == BTF_SUBSET_WHOLE &&
		   (btf_is_any_enum(type) ||
		    (btf_is_composite(type) && !next->is_behind_pointer))) {
		keep_parts(subset, next->id, type);
	}
}

static void finish(struct btf_subset *subset)
{
	while (subset->n_done < subset->n_next) {
		struct btf_subset_next next = subset->next[subset->n_done++];

		keep_references(subset, &next);
	}
}

void btf_subset_keep(struct btf_subset *subset, uint32_t id, enum btf_subset_depth depth)
{
	add(subset, id, depth, false);
	finish(subset);
}

void btf_subset_keep_member(struct btf_subset *subset, uint32_t id, uint32_t index)
{
	const struct btf_type *type;

	id = btf_query_resolve(subset->btf, id, NULL);
	type = btf__type_by_id(subset->btf, id);
	if (!btf_is_composite(type) || index >= btf_vlen(type))
		BUG("type %u has no part %u", id, index);
	parts_of(subset, id)[index] = 1;
	add(subset, id, BTF_SUBSET_OUTSIDE, false);
	refer(subset, btf_members(type)[index].type, BTF_SUBSET_OUTSIDE, false);
	finish(subset);
}

void btf_subset_keep_enumerator(struct btf_subset *subset, uint32_t id, uint32_t index)
{
	const struct btf_type *type;

	id = btf_query_resolve(subset->btf, id, NULL);
	type = btf__type_by_id(subset->btf, id);
	if (!btf_is_any_enum(type) || index >= btf_vlen(type))
		BUG("type %u has no part %u", id, index);
	parts_of(subset, id)[index] = 1;
	add(subset, id, BTF_SUBSET_OUTSIDE, false);
	finish(subset);
}

struct writer {
	struct btf_subset *subset;
	bool is_big;
	uint32_t *ids; /* the new ones, by the old */
	struct strbuf types, names;
	struct strmap offsets; /* of the names; the number and 1 */
};

static void put_word(struct strbuf *out, bool is_big, uint32_t value)
{
	for (int i = 0; i < 4; i++)
		strbuf_add_char(out, (char)(value >> (is_big ? 24 - 8 * i : 8 * i)));
}

static void put(struct writer *writer, uint32_t value)
{
	put_word(&writer->types, writer->is_big, value);
}

static void put_name(struct writer *writer, uint32_t offset)
{
	const char *name = btf_query_name(writer->subset->btf, offset);
	void **place = strmap_at(&writer->offsets, writer->subset->arena, name);

	if (!*place) {
		*place = (void *)(writer->names.length + 1);
		strbuf_add(&writer->names, name, strlen(name) + 1);
	}
	put(writer, (uint32_t)((uintptr_t)*place - 1));
}

static void put_type(struct writer *writer, uint32_t id)
{
	put(writer, writer->ids[btf_query_resolve(writer->subset->btf, id, NULL)]);
}

/* Pointers to void are all one. */
static bool is_plain_pointer(const struct btf_subset *subset, uint32_t id)
{
	return btf_is_ptr(btf__type_by_id(subset->btf, id)) && !(subset->flags[id] & FOLLOWED);
}

static void number_types(struct writer *writer)
{
	const struct btf_subset *subset = writer->subset;
	uint32_t count = 0, pointer = 0;

	for (size_t i = 0; i < subset->n_order; i++) {
		uint32_t id = subset->order[i];
		bool is_plain = is_plain_pointer(subset, id);

		writer->ids[id] = is_plain && pointer ? pointer : ++count;
		if (is_plain)
			pointer = writer->ids[id];
	}
}

static uint32_t count_parts(const struct btf_subset *subset, uint32_t id, uint32_t of)
{
	uint32_t count = 0;

	for (uint32_t i = 0; subset->parts[id] && i < of; i++)
		count += subset->parts[id][i];
	return count;
}

/* Members and enumerators: a name, and one or two more words. */
static void put_parts(struct writer *writer, uint32_t id, const struct btf_type *type)
{
	size_t n_words = btf_is_enum(type) ? 2 : 3;
	const uint32_t *words = (const uint32_t *)(type + 1);

	for (uint32_t i = 0; writer->subset->parts[id] && i < btf_vlen(type); i++) {
		const uint32_t *part = words + i * n_words;

		if (!writer->subset->parts[id][i])
			continue;
		put_name(writer, part[0]);
		if (btf_is_composite(type))
			put_type(writer, part[1]);
		else
			put(writer, part[1]);
		if (n_words > 2)
			put(writer, part[2]);
	}
}

static void put_details(struct writer *writer, uint32_t id, const struct btf_type *type)
{
	if (btf_is_composite(type) || btf_is_any_enum(type)) {
		put_parts(writer, id, type);
	} else if (btf_is_int(type)) {
		put(writer, *(const uint32_t *)(type + 1));
	} else if (btf_is_array(type)) {
		put_type(writer, btf_array(type)->type);
		put_type(writer, btf_array(type)->index_type);
		put(writer, btf_array(type)->nelems);
	} else if (btf_is_func_proto(type)) {
		for (uint32_t i = 0; i < btf_vlen(type); i++) {
			put(writer, 0); /* its name says nothing to CO-RE */
			put_type(writer, btf_params(type)[i].type);
		}
	}
}

/* Whether the word behind the kind is a type, no size. */
static bool refers(const struct btf_type *type)
{
	return btf_is_ptr(type) || btf_is_typedef(type) || btf_query_is_modifier(type) ||
	       btf_is_func_proto(type);
}

static void put_whole(struct writer *writer, uint32_t id)
{
	const struct btf_type *type = btf__type_by_id(writer->subset->btf, id);
	uint32_t info = type->info;

	if (btf_is_composite(type) || btf_is_any_enum(type))
		info = (info & ~0xffffU) | count_parts(writer->subset, id, btf_vlen(type));
	put_name(writer, type->name_off);
	put(writer, info);
	if (is_plain_pointer(writer->subset, id) || btf_is_fwd(type))
		put(writer, 0);
	else if (refers(type))
		put_type(writer, type->type);
	else
		put(writer, type->size);
	put_details(writer, id, type);
}

/* Source: struct btf_header of the kernel's include/uapi/linux/btf.h. */
static void put_header(const struct writer *writer, struct strbuf *out)
{
	static const char starts[2][4] = {{(char)0x9f, (char)0xeb, BTF_VERSION, 0},
					  {(char)0xeb, (char)0x9f, BTF_VERSION, 0}};
	uint32_t types = (uint32_t)writer->types.length, names = (uint32_t)writer->names.length;
	const uint32_t words[] = {sizeof(struct btf_header), 0, types, types, names};

	strbuf_add(out, starts[writer->is_big], sizeof(starts[0]));
	for (size_t i = 0; i < ARRAY_SIZE(words); i++)
		put_word(out, writer->is_big, words[i]);
}

void btf_subset_write(struct btf_subset *subset, struct strbuf *out)
{
	struct writer writer = {
		.subset = subset,
		.is_big = btf__endianness(subset->btf) == BTF_BIG_ENDIAN,
		.ids = ARENA_ARRAY(subset->arena, uint32_t, subset->count),
		.types = STRBUF_INIT,
		.names = STRBUF_INIT,
	};
	uint32_t written = 0;

	*strmap_at(&writer.offsets, subset->arena, "") = (void *)1;
	strbuf_add_char(&writer.names, '\0');
	number_types(&writer);
	for (size_t i = 0; i < subset->n_order; i++) {
		if (writer.ids[subset->order[i]] > written) {
			put_whole(&writer, subset->order[i]);
			written++;
		}
	}
	put_header(&writer, out);
	strbuf_add(out, writer.types.text, writer.types.length);
	strbuf_add(out, writer.names.text, writer.names.length);
	strbuf_release(&writer.types);
	strbuf_release(&writer.names);
}
