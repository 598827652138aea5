/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A type is NOTHING, then perhaps DECLARED, SLICED, WHOLE, never less again; whenever it becomes
 * more it is visited once more. What is in the end more than NOTHING is copied into new BTF.
 *
 * Members that stay although nothing names them: all of a packed struct and of a small one of
 * numbers, those that give a struct its alignment and a union its size, and bitfields beside one
 * that stays, since clang loads them together.
 */
#include "slice.h"

#include <bpf/btf.h>
#include <bpf/libbpf.h>
#include <string.h>

#include "btf_order.h"
#include "btf_query.h"
#include "bug.h"

#define PLAIN_SIZE 64 /* bytes */

enum extent {
	NOTHING,
	DECLARED, /* by its name alone */
	SLICED,   /* the members that are named */
	WHOLE,
};

struct slicer {
	struct arena *arena;
	const struct btf *from;
	const struct slice_words *words;
	uint32_t n_types;
	unsigned char *uses;     /* word_use by offset of a name */
	unsigned char *extents;  /* enum extent by type */
	unsigned char *has_word; /* of structs: 0: not known yet, 1: no, 2: yes, by type */
	unsigned char *plain;    /* of structs, as has_word */
	uint32_t *pending;       /* types to be visited */
	size_t n_pending, capacity;
	uint32_t *ids; /* new ones by old ones; 0: not there */
	struct btf *to;
	const char *changed; /* a word that a macro changes, or NULL */
};

static const struct btf_type *type_of(const struct slicer *s, uint32_t id)
{
	return btf__type_by_id(s->from, id);
}

static unsigned use_of(const struct slicer *s, uint32_t name)
{
	return s->uses[name];
}

/* By each string of the BTF, of which one stands for a name wherever that is used. */
static void find_uses(struct slicer *s)
{
	uint32_t size;
	const struct btf_header *header = btf__raw_data(s->from, &size);
	const char *strings = btf__name_by_offset(s->from, 0);
	uint32_t all = header ? header->str_len : 0, length;

	s->uses = ARENA_ARRAY(s->arena, unsigned char, all + 1);
	for (uint32_t at = 1; at < all; at += length + 1) {
		length = (uint32_t)strlen(strings + at);
		s->uses[at] = (unsigned char)slice_words_use(s->words, strings + at, length);
		if (s->uses[at] & WORD_REPLACED && !s->changed)
			s->changed = strings + at;
	}
}

static uint32_t skip_modifiers(const struct slicer *s, uint32_t id)
{
	while (id && btf_query_is_modifier(type_of(s, id)))
		id = type_of(s, id)->type;
	return id;
}

static void extend(struct slicer *s, uint32_t id, enum extent extent)
{
	if (!id || s->extents[id] >= extent)
		return;
	s->extents[id] = (unsigned char)extent;
	if (s->n_pending == s->capacity) {
		size_t capacity = s->capacity ? s->capacity * 2 : 256;
		uint32_t *pending = ARENA_ARRAY(s->arena, uint32_t, capacity);

		if (s->n_pending)
			memcpy(pending, s->pending, s->n_pending * sizeof(*pending));
		s->pending = pending;
		s->capacity = capacity;
	}
	s->pending[s->n_pending++] = id;
}

/* Is a member of the struct named, or one of an anonymous struct in it? */
static bool names_a_member(struct slicer *s, uint32_t id)
{
	const struct btf_type *type = type_of(s, id);
	bool result = false;

	if (s->has_word[id])
		return s->has_word[id] == 2;
	s->has_word[id] = 1;
	for (uint32_t i = 0; i < btf_vlen(type) && !result; i++) {
		const struct btf_member *member = &btf_members(type)[i];
		uint32_t inner = skip_modifiers(s, member->type);

		if (member->name_off)
			result = use_of(s, member->name_off) & WORD_NAMED;
		else if (inner && btf_is_composite(type_of(s, inner)))
			result = names_a_member(s, inner);
	}
	s->has_word[id] = result ? 2 : 1;
	return result;
}

static bool is_anonymous(const struct btf_type *type)
{
	return !type->name_off;
}

