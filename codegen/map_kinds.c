/* SPDX-License-Identifier: BSD-2-Clause */
/* Source of the numbers and names: enum bpf_map_type in the kernel's include/uapi/linux/bpf.h. */
#include "map_kinds.h"

#include <stddef.h>

#include "bug.h"

const struct map_feature_name map_feature_names[] = {
	{MAP_LOOKUP, "has_lookup", {"lookup"}},
	{MAP_UPDATE, "has_update", {"update"}},
	{MAP_DELETE, "has_delete", {"delete"}},
	{MAP_LOOKUP_AND_DELETE, "has_lookup_and_delete", {"lookup_and_delete"}},
	{MAP_NEXT_KEY, "has_next_key", {"next_key"}},
	{MAP_FOR_EACH, "has_for_each", {"for_each"}},
	{MAP_BATCH, "has_batch", {"lookup_batch", "update_batch"}},
	{MAP_DELETE_BATCH, "has_delete_batch", {"delete_batch"}},
	{MAP_TAKE_BATCH, "has_take_batch", {"lookup_and_delete_batch"}},
	{MAP_PERCPU, "has_percpu", {"lookup_percpu", "update_percpu", "cpus"}},
	{MAP_QUEUE, "has_queue", {"push", "pop", "peek"}},
	{MAP_BLOOM, "has_bloom", {"add", "test"}},
	{MAP_PROGRAMS, "has_programs", {"set", "clear"}},
	{MAP_INNER, "has_inner", {"set", "create_inner"}},
	{MAP_FD_UPDATE, "has_fd_update", {"update"}},
	{MAP_COOKIE, "has_cookie", {"lookup"}},
	{MAP_STACK_TRACE, "has_stack_trace", {"lookup"}},
	{MAP_ARENA, "has_arena", {"base"}},
	{MAP_MMAP, "has_mmap", {"mmap", "at"}},
	{MAP_RING,
	 "has_ring",
	 {"ring_buffer", "ring_buffer_add", "deliver", "start", "stop", "short_records"}},
	{MAP_PERF,
	 "has_perf",
	 {"perf_buffer", "deliver", "lose", "start", "stop", "short_records", "lost_records"}},
	{MAP_USER_RING, "has_user_ring", {"user_ring_buffer", "reserve", "submit", "discard"}},
	{MAP_ALL,
	 "has_all",
	 {"set_max_entries", "fd", "reuse_fd", "reuse_pinned", "open_pinned", "pin", "unpin"}},
};

const unsigned map_feature_count = ARRAY_SIZE(map_feature_names);

#define ELEMENTS (MAP_LOOKUP | MAP_UPDATE | MAP_DELETE)
#define WALK     (MAP_NEXT_KEY | MAP_FOR_EACH)
#define HASH     (ELEMENTS | WALK | MAP_LOOKUP_AND_DELETE | BATCHES | MAP_SAFE_BATCH)
#define BATCHES  (MAP_BATCH | MAP_DELETE_BATCH | MAP_TAKE_BATCH)
#define ARRAY    (MAP_LOOKUP | MAP_UPDATE | WALK | MAP_BATCH | MAP_MMAP)
#define PERCPU   (MAP_PERCPU | MAP_DELETE | WALK | MAP_SAFE_BATCH)
#define SOCKETS  (MAP_FD_UPDATE | MAP_DELETE | MAP_COOKIE)

