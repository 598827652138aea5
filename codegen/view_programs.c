/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * "programs" and "links". A link stands for each program and, behind them, for each struct_ops map
 * that a link attaches: libbpf's skeleton has them in that order.
 */
#include "view.h"

#include "c_literal.h"
#include "comments.h"

static int add_program(struct view *view, struct value *list, struct value *links,
		       struct name_scope *scope, const struct model_program *program)
{
	struct arena *arena = view->arena;
	struct value *item = value_append(list, arena, value_object(arena));

	value_set_string(item, arena, "name", program->name);
	value_set_string(item, arena, "name_literal", c_literal_string(arena, program->name));
	if (!view_take_member(view, item, scope, program->name,
			      name_owner(arena, "program", "function", program->name)))
		return -1;
	value_set_string(
		item, arena, "comment",
		view_chomp(arena, comment_on(arena, view->facts, 2,
					     arena_printf(arena, "function %s", program->name))));
	value_set_string(item, arena, "section", program->section);
	value_set_string(item, arena, "kind", program->kind);
	value_set_string(item, arena, "target", program->target);
	value_set_integer(item, arena, "type", program->type);
	value_set_string(item, arena, "type_name", program->type_name);
	value_set_integer(item, arena, "attach_type", program->attach_type);
	value_set_boolean(item, arena, "is_autoload", program->is_autoload);
	value_set_boolean(item, arena, "is_sleepable", program->is_sleepable);
	value_set_integer(item, arena, "instructions", program->n_instructions);
	value_append(links, arena, item);
	return 0;
}

static int add_struct_ops_link(struct view *view, struct value *links, struct name_scope *scope,
			       const struct model_map *map)
{
	struct value *item = value_append(links, view->arena, value_object(view->arena));

	value_set_string(item, view->arena, "name", map->name);
	return view_take_member(view, item, scope, map->name,
				name_owner(view->arena, "struct_ops map", "variable", map->name))
		       ? 0
		       : -1;
}

int view_add_programs(struct view *view)
{
	const struct model *model = view->variants[0].model;
	struct arena *arena = view->arena;
	struct value *list = value_set(view->root, arena, "programs", value_list(arena));
	struct value *links = value_set(view->root, arena, "links", value_list(arena));
	struct name_scope scope = {
		.context = &view->variants[0].context,
		.where = arena_printf(arena, "the programs of struct %s", view->name),
	};

	for (size_t i = 0; i < model->n_programs; i++) {
		if (add_program(view, list, links, &scope, &model->programs[i]))
			return -1;
	}
	for (size_t i = 0; i < model->n_maps; i++) {
		if (model->maps[i].origin == MAP_STRUCT_OPS &&
		    add_struct_ops_link(view, links, &scope, &model->maps[i]))
			return -1;
	}
	value_set_boolean(view->root, arena, "has_programs", list->count > 0);
	value_set_boolean(view->root, arena, "has_links", links->count > 0);
	return 0;
}
