/* SPDX-License-Identifier: BSD-2-Clause */
#include "graph.h"

#include <string.h>

#include "strbuf.h"
#include "strmap.h"
#include "utf8.h"

struct graph {
	struct arena *arena;
	const struct value *view;
	const struct model *model;
	struct value *nodes, *edges;
	struct strmap types; /* of the view, by "struct conns__peer" */
};

/* How the lines of a node are joined: by what Graphviz takes for the end of a line. */
#define LINE "\\n"

/* As it stands within quotes of Graphviz' language. */
static const char *escape(struct arena *arena, const char *text)
{
	struct strbuf visible = STRBUF_INIT, out = STRBUF_INIT;
	const char *copy;

	utf8_add_visible(&visible, text);
	for (const char *c = visible.text; *c; c++) {
		if (*c == '"' || *c == '\\')
			strbuf_add_char(&out, '\\');
		strbuf_add_char(&out, *c);
	}
	copy = arena_strdup(arena, out.text);
	strbuf_release(&visible);
	strbuf_release(&out);
	return copy;
}

static const char *text_of(const struct value *object, const char *key)
{
	const struct value *value = value_get(object, key);

	return value && value->kind == VALUE_STRING ? value->string : "";
}

static long long number_of(const struct value *object, const char *key)
{
	const struct value *value = value_get(object, key);

	return value && value->kind == VALUE_INTEGER ? value->integer : 0;
}

static void add_node(struct graph *graph, const char *id, const char *label, const char *shape,
		     const char *style)
{
	struct value *node = value_append(graph->nodes, graph->arena, value_object(graph->arena));

	value_set_string(node, graph->arena, "id", id);
	value_set_string(node, graph->arena, "label", label);
	value_set_string(node, graph->arena, "shape", shape);
	value_set_string(node, graph->arena, "style", style);
}

static void add_edge(struct graph *graph, const char *from, const char *to, const char *label,
		     const char *style)
{
	struct value *edge = value_append(graph->edges, graph->arena, value_object(graph->arena));

	value_set_string(edge, graph->arena, "from", from);
	value_set_string(edge, graph->arena, "to", to);
	value_set_string(edge, graph->arena, "label", label);
	value_set_string(edge, graph->arena, "style", style);
}

static const char *function_id(struct graph *graph, size_t function)
{
	const struct model_code *code = &graph->model->functions[function];

	return arena_printf(graph->arena, "%s %s", code->is_program ? "program" : "function",
			    escape(graph->arena, code->name));
}

static const char *map_id(struct graph *graph, size_t map)
{
	return arena_printf(graph->arena, "map %s",
			    escape(graph->arena, graph->model->maps[map].name));
}

/* As in struct model_need. */
static const char *node_id(struct graph *graph, size_t node)
{
	size_t n_maps = graph->model->n_maps;

	return node < n_maps ? map_id(graph, node)
			     : arena_printf(graph->arena, "program %s",
					    escape(graph->arena,
						   graph->model->programs[node - n_maps].name));
}

/* Programs, also those that nothing is known to call, and the functions that they reach. */
static void add_functions(struct graph *graph)
{
	struct arena *arena = graph->arena;
	const struct model *model = graph->model;
	bool *is_reached = ARENA_ARRAY(arena, bool, model->n_functions);
	size_t program = 0;

	for (size_t i = 0; i < model->n_uses; i++) {
		if (model->uses[i].kind == MODEL_CALLS)
			is_reached[model->uses[i].used] = true;
	}
	for (size_t i = 0; i < model->n_functions; i++) {
		const struct model_code *code = &model->functions[i];
		const char *name = escape(arena, code->name);

		if (code->is_program)
			add_node(graph, function_id(graph, i),
				 arena_printf(arena, "%s" LINE "%s" LINE "%u instructions", name,
					      escape(arena, model->programs[program++].section),
					      code->n_instructions),
				 "box", "rounded");
		else if (is_reached[i])
			add_node(graph, function_id(graph, i),
				 arena_printf(arena, "%s" LINE "%u instructions", name,
					      code->n_instructions),
				 "box", "rounded,dashed");
	}
}

/* "struct conns__peer" as the source has it, with the size where the header defines it. */
static const char *describe_type(struct graph *graph, const char *name)
{
	const struct value *type = strmap_get(&graph->types, name);

	return type ? arena_printf(graph->arena, "%s %s, %lld bytes", text_of(type, "keyword"),
				   text_of(type, "source_name"), number_of(type, "size"))
		    : name;
}

static void find_types(struct graph *graph)
{
	const struct value *types = value_get(graph->view, "types");

	for (size_t i = 0; i < types->count; i++) {
		struct value *type = types->items[i];
		const char *name = arena_printf(graph->arena, "%s %s", text_of(type, "keyword"),
						text_of(type, "name"));

		*strmap_at(&graph->types, graph->arena, name) = type;
	}
}

