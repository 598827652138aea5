/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * "programs" and "links". A link stands for each program and, behind them, for each struct_ops map
 * that a link attaches: libbpf's skeleton has them in that order.
 */
#include "view.h"

#include <string.h>

#include "btf_query.h"
#include "bug.h"
#include "c_literal.h"
#include "comments.h"
#include "light_kinds.h"
#include "program_kinds.h"

/* The BTF id of the struct or union that the program's argument points to; 0: it is none. */
static uint32_t context_type(const struct btf *btf, const char *name)
{
	int32_t id = btf__find_by_name_kind(btf, name, BTF_KIND_FUNC);
	const struct btf_type *type = id > 0 ? btf__type_by_id(btf, (uint32_t)id) : NULL;
	uint32_t argument;

	type = type ? btf__type_by_id(btf, type->type) : NULL;
	if (!type || !btf_is_func_proto(type) || !btf_vlen(type))
		return 0;
	argument = btf_query_resolve(btf, btf_params(type)[0].type, NULL);
	type = btf__type_by_id(btf, argument);
	if (!argument || !btf_is_ptr(type))
		return 0;
	return btf_is_composite(btf__type_by_id(btf, btf_query_resolve(btf, type->type, NULL)))
		       ? type->type
		       : 0;
}

static bool has_functions(const struct view *view)
{
	return view->options->face == HEADER_BPFBAKE && !view->options->omit_accessors;
}

int view_require_contexts(struct view *view, struct view_variant *variant)
{
	const struct model *model = variant->model;

	for (size_t i = 0; has_functions(view) && i < model->n_programs; i++) {
		const char *name = model->programs[i].name;
		struct program_kind kind = program_kind_find(view->arena, &model->programs[i]);
		uint32_t type =
			kind.features & PROGRAM_SYSCALL ? context_type(model->btf, name) : 0;

		if (type && types_require(&variant->defined, type,
					  arena_printf(view->arena, "%s__context", name)))
			return -1;
	}
	return 0;
}

/* "struct N__args": only where all variants agree on it; else NULL. */
static const char *context(struct view *view, const char *name)
{
	const char *result = NULL;

	for (size_t i = 0; i < view->n_variants; i++) {
		struct view_variant *variant = &view->variants[i];
		uint32_t type = context_type(variant->model->btf, name);
		const char *text = type ? types_declare(variant->declare, type).type : NULL;

		if (!text || (result && strcmp(text, result) != 0))
			return NULL;
		result = text;
	}
	return result;
}

static int reserve_verb(struct view *view, struct view_variant *variant, const char *program,
			const char *verb)
{
	return view_reserve(view, variant, arena_printf(view->arena, "%s__%s", program, verb),
			    name_owner(view->arena, "a function of program", "function", program));
}

static int reserve_attach(struct view *view, struct view_variant *variant, const char *program,
			  const struct program_kind *kind)
{
	if (!kind->form)
		return 0;
	if (reserve_verb(view, variant, program, "attach") ||
	    reserve_verb(view, variant, program, "detach"))
		return -1;
	if (kind->form->place != PROGRAM_KEPT &&
	    (reserve_verb(view, variant, program, "attach_link") ||
	     reserve_verb(view, variant, program, "pin_link") ||
	     reserve_verb(view, variant, program, "unpin_link")))
		return -1;
	return kind->options && (reserve_verb(view, variant, program, "attach_opts") ||
				 reserve_verb(view, variant, program, "attach_link_opts"))
		       ? -1
		       : 0;
}

static int reserve_struct_ops(struct view *view, struct view_variant *variant, const char *map)
{
	static const char *const verbs[] = {"attach", "attach_link", "detach", "pin_link",
					    "unpin_link"};
	struct name_owner owner =
		name_owner(view->arena, "a function of struct_ops map", "variable", map);

	for (size_t i = 0; i < ARRAY_SIZE(verbs); i++) {
		if (view_reserve(view, variant, arena_printf(view->arena, "%s__%s", map, verbs[i]),
				 owner))
			return -1;
	}
	return 0;
}

int view_reserve_programs(struct view *view, struct view_variant *variant)
{
	const struct model *model = variant->model;

	for (size_t i = 0; i < model->n_programs; i++) {
		const char *name = model->programs[i].name;
		struct program_kind kind = program_kind_find(view->arena, &model->programs[i]);

		if (view->options->is_light &&
		    light_kind_find(view->arena, &model->programs[i]).call &&
		    !has_functions(view) &&
		    (reserve_verb(view, variant, name, "attach") ||
		     reserve_verb(view, variant, name, "detach")))
			return -1;
		if (!has_functions(view))
			continue;
		if (reserve_attach(view, variant, name, &kind))
			return -1;
		for (unsigned j = 0; j < program_feature_count; j++) {
			if (kind.features & program_feature_names[j].feature &&
			    reserve_verb(view, variant, name, program_feature_names[j].verb))
				return -1;
		}
	}
	for (size_t i = 0; has_functions(view) && i < model->n_maps; i++) {
		if (model->maps[i].origin == MAP_STRUCT_OPS &&
		    reserve_struct_ops(view, variant, model->maps[i].name))
			return -1;
	}
	return 0;
}

