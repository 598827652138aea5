/* SPDX-License-Identifier: BSD-2-Clause */
/* "maps": what struct N's maps hold, and what the accessors' templates need. */
#include "view.h"

#include <string.h>

#include "btf_query.h"
#include "c_literal.h"
#include "comments.h"
#include "map_kinds.h"

enum {
	FLAG_STACK_BUILD_ID = 1 << 5,
	FLAG_MMAPABLE = 1 << 10,
};

int view_dimensions(const struct type_declaration *declared)
{
	int count = 0;

	for (const char *c = declared->suffix; *c; c++)
		count += *c == '[';
	return count;
}

/* "struct conns__peer *values", "__u8 (*values)[16]": a row of elements. */
static const char *items(struct arena *arena, const struct type_declaration *declared,
			 const char *name)
{
	if (!*declared->suffix)
		return arena_printf(arena, "%s *%s", declared->type, name);
	return arena_printf(arena, "%s (*%s)%s", declared->type, name, declared->suffix);
}

/* What a pointer to an element decays to, to cast to: "__u8 *" for __u8[16]. */
static const char *cast(struct arena *arena, const struct type_declaration *declared)
{
	const char *rest = strchr(declared->suffix, ']');

	if (!rest || !rest[1])
		return arena_printf(arena, "%s *", declared->type);
	return arena_printf(arena, "%s (*)%s", declared->type, rest + 1);
}

/* "struct conns__peer *key", "__u8 key[16]": const is added by the template. */
static const char *parameter(struct arena *arena, const struct type_declaration *declared,
			     const char *name)
{
	return arena_printf(arena, "%s %s%s%s", declared->type, *declared->suffix ? "" : "*", name,
			    declared->suffix);
}

static struct type_declaration declare(struct view *view, uint32_t type)
{
	if (type)
		return types_declare(view->variants[0].declare, type);
	return (struct type_declaration){.type = "void", .suffix = ""};
}

/* With const, unless that would be a pointer to const arrays. */
static const char *as_input(struct arena *arena, const struct type_declaration *declared,
			    const char *text, int most_dimensions)
{
	return view_dimensions(declared) > most_dimensions ? text
							   : arena_printf(arena, "const %s", text);
}

/* Sets what is the same for keys and values. */
static void set_element(struct view *view, struct value *value, uint32_t size,
			const struct type_declaration *declared, const char *name)
{
	struct arena *arena = view->arena;
	bool is_typed = strcmp(declared->type, "void") != 0;
	const char *row = items(arena, declared, arena_printf(arena, "%ss", name));

	value_set_string(value, arena, "type",
			 is_typed ? arena_printf(arena, "%s%s", declared->type, declared->suffix)
				  : NULL);
	value_set_string(value, arena, "comment", declared->comment);
	value_set_integer(value, arena, "size", size);
	value_set_string(value, arena, "parameter", parameter(arena, declared, name));
	value_set_string(value, arena, "input",
			 as_input(arena, declared, parameter(arena, declared, name), 1));
	value_set_string(value, arena, "items", row);
	value_set_string(value, arena, "input_items", as_input(arena, declared, row, 0));
	value_set_string(value, arena, "cast", cast(arena, declared));
	value_set_string(value, arena, "input_cast",
			 as_input(arena, declared, cast(arena, declared), 1));
}

