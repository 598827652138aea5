/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Who sends what through which map. A call of a helper is a sink with three parts: the map, the
 * type of the records, and their size. What a function takes as a parameter, or leaves to its
 * caller, is open, and filled in at each call of the function:
 *
 *	static void *reserve(__u64 size)           sink: map closed, type RESULT, size PARAMETER 0
 *	{
 *		return bpf_ringbuf_reserve(&closed, size, 0);
 *	}
 *	struct conn *c = reserve(sizeof(*c));      map closed, type struct conn, size 16
 *
 * A sink without open parts is an event. Only what a function that is not static can reach is
 * looked at: nothing else is compiled.
 */
#include <string.h>

#include "bug.h"
#include "source_flow.h"

/* Which argument is what; SOURCE_NOWHERE: the helper has none of the kind. */
static const struct helper {
	const char *name;
	int map, data, size;
	int dynptr;   /* that stands for the record from then on */
	int callback; /* that gets a dynptr of each record */
} helpers[] = {
	{"bpf_ringbuf_output", 0, 1, 2, SOURCE_NOWHERE, SOURCE_NOWHERE},
	{"bpf_ringbuf_reserve", 0, SOURCE_NOWHERE, 1, SOURCE_NOWHERE, SOURCE_NOWHERE},
	{"bpf_ringbuf_reserve_dynptr", 0, SOURCE_NOWHERE, 1, 3, SOURCE_NOWHERE},
	{"bpf_perf_event_output", 1, 3, 4, SOURCE_NOWHERE, SOURCE_NOWHERE},
	{"bpf_skb_output", 1, 3, 4, SOURCE_NOWHERE, SOURCE_NOWHERE},
	{"bpf_xdp_output", 1, 3, 4, SOURCE_NOWHERE, SOURCE_NOWHERE},
	{"bpf_user_ringbuf_drain", 0, SOURCE_NOWHERE, SOURCE_NOWHERE, SOURCE_NOWHERE, 1},
};

struct source_sink {
	struct source_meaning map, record;
	struct source_size size;
	bool is_whole; /* the size is that of the record's type */
	const char *file;
	unsigned line;
};

static const struct source_meaning unknown_record = {.kind = MEANING_UNKNOWN};

static bool is_record(struct source_reader *reader, CXType type)
{
	return reader->clang->getCanonicalType(type).kind == CLANG_TYPE_RECORD;
}

static bool is_open(const struct source_sink *sink)
{
	return sink->map.kind == MEANING_PARAMETER || sink->record.kind == MEANING_PARAMETER ||
	       sink->record.kind == MEANING_RESULT || sink->size.parameter >= 0;
}

/* The name of what has none is the map's. */
static const char *name_type(struct source_reader *reader, const struct source_sink *sink)
{
	CXType type = sink->record.type;
	const char *name = source_type_name(reader, type);

	if (name || !is_record(reader, type))
		return name;
	return arena_printf(reader->arena, "struct %s__event", sink->map.map);
}

/* Why records are not just of that type; NULL when they are. What follows a struct does no harm:
 * a tail. What follows a number makes it something else. */
static const char *find_reason(struct source_reader *reader, const struct source_sink *sink,
			       const char *type)
{
	long long bytes = reader->clang->Type_getSizeOf(sink->record.type);
	long long least = sink->size.least;

	if (sink->is_whole)
		return NULL;
	if (!least && bytes)
		return arena_printf(reader->arena, "%s of varying size", type);
	if (least < bytes)
		return arena_printf(reader->arena, "%s, at least its first %lld bytes", type,
				    least);
	if (least > bytes && !is_record(reader, sink->record.type))
		return arena_printf(reader->arena, "%lld bytes that begin with %s", least, type);
	return NULL;
}

