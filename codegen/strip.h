/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What bpfbake does to an object that clang made, so that it is small and the same everywhere:
 * DWARF (.debug_* with its relocations), .llvm_addrsig and what only these need (section symbols,
 * strings) go, as with `llvm-strip -g`; the texts of the source lines in BTF are made complete.
 *
 * clang looks for the source under the name that -ffile-prefix-map has given it, relative to the
 * working directory, so depending on where it runs it finds the file, none, or another one of the
 * same name. So the line texts are always filled in here, and .BTF's strings written anew in an
 * order of their own: by first use, types first.
 */
#ifndef CODEGEN_STRIP_H
#define CODEGEN_STRIP_H

#include "object.h"

/* Where the source files stand from which the line texts come. */
struct strip_sources {
	/* Names in the line table that are relative are relative to this directory, which holds
	 * the source; NULL: the texts stay as they are. */
	const char *directory;
};

/*
 * Writes the stripped object to *out (arena). Code, data, maps, relocations and BTF types are not
 * changed, except for indexes that move. A line whose file cannot be read keeps the text it has.
 * 0, or -1 after an error.
 */
int object_strip(const struct object *, struct arena *, struct diag *,
		 const struct strip_sources *, struct bytes *out);

#endif