/* The condition under which libbpf has it, or NULL. */
static const char *libbpf_since(struct arena *arena, unsigned minor)
{
	return minor ? arena_printf(arena,
				    "LIBBPF_MAJOR_VERSION > 1 || (LIBBPF_MAJOR_VERSION == 1 && "
				    "LIBBPF_MINOR_VERSION >= %u)",
				    minor)
		     : NULL;
}

/* A program that can be attached. */
struct attachable {
	const char *member; /* of struct N's progs and links */
	const struct model_program *program;
	struct program_kind kind;
};

/* "bpf_program__attach_cgroup(skel->progs.watch, cgroup_fd" */
static const char *call(struct arena *arena, const struct attachable *from, const char *function,
			const char *passed)
{
	const struct program_form *form = from->kind.form;
	const char *kept =
		form->place == PROGRAM_KEPT
			? arena_printf(arena, "&skel->bpfbake_attached.%s, ", from->member)
			: "";
	const char *flag = !form->takes_return                    ? ""
			   : from->kind.features & PROGRAM_RETURN ? ", true"
								  : ", false";

	return arena_printf(arena, "%s(%sskel->progs.%s%s%s", function, kept, from->member, flag,
			    passed);
}

void view_set_flag(struct view *view, const char *key)
{
	if (!value_get(view->root, key))
		value_set_boolean(view->root, view->arena, key, true);
}

static void add_options(struct view *view, struct value *attach, const struct attachable *from)
{
	struct arena *arena = view->arena;
	const struct program_form *form = from->kind.form;
	bool is_auto = from->kind.is_auto;
	struct value *options;

	if (!from->kind.options) {
		value_set_boolean(attach, arena, "options", false);
		return;
	}
	options = value_set(attach, arena, "options", value_object(arena));
	value_set_string(options, arena, "type", form->options.type);
	value_set_string(options, arena, "parameters", is_auto ? "" : form->options.parameters);
	value_set_string(options, arena, "arguments", is_auto ? "" : form->options.arguments);
	value_set_string(options, arena, "requires", libbpf_since(arena, form->options.since));
	value_set_string(
		options, arena, "call",
		arena_printf(arena, "%s, opts)",
			     call(arena, from, form->options.function, from->kind.options)));
}

static const char *plain_call(struct arena *arena, const struct attachable *from)
{
	const struct program_form *form = from->kind.form;
	const char *text;

	if (from->kind.is_auto)
		return arena_printf(arena, "bpf_program__attach(skel->progs.%s)", from->member);
	text = call(arena, from, form->function, form->passed);
	if (form->takes_type)
		return arena_printf(arena, "%s, (enum bpf_attach_type)%u)", text,
				    from->program->attach_type);
	return arena_printf(arena, "%s)", text);
}

static void add_attach(struct view *view, struct value *item, const struct attachable *from)
{
	struct arena *arena = view->arena;
	const struct program_kind *kind = &from->kind;
	const struct program_form *form = kind->form;
	bool is_both = form->place == PROGRAM_XDP || form->place == PROGRAM_TCX;
	struct value *attach = value_set(item, arena, "attach", value_object(arena));

	value_set_string(attach, arena, "parameters", kind->is_auto ? "" : form->parameters);
	value_set_string(attach, arena, "arguments", kind->is_auto ? "" : form->arguments);
	value_set_string(attach, arena, "call", plain_call(arena, from));
	value_set_string(attach, arena, "requires",
			 kind->is_auto ? NULL : libbpf_since(arena, form->since));
	value_set_boolean(attach, arena, "is_link", form->place == PROGRAM_LINK);
	value_set_boolean(attach, arena, "is_kept", form->place == PROGRAM_KEPT);
	value_set_boolean(attach, arena, "is_xdp", form->place == PROGRAM_XDP);
	value_set_boolean(attach, arena, "is_tcx", form->place == PROGRAM_TCX);
	value_set_boolean(attach, arena, "has_link", form->place != PROGRAM_KEPT);
	value_set_boolean(attach, arena, "has_both", is_both);
	value_set_string(attach, arena, "point",
			 strstr(from->program->kind, "egress") ? "BPF_TC_EGRESS"
							       : "BPF_TC_INGRESS");
	add_options(view, attach, from);
	if (form->place != PROGRAM_KEPT)
		view_set_flag(view, "has_link");
	if (form->place != PROGRAM_LINK)
		view_set_flag(view, "has_attached");
	if (form->helper && (!kind->is_auto || kind->options))
		view_set_flag(view, form->helper);
}

