/* SPDX-License-Identifier: BSD-2-Clause */
/* The BTF of a kernel, from where it may stand. */
#ifndef CODEGEN_KERNEL_BTF_H
#define CODEGEN_KERNEL_BTF_H

#include <stdint.h>

#include "diag.h"

struct btf;

/* Of the running kernel. */
#define KERNEL_BTF_RUNNING "/sys/kernel/btf/vmlinux"

/*
 * Reads raw BTF, or an ELF file that has some (vmlinux, a module), of this machine's byte order; or
 * the text of a vmlinux.h (vmlinux_text.h).
 * `base`: the BTF that it continues; NULL: none, but for a module of the running kernel's, whose
 * base is that kernel. The result has all of it, and is the caller's to free by btf__free; NULL
 * after an error.
 */
struct btf *kernel_btf_read(struct diag *, const char *path, const char *base);

/* The same for who has it written as C: types that C cannot have are an error, too. */
struct btf *kernel_btf_read_for_c(struct diag *, const char *path, const char *base);

/* The same; *first gets the id of the first type that is not the base's. */
struct btf *kernel_btf_read_split(struct diag *, const char *path, const char *base,
				  uint32_t *first);

#endif
