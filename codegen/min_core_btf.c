/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * For each type of an object that relocations name, its root, libbpf has a list of candidates:
 * types of the kernel's with that name, of which some have flavours and some are doubles. It drops
 * those that do not fit a relocation before it looks at the next one, if any does fit. Which ones
 * it drops, then, depends on what is loaded; a candidate that fits all relocations stays in any
 * case, and those that fit must agree. So one such candidate is enough, and all that fit anything
 * are kept where there is none.
 */
#include "min_core_btf.h"

#include <bpf/btf.h>
#include <string.h>

#include "btf_query.h"
#include "btf_subset.h"
#include "core_spec.h"
#include "strmap.h"

/* Comparisons for one kernel: a large program makes a hundred thousand. */
#define MAX_STEPS 50000000

struct candidate {
	uint32_t id;
	size_t n_fitting;   /* relocations */
	bool is_live, fits; /* by libbpf's list; the relocation at hand */
};

struct root {
	const struct core_object *object;
	uint32_t type;
	struct root *next_of_name;
	const struct core_relocation **relocations;
	size_t n_relocations, n_fitting; /* those with a candidate that fits */
	struct candidate *candidates;
	size_t n_candidates;
	bool is_ambiguous;
};

struct maker {
	struct arena *arena;
	struct diag *diag;
	const struct min_core_btf *input;
	struct btf_subset subset;
	struct root **roots;
	size_t n_roots;
	struct strmap by_name;
	uint64_t steps;
};

int core_object_read(struct core_object *core, struct arena *arena, struct diag *diag,
		     const struct object *object)
{
	*core = (struct core_object){.object = object};
	if (!object->btf || !object_find_section(object, BTF_EXT_ELF_SEC))
		return diag_error(diag, object->path,
				  "has no %s section; compile it with clang -g and strip it with "
				  "llvm-strip -g at most",
				  object->btf ? BTF_EXT_ELF_SEC : BTF_ELF_SEC);
	core->relocations = core_relocations_read(object, arena);
	if (core->relocations.is_damaged)
		return diag_error(diag, object->path,
				  "its " BTF_EXT_ELF_SEC " is damaged; compile it again");
	return 0;
}

static int refuse(struct maker *maker, const struct core_object *object,
		  const struct core_relocation *relocation, const char *why)
{
	const char *text =
		arena_printf(maker->arena, "section %s, instruction %llu (%s): with %s %s",
			     relocation->section->name, (unsigned long long)relocation->offset / 8,
			     relocation->text, maker->input->kernel_path, why);

	if (maker->input->is_strict)
		return diag_error(maker->diag, object->object->path, "%s", text);
	diag_warning(maker->diag, object->object->path, "%s", text);
	return 0;
}

static const char *name_key(struct arena *arena, const char *name)
{
	size_t length = core_name_length(name);

	return name[length] ? arena_strndup(arena, name, length) : name;
}

static struct root *new_root(struct maker *maker, const struct core_object *object, uint32_t type)
{
	struct root *root = ARENA_NEW(maker->arena, struct root);
	const char *name = btf_query_type_name(object->object->btf, type);
	void **first = strmap_at(&maker->by_name, maker->arena, name_key(maker->arena, name));

	root->object = object;
	root->type = type;
	root->next_of_name = *first;
	*first = root;
	*ARENA_PUSH(maker->arena, maker->roots, maker->n_roots) = root;
	return root;
}

