/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The programs: functions in sections with code. Those in .text are subprograms, which the others
 * call (libbpf's prog_is_subprog; before 1.0 one alone was a program).
 */
#include <elf.h>
#include <stdlib.h>
#include <string.h>

#include "model_parts.h"
#include "section_kinds.h"

#define INSTRUCTION_SIZE 8

static int compare_functions(const void *a, const void *b)
{
	const struct model_function *x = a, *y = b;

	if (x->section->index != y->section->index)
		return x->section->index < y->section->index ? -1 : 1;
	if (x->symbol->value != y->symbol->value)
		return x->symbol->value < y->symbol->value ? -1 : 1;
	return strcmp(x->symbol->name, y->symbol->name);
}

static bool is_text(const struct object_section *section)
{
	return !strcmp(section->name, ".text");
}

static int check_function(struct model_reader *reader, const struct model_function *function)
{
	const struct object_symbol *symbol = function->symbol;

	if (symbol->value % INSTRUCTION_SIZE || symbol->size % INSTRUCTION_SIZE || !symbol->size ||
	    symbol->value > function->section->size ||
	    symbol->size > function->section->size - symbol->value)
		return diag_error(
			reader->diag, model_where(reader, "function", symbol->name),
			"the object is damaged (function '%s' lies outside of %s); compile "
			"it again",
			symbol->name, function->section->name);
	if (!is_text(function->section) && symbol->binding == STB_LOCAL)
		return diag_error(
			reader->diag, model_where(reader, "function", symbol->name),
			"program '%s' in SEC(\"%s\") is static, and libbpf loads no static "
			"programs; remove 'static'",
			symbol->name, function->section->name);
	return 0;
}

static void add_program(struct model_reader *reader, const struct model_function *function)
{
	struct model *model = reader->model;
	struct model_program *program = &model->programs[model->n_programs++];
	const char *section = function->section->name;
	bool is_autoload = section[0] != '?';
	const char *plain = section + !is_autoload;
	const struct section_kind *kind = section_kind_find(plain);
	size_t length = kind ? strlen(kind->name) : strcspn(plain, "/");

	*program = (struct model_program){
		.name = function->symbol->name,
		.section = section,
		.kind = arena_strndup(reader->arena, plain, length),
		.target = plain[length] == '/' ? plain + length + 1 : NULL,
		.type = kind ? kind->program_type : 0,
		.attach_type = kind ? kind->attach_type : 0,
		.type_name = kind ? section_kind_type_name(kind->program_type) : NULL,
		.is_autoload = is_autoload,
		.is_sleepable = kind && kind->is_sleepable,
		.n_instructions = (uint32_t)(function->symbol->size / INSTRUCTION_SIZE),
	};
}

bool model_is_program(const struct model_function *function)
{
	return !is_text(function->section);
}

int model_read_programs(struct model_reader *reader)
{
	const struct object *object = reader->object;
	struct model_function *functions =
		ARENA_ARRAY(reader->arena, struct model_function, object->n_symbols);
	size_t count = 0;

	for (size_t i = 0; i < object->n_symbols; i++) {
		const struct object_symbol *symbol = &object->symbols[i];
		const struct object_section *section;

		if (symbol->type != STT_FUNC || symbol->section >= object->n_sections)
			continue;
		section = &object->sections[symbol->section];
		if (section->type != SHT_PROGBITS || !(section->flags & SHF_EXECINSTR))
			continue;
		functions[count] = (struct model_function){symbol, section};
		if (check_function(reader, &functions[count++]))
			return -1;
	}
	if (count)
		qsort(functions, count, sizeof(functions[0]), compare_functions);
	reader->functions = functions;
	reader->n_functions = count;
	reader->model->programs = ARENA_ARRAY(reader->arena, struct model_program, count);
	for (size_t i = 0; i < count; i++) {
		if (model_is_program(&functions[i]))
			add_program(reader, &functions[i]);
	}
	return 0;
}
