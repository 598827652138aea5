/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * BTF of all objects: first their types, but for variables and functions that another object's
 * definition stands for; then the types that these refer to; last the DATASECs, made anew from the
 * variables of each section. What is there more than once goes when .BTF.ext is there too.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "btf_order.h"
#include "btf_query.h"
#include "linker_parts.h"

/* The symbol that a variable or function of an object shares with others, or NULL. */
static const struct linker_global *find_global(const struct linker *linker,
					       const struct linker_input *input, uint32_t id)
{
	const struct btf *btf = input->object->btf;

	return linker_is_shared(btf__type_by_id(btf, id))
		       ? linker_find_global(linker, btf_query_type_name(btf, id))
		       : NULL;
}

/* A license that an earlier object has too. */
static bool is_repeated(const struct linker *linker, const struct linker_input *input, uint32_t id)
{
	const struct linker_declaration *declaration =
		strmap_get(&input->declarations, btf_query_type_name(input->object->btf, id));
	const struct linker_section *section;

	if (!declaration || declaration->type != id || !linker_stands_once(declaration->section))
		return false;
	section = strmap_get(&linker->sections_by_name, declaration->section);
	return section && section->first != input;
}

static bool is_dropped(const struct linker *linker, const struct linker_input *input, uint32_t id)
{
	const struct btf_type *type = btf__type_by_id(input->object->btf, id);
	const struct linker_global *global;

	if (btf_is_datasec(type))
		return true;
	if (btf_kind(type) == BTF_KIND_DECL_TAG)
		return btf_kind(btf__type_by_id(input->object->btf, type->type)) == BTF_KIND_VAR &&
		       is_repeated(linker, input, type->type);
	global = find_global(linker, input, id);
	return (global && global->chosen.input != input) || is_repeated(linker, input, id);
}

/* Of the prototypes those that a function, a pointer or a typedef has which stays. */
static bool *find_used_prototypes(struct linker *linker, const struct linker_input *input)
{
	const struct btf *btf = input->object->btf;
	uint32_t count = btf__type_cnt(btf);
	bool *is_used = ARENA_ARRAY(linker->arena, bool, count);

	for (uint32_t id = 1; id < count; id++) {
		const struct btf_type *type = btf__type_by_id(btf, id);
		bool refers = btf_is_func(type) || btf_is_ptr(type) || btf_is_typedef(type) ||
			      btf_query_is_modifier(type);

		if (refers && !is_dropped(linker, input, id))
			is_used[type->type] = true;
	}
	return is_used;
}

static int no_memory(struct linker *linker, const struct linker_input *input, int error)
{
	return diag_error(linker->diag, input->object->path, "its BTF cannot be linked: %s",
			  strerror(-error));
}

static int add_types(struct linker *linker, struct linker_input *input)
{
	const struct btf *btf = input->object->btf;
	uint32_t count = btf__type_cnt(btf);
	bool *is_used = find_used_prototypes(linker, input);

	input->types = ARENA_ARRAY(linker->arena, uint32_t, count);
	for (uint32_t id = 1; id < count; id++) {
		int added;

		if (is_dropped(linker, input, id) ||
		    (btf_is_func_proto(btf__type_by_id(btf, id)) && !is_used[id]))
			continue;
		added = btf__add_type(linker->btf, btf, btf__type_by_id(btf, id));
		if (added < 0)
			return no_memory(linker, input, added);
		input->types[id] = (uint32_t)added;
	}
	return 0;
}

/* The variables and functions that are another object's. */
static void find_chosen(struct linker *linker, struct linker_input *input)
{
	uint32_t count = btf__type_cnt(input->object->btf);

	for (uint32_t id = 1; id < count; id++) {
		const struct linker_global *global = find_global(linker, input, id);
		const struct linker_mention *chosen = global ? &global->chosen : NULL;

		if (!input->types[id] && chosen && chosen->declaration && chosen->input->types)
			input->types[id] = chosen->input->types[chosen->declaration->type];
	}
}

