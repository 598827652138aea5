/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Can libbpf's btf_dump write these types as C? It takes for granted what compilers give it: that
 * no type consists of itself, and that a struct has no hole that takes megabytes of padding. What
 * is damaged or made up may keep it busy for ever.
 */
#ifndef CODEGEN_BTF_DUMPABLE_H
#define CODEGEN_BTF_DUMPABLE_H

#include <bpf/btf.h>
#include <stdbool.h>

#include "arena.h"

/* The BTF must be checked (btf_check). */
bool btf_is_dumpable(struct arena *, const struct btf *);

#endif
