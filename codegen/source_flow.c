/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The walk over a body. libclang tells an assignment from a comma, a comparison or a sum by no
 * means that version 14 has; but only an assignment has a name on its left side that nothing is
 * made of: elsewhere it is wrapped into a conversion to its value.
 */
#include "source_flow.h"

#include <string.h>

struct walk {
	struct source_reader *reader;
	struct source_function *function;
};

static const struct source_goal no_goal = {.kind = GOAL_NONE};

void source_add_function(struct source_reader *reader, CXCursor cursor)
{
	if (!reader->clang->isCursorDefinition(cursor))
		return;
	*ARENA_PUSH(reader->arena, reader->functions,
		    reader->n_functions) = (struct source_function){
		.definition = cursor,
		.name = source_name(reader, cursor),
		.is_static = reader->clang->getCursorLinkage(cursor) == CLANG_LINKAGE_INTERNAL,
		.result = reader->clang->getCursorResultType(cursor),
	};
}

struct source_function *source_flow_function(struct source_reader *reader, const char *name)
{
	for (size_t i = 0; i < reader->n_functions; i++) {
		if (!strcmp(reader->functions[i].name, name))
			return &reader->functions[i];
	}
	return NULL;
}

const CXCursor *source_flow_argument(const struct source_call *call, int index)
{
	return index >= 0 && (size_t)index < call->arguments.count ? &call->arguments.items[index]
								   : NULL;
}

static bool is_expression(CXCursor cursor)
{
	return cursor.kind >= CLANG_UNEXPOSED && cursor.kind < CLANG_COMPOUND - 1;
}

/* What it points to says something: neither void nor bytes. */
static bool is_typed_pointer(const struct clang_library *clang, CXType type)
{
	CXType target;

	type = clang->getCanonicalType(type);
	if (type.kind != CLANG_TYPE_POINTER)
		return false;
	target = clang->getCanonicalType(clang->getPointeeType(type));
	return target.kind != CLANG_TYPE_VOID && target.kind != CLANG_TYPE_CHAR &&
	       target.kind != CLANG_TYPE_CHAR_UNSIGNED && target.kind != CLANG_TYPE_UCHAR &&
	       target.kind != CLANG_TYPE_SCHAR && target.kind != CLANG_TYPE_FUNCTION &&
	       target.kind != CLANG_TYPE_FUNCTION_WITHOUT_PROTOTYPE;
}

static bool is_pointer(const struct clang_library *clang, CXType type)
{
	return clang->getCanonicalType(type).kind == CLANG_TYPE_POINTER;
}

/* Of a pointer type, as it is spelled: a typedef keeps its name. */
static CXType pointee(const struct clang_library *clang, CXType type)
{
	CXType bare = source_bare_type(clang, type);

	return clang->getPointeeType(
		bare.kind == CLANG_TYPE_POINTER ? bare : clang->getCanonicalType(type));
}

static struct source_variable *find_variable(struct walk *walk, CXCursor declaration)
{
	struct source_variable *variable = walk->function->variables;

	while (variable && !walk->reader->clang->equalCursors(variable->declaration, declaration))
		variable = variable->next;
	return variable;
}

static struct source_variable *add_variable(struct walk *walk, CXCursor declaration, int parameter)
{
	struct source_variable *variable = ARENA_NEW(walk->reader->arena, struct source_variable);

	*variable = (struct source_variable){
		.next = walk->function->variables,
		.declaration = declaration,
		.parameter = parameter,
	};
	return walk->function->variables = variable;
}

static void push_cursor(struct walk *walk, struct source_children *list, CXCursor cursor)
{
	*ARENA_PUSH(walk->reader->arena, list->items, list->count) = cursor;
}

/* Where what is assigned to something of that type goes. */
static struct source_goal goal_of(struct walk *walk, CXType type, struct source_variable *variable)
{
	const struct clang_library *clang = walk->reader->clang;

	if (is_typed_pointer(clang, type))
		return (struct source_goal){.kind = GOAL_TYPE, .type = pointee(clang, type)};
	if (variable && is_pointer(clang, type))
		return (struct source_goal){.kind = GOAL_VARIABLE, .variable = variable};
	return no_goal;
}

static void visit(struct walk *, CXCursor, struct source_goal);

static void visit_children(struct walk *walk, CXCursor cursor, struct source_goal goal)
{
	struct source_children children = source_children(walk->reader, cursor);

	for (size_t i = 0; i < children.count; i++)
		visit(walk, children.items[i], goal);
}

