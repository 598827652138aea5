/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * "constants": the source's macros with values, as N__NAME, in branches where targets differ. One
 * whose name something else of the header has already is left out: most often it says the same
 * (#define OK OK beside an enumerator).
 */
#include <inttypes.h>
#include <string.h>

#include "view.h"

static const char *number_text(struct arena *arena, const struct source_constant *constant)
{
	const char *suffix = constant->bytes > 4 ? "LL" : "";

	if (constant->is_unsigned)
		return arena_printf(arena, "%lluU%s", constant->value, suffix);
	/* The smallest number cannot be written: its digits alone are too large. */
	if (constant->value == 1ULL << 63)
		return "(-9223372036854775807LL - 1)";
	if (constant->bytes <= 4 && (long long)constant->value == INT32_MIN)
		return "(-2147483647 - 1)";
	if ((long long)constant->value < 0)
		return arena_printf(arena, "(%lld%s)", (long long)constant->value, suffix);
	return arena_printf(arena, "%lld%s", (long long)constant->value, suffix);
}

static const char *text_of(struct arena *arena, const struct source_constant *constant)
{
	return constant->literal ? constant->literal : number_text(arena, constant);
}

/* The constant of that name in another variant: most often at the same place. */
static const struct source_constant *find(const struct source_facts *facts, const char *name,
					  size_t place)
{
	if (place < facts->n_constants && !strcmp(facts->constants[place].name, name))
		return &facts->constants[place];
	for (size_t i = 0; i < facts->n_constants; i++) {
		if (!strcmp(facts->constants[i].name, name))
			return &facts->constants[i];
	}
	return NULL;
}

/* As a variant has it: facts may be another byte order's. */
static const struct source_constant *of_variant(const struct view *view, size_t variant,
						const struct source_constant *constant)
{
	const struct model *model = view->variants[variant].model;
	const struct model *first = view->variants[0].model;
	bool is_other = model->facts == first->facts && model->byte_order != first->byte_order;

	return constant && constant->is_swapped && is_other ? constant->other : constant;
}

static void add_constant(struct view *view, struct value *list, const char *name,
			 const char *source_name, size_t place)
{
	struct arena *arena = view->arena;
	struct view_branch *branches = ARENA_ARRAY(arena, struct view_branch, view->n_variants);
	struct value *item = value_append(list, arena, value_object(arena));
	bool is_shared = view->options->type_prefix != NULL;

	for (size_t i = 0; i < view->n_variants; i++) {
		const struct source_facts *facts = view->variants[i].model->facts;
		const struct source_constant *own =
			of_variant(view, i, facts ? find(facts, source_name, place) : NULL);

		if (own && !own->literal && is_shared)
			branches[i].assertions = arena_printf(
				arena, "BPFBAKE_ASSERT((%s) == %s, \"%s is another one already\");",
				name, text_of(arena, own), name);
		if (own)
			branches[i].text =
				arena_printf(arena, "#define %s %s", name, text_of(arena, own));
	}
	value_set_string(item, arena, "constant", name);
	value_set_boolean(item, arena, "is_shared", is_shared);
	view_set_branches(view, item, branches);
}

/* With an empty prefix a macro would be one for all that is included later, the members of this
 * header in C++ among it: only what looks like a constant may be that. */
static bool is_harmless(const char *prefix, const char *name)
{
	return *prefix || strpbrk(name, "ABCDEFGHIJKLMNOPQRSTUVWXYZ");
}

static bool is_taken(const struct view_variant *variant, const char *name)
{
	return name_is_taken(&variant->identifiers, name) || name_is_taken(&variant->tags, name);
}

void view_add_constants(struct view *view)
{
	const char *prefix = view->variants[0].defined.prefix;
	struct arena *arena = view->arena;
	struct value *list = value_set(view->root, arena, "constants", value_list(arena));
	struct strmap known = {0};

	for (size_t i = 0; i < view->n_variants; i++) {
		const struct source_facts *facts = view->variants[i].model->facts;

		for (size_t j = 0; facts && j < facts->n_constants; j++) {
			const char *source_name = facts->constants[j].name;
			const char *name = arena_printf(arena, "%s%s", prefix, source_name);
			void **place = strmap_at(&known, arena, name);

			if (*place || is_taken(&view->variants[0], name) ||
			    !is_harmless(prefix, name))
				continue;
			*place = view;
			add_constant(view, list, name, source_name, j);
		}
	}
	value_set_boolean(view->root, arena, "has_constants", list->count > 0);
	value_set_boolean(view->root, arena, "has_shared",
			  list->count && view->options->type_prefix);
}
