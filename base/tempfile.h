/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A file that is written under a temporary name in the directory of its target and appears there,
 * whole, by tempfile_commit. What is not committed is removed by tempfile_drop, or when memory runs
 * out. While one exists, the signals of interrupt.h must be held back, so that no temporary file
 * survives.
 *
 * A path that is a symbolic link keeps being one: what it points to is replaced.
 */
#ifndef BASE_TEMPFILE_H
#define BASE_TEMPFILE_H

#include "arena.h"
#include "undo.h"

struct tempfile {
	const char *target; /* where it will stand, links resolved */
	char *path;         /* the temporary file; NULL: none */
	struct undo undo;
};

/*
 * Creates it with these bytes and the permissions of the file that it will replace, else 0666 less
 * the umask. 0 or a negative errno (-EISDIR, and -EINVAL for what is neither file nor directory);
 * on failure no file is left. The struct stays where it is until tempfile_drop.
 */
int tempfile_write(struct tempfile *, struct arena *, const char *path, const void *data,
		   size_t size);

/* 0 or a negative errno; on failure the temporary file is still there, for tempfile_drop. */
int tempfile_commit(struct tempfile *);

/* Removes what was not committed; also fine on a zeroed struct. */
void tempfile_drop(struct tempfile *);

#endif