/* The roots of an object, each with those of its relocations that differ. */
static int add_object(struct maker *maker, const struct core_object *object)
{
	uint32_t count = btf__type_cnt(object->object->btf);
	struct root **roots = ARENA_ARRAY(maker->arena, struct root *, count);
	struct strmap met = {0};

	for (size_t i = 0; i < object->relocations.count; i++) {
		const struct core_relocation *relocation = &object->relocations.items[i];
		const char *key = arena_printf(maker->arena, "%u %u %s", relocation->type,
					       (unsigned)relocation->kind, relocation->access);
		void **is_met = strmap_at(&met, maker->arena, key);
		struct root *root;

		if (*is_met || relocation->kind == CORE_TYPE_ID_LOCAL)
			continue;
		*is_met = maker;
		if (relocation->type >= count ||
		    !*btf_query_type_name(object->object->btf, relocation->type)) {
			if (refuse(maker, object, relocation,
				   "it cannot be relocated: its type has no name"))
				return -1;
			continue;
		}
		if (!roots[relocation->type])
			roots[relocation->type] = new_root(maker, object, relocation->type);
		root = roots[relocation->type];
		*ARENA_PUSH(maker->arena, root->relocations, root->n_relocations) = relocation;
	}
	return 0;
}

/* All types of the kernel's are looked at once, for all roots. */
static void find_candidates(struct maker *maker)
{
	const struct btf *kernel = maker->input->kernel;
	uint32_t count = maker->n_roots ? btf__type_cnt(kernel) : 0;

	for (uint32_t id = 1; id < count; id++) {
		const struct btf_type *type = btf__type_by_id(kernel, id);
		const char *name = btf_query_name(kernel, type->name_off);
		struct root *root;

		if (!*name)
			continue;
		root = strmap_get(&maker->by_name, name_key(maker->arena, name));
		for (; root; root = root->next_of_name) {
			const struct btf *local = root->object->object->btf;

			if (core_is_same_kind(type, btf__type_by_id(local, root->type)))
				*ARENA_PUSH(maker->arena, root->candidates, root->n_candidates) =
					(struct candidate){.id = id, .is_live = true};
		}
	}
}

/* A relocation, and the answers: that of the first candidate that fits and is still on libbpf's
 * list. */
struct question {
	const struct core_relocation *relocation;
	struct core_spec local;
	size_t n_fitting, n_live;
	uint64_t value, bit_offset;
	bool do_differ;
};

static void add_answer(struct question *question, struct candidate *candidate, uint64_t value,
		       uint64_t bit_offset)
{
	candidate->fits = true;
	candidate->n_fitting++;
	question->n_fitting++;
	if (!candidate->is_live)
		return;
	if (question->n_live++)
		question->do_differ |=
			question->value != value || question->bit_offset != bit_offset;
	question->value = value;
	question->bit_offset = bit_offset;
}

static int ask_candidate(struct maker *maker, const struct root *root, struct candidate *candidate,
			 struct question *question)
{
	struct core_pair pair = {root->object->object->btf, maker->input->kernel, maker->steps};
	struct core_spec target;
	const struct core_relocation *relocation = question->relocation;
	enum core_answer answer =
		core_spec_match(&pair, relocation, &question->local, candidate->id, &target);
	uint64_t value = 0;

	maker->steps = pair.steps;
	candidate->fits = false;
	if (answer == CORE_NO)
		return 0;
	if (answer == CORE_YES && !core_spec_value(pair.target, relocation, &target, &value)) {
		add_answer(question, candidate, value, target.bit_offset);
		return 0;
	}
	if (!maker->steps)
		return diag_error(maker->diag, maker->input->kernel_path,
				  "its types are too deep for '%s' of %s; is it damaged?",
				  relocation->text, root->object->object->path);
	return refuse(maker, root->object, relocation,
		      "it cannot be relocated: libbpf has no answer for its types");
}

static int ask(struct maker *maker, struct root *root, const struct core_relocation *relocation)
{
	struct question question = {.relocation = relocation};

	if (core_spec_read(&question.local, root->object->object->btf, relocation))
		return diag_error(maker->diag, root->object->object->path,
				  "section %s, instruction %llu: %s ('%s') is not in the "
				  "object's own types, where CO-RE begins; is an index too "
				  "large, or the object damaged?",
				  relocation->section->name,
				  (unsigned long long)relocation->offset / 8, relocation->text,
				  relocation->access);
	for (size_t i = 0; i < root->n_candidates; i++) {
		if (ask_candidate(maker, root, &root->candidates[i], &question))
			return -1;
	}
	root->n_fitting += question.n_fitting > 0;
	for (size_t i = 0; i < root->n_candidates && question.n_live; i++)
		root->candidates[i].is_live &= root->candidates[i].fits;
	if (!question.do_differ)
		return 0;
	root->is_ambiguous = true;
	return refuse(maker, root->object, relocation,
		      "it is ambiguous: there are several types of that name, which differ; a "
		      "flavour cannot tell them apart, so name a member that only one has");
}

