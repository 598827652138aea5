/* SPDX-License-Identifier: BSD-2-Clause */
#include "scratch.h"

#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "path.h"

/* Nobody has a reason to go deeper there. */
#define MAX_DEPTH 16

/* As getdents64(2) has it. */
struct entry {
	unsigned long long inode;
	long long offset;
	unsigned short size;
	unsigned char type;
	char name[];
};

static void empty(int directory, int depth);

static void remove_entry(int directory, const char *name, int depth)
{
	int inner;

	if (!strcmp(name, ".") || !strcmp(name, "..") || !unlinkat(directory, name, 0))
		return;
	inner = openat(directory, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
	if (inner < 0)
		return;
	if (depth < MAX_DEPTH)
		empty(inner, depth + 1);
	close(inner);
	(void)unlinkat(directory, name, AT_REMOVEDIR);
}

/* opendir(3) allocates. */
static void empty(int directory, int depth)
{
	_Alignas(struct entry) char entries[4096];
	long size;

	while ((size = syscall(SYS_getdents64, directory, entries, sizeof(entries))) > 0) {
		for (long at = 0; at < size;) {
			const struct entry *entry = (const void *)(entries + at);

			remove_entry(directory, entry->name, depth);
			at += entry->size;
		}
	}
}

static void remove_all(void *context)
{
	const struct scratch *scratch = context;
	int directory = open(scratch->path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);

	if (directory >= 0) {
		empty(directory, 0);
		close(directory);
	}
	(void)rmdir(scratch->path);
}

int scratch_make(struct scratch *scratch, struct arena *arena)
{
	const char *parent = getenv("TMPDIR");
	char *path;

	scratch->parent = parent && *parent ? parent : "/tmp";
	path = path_join(arena, scratch->parent, "bpfbake-XXXXXX");
	if (!mkdtemp(path))
		return -errno;
	scratch->path = path;
	scratch->undo = (struct undo){.run = remove_all, .context = scratch};
	undo_push(&scratch->undo);
	return 0;
}

void scratch_remove(struct scratch *scratch)
{
	if (!scratch->path)
		return;
	undo_pop(&scratch->undo);
	remove_all(scratch);
	scratch->path = NULL;
}
