// SPDX-License-Identifier: BSD-2-Clause
/* What no kernel loads: the verifier says why. */
#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>

struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, 1);
	__type(key, __u32);
	__type(value, __u64);
} numbers SEC(".maps");

SEC("raw_tp/task_rename")
int accepted(void *context)
{
	return 0;
}

SEC("raw_tp/task_rename")
int unchecked(void *context)
{
	__u32 index = 0;
	__u64 *number = bpf_map_lookup_elem(&numbers, &index);

	return *number; /* may be NULL */
}

char LICENSE[] SEC("license") = "GPL";
