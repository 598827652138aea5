/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Can types be written as C? libbpf's btf_dump, and its functions for sizes and alignments, take
 * for granted what compilers give them: that no type consists of itself, that a struct has no hole
 * that takes megabytes of padding, and that names are names. What is damaged or made up may keep
 * them busy for ever, or put anything into the header.
 */
#ifndef CODEGEN_BTF_DUMPABLE_H
#define CODEGEN_BTF_DUMPABLE_H

#include <bpf/btf.h>
#include <stdbool.h>

#include "arena.h"

/* The BTF must be checked (btf_check). */
bool btf_is_dumpable(struct arena *, const struct btf *);

#endif
