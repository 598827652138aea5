/* SPDX-License-Identifier: BSD-2-Clause */
/* For each process that is watched a map of its own, of how often it made which system call. */
#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>

char LICENSE[] SEC("license") = "GPL";

struct by_call {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, 512);
	__type(key, __u32); /* number of the system call */
	__type(value, __u64);
};

struct {
	__uint(type, BPF_MAP_TYPE_HASH_OF_MAPS);
	__uint(max_entries, 64);
	__type(key, __u32); /* a process */
	__array(values, struct by_call);
} processes SEC(".maps");

SEC("raw_tp/sys_enter")
int count(struct bpf_raw_tracepoint_args *context)
{
	__u32 pid = bpf_get_current_pid_tgid() >> 32, call = context->args[1];
	void *calls = bpf_map_lookup_elem(&processes, &pid);
	__u64 one = 1, *value;

	if (!calls)
		return 0;
	value = bpf_map_lookup_elem(calls, &call);
	if (value)
		__sync_fetch_and_add(value, 1);
	else
		bpf_map_update_elem(calls, &call, &one, BPF_NOEXIST);
	return 0;
}
