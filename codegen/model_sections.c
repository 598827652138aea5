/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The data sections and their variables. BTF says which variables a section has and of which type;
 * the symbols say where each stands.
 *
 * Variables of .kconfig are externs: they stand nowhere in the object, and libbpf gives them places
 * of its own when it opens it (bpf_object__collect_externs): largest alignment first, then the
 * smaller, then by name.
 */
#include <elf.h>
#include <stdlib.h>
#include <string.h>

#include "btf_query.h"
#include "model_parts.h"

static bool has_prefix(const char *text, const char *prefix)
{
	return !strncmp(text, prefix, strlen(prefix));
}

/* As clang names the section of variables in address space 1, and libbpf looks for it. */
static bool is_arena_section(const struct object_section *section)
{
	return !strcmp(section->name, ".addr_space.1");
}

/* As libbpf's bpf_object__elf_collect has it. */
static bool is_data_section(const struct object_section *section)
{
	if (!section->size)
		return false;
	if (section->type == SHT_NOBITS)
		return !strcmp(section->name, ".bss");
	return section->type == SHT_PROGBITS && !(section->flags & SHF_EXECINSTR) &&
	       (!strcmp(section->name, ".data") || has_prefix(section->name, ".data.") ||
		!strcmp(section->name, ".rodata") || has_prefix(section->name, ".rodata.") ||
		is_arena_section(section));
}

int model_compare_variables(const void *a, const void *b)
{
	const struct model_variable *x = a, *y = b;

	if (x->offset != y->offset)
		return x->offset < y->offset ? -1 : 1;
	return strcmp(x->name, y->name);
}

const struct model_variable *model_read_variable(struct model_reader *reader,
						 const struct btf_var_secinfo *entry,
						 const struct object_section *section)
{
	const struct btf_type *type = btf__type_by_id(reader->btf, entry->type);
	const char *name = btf_query_type_name(reader->btf, entry->type);
	const struct object_symbol *symbol;
	struct model_variable *variable;
	uint32_t linkage;

	if (!type || !btf_is_var(type) || !*name)
		return NULL;
	linkage = btf_var(type)->linkage;
	variable = ARENA_NEW(reader->arena, struct model_variable);
	*variable = (struct model_variable){
		.name = name,
		.type = type->type,
		.offset = entry->offset,
		.size = entry->size,
		.is_static = linkage == BTF_VAR_STATIC,
		.is_extern = linkage == BTF_VAR_GLOBAL_EXTERN,
	};
	symbol = section ? object_find_symbol(reader->object, name, section->index) : NULL;
	if (symbol) {
		variable->offset = symbol->value;
		variable->size = symbol->size ? symbol->size : entry->size;
		variable->is_hidden =
			symbol->visibility == STV_HIDDEN || symbol->visibility == STV_INTERNAL;
		variable->is_weak = symbol->binding == STB_WEAK;
	}
	return variable;
}

/* A variable that does not lie in its section was made up by a damaged object. */
static int check_place(struct model_reader *reader, const struct object_section *section,
		       const struct model_variable *variable)
{
	if (variable->is_static || (variable->offset <= section->size &&
				    variable->size <= section->size - variable->offset))
		return 0;
	return diag_error(
		reader->diag, model_where(reader, "variable", variable->name),
		"the object is damaged (variable '%s' lies outside of %s); compile it again",
		variable->name, section->name);
}

static int read_variables(struct model_reader *reader, struct model_section *section,
			  const struct object_section *from)
{
	const struct btf_type *datasec = model_find_datasec(reader, section->name);
	const struct btf_var_secinfo *entries = datasec ? btf_var_secinfos(datasec) : NULL;
	uint32_t count = datasec ? btf_vlen(datasec) : 0;

	section->variables = ARENA_ARRAY(reader->arena, struct model_variable, count);
	for (uint32_t i = 0; i < count; i++) {
		const struct model_variable *variable =
			model_read_variable(reader, &entries[i], from);

		if (!variable)
			continue;
		if (check_place(reader, from, variable))
			return -1;
		section->variables[section->n_variables++] = *variable;
	}
	if (section->n_variables)
		qsort(section->variables, section->n_variables, sizeof(section->variables[0]),
		      model_compare_variables);
	return 0;
}

