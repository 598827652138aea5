/* SPDX-License-Identifier: BSD-2-Clause */
/* How often each process makes a system call: a map that processes share by its name in bpffs. */
#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>

char LICENSE[] SEC("license") = "GPL";

struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, 1024);
	__type(key, __u32); /* a process */
	__type(value, __u64);
} calls SEC(".maps");

/* Counts those that somebody has put into the map. */
SEC("raw_tp/sys_enter")
int count(void *context)
{
	__u32 pid = bpf_get_current_pid_tgid() >> 32;
	__u64 *value = bpf_map_lookup_elem(&calls, &pid);

	if (value)
		__sync_fetch_and_add(value, 1);
	return 0;
}
