/* SPDX-License-Identifier: BSD-2-Clause */
/* The types of BTF as a C header, as `bpftool btf dump file … format c` prints them. */
#ifndef CODEGEN_BTF_C_H
#define CODEGEN_BTF_C_H

#include <bpf/btf.h>
#include <stdbool.h>
#include <stdint.h>

#include "arena.h"
#include "strbuf.h"

struct btf_c_options {
	bool is_unsorted;      /* in the order of the BTF, as before bpftool 7.5 */
	const uint32_t *roots; /* only these and what they need, if any */
	size_t n_roots;
};

/* Appends the header. The BTF must be checked (btf_check). 0 or a negative errno: -EINVAL for types
 * that C cannot have, which are damaged. */
int btf_write_c(struct strbuf *, struct arena *, const struct btf *, const struct btf_c_options *);

#endif
