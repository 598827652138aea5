/* SPDX-License-Identifier: BSD-2-Clause */
/* An entry: the key, a NUL, the text, a NUL. */
#include "cache.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "file.h"
#include "hash.h"
#include "interrupt.h"
#include "path.h"
#include "strbuf.h"
#include "tempfile.h"

static const char *cache_directory(struct arena *arena)
{
	const char *directory = getenv("BPFBAKE_CACHE");
	const char *base = getenv("XDG_CACHE_HOME"), *home = getenv("HOME");

	if (directory)
		return *directory ? directory : NULL;
	if (base && base[0] == '/')
		return path_join(arena, base, "bpfbake");
	/* A home that is not there is meant to stay so: build daemons name one. */
	return home && home[0] == '/' && !access(home, F_OK)
		       ? path_join(arena, home, ".cache/bpfbake")
		       : NULL;
}

const char *cache_place(struct arena *arena, const char *prefix, const char *key)
{
	const char *directory = cache_directory(arena);

	if (!directory)
		return NULL;
	return path_join(arena, directory,
			 arena_printf(arena, "%s%016llx", prefix,
				      (unsigned long long)hash_bytes(key, strlen(key))));
}

char *cache_load(struct arena *arena, const char *key)
{
	const char *path = cache_place(arena, "", key);
	size_t length = strlen(key) + 1;
	struct bytes entry;

	if (!path || file_read(arena, path, &entry))
		return NULL;
	if (entry.size <= length || memcmp(entry.data, key, length) != 0 ||
	    entry.data[entry.size - 1] != '\0')
		return NULL;
	return arena_strdup(arena, (const char *)entry.data + length);
}

void cache_make_parents(struct arena *arena, const char *path)
{
	char *copy = arena_strdup(arena, path);

	for (char *slash = strchr(copy + 1, '/'); slash; slash = strchr(slash + 1, '/')) {
		*slash = '\0';
		(void)mkdir(copy, 0777);
		*slash = '/';
	}
}

/* If it works. */
static bool write_entry(struct arena *arena, const char *path, const char *text, size_t size)
{
	struct tempfile file = {0};
	bool is_written;

	cache_make_parents(arena, path);
	interrupt_hold();
	is_written = !tempfile_write(&file, arena, path, text, size) && !tempfile_commit(&file);
	tempfile_drop(&file);
	interrupt_release();
	return is_written;
}

void cache_store(struct arena *arena, const char *key, const char *text)
{
	const char *path = cache_place(arena, "", key);
	struct strbuf entry = STRBUF_INIT;

	if (!path)
		return;
	strbuf_add(&entry, key, strlen(key) + 1);
	strbuf_add(&entry, text, strlen(text) + 1);
	(void)write_entry(arena, path, entry.text, entry.length);
	strbuf_release(&entry);
}

static const char *name_kept(struct arena *arena, const void *data, size_t size)
{
	return arena_printf(arena, "%016llx.h", (unsigned long long)hash_bytes(data, size));
}

const char *cache_kept(struct arena *arena, const char *name)
{
	const char *directory = cache_directory(arena), *path;
	struct bytes entry;

	if (!directory || strchr(name, '/'))
		return NULL;
	path = path_join(arena, directory, name);
	if (file_read(arena, path, &entry) ||
	    strcmp(name, name_kept(arena, entry.data, entry.size)) != 0)
		return NULL;
	return path;
}

const char *cache_keep(struct arena *arena, const char *text, size_t size)
{
	const char *directory = cache_directory(arena), *path;
	struct bytes entry;

	if (!directory)
		return NULL;
	path = path_join(arena, directory, name_kept(arena, text, size));
	if (!file_read(arena, path, &entry) && entry.size == size &&
	    !memcmp(entry.data, text, size))
		return path;
	return write_entry(arena, path, text, size) ? path : NULL;
}

const char *cache_name(struct arena *arena, struct bytes bytes)
{
	return arena_printf(arena, "%016llx of %zu bytes",
			    (unsigned long long)hash_bytes(bytes.data, bytes.size), bytes.size);
}

void cache_write(struct arena *arena, const char *path, const void *data, size_t size)
{
	(void)write_entry(arena, path, data, size);
}
