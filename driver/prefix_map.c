/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Which map wins where several fit? Up to clang 16 the first in the order of the alphabet, so the
 * shortest; since then the last on the command line. So the longest ones are given first: then the
 * shortest wins everywhere. For that reason the working directory has no map of its own where it
 * holds the source's directory: "/home/me/project/" would beat "/home/me/project/src/".
 */
#include "prefix_map.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "bug.h"
#include "path.h"

struct prefix_map {
	const char *from, *to; /* both empty, or ending in a slash */
};

struct prefix_maps {
	struct arena *arena;
	const struct prefix_map_input *input;
	struct prefix_map *items;
	size_t count;
};

static const char *with_slash(struct arena *arena, const char *path)
{
	size_t length = strlen(path);

	while (length && path[length - 1] == '/')
		length--;
	return arena_printf(arena, "%.*s/", (int)length, path);
}

static void add(struct prefix_maps *maps, const char *from, const char *to)
{
	/* clang splits at the first '='. */
	if (!strcmp(from, to) || strchr(from, '='))
		return;
	for (size_t i = 0; i < maps->count; i++) {
		if (!strcmp(maps->items[i].from, from))
			return;
	}
	*ARENA_PUSH(maps->arena, maps->items, maps->count) = (struct prefix_map){from, to};
}

static bool is_inside(const char *path, const char *directory)
{
	size_t length = strlen(directory);

	return !strncmp(path, directory, length) && (!path[length] || path[length] == '/');
}

/* A directory under the name `spelled` and, where it has another one, its canonical name. */
static void add_directory(struct prefix_maps *maps, const char *spelled, const char *real)
{
	const char *to = path_relative(maps->arena, maps->input->source_directory_real, real);

	to = strcmp(to, ".") != 0 ? with_slash(maps->arena, to) : "";
	add(maps, with_slash(maps->arena, spelled), to);
	add(maps, with_slash(maps->arena, real), to);
}

static int compare_lengths(const void *a, const void *b)
{
	const struct prefix_map *x = a, *y = b;
	size_t n = strlen(x->from), m = strlen(y->from);

	if (n != m)
		return n > m ? -1 : 1;
	return strcmp(x->from, y->from);
}

void prefix_map_make(struct strvec *result, struct arena *arena,
		     const struct prefix_map_input *input)
{
	struct prefix_maps maps = {.arena = arena, .input = input};

	add_directory(&maps, input->source_directory, input->source_directory_real);
	for (size_t i = 0; i < input->includes->count; i++) {
		const char *spelled = input->includes->items[i];
		const char *real = path_real(arena, spelled);

		/* The system's headers have the same names everywhere. */
		if (real && !is_inside(real, "/usr"))
			add_directory(&maps, spelled, real);
	}
	if (!is_inside(input->source_directory_real, input->working_directory))
		add_directory(&maps, input->working_directory, input->working_directory);
	if (maps.count)
		qsort(maps.items, maps.count, sizeof(maps.items[0]), compare_lengths);
	for (size_t i = 0; i < maps.count; i++)
		strvec_push_format(result, arena, "%s=%s", maps.items[i].from, maps.items[i].to);
}

void prefix_map_find_values(struct strvec *values, struct arena *arena, const struct strvec *flags,
			    const char *const *options)
{
	for (size_t i = 0; i < flags->count; i++) {
		for (size_t j = 0; options[j]; j++) {
			size_t length = strlen(options[j]);
			const char *value = flags->items[i] + length;

			if (strncmp(flags->items[i], options[j], length) != 0)
				continue;
			if (!*value)
				value = i + 1 < flags->count ? flags->items[i + 1] : "";
			if (*value)
				strvec_push(values, arena, value);
			break;
		}
	}
}

void prefix_map_find_includes(struct strvec *directories, struct arena *arena,
			      const struct strvec *flags)
{
	static const char *const options[] = {"-I", "-isystem", "-iquote", "-idirafter", NULL};

	prefix_map_find_values(directories, arena, flags, options);
}
