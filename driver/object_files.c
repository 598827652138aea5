/* SPDX-License-Identifier: BSD-2-Clause */
#include "object_files.h"

#include <string.h>

int object_file_read(struct object *object, struct session *session, const char *path)
{
	struct bytes bytes;
	int error = file_read(&session->arena, path, &bytes);

	if (error)
		return diag_error(&session->diag, path, "cannot be read: %s", strerror(-error));
	return object_read(object, &session->arena, &session->diag, path, bytes);
}

int object_files_read(struct object_files *files, struct session *session, char *const *paths)
{
	*files = (struct object_files){.items = NULL};
	for (; *paths; paths++)
		strvec_push(&files->paths, &session->arena, *paths);
	files->items = ARENA_ARRAY(&session->arena, struct object, files->paths.count);
	for (size_t i = 0; i < files->paths.count; i++) {
		if (object_file_read(&files->items[i], session, files->paths.items[i]))
			return -1;
	}
	return 0;
}

void object_files_release(struct object_files *files)
{
	for (size_t i = 0; i < files->paths.count; i++)
		object_release(&files->items[i]);
}
