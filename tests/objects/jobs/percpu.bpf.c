/* SPDX-License-Identifier: BSD-2-Clause */
/* How often a process makes a system call on each CPU: no CPU waits for another one to count. */
#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>

char LICENSE[] SEC("license") = "GPL";

const volatile __u32 only_pid, only_call;

struct {
	__uint(type, BPF_MAP_TYPE_PERCPU_ARRAY);
	__uint(max_entries, 1);
	__type(key, __u32);
	__type(value, __u64);
} calls SEC(".maps");

SEC("raw_tp/sys_enter")
int count(struct bpf_raw_tracepoint_args *context)
{
	__u32 key = 0;
	__u64 *value = bpf_map_lookup_elem(&calls, &key);

	if (bpf_get_current_pid_tgid() >> 32 != only_pid || context->args[1] != only_call)
		return 0;
	if (value)
		*value += 1;
	return 0;
}
