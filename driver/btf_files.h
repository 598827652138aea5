/* SPDX-License-Identifier: BSD-2-Clause */
/* The files of -btf, and which kernels they are of. */
#ifndef DRIVER_BTF_FILES_H
#define DRIVER_BTF_FILES_H

#include "btf_archive.h"
#include "strvec.h"

struct btf_files {
	struct btf_archive_kernel *kernels;
	size_t count;
	struct strvec directories; /* that were looked into */
};

/*
 * `places`: files RELEASE.btf and vmlinux-RELEASE, and directories in which such files stand, at
 * any depth: DISTRIBUTION/VERSION/MACHINE/RELEASE.btf as in BTFHub, or the end of that. 0, or -1
 * after an error: one that is missing or has no such file, a name that no kernel can have, or files
 * that are still packed.
 */
int btf_files_find(struct btf_files *, struct arena *, struct diag *, const struct strvec *places);

#endif
