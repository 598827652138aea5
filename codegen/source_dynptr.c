/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What a record is that is written or read through a dynptr: what is put to, or taken from, its
 * start. The dynptr is followed into the functions that get it.
 */
#include <stdint.h>
#include <string.h>

#include "bug.h"
#include "source_flow.h"

/* How a dynptr is read and written. Data SOURCE_NOWHERE: the result is a pointer into it. */
static const struct access {
	const char *name;
	int dynptr, offset, data, size;
} accesses[] = {
	{"bpf_dynptr_data", 0, 1, SOURCE_NOWHERE, 2},
	{"bpf_dynptr_slice", 0, 1, SOURCE_NOWHERE, 3},
	{"bpf_dynptr_slice_rdwr", 0, 1, SOURCE_NOWHERE, 3},
	{"bpf_dynptr_write", 0, 1, 2, 3},
	{"bpf_dynptr_read", 2, 3, 0, 1},
};

struct dynptr_search {
	struct source_reader *reader;
	struct source_meanings found;
	long long end;                       /* of what is accessed elsewhere */
	const struct source_variable **seen; /* each is looked at once */
	size_t n_seen;
};

static bool is_same_variable(struct source_reader *reader, struct source_function *function,
			     const CXCursor *cursor, const struct source_variable *variable)
{
	return cursor && source_flow_variable(reader, function, *cursor) == variable;
}

static void add_accessed(struct dynptr_search *search, struct source_function *function,
			 const struct source_call *call, const struct access *access)
{
	struct source_reader *reader = search->reader;
	const CXCursor *data = source_flow_argument(call, access->data);
	const CXCursor *size = source_flow_argument(call, access->size);
	struct source_meanings records = data ? source_flow_pointer(reader, function, *data)
					      : source_flow_goal(reader, &call->goal);

	if (!records.count && size) {
		struct source_size bytes = source_flow_size(reader, function, *size);
		struct source_meaning type = {.kind = MEANING_TYPE, .type = bytes.type};

		if (bytes.has_type)
			source_meanings_add(&records, reader->clang, &type);
	}
	for (size_t i = 0; i < records.count; i++) {
		if (records.items[i].kind == MEANING_TYPE)
			source_meanings_add(&search->found, reader->clang, &records.items[i]);
	}
}

static void look_at_access(struct dynptr_search *search, struct source_function *function,
			   const struct source_call *call, const struct source_variable *variable)
{
	struct source_reader *reader = search->reader;

	for (size_t i = 0; i < ARRAY_SIZE(accesses); i++) {
		const struct access *access = &accesses[i];
		const CXCursor *offset = source_flow_argument(call, access->offset);
		const CXCursor *size = source_flow_argument(call, access->size);
		long long start, bytes;

		if (strcmp(call->name, access->name) != 0 || !offset || !size ||
		    !is_same_variable(reader, function, source_flow_argument(call, access->dynptr),
				      variable))
			continue;
		start = source_flow_number(reader, *offset);
		bytes = source_flow_number(reader, *size);
		if (!start)
			add_accessed(search, function, call, access);
		else if (start < 0 || bytes < 0)
			search->end = INT64_MAX;
		else if (start + bytes > search->end)
			search->end = start + bytes;
	}
}

static void find_record(struct dynptr_search *search, struct source_function *function,
			const struct source_variable *variable)
{
	struct source_reader *reader = search->reader;

	for (size_t i = 0; i < search->n_seen; i++) {
		if (search->seen[i] == variable)
			return;
	}
	*ARENA_PUSH(reader->arena, search->seen, search->n_seen) = variable;
	source_flow_read(reader, function);
	for (size_t i = 0; i < function->n_calls; i++) {
		const struct source_call *call = &function->calls[i];
		struct source_function *callee = source_flow_function(reader, call->name);

		look_at_access(search, function, call, variable);
		if (callee)
			source_flow_read(reader, callee);
		for (size_t j = 0; callee && j < call->arguments.count; j++) {
			if (j < callee->n_parameters &&
			    is_same_variable(reader, function, source_flow_argument(call, (int)j),
					     variable))
				find_record(search, callee, callee->parameters[j]);
		}
	}
}

struct source_meanings source_flow_dynptr(struct source_reader *reader,
					  struct source_function *function,
					  const struct source_variable *variable, long long *end)
{
	struct dynptr_search search = {.reader = reader};

	find_record(&search, function, variable);
	*end = search.end;
	return search.found;
}
