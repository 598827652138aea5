/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The maps, in libbpf's order: those defined in .maps, one for each data section, .kconfig, the
 * struct_ops maps.
 *
 * A map in .maps is a variable whose struct says everything by the types of its members:
 *
 *	int (*type)[BPF_MAP_TYPE_HASH];      a number: the length of an array
 *	struct event *value;                 a type: what a pointer points to
 *	struct inner *values[];              the maps or programs that fill the slots
 *
 * Source: libbpf's parse_btf_map_def and bpf_object__collect_map_relos.
 */
#include <elf.h>
#include <stdlib.h>
#include <string.h>

#include "btf_query.h"
#include "bug.h"
#include "model_parts.h"

enum {
	TYPE_ARRAY = 2,
	TYPE_PROG_ARRAY = 3,
	TYPE_ARRAY_OF_MAPS = 12,
	TYPE_HASH_OF_MAPS = 13,
	TYPE_STRUCT_OPS = 26,
	TYPE_ARENA = 33,
};

enum {
	FLAG_RDONLY_PROG = 1 << 7,
	FLAG_MMAPABLE = 1 << 10,
	FLAG_LINK = 1 << 13,
};

/* One definition while it is read. */
struct map_reader {
	struct model_reader *reader;
	struct model_map *map;
	const char *variable; /* that has the definition, or has it inside */
	bool is_inner;
	uint64_t slots_offset; /* bytes from the start of the struct to `values`; 0: none */
};

static int refuse(struct map_reader *m, const char *what)
{
	return diag_error(m->reader->diag, model_where(m->reader, "variable", m->variable),
			  "map '%s': %s", m->map->name, what);
}

/* The number in a member made by __uint. */
static int read_number(struct map_reader *m, const struct btf_query_member *member,
		       uint32_t *result)
{
	const struct btf *btf = m->reader->btf;
	uint32_t id = btf_query_resolve(btf, member->type, NULL);
	const struct btf_type *type = btf__type_by_id(btf, id);
	const struct btf_type *array =
		id && btf_is_ptr(type) ? btf__type_by_id(btf, type->type) : NULL;

	if (!array || !btf_is_array(array))
		return refuse(m, arena_printf(m->reader->arena,
					      "its member '%s' is no number; write it with __uint",
					      member->name));
	*result = btf_array(array)->nelems;
	return 0;
}

static int set_size(struct map_reader *m, uint32_t *size, uint32_t value, const char *what)
{
	if (*size && *size != value)
		return refuse(m,
			      arena_printf(m->reader->arena,
					   "its %s has %u bytes and %u bytes; give one of the two",
					   what, *size, value));
	*size = value;
	return 0;
}

/* What a member made by __type points to. */
static int read_type(struct map_reader *m, const struct btf_query_member *member, uint32_t *id,
		     uint32_t *size)
{
	const struct btf *btf = m->reader->btf;
	const struct btf_type *type = btf__type_by_id(btf, member->type);
	int64_t bytes = type && btf_is_ptr(type) ? btf_query_size(btf, type->type) : -1;

	if (bytes < 0 || bytes > INT32_MAX)
		return refuse(
			m, arena_printf(m->reader->arena,
					"its %s is no type with a size; write it with __type and "
					"a complete type",
					member->name));
	*id = type->type;
	return set_size(m, size, (uint32_t)bytes, member->name);
}

static int read_definition(struct map_reader *, uint32_t struct_id);

static int read_inner(struct map_reader *m, uint32_t id)
{
	struct arena *arena = m->reader->arena;
	struct map_reader inner = {
		.reader = m->reader,
		.map = ARENA_NEW(arena, struct model_map),
		.variable = m->variable,
		.is_inner = true,
	};

	inner.map->name = arena_printf(arena, "%s.inner", m->map->name);
	m->map->inner = inner.map;
	return read_definition(&inner, id);
}

