/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What make wants quoted in a name: a blank and '#' by a backslash, '$' by another '$', and a
 * backslash before one of the former by another one. A newline cannot be written.
 */
#include "depfile.h"

#include <stdbool.h>
#include <string.h>

static bool is_blank(char c)
{
	return c == ' ' || c == '\t';
}

/*
 * A run of backslashes. Before a blank it is halved, and an odd one quotes the blank; before '#'
 * only the last counts (so clang writes it); elsewhere it
 * stands for itself.
 */
static size_t count_backslashes(const char *at, const char *end)
{
	size_t count = 0;

	while (at + count < end && at[count] == '\\')
		count++;
	return count;
}

static const char *read_backslashes(struct strbuf *name, const char *at, const char *end)
{
	size_t count = count_backslashes(at, end), kept = count;
	char next = at + count < end ? at[count] : '\0';

	if (is_blank(next))
		kept = count / 2;
	else if (next == '#')
		kept = count - 1;
	for (size_t i = 0; i < kept; i++)
		strbuf_add_char(name, '\\');
	at += count;
	if (next == '#' || (is_blank(next) && count % 2))
		strbuf_add_char(name, *at++);
	return at;
}

/* A backslash at the end of the line. */
static bool is_continued(const char *at, const char *end)
{
	return (at + 1 < end && at[0] == '\\' && at[1] == '\n') ||
	       (at + 2 < end && at[0] == '\\' && at[1] == '\r' && at[2] == '\n');
}

/* The name at `at`, unquoted; NULL at the end of the rule. */
static const char *read_name(struct strbuf *name, const char *at, const char *end)
{
	strbuf_truncate(name, 0);
	for (;;) {
		if (is_continued(at, end))
			at += at[1] == '\r' ? 3 : 2;
		else if (at < end && is_blank(*at))
			at++;
		else
			break;
	}
	while (at < end && !is_blank(*at) && *at != '\n' && *at != '\r') {
		if (*at == '\\') {
			if (is_continued(at, end))
				break;
			at = read_backslashes(name, at, end);
			continue;
		}
		at += at + 1 < end && at[0] == '$' && at[1] == '$';
		strbuf_add_char(name, *at++);
	}
	return name->length ? at : NULL;
}

static void add_once(struct strvec *files, struct arena *arena, const char *name)
{
	while (!strncmp(name, "./", 2)) {
		name += 2;
		name += strspn(name, "/");
	}
	if (!*name)
		return;
	for (size_t i = 0; i < files->count; i++) {
		if (!strcmp(files->items[i], name))
			return;
	}
	strvec_push(files, arena, name);
}

static bool is_below(const char *name, const char *directory)
{
	size_t length = directory ? strlen(directory) : 0;

	return length && !strncmp(name, directory, length) && name[length] == '/';
}

static bool is_ignored(const char *name, const struct strvec *ignored)
{
	for (size_t i = 0; i < ignored->count; i++) {
		if (!strcmp(name, ignored->items[i]) || is_below(name, ignored->items[i]))
			return true;
	}
	return false;
}

void depfile_read(struct strvec *files, struct arena *arena, struct bytes text,
		  const struct strvec *ignored)
{
	const char *at = text.size ? (const char *)text.data : "", *end = at + text.size;
	struct strbuf name = STRBUF_INIT;
	bool is_target = true;

	while ((at = read_name(&name, at, end))) {
		if (!is_target && !is_ignored(name.text, ignored))
			add_once(files, arena, name.text);
		else if (is_target && name.text[name.length - 1] == ':')
			is_target = false;
	}
	strbuf_release(&name);
}

static void add_name(struct strbuf *out, const char *name)
{
	for (const char *c = name; *c; c++) {
		if (is_blank(*c) || *c == '#') {
			/* A backslash that stands before it would be read as its quote. */
			for (const char *back = c; back > name && back[-1] == '\\'; back--)
				strbuf_add_char(out, '\\');
			strbuf_add_char(out, '\\');
		} else if (*c == '$') {
			strbuf_add_char(out, '$');
		}
		strbuf_add_char(out, *c);
	}
}

void depfile_write(struct strbuf *out, const struct strvec *targets, const struct strvec *files)
{
	for (size_t i = 0; i < targets->count; i++) {
		if (i)
			strbuf_add_char(out, ' ');
		add_name(out, targets->items[i]);
	}
	strbuf_add_char(out, ':');
	for (size_t i = 0; i < files->count; i++) {
		strbuf_add_string(out, " \\\n  ");
		add_name(out, files->items[i]);
	}
	strbuf_add_char(out, '\n');
	for (size_t i = 1; i < files->count; i++) {
		strbuf_add_char(out, '\n');
		add_name(out, files->items[i]);
		strbuf_add_string(out, ":\n");
	}
}
