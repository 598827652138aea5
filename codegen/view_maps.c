/* SPDX-License-Identifier: BSD-2-Clause */
/* "maps": what struct N's maps hold, and what the accessors' templates need. */
#include "view.h"

#include <string.h>

#include "btf_query.h"
#include "c_literal.h"
#include "map_kinds.h"

/*
 * A key or value. Parameters are written without const, so that a template adds it where it holds:
 * "struct conns__peer *key", "__u8 key[16]"; "void *key" where only the size is known.
 */
static struct value *describe(struct view *view, uint32_t type, uint32_t size, const char *name)
{
	struct arena *arena = view->arena;
	struct value *value = value_object(arena);
	struct type_declaration declared = {.type = "void", .suffix = ""};
	const char *star;

	if (type)
		declared = types_declare(view->variants[0].declare, type);
	star = declared.is_array || *declared.suffix ? "" : "*";
	value_set_string(value, arena, "type",
			 type ? arena_printf(arena, "%s%s", declared.type, declared.suffix) : NULL);
	value_set_string(value, arena, "comment", declared.comment);
	value_set_integer(value, arena, "size", size);
	value_set_string(
		value, arena, "parameter",
		arena_printf(arena, "%s %s%s%s", declared.type, star, name, declared.suffix));
	value_set_string(value, arena, "prev_parameter",
			 arena_printf(arena, "%s %sprev%s", declared.type, star, declared.suffix));
	value_set_string(value, arena, "next_parameter",
			 arena_printf(arena, "%s %snext%s", declared.type, star, declared.suffix));
	return value;
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
	value_set(item, arena, "key", describe(view, map->key_type, map->key_size, "key"));
	value_set(item, arena, "value", describe(view, map->value_type, map->value_size, "value"));
	if (map->inner) {
		struct value *inner = value_set(item, arena, "inner", value_object(arena));

		value_set_string(inner, arena, "name", map->inner->name);
		add_definition(view, inner, map->inner);
	}
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

static bool add_family(struct view *view, struct value *item, const struct model_map *map)
{
	const struct map_kind *kind = map_kind_find(map->type);
	bool has_accessors = map->origin == MAP_DEFINED && kind && kind->family &&
			     !view->options->omit_accessors &&
			     view->options->face == HEADER_BPFBAKE;

	if (has_accessors)
		value_set_boolean(item, view->arena, kind->family->name, true);
	return has_accessors;
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
	static const char *const origins[] = {"defined", "section", "kconfig", "struct_ops"};

	value_set_string(item, arena, "name", map->name);
	value_set_string(item, arena, "name_literal", c_literal_string(arena, map->name));
	if (!view_take_member(view, item, scope, map_identifier(arena, map),
			      arena_printf(arena, "map '%s'", map->name)))
		return -1;
	value_set_string(item, arena, "origin", origins[map->origin]);
	value_set_string(item, arena, "pointer", section_pointer(view, map));
	value_set_string(item, arena, "guard", libbpf_guard(map));
	add_definition(view, item, map);
	add_slots(view, item, map);
	*has_accessors |= add_family(view, item, map);
	return 0;
}

int view_add_maps(struct view *view)
{
	const struct model *model = view->variants[0].model;
	struct arena *arena = view->arena;
	struct value *list = value_set(view->root, arena, "maps", value_list(arena));
	struct name_scope scope = {
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