static void add_event(struct source_reader *reader, const struct source_sink *sink)
{
	struct source_event event = {.map = sink->map.map, .file = sink->file, .line = sink->line};
	struct source_facts *facts = reader->facts;
	const struct clang_library *clang = reader->clang;

	if (sink->record.kind == MEANING_TYPE) {
		const char *name = name_type(reader, sink);

		if (!name) {
			event.reason = source_take_string(
				reader,
				clang->getTypeSpelling(clang->getCanonicalType(sink->record.type)));
			/* clang says where it is, by a path. */
			if (strchr(event.reason, '('))
				event.reason = "something of a type without a name";
		} else if (source_define_type(reader, name, sink->record.type)) {
			event.type = name;
			event.reason = find_reason(reader, sink, name);
		} else {
			event.reason = arena_printf(reader->arena, "another %s", name);
		}
	}
	for (size_t i = 0; i < facts->n_events; i++) {
		if (facts->events[i].line == event.line &&
		    !strcmp(facts->events[i].file, event.file) &&
		    !strcmp(facts->events[i].map, event.map) &&
		    !strcmp(facts->events[i].type ? facts->events[i].type : "",
			    event.type ? event.type : ""))
			return;
	}
	*ARENA_PUSH(reader->arena, facts->events, facts->n_events) = event;
}

static bool is_same_type(struct source_reader *reader, CXType a, CXType b)
{
	return reader->clang->equalTypes(a, b) != 0;
}

static bool is_same_meaning(struct source_reader *reader, const struct source_meaning *a,
			    const struct source_meaning *b)
{
	return a->kind == b->kind && a->parameter == b->parameter &&
	       (a->kind != MEANING_MAP || !strcmp(a->map, b->map)) &&
	       (a->kind != MEANING_TYPE || is_same_type(reader, a->type, b->type));
}

/* A function that calls another one ten times leaves no more open than one that does so once. */
static bool is_same_sink(struct source_reader *reader, const struct source_sink *a,
			 const struct source_sink *b)
{
	return is_same_meaning(reader, &a->map, &b->map) &&
	       is_same_meaning(reader, &a->record, &b->record) && a->size.least == b->size.least &&
	       a->size.parameter == b->size.parameter && a->size.has_type == b->size.has_type &&
	       (!a->size.has_type || is_same_type(reader, a->size.type, b->size.type)) &&
	       a->is_whole == b->is_whole;
}

/* "void *" and sizeof(struct conn), or a pointer to the header that struct conn begins with. */
static bool is_told_by_size(struct source_reader *reader, const struct source_sink *sink)
{
	const struct clang_library *clang = reader->clang;

	if (!sink->size.has_type)
		return false;
	if (sink->record.kind != MEANING_TYPE)
		return sink->record.kind == MEANING_UNKNOWN;
	return is_record(reader, sink->size.type) &&
	       clang->Type_getSizeOf(sink->size.type) == sink->size.least &&
	       clang->Type_getSizeOf(sink->record.type) < sink->size.least;
}

static void add_sink(struct source_reader *reader, struct source_function *function,
		     struct source_sink sink)
{
	if (is_open(&sink)) {
		for (size_t i = 0; i < function->n_sinks; i++) {
			if (is_same_sink(reader, &function->sinks[i], &sink))
				return;
		}
		*ARENA_PUSH(reader->arena, function->sinks, function->n_sinks) = sink;
		return;
	}
	if (is_told_by_size(reader, &sink))
		sink.record = (struct source_meaning){.kind = MEANING_TYPE, .type = sink.size.type};
	if (sink.map.kind == MEANING_MAP)
		add_event(reader, &sink);
}

/* One sink for each thing that each part may be. */
static void add_sinks(struct source_reader *reader, struct source_function *function,
		      const struct source_meanings *maps, const struct source_meanings *records,
		      const struct source_sink *rest)
{
	struct source_sink sink = *rest;

	for (size_t i = 0; i < maps->count; i++) {
		sink.map = maps->items[i];
		if (!records->count) {
			sink.record = unknown_record;
			add_sink(reader, function, sink);
		}
		for (size_t j = 0; j < records->count; j++) {
			sink.record = records->items[j];
			add_sink(reader, function, sink);
		}
	}
}

/* What the callback finds in its dynptr. A record that has more than that is of no one type. */
static struct source_meanings find_drained(struct source_reader *reader, const CXCursor *callback,
					   struct source_sink *sink)
{
	struct source_function *drain = source_flow_callback(reader, *callback);
	struct source_meanings found = {0};
	long long end = 0;

	if (drain)
		source_flow_read(reader, drain);
	if (drain && drain->n_parameters)
		found = source_flow_dynptr(reader, drain, drain->parameters[0], &end);
	sink->is_whole = true;
	for (size_t i = 0; i < found.count; i++) {
		if (end > reader->clang->Type_getSizeOf(found.items[i].type))
			sink->is_whole = false;
	}
	return found;
}

