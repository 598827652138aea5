/* SPDX-License-Identifier: BSD-2-Clause */
/* How long a function of a program takes: a probe at its entry, and one at its return. */
#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>

char LICENSE[] SEC("license") = "GPL";

/* When each thread entered it, in ns. */
struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, 1024);
	__type(key, __u64); /* process and thread */
	__type(value, __u64);
} entered SEC(".maps");

struct latency {
	__u64 calls;
	__u64 total, longest; /* ns */
};

struct latency latency;

SEC("uprobe")
int on_entry(void *context)
{
	__u64 thread = bpf_get_current_pid_tgid(), now = bpf_ktime_get_ns();

	bpf_map_update_elem(&entered, &thread, &now, BPF_ANY);
	return 0;
}

SEC("uretprobe")
int on_return(void *context)
{
	__u64 thread = bpf_get_current_pid_tgid(), *start = bpf_map_lookup_elem(&entered, &thread);
	__u64 time;

	if (!start)
		return 0;
	time = bpf_ktime_get_ns() - *start;
	bpf_map_delete_elem(&entered, &thread);
	__sync_fetch_and_add(&latency.calls, 1);
	__sync_fetch_and_add(&latency.total, time);
	if (time > latency.longest)
		latency.longest = time;
	return 0;
}
