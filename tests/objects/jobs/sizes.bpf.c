/* SPDX-License-Identifier: BSD-2-Clause */
/* A map whose size, or which itself, user space decides before it is loaded. */
#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>

char LICENSE[] SEC("license") = "GPL";

const volatile __u32 only_pid;

struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, 1);
	__type(key, __u32); /* number of the system call */
	__type(value, __u64);
} calls SEC(".maps");

SEC("raw_tp/sys_enter")
int count(struct bpf_raw_tracepoint_args *context)
{
	__u32 call = context->args[1];
	__u64 *value = bpf_map_lookup_elem(&calls, &call);

	if (value && bpf_get_current_pid_tgid() >> 32 == only_pid)
		__sync_fetch_and_add(value, 1);
	return 0;
}
