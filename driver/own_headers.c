/* SPDX-License-Identifier: BSD-2-Clause */
#include "own_headers.h"

#include <string.h>

#include "bug.h"
#include "cache.h"
#include "file.h"
#include "header.h"
#include "path.h"
#include "tempfile.h"

/*
 * libc's headers ask for gnu/stubs-32.h on behalf of every machine that they do not know, and only
 * the packages of 32-bit x86 have it. It tells which functions are stubs: for a BPF program, none.
 */
static const struct own_header {
	const char *directory, *name;
	bool is_empty;
} headers[] = {
	{"gnu", "gnu/stubs-32.h", true},
	{"bpf", "bpf/bpfbake.bpf.h", false},
	{"", "bpfbake.bpf.h", false},
};

static struct bytes text_of(const struct own_header *header)
{
	return header->is_empty ? (struct bytes){(const unsigned char *)"", 0} : header_bpf_side();
}

/* Other headers of another version of the tool have another name. */
static const char *cached_directory(struct arena *arena)
{
	return cache_place(arena, "headers", (const char *)header_bpf_side().data);
}

static const char *private_directory(struct arena *arena, const char *fallback)
{
	return path_join(arena, fallback, "include");
}

/* 0 or a negative errno. */
static int write_header(struct arena *arena, const char *directory, const struct own_header *header)
{
	const char *path = path_join(arena, directory, header->name);
	struct bytes text = text_of(header), there;
	struct tempfile file = {0};
	int result;

	if (!file_read(arena, path, &there) && there.size == text.size &&
	    !memcmp(there.data, text.data, text.size))
		return 0;
	cache_make_parents(arena, path);
	result = tempfile_write(&file, arena, path, text.data, text.size);
	if (!result)
		result = tempfile_commit(&file);
	tempfile_drop(&file);
	return result;
}

static int write_all(struct arena *arena, const char *directory)
{
	int result = 0;

	for (size_t i = 0; i < ARRAY_SIZE(headers) && !result; i++)
		result = write_header(arena, directory, &headers[i]);
	return result;
}

const char *own_headers_directory(struct arena *arena, const char *fallback)
{
	const char *cached = cached_directory(arena);

	return cached ? cached : private_directory(arena, fallback);
}

const char *own_headers_write(struct arena *arena, struct diag *diag, const char *fallback)
{
	const char *directory = cached_directory(arena);
	int error;

	if (directory && !write_all(arena, directory))
		return directory;
	directory = private_directory(arena, fallback);
	error = write_all(arena, directory);
	if (error)
		diag_error(diag, directory, "cannot be written: %s", strerror(-error));
	return error ? NULL : directory;
}
