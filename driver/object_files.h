/* SPDX-License-Identifier: BSD-2-Clause */
/* The objects that a command line names. */
#ifndef DRIVER_OBJECT_FILES_H
#define DRIVER_OBJECT_FILES_H

#include "object.h"
#include "session.h"

struct object_files {
	struct strvec paths;
	struct object *items; /* as many */
};

/* One of them. 0, or -1 after an error. */
int object_file_read(struct object *, struct session *, const char *path);

/* Those of `paths`, which NULL ends. 0, or -1 after an error; they are released in any case. */
int object_files_read(struct object_files *, struct session *, char *const *paths);
void object_files_release(struct object_files *);

#endif
