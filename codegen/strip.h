/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What bpfbake does to an object that clang made, so that it is small and the same everywhere:
 * DWARF (.debug_* with its relocations), .llvm_addrsig and what only these need (section symbols,
 * the file's name, strings) go, as with `llvm-strip -g`; the texts of the source lines in BTF are
 * made complete (btf_lines.h).
 */
#ifndef CODEGEN_STRIP_H
#define CODEGEN_STRIP_H

#include "object.h"

struct strip_options {
	/* What the file names in BTF's line table are relative to: the directory of the source.
	 * NULL: BTF stays as it is. */
	const char *directory;
	const char *working_directory; /* where the compiler ran; NULL: anywhere */
	bool keep_debug;               /* DWARF stays */
};

/*
 * Writes the stripped object to *out (arena). Code, data, maps, relocations and BTF types are not
 * changed, except for indexes that move. 0, or -1 after an error.
 */
int object_strip(const struct object *, struct arena *, struct diag *, const struct strip_options *,
		 struct bytes *out);

#endif
