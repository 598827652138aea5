/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * No preprocessor: a name too many does no harm, since clang has the last word on its value. Only a
 * body that would disturb what stands around it must not get through: brackets that do not match,
 * braces, semicolons.
 */
#include "source_macros.h"

#include <ctype.h>
#include <stdbool.h>
#include <string.h>

#include "bug.h"
#include "path.h"
#include "strbuf.h"
#include "strmap.h"

#define MAX_DEPTH 32

struct macro_finder {
	struct arena *arena;
	struct source_macros *macros;
	struct strmap known, files;
	struct strbuf line;
};

static bool is_word(char c)
{
	return isalnum((unsigned char)c) || c == '_';
}

/* Words that begin what is no expression. */
static bool begins_no_expression(const char *body)
{
	static const char *const words[] = {
		"struct",  "union",   "enum",          "static",          "extern",
		"inline",  "const",   "volatile",      "typedef",         "void",
		"do",      "if",      "for",           "while",           "return",
		"goto",    "int",     "long",          "unsigned",        "signed",
		"char",    "short",   "__attribute__", "__always_inline", "asm",
		"__asm__", "_Pragma",
	};

	for (size_t i = 0; i < ARRAY_SIZE(words); i++) {
		size_t length = strlen(words[i]);

		if (!strncmp(body, words[i], length) && !is_word(body[length]))
			return true;
	}
	return false;
}

/* Skips a string or a character constant; NULL when it does not end. */
static const char *skip_quoted(const char *at)
{
	char quote = *at++;

	for (; *at && *at != quote; at++) {
		if (*at == '\\' && !*++at)
			return NULL;
	}
	return *at ? at + 1 : NULL;
}

static bool may_be_expression(const char *body)
{
	int depth = 0;

	if (!*body || begins_no_expression(body))
		return false;
	while (*body) {
		if (*body == '"' || *body == '\'') {
			body = skip_quoted(body);
			if (!body)
				return false;
			continue;
		}
		if (strchr("{};#@\\`", *body))
			return false;
		depth += (*body == '(') - (*body == ')');
		if (depth < 0)
			return false;
		body++;
	}
	return depth == 0;
}

/* The next logical line: continued lines joined, comments left out. Valid until the next call. */
static const char *read_line(struct macro_finder *finder, const char **at, const char *end)
{
	struct strbuf *line = &finder->line;
	const char *from = *at;

	strbuf_truncate(line, 0);
	while (from < end && *from != '\n') {
		if (from + 1 < end && from[0] == '\\' && from[1] == '\n') {
			from += 2;
		} else if (from + 1 < end && from[0] == '/' && from[1] == '*') {
			const char *close = memmem(from + 2, (size_t)(end - from - 2), "*/", 2);

			from = close ? close + 2 : end;
			strbuf_add_char(line, ' ');
		} else if (from + 1 < end && from[0] == '/' && from[1] == '/') {
			from = memchr(from, '\n', (size_t)(end - from));
			from = from ? from : end;
		} else {
			strbuf_add_char(line, *from++);
		}
	}
	*at = from < end ? from + 1 : end;
	while (line->length && isspace((unsigned char)line->text[line->length - 1]))
		strbuf_truncate(line, line->length - 1);
	return line->text;
}

static const char *skip_blanks(const char *text)
{
	return text + strspn(text, " \t");
}

static void add_macro(struct macro_finder *finder, const char *definition)
{
	size_t length = 0;
	const char *name;
	void **place;

	while (is_word(definition[length]))
		length++;
	/* A '(' that follows at once makes it a function. */
	if (!length || isdigit((unsigned char)definition[0]) || definition[length] == '(')
		return;
	name = arena_strndup(finder->arena, definition, length);
	definition = skip_blanks(definition + length);
	place = strmap_at(&finder->known, finder->arena, name);
	if (*place || !may_be_expression(definition))
		return;
	*place = finder;
	strvec_push(*definition == '"' ? &finder->macros->strings : &finder->macros->numbers,
		    finder->arena, name);
}

static void find_in(struct macro_finder *, struct bytes text, const char *directory, int depth);

static void include(struct macro_finder *finder, const char *what, const char *directory, int depth)
{
	const char *close = *what == '"' ? strchr(what + 1, '"') : NULL, *path;
	struct bytes text;
	void **place;

	if (!close || depth >= MAX_DEPTH)
		return;
	path = path_join(finder->arena, directory,
			 arena_strndup(finder->arena, what + 1, (size_t)(close - what - 1)));
	place = strmap_at(&finder->files, finder->arena, path);
	if (*place || !strcmp(path_basename(path), "vmlinux.h"))
		return;
	*place = finder;
	if (!file_read(finder->arena, path, &text))
		find_in(finder, text, path_dirname(finder->arena, path), depth + 1);
}

static void find_in(struct macro_finder *finder, struct bytes text, const char *directory,
		    int depth)
{
	const char *at = (const char *)text.data, *end = at + text.size;

	while (at < end) {
		const char *next = memchr(at, '\n', (size_t)(end - at));
		const char *start = at + strspn(at, " \t"), *line;

		/* Most lines are no directive. */
		if (start >= end || *start != '#') {
			at = next ? next + 1 : end;
			continue;
		}
		at = start + 1;
		line = skip_blanks(read_line(finder, &at, end));
		if (!strncmp(line, "define", 6) && (line[6] == ' ' || line[6] == '\t'))
			add_macro(finder, skip_blanks(line + 6));
		else if (!strncmp(line, "include", 7))
			include(finder, skip_blanks(line + 7), directory, depth);
	}
}

void source_macros_find(struct source_macros *macros, struct arena *arena, struct bytes text,
			const char *directory)
{
	struct macro_finder finder = {.arena = arena, .macros = macros, .line = STRBUF_INIT};

	find_in(&finder, text, directory, 0);
	strbuf_release(&finder.line);
}
