/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The kinds of maps, as the kernel numbers them, and what is generated for each. Kinds are compared
 * as numbers, because older linux/bpf.h lack some.
 */
#ifndef CODEGEN_MAP_KINDS_H
#define CODEGEN_MAP_KINDS_H

#include <stdint.h>

/* How user space names an element. */
enum map_key {
	MAP_KEY_NONE,
	MAP_KEY_POINTER, /* const K *key */
	MAP_KEY_INDEX,   /* __u32 index */
	MAP_KEY_FD,      /* int object_fd: of the socket, process, file or cgroup */
};

/* What user space gives and gets for one. */
enum map_value {
	MAP_VALUE_TYPED,  /* V *value */
	MAP_VALUE_FD,     /* update takes an int, lookup gives a __u64 (a socket's cookie) */
	MAP_VALUE_DEVICE, /* struct bpf_devmap_val, or __u32 where the map is that small */
	MAP_VALUE_CPU,    /* struct bpf_cpumap_val, or __u32 */
};

/* A group of accessors: one template. Bits, so that a kind can have several. */
enum map_feature {
	MAP_LOOKUP = 1 << 0,
	MAP_UPDATE = 1 << 1,
	MAP_DELETE = 1 << 2,
	MAP_LOOKUP_AND_DELETE = 1 << 3,
	MAP_NEXT_KEY = 1 << 4,
	MAP_FOR_EACH = 1 << 5,
	MAP_BATCH = 1 << 6, /* lookup_batch and update_batch */
	MAP_DELETE_BATCH = 1 << 7,
	MAP_TAKE_BATCH = 1 << 8, /* lookup_and_delete_batch */
	MAP_PERCPU = 1 << 9,
	MAP_QUEUE = 1 << 10,
	MAP_BLOOM = 1 << 11,
	MAP_PROGRAMS = 1 << 12,
	MAP_INNER = 1 << 13,
	MAP_FD_UPDATE = 1 << 14,
	MAP_COOKIE = 1 << 15, /* lookup of a cookie: only where values have 8 bytes */
	MAP_STACK_TRACE = 1 << 16,
	MAP_ARENA = 1 << 17,
	MAP_MMAP = 1 << 18,       /* only with BPF_F_MMAPABLE */
	MAP_SAFE_BATCH = 1 << 19, /* for_each may use it: deleting does not disturb its cursor */
	MAP_ALL = 1 << 20,        /* what every map has */
	MAP_RING = 1 << 21,
	MAP_PERF = 1 << 22,
	MAP_USER_RING = 1 << 23,
	MAP_EVENTS = MAP_RING | MAP_PERF | MAP_USER_RING,
};

struct map_kind {
	const char *name; /* libbpf_bpf_map_type_str's: "lru_hash" */
	enum map_key key;
	enum map_value value;
	uint32_t features; /* MAP_… */
};

/* A feature by the key that templates test, with the verbs of its functions: N__MAP__<verb>, each
 * also as <verb>_fd. */
struct map_feature_name {
	uint32_t feature;
	const char *key;
	const char *verbs[8]; /* NULL ends them */
};

extern const struct map_feature_name map_feature_names[];
extern const unsigned map_feature_count;

/* The kind of a BPF_MAP_TYPE_ number, or NULL for one that is not known. */
const struct map_kind *map_kind_find(uint32_t type);

#endif
