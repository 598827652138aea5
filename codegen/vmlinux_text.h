/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The types of a vmlinux.h, as libbpf's btf_dump writes it (bpftool btf dump file … format c):
 * typedefs, structs, unions and enums; kfuncs, tagged as slice.h says.
 */
#ifndef CODEGEN_VMLINUX_TEXT_H
#define CODEGEN_VMLINUX_TEXT_H

#include "file.h"

struct btf;

/*
 * The types as BTF, with the layout that clang gives them for BPF. NULL where the text has what
 * this does not know. Freed by btf__free; the arena has what was needed in between.
 */
struct btf *vmlinux_text_read(struct arena *, struct bytes text);

#endif
