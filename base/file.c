/* SPDX-License-Identifier: BSD-2-Clause */
#include "file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "bug.h"

/* Reads until the end: the size that stat gives is only a first guess (it is 0 in /proc). */
static int read_all(struct arena *arena, int fd, size_t guess, struct bytes *bytes)
{
	size_t capacity = guess + 1, used = 0;
	unsigned char *data = arena_alloc(arena, capacity + 1);

	for (;;) {
		ssize_t n = read(fd, data + used, capacity - used);

		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return -errno;
		used += (size_t)n;
		if (n == 0)
			break;
		if (used == capacity) {
			unsigned char *larger = arena_alloc(arena, 2 * capacity + 4096 + 1);

			memcpy(larger, data, used);
			data = larger;
			capacity = 2 * capacity + 4096;
		}
	}
	data[used] = '\0';
	*bytes = (struct bytes){data, used};
	return 0;
}

int file_read(struct arena *arena, const char *path, struct bytes *bytes)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC), result;
	struct stat status;

	if (fd < 0)
		return -errno;
	if (fstat(fd, &status))
		result = -errno;
	else if (S_ISDIR(status.st_mode))
		result = -EISDIR;
	else
		result =
			read_all(arena, fd, status.st_size > 0 ? (size_t)status.st_size : 0, bytes);
	close(fd);
	return result;
}

int file_write(int fd, const void *data, size_t size)
{
	const char *at = data;

	while (size) {
		ssize_t n = write(fd, at, size);

		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return -errno;
		at += n;
		size -= (size_t)n;
	}
	return 0;
}
