/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What a program or map needs, by the object's relocations: a program the maps that its code and
 * the functions that it calls refer to, a map what stands in its slots from the start, a struct_ops
 * map its programs, and each of these the map.
 *
 * Functions are called by an offset in instructions from the place behind the call, or with a
 * relocation, from its symbol; their addresses are loaded with a relocation and an offset in bytes.
 *
 * Source: bpf_program__record_reloc and bpf_object__reloc_code of libbpf.
 */
#include <bpf/libbpf.h>
#include <elf.h>
#include <linux/bpf.h>
#include <stdlib.h>
#include <string.h>

#include "model_parts.h"
#include "strmap.h"

#define INSTRUCTION_SIZE 8

/* Where a map or program stands in the object. */
struct place {
	uint32_t section;
	uint64_t offset;
	uint32_t node; /* as in struct model_need */
};

struct needs_reader {
	struct model_reader *reader;
	struct strmap nodes;  /* by name: the node + 1, as a pointer */
	struct place *places; /* sorted */
	size_t n_places;
	/* Of the program at hand. */
	uint32_t user;
	size_t *calls; /* functions that are still to be read */
	size_t n_calls;
	uint32_t *last_called, *last_used; /* by function, by node: the last user + 1 */
	bool *has_uses;                    /* by function: the model has its uses */
	uint32_t *section_maps;            /* by section: the map of its variables + 1 */
	size_t capacity;                   /* of the model's needs */
};

struct instruction {
	uint8_t code, source;
	int32_t immediate;
};

static struct instruction read_instruction(const struct object *object, const unsigned char *data)
{
	struct instruction result = {.code = data[0]};

	if (object->byte_order == BYTE_ORDER_BIG) {
		result.source = data[1] & 0xf;
		result.immediate = (int32_t)((uint32_t)data[4] << 24 | (uint32_t)data[5] << 16 |
					     (uint32_t)data[6] << 8 | data[7]);
	} else {
		result.source = data[1] >> 4;
		result.immediate = (int32_t)((uint32_t)data[7] << 24 | (uint32_t)data[6] << 16 |
					     (uint32_t)data[5] << 8 | data[4]);
	}
	return result;
}

static int compare_places(const void *a, const void *b)
{
	const struct place *x = a, *y = b;

	if (x->section != y->section)
		return x->section < y->section ? -1 : 1;
	return x->offset < y->offset ? -1 : x->offset > y->offset;
}

/* The last place that does not lie behind that offset of the section, or NULL. */
static const struct place *find_place(const struct needs_reader *n, uint32_t section,
				      uint64_t offset)
{
	const struct place key = {.section = section, .offset = offset};
	size_t low = 0, high = n->n_places;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (compare_places(&n->places[middle], &key) <= 0)
			low = middle + 1;
		else
			high = middle;
	}
	return low && n->places[low - 1].section == section ? &n->places[low - 1] : NULL;
}

static bool holds_maps(const struct object_section *section)
{
	const char *name = section->name + (section->name[0] == '?');

	return !strcmp(name, ".maps") || !strncmp(name, ".struct_ops", strlen(".struct_ops"));
}

static void add_place(struct needs_reader *n, const struct object_symbol *symbol)
{
	const void *node = strmap_get(&n->nodes, symbol->name);

	if (node)
		n->places[n->n_places++] = (struct place){symbol->section, symbol->value,
							  (uint32_t)(uintptr_t)node - 1};
}

static void name_node(struct needs_reader *n, const char *name, size_t node)
{
	void **slot = strmap_at(&n->nodes, n->reader->arena, name);

	if (!*slot)
		*slot = (void *)(uintptr_t)(node + 1);
}

static void find_places(struct needs_reader *n)
{
	const struct model_reader *reader = n->reader;
	const struct object *object = reader->object;
	const struct model *model = reader->model;

	for (size_t i = 0; i < model->n_maps; i++) {
		if (model->maps[i].origin == MAP_DEFINED || model->maps[i].origin == MAP_STRUCT_OPS)
			name_node(n, model->maps[i].name, i);
	}
	for (size_t i = 0; i < model->n_programs; i++)
		name_node(n, model->programs[i].name, model->n_maps + i);
	n->places = ARENA_ARRAY(reader->arena, struct place, object->n_symbols);
	for (size_t i = 0; i < object->n_symbols; i++) {
		const struct object_symbol *symbol = &object->symbols[i];

		if (symbol->type == STT_OBJECT && symbol->section < object->n_sections &&
		    holds_maps(&object->sections[symbol->section]))
			add_place(n, symbol);
	}
	for (size_t i = 0; i < reader->n_functions; i++) {
		if (model_is_program(&reader->functions[i]))
			add_place(n, reader->functions[i].symbol);
	}
	if (n->n_places)
		qsort(n->places, n->n_places, sizeof(n->places[0]), compare_places);
}

