/* SPDX-License-Identifier: BSD-2-Clause */
/* The verdict, and the stage behind the tail call. */
#include <linux/bpf.h>
#include <linux/types.h>
#include <bpf/bpf_helpers.h>

#include "linked.h"

#define STEP 1

char LICENSE[] SEC("license") = "GPL";

extern int LINUX_KERNEL_VERSION __kconfig;
extern const volatile __u32 limit;
extern __u64 total;

extern struct {
	__uint(type, BPF_MAP_TYPE_RINGBUF);
	__uint(max_entries, 65536);
} events SEC(".maps");

static __u32 hits = 100;

static __noinline __u32 add(__u32 x)
{
	hits -= x;
	return hits;
}

int verdict(__u32 key)
{
	return key > limit ? 2 : 3;
}

SEC("socket")
int last(struct __sk_buff *context)
{
	struct event *event = bpf_ringbuf_reserve(&events, sizeof(*event), 0);

	if (!event)
		return 0;
	event->total = total;
	event->key = add(STEP);
	event->version = LINUX_KERNEL_VERSION;
	bpf_ringbuf_submit(event, 0);
	return 42;
}
