/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Which type the records of a ring buffer have. BTF says nothing of it. In this order:
 *
 *	-event closed=conn                       the command line
 *	BPFBAKE_EVENT(closed, struct conn);      a variable __bpfbake_event_0_closed in the source
 *
 * Two different ones from the source: the callback gets a void pointer.
 */
#include <ctype.h>
#include <string.h>

#include "btf_query.h"
#include "map_kinds.h"
#include "nearest.h"
#include "view.h"

#define EVENT_PREFIX "__bpfbake_event_"

/* The map that a variable of BPFBAKE_EVENT names, or NULL for another variable. */
static const char *event_map(const char *variable)
{
	if (strncmp(variable, EVENT_PREFIX, strlen(EVENT_PREFIX)) != 0)
		return NULL;
	variable += strlen(EVENT_PREFIX);
	while (isdigit((unsigned char)*variable))
		variable++;
	return *variable == '_' ? variable + 1 : NULL;
}

static int report_map(struct view *view, const char *name)
{
	const struct model *model = view->variants[0].model;
	struct nearest nearest = nearest_init(name);

	for (size_t i = 0; i < model->n_maps; i++)
		nearest_offer(&nearest, model->maps[i].name);
	return diag_error(view->diag, view->options->source,
			  "-event names a map '%s', which is not there%s%s%s", name,
			  nearest.best ? "; did you mean '" : "", nearest.best ? nearest.best : "",
			  nearest.best ? "'?" : "");
}

/* The index of a map that has events; -1 after an error. */
static int find_event_map(struct view *view, const char *name)
{
	const struct model *model = view->variants[0].model;

	for (size_t i = 0; i < model->n_maps; i++) {
		const struct map_kind *kind = map_kind_find(model->maps[i].type);

		if (strcmp(model->maps[i].name, name) != 0)
			continue;
		if (kind && kind->features & MAP_EVENTS)
			return (int)i;
		return diag_error(
			view->diag, view->options->source,
			"the map '%s' has no events: it is no ring buffer and no perf event "
			"array",
			name);
	}
	return report_map(view, name);
}

static const char *type_name(struct view *view, uint32_t id)
{
	const struct btf *btf = view->variants[0].model->btf;
	const struct btf_type *type = btf__type_by_id(btf, id);
	const char *keyword = btf_is_struct(type) ? "struct " : btf_is_union(type) ? "union " : "";

	return arena_printf(view->arena, "%s%s", keyword, btf_query_type_name(btf, id));
}

/* The same type once more changes nothing; another one leaves none. */
static void add_event(struct view *view, size_t map, uint32_t type)
{
	struct view_event *event = &view->events[map];

	if (!event->type && !event->others) {
		event->type = type;
		return;
	}
	if (event->type == type)
		return;
	event->others = arena_printf(view->arena, "%s, %s",
				     event->others ? event->others : type_name(view, event->type),
				     type_name(view, type));
	event->type = 0;
}

static int add_from_source(struct view *view)
{
	const struct btf *btf = view->variants[0].model->btf;
	uint32_t section = btf_query_datasec(btf, BTF_EXPORT_SECTION);
	const struct btf_type *datasec = btf__type_by_id(btf, section);

	for (uint32_t i = 0; section && i < btf_vlen(datasec); i++) {
		uint32_t id = btf_var_secinfos(datasec)[i].type;
		const struct btf_type *variable = btf__type_by_id(btf, id), *type;
		const char *map = event_map(btf_query_type_name(btf, id));
		int index;

		if (!map || !btf_is_var(variable))
			continue;
		index = find_event_map(view, map);
		if (index < 0)
			return -1;
		type = btf__type_by_id(btf, variable->type);
		type = btf_is_ptr(type) ? btf__type_by_id(btf, type->type) : NULL;
		if (type && btf_is_array(type))
			add_event(view, (size_t)index, btf_array(type)->type);
	}
	return 0;
}

/* "closed=struct conn" */
static int add_from_option(struct view *view, const char *text)
{
	struct view_variant *variant = &view->variants[0];
	const char *equals = strchr(text, '='), *type;
	uint32_t id;
	int index;

	if (!equals || equals == text || !equals[1])
		return diag_error(view->diag, NULL, "-event is '%s'; write -event MAP=TYPE", text);
	index = find_event_map(view, arena_strndup(view->arena, text, (size_t)(equals - text)));
	if (index < 0)
		return -1;
	type = view_bare_name(equals + 1);
	id = btf_query_find(variant->model->btf, type);
	if (!id)
		return view_report_missing_type(view, variant->model, type);
	view->events[index] = (struct view_event){.type = id};
	return 0;
}

int view_find_events(struct view *view)
{
	const struct model *model = view->variants[0].model;

	view->events = ARENA_ARRAY(view->arena, struct view_event, model->n_maps);
	if (view->options->face != HEADER_BPFBAKE)
		return 0;
	if (add_from_source(view))
		return -1;
	for (size_t i = 0; i < view->options->events.count; i++) {
		if (add_from_option(view, view->options->events.items[i]))
			return -1;
	}
	return 0;
}

/* By name, so that each variant defines its own. */
int view_require_events(struct view *view, struct types *types)
{
	const struct btf *btf = view->variants[0].model->btf;

	for (size_t i = 0; i < view->variants[0].model->n_maps; i++) {
		const char *name = btf_query_type_name(btf, view->events[i].type);
		uint32_t id = *name ? btf_query_find(types->btf, name) : 0;

		if (id && types_require(types, id, name))
			return -1;
	}
	return 0;
}

void view_set_event(struct view *view, struct value *item, size_t map_index)
{
	const struct view_event *event = &view->events[map_index];
	struct arena *arena = view->arena;
	struct value *value = value_set(item, arena, "event", value_object(arena));
	struct type_declaration declared = {.type = "void", .suffix = ""};

	if (event->type)
		declared = types_declare(view->variants[0].declare, event->type);
	value_set_boolean(value, arena, "is_typed", event->type && !*declared.suffix);
	value_set_string(value, arena, "type", *declared.suffix ? "void" : declared.type);
	value_set_string(value, arena, "others", event->others);
}
