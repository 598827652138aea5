/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * One pass over the text with a stack of open sections. A tag other than an interpolation that
 * stands alone on its line takes the whole line with it:
 *
 *	  {{#items}}        nothing of this line is printed
 *	  - {{name}}
 */
#include "mustache_parse.h"

#include <string.h>

struct open_section {
	struct mustache_node *nodes; /* what was being filled before it was opened */
	size_t n_nodes;
	struct mustache_node section;
	size_t line;
};

struct parser {
	struct arena *arena;
	struct diag *diag;
	const char *name, *start, *end, *at;
	size_t line;
	const char *open, *close; /* the delimiters */
	size_t open_length, close_length;
	struct mustache_node *nodes; /* being filled */
	size_t n_nodes;
	struct open_section stack[MUSTACHE_MAX_DEPTH];
	size_t depth;
};

struct tag {
	char sigil; /* 0 for none */
	const char *name;
	size_t name_length;
	const char *start, *end; /* of the whole tag in the text */
	size_t line;
};

static int fail(struct parser *parser, size_t line, const char *what)
{
	return diag_error(parser->diag, arena_printf(parser->arena, "%s:%zu", parser->name, line),
			  "%s", what);
}

static bool is_space(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

static void trim(const char **text, size_t *length)
{
	while (*length && is_space(**text)) {
		(*text)++;
		(*length)--;
	}
	while (*length && is_space((*text)[*length - 1]))
		(*length)--;
}

static const char *find(const char *text, const char *end, const char *what, size_t length)
{
	/* Delimiters are short, and memchr fast. */
	while ((size_t)(end - text) >= length &&
	       (text = memchr(text, what[0], (size_t)(end - text)))) {
		if ((size_t)(end - text) < length)
			return NULL;
		if (!memcmp(text, what, length))
			return text;
		text++;
	}
	return NULL;
}

static size_t count_lines(const char *text, const char *end)
{
	size_t count = 0;

	while ((text = memchr(text, '\n', (size_t)(end - text))) != NULL) {
		count++;
		text++;
	}
	return count;
}

static void add_text(struct parser *parser, const char *text, const char *end)
{
	if (text < end)
		*ARENA_PUSH(parser->arena, parser->nodes, parser->n_nodes) = (struct mustache_node){
			.kind = MUSTACHE_TEXT,
			.text = text,
			.length = (size_t)(end - text),
		};
}

static void split_name(struct parser *parser, struct mustache_node *node, const struct tag *tag)
{
	char *name = arena_strndup(parser->arena, tag->name, tag->name_length), *keys, *dot;

	node->name = name;
	if (!strcmp(name, "."))
		return;
	keys = arena_strdup(parser->arena, name);
	while (keys) {
		dot = strchr(keys, '.');
		if (dot)
			*dot = '\0';
		*ARENA_PUSH(parser->arena, node->keys, node->n_keys) =
			(struct mustache_key){keys, value_hash(keys)};
		keys = dot ? dot + 1 : NULL;
	}
}

/* The line of `tag` holds nothing else: *start and *end become those of the whole line. */
static bool is_standalone(const struct parser *parser, const struct tag *tag, const char **start,
			  const char **end)
{
	const char *left = tag->start, *right = tag->end;

	while (left > parser->start && (left[-1] == ' ' || left[-1] == '\t'))
		left--;
	if (left > parser->start && left[-1] != '\n')
		return false;
	while (right < parser->end && (*right == ' ' || *right == '\t'))
		right++;
	if (right < parser->end && *right == '\r' && right + 1 < parser->end && right[1] == '\n')
		right++;
	if (right < parser->end && *right != '\n')
		return false;
	*start = left;
	*end = right < parser->end ? right + 1 : right;
	return true;
}

/* Reads the tag that begins at `start`. 0, or -1 after an error. */
static int read_tag(struct parser *parser, const char *start, struct tag *tag)
{
	const char *inner = start + parser->open_length, *close;
	size_t close_length = parser->close_length;

	tag->start = start;
	tag->line = parser->line;
	tag->sigil = '\0';
	if (inner < parser->end && *inner && strchr("#^/>!&={", *inner))
		tag->sigil = *inner++;
	if (tag->sigil == '{' || tag->sigil == '=') {
		/* Delimiters may have any byte but a blank. */
		char *ending = arena_alloc(parser->arena, close_length + 1);

		ending[0] = tag->sigil == '{' ? '}' : '=';
		memcpy(ending + 1, parser->close, close_length);
		close_length++;
		close = find(inner, parser->end, ending, close_length);
	} else {
		close = find(inner, parser->end, parser->close, close_length);
	}
	if (!close)
		return fail(parser, tag->line,
			    "a tag is not closed; close it with the delimiter "
			    "that fits its opening one");
	tag->name = inner;
	tag->name_length = (size_t)(close - inner);
	tag->end = close + close_length;
	trim(&tag->name, &tag->name_length);
	return 0;
}

/* {{=<% %>=}} */
static int set_delimiters(struct parser *parser, const struct tag *tag)
{
	const char *text = tag->name, *end = tag->name + tag->name_length, *middle = text;
	const char *second;

	while (middle < end && !is_space(*middle))
		middle++;
	for (second = middle; second < end && is_space(*second);)
		second++;
	if (middle == text || second == end || memchr(text, '=', tag->name_length))
		return fail(parser, tag->line,
			    "delimiters are set as {{=<open> <close>=}}, two words without '='");
	for (const char *c = second; c < end; c++) {
		if (is_space(*c))
			return fail(parser, tag->line, "delimiters are two words, not more");
	}
	parser->open = text;
	parser->open_length = (size_t)(middle - text);
	parser->close = second;
	parser->close_length = (size_t)(end - second);
	return 0;
}

static int open_section(struct parser *parser, const struct tag *tag)
{
	struct open_section *open;

	if (parser->depth == MUSTACHE_MAX_DEPTH)
		return fail(parser, tag->line,
			    "sections are nested too deep; 64 levels are enough");
	open = &parser->stack[parser->depth++];
	*open = (struct open_section){
		.nodes = parser->nodes, .n_nodes = parser->n_nodes, .line = tag->line};
	open->section.kind = tag->sigil == '#' ? MUSTACHE_SECTION : MUSTACHE_INVERTED;
	split_name(parser, &open->section, tag);
	parser->nodes = NULL;
	parser->n_nodes = 0;
	return 0;
}

static int close_section(struct parser *parser, const struct tag *tag)
{
	struct open_section *open;
	const char *name = arena_strndup(parser->arena, tag->name, tag->name_length);

	if (!parser->depth)
		return fail(parser, tag->line,
			    arena_printf(parser->arena, "{{/%s}} closes a section that is not open",
					 name));
	open = &parser->stack[--parser->depth];
	if (strcmp(open->section.name, name) != 0)
		return fail(parser, tag->line,
			    arena_printf(parser->arena,
					 "{{/%s}} closes the section '%s' of line %zu", name,
					 open->section.name, open->line));
	open->section.children = parser->nodes;
	open->section.n_children = parser->n_nodes;
	parser->nodes = open->nodes;
	parser->n_nodes = open->n_nodes;
	*ARENA_PUSH(parser->arena, parser->nodes, parser->n_nodes) = open->section;
	return 0;
}

static void add_reference(struct parser *parser, const struct tag *tag, enum mustache_kind kind,
			  const char *text, size_t length)
{
	struct mustache_node node = {.kind = kind, .text = text, .length = length};

	split_name(parser, &node, tag);
	*ARENA_PUSH(parser->arena, parser->nodes, parser->n_nodes) = node;
}

/* `indent` is the white space before a standalone tag. */
static int handle_tag(struct parser *parser, const struct tag *tag, const char *indent,
		      size_t indent_length)
{
	if (tag->sigil == '!')
		return 0;
	if (tag->sigil == '=')
		return set_delimiters(parser, tag);
	if (!tag->name_length)
		return fail(parser, tag->line, "a tag has no name");
	if (tag->sigil == '#' || tag->sigil == '^')
		return open_section(parser, tag);
	if (tag->sigil == '/')
		return close_section(parser, tag);
	if (tag->sigil == '>')
		add_reference(parser, tag, MUSTACHE_PARTIAL, indent, indent_length);
	else
		add_reference(parser, tag, tag->sigil ? MUSTACHE_RAW : MUSTACHE_ESCAPED, NULL, 0);
	return 0;
}

static int parse_next(struct parser *parser, const char *tag_start)
{
	struct tag tag = {0};
	const char *start, *end, *indent = NULL;
	size_t indent_length = 0;

	parser->line += count_lines(parser->at, tag_start);
	if (read_tag(parser, tag_start, &tag))
		return -1;
	start = tag.start;
	end = tag.end;
	if (tag.sigil && tag.sigil != '&' && tag.sigil != '{' &&
	    is_standalone(parser, &tag, &start, &end)) {
		indent = start;
		indent_length = (size_t)(tag.start - start);
	}
	add_text(parser, parser->at, start);
	parser->line += count_lines(tag.start, end);
	parser->at = end;
	return handle_tag(parser, &tag, indent, indent_length);
}

struct mustache_template *mustache_parse(struct arena *arena, struct diag *diag, const char *name,
					 const char *text, size_t length)
{
	struct mustache_template *template = ARENA_NEW(arena, struct mustache_template);
	struct parser *parser = ARENA_NEW(arena, struct parser);
	const char *tag;

	*parser = (struct parser){
		.arena = arena,
		.diag = diag,
		.name = name,
		.start = text,
		.at = text,
		.end = text + length,
		.line = 1,
		.open = "{{",
		.open_length = 2,
		.close = "}}",
		.close_length = 2,
	};
	while ((tag = find(parser->at, parser->end, parser->open, parser->open_length)) != NULL) {
		if (parse_next(parser, tag))
			return NULL;
	}
	add_text(parser, parser->at, parser->end);
	if (parser->depth) {
		const struct open_section *open = &parser->stack[parser->depth - 1];

		fail(parser, open->line,
		     arena_printf(arena, "the section '%s' is not closed; end it with {{/%s}}",
				  open->section.name, open->section.name));
		return NULL;
	}
	template->name = name;
	template->nodes = parser->nodes;
	template->n_nodes = parser->n_nodes;
	return template;
}
