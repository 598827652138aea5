/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The kinds of maps, as the kernel numbers them, and what is generated for each. Kinds are compared
 * as numbers, because older linux/bpf.h lack some.
 */
#ifndef CODEGEN_MAP_KINDS_H
#define CODEGEN_MAP_KINDS_H

#include <stdint.h>

/* A family of accessors: one template, templates/map_<name>.mustache. */
struct map_family {
	const char *name;         /* "hash": also the key that the templates test */
	const char *const *verbs; /* of its functions, each N__MAP__<verb>; NULL ends them */
};

struct map_kind {
	const char *name;                /* libbpf_bpf_map_type_str's: "lru_hash" */
	const struct map_family *family; /* NULL: no accessors */
};

/* The kind of a BPF_MAP_TYPE_ number, or NULL for one that is not known. */
const struct map_kind *map_kind_find(uint32_t type);

#endif