/* What the templates need for the program's functions. */
static void add_functions(struct view *view, struct value *item, const char *member,
			  const struct model_program *program)
{
	struct arena *arena = view->arena;
	struct attachable from = {.member = member, .program = program};
	struct program_kind kind;

	if (has_functions(view))
		from.kind = program_kind_find(arena, program);
	kind = from.kind;
	for (unsigned i = 0; i < program_feature_count; i++)
		value_set_boolean(item, arena, program_feature_names[i].key,
				  kind.features & program_feature_names[i].feature);
	value_set_string(item, arena, "context",
			 kind.features & PROGRAM_SYSCALL ? context(view, program->name) : NULL);
	if (view->options->is_light) {
		view_add_light_functions(view, item, program, kind.features);
		return;
	}
	value_set_boolean(item, arena, "has_functions", kind.form || kind.features);
	value_set_boolean(item, arena, "has_attached",
			  kind.form && kind.form->place != PROGRAM_LINK);
	value_set_boolean(item, arena, "needs_map", kind.form && *kind.form->parameters);
	if (kind.form)
		add_attach(view, item, &from);
	else
		value_set_boolean(item, arena, "attach", false);
	if (kind.features & PROGRAM_SYSCALL)
		view_set_flag(view, "uses_run");
	if (kind.form || kind.features)
		view_set_flag(view, "has_program_functions");
}

/* What helpers need of each other. */
static void add_helpers(struct view *view)
{
	static const struct {
		const char *key, *needed;
	} needs[] = {
		{"uses_tcx", "uses_tc"},
		{"uses_tc", "uses_program_id"},
		{"uses_xdp", "uses_program_id"},
		{"uses_descriptor", "uses_descriptor_copy"},
		{"uses_perf_event", "uses_descriptor_copy"},
	};

	for (size_t i = 0; i < ARRAY_SIZE(needs); i++) {
		if (value_get(view->root, needs[i].key))
			view_set_flag(view, needs[i].needed);
	}
}

static int add_program(struct view *view, struct value *list, struct value *links,
		       struct name_scope *scope, const struct model_program *program)
{
	struct arena *arena = view->arena;
	struct value *item = value_append(list, arena, value_object(arena));
	const char *member;

	value_set_string(item, arena, "name", program->name);
	value_set_string(item, arena, "name_literal", c_literal_string(arena, program->name));
	member = view_take_member(view, item, scope, program->name,
				  name_owner(arena, "program", "function", program->name));
	if (!member)
		return -1;
	value_set_string(
		item, arena, "comment",
		view_chomp(arena, comment_on(arena, view->facts, 2,
					     arena_printf(arena, "function %s", program->name))));
	value_set_string(item, arena, "remark",
			 view_chomp(arena, comment_lines(arena, view->facts,
							 arena_printf(arena, "function %s",
								      program->name))));
	value_set_string(item, arena, "section", program->section);
	value_set_string(item, arena, "kind", program->kind);
	value_set_string(item, arena, "target", program->target);
	value_set_integer(item, arena, "type", program->type);
	value_set_string(item, arena, "type_name", program->type_name);
	value_set_integer(item, arena, "attach_type", program->attach_type);
	value_set_boolean(item, arena, "is_autoload", program->is_autoload);
	value_set_boolean(item, arena, "is_sleepable", program->is_sleepable);
	value_set_integer(item, arena, "instructions", program->n_instructions);
	view_set_light_program(view, item, program);
	add_functions(view, item, member, program);
	value_append(links, arena, item);
	return 0;
}

static int add_struct_ops_link(struct view *view, struct value *links, struct name_scope *scope,
			       size_t index)
{
	const struct model_map *map = &view->variants[0].model->maps[index];
	const struct value *item_of_map = value_get(view->root, "maps")->items[index];
	struct value *item = value_append(links, view->arena, value_object(view->arena));

	value_set_string(item, view->arena, "name", map->name);
	if (has_functions(view)) {
		value_set_string(item, view->arena, "map",
				 value_get(item_of_map, "member")->string);
		view_set_flag(view, "has_program_functions");
		view_set_flag(view, "has_link");
	}
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
		    add_struct_ops_link(view, links, &scope, i))
			return -1;
	}
	add_helpers(view);
	value_set_boolean(view->root, arena, "has_programs", list->count > 0);
	value_set_boolean(view->root, arena, "has_links", links->count > 0);
	return 0;
}
