/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * An object becomes a list of items, each with facts in words. Two of them are compared fact by
 * fact, and need not know what these are about; but instructions are counted instead of shown.
 */
#include "meaning.h"

#include <elf.h>
#include <inttypes.h>
#include <linux/bpf.h>
#include <string.h>

#include "btf_query.h"
#include "core_relocations.h"
#include "map_kinds.h"

#define INSTRUCTION_SIZE 8

struct fact {
	const char *what; /* "max_entries" */
	const char *value;
};

struct meaning_item {
	const char *kind, *name; /* "map", "counts" */
	struct fact *facts;
	size_t n_facts;
	struct strvec code; /* one text an instruction */
	const char *key;    /* of both names; with a number where others have the same */
};

struct meaning_reader {
	struct arena *arena;
	const struct object *object;
	const struct model *model;
	struct core_relocations core;
	struct meaning meaning;
};

/* Valid until the next one is added. Names are copied: those of BTF go with it, before the meanings
 * are compared. */
static struct meaning_item *add_item(struct meaning_reader *r, const char *kind, const char *name)
{
	struct meaning_item *item = ARENA_PUSH(r->arena, r->meaning.items, r->meaning.count);

	*item = (struct meaning_item){.kind = kind, .name = arena_strdup(r->arena, name)};
	return item;
}

static void add_fact(struct meaning_reader *r, struct meaning_item *item, const char *what,
		     const char *value)
{
	*ARENA_PUSH(r->arena, item->facts, item->n_facts) =
		(struct fact){what, arena_strdup(r->arena, value ? value : "")};
}

static void add_number(struct meaning_reader *r, struct meaning_item *item, const char *what,
		       uint64_t number)
{
	add_fact(r, item, what, arena_printf(r->arena, "%" PRIu64, number));
}

/* "struct conn", "unsigned int", "char[16]"; members are the header's to compare. */
static const char *describe_type(struct meaning_reader *r, uint32_t id)
{
	const struct btf *btf = r->model->btf;
	const struct btf_type *type;

	id = btf_query_resolve(btf, id, NULL);
	type = btf__type_by_id(btf, id);
	if (!id)
		return "void";
	if (btf_is_ptr(type))
		return "a pointer";
	/* An array of itself has none: what is damaged has no end. */
	if (btf_is_array(type) && btf_query_size(btf, id) < 0)
		return "an array without a size";
	if (btf_is_array(type))
		return arena_printf(r->arena, "%s[%u]", describe_type(r, btf_array(type)->type),
				    btf_array(type)->nelems);
	return arena_printf(r->arena, "%s%s of %lld bytes",
			    btf_is_struct(type)     ? "struct "
			    : btf_is_union(type)    ? "union "
			    : btf_is_any_enum(type) ? "enum "
						    : "",
			    btf_query_type_name(btf, id), (long long)btf_query_size(btf, id));
}

static void add_definition(struct meaning_reader *r, struct meaning_item *item,
			   const struct model_map *map)
{
	const struct map_kind *kind = map_kind_find(map->type);

	add_fact(r, item, "its type", kind ? kind->name : arena_printf(r->arena, "%u", map->type));
	add_number(r, item, "its key size", map->key_size);
	add_number(r, item, "its value size", map->value_size);
	add_fact(r, item, "its key", describe_type(r, map->key_type));
	add_fact(r, item, "its value", describe_type(r, map->value_type));
	add_number(r, item, "max_entries", map->max_entries);
	add_fact(r, item, "map_flags", arena_printf(r->arena, "0x%x", map->flags));
	add_number(r, item, "numa_node", map->numa_node);
	add_number(r, item, "pinning", map->pinning);
	add_number(r, item, "map_extra", map->extra);
}

static void add_map(struct meaning_reader *r, const struct model_map *map)
{
	struct meaning_item *item = add_item(r, "map", map->name);

	add_definition(r, item, map);
	for (size_t i = 0; i < map->n_slots; i++)
		add_fact(r, item, arena_printf(r->arena, "its slot %zu", i), map->slots[i]);
	if (map->inner)
		add_definition(r, add_item(r, "inner map of", map->name), map->inner);
}