/* A line for the key or the value of a map: "value: struct peer, 16 bytes". */
static const char *describe_part(struct graph *graph, const struct value *map, const char *which)
{
	const struct value *part = value_get(map, which);

	if (*text_of(part, "type"))
		return arena_printf(
			graph->arena, LINE "%s: %s", which,
			escape(graph->arena, describe_type(graph, text_of(part, "type"))));
	return number_of(part, "size") ? arena_printf(graph->arena, LINE "%s: %lld bytes", which,
						      number_of(part, "size"))
				       : "";
}

/* ", 16 entries"; the size of a ring buffer is in bytes. */
static const char *describe_size(struct graph *graph, const struct value *map)
{
	long long entries = number_of(map, "max_entries");
	const char *unit = entries == 1 ? "entry" : "entries";

	if (strstr(text_of(map, "kind"), "ringbuf"))
		unit = "bytes";
	return entries ? arena_printf(graph->arena, ", %lld %s", entries, unit) : "";
}

static const char *describe_map(struct graph *graph, const struct value *map)
{
	const char *name = escape(graph->arena, text_of(map, "name"));

	if (strcmp(text_of(map, "origin"), "defined") != 0)
		return arena_printf(graph->arena, "%s" LINE "%lld bytes", name,
				    number_of(value_get(map, "value"), "size"));
	return arena_printf(graph->arena, "%s" LINE "%s%s%s%s", name, text_of(map, "kind"),
			    describe_size(graph, map), describe_part(graph, map, "key"),
			    describe_part(graph, map, "value"));
}

static void add_event(struct graph *graph, size_t index, const struct value *map)
{
	const struct value *event = value_get(map, "event");
	const char *type = text_of(event, "type"), *id;

	if (!value_is_true(value_get(event, "is_typed")))
		return;
	type = escape(graph->arena, describe_type(graph, type));
	id = arena_printf(graph->arena, "event %s", map_id(graph, index));
	add_node(graph, id, type, "note", NULL);
	add_edge(graph, map_id(graph, index), id, "events", "dashed");
}

static void add_maps(struct graph *graph)
{
	const struct value *maps = value_get(graph->view, "maps");

	for (size_t i = 0; i < graph->model->n_maps && i < maps->count; i++) {
		add_node(graph, map_id(graph, i), describe_map(graph, maps->items[i]), "cylinder",
			 graph->model->maps[i].origin == MAP_DEFINED ? NULL : "dashed");
		add_event(graph, i, maps->items[i]);
	}
}

static void add_uses(struct graph *graph)
{
	for (size_t i = 0; i < graph->model->n_uses; i++) {
		const struct model_use *use = &graph->model->uses[i];

		if (use->kind == MODEL_CALLS)
			add_edge(graph, function_id(graph, use->function),
				 function_id(graph, use->used), "calls", NULL);
		else
			add_edge(graph, function_id(graph, use->function), map_id(graph, use->used),
				 NULL, NULL);
	}
}

/* The slot of the map in which that name stands, or NULL. */
static const char *find_slot(struct graph *graph, const struct model_map *map, const char *name)
{
	for (size_t i = 0; i < map->n_slots; i++) {
		if (map->slots[i] && !strcmp(map->slots[i], name))
			return arena_printf(graph->arena, "[%zu]", i);
	}
	return NULL;
}

/* What stands in maps from the start: programs for tail calls, inner maps, those of struct_ops. */
static void add_slots(struct graph *graph)
{
	const struct model *model = graph->model;

	for (size_t i = 0; i < model->n_needs; i++) {
		const struct model_need *need = &model->needs[i];
		const char *name;

		if (need->user >= model->n_maps)
			continue;
		name = need->used < model->n_maps
			       ? model->maps[need->used].name
			       : model->programs[need->used - model->n_maps].name;
		add_edge(graph, node_id(graph, need->user), node_id(graph, need->used),
			 find_slot(graph, &model->maps[need->user], name), "dashed");
	}
}

struct value *graph_view(struct arena *arena, const struct value *view, const struct model *model)
{
	struct value *root = value_object(arena);
	struct graph graph = {
		.arena = arena,
		.view = view,
		.model = model,
		.nodes = value_list(arena),
		.edges = value_list(arena),
	};

	value_set_string(root, arena, "name", escape(arena, text_of(view, "N")));
	value_set(root, arena, "nodes", graph.nodes);
	value_set(root, arena, "edges", graph.edges);
	find_types(&graph);
	add_functions(&graph);
	add_maps(&graph);
	add_uses(&graph);
	add_slots(&graph);
	return root;
}
