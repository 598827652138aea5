/* SPDX-License-Identifier: BSD-2-Clause */
/* One map of every kind that has accessors. */
#include <linux/bpf.h>
#include <linux/types.h>
#include <bpf/bpf_helpers.h>

char LICENSE[] SEC("license") = "GPL";

struct odd {
	__u8 bytes[5];
};

struct locked {
	struct bpf_spin_lock lock;
	__u32 count;
};

#define MAP(name, kind, entries, members)                                                          \
	struct {                                                                                   \
		__uint(type, BPF_MAP_TYPE_##kind);                                                 \
		__uint(max_entries, entries);                                                      \
		members                                                                            \
	} name SEC(".maps")
#define TYPES(k, v) __type(key, k); __type(value, v);
#define SIZES(k, v) __uint(key_size, k); __uint(value_size, v);
#define FLAGS(f)    __uint(map_flags, f);

MAP(hash, HASH, 300, TYPES(__u64, struct odd));
MAP(lru, LRU_HASH, 300, TYPES(__u32, __u64));
MAP(locked, HASH, 8, TYPES(__u32, struct locked));
MAP(mapped, ARRAY, 10, TYPES(__u32, struct odd) FLAGS(BPF_F_MMAPABLE));
MAP(rows, ARRAY, 3, TYPES(__u32, __u16[2][3]) FLAGS(BPF_F_MMAPABLE));
MAP(percpu_hash, PERCPU_HASH, 100, TYPES(__u32, struct odd));
MAP(percpu_lru, LRU_PERCPU_HASH, 100, TYPES(__u32, __u64));
MAP(percpu_array, PERCPU_ARRAY, 4, TYPES(__u32, __u32));
MAP(queue, QUEUE, 3, __type(value, struct odd););
MAP(stack, STACK, 3, __type(value, __u64););
MAP(bloom, BLOOM_FILTER, 100, __type(value, struct odd););
MAP(programs, PROG_ARRAY, 4, SIZES(4, 4));
MAP(stacks, STACK_TRACE, 16, SIZES(4, 127 * 8));
MAP(cgroups, CGROUP_ARRAY, 4, SIZES(4, 4));
MAP(devices, DEVMAP, 4, SIZES(4, 8));
MAP(device_numbers, DEVMAP, 4, SIZES(4, 4));
MAP(device_hash, DEVMAP_HASH, 4, SIZES(4, 8));
MAP(cpus, CPUMAP, 4, SIZES(4, 8));
MAP(sockets, SOCKMAP, 4, SIZES(4, 8));
MAP(socket_hash, SOCKHASH, 4, TYPES(struct odd, __u64));
MAP(xsk, XSKMAP, 4, SIZES(4, 4));
MAP(reuseport, REUSEPORT_SOCKARRAY, 4, SIZES(4, 8));
MAP(ring, RINGBUF, 4096, );
MAP(user_ring, USER_RINGBUF, 4096, );
MAP(perf, PERF_EVENT_ARRAY, 4, SIZES(4, 4));

struct {
	__uint(type, BPF_MAP_TYPE_SK_STORAGE);
	__uint(map_flags, BPF_F_NO_PREALLOC);
	__type(key, int);
	__type(value, struct odd);
} socket_storage SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_TASK_STORAGE);
	__uint(map_flags, BPF_F_NO_PREALLOC);
	__type(key, int);
	__type(value, __u64);
} task_storage SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_CGROUP_STORAGE);
	__type(key, struct bpf_cgroup_storage_key);
	__type(value, __u64);
} cgroup_storage SEC(".maps");

struct inner {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(max_entries, 4);
	__type(key, __u32);
	__type(value, __u64);
};

struct {
	__uint(type, BPF_MAP_TYPE_ARRAY_OF_MAPS);
	__uint(max_entries, 3);
	__type(key, __u32);
	__array(values, struct inner);
} outer_array SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_HASH_OF_MAPS);
	__uint(max_entries, 3);
	__type(key, __u64);
	__array(values, struct inner);
} outer_hash SEC(".maps");

SEC("socket")
int first(struct __sk_buff *skb)
{
	__u32 cpu = 0, *value = bpf_map_lookup_elem(&percpu_array, &cpu);

	bpf_tail_call(skb, &programs, 1);
	if (value)
		(*value)++;
	return 0;
}

SEC("socket")
int second(struct __sk_buff *skb)
{
	__u32 key = 1;
	__u64 one = 1;

	bpf_map_update_elem(&lru, &key, &one, BPF_ANY);
	return 0;
}

SEC("raw_tp/sys_enter")
int trace(void *context)
{
	__u32 key = 2;
	__u64 id = bpf_get_stackid(context, &stacks, 0);

	if ((bpf_get_current_pid_tgid() >> 32) && (__s64)id >= 0)
		bpf_map_update_elem(&lru, &key, &id, BPF_ANY);
	return 0;
}
