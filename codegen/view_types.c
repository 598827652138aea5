/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * "types": what maps, variables and -type need, in the order that C needs. Each variant defines its
 * own; then what has one name in all of them becomes one item with a branch for each.
 */
#include "view.h"

#include <fnmatch.h>
#include <string.h>

#include "btf_query.h"
#include "comments.h"
#include "nearest.h"
#include "system_types.h"

static int require_map(struct view *view, struct types *types, const struct model_map *map)
{
	for (; map; map = map->inner) {
		if (types_require(types, map->key_type,
				  arena_printf(view->arena, "%s__key", map->name)) ||
		    types_require(types, map->value_type,
				  arena_printf(view->arena, "%s__value", map->name)))
			return -1;
	}
	return 0;
}

static int require_globals(struct view *view, struct types *types, const struct model *model)
{
	/* bpftool's header does not name the types of maps. */
	for (size_t i = 0; i < model->n_maps && view->options->face == HEADER_BPFBAKE; i++) {
		if (model->maps[i].origin == MAP_DEFINED &&
		    require_map(view, types, &model->maps[i]))
			return -1;
	}
	for (size_t i = 0; i < model->n_sections; i++) {
		const struct model_section *section = &model->sections[i];

		for (size_t j = 0; j < section->n_variables; j++) {
			const struct model_variable *variable = &section->variables[j];

			if (!variable->is_static && !variable->is_hidden &&
			    types_require(types, variable->type, variable->name))
				return -1;
		}
	}
	return 0;
}

int view_report_missing_type(struct view *view, const struct view_missing_type *missing)
{
	const struct btf *btf = missing->model->btf;
	struct nearest nearest = nearest_init(missing->name);
	uint32_t count = btf__type_cnt(btf);
	const char *suggestion;

	for (uint32_t id = 1; id < count; id++) {
		const struct btf_type *type = btf__type_by_id(btf, id);

		if (btf_is_composite(type) || btf_is_any_enum(type) || btf_is_typedef(type))
			nearest_offer(&nearest, btf_query_name(btf, type->name_off));
	}
	suggestion = view_suggest(view, nearest.best, NULL);
	if (!name_is_identifier(missing->name))
		return diag_error(view->diag, missing->where, "%sno type '%s' in BTF%s",
				  missing->option, missing->name, suggestion);
	return diag_error(view->diag, missing->where,
			  "%sno type '%s' in BTF%s A type that nothing uses is dropped by clang: "
			  "keep it with BPFBAKE_EXPORT(struct %s) from bpfbake.bpf.h",
			  missing->option, missing->name, *suggestion ? suggestion : ".",
			  missing->name);
}

static bool has_definition(const struct btf *btf, uint32_t id)
{
	const struct btf_type *type = btf__type_by_id(btf, btf_query_resolve(btf, id, NULL));

	return btf_is_composite(type) || btf_is_any_enum(type);
}

/* Every type of that name, or that the glob fits: two that differ are then found to. */
static int require_pattern(struct view *view, struct types *types, const struct model *model,
			   const char *pattern)
{
	uint32_t count = btf__type_cnt(model->btf);
	bool is_found = false, is_glob = strpbrk(pattern, "*?[") != NULL;

	for (uint32_t id = 1; id < count; id++) {
		const struct btf_type *type = btf__type_by_id(model->btf, id);
		const char *name = btf_query_name(model->btf, type->name_off);

		if (!btf_is_composite(type) && !btf_is_any_enum(type) && !btf_is_typedef(type))
			continue;
		if (!*name || fnmatch(pattern, name, 0) ||
		    (is_glob && !has_definition(model->btf, id)))
			continue;
		is_found = true;
		if (types_require(types, id, name))
			return -1;
	}
	if (is_found)
		return 0;
	return view_report_missing_type(view, &(struct view_missing_type){
						      .model = model,
						      .name = pattern,
						      .option = "",
						      .where = model->path,
					      });
}

static int require_named(struct view *view, struct types *types, const struct model *model)
{
	for (size_t i = 0; i < view->options->types.count; i++) {
		if (require_pattern(view, types, model, name_bare(view->options->types.items[i])))
			return -1;
	}
	return 0;
}

/* What BPFBAKE_EXPORT names: static pointers in a section of their own. */
static int require_exported(struct types *types, const struct model *model)
{
	uint32_t section = btf_query_datasec(model->btf, BTF_EXPORT_SECTION);
	const struct btf_type *datasec = btf__type_by_id(model->btf, section);

	for (uint32_t i = 0; section && i < btf_vlen(datasec); i++) {
		uint32_t id = btf_var_secinfos(datasec)[i].type;
		const struct btf_type *variable = btf__type_by_id(model->btf, id);
		const struct btf_type *pointer = btf__type_by_id(model->btf, variable->type);

		if (btf_is_var(variable) && btf_is_ptr(pointer) &&
		    types_require(types, pointer->type, btf_query_type_name(model->btf, id)))
			return -1;
	}
	return 0;
}

/* The definition of that name, or NULL. */
static const struct type_definition *find(const struct types *types, const char *source_name)
{
	return strmap_get(&types->by_name, source_name);
}

