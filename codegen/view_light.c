/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What light skeletons have in place of libbpf: their descriptors, the calls that attach, and
 * "loaders", the bytes. Templates that serve both kinds of skeleton call libbpf's functions under
 * the prefix "libbpf", and bpfbake's own under the prefix "bpfbake".
 */
#include <string.h>

#include "bug.h"
#include "c_literal.h"
#include "light_kinds.h"
#include "light_loader.h"
#include "program_kinds.h"
#include "view.h"

/* Sizes of what a loader is given: struct bpf_loader_ctx, bpf_map_desc, bpf_prog_desc. */
enum { CTX_SIZE = 24, MAP_SIZE = 16, PROGRAM_SIZE = 4 };

enum { PERF_EVENT_ARRAY = 4, RINGBUF = 27, USER_RINGBUF = 31 };

void view_add_light(struct view *view)
{
	const struct model *model = view->set->variants[0].model;
	struct arena *arena = view->arena;
	bool is_light = view->options->is_light;
	bool is_bpftool = view->options->face == HEADER_BPFTOOL;

	value_set_boolean(view->root, arena, "is_light", is_light);
	value_set_string(view->root, arena, "libbpf", is_light ? "bpfbake_light_" : "");
	value_set_string(view->root, arena, "bpfbake", is_light ? "bpfbake_light" : "bpfbake");
	if (!is_light)
		return;
	value_set_string(view->root, arena, "light_ctx",
			 is_bpftool ? "bpf_loader_ctx" : "bpfbake_light_ctx");
	value_set_string(view->root, arena, "light_map",
			 is_bpftool ? "bpf_map_desc" : "bpfbake_light_map");
	value_set_string(view->root, arena, "light_program",
			 is_bpftool ? "bpf_prog_desc" : "bpfbake_light_program");
	value_set_integer(view->root, arena, "light_size",
			  (long long)(CTX_SIZE + MAP_SIZE * model->n_maps +
				      PROGRAM_SIZE * model->n_programs));
}

void view_set_light_map(struct view *view, struct value *item, const struct model_map *map)
{
	struct arena *arena = view->arena;
	const char *member = value_get(item, "member")->string;
	bool is_light = view->options->is_light;
	bool is_per_cpu = map->type == PERF_EVENT_ARRAY && !map->max_entries;

	value_set_integer(item, arena, "index", map - view->set->variants[0].model->maps);
	value_set_string(
		item, arena, "fd",
		is_light ? arena_printf(arena, "bpfbake_light_fd(skel->maps.%s.map_fd)", member)
			 : arena_printf(arena, "bpf_map__fd(skel->maps.%s)", member));
	value_set_string(
		item, arena, "entries",
		is_light ? arena_printf(arena, "skel->maps.%s.max_entries", member)
			 : arena_printf(arena, "bpf_map__max_entries(skel->maps.%s)", member));
	if (!is_light)
		return;
	value_set_boolean(item, arena, "is_per_cpu", is_per_cpu);
	value_set_boolean(item, arena, "is_ring",
			  map->type == RINGBUF || map->type == USER_RINGBUF);
	if (is_per_cpu || map->type == RINGBUF || map->type == USER_RINGBUF)
		view_set_flag(view, "adjusts_maps");
}

/* The descriptor of a program: by its place, since bpftool's face may have two names for it. */
static const char *program_fd(struct view *view, size_t index, const char *member)
{
	if (!view->options->is_light)
		return arena_printf(view->arena, "bpf_program__fd(skel->progs.%s)", member);
	return arena_printf(view->arena,
			    "bpfbake_light_fd(((const struct %s *)(const void *)&skel->progs)[%zu]"
			    ".prog_fd)",
			    value_get(view->root, "light_program")->string, index);
}

/* "bpfbake_light_link(FD, ifindex, 37)" of "bpfbake_light_link(%s, ifindex, 37)". */
static const char *fill(struct arena *arena, const char *call, const char *fd)
{
	const char *place = strstr(call, "%s");

	return arena_printf(arena, "%.*s%s%s", (int)(place - call), call, fd, place + 2);
}

static void add_attach(struct view *view, struct value *item, const struct light_kind *kind)
{
	struct arena *arena = view->arena;
	struct value *attach;

	value_set_boolean(item, arena, "has_attach", kind->call != NULL);
	value_set_boolean(item, arena, "is_attached", kind->call && !*kind->parameters);
	if (!kind->call) {
		value_set_boolean(item, arena, "light_attach", false);
		return;
	}
	attach = value_set(item, arena, "light_attach", value_object(arena));
	value_set_string(attach, arena, "parameters", kind->parameters);
	value_set_string(attach, arena, "call",
			 fill(arena, kind->call, value_get(item, "fd")->string));
	view_set_flag(view, kind->helper);
	if (!strcmp(kind->helper, "uses_tracepoint") || !strcmp(kind->helper, "uses_kprobe") ||
	    !strcmp(kind->helper, "uses_uprobe"))
		view_set_flag(view, "uses_perf_link");
}