/* `values`: an array without a length of pointers to the inner map's definition or to functions. */
static int read_values(struct map_reader *m, const struct btf_query_member *member)
{
	const struct btf *btf = m->reader->btf;
	const struct btf_type *array = btf__type_by_id(btf, member->type);
	bool is_prog_array = m->map->type == TYPE_PROG_ARRAY;
	const struct btf_type *pointer;
	uint32_t id;

	if (m->is_inner)
		return refuse(m, "an inner map cannot have inner maps or values of its own");
	if (!is_prog_array && m->map->type != TYPE_ARRAY_OF_MAPS &&
	    m->map->type != TYPE_HASH_OF_MAPS)
		return refuse(m, "only prog arrays and maps of maps can have 'values', and their "
				 "type must stand before it");
	if (set_size(m, &m->map->value_size, 4, "value"))
		return -1;
	if (!array || !btf_is_array(array) || btf_array(array)->nelems)
		return refuse(m, "its 'values' must be an array without a length (__array)");
	id = btf_query_resolve(btf, btf_array(array)->type, NULL);
	pointer = btf__type_by_id(btf, id);
	id = id && btf_is_ptr(pointer) ? btf_query_resolve(btf, pointer->type, NULL) : 0;
	if (!id || !(is_prog_array ? btf_is_func_proto(btf__type_by_id(btf, id))
				   : btf_is_struct(btf__type_by_id(btf, id))))
		return refuse(m,
			      "its 'values' must be functions (prog array) or one map definition "
			      "(map of maps)");
	m->slots_offset = member->bit_offset / 8;
	return is_prog_array ? 0 : read_inner(m, id);
}

static int read_pinning(struct map_reader *m, const struct btf_query_member *member)
{
	if (m->is_inner)
		return refuse(m, "an inner map cannot be pinned");
	if (read_number(m, member, &m->map->pinning))
		return -1;
	if (m->map->pinning > 1)
		return refuse(m, "its pinning is neither LIBBPF_PIN_NONE nor LIBBPF_PIN_BY_NAME");
	return 0;
}

/*
 * Written with __ulong, a number of up to 64 bits: an enum of one enumerator, which is an ENUM64
 * where it needs to be (get_map_field_long of libbpf 1.4).
 */
static int read_extra(struct map_reader *m, const struct btf_query_member *member)
{
	const struct btf *btf = m->reader->btf;
	const struct btf_type *type =
		btf__type_by_id(btf, btf_query_resolve(btf, member->type, NULL));
	uint32_t extra;

	if (btf_is_any_enum(type) && btf_vlen(type) == 1) {
		m->map->extra = btf_is_enum(type) ? (uint64_t)(int64_t)btf_enum(type)->val
						  : btf_enum64_value(btf_enum64(type));
		return 0;
	}
	if (read_number(m, member, &extra))
		return -1;
	m->map->extra = extra;
	return 0;
}

/* The members that are numbers and nothing more. */
static const struct {
	const char *name;
	size_t offset; /* in struct model_map */
} numbers[] = {
	{"type", offsetof(struct model_map, type)},
	{"max_entries", offsetof(struct model_map, max_entries)},
	{"map_flags", offsetof(struct model_map, flags)},
	{"numa_node", offsetof(struct model_map, numa_node)},
};

static int read_member(struct map_reader *m, const struct btf_query_member *member)
{
	struct model_map *map = m->map;
	uint32_t size;

	for (size_t i = 0; i < ARRAY_SIZE(numbers); i++) {
		if (!strcmp(member->name, numbers[i].name))
			return read_number(m, member,
					   (uint32_t *)((char *)map + numbers[i].offset));
	}
	if (!strcmp(member->name, "key_size"))
		return read_number(m, member, &size) || set_size(m, &map->key_size, size, "key");
	if (!strcmp(member->name, "value_size"))
		return read_number(m, member, &size) ||
		       set_size(m, &map->value_size, size, "value");
	if (!strcmp(member->name, "key"))
		return read_type(m, member, &map->key_type, &map->key_size);
	if (!strcmp(member->name, "value"))
		return read_type(m, member, &map->value_type, &map->value_size);
	if (!strcmp(member->name, "values"))
		return read_values(m, member);
	if (!strcmp(member->name, "pinning"))
		return read_pinning(m, member);
	if (!strcmp(member->name, "map_extra"))
		return read_extra(m, member);
	return refuse(m, arena_printf(m->reader->arena,
				      "libbpf does not know its member '%s'; remove it",
				      member->name));
}