/* By number. */
static const struct map_kind kinds[] = {
	[1] = {"hash", MAP_KEY_POINTER, MAP_VALUE_TYPED, HASH},
	[2] = {"array", MAP_KEY_INDEX, MAP_VALUE_TYPED, ARRAY},
	[3] = {"prog_array", MAP_KEY_INDEX, MAP_VALUE_TYPED, MAP_PROGRAMS},
	[4] = {"perf_event_array", MAP_KEY_INDEX, MAP_VALUE_TYPED, MAP_PERF},
	[5] = {"percpu_hash", MAP_KEY_POINTER, MAP_VALUE_TYPED, PERCPU},
	[6] = {"percpu_array", MAP_KEY_INDEX, MAP_VALUE_TYPED, MAP_PERCPU},
	[7] = {"stack_trace", MAP_KEY_INDEX, MAP_VALUE_TYPED, MAP_STACK_TRACE | MAP_DELETE},
	[8] = {"cgroup_array", MAP_KEY_INDEX, MAP_VALUE_FD, MAP_FD_UPDATE | MAP_DELETE},
	[9] = {"lru_hash", MAP_KEY_POINTER, MAP_VALUE_TYPED, HASH},
	[10] = {"lru_percpu_hash", MAP_KEY_POINTER, MAP_VALUE_TYPED, PERCPU},
	[11] = {"lpm_trie", MAP_KEY_POINTER, MAP_VALUE_TYPED,
		ELEMENTS | WALK | MAP_BATCH | MAP_DELETE_BATCH},
	[12] = {"array_of_maps", MAP_KEY_INDEX, MAP_VALUE_TYPED, MAP_INNER | MAP_DELETE},
	[13] = {"hash_of_maps", MAP_KEY_POINTER, MAP_VALUE_TYPED, MAP_INNER | MAP_DELETE},
	[14] = {"devmap", MAP_KEY_INDEX, MAP_VALUE_DEVICE, ELEMENTS},
	[15] = {"sockmap", MAP_KEY_INDEX, MAP_VALUE_FD, SOCKETS},
	[16] = {"cpumap", MAP_KEY_INDEX, MAP_VALUE_CPU, ELEMENTS},
	[17] = {"xskmap", MAP_KEY_INDEX, MAP_VALUE_FD, MAP_FD_UPDATE | MAP_DELETE},
	[18] = {"sockhash", MAP_KEY_POINTER, MAP_VALUE_FD, SOCKETS},
	[19] = {"cgroup_storage", MAP_KEY_POINTER, MAP_VALUE_TYPED, ELEMENTS | MAP_NEXT_KEY},
	[20] = {"reuseport_sockarray", MAP_KEY_INDEX, MAP_VALUE_FD, SOCKETS},
	[21] = {"percpu_cgroup_storage", MAP_KEY_POINTER, MAP_VALUE_TYPED,
		MAP_PERCPU | MAP_DELETE | MAP_NEXT_KEY},
	[22] = {"queue", MAP_KEY_NONE, MAP_VALUE_TYPED, MAP_QUEUE},
	[23] = {"stack", MAP_KEY_NONE, MAP_VALUE_TYPED, MAP_QUEUE},
	[24] = {"sk_storage", MAP_KEY_FD, MAP_VALUE_TYPED, ELEMENTS},
	[25] = {"devmap_hash", MAP_KEY_POINTER, MAP_VALUE_DEVICE, ELEMENTS | MAP_NEXT_KEY},
	[26] = {"struct_ops", MAP_KEY_NONE, MAP_VALUE_TYPED, 0},
	[27] = {"ringbuf", MAP_KEY_NONE, MAP_VALUE_TYPED, MAP_RING},
	[28] = {"inode_storage", MAP_KEY_FD, MAP_VALUE_TYPED, ELEMENTS},
	[29] = {"task_storage", MAP_KEY_FD, MAP_VALUE_TYPED, ELEMENTS},
	[30] = {"bloom_filter", MAP_KEY_NONE, MAP_VALUE_TYPED, MAP_BLOOM},
	[31] = {"user_ringbuf", MAP_KEY_NONE, MAP_VALUE_TYPED, MAP_USER_RING},
	[32] = {"cgrp_storage", MAP_KEY_FD, MAP_VALUE_TYPED, ELEMENTS},
	[33] = {"arena", MAP_KEY_NONE, MAP_VALUE_TYPED, MAP_ARENA},
	[34] = {"insn_array", MAP_KEY_INDEX, MAP_VALUE_TYPED, 0},
};

const struct map_kind *map_kind_find(uint32_t type)
{
	if (type >= ARRAY_SIZE(kinds) || !kinds[type].name)
		return NULL;
	return &kinds[type];
}