/* What the copied types refer to has other ids now. */
static void move_references(struct linker *linker, struct linker_input *input)
{
	struct btf_order order = {.new = input->types};
	uint32_t count = btf__type_cnt(input->object->btf);

	for (uint32_t id = 1; id < count; id++) {
		if (input->types[id] && !is_dropped(linker, input, id))
			btf_order_apply(&order, (struct btf_type *)btf__type_by_id(
							linker->btf, input->types[id]));
	}
}

/* Where a variable stands in its section of the result. */
static uint32_t place_variable(const struct linker_input *input, const char *name,
			       const struct btf_var_secinfo *variable, const char *section_name)
{
	const struct object_section *section = object_find_section(input->object, section_name);
	const struct btf_type *type = btf__type_by_id(input->object->btf, variable->type);
	const struct object_symbol *symbol;
	uint64_t offset = variable->offset;

	if (!section)
		return 0;
	symbol = object_find_symbol(input->object, name, section->index);
	/* The compiler leaves that of the others to the linker. */
	if (symbol && linker_is_shared(type))
		offset = symbol->value;
	return (uint32_t)(offset + input->offsets[section->index]);
}

static void add_variables(struct linker *linker, const struct linker_input *input, uint32_t id)
{
	const struct btf *btf = input->object->btf;
	const struct btf_type *datasec = btf__type_by_id(btf, id);
	const char *name = btf_query_type_name(btf, id);
	struct linker_section *section;

	if (!strcmp(name, ".extern") || !strcmp(name, BTF_EXPORT_SECTION))
		return;
	section = linker_section(linker, input, NULL, name);
	if (section->from && linker_stands_once(name) && section->first != input)
		return;
	for (uint32_t i = 0; i < btf_vlen(datasec); i++) {
		const struct btf_var_secinfo *variable = &btf_var_secinfos(datasec)[i];
		const struct linker_global *global = find_global(linker, input, variable->type);

		if (!input->types[variable->type] || (global && global->chosen.input != input))
			continue;
		*ARENA_PUSH(linker->arena, section->variables,
			    section->n_variables) = (struct btf_var_secinfo){
			.type = input->types[variable->type],
			.offset = place_variable(input, btf_query_type_name(btf, variable->type),
						 variable, name),
			.size = variable->size,
		};
	}
}

static int compare_variables(const void *a, const void *b)
{
	const struct btf_var_secinfo *x = a, *y = b;

	if (x->offset != y->offset)
		return x->offset < y->offset ? -1 : 1;
	return x->type < y->type ? -1 : x->type > y->type;
}

static int add_datasec(struct linker *linker, struct linker_section *section)
{
	int error;

	qsort(section->variables, section->n_variables, sizeof(section->variables[0]),
	      compare_variables);
	error = btf__add_datasec(linker->btf, section->header.name, (uint32_t)section->header.size);
	for (size_t i = 0; i < section->n_variables && error >= 0; i++) {
		const struct btf_var_secinfo *variable = &section->variables[i];

		error = btf__add_datasec_var_info(linker->btf, (int)variable->type,
						  variable->offset, variable->size);
	}
	return error < 0 ? no_memory(linker, &linker->inputs[0], error) : 0;
}

int linker_merge_btf(struct linker *linker)
{
	linker->btf = btf__new_empty();
	if (!linker->btf)
		return no_memory(linker, &linker->inputs[0], -errno);
	for (size_t i = 0; i < linker->n_inputs; i++) {
		if (linker->inputs[i].object->btf && add_types(linker, &linker->inputs[i]))
			return -1;
	}
	for (size_t i = 0; i < linker->n_inputs; i++) {
		struct linker_input *input = &linker->inputs[i];
		uint32_t count = input->object->btf ? btf__type_cnt(input->object->btf) : 0;

		if (!count)
			continue;
		find_chosen(linker, input);
		move_references(linker, input);
		for (uint32_t id = 1; id < count; id++) {
			if (btf_is_datasec(btf__type_by_id(input->object->btf, id)))
				add_variables(linker, input, id);
		}
	}
	for (size_t i = 0; i < linker->n_sections; i++) {
		if (linker->sections[i]->n_variables && add_datasec(linker, linker->sections[i]))
			return -1;
	}
	return 0;
}
