/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The size that is given for a record: the least that it can be, since more is no harm. A sum is at
 * least what its known parts are together; of what cannot be told, nothing is known.
 */
#include "source_flow.h"

#define MAX_STEPS 24

static const struct source_size unknown = {.parameter = -1};

/* What a sizeof is of: a type that is named, or that of an expression. */
static bool find_operand(struct source_reader *reader, CXCursor cursor, CXType *type)
{
	struct source_children children = source_children(reader, cursor);

	for (size_t i = 0; i < children.count; i++) {
		CXCursor operand = children.items[i];

		if (operand.kind == CLANG_TYPE_REFERENCE)
			operand = reader->clang->getCursorReferenced(operand);
		*type = reader->clang->getCursorType(operand);
		if (type->kind != CLANG_TYPE_INVALID)
			return true;
	}
	return false;
}

/* The first sizeof in it. */
static void find_type(struct source_reader *reader, CXCursor cursor, struct source_size *size,
		      int steps)
{
	struct source_children children;

	if (cursor.kind == CLANG_SIZEOF) {
		size->has_type = find_operand(reader, cursor, &size->type) &&
				 reader->clang->Type_getSizeOf(size->type) ==
					 source_flow_number(reader, cursor);
		return;
	}
	children = source_children(reader, cursor);
	for (size_t i = 0; i < children.count && steps > 0 && !size->has_type; i++)
		find_type(reader, children.items[i], size, steps - 1);
}

struct size_search {
	struct source_reader *reader;
	struct source_function *function;
	int steps;
};

static struct source_size measure(struct size_search *, CXCursor);

static struct source_size least_of(struct source_size a, struct source_size b)
{
	if (a.parameter >= 0 || b.parameter >= 0)
		return unknown;
	return a.least <= b.least ? a : b;
}

static struct source_size measure_variable(struct size_search *search, CXCursor cursor)
{
	const struct source_variable *variable =
		source_flow_variable(search->reader, search->function, cursor);
	struct source_size size = unknown;

	if (!variable || variable->is_changed)
		return unknown;
	if (variable->parameter >= 0 && !variable->sources.count) {
		size.parameter = variable->parameter;
		return size;
	}
	if (variable->parameter >= 0 || !variable->sources.count)
		return unknown;
	/* What is added to it only makes more of it. */
	size = measure(search, variable->sources.items[0]);
	for (size_t i = 1; i < variable->sources.count; i++)
		size = least_of(size, measure(search, variable->sources.items[i]));
	return size;
}

static struct source_size measure_sum(struct size_search *search,
				      const struct source_children *parts)
{
	struct source_size a = measure(search, parts->items[0]);
	struct source_size b = measure(search, parts->items[1]);

	if (a.parameter >= 0 || b.parameter >= 0)
		return unknown;
	if (!a.has_type) {
		a.has_type = b.has_type;
		a.type = b.type;
	}
	a.least += b.least;
	return a;
}

static struct source_size measure_parts(struct size_search *search, CXCursor cursor)
{
	struct source_children parts = source_children(search->reader, cursor);

	if (!parts.count)
		return unknown;
	switch (cursor.kind) {
	case CLANG_UNEXPOSED:
	case CLANG_PARENTHESES:
	case CLANG_CAST:
		return measure(search, parts.items[parts.count - 1]);
	case CLANG_BINARY:
		return parts.count == 2 && source_flow_is_sum(search->reader, &parts)
			       ? measure_sum(search, &parts)
			       : unknown;
	case CLANG_CONDITIONAL:
		return parts.count == 3 ? least_of(measure(search, parts.items[1]),
						   measure(search, parts.items[2]))
					: unknown;
	default:
		return unknown;
	}
}

static struct source_size measure(struct size_search *search, CXCursor cursor)
{
	struct source_size size = unknown;
	long long value;

	if (search->steps-- <= 0)
		return unknown;
	value = source_flow_number(search->reader, cursor);
	if (value >= 0) {
		size.least = value;
		find_type(search->reader, cursor, &size, MAX_STEPS);
		return size;
	}
	return cursor.kind == CLANG_REFERENCE ? measure_variable(search, cursor)
					      : measure_parts(search, cursor);
}

struct source_size source_flow_size(struct source_reader *reader, struct source_function *function,
				    CXCursor expression)
{
	struct size_search search = {reader, function, 4 * MAX_STEPS};

	return measure(&search, expression);
}
