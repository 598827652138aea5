/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The source lines in .BTF.ext, made complete.
 *
 * clang looks for the source under the name that -ffile-prefix-map has given it, relative to the
 * working directory: so, depending on where it runs, it finds the file, none, or another one of
 * the same name. Therefore the texts are always filled in here, and the strings of .BTF written
 * anew in an order of their own: by first use, types first. A line whose file cannot be read keeps
 * the text it has.
 */
#ifndef CODEGEN_BTF_LINES_H
#define CODEGEN_BTF_LINES_H

#include "object.h"

struct btf_lines {
	struct bytes btf, ext; /* the new contents of .BTF and .BTF.ext; empty: they stay */
};

/* `directory`: what relative file names are relative to; NULL: the texts stay as they are. A name
 * in `working_directory` (NULL: none) is a relative one that the compiler has put together with it.
 * What bpf/bpfbake.bpf.h has exported is taken out. Objects whose BTF has kinds that the libbpf at
 * hand does not know, or that is damaged, keep what they have. */
struct btf_lines btf_lines_complete(const struct object *, struct arena *, const char *directory,
				    const char *working_directory);

#endif
