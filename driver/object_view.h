/* SPDX-License-Identifier: BSD-2-Clause */
/* The view of a single object that is compiled already, for the commands that only print. */
#ifndef DRIVER_OBJECT_VIEW_H
#define DRIVER_OBJECT_VIEW_H

#include "header.h"
#include "session.h"

struct object_view {
	struct object object;
	struct model model;
	struct value *value; /* what templates see */
};

/* Reads the file and makes the view of it. 0, or -1 after an error. */
int object_view_read(struct object_view *, struct session *, const char *path,
		     const struct header_options *);

/* Also after an error, and on a zeroed struct. */
void object_view_release(struct object_view *);

#endif
