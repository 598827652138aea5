/* SPDX-License-Identifier: BSD-2-Clause */
/* The command line of clang. */
#ifndef DRIVER_COMPILE_H
#define DRIVER_COMPILE_H

#include <stdbool.h>

#include "strvec.h"
#include "targets.h"

struct compile {
	const struct strvec *compiler; /* "ccache clang": the words of -cc */
	const struct strvec *cflags;   /* the words of -cflags */
	const struct strvec *rest;     /* the words behind "--" */
	const struct strvec *search;   /* directories for -idirafter */
	const struct strvec *maps;     /* of -ffile-prefix-map */
	const struct target *target;
	const char *types; /* a header with the kernel's types, in place of vmlinux.h; NULL: none */
	const char *source; /* relative, with its directory: "./a.bpf.c" */
	const char *object;
	const char *depfile; /* NULL: none */
	bool has_colour;
};

/* The words of the command: a pure function. */
void compile_make_command(struct strvec *argv, struct arena *, const struct compile *);

/* The flags that decide what the compiler makes, as one text: the defaults and the user's, without
 * those that say where files are, which differs from machine to machine. */
const char *compile_name_flags(struct arena *, const struct strvec *cflags,
			       const struct strvec *rest);

#endif
