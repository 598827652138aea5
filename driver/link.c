/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Line texts are filled in before: the names of files in an object are relative to the directory of
 * its own source, and the linked object has those of several.
 */
#include "link.h"

#include "linker.h"
#include "strip.h"

/* The object as it is linked. */
static int read_input(struct object *object, const struct link_input *input, struct arena *arena,
		      struct diag *diag)
{
	struct strip_options options = {.directory = input->directory};
	struct bytes stripped;
	int result;

	if (object_read(object, arena, diag, input->path, input->bytes))
		return -1;
	if (!input->directory)
		return 0;
	result = object_strip(object, arena, diag, &options, &stripped);
	object_release(object);
	*object = (struct object){0};
	return result ? -1 : object_read(object, arena, diag, input->path, stripped);
}

int link_objects(const struct link_inputs *inputs, struct arena *arena, struct diag *diag,
		 struct bytes *out)
{
	struct object *objects = ARENA_ARRAY(arena, struct object, inputs->count);
	struct linker_objects list = {.items = objects, .count = inputs->count};
	int result = 0;

	for (size_t i = 0; i < inputs->count && !result; i++)
		result = read_input(&objects[i], &inputs->items[i], arena, diag);
	if (!result)
		result = linker_link(&list, arena, diag, out);
	for (size_t i = 0; i < inputs->count; i++)
		object_release(&objects[i]);
	return result;
}

const char *link_names(const struct link_inputs *inputs, struct arena *arena)
{
	const char *names = inputs->items[0].path;

	for (size_t i = 1; i < inputs->count; i++)
		names = arena_printf(arena, "%s, %s", names, inputs->items[i].path);
	return names;
}
