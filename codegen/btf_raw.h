/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * BTF type by type, as `bpftool btf dump` prints it: a line and its indented members, or JSON.
 *
 * Source: bpftool's btf.c, version 7.1 to 7.5, between which nothing has changed.
 */
#ifndef CODEGEN_BTF_RAW_H
#define CODEGEN_BTF_RAW_H

#include <bpf/btf.h>
#include <stdbool.h>
#include <stdint.h>

#include "strbuf.h"

struct btf_raw_options {
	bool is_json, is_pretty;
	uint32_t first;        /* the id to begin with: behind those of the base */
	const uint32_t *roots; /* only these, if any */
	size_t n_roots;
};

/* Names, types and ids of roots must be there (btf_check). */
void btf_write_raw(struct strbuf *, const struct btf *, const struct btf_raw_options *);

#endif