static struct source_meanings find_record(struct source_reader *reader,
					  struct source_function *function,
					  const struct source_call *call,
					  const struct helper *helper, struct source_sink *sink)
{
	const CXCursor *data = source_flow_argument(call, helper->data);
	const CXCursor *dynptr = source_flow_argument(call, helper->dynptr);
	const CXCursor *callback = source_flow_argument(call, helper->callback);
	const struct source_variable *variable;
	struct source_meanings found = {0};
	long long end;

	if (data)
		return source_flow_pointer(reader, function, *data);
	if (dynptr) {
		variable = source_flow_variable(reader, function, *dynptr);
		if (variable)
			found = source_flow_dynptr(reader, function, variable, &end);
		return found;
	}
	return callback ? find_drained(reader, callback, sink)
			: source_flow_goal(reader, &call->goal);
}

static void read_helper_call(struct source_reader *reader, struct source_function *function,
			     const struct source_call *call, const struct helper *helper)
{
	const CXCursor *map = source_flow_argument(call, helper->map);
	const CXCursor *size = source_flow_argument(call, helper->size);
	struct source_sink sink = {
		.size.parameter = SOURCE_NOWHERE, .file = call->file, .line = call->line};
	struct source_meanings maps, records;

	if (!map)
		return;
	maps = source_flow_map(reader, function, *map);
	records = find_record(reader, function, call, helper, &sink);
	if (size)
		sink.size = source_flow_size(reader, function, *size);
	/* A dynptr's record may be written in pieces: the size says what it is as a whole. */
	if (helper->dynptr != SOURCE_NOWHERE && sink.size.has_type) {
		records.count = 1;
		records.items[0] =
			(struct source_meaning){.kind = MEANING_TYPE, .type = sink.size.type};
	}
	add_sinks(reader, function, &maps, &records, &sink);
}

/* A sink of the callee's, with what this call gives for its open parts. */
static void fill_in(struct source_reader *reader, struct source_function *function,
		    const struct source_call *call, const struct source_sink *open)
{
	struct source_sink sink = *open;
	struct source_meanings maps = {.items = {open->map}, .count = 1};
	struct source_meanings records = {.items = {open->record}, .count = 1};
	const CXCursor *map = source_flow_argument(call, open->map.parameter);
	const CXCursor *data = source_flow_argument(call, open->record.parameter);
	const CXCursor *size = source_flow_argument(call, open->size.parameter);

	sink.file = call->file;
	sink.line = call->line;
	if (open->map.kind == MEANING_PARAMETER && map)
		maps = source_flow_map(reader, function, *map);
	if (open->record.kind == MEANING_PARAMETER && data)
		records = source_flow_pointer(reader, function, *data);
	else if (open->record.kind == MEANING_RESULT)
		records = source_flow_goal(reader, &call->goal);
	if (open->size.parameter >= 0 && size)
		sink.size = source_flow_size(reader, function, *size);
	add_sinks(reader, function, &maps, &records, &sink);
}

static void read_call(struct source_reader *reader, struct source_function *function,
		      const struct source_call *call)
{
	const struct source_function *callee = source_flow_function(reader, call->name);

	for (size_t i = 0; i < ARRAY_SIZE(helpers); i++) {
		if (!strcmp(call->name, helpers[i].name))
			read_helper_call(reader, function, call, &helpers[i]);
	}
	/* The one at hand has none yet: BPF has no recursion. */
	for (size_t i = 0; callee && callee != function && i < callee->n_sinks; i++)
		fill_in(reader, function, call, &callee->sinks[i]);
}

/* Those that it calls first: their sinks must be known. */
static void read_function(struct source_reader *reader, struct source_function *function)
{
	if (function->is_begun)
		return;
	function->is_begun = true;
	source_flow_read(reader, function);
	for (size_t i = 0; i < function->n_functions; i++) {
		struct source_function *other =
			source_flow_function(reader, function->functions[i]);

		if (other)
			read_function(reader, other);
	}
	for (size_t i = 0; i < function->n_calls; i++)
		read_call(reader, function, &function->calls[i]);
}

void source_find_events(struct source_reader *reader)
{
	for (size_t i = 0; i < reader->n_functions; i++) {
		if (!reader->functions[i].is_static)
			read_function(reader, &reader->functions[i]);
	}
}
