/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The CO-RE relocations of an object: where libbpf puts in what the running kernel's types say.
 *
 * Source: struct bpf_core_relo in the kernel's include/uapi/linux/bpf.h.
 */
#ifndef CODEGEN_CORE_RELOCATIONS_H
#define CODEGEN_CORE_RELOCATIONS_H

#include "object.h"

/* The numbers of enum bpf_core_relo_kind, of which older headers have only some. */
enum core_kind {
	CORE_FIELD_BYTE_OFFSET,
	CORE_FIELD_BYTE_SIZE,
	CORE_FIELD_EXISTS,
	CORE_FIELD_SIGNED,
	CORE_FIELD_LSHIFT_U64,
	CORE_FIELD_RSHIFT_U64,
	CORE_TYPE_ID_LOCAL,
	CORE_TYPE_ID_TARGET,
	CORE_TYPE_EXISTS,
	CORE_TYPE_SIZE,
	CORE_ENUMVAL_EXISTS,
	CORE_ENUMVAL_VALUE,
	CORE_TYPE_MATCHES,
	CORE_KIND_COUNT,
};

static inline bool core_kind_is_of_field(enum core_kind kind)
{
	return kind <= CORE_FIELD_RSHIFT_U64;
}

static inline bool core_kind_is_of_enumerator(enum core_kind kind)
{
	return kind == CORE_ENUMVAL_EXISTS || kind == CORE_ENUMVAL_VALUE;
}

struct core_relocation {
	const struct object_section *section;
	uint64_t offset;  /* of the instruction, in bytes */
	const char *text; /* what is asked, by names: "byte offset of task_struct.parent.tgid" */
	enum core_kind kind;
	uint32_t type;         /* of the object; any number in a damaged one */
	const char *access;    /* "0:3:1": see core_relocations.c */
	bool is_declared_only; /* of the type that it begins with there is nothing but its name */
};

struct core_relocations {
	struct core_relocation *items; /* by section, then offset */
	size_t count;
	bool is_damaged; /* the section says more than can be read */
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