void view_set_light_program(struct view *view, struct value *item,
			    const struct model_program *program)
{
	struct arena *arena = view->arena;
	size_t index = (size_t)(program - view->set->variants[0].model->programs);
	const char *member = value_get(item, "member")->string;
	bool is_light = view->options->is_light;

	value_set_string(item, arena, "fd", program_fd(view, index, member));
	value_set_string(item, arena, "link",
			 is_light ? arena_printf(arena, "%s_fd", program->name) : member);
	value_set_string(item, arena, "link_fd",
			 is_light ? arena_printf(arena, "skel->links.%s_fd", program->name)
				  : arena_printf(arena, "bpf_link__fd(skel->links.%s)", member));
}

void view_add_light_functions(struct view *view, struct value *item,
			      const struct model_program *program, uint32_t features)
{
	struct light_kind kind = light_kind_find(view->arena, program);

	features &= PROGRAM_READ | PROGRAM_TEST_RUN | PROGRAM_SYSCALL;
	add_attach(view, item, &kind);
	value_set_boolean(item, view->arena, "has_functions", kind.call || features);
	value_set_boolean(item, view->arena, "needs_map", *kind.parameters);
	if (kind.call || features)
		view_set_flag(view, "has_program_functions");
	if (features & PROGRAM_READ)
		view_set_flag(view, "uses_iterator");
	if (features & (PROGRAM_TEST_RUN | PROGRAM_SYSCALL))
		view_set_flag(view, "uses_test_run");
}

static bool is_zero(struct bytes bytes)
{
	for (size_t i = 0; i < bytes.size; i++) {
		if (bytes.data[i])
			return false;
	}
	return true;
}

/* The sections that struct N has a pointer to: what all loaders have in one order. */
static void add_values(struct view *view)
{
	const struct model *model = view->set->variants[0].model;
	const struct value *maps = value_get(view->root, "maps");
	struct arena *arena = view->arena;
	struct value *list = value_set(view->root, arena, "values", value_list(arena));

	for (size_t i = 0; i < model->n_maps; i++) {
		const struct value *pointer = value_get(maps->items[i], "pointer");
		struct value *item;

		if (!value_is_true(pointer))
			continue;
		view_set_flag(view, "adjusts_maps");
		item = value_append(list, arena, value_object(arena));
		value_set_integer(item, arena, "index", (long long)list->count - 1);
		value_set_string(item, arena, "member", pointer->string);
		value_set_integer(item, arena, "map_index", (long long)i);
		value_set_boolean(item, arena, "is_read_only",
				  model->maps[i].section->is_read_only);
	}
	value_set_boolean(view->root, arena, "has_values", list->count > 0);
}

static void add_loader(struct view *view, struct value *list, const struct model_variant *variant)
{
	struct arena *arena = view->arena;
	const struct value *values = value_get(view->root, "values");
	struct value *item = value_append(list, arena, value_object(arena)), *own;

	value_set_string(item, arena, "open",
			 view->options->face == HEADER_BPFTOOL
				 ? ""
				 : arena_printf(arena, "#%sif %s", list->count > 1 ? "el" : "",
						variant->condition));
	value_set_string(item, arena, "data", view_literal(view, variant->loader->data));
	value_set_string(item, arena, "insns", view_literal(view, variant->loader->insns));
	own = value_set(item, arena, "values", value_list(arena));
	for (size_t i = 0; i < values->count; i++) {
		long long map = value_get(values->items[i], "map_index")->integer;
		struct bytes bytes = variant->loader->values[map];
		struct value *value = value_append(own, arena, value_object(arena));

		value_set_string(value, arena, "member",
				 value_get(values->items[i], "member")->string);
		value_set_integer(value, arena, "size", (long long)bytes.size);
		value_set_string(value, arena, "literal",
				 is_zero(bytes) ? NULL : view_literal(view, bytes));
	}
}

int view_add_loaders(struct view *view)
{
	struct arena *arena = view->arena;
	struct value *list = value_set(view->root, arena, "loaders", value_list(arena));
	const char *why = "name its target with bpfbake -target";

	add_values(view);
	for (size_t i = 0; i < view->n_variants; i++) {
		if (view->set->variants[i].loader)
			add_loader(view, list, &view->set->variants[i]);
		else
			why = arena_printf(arena,
					   "%s, with which it was made, makes loaders for its own "
					   "byte order alone; libbpf 1.5 makes both",
					   light_loader_libbpf(arena));
	}
	value_set_string(view->root, arena, "loaders_else",
			 view->options->face == HEADER_BPFTOOL
				 ? ""
				 : arena_printf(arena,
						"#else\n#error \"%s has no loader for this host: "
						"%s\"\n#endif",
						view->name, why));
	return 0;
}
