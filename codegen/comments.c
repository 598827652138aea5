/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Nothing in a comment may end it, begin another one, or become a trigraph: the second character of
 * such a pair gets a blank before it.
 */
#include "comments.h"

#include <string.h>

#include "path.h"
#include "strbuf.h"
#include "utf8.h"

#define WIDTH     100
#define TAB_WIDTH 8

/* In UTF-8 that every compiler takes: other bytes are Latin-1's. */
static const char *make_text(struct arena *arena, const char *text)
{
	char *result = arena_alloc(arena, 2 * strlen(text) + 1), *to = result;

	while (*text) {
		size_t length = utf8_length(text);
		char latin[] = {(char)(0xc0 | (unsigned char)*text >> 6),
				(char)(0x80 | (*text & 0x3f)), '\0'};
		const char *from = length ? text : latin;
		size_t size = length ? length : 2;

		if (size == 1 || !utf8_is_hidden(from)) {
			memcpy(to, from, size);
			to += size;
		}
		text += length ? length : 1;
	}
	return result;
}

static const char *make_harmless(struct arena *arena, const char *raw)
{
	const char *text = make_text(arena, raw);
	char *result = arena_alloc(arena, 2 * strlen(text) + 1), *to = result;
	char last = 0;

	for (; *text; text++) {
		unsigned char c = (unsigned char)*text;
		char safe = (c < ' ' && c != '\n') || c == 0x7f ? ' ' : (char)c;

		if ((last == '*' && safe == '/') || (last == '/' && safe == '*') ||
		    (last == '?' && safe == '?'))
			*to++ = ' ';
		*to++ = last = safe;
	}
	/* A backslash at the end of a line would join it with the next one. */
	for (char *c = result; *c; c++) {
		if (*c == '\\' && (c[1] == '\n' || !c[1]))
			*c = '/';
	}
	return result;
}

static void begin_line(struct strbuf *out, int depth)
{
	for (int i = 0; i < depth; i++)
		strbuf_add_char(out, '\t');
	strbuf_add_string(out, " *");
}

/* One line of the source's, on as many of its own as it needs. */
static void add_wrapped(struct strbuf *out, int depth, const char *line, size_t length)
{
	size_t room = (size_t)(WIDTH - depth * TAB_WIDTH - 3);

	do {
		size_t take = length, next;

		if (take > room) {
			for (take = room; take && line[take] != ' '; take--)
				;
			take = take ? take : room;
			/* Not within a character of UTF-8. */
			while (take < length && take > 1 &&
			       ((unsigned char)line[take] & 0xc0) == 0x80)
				take--;
		}
		begin_line(out, depth);
		if (take)
			strbuf_add_char(out, ' ');
		strbuf_add(out, line, take);
		strbuf_add_char(out, '\n');
		next = take + (take < length && line[take] == ' ');
		line += next;
		length -= next;
	} while (length);
}

/* The text and the place, wrapped. */
static void add_lines(struct strbuf *out, int depth, const char *text, const char *place)
{
	if (!strchr(text, '\n') &&
	    strlen(text) + strlen(place) + 4 + (size_t)depth * TAB_WIDTH <= WIDTH) {
		begin_line(out, depth);
		strbuf_add_format(out, " %s %s\n", text, place);
		return;
	}
	for (const char *line = text; *line;) {
		size_t length = strcspn(line, "\n");

		add_wrapped(out, depth, line, length);
		line += length + (line[length] == '\n');
	}
	add_wrapped(out, depth, place, strlen(place));
}

static const char *name_place(struct arena *arena, const struct source_place *found)
{
	return make_harmless(
		arena, arena_printf(arena, "(%s:%u)", path_basename(found->file), found->line));
}

static const char *take(struct arena *arena, struct strbuf *out)
{
	const char *text = arena_strdup(arena, out->text);

	strbuf_release(out);
	return text;
}

const char *comment_on(struct arena *arena, const struct source_facts *facts, int depth,
		       const char *about)
{
	const struct source_place *found = facts ? strmap_get(&facts->places, about) : NULL;
	struct strbuf out = STRBUF_INIT;
	const char *text, *place;

	/* The first declaration that has one counts. */
	while (found && !found->comment)
		found = found->next;
	if (!found)
		return "";
	text = make_harmless(arena, found->comment);
	place = name_place(arena, found);
	for (int i = 0; i < depth; i++)
		strbuf_add_char(&out, '\t');
	if (!strchr(text, '\n') &&
	    strlen(text) + strlen(place) + 7 + (size_t)depth * TAB_WIDTH <= WIDTH) {
		strbuf_add_format(&out, "/* %s %s */\n", text, place);
	} else {
		strbuf_add_string(&out, "/*\n");
		add_lines(&out, depth, text, place);
		for (int i = 0; i < depth; i++)
			strbuf_add_char(&out, '\t');
		strbuf_add_string(&out, " */\n");
	}
	return take(arena, &out);
}

const char *comment_lines(struct arena *arena, const struct source_facts *facts, const char *about)
{
	const struct source_place *found = facts ? strmap_get(&facts->places, about) : NULL;
	struct strbuf out = STRBUF_INIT;

	if (!found || !found->comment)
		return "";
	add_lines(&out, 0, make_harmless(arena, found->comment), name_place(arena, found));
	return take(arena, &out);
}

const char *comment_line(struct arena *arena, const char *raw)
{
	char *text = arena_strdup(arena, make_harmless(arena, raw));

	for (char *c = text; *c; c++) {
		if (*c == '\n')
			*c = ' ';
	}
	return text;
}

const char *comment_wrap(struct arena *arena, const char *sentence)
{
	const char *text = make_harmless(arena, sentence);
	struct strbuf out = STRBUF_INIT;

	if (strlen(text) + 6 <= WIDTH)
		return arena_printf(arena, "/* %s */", text);
	strbuf_add_string(&out, "/*\n");
	add_wrapped(&out, 0, text, strlen(text));
	strbuf_add_string(&out, " */");
	return take(arena, &out);
}