static void add_need(struct needs_reader *n, uint32_t user, uint32_t used)
{
	struct model *model = n->reader->model;

	if (model->n_needs == n->capacity) {
		size_t capacity = n->capacity ? n->capacity * 2 : 16;
		struct model_need *needs =
			ARENA_ARRAY(n->reader->arena, struct model_need, capacity);

		if (model->n_needs)
			memcpy(needs, model->needs, model->n_needs * sizeof(needs[0]));
		model->needs = needs;
		n->capacity = capacity;
	}
	model->needs[model->n_needs++] = (struct model_need){user, used};
}

/* Of the function at hand; nothing where its uses are in the model for another program. */
static void add_use(struct needs_reader *n, uint32_t function, enum model_use_kind kind,
		    uint32_t used)
{
	struct model *model = n->reader->model;

	if (!n->has_uses[function])
		*ARENA_PUSH(n->reader->arena, model->uses, model->n_uses) =
			(struct model_use){function, kind, used};
}

/* Of the function and the program at hand. */
static void use_place(struct needs_reader *n, uint32_t function, uint32_t section, uint64_t offset)
{
	const struct place *place = find_place(n, section, offset);

	if (!place || place->offset != offset) {
		if (section < n->reader->object->n_sections && n->section_maps[section])
			add_use(n, function, MODEL_USES_MAP, n->section_maps[section] - 1);
		return;
	}
	if (place->node < n->reader->model->n_maps)
		add_use(n, function, MODEL_USES_MAP, place->node);
	if (n->last_used[place->node] == n->user + 1)
		return;
	n->last_used[place->node] = n->user + 1;
	add_need(n, n->user, place->node);
}

/* The index of the function that begins there; n_functions: there is none. */
static size_t find_function(const struct needs_reader *n, uint32_t section, uint64_t offset)
{
	const struct model_reader *reader = n->reader;
	size_t low = 0, high = reader->n_functions;

	while (low < high) {
		size_t middle = low + (high - low) / 2;
		const struct model_function *function = &reader->functions[middle];

		if (function->section->index < section ||
		    (function->section->index == section && function->symbol->value < offset))
			low = middle + 1;
		else
			high = middle;
	}
	return low < reader->n_functions && reader->functions[low].section->index == section &&
			       reader->functions[low].symbol->value == offset
		       ? low
		       : reader->n_functions;
}

static void call_function(struct needs_reader *n, size_t function)
{
	if (function == n->reader->n_functions || n->last_called[function] == n->user + 1)
		return;
	n->last_called[function] = n->user + 1;
	n->calls[n->n_calls++] = function;
}

/* The function calls another, or takes its address. */
static void read_call(struct needs_reader *n, uint32_t function, uint32_t section, uint64_t offset)
{
	size_t called = find_function(n, section, offset);

	if (called < n->reader->n_functions)
		add_use(n, function, MODEL_CALLS, (uint32_t)called);
	call_function(n, called);
}

static void read_use(struct needs_reader *n, const struct model_function *function, uint64_t offset,
		     const struct object_relocation *relocation)
{
	const struct object *object = n->reader->object;
	struct instruction instruction = read_instruction(object, function->section->data + offset);
	bool is_call =
		instruction.code == (BPF_JMP | BPF_CALL) && instruction.source == BPF_PSEUDO_CALL;
	const struct object_symbol *symbol =
		relocation ? &object->symbols[relocation->symbol] : NULL;
	uint32_t section = symbol ? symbol->section : function->section->index;
	uint64_t immediate = (uint64_t)(int64_t)instruction.immediate;
	uint32_t index = (uint32_t)(function - n->reader->functions);

	if (is_call)
		read_call(n, index, section,
			  (symbol ? symbol->value : offset) + (immediate + 1) * INSTRUCTION_SIZE);
	else if (symbol && section < object->n_sections &&
		 object->sections[section].flags & SHF_EXECINSTR)
		read_call(n, index, section, symbol->value + immediate);
	else if (symbol)
		use_place(n, index, section, symbol->value);
}

static void read_function(struct needs_reader *n, const struct model_function *function)
{
	const struct object_section *section = function->section;
	uint64_t start = function->symbol->value, end = start + function->symbol->size;
	size_t next = 0, high = section->n_relocations;

	while (next < high) {
		size_t middle = next + (high - next) / 2;

		if (section->relocations[middle].offset < start)
			next = middle + 1;
		else
			high = middle;
	}
	for (uint64_t offset = start; offset < end; offset += INSTRUCTION_SIZE) {
		const struct object_relocation *relocation = NULL;

		while (next < section->n_relocations && section->relocations[next].offset <= offset)
			relocation = &section->relocations[next++];
		read_use(n, function, offset, relocation);
	}
}

static void read_program(struct needs_reader *n, const struct model_function *function)
{
	call_function(n, (size_t)(function - n->reader->functions));
	while (n->n_calls) {
		size_t next = n->calls[--n->n_calls];

		read_function(n, &n->reader->functions[next]);
		n->has_uses[next] = true;
	}
}

