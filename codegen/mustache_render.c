/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Rendering walks the nodes with a stack of contexts: a name is looked up from the innermost one
 * outwards, and the first that has its first part decides, even if the rest then leads nowhere.
 *
 * A partial that stands alone on its line is indented as the specification words it: the white
 * space is put before each line of its text, which is then parsed.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "mustache_parse.h"
#include "strmap.h"

struct context {
	const struct value *value;
	const struct context *outer;
};

struct renderer {
	struct strbuf *out;
	struct arena *arena;
	struct diag *diag;
	const struct mustache_loader *loader;
	struct strmap partials; /* parsed ones, by indentation and name; &missing for none */
	int depth;              /* of partials */
};

static struct mustache_template missing;

static int render_nodes(struct renderer *, struct mustache_node *, size_t count,
			const struct context *);

/* NULL when there is none. */
static const struct value *look_up(const struct mustache_node *node, const struct context *context)
{
	const struct value *value = NULL;

	if (!node->n_keys)
		return context->value;
	for (; context && !value; context = context->outer)
		value = value_find(context->value, node->keys[0].text, node->keys[0].hash);
	for (size_t i = 1; i < node->n_keys && value; i++)
		value = value_find(value, node->keys[i].text, node->keys[i].hash);
	return value;
}

/* The shortest text that reads back as the same number. */
static void add_real(struct strbuf *out, double real)
{
	char text[32];

	for (int precision = 1; precision <= 17; precision++) {
		snprintf(text, sizeof(text), "%.*g", precision, real);
		if (strtod(text, NULL) == real)
			break;
	}
	strbuf_add_string(out, text);
}

static const char *escape_of(char c)
{
	switch (c) {
	case '&':
		return "&amp;";
	case '"':
		return "&quot;";
	case '<':
		return "&lt;";
	case '>':
		return "&gt;";
	default:
		return NULL;
	}
}

static void add_escaped(struct strbuf *out, const char *text, size_t length)
{
	size_t start = 0;

	for (size_t i = 0; i < length; i++) {
		const char *escape = escape_of(text[i]);

		if (!escape)
			continue;
		strbuf_add(out, text + start, i - start);
		strbuf_add_string(out, escape);
		start = i + 1;
	}
	strbuf_add(out, text + start, length - start);
}

static void render_value(struct strbuf *out, const struct value *value, bool is_escaped)
{
	if (!value)
		return;
	switch (value->kind) {
	case VALUE_BOOLEAN:
		strbuf_add_string(out, value->boolean ? "true" : "false");
		break;
	case VALUE_INTEGER:
		strbuf_add_format(out, "%lld", value->integer);
		break;
	case VALUE_REAL:
		add_real(out, value->real);
		break;
	case VALUE_STRING:
		if (is_escaped)
			add_escaped(out, value->string, value->count);
		else
			strbuf_add(out, value->string, value->count);
		break;
	default:
		break;
	}
}

static int render_section(struct renderer *renderer, struct mustache_node *node,
			  const struct context *context)
{
	const struct value *value = look_up(node, context);
	struct context inner = {value, context};

	if (!value_is_true(value))
		return 0;
	if (value->kind != VALUE_LIST)
		return render_nodes(renderer, node->children, node->n_children, &inner);
	for (size_t i = 0; i < value->count; i++) {
		inner.value = value->items[i];
		if (render_nodes(renderer, node->children, node->n_children, &inner))
			return -1;
	}
	return 0;
}

/* The text with `indent` before each of its lines. */
static const char *indent_lines(struct arena *arena, const char *indent, size_t indent_length,
				const char *text, size_t *length)
{
	struct strbuf lines = STRBUF_INIT;
	const char *end = text + *length;

	while (text < end) {
		const char *newline = memchr(text, '\n', (size_t)(end - text));
		const char *stop = newline ? newline + 1 : end;

		strbuf_add(&lines, indent, indent_length);
		strbuf_add(&lines, text, (size_t)(stop - text));
		text = stop;
	}
	*length = lines.length;
	text = arena_strndup(arena, lines.text, lines.length);
	strbuf_release(&lines);
	return text;
}

/* NULL after an error, &missing when there is no such partial. */
static const struct mustache_template *read_partial(struct renderer *renderer,
						    const struct mustache_node *node)
{
	struct arena *arena = renderer->arena;
	const char *key = arena_printf(arena, "%.*s%s", (int)node->length,
				       node->text ? node->text : "", node->name);
	void **known = strmap_at(&renderer->partials, arena, key);
	const char *text;
	size_t length;

	if (*known)
		return *known;
	if (!renderer->loader ||
	    !renderer->loader->load(renderer->loader->context, node->name, &text, &length))
		return *known = &missing;
	if (node->length)
		text = indent_lines(arena, node->text, node->length, text, &length);
	return *known = mustache_parse(arena, renderer->diag, node->name, text, length);
}

static int render_partial(struct renderer *renderer, struct mustache_node *node,
			  const struct context *context)
{
	int result;

	if (renderer->depth == MUSTACHE_MAX_DEPTH)
		return diag_error(renderer->diag, node->name,
				  "partials are nested too deep; does this one include itself?");
	if (!node->partial)
		node->partial = read_partial(renderer, node);
	if (!node->partial)
		return -1;
	renderer->depth++;
	result = render_nodes(renderer, node->partial->nodes, node->partial->n_nodes, context);
	renderer->depth--;
	return result;
}

static int render_node(struct renderer *renderer, struct mustache_node *node,
		       const struct context *context)
{
	switch (node->kind) {
	case MUSTACHE_TEXT:
		strbuf_add(renderer->out, node->text, node->length);
		return 0;
	case MUSTACHE_ESCAPED:
	case MUSTACHE_RAW:
		render_value(renderer->out, look_up(node, context), node->kind == MUSTACHE_ESCAPED);
		return 0;
	case MUSTACHE_SECTION:
		return render_section(renderer, node, context);
	case MUSTACHE_INVERTED:
		if (value_is_true(look_up(node, context)))
			return 0;
		return render_nodes(renderer, node->children, node->n_children, context);
	case MUSTACHE_PARTIAL:
		return render_partial(renderer, node, context);
	}
	return 0;
}

static int render_nodes(struct renderer *renderer, struct mustache_node *nodes, size_t count,
			const struct context *context)
{
	for (size_t i = 0; i < count; i++) {
		if (render_node(renderer, &nodes[i], context))
			return -1;
	}
	return 0;
}

int mustache_render(struct strbuf *out, struct arena *arena, struct diag *diag, const char *name,
		    const char *text, size_t length, const struct value *data,
		    const struct mustache_loader *loader)
{
	struct renderer renderer = {.out = out, .arena = arena, .diag = diag, .loader = loader};
	struct context context = {data, NULL};
	const struct mustache_template *template;

	template = mustache_parse(arena, diag, name, text, length);
	if (!template)
		return -1;
	return render_nodes(&renderer, template->nodes, template->n_nodes, &context);
}
