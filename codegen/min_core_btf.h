/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The part of a kernel's BTF that programs need: what their CO-RE relocations touch. libbpf
 * relocates them with it as with all of it, on any machine, also when some of the programs are not
 * loaded.
 */
#ifndef CODEGEN_MIN_CORE_BTF_H
#define CODEGEN_MIN_CORE_BTF_H

#include "core_relocations.h"
#include "strbuf.h"

struct btf;

/* An object and what is in it to relocate. */
struct core_object {
	const struct object *object;
	struct core_relocations relocations;
};

struct min_core_btf {
	const struct btf *kernel; /* checked (btf_check.h) */
	const char *kernel_path;  /* for messages */
	const struct core_object *objects;
	size_t n_objects;
	/* What libbpf will refuse when it loads the object on that kernel is an error, else a
	 * warning. */
	bool is_strict;
};

/* 0, or -1 after an error: its BTF or .BTF.ext is missing or damaged. */
int core_object_read(struct core_object *, struct arena *, struct diag *, const struct object *);

/* Appends it, raw, in the byte order of the kernel's BTF; one without types when nothing is
 * relocated. 0, or -1 after an error. */
int min_core_btf_make(struct strbuf *out, struct arena *, struct diag *,
		      const struct min_core_btf *);

#endif
