/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Which type the records of a ring buffer have. BTF says nothing of it. In this order:
 *
 *	-event closed=conn                       the command line
 *	BPFBAKE_EVENT(closed, struct conn);      a variable __bpfbake_event_0_closed in the source
 *	bpf_ringbuf_output(&closed, c, …);       a call in the source, as libclang understands it
 *
 * Two different ones, or one of which only a part may come: the callback gets a void pointer, and a
 * comment says what it may point to.
 */
#include <string.h>

#include "btf_query.h"
#include "comments.h"
#include "event_macros.h"
#include "map_kinds.h"
#include "nearest.h"
#include "path.h"
#include "view.h"

/* What names a map: an option or a macro. */
struct event_origin {
	const char *what;  /* "-event" */
	const char *place; /* in the source; NULL: none, or not known */
};

static int report_map(struct view *view, const char *name, const struct event_origin *origin)
{
	const struct model *model = view->variants[0].model;
	struct nearest nearest = nearest_init(name);

	for (size_t i = 0; i < model->n_maps; i++)
		nearest_offer(&nearest, model->maps[i].name);
	return diag_error(view->diag, origin->place ? origin->place : model->path,
			  "%s names a map '%s', which is not there%s", origin->what, name,
			  view_suggest(view, nearest.best,
				       nearest.best ? view_where(view, nearest.best, NULL) : NULL));
}

static int report_eventless(struct view *view, const char *name, const struct event_origin *origin)
{
	const char *path = view->variants[0].model->path;

	return diag_error(view->diag, view_where(view, name, path),
			  "the map '%s' has no events: it is no ring buffer and no perf event "
			  "array; remove its %s%s%s%s",
			  name, origin->what, origin->place ? " (" : "",
			  origin->place ? origin->place : "", origin->place ? ")" : "");
}

/* The index of a map that has events; -1 after an error. */
static int find_event_map(struct view *view, const char *name, const struct event_origin *origin)
{
	const struct model *model = view->variants[0].model;

	for (size_t i = 0; i < model->n_maps; i++) {
		const struct map_kind *kind = map_kind_find(model->maps[i].type);

		if (strcmp(model->maps[i].name, name) != 0)
			continue;
		if (kind && kind->features & MAP_EVENTS)
			return (int)i;
		return report_eventless(view, name, origin);
	}
	return report_map(view, name, origin);
}

static const char *type_name(struct view *view, uint32_t id)
{
	const struct btf *btf = view->variants[0].model->btf;
	const struct btf_type *type = btf__type_by_id(btf, id);
	const char *keyword = btf_is_struct(type) ? "struct " : btf_is_union(type) ? "union " : "";

	return arena_printf(view->arena, "%s%s", keyword, btf_query_type_name(btf, id));
}

/* Another thing that a record may be. */
static void add_other(struct view *view, struct view_event *event, const char *what)
{
	event->type = 0;
	if (!event->others)
		event->others = what;
	else if (!strstr(event->others, what))
		event->others =
			arena_printf(view->arena, "%s%s, %s",
				     event->has_several ? "" : "any of: ", event->others, what);
	else
		return;
	event->has_several = event->others != what;
}

/* The same type once more changes nothing; another one leaves none. `what` names it. */
static void add_event(struct view *view, struct view_event *event, uint32_t type, const char *what)
{
	if (event->type == type && type)
		return;
	if (!event->type && !event->others && type) {
		event->type = type;
		event->what = what;
		return;
	}
	if (event->type)
		add_other(view, event, event->what);
	add_other(view, event, what);
}

/* "struct conn (conns.bpf.c:31)" */
static const char *describe(struct view *view, const struct source_event *event)
{
	return arena_printf(view->arena, "%s (%s:%u)",
			    event->reason ? event->reason
			    : event->type ? event->type
					  : "something of no known type",
			    path_basename(event->file), event->line);
}

