/* SPDX-License-Identifier: BSD-2-Clause */
/* The kernel's types, for slices; what takes time to find out stays in the cache. */
#ifndef DRIVER_KERNEL_TYPES_H
#define DRIVER_KERNEL_TYPES_H

#include <stdbool.h>

#include "diag.h"
#include "file.h"

struct btf;

/* Where they are. */
struct kernel_types {
	const char *path;     /* of BTF, an ELF file that has it, or a vmlinux.h */
	bool is_text;         /* that it is */
	struct bytes text;    /* of a vmlinux.h */
	const char *identity; /* other types have another one; NULL: it is not known */
};

/* Looks at the file, as far as it is there. */
void kernel_types_open(struct kernel_types *, struct arena *, const char *path);

/* NULL after an error; also without one, for a text that has more than types. Freed by btf__free.
 */
struct btf *kernel_types_read(const struct kernel_types *, struct arena *, struct diag *);

#endif
