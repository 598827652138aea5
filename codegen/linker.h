/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Several objects of one byte order become one, as libbpf's linker does it, for both orders:
 *
 * - Sections of one name follow each other. "license" and "version" must be alike, and stand once.
 * - A global symbol is defined once, or several times of which at most one is not weak; that one
 *   counts, else the first. What is declared extern is resolved to it. The types of all of them,
 * and the definitions of maps, must agree. What is static stays apart, whatever its name.
 * - .BTF has each type once, .BTF.ext all records; DWARF and .llvm_addrsig go.
 *
 * An extern that no object defines stays one: libbpf resolves those of .kconfig and .ksyms when it
 * loads the object, and refuses any other then, unless another object is linked to it before.
 */
#ifndef CODEGEN_LINKER_H
#define CODEGEN_LINKER_H

#include "object.h"

struct linker_objects {
	const struct object *items;
	size_t count; /* at least 1; one alone loses DWARF and repeated types */
};

/* 0 with the object in *out (arena), or -1 after errors, which name the files that do not agree. */
int linker_link(const struct linker_objects *, struct arena *, struct diag *, struct bytes *out);

#endif