/* Two calls that send the same are one thing, named by the first. */
static const char *describe_once(struct view *view, const struct source_event *event)
{
	const struct source_facts *facts = view->facts;

	for (size_t i = 0; i < facts->n_events; i++) {
		const struct source_event *first = &facts->events[i];

		if (!strcmp(first->map, event->map) && first->type && event->type &&
		    !strcmp(first->type, event->type) && !first->reason == !event->reason)
			return describe(view, first);
	}
	return describe(view, event);
}

/* 0 where the type is not known, or the event's is another one of that name. */
static uint32_t find_type(const struct model *model, const char *name)
{
	for (size_t i = 0; name && i < model->disputed_types.count; i++) {
		if (!strcmp(model->disputed_types.items[i], name))
			return 0;
	}
	return name ? btf_query_find(model->btf, name) : 0;
}

static void add_from_facts(struct view *view)
{
	const struct model *model = view->variants[0].model;
	const struct source_facts *facts = view->facts;

	for (size_t i = 0; facts && i < facts->n_events; i++) {
		const struct source_event *event = &facts->events[i];
		const char *name = event->type ? name_bare(event->type) : NULL;
		uint32_t type = find_type(model, name);

		for (size_t j = 0; j < model->n_maps; j++) {
			const struct map_kind *kind = map_kind_find(model->maps[j].type);

			if (strcmp(model->maps[j].name, event->map) != 0 || !kind ||
			    !(kind->features & MAP_EVENTS))
				continue;
			if (type)
				strvec_push(&view->events[j].types, view->arena, name);
			add_event(view, &view->events[j], event->reason ? 0 : type,
				  describe_once(view, event));
		}
	}
}

/* By BPFBAKE_EVENT: what the calls seem to say counts no more. */
static void add_said(struct view *view, size_t map, uint32_t type)
{
	struct view_event *event = &view->events[map];

	if (!event->is_said)
		*event = (struct view_event){.is_said = true};
	strvec_push(&event->types, view->arena,
		    btf_query_type_name(view->variants[0].model->btf, type));
	add_event(view, event, type, type_name(view, type));
}

static int add_from_macro(struct view *view, uint32_t id, const char *map)
{
	const struct btf *btf = view->variants[0].model->btf;
	const struct btf_type *type = btf__type_by_id(btf, btf__type_by_id(btf, id)->type);
	struct event_origin origin = {
		.what = "BPFBAKE_EVENT",
		.place = view_where(view, btf_query_type_name(btf, id), NULL),
	};
	int index = find_event_map(view, map, &origin);

	if (index < 0)
		return -1;
	type = btf_is_ptr(type) ? btf__type_by_id(btf, type->type) : NULL;
	if (type && btf_is_array(type))
		add_said(view, (size_t)index, btf_array(type)->type);
	return 0;
}

static int add_from_macros(struct view *view)
{
	const struct btf *btf = view->variants[0].model->btf;
	uint32_t section = btf_query_datasec(btf, BTF_EXPORT_SECTION);
	const struct btf_type *datasec = btf__type_by_id(btf, section);

	for (uint32_t i = 0; section && i < btf_vlen(datasec); i++) {
		uint32_t id = btf_var_secinfos(datasec)[i].type;
		const char *map = event_macro_map(btf_query_type_name(btf, id));

		if (map && btf_is_var(btf__type_by_id(btf, id)) && add_from_macro(view, id, map))
			return -1;
	}
	return 0;
}

static bool is_same_type(const struct btf *btf, uint32_t a, uint32_t b)
{
	return btf_query_resolve(btf, a, NULL) == btf_query_resolve(btf, b, NULL);
}

/* By -event: what the source says counts no more. */
static int add_option(struct view *view, size_t map, uint32_t type, const char *name)
{
	const struct model *model = view->variants[0].model;
	struct view_event *event = &view->events[map];

	if (event->option && !is_same_type(model->btf, event->type, type))
		return diag_error(view->diag, view_where(view, model->maps[map].name, model->path),
				  "-event gives two types to the map '%s', '%s' and '%s'; remove "
				  "one of them",
				  model->maps[map].name, event->option, name);
	*event = (struct view_event){.type = type, .option = name};
	strvec_push(&event->types, view->arena, name);
	return 0;
}

