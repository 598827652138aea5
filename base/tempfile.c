/* SPDX-License-Identifier: BSD-2-Clause */
#include "tempfile.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "file.h"
#include "path.h"

/* As many links as the kernel follows. */
#define MAX_LINKS 40

/* What `path` leads to through symbolic links, which need not exist itself. 0 or a negative errno.
 */
static int follow_links(struct arena *arena, const char *path, const char **target)
{
	for (int i = 0; i < MAX_LINKS; i++) {
		char link[PATH_MAX];
		ssize_t length = readlink(path, link, sizeof(link) - 1);

		if (length < 0) {
			*target = arena_strdup(arena, path);
			return errno == EINVAL || errno == ENOENT ? 0 : -errno;
		}
		link[length] = '\0';
		path = path_join(arena, path_dirname(arena, path), link);
	}
	return -ELOOP;
}

/* The permissions that the new file is to have. 0 or a negative errno. */
static int permissions(const char *target, mode_t *mode)
{
	struct stat status;
	mode_t mask;

	if (!stat(target, &status)) {
		*mode = status.st_mode & 07777;
		return S_ISREG(status.st_mode) ? 0 : S_ISDIR(status.st_mode) ? -EISDIR : -EINVAL;
	}
	if (errno != ENOENT)
		return -errno;
	mask = umask(0);
	umask(mask);
	*mode = 0666 & ~mask;
	return 0;
}

static int fill(int fd, mode_t mode, const void *data, size_t size)
{
	int result = file_write(fd, data, size);

	if (!result && fchmod(fd, mode))
		result = -errno;
	if (close(fd) && !result)
		result = -errno;
	return result;
}

static void remove_file(void *context)
{
	const struct tempfile *file = context;

	unlink(file->path);
}

int tempfile_write(struct tempfile *file, struct arena *arena, const char *path, const void *data,
		   size_t size)
{
	mode_t mode = 0;
	int result = follow_links(arena, path, &file->target);
	int fd;

	file->path = NULL;
	if (!result)
		result = permissions(file->target, &mode);
	if (result)
		return result;
	file->path = arena_printf(arena, "%s.XXXXXX", file->target);
	fd = mkostemp(file->path, O_CLOEXEC);
	if (fd < 0) {
		file->path = NULL;
		return -errno;
	}
	file->undo = (struct undo){.run = remove_file, .context = file};
	undo_push(&file->undo);
	result = fill(fd, mode, data, size);
	if (result)
		tempfile_drop(file);
	return result;
}

/*
 * Where a file is to be replaced, the two change names, and the old one is removed: ext4 writes a
 * file to the disk at once that is renamed over another, which takes longer than all the rest. What
 * others see is the same: the old file or the new one.
 */
int tempfile_commit(struct tempfile *file)
{
	if (!renameat2(AT_FDCWD, file->path, AT_FDCWD, file->target, RENAME_EXCHANGE)) {
		tempfile_drop(file);
		return 0;
	}
	/* Nothing there yet, or a file system that cannot do it. */
	if (rename(file->path, file->target))
		return -errno;
	undo_pop(&file->undo);
	file->path = NULL;
	return 0;
}

void tempfile_drop(struct tempfile *file)
{
	if (!file->path)
		return;
	undo_pop(&file->undo);
	remove_file(file);
	file->path = NULL;
}