static struct value *describe_key(struct view *view, const struct model_map *map,
				  const struct map_kind *kind)
{
	struct arena *arena = view->arena;
	struct value *value = value_object(arena);
	struct type_declaration declared = declare(view, map->key_type);
	enum map_key form = kind ? kind->key : MAP_KEY_POINTER;
	const char *cast_text = cast(arena, &declared);

	set_element(view, value, map->key_size, &declared, "key");
	value_set_string(value, arena, "prev",
			 as_input(arena, &declared, parameter(arena, &declared, "prev"), 1));
	value_set_string(value, arena, "next", parameter(arena, &declared, "next"));
	if (form == MAP_KEY_POINTER) {
		value_set_string(value, arena, "in",
				 as_input(arena, &declared, parameter(arena, &declared, "key"), 1));
		value_set_string(value, arena, "pass", "key");
		value_set_string(value, arena, "address", "key");
		value_set_string(value, arena, "walked",
				 arena_printf(arena, "(%s)walk.key",
					      as_input(arena, &declared, cast_text, 1)));
		return value;
	}
	value_set_string(value, arena, "in", form == MAP_KEY_FD ? "int object_fd" : "__u32 index");
	value_set_string(value, arena, "pass", form == MAP_KEY_FD ? "object_fd" : "index");
	value_set_string(value, arena, "address", form == MAP_KEY_FD ? "&object_fd" : "&index");
	value_set_string(value, arena, "walked", "*(const __u32 *)walk.key");
	return value;
}

/* A struct bpf_spin_lock among the members: the kernel copies such values under it when asked. */
static bool has_lock(const struct btf *btf, uint32_t id)
{
	const struct btf_type *type;

	id = btf_query_resolve(btf, id, NULL);
	type = btf__type_by_id(btf, id);
	if (!id || !btf_is_struct(type))
		return false;
	for (uint32_t i = 0; i < btf_vlen(type); i++) {
		uint32_t member = btf_query_resolve(btf, btf_members(type)[i].type, NULL);

		if (!strcmp(btf_query_type_name(btf, member), "bpf_spin_lock"))
			return true;
	}
	return false;
}

/* The kernel's own struct for what devmaps and cpumaps hold; old ones hold just a number. */
static const char *kernel_value(const struct map_kind *kind, uint32_t size)
{
	if (!kind || (kind->value != MAP_VALUE_DEVICE && kind->value != MAP_VALUE_CPU))
		return NULL;
	if (size != 8)
		return "__u32";
	return kind->value == MAP_VALUE_CPU ? "struct bpf_cpumap_val" : "struct bpf_devmap_val";
}

static struct value *describe_value(struct view *view, const struct model_map *map,
				    const struct map_kind *kind)
{
	struct arena *arena = view->arena;
	struct value *value = value_object(arena);
	struct type_declaration declared = declare(view, map->value_type);
	bool is_locked = map->value_type && has_lock(view->variants[0].model->btf, map->value_type);

	if (kernel_value(kind, map->value_size))
		declared = (struct type_declaration){.type = kernel_value(kind, map->value_size),
						     .suffix = ""};
	set_element(view, value, map->value_size, &declared, "value");
	/* As the type of a function: a pointer to rows needs another way to say it. */
	value_set_string(value, arena, "result",
			 strchr(cast(arena, &declared), '(')
				 ? arena_printf(arena, "__typeof__((%s)0)", cast(arena, &declared))
				 : cast(arena, &declared));
	value_set_boolean(value, arena, "is_locked", is_locked);
	value_set_string(value, arena, "flags", is_locked ? "BPF_F_LOCK" : "0");
	value_set_string(value, arena, "or_flags", is_locked ? " | BPF_F_LOCK" : "");
	/* What it takes in a row of per-CPU values, and as the value of a descriptor. */
	value_set_integer(value, arena, "words", (map->value_size + 7) / 8);
	value_set_string(value, arena, "number", map->value_size == 8 ? "__u64" : "__u32");
	value_set_boolean(value, arena, "is_build_id", map->flags & FLAG_STACK_BUILD_ID);
	value_set_integer(value, arena, "depth",
			  map->value_size / (map->flags & FLAG_STACK_BUILD_ID ? 32 : 8));
	value_set_boolean(value, arena, "has_size", map->value_size);
	return value;
}

/* What cannot be without a size in the definition: the program sets it before load
 * (bpf_map__set_value_size). */
#define MAP_HAS_VALUE                                                                            \
	((uint32_t)(MAP_LOOKUP | MAP_UPDATE | MAP_LOOKUP_AND_DELETE | MAP_FOR_EACH | MAP_BATCH | \
		    MAP_TAKE_BATCH | MAP_PERCPU | MAP_QUEUE | MAP_BLOOM | MAP_MMAP))
