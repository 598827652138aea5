/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Questions to BTF that libbpf's API leaves to its callers. All of them take any id, also one that
 * a damaged object made up, and follow no chain without end.
 */
#ifndef CODEGEN_BTF_QUERY_H
#define CODEGEN_BTF_QUERY_H

#include <bpf/btf.h>
#include <stdbool.h>
#include <stdint.h>

/* The section in which bpf/bpfbake.bpf.h keeps pointers to exported types. */
#define BTF_EXPORT_SECTION ".bpfbake.export"

/* How the kernel tags the functions that programs may call, and those that keep the caller's
 * registers. */
#define BTF_KFUNC_TAG    "bpf_kfunc"
#define BTF_FASTCALL_TAG "bpf_fastcall"

/* The longest chain of modifiers, typedefs or array dimensions that is followed. */
#define BTF_QUERY_MAX_CHAIN 64

/* The name at an offset of the string section; "" when there is none. */
const char *btf_query_name(const struct btf *, uint32_t offset);

/* The name of a type; "" when it has none. */
const char *btf_query_type_name(const struct btf *, uint32_t id);

/* const, volatile, restrict or a type tag. */
bool btf_query_is_modifier(const struct btf_type *);

/* Behind modifiers and typedefs: the type's id; 0 (void) for a chain that leads nowhere. When
 * `typedef_name` is not NULL it gets the name of the last typedef on the way, or NULL. */
uint32_t btf_query_resolve(const struct btf *, uint32_t id, const char **typedef_name);

/* Bytes, or -1 when the type has no size (void, a function, a forward declaration, nonsense). */
int64_t btf_query_size(const struct btf *, uint32_t id);

/* The DATASEC of that name: its id, or 0. */
uint32_t btf_query_datasec(const struct btf *, const char *name);

/*
 * Has the enum negative enumerators? BTF says so since clang 15. Where it says so of no enum at all
 * (`knows_signs` false), one is taken to be signed if it has values from 0xffff0000 up and none
 * from 0x80000000 to there: flags reach for the highest bit, negative numbers are small ones.
 */
bool btf_query_enum_is_signed(const struct btf_type *, bool knows_signs);

/* Does any enum of it have the sign's flag? */
bool btf_query_knows_signs(const struct btf *);

/* A struct, union, enum or typedef of that name, the first from id 1 up; 0 when there is none. */
uint32_t btf_query_find(const struct btf *, const char *name);

/* Is the type that tag, of a function? */
bool btf_query_is_function_tag(const struct btf *, const struct btf_type *, const char *tag);

/* A member's place. `width` is 0 for one that is no bitfield. Also for the old encoding, where the
 * width stands in the integer. */
struct btf_query_member {
	const char *name; /* "" when it is anonymous */
	uint32_t type;
	uint32_t bit_offset, width;
};

struct btf_query_member btf_query_member(const struct btf *, const struct btf_type *,
					 uint32_t index);

#endif
