/* SPDX-License-Identifier: BSD-2-Clause */
#include "large.h"

#include <stdint.h>
#include <sys/mman.h>
#include <unistd.h>

/* The pages at both ends are asked for, too: mremap(2), and so realloc, moves no mapping of which a
 * part only has been asked for. */
void large_pages(void *memory, size_t size)
{
	uintptr_t page = (uintptr_t)sysconf(_SC_PAGESIZE);
	uintptr_t start = (uintptr_t)memory & ~(page - 1);
	uintptr_t end = ((uintptr_t)memory + size + page - 1) & ~(page - 1);

	madvise((void *)start, end - start, MADV_HUGEPAGE);
}
