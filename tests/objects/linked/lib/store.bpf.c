/* SPDX-License-Identifier: BSD-2-Clause */
/* A library: a map, a variable and a function for the others. */
#include <linux/bpf.h>
#include <linux/types.h>
#include <bpf/bpf_helpers.h>

#include "../linked.h"

char _license[] SEC("license") = "GPL";

struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, MAX_COUNTS);
	__type(key, __u32);
	__type(value, struct count);
} counts SEC(".maps");

/* What store() has returned, summed up. */
__u64 total;

static __u32 hits = 1000;

static __noinline __u32 add(__u32 x)
{
	hits += 10 * x;
	return hits;
}

int store(__u32 key)
{
	struct count new = {.times = 1, .key = key};
	struct count *count = bpf_map_lookup_elem(&counts, &key);

	if (count)
		count->times++;
	else
		bpf_map_update_elem(&counts, &key, &new, BPF_ANY);
	return add(1);
}