/* A type that stands in another one: by value, or behind a pointer. */
static void reach(struct slicer *s, uint32_t id, bool is_by_value, bool is_whole)
{
	const struct btf_type *type = type_of(s, id);

	if (!id)
		return;
	if (!btf_is_composite(type))
		extend(s, id, is_whole && is_by_value ? WHOLE : is_by_value ? SLICED : DECLARED);
	else if (is_by_value || is_anonymous(type))
		extend(s, id, is_whole ? WHOLE : SLICED);
	else
		extend(s, id, names_a_member(s, id) ? SLICED : DECLARED);
}

static int alignment_of(const struct slicer *s, uint32_t id)
{
	int alignment = btf__align_of(s->from, id);

	return alignment > 0 ? alignment : 1;
}

/* As btf_dump decides it: by members that stand at odd places, or a size that is one. */
static bool is_packed(const struct slicer *s, const struct btf_type *type)
{
	uint32_t alignment = 1;

	for (uint32_t i = 0; i < btf_vlen(type); i++) {
		uint32_t own = (uint32_t)alignment_of(s, btf_members(type)[i].type);

		if (btf_member_bitfield_size(type, i))
			continue;
		if (btf_member_bit_offset(type, i) % (own * 8))
			return true;
		alignment = own > alignment ? own : alignment;
	}
	return type->size % alignment != 0;
}

static bool is_named_member(struct slicer *s, const struct btf_member *member)
{
	uint32_t inner = skip_modifiers(s, member->type);

	if (member->name_off)
		return use_of(s, member->name_off) & WORD_NAMED;
	return inner && btf_is_composite(type_of(s, inner)) && names_a_member(s, inner);
}

static bool is_bitfield(const struct btf_type *type, uint32_t i)
{
	return btf_member_bitfield_size(type, i) != 0;
}

/* Those beside a bitfield that stays, and what stands before and behind them: padding, which is
 * bitfields too, would become part of what clang loads. */
static void keep_bitfields(const struct btf_type *type, bool *keeps)
{
	uint32_t count = btf_vlen(type);

	for (uint32_t i = 1; i < count; i++) {
		if (keeps[i - 1] && is_bitfield(type, i - 1))
			keeps[i] = true;
	}
	for (uint32_t i = count; i-- > 1;) {
		if (keeps[i] && is_bitfield(type, i))
			keeps[i - 1] = true;
	}
}

/* The first member that has the alignment of the struct, and of a union that which has its size. */
static void keep_layout(struct slicer *s, const struct btf_type *type, bool *keeps)
{
	uint32_t widest = 0, largest = 0, count = btf_vlen(type);
	int alignment = 0;
	int64_t size = -1;

	for (uint32_t i = 0; i < count; i++) {
		int own = alignment_of(s, btf_members(type)[i].type);
		int64_t own_size = btf_query_size(s->from, btf_members(type)[i].type);

		/* A pointer costs less than a struct. */
		if (own > alignment) {
			alignment = own;
			widest = i;
		}
		if (own_size > size) {
			size = own_size;
			largest = i;
		}
	}
	if (!count)
		return;
	keeps[widest] = true;
	if (btf_is_union(type))
		keeps[largest] = true;
}

/*
 * A small struct of numbers, such as the header of a packet: cut down it would save little, and
 * clang 14 lays the steps from one header to the next out otherwise when it has other members.
 */
static bool is_plain(struct slicer *s, uint32_t id)
{
	const struct btf_type *type = type_of(s, id);

	if (s->plain[id] || type->size > PLAIN_SIZE)
		return s->plain[id] == 2;
	s->plain[id] = 1;
	for (uint32_t i = 0; i < btf_vlen(type); i++) {
		uint32_t inner = btf_query_resolve(s->from, btf_members(type)[i].type, NULL);

		for (int j = 0; inner && btf_is_array(type_of(s, inner)) && j < BTF_QUERY_MAX_CHAIN;
		     j++)
			inner = btf_query_resolve(s->from, btf_array(type_of(s, inner))->type,
						  NULL);
		if (!inner || btf_is_ptr(type_of(s, inner)) ||
		    (btf_is_composite(type_of(s, inner)) && !is_plain(s, inner)))
			return false;
	}
	s->plain[id] = 2;
	return true;
}

/* Which members stay, by index. */
static const bool *choose_members(struct slicer *s, uint32_t id)
{
	const struct btf_type *type = type_of(s, id);
	bool *keeps = ARENA_ARRAY(s->arena, bool, btf_vlen(type) + 1);
	bool is_whole = s->extents[id] == WHOLE || is_packed(s, type) || is_plain(s, id);

	for (uint32_t i = 0; i < btf_vlen(type); i++)
		keeps[i] = is_whole || is_named_member(s, &btf_members(type)[i]);
	if (is_whole)
		return keeps;
	keep_layout(s, type, keeps);
	keep_bitfields(type, keeps);
	return keeps;
}

