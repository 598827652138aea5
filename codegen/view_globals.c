/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * "globals": the variables with functions to get and set them, and "names": the constants with the
 * names of all objects.
 *
 * A variable that only some variants have, or that has another type there, gets its functions under
 * the variant's condition.
 */
#include <string.h>

#include "btf_query.h"
#include "c_literal.h"
#include "comments.h"
#include "strmap.h"
#include "view.h"

static bool is_exposed(const struct model_variable *variable)
{
	return !variable->is_static && !variable->is_hidden && variable->size;
}

/* A section, looked at by the names of its variables; the first of a name counts. */
struct section_index {
	size_t number;            /* in each model */
	const char *member;       /* of struct N, for the section's struct */
	const char *map;          /* of struct N's maps */
	struct strmap members;    /* of the section's struct; no place there: none here */
	struct strmap *variables; /* those exposed, one map for each variant */
};

static const char *type_text(struct view *view, const struct view_variant *variant,
			     const struct model_variable *variable)
{
	struct type_declaration declared = types_declare(variant->declare, variable->type);

	return arena_printf(view->arena, "%s%s", declared.type, declared.suffix);
}

/* The same in all variants? */
static bool is_shared(struct view *view, const struct section_index *index, const char *name)
{
	const char *first = NULL;

	for (size_t i = 0; i < view->n_variants; i++) {
		const struct model_variable *own = strmap_get(&index->variables[i], name);
		const char *text = own ? type_text(view, &view->variants[i], own) : NULL;

		if (!text || (first && strcmp(first, text) != 0))
			return false;
		first = text;
	}
	return true;
}

/* The member of struct N's maps for a section, by its name in that struct. */
static const char *map_member(const struct view *view, const char *section)
{
	const struct value *maps = value_get(view->root, "maps");

	for (size_t i = 0; i < maps->count; i++) {
		const struct value *pointer = value_get(maps->items[i], "pointer");

		if (value_is_true(pointer) && !strcmp(pointer->string, section))
			return value_get(maps->items[i], "member")->string;
	}
	return NULL;
}

/* Condition of a variant that counts for itself: those before it do not hold. */
static const char *own_condition(struct view *view, size_t index)
{
	const char *text = arena_printf(view->arena, "(%s)", view->set->variants[index].condition);

	for (size_t i = 0; i < index; i++)
		text = arena_printf(view->arena, "%s && !(%s)", text,
				    view->set->variants[i].condition);
	return text;
}

static void add_global(struct view *view, struct value *list, const struct section_index *index,
		       const struct model_section *from, const struct model_variable *variable,
		       size_t variant, bool is_guarded, bool *has_copies)
{
	struct arena *arena = view->arena;
	struct types *types = view->variants[variant].declare;
	struct type_declaration declared = types_declare(types, variable->type);
	const char *member = strmap_get(&index->members, variable->name);
	bool is_kconfig = !strcmp(from->name, ".kconfig");
	struct value *item;

	if (!member)
		return;
	item = value_append(list, arena, value_object(arena));
	value_set_string(item, arena, "name", variable->name);
	value_set_string(item, arena, "member", member);
	value_set_string(item, arena, "section", index->member);
	value_set_string(item, arena, "map", index->map);
	value_set_string(item, arena, "loaded",
			 arena_printf(arena,
				      view->options->is_light ? "skel->maps.%s.map_fd"
							      : "bpf_map__fd(skel->maps.%s) >= 0",
				      index->map));
	value_set_string(
		item, arena, "comment",
		view_chomp(arena, comment_on(arena, view->facts, 0,
					     arena_printf(arena, "variable %s", variable->name))));
	value_set_string(item, arena, "type", declared.type);
	value_set_string(item, arena, "suffix", declared.suffix);
	value_set_boolean(item, arena, "is_scalar",
			  declared.is_scalar && declared.element_size <= 8);
	if (!declared.is_scalar || declared.element_size > 8)
		*has_copies = true;
	value_set_boolean(item, arena, "is_array", declared.is_array);
	value_set_boolean(item, arena, "is_nested", view_dimensions(&declared) > 1);
	value_set_boolean(item, arena, "is_kconfig", is_kconfig);
	value_set_boolean(item, arena, "is_constant", from->is_read_only && !is_kconfig);
	value_set_string(item, arena, "open",
			 is_guarded ? arena_printf(arena, "#if %s", own_condition(view, variant))
				    : "");
	value_set_string(item, arena, "close", is_guarded ? "#endif" : "");
}

