/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A slice of vmlinux.h: those of the kernel's types that a program can reach by the words that it
 * uses, and of a struct the members that it names. All else of it is padding, so that size,
 * alignment, each offset and each CO-RE relocation are those of the whole header.
 *
 *	named by a word             typedefs, structs, unions, enums, by their enumerators too
 *	perhaps used by value       whole, with all that it holds by value: it may reach user space
 *	a kfunc that is named       with the structs that it takes and gives
 *	a member that is named      its type; a struct behind a pointer if a member of that is named
 *	                            too, else it is only declared
 *
 * It is made as BTF, which libbpf's btf_dump writes as C, as it does for bpftool.
 */
#ifndef CODEGEN_SLICE_H
#define CODEGEN_SLICE_H

#include "diag.h"
#include "slice_words.h"
#include "strbuf.h"

struct btf;

/* A macro that the source defines before it includes vmlinux.h changes words of that: `needs_whole`
 * of the words names one. */
#define SLICE_IS_CHANGED 1

/* Appends the header. 0; SLICE_IS_CHANGED: there is no slice for it, and nothing is appended; -1
 * when libbpf has no memory for it. */
int slice_write(struct strbuf *, struct arena *, const struct btf *, struct slice_words *);

/* All of the types and kfuncs, as `bpftool btf dump file … format c` has them since bpftool 7.5. */
int slice_write_all(struct strbuf *, const struct btf *);

/* The same; of a slice, which has more padding. */
int slice_write_types(struct strbuf *, const struct btf *, bool is_slice);

#endif
