/* SPDX-License-Identifier: BSD-2-Clause */
/* -btf: from the files to what the header carries of them. */
#ifndef DRIVER_BTFS_H
#define DRIVER_BTFS_H

#include "btf_archive.h"
#include "build_options.h"
#include "session.h"

struct btfs {
	struct btf_archives archives; /* both empty: the header has none */
	struct strvec files;          /* what they depend on: files and directories */
};

/* For these objects. 0, or -1 after an error; without -btf there is nothing to do. */
int btfs_read(struct btfs *, struct session *, const struct build_options *,
	      const struct object *objects, size_t n_objects);

#endif
