/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * To be preloaded: memory that runs out.
 *
 *   FAIL_ALLOC_CALLERS  whose allocations count: tool (the program with what it is
 *                       linked with statically) or libraries (the shared ones that it starts with:
 * not libclang; address_space.sh is for that)
 *   FAIL_ALLOC_AT       the first one that fails, from 1; without it none does
 *   FAIL_ALLOC_UNTIL    the last one; without it all that follow fail
 *   FAIL_ALLOC_COUNT    the file that gets the number of those that counted, when the program ends
 * well
 *
 * Children get memory as ever.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <limits.h>
#include <link.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define MAX_RANGES 64

/* glibc's own, whose names stay free for us to call. */
void *__libc_malloc(size_t size);
void *__libc_calloc(size_t count, size_t size);
void *__libc_realloc(void *old, size_t size);
void *__libc_memalign(size_t alignment, size_t size);

struct range {
	uintptr_t start, end;
};

static struct range tool, libraries[MAX_RANGES];
static size_t n_libraries;
static enum { COUNT_NONE, COUNT_TOOL, COUNT_LIBRARIES } callers;
static unsigned long first, last;
static atomic_ulong count;
static const char *count_file;

static bool is_inside(const struct range *range, uintptr_t address)
{
	return address >= range->start && address < range->end;
}

static struct range range_of(const struct dl_phdr_info *info)
{
	struct range range = {UINTPTR_MAX, 0};

	for (size_t i = 0; i < info->dlpi_phnum; i++) {
		const ElfW(Phdr) *header = &info->dlpi_phdr[i];
		uintptr_t start = info->dlpi_addr + header->p_vaddr;

		if (header->p_type != PT_LOAD)
			continue;
		if (start < range.start)
			range.start = start;
		if (start + header->p_memsz > range.end)
			range.end = start + header->p_memsz;
	}
	return range;
}

static int see_library(struct dl_phdr_info *info, size_t size, void *context)
{
	(void)size;
	(void)context;
	if (!tool.end)
		tool = range_of(info); /* it comes first */
	else if (!strstr(info->dlpi_name, "ld-linux") && n_libraries < MAX_RANGES)
		libraries[n_libraries++] = range_of(info);
	return 0;
}

__attribute__((constructor)) static void start(void)
{
	const char *who = getenv("FAIL_ALLOC_CALLERS"), *at = getenv("FAIL_ALLOC_AT");
	const char *until = getenv("FAIL_ALLOC_UNTIL");

	dl_iterate_phdr(see_library, NULL);
	unsetenv("LD_PRELOAD");
	count_file = getenv("FAIL_ALLOC_COUNT");
	first = at ? strtoul(at, NULL, 10) : ULONG_MAX;
	last = until ? strtoul(until, NULL, 10) : ULONG_MAX;
	callers = !who ? COUNT_NONE : strcmp(who, "tool") != 0 ? COUNT_LIBRARIES : COUNT_TOOL;
}

__attribute__((destructor)) static void end(void)
{
	FILE *file;

	callers = COUNT_NONE;
	if (!count_file)
		return;
	file = fopen(count_file, "w");
	if (!file || fprintf(file, "%lu\n", (unsigned long)count) < 0 || fclose(file))
		abort();
}

static bool counts(uintptr_t caller)
{
	if (callers == COUNT_NONE)
		return false;
	if (callers == COUNT_TOOL)
		return is_inside(&tool, caller);
	for (size_t i = 0; i < n_libraries; i++) {
		if (is_inside(&libraries[i], caller))
			return true;
	}
	return false;
}

static bool fails(const void *caller)
{
	unsigned long number;

	if (!counts((uintptr_t)caller))
		return false;
	number = ++count;
	if (number < first || number > last)
		return false;
	errno = ENOMEM;
	return true;
}

void *malloc(size_t size)
{
	return fails(__builtin_return_address(0)) ? NULL : __libc_malloc(size);
}

void *calloc(size_t n, size_t size)
{
	return fails(__builtin_return_address(0)) ? NULL : __libc_calloc(n, size);
}

void *realloc(void *old, size_t size)
{
	return fails(__builtin_return_address(0)) ? NULL : __libc_realloc(old, size);
}

void *reallocarray(void *old, size_t n, size_t size)
{
	if (size && n > SIZE_MAX / size) {
		errno = ENOMEM;
		return NULL;
	}
	return fails(__builtin_return_address(0)) ? NULL : __libc_realloc(old, n * size);
}

void *aligned_alloc(size_t alignment, size_t size)
{
	return fails(__builtin_return_address(0)) ? NULL : __libc_memalign(alignment, size);
}

int posix_memalign(void **result, size_t alignment, size_t size)
{
	void *there = fails(__builtin_return_address(0)) ? NULL : __libc_memalign(alignment, size);

	if (!there)
		return ENOMEM;
	*result = there;
	return 0;
}
