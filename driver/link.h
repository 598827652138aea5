/* SPDX-License-Identifier: BSD-2-Clause */
/* Several objects of one byte order made one, whose line texts are complete. */
#ifndef DRIVER_LINK_H
#define DRIVER_LINK_H

#include "arena.h"
#include "diag.h"
#include "file.h"

struct link_input {
	const char *path;      /* stands in messages */
	const char *directory; /* of its source, as struct strip_options has it; or NULL */
	struct bytes bytes;
};

struct link_inputs {
	struct link_input *items;
	size_t count;
};

/* The bytes of the linked object in *out (arena). 0, or -1 after an error. */
int link_objects(const struct link_inputs *, struct arena *, struct diag *, struct bytes *out);

/* "a.bpf.c, b.bpf.c": how the result is called in messages. */
const char *link_names(const struct link_inputs *, struct arena *);

#endif