/* "int", or "__u32" where BTF has it only by another name; 0 when it has none of the kind. */
static uint32_t find_number(struct arena *arena, const struct btf *btf, const char *name)
{
	uint32_t count = btf__type_cnt(btf);

	for (uint32_t id = 1; id < count; id++) {
		const struct btf_type *type = btf__type_by_id(btf, id);

		if (!btf_is_int(type) || btf_int_encoding(type) & BTF_INT_BOOL)
			continue;
		if (!strcmp(btf_query_name(btf, type->name_off), name) ||
		    !strcmp(arena_printf(arena, "__%c%u",
					 btf_int_encoding(type) & BTF_INT_SIGNED ? 's' : 'u',
					 type->size * 8),
			    name))
			return id;
	}
	return 0;
}

/* "closed=struct conn" */
static int add_from_option(struct view *view, const char *text)
{
	static const struct event_origin origin = {.what = "-event"};
	const struct model *model = view->variants[0].model;
	const char *equals = strchr(text, '='), *map;
	struct view_missing_type missing;
	uint32_t id;
	int index;

	map = arena_strndup(view->arena, text, (size_t)(equals - text));
	index = find_event_map(view, map, &origin);
	if (index < 0)
		return -1;
	missing = (struct view_missing_type){
		.model = model,
		.name = name_bare(equals + 1),
		.option = arena_printf(view->arena, "-event %s: ", text),
		.where = view_where(view, map, model->path),
	};
	id = btf_query_find(model->btf, missing.name);
	if (!id)
		id = find_number(view->arena, model->btf, missing.name);
	return id ? add_option(view, (size_t)index, id, missing.name)
		  : view_report_missing_type(view, &missing);
}

int view_find_events(struct view *view)
{
	const struct model *model = view->variants[0].model;

	view->events = ARENA_ARRAY(view->arena, struct view_event, model->n_maps);
	if (view->options->face != HEADER_BPFBAKE)
		return 0;
	add_from_facts(view);
	if (add_from_macros(view))
		return -1;
	for (size_t i = 0; i < view->options->events.count; i++) {
		if (add_from_option(view, view->options->events.items[i]))
			return -1;
	}
	return 0;
}

/* By name, so that each variant defines its own; also those that are only a possibility. */
int view_require_events(struct view *view, struct types *types)
{
	for (size_t i = 0; i < view->variants[0].model->n_maps; i++) {
		const struct strvec *names = &view->events[i].types;

		for (size_t j = 0; j < names->count; j++) {
			uint32_t id = btf_query_find(types->btf, names->items[j]);

			if (id && types_require(types, id, names->items[j]))
				return -1;
		}
	}
	return 0;
}

void view_set_event(struct view *view, struct value *item, size_t map_index)
{
	const struct view_event *event = &view->events[map_index];
	const char *name = view->variants[0].model->maps[map_index].name;
	struct arena *arena = view->arena;
	struct value *value = value_set(item, arena, "event", value_object(arena));
	struct type_declaration declared = {.type = "void", .suffix = ""};

	if (event->type)
		declared = types_declare(view->variants[0].declare, event->type);
	value_set_boolean(value, arena, "is_typed", event->type && !*declared.suffix);
	value_set_string(value, arena, "type", *declared.suffix ? "void" : declared.type);
	value_set_string(value, arena, "others", event->others);
	value_set_string(
		value, arena, "heading",
		comment_wrap(arena, arena_printf(arena, "Who gets the events of %s%s%s.", name,
						 event->others ? ", which may be " : "",
						 event->others ? event->others : "")));
	value_set_string(
		value, arena, "room",
		comment_wrap(arena,
			     arena_printf(arena,
					  "Room for one event, which submit or discard gives back; "
					  "NULL with errno set when there is none%s%s",
					  event->others ? ". It may be " : "",
					  event->others ? event->others : "")));
}