static void visit_composite(struct slicer *s, uint32_t id)
{
	const struct btf_type *type = type_of(s, id);
	const bool *keeps;

	if (s->extents[id] < SLICED)
		return;
	keeps = choose_members(s, id);
	for (uint32_t i = 0; i < btf_vlen(type); i++) {
		if (keeps[i])
			reach(s, btf_members(type)[i].type, true, s->extents[id] == WHOLE);
	}
}

static void reach_prototype(struct slicer *, uint32_t id);

static bool is_chain(const struct btf_type *type)
{
	return btf_query_is_modifier(type) || btf_kind(type) == BTF_KIND_TYPEDEF ||
	       btf_kind(type) == BTF_KIND_PTR;
}

/* With the struct behind pointers: a kfunc's parameter, or what it returns. */
static void reach_defined(struct slicer *s, uint32_t id)
{
	reach(s, id, true, false);
	for (int i = 0; i < BTF_QUERY_MAX_CHAIN && id && is_chain(type_of(s, id)); i++)
		id = type_of(s, id)->type;
	if (id && btf_is_composite(type_of(s, id)))
		extend(s, id, SLICED);
	else if (id && btf_kind(type_of(s, id)) == BTF_KIND_FUNC_PROTO)
		reach_prototype(s, id);
}

/* libbpf compares a kfunc with the kernel's by the kinds of types, behind pointers too: a struct
 * that is only declared is none. */
static void reach_prototype(struct slicer *s, uint32_t id)
{
	const struct btf_type *type = type_of(s, id);

	if (btf_kind(type) != BTF_KIND_FUNC_PROTO || s->extents[id] == WHOLE)
		return;
	extend(s, id, WHOLE);
	reach_defined(s, type->type);
	for (uint32_t i = 0; i < btf_vlen(type); i++)
		reach_defined(s, btf_params(type)[i].type);
}

static void visit(struct slicer *s, uint32_t id)
{
	const struct btf_type *type = type_of(s, id);
	bool is_whole = s->extents[id] == WHOLE, is_by_value = s->extents[id] >= SLICED;

	switch (btf_kind(type)) {
	case BTF_KIND_STRUCT:
	case BTF_KIND_UNION:
		visit_composite(s, id);
		break;
	case BTF_KIND_PTR:
		reach(s, type->type, false, false);
		break;
	case BTF_KIND_ARRAY:
		reach(s, btf_array(type)->type, true, is_whole);
		reach(s, btf_array(type)->index_type, true, false);
		break;
	case BTF_KIND_FUNC_PROTO:
		reach(s, type->type, false, false);
		for (uint32_t i = 0; i < btf_vlen(type); i++)
			reach(s, btf_params(type)[i].type, false, false);
		break;
	case BTF_KIND_TYPEDEF:
	case BTF_KIND_VOLATILE:
	case BTF_KIND_CONST:
	case BTF_KIND_RESTRICT:
	case BTF_KIND_TYPE_TAG:
		reach(s, type->type, is_by_value, is_whole);
		break;
	case BTF_KIND_FUNC:
		reach_prototype(s, type->type);
		break;
	default: /* numbers, enums, declarations */
		break;
	}
}

static bool has_named_enumerator(const struct slicer *s, const struct btf_type *type)
{
	for (uint32_t i = 0; i < btf_vlen(type); i++) {
		uint32_t name = btf_is_enum(type) ? btf_enum(type)[i].name_off
						  : btf_enum64(type)[i].name_off;

		if (use_of(s, name) & WORD_NAMED)
			return true;
	}
	return false;
}

/* A kfunc of the kernel's, as one of its tags says. */
static void name_kfunc(struct slicer *s, uint32_t id)
{
	const struct btf_type *tag = type_of(s, id);

	if (!(use_of(s, type_of(s, tag->type)->name_off) & WORD_NAMED))
		return;
	if (!btf_query_is_function_tag(s->from, tag, BTF_KFUNC_TAG) &&
	    !btf_query_is_function_tag(s->from, tag, BTF_FASTCALL_TAG))
		return;
	extend(s, tag->type, WHOLE);
	extend(s, id, WHOLE);
}

