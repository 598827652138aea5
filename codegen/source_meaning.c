/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What an expression may be: by its type where that says something, else by all that is assigned to
 * the variables in it, else by what these are assigned to.
 */
#include <string.h>

#include "source_flow.h"

#define MAX_STEPS 64

struct search {
	struct source_reader *reader;
	struct source_function *function;
	struct source_meanings *found;
	int steps; /* left: variables may be assigned to each other */
};

void source_meanings_add(struct source_meanings *meanings, const struct clang_library *clang,
			 const struct source_meaning *meaning)
{
	for (size_t i = 0; i < meanings->count; i++) {
		const struct source_meaning *known = &meanings->items[i];

		if (known->kind != meaning->kind)
			continue;
		if (meaning->kind == MEANING_MAP ? !strcmp(known->map, meaning->map)
		    : meaning->kind == MEANING_TYPE
			    ? clang->equalTypes(clang->getCanonicalType(known->type),
						clang->getCanonicalType(meaning->type)) != 0
			    : known->parameter == meaning->parameter)
			return;
	}
	if (meanings->count < SOURCE_MAX_MEANINGS)
		meanings->items[meanings->count++] = *meaning;
}

static void add(struct search *search, struct source_meaning meaning)
{
	source_meanings_add(search->found, search->reader->clang, &meaning);
}

static void add_type(struct search *search, CXType type)
{
	add(search, (struct source_meaning){.kind = MEANING_TYPE, .type = type});
}

static struct source_variable *find_variable(const struct search *search, CXCursor reference)
{
	const struct clang_library *clang = search->reader->clang;
	CXCursor declaration = clang->getCursorReferenced(reference);
	struct source_variable *variable = search->function->variables;

	while (variable && !clang->equalCursors(variable->declaration, declaration))
		variable = variable->next;
	return variable;
}

static bool is_bytes(const struct clang_library *clang, CXType type)
{
	type = clang->getCanonicalType(type);
	return type.kind == CLANG_TYPE_VOID || type.kind == CLANG_TYPE_CHAR ||
	       type.kind == CLANG_TYPE_CHAR_UNSIGNED || type.kind == CLANG_TYPE_UCHAR ||
	       type.kind == CLANG_TYPE_SCHAR;
}

/* What an array of structs is sent as: one of them. */
static CXType element(const struct clang_library *clang, CXType type)
{
	CXType canonical = clang->getCanonicalType(type);

	return canonical.kind == CLANG_TYPE_ARRAY &&
			       clang->getCanonicalType(clang->getArrayElementType(canonical))
					       .kind == CLANG_TYPE_RECORD
		       ? clang->getArrayElementType(canonical)
		       : type;
}

/* Bytes, or room for some, which the values of scratch maps often are. */
static bool is_room(const struct clang_library *clang, CXType type)
{
	CXType canonical = clang->getCanonicalType(type);

	return is_bytes(clang, canonical) ||
	       (canonical.kind == CLANG_TYPE_ARRAY &&
		is_bytes(clang, clang->getArrayElementType(canonical)));
}

/* The type behind a pointer; false when the expression is none or it points to bytes. */
static bool add_pointee(struct search *search, CXType type)
{
	const struct clang_library *clang = search->reader->clang;
	CXType bare = source_bare_type(clang, type);

	if (bare.kind != CLANG_TYPE_POINTER)
		bare = clang->getCanonicalType(type);
	if (bare.kind != CLANG_TYPE_POINTER || is_room(clang, clang->getPointeeType(bare)))
		return false;
	add_type(search, clang->getPointeeType(bare));
	return true;
}

static void look_at_pointer(struct search *, CXCursor);
static void look_at_map(struct search *, CXCursor);

/* The branches of c ? a : b, the last value of ({ … }). */
static void look_at_parts(struct search *search, CXCursor cursor,
			  void (*look)(struct search *, CXCursor))
{
	struct source_children children = source_children(search->reader, cursor);

	if (!children.count)
		return;
	if (cursor.kind == CLANG_CONDITIONAL) {
		for (size_t i = 1; i < children.count; i++)
			look(search, children.items[i]);
		return;
	}
	if (cursor.kind == CLANG_STATEMENT_EXPRESSION)
		children = source_children(search->reader, children.items[0]);
	if (children.count)
		look(search, children.items[children.count - 1]);
}

/* `value` of the struct that defines a map: T *value. */
static void add_map_value(struct search *search, CXCursor declaration)
{
	const struct clang_library *clang = search->reader->clang;
	CXCursor definition = clang->getTypeDeclaration(
		clang->getCanonicalType(clang->getCursorType(declaration)));
	struct source_children fields = source_children(search->reader, definition);

	for (size_t i = 0; i < fields.count; i++) {
		if (fields.items[i].kind == CLANG_FIELD &&
		    !strcmp(source_name(search->reader, fields.items[i]), "value"))
			add_pointee(search, clang->getCursorType(fields.items[i]));
	}
}

