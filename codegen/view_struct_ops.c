/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * "struct_ops": for each struct_ops map the struct by which user space reads and sets its members
 * before load. It follows the kernel's struct: scalars and enums keep their type, a function
 * pointer becomes the program that fills it, anything else is bytes.
 *
 * Source: bpftool's gen skeleton, since version 7.5; libbpf's bpf_map__initial_value, since 1.4.
 */
#include "view.h"

#include <string.h>

#include "btf_query.h"

struct ops_printer {
	struct view *view;
	struct types *types;
	struct strbuf text;
	struct name_scope names;
	const char *owner; /* the kernel's struct: "struct tcp_congestion_ops" */
	uint32_t cursor;   /* bytes */
	int n_paddings, n_unsupported;
};

static bool is_function_pointer(const struct btf *btf, const struct btf_type *type)
{
	uint32_t id;

	if (!btf_is_ptr(type))
		return false;
	id = btf_query_resolve(btf, type->type, NULL);
	return id && btf_is_func_proto(btf__type_by_id(btf, id));
}

static int print_ops_member(struct ops_printer *printer, const struct btf_query_member *member)
{
	const struct btf *btf = printer->types->btf;
	uint32_t id = btf_query_resolve(btf, member->type, NULL);
	const struct btf_type *type = btf__type_by_id(btf, id);
	int64_t size = btf_query_size(btf, member->type);
	uint32_t offset = member->bit_offset / 8;
	struct arena *arena = printer->view->arena;
	const char *name;

	/* Bitfields and what is anonymous stay covered by the padding. */
	if (!id || size < 0 || member->width || !*member->name || offset < printer->cursor)
		return 0;
	name = name_take(
		&printer->names, member->name,
		(struct name_owner){
			.what = arena_printf(arena, "member '%s'", member->name),
			.declared = arena_printf(arena, "%s.%s", printer->owner, member->name),
		});
	if (!name)
		return -1;
	if (offset > printer->cursor)
		strbuf_add_format(&printer->text, "\t\t\tchar __pad%d[%u];\n",
				  printer->n_paddings++, offset - printer->cursor);
	printer->cursor = offset + (uint32_t)size;
	if (is_function_pointer(btf, type)) {
		/* 64 bits in the object on every host; libbpf reads the first ones. */
		strbuf_add_format(&printer->text,
				  "\t\t\tstruct bpf_program *%s;\n"
				  "#if __SIZEOF_POINTER__ == 4\n"
				  "\t\t\tchar __pad%d[4];\n"
				  "#endif\n",
				  name, printer->n_paddings++);
	} else if (btf_is_int(type) || btf_is_any_enum(type)) {
		struct type_declaration declared = types_declare(printer->types, member->type);

		strbuf_add_format(&printer->text, "\t\t\t%s %s;\n", declared.type, name);
	} else {
		strbuf_add_format(&printer->text, "\t\t\tchar __unsupported_%d[%lld];\n",
				  printer->n_unsupported++, (long long)size);
	}
	return 0;
}

/* The struct of one map in one variant. */
static int print_ops(struct view *view, struct view_variant *variant, const struct model_map *map,
		     const char *member, struct view_branch *branch)
{
	const struct btf *btf = variant->model->btf;
	const struct btf_type *type = btf__type_by_id(btf, map->struct_ops_type);
	const char *what = arena_printf(view->arena, "struct_ops map '%s'", map->name);
	struct ops_printer printer = {
		.view = view,
		.types = &variant->source,
		.text = STRBUF_INIT,
		.names = {&variant->context, what, {0}},
		.owner =
			arena_printf(view->arena, "struct %s", btf_query_name(btf, type->name_off)),
	};
	int result = 0;

	if (!name_is_identifier(btf_query_name(btf, type->name_off)))
		return diag_error(
			view->diag, variant->model->path,
			"%s is of a type '%s', which is no identifier; the BTF is damaged", what,
			btf_query_name(btf, type->name_off));
	strbuf_add_format(&printer.text, "\t\tstruct %s__%s__%s {\n", view->name, map->name,
			  btf_query_name(btf, type->name_off));
	for (uint32_t i = 0; i < btf_vlen(type) && !result; i++) {
		struct btf_query_member m = btf_query_member(btf, type, i);

		result = print_ops_member(&printer, &m);
	}
	if (printer.cursor < type->size)
		strbuf_add_format(&printer.text, "\t\t\tchar __end[%u];\n",
				  type->size - printer.cursor);
	strbuf_add_format(&printer.text, "\t\t} *%s;", member);
	branch->text = arena_strndup(view->arena, printer.text.text, printer.text.length);
	strbuf_release(&printer.text);
	return result;
}

/* The member of struct N's links for a struct_ops map: links come after those of the programs. */
static const char *link_member(const struct view *view, const char *name)
{
	const struct value *links = value_get(view->root, "links");

	for (size_t i = view->variants[0].model->n_programs; i < links->count; i++) {
		if (!strcmp(value_get(links->items[i], "name")->string, name))
			return value_get(links->items[i], "member")->string;
	}
	return NULL;
}

static int add_struct_ops(struct view *view, struct value *list, struct name_scope *scope,
			  size_t index)
{
	struct arena *arena = view->arena;
	const struct model_map *map = &view->variants[0].model->maps[index];
	struct value *item = value_append(list, arena, value_object(arena));
	struct view_branch *branches = ARENA_ARRAY(arena, struct view_branch, view->n_variants);
	const struct value *maps = value_get(view->root, "maps");
	const char *member =
		view_take_member(view, item, scope, map->name,
				 name_owner(arena, "struct_ops map", "variable", map->name));

	if (!member)
		return -1;
	value_set_string(item, arena, "name", map->name);
	value_set_integer(item, arena, "map_index", (long long)index);
	value_set_string(item, arena, "map_member",
			 value_get(maps->items[index], "member")->string);
	value_set_string(item, arena, "link_member", link_member(view, map->name));
	for (size_t i = 0; i < view->n_variants; i++) {
		struct view_variant *variant = &view->variants[i];

		if (print_ops(view, variant, &variant->model->maps[index], member, &branches[i]))
			return -1;
	}
	view_set_branches(view, item, branches);
	return 0;
}

int view_add_struct_ops(struct view *view)
{
	const struct model *model = view->variants[0].model;
	struct arena *arena = view->arena;
	struct value *list = value_set(view->root, arena, "struct_ops", value_list(arena));
	struct name_scope scope = {
		.context = &view->variants[0].context,
		.where = "the struct_ops maps",
	};

	for (size_t i = 0; i < model->n_maps; i++) {
		if (model->maps[i].origin == MAP_STRUCT_OPS && model->maps[i].struct_ops_type &&
		    add_struct_ops(view, list, &scope, i))
			return -1;
	}
	value_set_boolean(view->root, arena, "has_struct_ops", list->count > 0);
	return 0;
}