static void keep_field(struct maker *maker, const struct core_spec *spec)
{
	const struct btf *btf = maker->input->kernel;
	uint32_t id = spec->root;

	btf_subset_keep(&maker->subset, id, BTF_SUBSET_OUTSIDE);
	for (size_t i = 1; i < spec->length; i++) {
		const struct btf_type *type;

		id = btf_query_resolve(btf, id, NULL);
		type = btf__type_by_id(btf, id);
		if (btf_is_composite(type)) {
			btf_subset_keep_member(&maker->subset, id, spec->path[i]);
			id = btf_members(type)[spec->path[i]].type;
		} else {
			id = btf_array(type)->type;
		}
	}
}

static void keep(struct maker *maker, const struct core_relocation *relocation,
		 const struct core_spec *spec)
{
	if (core_kind_is_of_field(relocation->kind)) {
		keep_field(maker, spec);
	} else if (core_kind_is_of_enumerator(relocation->kind)) {
		btf_subset_keep(&maker->subset, spec->root, BTF_SUBSET_OUTSIDE);
		btf_subset_keep_enumerator(&maker->subset, spec->root, spec->path[0]);
	} else {
		btf_subset_keep(&maker->subset, spec->root,
				relocation->kind == CORE_TYPE_MATCHES ? BTF_SUBSET_WHOLE
								      : BTF_SUBSET_FOLLOW);
	}
}

/* `only`: the candidate that is enough, or NULL: all. */
static void keep_fitting(struct maker *maker, const struct root *root,
			 const struct core_relocation *relocation, const struct candidate *only)
{
	struct core_pair pair = {root->object->object->btf, maker->input->kernel, maker->steps};
	struct core_spec local, target;

	if (core_spec_read(&local, pair.local, relocation))
		return;
	for (size_t i = 0; i < root->n_candidates; i++) {
		const struct candidate *candidate = &root->candidates[i];

		if ((!only || only == candidate) &&
		    core_spec_match(&pair, relocation, &local, candidate->id, &target) == CORE_YES)
			keep(maker, relocation, &target);
	}
	maker->steps = pair.steps;
}

static const struct candidate *find_common(const struct root *root)
{
	for (size_t i = 0; i < root->n_candidates && !root->is_ambiguous; i++) {
		if (root->candidates[i].n_fitting == root->n_fitting)
			return &root->candidates[i];
	}
	return NULL;
}

static int add_root(struct maker *maker, struct root *root)
{
	const struct candidate *common;

	for (size_t i = 0; i < root->n_relocations; i++) {
		if (ask(maker, root, root->relocations[i]))
			return -1;
	}
	common = find_common(root);
	for (size_t i = 0; i < root->n_relocations; i++)
		keep_fitting(maker, root, root->relocations[i], common);
	return 0;
}

int min_core_btf_make(struct strbuf *out, struct arena *arena, struct diag *diag,
		      const struct min_core_btf *input)
{
	struct maker maker = {.arena = arena, .diag = diag, .input = input, .steps = MAX_STEPS};

	btf_subset_init(&maker.subset, arena, input->kernel);
	for (size_t i = 0; i < input->n_objects; i++) {
		if (add_object(&maker, &input->objects[i]))
			return -1;
	}
	find_candidates(&maker);
	for (size_t i = 0; i < maker.n_roots; i++) {
		if (add_root(&maker, maker.roots[i]))
			return -1;
	}
	btf_subset_write(&maker.subset, out);
	return 0;
}
