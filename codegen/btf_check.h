/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Is each name and each type that BTF refers to there? libbpf takes that for granted in many of its
 * functions (before 1.7 it checks neither). Chains without end are not looked for: who follows one
 * counts (btf_query.h).
 */
#ifndef CODEGEN_BTF_CHECK_H
#define CODEGEN_BTF_CHECK_H

#include <bpf/btf.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "arena.h"

bool btf_check(const struct btf *);

/* For BTF that is checked: does nothing hold itself by value, through however many types, and is of
 * a size that a kernel has? libbpf's functions for sizes and alignments take that for granted. */
bool btf_check_finite(struct arena *, const struct btf *);

#endif