/* &heap → heap's declaration */
static bool find_addressed(struct search *search, CXCursor cursor, CXCursor *declaration)
{
	struct source_children children;

	cursor = source_flow_strip(search->reader, cursor);
	if (cursor.kind != CLANG_UNARY)
		return false;
	children = source_children(search->reader, cursor);
	if (children.count != 1)
		return false;
	cursor = source_flow_strip(search->reader, children.items[0]);
	if (cursor.kind != CLANG_REFERENCE)
		return false;
	*declaration = search->reader->clang->getCursorReferenced(cursor);
	return true;
}

/* What a function of the source gives back, with what it is given here for its parameters. */
static void add_result(struct search *search, struct source_function *callee,
		       const struct source_children *arguments,
		       void (*look)(struct search *, CXCursor))
{
	struct source_meanings results = {0};
	struct search inner = {search->reader, callee, &results, search->steps - 1};

	/* What it gives back by calling itself is what it gives back otherwise. */
	if (callee->is_entered || search->steps <= 0)
		return;
	callee->is_entered = true;
	source_flow_read(search->reader, callee);
	for (size_t i = 0; i < callee->returned.count; i++)
		look(&inner, callee->returned.items[i]);
	callee->is_entered = false;
	search->steps = inner.steps;
	for (size_t i = 0; i < results.count; i++) {
		size_t parameter = (size_t)results.items[i].parameter;

		if (results.items[i].kind == MEANING_TYPE || results.items[i].kind == MEANING_MAP)
			add(search, results.items[i]);
		else if (results.items[i].kind == MEANING_PARAMETER && parameter < arguments->count)
			look(search, arguments->items[parameter]);
	}
}

static void look_at_call(struct search *search, CXCursor cursor)
{
	struct source_children arguments = source_children(search->reader, cursor);
	const char *name = source_flow_callee(search->reader, cursor);
	struct source_function *callee = source_flow_function(search->reader, name);
	CXCursor declaration;

	if (!arguments.count)
		return;
	arguments.items++;
	arguments.count--;
	if (callee)
		add_result(search, callee, &arguments, look_at_pointer);
	else if (!arguments.count)
		return;
	else if (!strcmp(name, "bpf_map_lookup_elem") ||
		 !strcmp(name, "bpf_map_lookup_percpu_elem")) {
		if (find_addressed(search, arguments.items[0], &declaration))
			add_map_value(search, declaration);
	} else if (!strncmp(name, "__builtin_", strlen("__builtin_"))) {
		look_at_pointer(search, arguments.items[0]);
	}
}

static void look_at_goals(struct search *search, const struct source_variable *variable);

static void add_goal(struct search *search, const struct source_goal *goal)
{
	if (goal->kind == GOAL_TYPE)
		add_type(search, goal->type);
	else if (goal->kind == GOAL_RESULT)
		add(search, (struct source_meaning){.kind = MEANING_RESULT});
	else if (goal->kind == GOAL_VARIABLE && search->steps-- > 0)
		look_at_goals(search, goal->variable);
}

static void look_at_goals(struct search *search, const struct source_variable *variable)
{
	for (size_t i = 0; i < variable->n_goals; i++)
		add_goal(search, &variable->goals[i]);
}

static void look_at_pointer_variable(struct search *search, CXCursor reference)
{
	struct source_variable *variable = find_variable(search, reference);

	if (!variable || search->steps-- <= 0)
		return;
	if (variable->parameter >= 0)
		add(search, (struct source_meaning){.kind = MEANING_PARAMETER,
						    .parameter = variable->parameter});
	for (size_t i = 0; i < variable->sources.count; i++)
		look_at_pointer(search, variable->sources.items[i]);
	if (!search->found->count)
		look_at_goals(search, variable);
}

/* &conn, &conns[0], &c->header */
static void look_at_address(struct search *search, CXCursor cursor)
{
	const struct clang_library *clang = search->reader->clang;
	struct source_children children = source_children(search->reader, cursor);
	CXType type;

	if (children.count != 1)
		return;
	type = clang->getCursorType(children.items[0]);
	if (!is_bytes(clang, type))
		add_type(search, element(clang, type));
}

static void look_at_pointer(struct search *search, CXCursor cursor)
{
	const struct clang_library *clang = search->reader->clang;
	CXType type = clang->getCursorType(cursor);
	CXType canonical = clang->getCanonicalType(type);

	if (search->steps <= 0)
		return;
	if (cursor.kind == CLANG_UNARY && canonical.kind == CLANG_TYPE_POINTER) {
		look_at_address(search, cursor);
		return;
	}
	if (canonical.kind == CLANG_TYPE_ARRAY) {
		if (!is_bytes(clang, clang->getArrayElementType(canonical)))
			add_type(search, element(clang, type));
		return;
	}
	/* A conversion of an array to a pointer: the array tells more. */
	if (cursor.kind == CLANG_UNEXPOSED || cursor.kind == CLANG_PARENTHESES) {
		CXCursor inner = source_flow_strip(search->reader, cursor);

		if (clang->getCanonicalType(clang->getCursorType(inner)).kind == CLANG_TYPE_ARRAY) {
			look_at_pointer(search, inner);
			return;
		}
	}
	if (canonical.kind != CLANG_TYPE_POINTER || add_pointee(search, type))
		return;
	switch (cursor.kind) {
	case CLANG_REFERENCE:
		look_at_pointer_variable(search, cursor);
		break;
	case CLANG_CALL:
		look_at_call(search, cursor);
		break;
	case CLANG_UNEXPOSED:
	case CLANG_PARENTHESES:
	case CLANG_CAST:
	case CLANG_CONDITIONAL:
	case CLANG_STATEMENT_EXPRESSION:
		look_at_parts(search, cursor, look_at_pointer);
		break;
	default:
		break;
	}
}