/* What the words name at first hand. */
static void find_named(struct slicer *s)
{
	for (uint32_t id = 1; id < s->n_types; id++) {
		const struct btf_type *type = type_of(s, id);
		unsigned use = use_of(s, type->name_off);

		switch (btf_kind(type)) {
		case BTF_KIND_STRUCT:
		case BTF_KIND_UNION:
			if (use & WORD_NAMED)
				extend(s, id, use & WORD_BY_VALUE ? WHOLE : SLICED);
			break;
		case BTF_KIND_TYPEDEF:
			if (use)
				extend(s, id, use & WORD_BY_VALUE ? WHOLE : SLICED);
			break;
		case BTF_KIND_FWD:
			if (use & WORD_NAMED)
				extend(s, id, DECLARED);
			break;
		case BTF_KIND_DECL_TAG:
			name_kfunc(s, id);
			break;
		case BTF_KIND_ENUM:
		case BTF_KIND_ENUM64:
			if (use & WORD_NAMED || has_named_enumerator(s, type))
				extend(s, id, WHOLE);
			break;
		default:
			break;
		}
	}
}

static int copy_composite(struct slicer *s, uint32_t id)
{
	const struct btf_type *type = type_of(s, id);
	const char *name = is_anonymous(type) ? NULL : btf_query_name(s->from, type->name_off);
	const bool *keeps;
	int copy;

	if (s->extents[id] == DECLARED)
		return btf__add_fwd(s->to, name,
				    btf_is_union(type) ? BTF_FWD_UNION : BTF_FWD_STRUCT);
	keeps = choose_members(s, id);
	copy = btf_is_union(type) ? btf__add_union(s->to, name, type->size)
				  : btf__add_struct(s->to, name, type->size);
	for (uint32_t i = 0; i < btf_vlen(type) && copy > 0; i++) {
		const struct btf_member *member = &btf_members(type)[i];
		const char *own = btf_query_name(s->from, member->name_off);

		if (keeps[i] && btf__add_field(s->to, *own ? own : NULL, (int)s->ids[member->type],
					       btf_member_bit_offset(type, i),
					       btf_member_bitfield_size(type, i)))
			return -1;
	}
	return copy;
}

static int copy_type(struct slicer *s, uint32_t id)
{
	const struct btf_type *type = type_of(s, id);
	struct btf_order order = {.new = s->ids};
	int copy;

	if (btf_is_composite(type))
		return copy_composite(s, id);
	copy = btf__add_type(s->to, s->from, type);
	if (copy > 0)
		btf_order_apply(&order, (struct btf_type *)btf__type_by_id(s->to, (__u32)copy));
	return copy;
}

static int copy_types(struct slicer *s)
{
	uint32_t count = 0;

	s->ids = ARENA_ARRAY(s->arena, uint32_t, s->n_types);
	for (uint32_t id = 1; id < s->n_types; id++) {
		if (s->extents[id] != NOTHING)
			s->ids[id] = ++count;
	}
	for (uint32_t id = 1; id < s->n_types; id++) {
		if (s->ids[id] && copy_type(s, id) != (int)s->ids[id])
			return -1;
	}
	return 0;
}

int slice_write(struct strbuf *out, struct arena *arena, const struct btf *btf,
		struct slice_words *words)
{
	struct slicer s = {
		.arena = arena,
		.from = btf,
		.words = words,
		.n_types = btf__type_cnt(btf),
	};
	int result;

	s.extents = ARENA_ARRAY(arena, unsigned char, s.n_types);
	s.has_word = ARENA_ARRAY(arena, unsigned char, s.n_types);
	s.plain = ARENA_ARRAY(arena, unsigned char, s.n_types);
	find_uses(&s);
	if (s.changed) {
		slice_words_need_whole(
			words,
			arena_printf(arena, "'%s' is defined as a macro before it is included",
				     s.changed));
		return SLICE_IS_CHANGED;
	}
	find_named(&s);
	while (s.n_pending)
		visit(&s, s.pending[--s.n_pending]);
	s.to = btf__new_empty();
	if (libbpf_get_error(s.to))
		return -1;
	/* Of BPF, whatever this machine's are. */
	btf__set_pointer_size(s.to, 8);
	result = copy_types(&s);
	if (!result)
		result = slice_write_types(out, s.to, true);
	btf__free(s.to);
	return result;
}