static void index_section(struct section_index *index, struct view *view, struct value *section)
{
	const struct value *members = value_get(section, "all_members");

	index->member = value_get(section, "member")->string;
	index->map = map_member(view, view->section_members[index->number]);
	value_set_string(section, view->arena, "map", index->map);
	for (size_t i = 0; i < members->count; i++) {
		const char *name = value_get(members->items[i], "name")->string;
		void **place = strmap_at(&index->members, view->arena, name);

		if (!*place)
			*place = (void *)value_get(members->items[i], "member")->string;
	}
	index->variables = ARENA_ARRAY(view->arena, struct strmap, view->n_variants);
	for (size_t i = 0; i < view->n_variants; i++) {
		const struct model_section *from =
			&view->variants[i].model->sections[index->number];

		for (size_t j = 0; j < from->n_variables; j++) {
			void **place;

			if (!is_exposed(&from->variables[j]))
				continue;
			place = strmap_at(&index->variables[i], view->arena,
					  from->variables[j].name);
			if (!*place)
				*place = (void *)&from->variables[j];
		}
	}
}

static void add_section_globals(struct view *view, struct value *list,
				const struct section_index *index, bool *has_copies)
{
	for (size_t i = 0; i < view->n_variants; i++) {
		const struct model_section *from =
			&view->variants[i].model->sections[index->number];

		for (size_t j = 0; j < from->n_variables; j++) {
			const struct model_variable *variable = &from->variables[j];

			if (!is_exposed(variable))
				continue;
			if (!is_shared(view, index, variable->name))
				add_global(view, list, index, from, variable, i, true, has_copies);
			else if (i == 0)
				add_global(view, list, index, from, variable, 0, false, has_copies);
		}
	}
}

static void add_name(struct view *view, struct value *list, struct strmap *known, const char *kind,
		     const char *name)
{
	const char *constant = arena_printf(view->arena, "%s__%s_%s", view->name, kind, name);
	void **place = strmap_at(known, view->arena, constant);
	struct value *item;

	if (*place)
		return;
	*place = item = value_append(list, view->arena, value_object(view->arena));
	value_set_string(item, view->arena, "constant", constant);
	value_set_string(item, view->arena, "literal", c_literal_string(view->arena, name));
}

static void add_names(struct view *view, const struct value *globals)
{
	const struct model *model = view->variants[0].model;
	struct strmap known = {0};
	struct value *list = value_set(view->root, view->arena, "names", value_list(view->arena));

	for (size_t i = 0; i < model->n_maps; i++) {
		if (model->maps[i].name[0] != '.')
			add_name(view, list, &known, "MAP", model->maps[i].name);
	}
	for (size_t i = 0; i < model->n_programs; i++)
		add_name(view, list, &known, "PROG", model->programs[i].name);
	for (size_t i = 0; i < globals->count; i++)
		add_name(view, list, &known, "VAR", value_get(globals->items[i], "name")->string);
}

void view_add_globals(struct view *view)
{
	struct arena *arena = view->arena;
	struct value *list = value_set(view->root, arena, "globals", value_list(arena));
	const struct value *sections = value_get(view->root, "sections");
	const struct model *model = view->variants[0].model;
	bool is_ours = view->options->face == HEADER_BPFBAKE && !view->options->omit_accessors;
	bool has_copies = false;
	size_t next = 0;

	for (size_t i = 0; i < model->n_sections; i++) {
		struct section_index index = {.number = i};

		if (!view->section_members[i])
			continue;
		index_section(&index, view, sections->items[next++]);
		add_section_globals(view, list, &index, &has_copies);
	}
	add_names(view, list);
	value_set_boolean(view->root, arena, "has_globals", is_ours && list->count);
	value_set_boolean(view->root, arena, "has_copies", is_ours && has_copies);
}

static int reserve_variable(struct view *view, struct view_variant *variant, const char *name)
{
	struct name_owner function =
		name_owner(view->arena, "a function of variable", "variable", name);
	struct name_owner constant =
		name_owner(view->arena, "the constant of variable", "variable", name);

	return view_reserve(view, variant, arena_printf(view->arena, "%s__get", name), function) ||
	       view_reserve(view, variant, arena_printf(view->arena, "%s__set", name), function) ||
	       view_reserve(view, variant, arena_printf(view->arena, "VAR_%s", name), constant);
}

int view_reserve_globals(struct view *view, struct view_variant *variant)
{
	const struct model *model = variant->model;
	struct arena *arena = view->arena;

	for (size_t i = 0; i < model->n_sections; i++) {
		for (size_t j = 0; j < model->sections[i].n_variables; j++) {
			const struct model_variable *variable = &model->sections[i].variables[j];

			if (is_exposed(variable) && reserve_variable(view, variant, variable->name))
				return -1;
		}
	}
	for (size_t i = 0; i < model->n_maps; i++) {
		const char *name = model->maps[i].name;

		if (name[0] != '.' &&
		    view_reserve(view, variant, arena_printf(arena, "MAP_%s", name),
				 name_owner(arena, "the constant of map", "variable", name)))
			return -1;
	}
	for (size_t i = 0; i < model->n_programs; i++) {
		const char *name = model->programs[i].name;

		if (view_reserve(view, variant, arena_printf(arena, "PROG_%s", name),
				 name_owner(arena, "the constant of program", "function", name)))
			return -1;
	}
	return 0;
}