static const char *hex(struct arena *arena, const unsigned char *data, uint64_t size)
{
	char *text = arena_alloc(arena, size * 2 + 1);

	for (uint64_t i = 0; i < size; i++) {
		text[i * 2] = "0123456789abcdef"[data[i] >> 4];
		text[i * 2 + 1] = "0123456789abcdef"[data[i] & 15];
	}
	text[size * 2] = '\0';
	return text;
}

static void add_variable(struct meaning_reader *r, const struct model_section *section,
			 const struct object_section *data, const struct model_variable *variable)
{
	struct meaning_item *item = add_item(r, "variable", variable->name);

	add_fact(r, item, "its section", section->name);
	add_fact(r, item, "its type", describe_type(r, variable->type));
	if (variable->is_extern)
		return;
	add_number(r, item, "its offset", variable->offset);
	if (data && data->data && variable->offset <= data->size &&
	    variable->size <= data->size - variable->offset)
		add_fact(r, item, "its value",
			 hex(r->arena, data->data + variable->offset, variable->size));
}

/* The bytes of the section without those of the variables. */
static const char *nameless_data(struct meaning_reader *r, const struct model_section *section,
				 const struct object_section *data)
{
	unsigned char *bytes = arena_memdup(r->arena, data->data, data->size);

	for (size_t i = 0; i < section->n_variables; i++) {
		const struct model_variable *variable = &section->variables[i];

		if (variable->offset <= data->size &&
		    variable->size <= data->size - variable->offset)
			memset(bytes + variable->offset, 0, variable->size);
	}
	return hex(r->arena, bytes, data->size);
}

/* With the bytes of what has no name: strings, and what is static to a function. */
static void add_section(struct meaning_reader *r, const struct model_section *section)
{
	const struct object_section *data = object_find_section(r->object, section->name);
	struct meaning_item *item;

	for (size_t i = 0; i < section->n_variables; i++)
		add_variable(r, section, data, &section->variables[i]);
	item = add_item(r, "section", section->name);
	if (data && data->data)
		add_fact(r, item, "its data", nameless_data(r, section, data));
}

/* What the loader fills in does not count: immediates, and the offsets of loads and stores. */
static const char *instruction(struct meaning_reader *r, const unsigned char *data,
			       const char *symbol, const struct core_relocation *core)
{
	unsigned char bytes[INSTRUCTION_SIZE];
	unsigned class = data[0] & 7;

	memcpy(bytes, data, sizeof(bytes));
	if (core && (class == BPF_LDX || class == BPF_ST || class == BPF_STX))
		memset(bytes + 2, 0, 2);
	else if (core)
		memset(bytes + 4, 0, 4);
	return arena_printf(r->arena, "%s %s %s", hex(r->arena, bytes, sizeof(bytes)), symbol,
			    core ? core->text : "");
}

static void add_code(struct meaning_reader *r, struct meaning_item *item,
		     const struct object_symbol *function)
{
	const struct object_section *section = &r->object->sections[function->section];
	uint64_t end = function->value + function->size;
	size_t next = 0;

	for (uint64_t at = function->value; at + INSTRUCTION_SIZE <= end; at += INSTRUCTION_SIZE) {
		const char *symbol = "";

		for (; next < section->n_relocations && section->relocations[next].offset <= at;
		     next++) {
			if (section->relocations[next].offset == at)
				symbol = r->object->symbols[section->relocations[next].symbol].name;
		}
		strvec_push(&item->code, r->arena,
			    instruction(r, section->data + at, symbol,
					core_relocations_find(&r->core, section, at)));
	}
}

static bool is_function(const struct object *object, const struct object_symbol *symbol)
{
	const struct object_section *section;

	if (symbol->type != STT_FUNC || symbol->section >= object->n_sections)
		return false;
	section = &object->sections[symbol->section];
	return section->flags & SHF_EXECINSTR && section->data && symbol->value <= section->size &&
	       symbol->size <= section->size - symbol->value;
}

static void add_functions(struct meaning_reader *r)
{
	const struct object *object = r->object;

	r->core = core_relocations_read(object, r->arena);
	for (size_t i = 0; i < object->n_symbols; i++) {
		const struct object_symbol *symbol = &object->symbols[i];
		struct meaning_item *item;

		if (!is_function(object, symbol))
			continue;
		item = add_item(r, "program", symbol->name);
		add_fact(r, item, "its section", object->sections[symbol->section].name);
		add_code(r, item, symbol);
	}
}