#define MAP_HAS_KEY \
	((uint32_t)(MAP_DELETE | MAP_NEXT_KEY | MAP_DELETE_BATCH | MAP_FD_UPDATE | MAP_INNER))

/* The features that the map has besides those of its kind, or has not. */
static uint32_t features(const struct view *view, const struct model_map *map,
			 const struct map_kind *kind)
{
	uint32_t result;

	if (map->origin != MAP_DEFINED || view->options->omit_accessors ||
	    view->options->face != HEADER_BPFBAKE)
		return 0;
	result = kind ? kind->features | MAP_ALL : MAP_ALL;
	if (!(map->flags & FLAG_MMAPABLE))
		result &= ~(uint32_t)MAP_MMAP;
	if (map->value_size != 8)
		result &= ~(uint32_t)MAP_COOKIE;
	if (!map->value_size)
		result &= ~(MAP_HAS_VALUE |
			    (view->options->is_light ? (uint32_t)MAP_STACK_TRACE : 0));
	if (!map->key_size && kind && kind->key == MAP_KEY_POINTER)
		result &= ~(MAP_HAS_VALUE | MAP_HAS_KEY);
	/* Without a definition of the inner map there is nothing to make one by. */
	return result;
}

uint32_t view_map_features(const struct view *view, const struct model_map *map)
{
	return features(view, map, map_kind_find(map->type));
}

uint32_t view_inner_features(const struct view *view, const struct model_map *map)
{
	const struct map_kind *kind = map_kind_find(map->inner->type);
	uint32_t bits = features(view, map, NULL) && kind ? kind->features : 0;

	/* Events come through a map that has a name. */
	return bits & ~(uint32_t)(MAP_MMAP | MAP_INNER | MAP_ARENA | MAP_EVENTS);
}

/* Every key, also those that are false: an inner map must not see those of the outer one, nor a map
 * those of the header. */
static void set_features(struct view *view, struct value *item, uint32_t bits)
{
	for (unsigned i = 0; i < map_feature_count; i++)
		value_set_boolean(item, view->arena, map_feature_names[i].key,
				  bits & map_feature_names[i].feature);
	value_set_boolean(item, view->arena, "is_safe_batch", bits & MAP_SAFE_BATCH);
	value_set_boolean(item, view->arena, "has_cursor", bits & (MAP_BATCH | MAP_TAKE_BATCH));
}

static void add_definition(struct view *view, struct value *item, const struct model_map *map)
{
	struct arena *arena = view->arena;
	const struct map_kind *kind = map_kind_find(map->type);

	value_set_integer(item, arena, "type", map->type);
	value_set_string(item, arena, "kind",
			 kind ? kind->name : arena_printf(arena, "type %u", map->type));
	value_set_integer(item, arena, "max_entries", map->max_entries);
	value_set_integer(item, arena, "flags", map->flags);
	value_set_integer(item, arena, "numa_node", map->numa_node);
	value_set_integer(item, arena, "pinning", map->pinning);
	value_set_integer(item, arena, "extra", (long long)map->extra);
	/* The kernel copies at least eight bytes for a cursor. */
	value_set_integer(item, arena, "cursor_words",
			  map->key_size > 8 ? (map->key_size + 7) / 8 : 1);
	value_set(item, arena, "key", describe_key(view, map, kind));
	value_set(item, arena, "value", describe_value(view, map, kind));
}

/* The definition of the inner map, and its accessors by descriptor. */
static void add_inner(struct view *view, struct value *item, const struct model_map *map)
{
	struct arena *arena = view->arena;
	struct value *inner = value_set(item, arena, "inner", value_object(arena));

	value_set_string(inner, arena, "name", arena_printf(arena, "%s__inner", map->name));
	value_set_boolean(inner, arena, "is_inner", true);
	value_set_string(inner, arena, "outer", map->name);
	add_definition(view, inner, map->inner);
	set_features(view, inner, view_inner_features(view, map));
}