static void add_map(struct search *search, CXCursor declaration)
{
	add(search, (struct source_meaning){.kind = MEANING_MAP,
					    .map = source_name(search->reader, declaration)});
}

/* Those whose addresses stand in the initializer of a map of maps. */
static void add_inner_maps(struct search *search, CXCursor cursor)
{
	struct source_children children = source_children(search->reader, cursor);

	for (size_t i = 0; i < children.count; i++) {
		CXCursor declaration;

		if (children.items[i].kind == CLANG_UNARY &&
		    find_addressed(search, children.items[i], &declaration))
			add_map(search, declaration);
		else
			add_inner_maps(search, children.items[i]);
	}
}

static void look_at_map_call(struct search *search, CXCursor cursor)
{
	struct source_children arguments = source_children(search->reader, cursor);
	const char *name = source_flow_callee(search->reader, cursor);
	struct source_function *callee = source_flow_function(search->reader, name);
	CXCursor declaration;

	if (!arguments.count)
		return;
	arguments.items++;
	arguments.count--;
	if (callee)
		add_result(search, callee, &arguments, look_at_map);
	else if (arguments.count && !strcmp(name, "bpf_map_lookup_elem") &&
		 find_addressed(search, arguments.items[0], &declaration))
		add_inner_maps(search, declaration);
}

static void look_at_map_variable(struct search *search, CXCursor reference)
{
	struct source_variable *variable = find_variable(search, reference);

	if (!variable)
		return;
	if (variable->parameter >= 0)
		add(search, (struct source_meaning){.kind = MEANING_PARAMETER,
						    .parameter = variable->parameter});
	for (size_t i = 0; i < variable->sources.count; i++)
		look_at_map(search, variable->sources.items[i]);
}

static void look_at_map(struct search *search, CXCursor cursor)
{
	CXCursor declaration;

	cursor = source_flow_strip(search->reader, cursor);
	if (search->steps-- <= 0)
		return;
	switch (cursor.kind) {
	case CLANG_UNARY:
		if (find_addressed(search, cursor, &declaration))
			add_map(search, declaration);
		break;
	case CLANG_CALL:
		look_at_map_call(search, cursor);
		break;
	case CLANG_CONDITIONAL:
	case CLANG_STATEMENT_EXPRESSION:
		look_at_parts(search, cursor, look_at_map);
		break;
	case CLANG_REFERENCE:
		look_at_map_variable(search, cursor);
		break;
	default:
		break;
	}
}

struct source_meanings source_flow_map(struct source_reader *reader,
				       struct source_function *function, CXCursor expression)
{
	struct source_meanings found = {0};
	struct search search = {reader, function, &found, MAX_STEPS};

	look_at_map(&search, expression);
	return found;
}

struct source_meanings source_flow_pointer(struct source_reader *reader,
					   struct source_function *function, CXCursor expression)
{
	struct source_meanings found = {0};
	struct search search = {reader, function, &found, MAX_STEPS};

	look_at_pointer(&search, expression);
	return found;
}

struct source_meanings source_flow_goal(struct source_reader *reader,
					const struct source_goal *goal)
{
	struct source_meanings found = {0};
	struct search search = {reader, NULL, &found, MAX_STEPS};

	add_goal(&search, goal);
	return found;
}

struct source_variable *source_flow_variable(struct source_reader *reader,
					     struct source_function *function, CXCursor expression)
{
	struct search search = {reader, function, NULL, MAX_STEPS};
	CXCursor cursor = source_flow_strip(reader, expression);

	if (cursor.kind == CLANG_UNARY) {
		struct source_children children = source_children(reader, cursor);

		if (children.count != 1)
			return NULL;
		cursor = source_flow_strip(reader, children.items[0]);
	}
	return cursor.kind == CLANG_REFERENCE ? find_variable(&search, cursor) : NULL;
}

struct source_function *source_flow_callback(struct source_reader *reader, CXCursor expression)
{
	CXCursor cursor = source_flow_strip(reader, expression);

	if (cursor.kind == CLANG_UNARY) {
		struct source_children children = source_children(reader, cursor);

		if (children.count != 1)
			return NULL;
		cursor = source_flow_strip(reader, children.items[0]);
	}
	return cursor.kind == CLANG_REFERENCE
		       ? source_flow_function(reader, source_name(reader, cursor))
		       : NULL;
}