static void name_item(struct meaning_reader *r, struct meaning_item *item)
{
	const char *key = arena_printf(r->arena, "%s %s", item->kind, item->name);

	for (int i = 2; strmap_get(&r->meaning.by_name, key); i++)
		key = arena_printf(r->arena, "%s %s %d", item->kind, item->name, i);
	item->key = key;
	*strmap_at(&r->meaning.by_name, r->arena, key) = item;
}

struct meaning meaning_read(struct arena *arena, const struct object *object,
			    const struct model *model)
{
	struct meaning_reader r = {.arena = arena, .object = object, .model = model};

	add_fact(&r, add_item(&r, "license", ""), "it", model->license);
	for (size_t i = 0; i < model->n_maps; i++)
		add_map(&r, &model->maps[i]);
	add_functions(&r);
	for (size_t i = 0; i < model->n_sections; i++)
		add_section(&r, &model->sections[i]);
	for (size_t i = 0; i < r.meaning.count; i++)
		name_item(&r, &r.meaning.items[i]);
	return r.meaning;
}

int meaning_read_bytes(struct meaning *meaning, struct arena *arena, struct bytes bytes)
{
	struct diag quiet = {0};
	struct object object;
	struct model model;
	int result;

	/* Words are read from it. */
	bytes.data = arena_memdup(arena, bytes.data, bytes.size);
	if (object_read(&object, arena, &quiet, "", bytes))
		return -1;
	result = model_read(&model, arena, &quiet, &object);
	if (!result)
		*meaning = meaning_read(arena, &object, &model);
	object_release(&object);
	return result;
}

static const char *name(struct arena *arena, const struct meaning_item *item)
{
	return *item->name ? arena_printf(arena, "%s '%s'", item->kind, item->name) : item->kind;
}

static const char *find_fact(const struct meaning_item *item, const char *what)
{
	for (size_t i = 0; i < item->n_facts; i++) {
		if (!strcmp(item->facts[i].what, what))
			return item->facts[i].value;
	}
	return "";
}

/* Longer ones say nothing to a reader. */
#define MAX_SHOWN 40

static void compare_facts(struct strvec *differences, struct arena *arena,
			  const struct meaning_item *theirs, const struct meaning_item *ours)
{
	for (size_t i = 0; i < ours->n_facts; i++) {
		const struct fact *fact = &ours->facts[i];
		const char *other = find_fact(theirs, fact->what);

		if (!strcmp(other, fact->value))
			continue;
		if (strlen(other) > MAX_SHOWN || strlen(fact->value) > MAX_SHOWN)
			strvec_push_format(differences, arena, "%s: %s differs", name(arena, ours),
					   fact->what);
		else
			strvec_push_format(differences, arena, "%s: %s is '%s', not '%s'",
					   name(arena, ours), fact->what, other, fact->value);
	}
}

static void compare_code(struct strvec *differences, struct arena *arena,
			 const struct meaning_item *theirs, const struct meaning_item *ours)
{
	size_t count = 0, first = 0;

	if (theirs->code.count != ours->code.count) {
		strvec_push_format(differences, arena, "%s: it has %zu instructions, not %zu",
				   name(arena, ours), theirs->code.count, ours->code.count);
		return;
	}
	for (size_t i = ours->code.count; i-- > 0;) {
		if (strcmp(theirs->code.items[i], ours->code.items[i]) != 0) {
			first = i;
			count++;
		}
	}
	if (count)
		strvec_push_format(differences, arena,
				   "%s: %zu of its %zu instructions differ, the first is "
				   "instruction %zu",
				   name(arena, ours), count, ours->code.count, first);
}

void meaning_compare(struct strvec *differences, struct arena *arena, const struct meaning *theirs,
		     const struct meaning *ours)
{
	for (size_t i = 0; i < ours->count; i++) {
		const struct meaning_item *item = &ours->items[i];
		const struct meaning_item *other = strmap_get(&theirs->by_name, item->key);

		if (!other) {
			strvec_push_format(differences, arena, "%s is missing", name(arena, item));
			continue;
		}
		compare_facts(differences, arena, other, item);
		compare_code(differences, arena, other, item);
	}
	for (size_t i = 0; i < theirs->count; i++) {
		const struct meaning_item *item = &theirs->items[i];

		if (!strmap_get(&ours->by_name, item->key))
			strvec_push_format(differences, arena, "%s is no longer there",
					   name(arena, item));
	}
}