static void visit_variable(struct walk *walk, CXCursor cursor)
{
	struct source_children children = source_children(walk->reader, cursor);
	struct source_variable *variable = add_variable(walk, cursor, -1);
	CXType type = walk->reader->clang->getCursorType(cursor);
	CXType canonical = walk->reader->clang->getCanonicalType(type);

	for (size_t i = 0; i < children.count; i++) {
		bool is_initial = i + 1 == children.count && is_expression(children.items[i]) &&
				  canonical.kind != CLANG_TYPE_ARRAY;

		if (is_initial)
			push_cursor(walk, &variable->sources, children.items[i]);
		visit(walk, children.items[i],
		      is_initial ? goal_of(walk, type, variable) : no_goal);
	}
}

static struct source_variable *named_variable(struct walk *walk, CXCursor expression)
{
	if (expression.kind != CLANG_REFERENCE)
		return NULL;
	return find_variable(walk, walk->reader->clang->getCursorReferenced(expression));
}

static void visit_binary(struct walk *walk, CXCursor cursor)
{
	struct source_children children = source_children(walk->reader, cursor);
	struct source_variable *variable;
	CXCursor left;

	if (children.count != 2)
		return;
	left = children.items[0];
	if (left.kind != CLANG_REFERENCE && left.kind != CLANG_MEMBER_REFERENCE) {
		visit(walk, left, no_goal);
		visit(walk, children.items[1], no_goal);
		return;
	}
	variable = named_variable(walk, left);
	if (variable)
		push_cursor(walk, &variable->sources, children.items[1]);
	visit(walk, left, no_goal);
	visit(walk, children.items[1],
	      goal_of(walk, walk->reader->clang->getCursorType(left), variable));
}

/* The sign before an operand, where that is written: in a macro's body, its definition. Of "+=" it
 * is the first character. */
static char sign_before(struct source_reader *reader, CXCursor operand)
{
	const struct clang_library *clang = reader->clang;
	void *file = NULL;
	unsigned offset = 0;
	const char *text;
	size_t size = 0;

	clang->getSpellingLocation(clang->getRangeStart(clang->getCursorExtent(operand)), &file,
				   NULL, NULL, &offset);
	text = file ? clang->getFileContents(clang->Cursor_getTranslationUnit(operand), file, &size)
		    : NULL;
	if (!text || offset > size)
		return 0;
	while (offset && strchr(" \t\n\r\\", text[offset - 1]))
		offset--;
	if (offset > 1 && text[offset - 1] == '=')
		offset--;
	return offset ? text[offset - 1] : 0;
}

bool source_flow_is_sum(struct source_reader *reader, const struct source_children *parts)
{
	return sign_before(reader, parts->items[1]) == '+';
}

/* x += y, and all of its kind */
static void visit_assignment(struct walk *walk, CXCursor cursor)
{
	struct source_children children = source_children(walk->reader, cursor);
	struct source_variable *variable;

	if (children.count != 2)
		return;
	variable = named_variable(walk, children.items[0]);
	if (variable && !source_flow_is_sum(walk->reader, &children))
		variable->is_changed = true;
	visit_children(walk, cursor, no_goal);
}

/* ++ and -- have a name for an operand that is no pointer's target and not made a value of. */
static void visit_unary(struct walk *walk, CXCursor cursor)
{
	const struct clang_library *clang = walk->reader->clang;
	struct source_children children = source_children(walk->reader, cursor);
	struct source_variable *variable =
		children.count == 1 ? named_variable(walk, children.items[0]) : NULL;

	/* Also when its address is taken: others may write to it. */
	if (variable && !is_pointer(clang, clang->getCursorType(variable->declaration)))
		variable->is_changed = true;
	visit_children(walk, cursor, no_goal);
}

static void visit_call(struct walk *walk, CXCursor cursor, struct source_goal goal)
{
	struct source_reader *reader = walk->reader;
	struct source_children children = source_children(reader, cursor);
	struct source_call call = {.cursor = cursor, .goal = goal};

	if (!children.count)
		return;
	call.name = source_flow_callee(reader, cursor);
	call.arguments = (struct source_children){children.items + 1, children.count - 1};
	call.line = source_find_place(reader, cursor);
	call.file = reader->file_name;
	if (*call.name)
		*ARENA_PUSH(reader->arena, walk->function->calls, walk->function->n_calls) = call;
	visit_children(walk, cursor, no_goal);
}