static void add_slots(struct view *view, struct value *item, const struct model_map *map)
{
	struct value *slots;

	if (!map->n_slots)
		return;
	slots = value_set(item, view->arena, "slots", value_list(view->arena));
	for (size_t i = 0; i < map->n_slots; i++)
		value_append(slots, view->arena, value_string(view->arena, map->slots[i]));
}

/* The member of struct N that points to the map's variables, or NULL. */
static const char *section_pointer(const struct view *view, const struct model_map *map)
{
	const struct model *model = view->variants[0].model;

	return map->section ? view->section_members[map->section - model->sections] : NULL;
}

/* bpftool's name for an internal map: ".data.my-x" → "data_my_x". */
static const char *map_identifier(struct arena *arena, const struct model_map *map)
{
	return name_sanitize(arena, map->name + (map->name[0] == '.'));
}

/* Maps that older versions of libbpf skip: the skeleton must not ask for them then. They stand at
 * the end of the list, so that the others keep their places. */
static const char *libbpf_guard(const struct model_map *map)
{
	if (map->origin != MAP_STRUCT_OPS)
		return NULL;
	if (map->is_optional)
		return "LIBBPF_MAJOR_VERSION > 1 || "
		       "(LIBBPF_MAJOR_VERSION == 1 && LIBBPF_MINOR_VERSION >= 4)";
	return map->has_link ? "LIBBPF_MAJOR_VERSION > 1 || "
			       "(LIBBPF_MAJOR_VERSION == 1 && LIBBPF_MINOR_VERSION >= 2)"
			     : NULL;
}

static int add_map(struct view *view, struct value *list, struct name_scope *scope,
		   const struct model_map *map, bool *has_accessors)
{
	struct arena *arena = view->arena;
	struct value *item = value_append(list, arena, value_object(arena));
	uint32_t bits = view_map_features(view, map);
	static const char *const origins[] = {"defined", "section", "kconfig", "struct_ops"};

	value_set_string(item, arena, "name", map->name);
	value_set_string(item, arena, "name_literal", c_literal_string(arena, map->name));
	if (!view_take_member(view, item, scope, map_identifier(arena, map),
			      name_owner(arena, "map", "variable", map->name)))
		return -1;
	value_set_string(
		item, arena, "comment",
		view_chomp(arena, comment_on(arena, view->facts, 2,
					     arena_printf(arena, "variable %s", map->name))));
	value_set_string(
		item, arena, "remark",
		view_chomp(arena, comment_lines(arena, view->facts,
						arena_printf(arena, "variable %s", map->name))));
	value_set_string(item, arena, "origin", origins[map->origin]);
	value_set_string(item, arena, "pointer", section_pointer(view, map));
	value_set_string(item, arena, "guard", libbpf_guard(map));
	view_set_light_map(view, item, map);
	add_definition(view, item, map);
	add_slots(view, item, map);
	value_set_boolean(item, arena, "is_inner", false);
	value_set_boolean(item, arena, "has_receivers", bits & (MAP_RING | MAP_PERF));
	if (bits & MAP_USER_RING)
		view_set_flag(view, "uses_user_ring");
	view_set_event(view, item, (size_t)(map - view->variants[0].model->maps));
	value_set_boolean(item, arena, "is_defined", map->origin == MAP_DEFINED);
	set_features(view, item, bits);
	if (map->inner)
		add_inner(view, item, map);
	*has_accessors |= bits != 0;
	return 0;
}

int view_add_maps(struct view *view)
{
	const struct model *model = view->variants[0].model;
	struct arena *arena = view->arena;
	struct value *list = value_set(view->root, arena, "maps", value_list(arena));
	struct name_scope scope = {
		.context = &view->variants[0].context,
		.where = arena_printf(arena, "the maps of struct %s", view->name),
	};
	bool has_accessors = false;

	for (size_t i = 0; i < model->n_maps; i++) {
		if (add_map(view, list, &scope, &model->maps[i], &has_accessors))
			return -1;
	}
	value_set_boolean(view->root, arena, "has_maps", model->n_maps > 0);
	value_set_boolean(view->root, arena, "has_accessors", has_accessors);
	return 0;
}
