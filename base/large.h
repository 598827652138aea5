/* SPDX-License-Identifier: BSD-2-Clause */
/* Large pieces of memory, in which the first touch of each small page would cost more than their
 * use. */
#ifndef BASE_LARGE_H
#define BASE_LARGE_H

#include <stddef.h>

/* From this size on that is so. */
#define LARGE_FROM ((size_t)4 << 20)

/* Asks the kernel for large pages inside of it, with madvise(2); what it answers does not matter.
 */
void large_pages(void *memory, size_t size);

#endif
