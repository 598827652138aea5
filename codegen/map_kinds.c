/* SPDX-License-Identifier: BSD-2-Clause */
/* Source of the numbers and names: enum bpf_map_type in the kernel's include/uapi/linux/bpf.h. */
#include "map_kinds.h"

#include <stddef.h>

#include "bug.h"

static const char *const hash_verbs[] = {
	"lookup",    "lookup_fd", "update",      "update_fd", "delete",
	"delete_fd", "next_key",  "next_key_fd", NULL,
};

static const char *const array_verbs[] = {
	"lookup", "lookup_fd", "update", "update_fd", "next_key", "next_key_fd", NULL,
};

static const struct map_family hash = {"hash", hash_verbs};
static const struct map_family array = {"array", array_verbs};

/* By number. */
static const struct map_kind kinds[] = {
	[1] = {"hash", &hash},
	[2] = {"array", &array},
	[3] = {"prog_array", NULL},
	[4] = {"perf_event_array", NULL},
	[5] = {"percpu_hash", NULL},
	[6] = {"percpu_array", NULL},
	[7] = {"stack_trace", NULL},
	[8] = {"cgroup_array", NULL},
	[9] = {"lru_hash", &hash},
	[10] = {"lru_percpu_hash", NULL},
	[11] = {"lpm_trie", &hash},
	[12] = {"array_of_maps", NULL},
	[13] = {"hash_of_maps", NULL},
	[14] = {"devmap", NULL},
	[15] = {"sockmap", NULL},
	[16] = {"cpumap", NULL},
	[17] = {"xskmap", NULL},
	[18] = {"sockhash", NULL},
	[19] = {"cgroup_storage", NULL},
	[20] = {"reuseport_sockarray", NULL},
	[21] = {"percpu_cgroup_storage", NULL},
	[22] = {"queue", NULL},
	[23] = {"stack", NULL},
	[24] = {"sk_storage", NULL},
	[25] = {"devmap_hash", NULL},
	[26] = {"struct_ops", NULL},
	[27] = {"ringbuf", NULL},
	[28] = {"inode_storage", NULL},
	[29] = {"task_storage", NULL},
	[30] = {"bloom_filter", NULL},
	[31] = {"user_ringbuf", NULL},
	[32] = {"cgrp_storage", NULL},
	[33] = {"arena", NULL},
	[34] = {"insn_array", NULL},
};

const struct map_kind *map_kind_find(uint32_t type)
{
	if (type >= ARRAY_SIZE(kinds) || !kinds[type].name)
		return NULL;
	return &kinds[type];
}
