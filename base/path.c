/* SPDX-License-Identifier: BSD-2-Clause */
#include "path.h"

#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "bug.h"
#include "strbuf.h"
#include "strvec.h"

const char *path_basename(const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash ? slash + 1 : path;
}

char *path_dirname(struct arena *arena, const char *path)
{
	const char *slash = strrchr(path, '/');

	if (!slash)
		return arena_strdup(arena, ".");
	while (slash > path && slash[-1] == '/')
		slash--;
	return slash == path ? arena_strdup(arena, "/")
			     : arena_strndup(arena, path, (size_t)(slash - path));
}

char *path_join(struct arena *arena, const char *directory, const char *name)
{
	size_t length = strlen(directory);

	if (name[0] == '/' || !strcmp(directory, "."))
		return arena_strdup(arena, name);
	return arena_printf(arena, "%s%s%s", directory,
			    length && directory[length - 1] == '/' ? "" : "/", name);
}

/* The components of an absolute path, without "." and with ".." applied. */
static struct strvec split(struct arena *arena, const char *path)
{
	struct strvec parts = {0};

	if (path[0] != '/')
		BUG("'%s' is not absolute", path);
	while (*path) {
		size_t length = strcspn(path, "/");
		char *part = arena_strndup(arena, path, length);

		if (!strcmp(part, "..")) {
			if (parts.count)
				parts.items[--parts.count] = NULL;
		} else if (length && strcmp(part, ".")) {
			strvec_push(&parts, arena, part);
		}
		path += length + (path[length] == '/');
	}
	return parts;
}

char *path_relative(struct arena *arena, const char *from, const char *to)
{
	struct strvec a = split(arena, from), b = split(arena, to);
	struct strbuf text = STRBUF_INIT;
	size_t shared = 0;
	char *path;

	while (shared < a.count && shared < b.count && !strcmp(a.items[shared], b.items[shared]))
		shared++;
	for (size_t i = shared; i < a.count; i++)
		strbuf_add_string(&text, text.length ? "/.." : "..");
	for (size_t i = shared; i < b.count; i++)
		strbuf_add_format(&text, "%s%s", text.length ? "/" : "", b.items[i]);
	path = arena_strdup(arena, text.length ? text.text : ".");
	strbuf_release(&text);
	return path;
}

char *path_real(struct arena *arena, const char *path)
{
	char *real = realpath(path, NULL), *copy;

	if (!real && errno == ENOMEM)
		bug_out_of_memory();
	if (!real)
		return NULL;
	copy = arena_strdup(arena, real);
	free(real);
	return copy;
}

bool path_exists(const char *path)
{
	return access(path, F_OK) == 0;
}

const char *path_find_program(struct arena *arena, const char *name)
{
	const char *path = getenv("PATH");

	if (strchr(name, '/'))
		return path_exists(name) ? name : NULL;
	while (path && *path) {
		size_t length = strcspn(path, ":");
		const char *file = path_join(arena, arena_strndup(arena, path, length), name);

		if (length && path_exists(file))
			return file;
		path += length + (path[length] == ':');
	}
	return NULL;
}