/* By which BTF may know it; NULL: by none. */
static const char *kind_of_btf(const struct type_definition *definition)
{
	return !strcmp(definition->keyword, "struct")    ? "BTF_KIND_STRUCT"
	       : !strcmp(definition->keyword, "union")   ? "BTF_KIND_UNION"
	       : !strcmp(definition->keyword, "enum")    ? "BTF_KIND_ENUM"
	       : !strcmp(definition->keyword, "typedef") ? "BTF_KIND_TYPEDEF"
							 : NULL;
}

/* The key of the storage that belongs to a program and a cgroup is the kernel's own struct. i386
 * lays that out otherwise, and has one of ours. */
static const char *use_kernels(struct arena *arena, const struct type_definition *definition,
			       const char *text)
{
	if (strcmp(definition->source_name, "bpf_cgroup_storage_key") != 0 ||
	    !strcmp(definition->name, definition->source_name))
		return text;
	return arena_printf(arena, "#ifdef __i386__\n%s\n#else\n#define %s %s\n#endif", text,
			    definition->name, definition->source_name);
}

static void add_definition(struct view *view, struct value *list,
			   const struct type_definition *definition)
{
	struct arena *arena = view->arena;
	struct value *item = value_append(list, arena, value_object(arena));
	struct view_branch *branches = ARENA_ARRAY(arena, struct view_branch, view->n_variants);

	value_set_string(item, arena, "name", definition->name);
	value_set_string(item, arena, "source_name", definition->source_name);
	value_set_string(item, arena, "keyword", definition->keyword);
	value_set_string(item, arena, "btf_kind", kind_of_btf(definition));
	value_set_integer(item, arena, "size", definition->size);
	for (size_t i = 0; i < view->n_variants; i++) {
		const struct type_definition *own =
			find(&view->variants[i].defined, definition->source_name);

		if (!own)
			continue;
		branches[i].text = arena_printf(
			arena, "%s%s",
			comment_on(arena, view->facts, 0,
				   arena_printf(arena, "%s %s", own->keyword, own->source_name)),
			use_kernels(arena, own, view_chomp(arena, own->text)));
		branches[i].assertions = view_chomp(arena, own->assertions);
		branches[i].fingerprint = own->fingerprint;
	}
	view_set_branches(view, item, branches);
}

static void add_definitions(struct view *view, struct value *list)
{
	for (size_t i = 0; i < view->n_variants; i++) {
		const struct types *types = &view->variants[i].defined;

		for (size_t j = 0; j < types->n_definitions; j++) {
			const struct type_definition *definition = types->definitions[j];
			bool is_known = false;

			/* Without a prefix, these are what the includes say. */
			if (strcmp(definition->keyword, "enum") != 0)
				is_known = system_types_has(definition->name);
			for (size_t k = 0; k < i && !is_known; k++)
				is_known = find(&view->variants[k].defined,
						definition->source_name) != NULL;
			if (!is_known)
				add_definition(view, list, definition);
		}
	}
}

/* Without a prefix, a type named as the skeleton would be two things in the program's mind, and
 * cannot be in it by value. */
static int check_skeleton_name(struct view *view, const struct types *types)
{
	const struct header_options *options = view->options;
	bool is_bpftool = options->face == HEADER_BPFTOOL;

	if (is_bpftool ? options->is_subskeleton : !options->type_prefix || *options->type_prefix)
		return 0;
	if (!find(types, view->name))
		return 0;
	return diag_error(
		view->diag,
		source_facts_where_type(view->arena, view->facts, view->name, types->context->path),
		is_bpftool
			? "the type '%s' has the name of the skeleton; choose another with name "
			  "NAME"
			: "the type '%s' has the name of the skeleton; choose another IDENT or a "
			  "-type-prefix",
		view->name);
}

/* By its size: LLVM says "unsigned __int128", GCC "__int128 unsigned". */
static bool has_int128(const struct btf *btf)
{
	for (uint32_t id = 1; id < btf__type_cnt(btf); id++) {
		const struct btf_type *type = btf__type_by_id(btf, id);

		if (btf_is_int(type) && type->size == 16)
			return true;
	}
	return false;
}

int view_add_types(struct view *view)
{
	struct arena *arena = view->arena;
	struct value *list = value_set(view->root, arena, "types", value_list(arena));
	bool uses_int128 = false;

	if (view_find_events(view))
		return -1;
	for (size_t i = 0; i < view->n_variants; i++) {
		struct view_variant *variant = &view->variants[i];

		if (require_named(view, &variant->defined, variant->model))
			return -1;
		if (view->options->face == HEADER_BPFBAKE &&
		    (require_exported(&variant->defined, variant->model) ||
		     view_require_events(view, &variant->defined)))
			return -1;
		if (!view->options->omit_global_types &&
		    (require_globals(view, &variant->defined, variant->model) ||
		     view_require_contexts(view, variant)))
			return -1;
		if (check_skeleton_name(view, &variant->defined))
			return -1;
		uses_int128 |= has_int128(variant->model->btf);
	}
	add_definitions(view, list);
	value_set_boolean(view->root, arena, "has_types", list->count > 0);
	value_set_boolean(view->root, arena, "has_asserts", list->count > 0);
	value_set_boolean(view->root, arena, "has_int128", uses_int128);
	return 0;
}