static void visit_reference(struct walk *walk, CXCursor cursor, struct source_goal goal)
{
	struct source_reader *reader = walk->reader;
	CXCursor declaration = reader->clang->getCursorReferenced(cursor);
	struct source_variable *variable;

	if (declaration.kind == CLANG_FUNCTION) {
		*ARENA_PUSH(reader->arena, walk->function->functions, walk->function->n_functions) =
			source_name(reader, declaration);
		return;
	}
	variable = find_variable(walk, declaration);
	if (variable && goal.kind != GOAL_NONE &&
	    !(goal.kind == GOAL_VARIABLE && goal.variable == variable))
		*ARENA_PUSH(reader->arena, variable->goals, variable->n_goals) = goal;
}

static void visit_cast(struct walk *walk, CXCursor cursor, struct source_goal goal)
{
	const struct clang_library *clang = walk->reader->clang;
	CXType type = clang->getCursorType(cursor);

	if (is_typed_pointer(clang, type))
		goal = (struct source_goal){.kind = GOAL_TYPE, .type = pointee(clang, type)};
	visit_children(walk, cursor, is_pointer(clang, type) ? goal : no_goal);
}

/* The last of several gets the goal: of `c ? a : b` both branches, of ({ …; x; }) x. */
static void visit_last(struct walk *walk, CXCursor cursor, struct source_goal goal, size_t first)
{
	struct source_children children = source_children(walk->reader, cursor);

	for (size_t i = 0; i < children.count; i++)
		visit(walk, children.items[i], i >= first ? goal : no_goal);
}

static void visit_compound(struct walk *walk, CXCursor cursor, struct source_goal goal)
{
	struct source_children children = source_children(walk->reader, cursor);

	for (size_t i = 0; i < children.count; i++)
		visit(walk, children.items[i], i + 1 == children.count ? goal : no_goal);
}

static void visit_return(struct walk *walk, CXCursor cursor)
{
	struct source_children children = source_children(walk->reader, cursor);
	struct source_goal goal = goal_of(walk, walk->function->result, NULL);

	if (children.count != 1)
		return;
	if (goal.kind == GOAL_NONE && is_pointer(walk->reader->clang, walk->function->result))
		goal.kind = GOAL_RESULT;
	push_cursor(walk, &walk->function->returned, children.items[0]);
	visit(walk, children.items[0], goal);
}

/* An implicit conversion to a pointer with a type is a goal when nothing else is. */
static void visit_wrap(struct walk *walk, CXCursor cursor, struct source_goal goal)
{
	CXType type = walk->reader->clang->getCursorType(cursor);

	visit_children(walk, cursor, goal.kind != GOAL_NONE ? goal : goal_of(walk, type, NULL));
}

static void visit(struct walk *walk, CXCursor cursor, struct source_goal goal)
{
	switch (cursor.kind) {
	case CLANG_VARIABLE:
		visit_variable(walk, cursor);
		break;
	case CLANG_BINARY:
		visit_binary(walk, cursor);
		break;
	case CLANG_ASSIGNMENT:
		visit_assignment(walk, cursor);
		break;
	case CLANG_UNARY:
		visit_unary(walk, cursor);
		break;
	case CLANG_CALL:
		visit_call(walk, cursor, goal);
		break;
	case CLANG_REFERENCE:
		visit_reference(walk, cursor, goal);
		break;
	case CLANG_CAST:
		visit_cast(walk, cursor, goal);
		break;
	case CLANG_CONDITIONAL:
		visit_last(walk, cursor, goal, 1);
		break;
	case CLANG_UNEXPOSED:
		visit_wrap(walk, cursor, goal);
		break;
	case CLANG_PARENTHESES:
	case CLANG_STATEMENT_EXPRESSION:
		visit_children(walk, cursor, goal);
		break;
	case CLANG_COMPOUND:
		visit_compound(walk, cursor, goal);
		break;
	case CLANG_RETURN:
		visit_return(walk, cursor);
		break;
	case CLANG_STRUCT:
	case CLANG_UNION:
	case CLANG_ENUM:
		source_read_declaration(walk->reader, cursor,
					source_find_place(walk->reader, cursor));
		break;
	default:
		visit_children(walk, cursor, no_goal);
		break;
	}
}

void source_flow_read(struct source_reader *reader, struct source_function *function)
{
	struct walk walk = {.reader = reader, .function = function};
	struct source_children children;

	if (function->is_walked)
		return;
	function->is_walked = true;
	children = source_children(reader, function->definition);
	for (size_t i = 0; i < children.count; i++) {
		struct source_variable *parameter;

		if (children.items[i].kind != CLANG_PARAMETER) {
			visit(&walk, children.items[i], no_goal);
			continue;
		}
		parameter = add_variable(&walk, children.items[i], (int)function->n_parameters);
		*ARENA_PUSH(reader->arena, function->parameters, function->n_parameters) =
			parameter;
	}
}
