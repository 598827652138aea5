/* SPDX-License-Identifier: BSD-2-Clause */
#include "kernel_types.h"

#include <bpf/btf.h>
#include <bpf/libbpf.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/utsname.h>
#include <unistd.h>

#include "cache.h"
#include "hash.h"
#include "kernel_btf.h"
#include "vmlinux_text.h"

/* The name of a cached form of a text's types, which changes with what it has. */
#define TYPES_PREFIX "types-2-"

/* A vmlinux.h, and no BTF. */
static bool is_text(struct bytes bytes)
{
	return bytes.size && (bytes.data[0] == '#' || bytes.data[0] == '/');
}

/* By what its linker and its builder said of it. */
static const char *identify_running(struct arena *arena)
{
	struct utsname name;
	struct bytes notes;

	if (file_read(arena, "/sys/kernel/notes", &notes) || uname(&name))
		return NULL;
	return arena_printf(arena, "running %s %s %s %016llx", name.machine, name.release,
			    name.version, (unsigned long long)hash_bytes(notes.data, notes.size));
}

static const char *identify_file(struct arena *arena, const char *path)
{
	const struct timespec *time;
	struct stat status;

	if (stat(path, &status))
		return NULL;
	time = &status.st_mtim;
	return arena_printf(arena, "file %llu %llu %lld %lld.%09ld",
			    (unsigned long long)status.st_dev, (unsigned long long)status.st_ino,
			    (long long)status.st_size, (long long)time->tv_sec, time->tv_nsec);
}

/* Does it begin as a text does? Not all of a kernel's BTF is read for that. */
static bool begins_as_text(const char *path)
{
	unsigned char first = 0;
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	bool result = fd >= 0 && read(fd, &first, 1) == 1 && is_text((struct bytes){&first, 1});

	if (fd >= 0)
		close(fd);
	return result;
}

void kernel_types_open(struct kernel_types *types, struct arena *arena, const char *path)
{
	*types = (struct kernel_types){.path = path};
	if (!strcmp(path, KERNEL_BTF_RUNNING)) {
		types->identity = identify_running(arena);
	} else if (strncmp(path, "/sys/", strlen("/sys/")) != 0 && begins_as_text(path) &&
		   !file_read(arena, path, &types->text)) {
		types->is_text = is_text(types->text);
		types->identity = cache_name(arena, types->text);
	} else if (strncmp(path, "/sys/", strlen("/sys/")) != 0) {
		types->identity = identify_file(arena, path);
	}
}

/* What a header says is read once, and kept as BTF by its content. */
static struct btf *read_text(const struct kernel_types *types, struct arena *arena)
{
	const char *path = cache_place(arena, TYPES_PREFIX, types->identity);
	struct btf *btf = path ? kernel_btf_read_for_c(&(struct diag){0}, path, NULL) : NULL;
	const void *data;
	__u32 size;

	if (btf)
		return btf;
	btf = vmlinux_text_read(arena, types->text);
	data = btf && path ? btf__raw_data(btf, &size) : NULL;
	if (data)
		cache_write(arena, path, data, size);
	return btf;
}

struct btf *kernel_types_read(const struct kernel_types *types, struct arena *arena,
			      struct diag *diag)
{
	if (types->is_text)
		return read_text(types, arena);
	return kernel_btf_read_for_c(diag, types->path, NULL);
}
