/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What the name of a program's section says about the program. Types are numbers, because older
 * linux/bpf.h lack some.
 */
#ifndef CODEGEN_SECTION_KINDS_H
#define CODEGEN_SECTION_KINDS_H

#include <stdbool.h>
#include <stdint.h>

struct section_kind {
	const char *name;                   /* "tp_btf", "cgroup/bind4" */
	uint32_t program_type, attach_type; /* BPF_PROG_TYPE_; BPF_ expected attach type, or 0 */
	bool takes_target; /* it stands alone or before "/TARGET"; else it is the whole name */
	bool is_sleepable;
};

/* The kind of the section `name` (without a leading '?'), or NULL when libbpf knows none. */
const struct section_kind *section_kind_find(const char *name);

/* "BPF_PROG_TYPE_TRACING", or NULL for a number that is none. */
const char *section_kind_type_name(uint32_t program_type);

#endif