/* An extern of .kconfig with what decides its place. */
struct kconfig_extern {
	struct model_variable variable;
	uint32_t alignment;
};

static int compare_externs(const void *a, const void *b)
{
	const struct kconfig_extern *x = a, *y = b;

	if (x->alignment != y->alignment)
		return x->alignment > y->alignment ? -1 : 1;
	if (x->variable.size != y->variable.size)
		return x->variable.size < y->variable.size ? -1 : 1;
	return strcmp(x->variable.name, y->variable.name);
}

/* libbpf takes integers, enums and strings; of an array the element decides. -1: another type. */
static int64_t extern_alignment(const struct btf *btf, uint32_t id)
{
	const struct btf_type *type = btf__type_by_id(btf, id = btf_query_resolve(btf, id, NULL));

	if (id && btf_is_array(type)) {
		id = btf_query_resolve(btf, btf_array(type)->type, NULL);
		type = btf__type_by_id(btf, id);
	}
	if (!id || !(btf_is_int(type) || btf_is_any_enum(type)) || !type->size || type->size > 8)
		return -1;
	return type->size;
}

static int read_extern(struct model_reader *reader, const struct btf_var_secinfo *entry,
		       struct kconfig_extern *result)
{
	const struct model_variable *variable = model_read_variable(reader, entry, NULL);
	int64_t size = variable ? btf_query_size(reader->btf, variable->type) : -1;
	int64_t alignment = size > 0 ? extern_alignment(reader->btf, variable->type) : -1;

	if (alignment < 0)
		return diag_error(
			reader->diag,
			variable ? model_where(reader, "variable", variable->name)
				 : reader->object->path,
			"extern '%s' of .kconfig has a type that libbpf cannot fill; "
			"use an integer, bool, char, enum libbpf_tristate or an array of char",
			variable ? variable->name : "?");
	result->variable = *variable;
	result->variable.size = (uint64_t)size;
	result->alignment = (uint32_t)alignment;
	return 0;
}

static int read_kconfig(struct model_reader *reader, const struct btf_type *datasec)
{
	const struct btf_var_secinfo *entries = btf_var_secinfos(datasec);
	struct model *model = reader->model;
	struct model_section *section = &model->sections[model->n_sections++];
	uint32_t count = btf_vlen(datasec);
	struct kconfig_extern *externs = ARENA_ARRAY(reader->arena, struct kconfig_extern, count);

	*section = (struct model_section){.name = ".kconfig", .is_read_only = true};
	for (uint32_t i = 0; i < count; i++) {
		if (read_extern(reader, &entries[i], &externs[i]))
			return -1;
	}
	qsort(externs, count, sizeof(externs[0]), compare_externs);
	section->variables = ARENA_ARRAY(reader->arena, struct model_variable, count);
	for (uint32_t i = 0; i < count; i++) {
		struct model_variable *variable = &section->variables[section->n_variables++];
		uint64_t alignment = externs[i].alignment;

		*variable = externs[i].variable;
		variable->offset = (section->size + alignment - 1) / alignment * alignment;
		section->size = variable->offset + variable->size;
	}
	return 0;
}

int model_read_sections(struct model_reader *reader)
{
	const struct object *object = reader->object;
	const struct btf_type *kconfig = model_find_datasec(reader, ".kconfig");
	struct model *model = reader->model;

	model->sections = ARENA_ARRAY(reader->arena, struct model_section, object->n_sections + 1);
	for (size_t i = 1; i < object->n_sections; i++) {
		const struct object_section *from = &object->sections[i];
		struct model_section *section = &model->sections[model->n_sections];

		if (!is_data_section(from))
			continue;
		*section = (struct model_section){
			.name = from->name,
			.size = from->size,
			.is_read_only = has_prefix(from->name, ".rodata"),
			.is_arena = is_arena_section(from),
		};
		model->n_sections++;
		if (read_variables(reader, section, from))
			return -1;
	}
	if (kconfig && btf_vlen(kconfig))
		return read_kconfig(reader, kconfig);
	return 0;
}
