/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * How programs of a light skeleton are attached, by the kind of their section: with a system call
 * or two, and without libbpf.
 */
#ifndef CODEGEN_LIGHT_KINDS_H
#define CODEGEN_LIGHT_KINDS_H

#include <stdbool.h>

#include "arena.h"

struct model_program;

struct light_kind {
	const char *parameters; /* of attach, behind the skeleton; "" where the section says it */
	/* The call that gives the link's descriptor, without its first argument, which is the
	 * program's: "bpfbake_light_link(%s, ifindex, 37)". NULL: there is no attach. */
	const char *call;
	const char *helper;  /* the key of the helper that it needs, or NULL */
	const char *refused; /* what is asked for and cannot be done, for a message; or NULL */
};

/* A program that is not `refused` and has no attach is one that libbpf's N__attach passes over,
 * too: its descriptor is the user's to attach. */
struct light_kind light_kind_find(struct arena *, const struct model_program *);

#endif
