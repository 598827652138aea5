/* SPDX-License-Identifier: BSD-2-Clause */
/* The loaders of a light skeleton, for the commands that make one. */
#ifndef DRIVER_LIGHT_H
#define DRIVER_LIGHT_H

#include "merge.h"
#include "session.h"

/*
 * Makes the loader of a variant, whose object `read` is and whose bytes it has, where libbpf makes
 * one for its byte order: before 1.5 only for its own. `name` is the skeleton's. 0, or -1 after an
 * error.
 */
int light_make(struct session *, struct model_variant *, const struct object *read,
	       const char *name);

/* At least one variant has a loader. 0, or -1 after an error. */
int light_require(struct session *, const struct model_set *);

#endif
