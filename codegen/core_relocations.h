/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The CO-RE relocations of an object: where libbpf puts in what the running kernel's types say.
 *
 * Source: struct bpf_core_relo in the kernel's include/uapi/linux/bpf.h.
 */
#ifndef CODEGEN_CORE_RELOCATIONS_H
#define CODEGEN_CORE_RELOCATIONS_H

#include "object.h"

struct core_relocation {
	const struct object_section *section;
	uint64_t offset;  /* of the instruction, in bytes */
	const char *text; /* what is asked, by names: "byte offset of task_struct.parent.tgid" */
	bool is_declared_only; /* of the type that it begins with there is nothing but its name */
};

struct core_relocations {
	struct core_relocation *items; /* by section, then offset */
	size_t count;
};

/* Those of a damaged section are left out. */
struct core_relocations core_relocations_read(const struct object *, struct arena *);

/* The one of the instruction at that place, or NULL. */
const struct core_relocation *core_relocations_find(const struct core_relocations *,
						    const struct object_section *, uint64_t offset);

/* The text of one that asks for a type which the object does not have: libbpf finds it on no
 * kernel. NULL: there is none in that object. */
const char *core_relocations_find_declared(struct arena *, struct bytes);

#endif
