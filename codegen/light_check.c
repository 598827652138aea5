/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What a loader cannot do. Sources: gen_loader.c and the places that ask for obj->gen_loader in
 * libbpf.c, 1.1 to 1.7. Some of it libbpf refuses with a word of its own, some it passes over, and
 * the loader fails, or does something else, where the program runs.
 */
#include <bpf/btf.h>
#include <elf.h>
#include <string.h>

#include "btf_query.h"
#include "light_kinds.h"
#include "light_loader.h"

enum {
	PROG_ARRAY = 3,
	PERF_EVENT_ARRAY = 4,
	ARENA = 33,
	EXT = 28,           /* BPF_PROG_TYPE_EXT */
	MAX_MAPS = 64,      /* gen_loader.c: MAX_USED_MAPS */
	MAX_FUNCTIONS = 32, /* MAX_USED_PROGS, for which nobody looks */
};

struct check {
	struct arena *arena;
	struct diag *diag;
	const struct model *model;
};

static int refuse(struct check *check, const char *kind, const char *name, const char *why)
{
	const char *declared = arena_printf(
		check->arena, "%s %s", strcmp(kind, "program") ? "variable" : "function", name);

	return diag_error(
		check->diag,
		source_facts_where(check->arena, check->model->facts, declared, check->model->path),
		"%s '%s' %s", kind, name, why);
}

static const char *why_not_map(const struct model_map *map)
{
	if (map->origin == MAP_STRUCT_OPS)
		return "registers functions with the kernel, which a light skeleton cannot; make a "
		       "full skeleton of it";
	if (map->type == ARENA)
		return "is an arena, which a light skeleton cannot set up; make a full skeleton of "
		       "it";
	if (map->pinning)
		return "is pinned by its definition, which is libbpf's doing; take the pinning out "
		       "and pin it with IDENT__MAP__pin, or make a full skeleton";
	if (map->type == PROG_ARRAY && map->n_slots)
		return "has initial programs, which a light skeleton cannot put in; take them out "
		       "and use IDENT__MAP__set after load, or make a full skeleton";
	if (map->inner && map->inner->type == PERF_EVENT_ARRAY && !map->inner->max_entries)
		return "holds perf event arrays with as many entries as this machine has CPUs; "
		       "give them max_entries";
	return NULL;
}

static int check_maps(struct check *check)
{
	const struct model *model = check->model;
	int result = 0;

	for (size_t i = 0; i < model->n_maps; i++) {
		const char *why = why_not_map(&model->maps[i]);

		if (why)
			result = refuse(check, "map", model->maps[i].name, why);
	}
	if (model->n_maps > MAX_MAPS)
		return diag_error(check->diag, model->path,
				  "there are %zu maps, those of sections among them, and a light "
				  "skeleton has room for %d; make a full skeleton of it",
				  model->n_maps, MAX_MAPS);
	return result;
}

static int check_kconfig(struct check *check)
{
	const struct model *model = check->model;
	int result = 0;

	for (size_t i = 0; i < model->n_sections; i++) {
		const struct model_section *section = &model->sections[i];

		for (size_t j = 0; !strcmp(section->name, ".kconfig") && j < section->n_variables;
		     j++)
			result = refuse(check, "extern", section->variables[j].name,
					"is of .kconfig, which libbpf alone finds out when the "
					"program runs; set a const volatile variable before load "
					"instead, or make a full skeleton");
	}
	return result;
}

/* libbpf takes the addresses of what has no type from this machine's /proc/kallsyms; what has one
 * is left to the loader. */
static int check_ksyms(struct check *check)
{
	const struct btf *btf = check->model->btf;
	int32_t id = btf__find_by_name_kind(btf, ".ksyms", BTF_KIND_DATASEC);
	const struct btf_type *section = id > 0 ? btf__type_by_id(btf, (uint32_t)id) : NULL;
	int result = 0;

	for (uint32_t i = 0; section && i < btf_vlen(section); i++) {
		uint32_t variable = btf_var_secinfos(section)[i].type;
		const struct btf_type *type = btf__type_by_id(btf, variable);

		if (type && btf_is_var(type) && !btf_query_resolve(btf, type->type, NULL))
			result = refuse(
				check, "extern", btf_query_type_name(btf, variable),
				"has no type, so that libbpf would take its address from the "
				"kernel of this machine; give it its type (extern const int "
				"bpf_prog_active __ksym), or make a full skeleton");
	}
	return result;
}

static const char *why_not_program(struct check *check, const struct model_program *program)
{
	if (!program->is_autoload)
		return arena_printf(check->arena,
				    "is not to be loaded by itself (SEC(\"%s\")), and a light "
				    "skeleton loads all programs; take the '?' out, or make a "
				    "full skeleton",
				    program->section);
	if (!program->type)
		return arena_printf(check->arena,
				    "stands in section '%s', of which libbpf does not know the "
				    "type of program; name a section that it knows",
				    program->section);
	if (program->type == EXT)
		return "replaces a function of another program, for which libbpf needs its "
		       "descriptor before load; make a full skeleton of it";
	return light_kind_find(check->arena, program).refused;
}

static int check_programs(struct check *check)
{
	const struct model *model = check->model;
	int result = 0;

	for (size_t i = 0; i < model->n_programs; i++) {
		const char *why = why_not_program(check, &model->programs[i]);

		if (why)
			result = refuse(check, "program", model->programs[i].name, why);
	}
	return result;
}

/* The loader's stack has a place for each function, those that are only called among them. */
static int check_functions(struct check *check, const struct object *object)
{
	size_t count = 0;

	for (size_t i = 0; i < object->n_symbols; i++) {
		const struct object_symbol *symbol = &object->symbols[i];

		count += symbol->type == STT_FUNC && symbol->section < object->n_sections &&
			 object->sections[symbol->section].flags & SHF_EXECINSTR;
	}
	if (count <= MAX_FUNCTIONS)
		return 0;
	return diag_error(check->diag, check->model->path,
			  "there are %zu functions, those that are only called among them, and a "
			  "light skeleton has room for %d; make a full skeleton of it",
			  count, MAX_FUNCTIONS);
}

int light_check(struct arena *arena, struct diag *diag, const struct model *model,
		const struct object *object)
{
	struct check check = {arena, diag, model};
	int result = check_maps(&check);

	result = check_kconfig(&check) ? -1 : result;
	result = check_ksyms(&check) ? -1 : result;
	result = check_programs(&check) ? -1 : result;
	return check_functions(&check, object) ? -1 : result;
}
