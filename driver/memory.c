/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Memory that runs out inside of a library. libbpf, libelf, jansson and zlib go on with an error
 * that is hard to tell from a bad object, or with less than there is; a header made of that would
 * lie. The linker (CMakeLists.txt, --wrap) has them allocate here, where they are linked
 * statically, and then there is no such error.
 *
 * A size that no machine has is from a damaged object: that error is theirs to tell.
 */
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "bug.h"

#define WRAPPED(type, function, ...)         \
	type __real_##function(__VA_ARGS__); \
	type __wrap_##function(__VA_ARGS__)

static void *checked(void *memory, size_t count, size_t size)
{
	bool is_possible = !size || count <= (size_t)PTRDIFF_MAX / size;

	if (!memory && is_possible)
		bug_out_of_memory();
	return memory;
}

WRAPPED(void *, malloc, size_t size);
WRAPPED(void *, calloc, size_t count, size_t size);
WRAPPED(void *, realloc, void *old, size_t size);
WRAPPED(void *, reallocarray, void *old, size_t count, size_t size);
WRAPPED(char *, strdup, const char *text);
WRAPPED(char *, strndup, const char *text, size_t length);

void *__wrap_malloc(size_t size)
{
	return checked(__real_malloc(size), 1, size);
}

void *__wrap_calloc(size_t count, size_t size)
{
	return checked(__real_calloc(count, size), count, size);
}

void *__wrap_realloc(void *old, size_t size)
{
	void *memory = __real_realloc(old, size);

	return size ? checked(memory, 1, size) : memory;
}

void *__wrap_reallocarray(void *old, size_t count, size_t size)
{
	void *memory = __real_reallocarray(old, count, size);

	return count && size ? checked(memory, count, size) : memory;
}

char *__wrap_strdup(const char *text)
{
	return checked(__real_strdup(text), 1, 1);
}

char *__wrap_strndup(const char *text, size_t length)
{
	return checked(__real_strndup(text, length), 1, 1);
}