static int read_definition(struct map_reader *m, uint32_t struct_id)
{
	const struct btf *btf = m->reader->btf;
	const struct btf_type *type = btf__type_by_id(btf, struct_id);

	for (uint32_t i = 0; i < btf_vlen(type); i++) {
		struct btf_query_member member = btf_query_member(btf, type, i);

		if (read_member(m, &member))
			return -1;
	}
	return m->map->type ? 0 : refuse(m, "it has no type; add __uint(type, BPF_MAP_TYPE_…)");
}

/* The names that the relocations of .maps put into the slots of the map at `start`. */
static int read_slots(struct map_reader *m, const struct object_section *section, uint64_t start,
		      uint64_t end)
{
	const struct object *object = m->reader->object;
	uint64_t first = start + m->slots_offset;

	if (!m->slots_offset || end <= first)
		return 0;
	m->map->slots = ARENA_ARRAY(m->reader->arena, const char *, (end - first) / 8 + 1);
	for (size_t i = 0; i < section->n_relocations; i++) {
		const struct object_relocation *relocation = &section->relocations[i];
		const char *name = object->symbols[relocation->symbol].name;
		size_t slot;

		if (relocation->offset < first || relocation->offset >= end)
			continue;
		if (!*name)
			return refuse(m, "its values name something static; remove 'static'");
		slot = (relocation->offset - first) / 8;
		m->map->slots[slot] = name;
		if (slot >= m->map->n_slots)
			m->map->n_slots = slot + 1;
	}
	return 0;
}

static int read_defined_map(struct model_reader *reader, const struct model_variable *variable,
			    const struct object_section *section)
{
	struct model *model = reader->model;
	struct map_reader m = {
		.reader = reader,
		.map = &model->maps[model->n_maps++],
		.variable = variable->name,
	};
	uint32_t id = btf_query_resolve(reader->btf, variable->type, NULL);

	*m.map = (struct model_map){
		.name = variable->name,
		.is_weak = variable->is_weak,
		.is_hidden = variable->is_hidden,
	};
	if (variable->is_extern)
		return refuse(&m,
			      "it is extern, and nothing here defines it; link the objects first");
	if (variable->is_static)
		return refuse(&m,
			      "it is static, and libbpf wants maps that are not; remove 'static'");
	if (!id || !btf_is_struct(btf__type_by_id(reader->btf, id)))
		return refuse(&m, "its definition is no struct");
	if (variable->offset > section->size || variable->size > section->size - variable->offset)
		return refuse(&m,
			      "the object is damaged (it lies outside of .maps); compile it again");
	if (read_definition(&m, id))
		return -1;
	return read_slots(&m, section, variable->offset, variable->offset + variable->size);
}

static int read_defined_maps(struct model_reader *reader)
{
	const struct object_section *section = object_find_section(reader->object, ".maps");
	const struct btf_type *datasec = section ? model_find_datasec(reader, ".maps") : NULL;
	struct model_variable *variables;
	uint32_t count = 0;

	if (!section)
		return 0;
	if (!datasec)
		return diag_error(
			reader->diag, reader->object->path,
			"its BTF does not describe the maps in .maps; compile it with -g");
	variables = ARENA_ARRAY(reader->arena, struct model_variable, btf_vlen(datasec));
	for (uint32_t i = 0; i < btf_vlen(datasec); i++) {
		const struct model_variable *variable =
			model_read_variable(reader, &btf_var_secinfos(datasec)[i], section);

		if (!variable)
			return diag_error(
				reader->diag, reader->object->path,
				"the object is damaged (.maps holds no variable); compile it "
				"again");
		variables[count++] = *variable;
	}
	if (count)
		qsort(variables, count, sizeof(variables[0]), model_compare_variables);
	for (uint32_t i = 0; i < count; i++) {
		if (read_defined_map(reader, &variables[i], section))
			return -1;
	}
	return 0;
}

/* The map that libbpf makes of a data section (bpf_object__init_internal_map). */
static void add_section_map(struct model_reader *reader, struct model_section *section)
{
	struct model *model = reader->model;
	struct model_map *map = &model->maps[model->n_maps++];

	*map = (struct model_map){
		.name = section->name,
		.origin = strcmp(section->name, ".kconfig") != 0 ? MAP_SECTION : MAP_KCONFIG,
		.type = TYPE_ARRAY,
		.key_size = 4,
		.value_size = (uint32_t)section->size,
		.max_entries = 1,
		.flags = section->is_read_only ? FLAG_RDONLY_PROG : 0,
		.section = section,
	};
	for (size_t i = 0; i < section->n_variables; i++)
		map->is_mmapable |= !section->variables[i].is_static;
	if (map->is_mmapable)
		map->flags |= FLAG_MMAPABLE;
}

