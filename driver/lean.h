/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What the compiler gets in place of vmlinux.h: a slice of the kernel's types (codegen/slice.h), by
 * -include, whose guard makes a vmlinux.h that the source includes an empty file.
 */
#ifndef DRIVER_LEAN_H
#define DRIVER_LEAN_H

#include "build_options.h"
#include "kernel_types.h"
#include "search.h"
#include "slice_words.h"

struct lean {
	/* Set by the caller. */
	struct arena *arena;
	struct diag *diag;
	const struct build_options *options;
	const struct search *search;
	const char *source;    /* as the compiler is given it */
	const char *directory; /* a private one, for what cannot be kept in the cache; or NULL */
	bool is_verbose;       /* notes are wanted */
	bool lacks_search;     /* where the system has its headers is not known */

	/* What follows. */
	const char *types; /* the file with the kernel's types, BTF or a header; or "auto" */
	const char *slice; /* a header for -include, or NULL: the source is compiled as it is */
	const char *whole; /* the same with all types, when the slice is not enough; or NULL */
	const char *stub_directory; /* with an empty vmlinux.h, when the source includes one that is
				       nowhere; or NULL */
	bool is_nowhere;            /* there would be a header, but for the cache or the search */
	bool lacks_vmlinux;         /* and nothing can take its place */
	struct strvec files;        /* that the compiler does not see, but the result depends on */
	struct slice_words words;   /* of the source and its headers */
	struct kernel_types kernel;
};

/* Reads the source and the types, and writes the header. 0, or -1 after an error. */
int lean_prepare(struct lean *);

/* Writes `whole`. 0, or -1 after an error. */
int lean_prepare_whole(struct lean *);

/* The slice does not compile, and the whole does: from now on it is not tried any more.  */
void lean_remember(const struct lean *);

#endif