static void read_slots(struct needs_reader *n, uint32_t map)
{
	const struct model_map *definition = &n->reader->model->maps[map];

	for (size_t i = 0; i < definition->n_slots; i++) {
		const char *name = definition->slots[i];
		const void *node = name ? strmap_get(&n->nodes, name) : NULL;

		if (node)
			add_need(n, map, (uint32_t)(uintptr_t)node - 1);
	}
}

/* In a section of struct_ops maps: the programs that fill their members. */
static void read_struct_ops(struct needs_reader *n, const struct object_section *section)
{
	for (size_t i = 0; i < section->n_relocations; i++) {
		const struct object_relocation *relocation = &section->relocations[i];
		const struct object_symbol *symbol =
			&n->reader->object->symbols[relocation->symbol];
		const struct place *map = find_place(n, section->index, relocation->offset);
		const struct place *program = find_place(n, symbol->section, symbol->value);

		if (!map || !program || program->offset != symbol->value)
			continue;
		add_need(n, map->node, program->node);
		add_need(n, program->node, map->node);
	}
}

int model_compare_needs(const void *a, const void *b)
{
	const struct model_need *x = a, *y = b;

	if (x->user != y->user)
		return x->user < y->user ? -1 : 1;
	return x->used < y->used ? -1 : x->used > y->used;
}

static void sort_needs(struct model *model)
{
	size_t count = 0;

	if (!model->n_needs)
		return;
	qsort(model->needs, model->n_needs, sizeof(model->needs[0]), model_compare_needs);
	for (size_t i = 0; i < model->n_needs; i++) {
		if (!count || model_compare_needs(&model->needs[count - 1], &model->needs[i]) != 0)
			model->needs[count++] = model->needs[i];
	}
	model->n_needs = count;
}

static int compare_uses(const void *a, const void *b)
{
	const struct model_use *x = a, *y = b;

	if (x->function != y->function)
		return x->function < y->function ? -1 : 1;
	if (x->kind != y->kind)
		return x->kind < y->kind ? -1 : 1;
	return x->used < y->used ? -1 : x->used > y->used;
}

static void sort_uses(struct model *model)
{
	size_t count = 0;

	if (!model->n_uses)
		return;
	qsort(model->uses, model->n_uses, sizeof(model->uses[0]), compare_uses);
	for (size_t i = 0; i < model->n_uses; i++) {
		if (!count || compare_uses(&model->uses[count - 1], &model->uses[i]) != 0)
			model->uses[count++] = model->uses[i];
	}
	model->n_uses = count;
}

static void name_functions(struct model_reader *reader)
{
	struct model *model = reader->model;

	model->functions = ARENA_ARRAY(reader->arena, struct model_code, reader->n_functions);
	model->n_functions = reader->n_functions;
	for (size_t i = 0; i < reader->n_functions; i++) {
		const struct object_symbol *symbol = reader->functions[i].symbol;

		model->functions[i] = (struct model_code){
			.name = symbol->name,
			.n_instructions = (uint32_t)(symbol->size / INSTRUCTION_SIZE),
			.is_program = model_is_program(&reader->functions[i]),
		};
	}
}

static void find_section_maps(struct needs_reader *n)
{
	const struct object *object = n->reader->object;
	const struct model *model = n->reader->model;

	n->section_maps = ARENA_ARRAY(n->reader->arena, uint32_t, object->n_sections);
	for (size_t i = 0; i < model->n_maps; i++) {
		const struct model_section *section = model->maps[i].section;
		const struct object_section *place =
			section ? object_find_section(object, section->name) : NULL;

		if (place)
			n->section_maps[place->index] = (uint32_t)i + 1;
	}
}

void model_read_needs(struct model_reader *reader)
{
	struct model *model = reader->model;
	struct needs_reader n = {
		.reader = reader,
		.calls = ARENA_ARRAY(reader->arena, size_t, reader->n_functions),
		.last_called = ARENA_ARRAY(reader->arena, uint32_t, reader->n_functions),
		.last_used =
			ARENA_ARRAY(reader->arena, uint32_t, model->n_maps + model->n_programs),
		.has_uses = ARENA_ARRAY(reader->arena, bool, reader->n_functions),
	};

	name_functions(reader);
	find_places(&n);
	find_section_maps(&n);
	for (size_t i = 0, program = 0; i < reader->n_functions; i++) {
		if (!model_is_program(&reader->functions[i]))
			continue;
		n.user = (uint32_t)(model->n_maps + program++);
		read_program(&n, &reader->functions[i]);
	}
	for (uint32_t i = 0; i < model->n_maps; i++)
		read_slots(&n, i);
	for (size_t i = 1; i < reader->object->n_sections; i++) {
		const struct object_section *section = &reader->object->sections[i];

		if (holds_maps(section) && strcmp(section->name, ".maps") != 0)
			read_struct_ops(&n, section);
	}
	sort_needs(model);
	sort_uses(model);
}