static int read_struct_ops_map(struct model_reader *reader, const struct model_variable *variable,
			       bool has_link, bool is_optional)
{
	struct model *model = reader->model;
	struct model_map *map = &model->maps[model->n_maps++];
	uint32_t id = btf_query_resolve(reader->btf, variable->type, NULL);
	const struct btf_type *type = btf__type_by_id(reader->btf, id);

	if (!id || !btf_is_struct(type) || !*btf_query_type_name(reader->btf, id))
		return diag_error(reader->diag, model_where(reader, "variable", variable->name),
				  "struct_ops map '%s' is no variable of a struct with a name; "
				  "give it the kernel's struct",
				  variable->name);
	*map = (struct model_map){
		.name = variable->name,
		.origin = MAP_STRUCT_OPS,
		.type = TYPE_STRUCT_OPS,
		.key_size = 4,
		.value_size = type->size,
		.max_entries = 1,
		.flags = has_link ? FLAG_LINK : 0,
		.struct_ops_type = id,
		.has_link = has_link,
		.is_optional = is_optional,
	};
	return 0;
}

static int read_struct_ops(struct model_reader *reader, const char *name)
{
	const char *plain = name + (name[0] == '?');
	const struct object_section *section = object_find_section(reader->object, name);
	/* As libbpf has it, which passes over any other. */
	bool is_data =
		section && section->type == SHT_PROGBITS && !(section->flags & SHF_EXECINSTR);
	const struct btf_type *datasec = is_data ? model_find_datasec(reader, name) : NULL;

	for (uint32_t i = 0; datasec && i < btf_vlen(datasec); i++) {
		const struct model_variable *variable =
			model_read_variable(reader, &btf_var_secinfos(datasec)[i], section);

		if (variable &&
		    read_struct_ops_map(reader, variable, !strcmp(plain, ".struct_ops.link"),
					plain != name))
			return -1;
	}
	return 0;
}

static const char *const struct_ops_sections[] = {
	".struct_ops",
	".struct_ops.link",
	"?.struct_ops",
	"?.struct_ops.link",
};

/* At most as many maps as there are entries in the sections that make them. */
static size_t count_maps(struct model_reader *reader)
{
	const struct btf_type *datasec = model_find_datasec(reader, ".maps");
	size_t count = reader->model->n_sections + (datasec ? btf_vlen(datasec) : 0);

	for (size_t i = 0; i < ARRAY_SIZE(struct_ops_sections); i++) {
		datasec = model_find_datasec(reader, struct_ops_sections[i]);
		count += datasec ? btf_vlen(datasec) : 0;
	}
	return count;
}

/* Variables of an arena belong to the map that is one. */
static int find_arena(struct model_reader *reader, struct model_section *section)
{
	struct model *model = reader->model;

	for (size_t i = 0; i < model->n_maps; i++) {
		if (model->maps[i].type == TYPE_ARENA) {
			model->maps[i].section = section;
			return 0;
		}
	}
	return diag_error(reader->diag,
			  section->n_variables
				  ? model_where(reader, "variable", section->variables[0].name)
				  : reader->object->path,
			  "has variables in an arena, but no arena; define a map of type "
			  "BPF_MAP_TYPE_ARENA in SEC(\".maps\")");
}

int model_read_maps(struct model_reader *reader)
{
	struct model *model = reader->model;

	model->maps = ARENA_ARRAY(reader->arena, struct model_map, count_maps(reader));
	if (read_defined_maps(reader))
		return -1;
	for (size_t i = 0; i < model->n_sections; i++) {
		if (!model->sections[i].is_arena)
			add_section_map(reader, &model->sections[i]);
		else if (find_arena(reader, &model->sections[i]))
			return -1;
	}
	for (size_t i = 0; i < ARRAY_SIZE(struct_ops_sections); i++) {
		if (read_struct_ops(reader, struct_ops_sections[i]))
			return -1;
	}
	return 0;
}
