/* SPDX-License-Identifier: BSD-2-Clause */
/* bpfbake gen object: objects linked to one, for either byte order. */
#include <string.h>

#include "bpftool.h"
#include "linker.h"
#include "output.h"
#include "strbuf.h"

static int read_objects(struct session *session, const struct strvec *paths, struct object *objects)
{
	for (size_t i = 0; i < paths->count; i++) {
		const char *path = paths->items[i];
		struct bytes bytes;
		int error = file_read(&session->arena, path, &bytes);

		if (error)
			return diag_error(&session->diag, path, "cannot be read: %s",
					  strerror(-error));
		if (object_read(&objects[i], &session->arena, &session->diag, path, bytes))
			return -1;
	}
	return 0;
}

static int link_to(struct session *session, const char *output, const struct strvec *paths,
		   struct object *objects)
{
	struct linker_objects inputs = {objects, paths->count};
	struct strbuf text = STRBUF_INIT;
	struct bytes linked;
	int result;

	if (read_objects(session, paths, objects) ||
	    linker_link(&inputs, &session->arena, &session->diag, &linked))
		return -1;
	strbuf_add(&text, linked.data, linked.size);
	result = output_put(&session->arena, &session->diag, output, &text, paths);
	strbuf_release(&text);
	return result;
}

enum status gen_object(struct session *session, const struct bpftool_options *options,
		       char *const *words)
{
	struct strvec paths = {0};
	struct object *objects;
	int result;

	(void)options;
	if (!words[0] || !words[1])
		return STATUS_USAGE;
	for (char *const *word = words + 1; *word; word++)
		strvec_push(&paths, &session->arena, *word);
	objects = ARENA_ARRAY(&session->arena, struct object, paths.count);
	result = link_to(session, words[0], &paths, objects);
	for (size_t i = 0; i < paths.count; i++)
		object_release(&objects[i]);
	return result ? STATUS_FAILED : STATUS_DONE;
}
