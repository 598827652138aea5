/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The BTFs of many kernels, each reduced to what a program needs, as the header carries them: all
 * that have one byte order compressed together. Uncompressed, an archive begins with a text, a line
 *a kernel,
 *
 *	RELEASE MACHINE DISTRIBUTION VERSION OFFSET SIZE
 *
 * with "-" for what is not known or does not matter, and a NUL behind the last line, from where the
 * offsets are counted. There the BTFs stand, one behind the other; many kernels share one.
 */
#ifndef CODEGEN_BTF_ARCHIVE_H
#define CODEGEN_BTF_ARCHIVE_H

#include "core_relocations.h"

struct core_object;

/* The longest words of a line: what uname(2) has room for, and a limit of ours. */
#define BTF_ARCHIVE_MAX_RELEASE 64
#define BTF_ARCHIVE_MAX_WORD    63

struct btf_archive_kernel {
	const char *path;    /* of its BTF: raw, or an ELF file that has it */
	const char *release; /* as uname -r prints it */
	const char *machine; /* btf_archive_machine; NULL: not known, as the two others */
	const char *distribution, *version; /* ID and VERSION_ID of os-release */
};

struct btf_archive {
	struct bytes packed; /* by zlib; empty: no BTF has that byte order */
	size_t size;         /* unpacked */
	size_t n_kernels, n_btfs;
};

struct btf_archives {
	struct btf_archive of[2]; /* by enum byte_order */
};

/* Which kernels are to be served, and what is relocated. */
struct btf_archive_input {
	struct btf_archive_kernel *kernels; /* become sorted: their order does not matter */
	size_t n_kernels;
	const struct core_object *objects;
	size_t n_objects;
};

/* The name by which uname -m knows that machine, or NULL for none that is known: "amd64" is x86_64.
 */
const char *btf_archive_machine(const char *name);

/* What compresses them, and its version: on it the bytes depend. */
const char *btf_archive_packer(void);

/*
 * Reads the kernels' BTFs, and reduces each to what the relocations of the objects with its byte
 * order need; the others are left out. The order of the kernels, which are sorted, does not matter.
 * 0, or -1 after an error: BTF that cannot be read, two that differ for one kernel.
 */
int btf_archives_make(struct btf_archives *, struct arena *, struct diag *,
		      const struct btf_archive_input *);

#endif
