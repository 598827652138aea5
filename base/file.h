/* SPDX-License-Identifier: BSD-2-Clause */
/* Whole files in, whole files out. */
#ifndef BASE_FILE_H
#define BASE_FILE_H

#include <stddef.h>

#include "arena.h"

/* A piece of memory that someone else owns. */
struct bytes {
	const unsigned char *data;
	size_t size;
};

/* Reads all of `path`; a NUL that is not counted follows the data. 0 or a negative errno. */
int file_read(struct arena *, const char *path, struct bytes *);

/* Writes all of it to `fd`. 0 or a negative errno. */
int file_write(int fd, const void *data, size_t size);

#endif
